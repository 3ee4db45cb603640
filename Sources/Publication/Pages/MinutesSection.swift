internal import Impact

/// What earlier reviews left to do, and what this one says: the first thing a meeting reads.
struct MinutesSection: ReviewSection {
  let review: ReviewPage

  private var decisions: [Decision] { edition.decisions.filter { $0.cooperation == review.cooperation.id } }

  private var commentaries: [Commentary] {
    edition.commentaries.filter { $0.cooperation == review.cooperation.id && $0.quarter == review.quarter }
  }

  /// The section; nothing when nothing is open and nobody wrote anything.
  var markup: Markup {
    guard !decisions.isEmpty || !commentaries.isEmpty else { return .none }
    return H.section(.class("sec full minutes"), .id("s0"), .labelledBy("s0-h")) {
      H.header {
        H.h2(.id("s0-h"), text: reader.say("Décisions ouvertes", "Open decisions"))
        H.p(
          text: reader.say(
            "Reprises de revue en revue jusqu’à leur clôture ; en retard : échéance passée à la date d’arrêté.",
            "Carried from review to review until closed; overdue: due before the data were cut."))
      }
      H.div(.class("body"), content: [open, said])
    }
  }

  private var open: Markup {
    guard !decisions.isEmpty else {
      return H.p(text: reader.say("Aucune décision n’est ouverte.", "No decision is open."))
    }
    return reader.table(
      caption: reader.say(
        "Décisions ouvertes au \(reader.numbers.day(edition.release.cut))",
        "Decisions open on \(reader.numbers.day(edition.release.cut))"),
      head: [
        reader.say("Décision", "Decision"), reader.say("Responsable", "Owner"),
        reader.say("Échéance", "Due"), reader.say("Prise à la revue de", "Taken at the review of"),
        reader.say("Signée par", "Signed by"),
      ],
      rows: decisions.map { decision in
        [
          french(decision.text), H.bdi(text: decision.owner), due(decision),
          .text(reader.numbers.quarter(decision.quarter)), H.bdi(text: decision.signedBy),
        ]
      }, numbers: false)
  }

  private func due(_ decision: Decision) -> Markup {
    guard let day = decision.dueOn else {
      return H.span(.class("none"), text: reader.say("sans date", "no date"))
    }
    guard decision.isOverdue(on: edition.release.cut) else { return .text(reader.numbers.day(day)) }
    return .group([
      .text(reader.numbers.day(day)), .text(" "),
      H.strong(.class("overdue"), text: reader.say("en retard", "overdue")),
    ])
  }

  private var said: Markup {
    guard !commentaries.isEmpty else { return .none }
    return H.div(.class("flow")) {
      H.h3(text: reader.say("Commentaire de la direction", "Comment of the management"))
      for commentary in commentaries {
        H.p {
          if let indicator = commentary.indicator.flatMap({ edition.catalogue.indicator($0) }) {
            H.strong(text: indicator.label[reader.language] + reader.say(" : ", ": "))
          }
          french(commentary.text)
          " "
          H.small(text: "– \(commentary.author), \(reader.numbers.day(commentary.writtenOn))")
        }
      }
    }
  }

  /// A text partners wrote in French, told as such to readers of another language.
  private func french(_ text: String) -> Markup {
    reader.language == .french ? .text(text) : H.span(.lang("fr"), text: text)
  }
}
