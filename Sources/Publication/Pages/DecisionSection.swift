internal import Impact

/// What the meeting decides: targets to rectify, comments, signatures.
struct DecisionSection: ReviewSection {
  let review: ReviewPage

  var markup: Markup {
    let missed = review.headlines.filter { $0.assurance == .missed }
    let blank = H.span(.class("blank"), text: Numbers.space)
    return reader.section(
      10, reader.say("Décisions à prendre", "Decisions to take"),
      note: reader.say(
        "À remplir en réunion, puis à verser au registre.", "To be filled in at the meeting, then recorded."),
      [
        H.div(.class("formgrid")) {
          H.div(.class("flow")) {
            H.h3(text: reader.say("Rectification d’objectif", "Rectification of a target"))
            if missed.isEmpty {
              H.p(
                text: reader.say(
                  "Aucun objectif de tête n’est manqué ce trimestre.",
                  "No headline target is missed this quarter."))
            }
            for judgement in missed.prefix(2) {
              H.p {
                reader.say("Objectif de ", "Target of ")
                H.strong(text: judgement.indicator.label[reader.language])
                reader.say(
                  " : \(judgement.target.map { reader.words($0, judgement.indicator) } ?? ""). Le maintenir, ou le porter à ",
                  ": \(judgement.target.map { reader.words($0, judgement.indicator) } ?? ""). Keep it, or set it to "
                )
                blank
                reader.say(" à compter du ", " from ")
                blank
                reader.say(". Motif : ", ". Reason: ")
                blank
              }
            }
          }
          H.div(.class("flow")) {
            H.h3(text: reader.say("Commentaire de la direction", "Comment of the management"))
            H.p(
              .class("write"),
              text: reader.say("Cause, réponse, responsable, échéance.", "Cause, answer, owner, deadline."))
            H.p(
              .class("write"),
              text: reader.say("Actions du trimestre précédent : état.", "Last quarter’s actions: state."))
          }
        },
        DataTable(
          caption: reader.say("Signatures", "Signatures"), kind: "sign",
          columns: [
            reader.say("Qualité", "Capacity"), reader.say("Nom", "Name"), reader.say("Date", "Date"),
            reader.say("Signature", "Signature"),
          ].map { DataTable.Column(name: $0) },
          rows: signatories.map { name in
            [DataTable.Cell(content: H.bdi(text: name))]
              + Array(repeating: DataTable.Cell(content: .none), count: 3)
          }
        ).markup,
      ])
  }
  /// Who signs: the management, then the first of those who lead the cooperation.
  private var signatories: [String] {
    [reader.say("Direction", "Management")]
      + cooperation.partners.filter { ["founder", "mandataire"].contains($0.role) }.prefix(3).map(\.name)
  }
}
