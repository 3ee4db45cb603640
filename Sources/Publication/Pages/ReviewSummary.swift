internal import Impact

/// The review in three sentences, made from signals and targets: what changed, what is at risk, what to decide.
struct ReviewSummary: ReviewSection {
  let review: ReviewPage

  var markup: Markup {
    reader.section(
      1, reader.say("En trois phrases", "In three sentences"),
      note: reader.say(
        "Texte produit à partir des signaux et des objectifs.", "Text made from signals and targets."),
      [
        H.ol(.class("three")) {
          H.li {
            H.b(text: reader.say("Ce qui a changé", "What changed"))
            changed
          }
          H.li {
            H.b(text: reader.say("Ce qui est menacé", "What is at risk"))
            threatened
          }
          H.li {
            H.b(text: reader.say("Ce qui se décide", "What needs a decision"))
            decision
          }
        }
      ])
  }

  private func name(_ judgement: Judgement) -> String {
    let value =
      judgement.figure?.value.map { " (\(reader.value($0.number, judgement.indicator.unit)))" } ?? ""
    return judgement.indicator.label[reader.language] + value
  }

  private var changed: String {
    let headlines = review.headlines
    func named(_ judgement: Judgement) -> String {
      name(judgement) + ", " + reader.confirmation(judgement)
    }
    let concerns = headlines.filter { $0.signal.verdict == .concern }.map(named)
    let gains = headlines.filter { $0.signal.verdict == .improvement }.map(named)
    let changes = headlines.filter { $0.signal.verdict == .change }.map(named)
    var parts: [String] = []
    if !concerns.isEmpty { parts.append(reader.say("Se dégrade : ", "Worsening: ") + reader.list(concerns)) }
    if !gains.isEmpty { parts.append(reader.say("S’améliore : ", "Improving: ") + reader.list(gains)) }
    if !changes.isEmpty { parts.append(reader.say("Change : ", "Changing: ") + reader.list(changes)) }
    guard parts.isEmpty else { return parts.joined(separator: ". ") + "." }
    let judged = reader.album.alarms(review.cooperation).judged
    return reader.say(
      "Rien au-delà de la variation habituelle ("
        + reader.count(
          judged, ("indicateur jugé", "indicateurs jugés"), ("indicator judged", "indicators judged")) + ").",
      "Nothing beyond usual variation ("
        + reader.count(
          judged, ("indicateur jugé", "indicateurs jugés"), ("indicator judged", "indicators judged")) + ").")
  }

  private var threatened: String {
    let missed = review.headlines.filter { $0.assurance == .missed }
    let uncertain = review.headlines.filter { $0.assurance == .uncertain }
    guard !missed.isEmpty else {
      return uncertain.isEmpty
        ? reader.say("Aucun objectif de tête n’est manqué.", "No headline target is missed.")
        : reader.say(
          "Aucun objectif de tête n’est manqué. Incertain : ", "No headline target is missed. Uncertain: ")
          + reader.list(uncertain.prefix(2).map(name))
          + "."
    }
    return reader.say("Objectif manqué : ", "Target missed: ")
      + reader.list(
        missed.prefix(3).map { judgement in
          let target =
            judgement.target?.current.map { current in
              judgement.indicator.unit == .percent
                ? reader.numbers.shortPercent(current.value)
                : reader.value(current.value, judgement.indicator.unit)
            } ?? ""
          return name(judgement) + reader.say(", pour \(target) visés", ", against \(target)")
        }) + "."
  }

  private var decision: String {
    let missed = review.headlines.filter { $0.assurance == .missed }
    if let first = missed.first {
      return reader.say(
        "Maintenir ou rectifier l’objectif de « \(first.indicator.label.french) », et choisir la réponse (point 10).",
        "Keep or rectify the target of “\(first.indicator.label.english)”, and choose the answer (point 10).")
    }
    if let first = review.headlines.first(where: { $0.signal.verdict == .concern }) {
      return reader.say(
        "Chercher la cause et choisir la réponse pour « \(first.indicator.label.french) » (point 10).",
        "Find the cause and choose the answer for “\(first.indicator.label.english)” (point 10).")
    }
    if review.cooperation.health.rejected > 0 {
      return reader.say(
        "Obtenir la correction des lignes refusées avant la prochaine livraison.",
        "Get the refused rows corrected before the next release.")
    }
    return reader.say(
      "Aucune décision n’est appelée par les chiffres ce trimestre.",
      "The figures call for no decision this quarter.")
  }
}
