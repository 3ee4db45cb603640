internal import Impact

/// The score of a quarter: what it is, what it rests on, what moved it, how sure it is, what would change it.
struct ScoreSection: ReviewSection {
  let review: ReviewPage

  var markup: Markup {
    let scores = reader.album.scores(cooperation.id, quarter)
    guard !scores.isEmpty else { return .none }
    let overall = scores.first { $0.dimension == nil }
    let breakdown = ScoreBreakdown(review: review, scores: scores)
    let answers =
      overall.map { [rests($0, scores), moved($0), sureness($0, scores), levers($0, scores)] } ?? []
    return reader.section(
      8, reader.say("Note", "Score"),
      note: reader.say(
        "Lue en dernier. Elle résume, elle ne décide pas.", "Read last. It sums up, it does not decide."),
      [chart(scores, overall, breakdown)]
        + [H.div(.class("flow small"), content: answers.filter { !$0.isEmpty }), breakdown.versions].filter {
          !$0.isEmpty
        }
        + [
          H.p(.class("small")) {
            H.a(
              .href(reader.page("method.html#notes")),
              text: reader.say(
                "Bornes, poids et règles de la note", "Goalposts, weights and rules of the score"))
          }
        ])
  }

  /// The label of an indicator or of a dimension.
  private func label(_ node: String) -> String { edition.catalogue.label(of: node, in: reader.language) }

  private func label(_ score: Score) -> String {
    score.dimension.map(label) ?? reader.say("Ensemble", "Overall")
  }

  private func range(_ interval: Interval) -> String {
    let (low, high) = (reader.numbers.number(interval.low), reader.numbers.number(interval.high))
    return reader.say("de \(low) à \(high)", "from \(low) to \(high)")
  }

  private func answer(_ question: String, _ sentences: [String]) -> Markup {
    sentences.isEmpty
      ? .none
      : H.p {
        H.strong(text: question)
        " " + sentences.joined(separator: " ")
      }
  }

  // MARK: The score

  private func chart(_ scores: [Score], _ overall: Score?, _ breakdown: ScoreBreakdown) -> Markup {
    let headline =
      overall?.value.map { value in
        let number = reader.numbers.number(value)
        guard let band = overall?.certainty?.methods else {
          return reader.say("Note d’ensemble : \(number) sur 100", "Overall score: \(number) out of 100")
        }
        return reader.say(
          "Note d’ensemble : \(number) sur 100, \(range(band)) selon la méthode",
          "Overall score: \(number) out of 100, \(range(band)) depending on the method")
      }
      ?? (overall?.absence == .notApplicable
        ? reader.say("Note d’ensemble sans objet", "An overall score makes no sense here")
        : reader.say("Données insuffisantes pour une note d’ensemble", "Not enough data for an overall score"))
    let version = overall?.methodology ?? edition.catalogue.scorecard.version
    let hasBands = scores.contains { $0.certainty?.methods != nil }
    return ChartFigure(
      id: "f-score", headline: [H.span(text: headline)],
      statistic: reader.say(
        "Indice interne, bornes fixes de la méthode \(version)",
        "Internal index, fixed goalposts of method \(version)"),
      summary: reader.say(
        "Moyenne arithmétique dans chaque dimension, géométrique entre elles. Les apports des partenaires n’y entrent pas.",
        "Arithmetic mean inside each dimension, geometric across them. Partners’ contributions do not enter it."
      )
        + (hasBands
          ? reader.say(
            " Trait : où la mettent neuf dixièmes des méthodes essayées.",
            " Line: where nine tenths of the methods tried put it.") : ""),
      plot: ScoreBars(
        reader: reader, id: "g-score",
        rows: scores.map {
          ScoreBars.Row(label: label($0), value: $0.value, band: $0.certainty?.methods, absence: $0.absence)
        }
      ).markup,
      source: known(scores), table: breakdown.table
    ).markup
  }

  /// How much of its weight each score rests on, dimension by dimension where it is not the same.
  private func known(_ scores: [Score]) -> String {
    let scores = scores.filter { $0.absence != .notApplicable }
    guard !scores.isEmpty else { return "" }
    func share(_ score: Score) -> String { reader.numbers.percent(score.coverage, decimals: 0) }
    let start = reader.say(
      "Part du poids sur laquelle repose la note : ", "Share of the weight the score rests on: ")
    guard let first = scores.first, scores.contains(where: { $0.coverage != first.coverage }) else {
      return start + (scores.first.map(share) ?? "–") + reader.say(" partout.", " throughout.")
    }
    return start + scores.map { "\(label($0)) \(share($0))" }.joined(separator: ", ") + "."
  }

  // MARK: What it rests on

  /// How many indicators are known, and which weigh most.
  ///
  /// The weight is that of the dimension times that in it, of what the score rests on; a dimension without a score
  /// weighs nothing in the whole.
  private func rests(_ overall: Score, _ scores: [Score]) -> Markup {
    guard overall.value != nil else { return .none }
    let parts = scores.flatMap(\.contributions)
    let known = parts.filter { $0.normalised != nil }
    let weights = scores.filter { $0.value != nil }.flatMap { score -> [(String, Double)] in
      let dimension = edition.catalogue.scorecard.parts.first { $0.dimension == score.dimension }?.weight ?? 0
      return score.contributions.filter { $0.normalised != nil }.map { ($0.indicator, $0.weight * dimension) }
    }
    let all = weights.reduce(0) { $0 + $1.1 }
    let most = weights.filter { $0.1 > 0 }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(3)
      .map { "\(label($0.0)) (\(reader.numbers.percent($0.1 / all, decimals: 0)))" }
    guard !most.isEmpty else { return .none }
    return answer(
      reader.say("Sur quoi elle repose.", "What it rests on."),
      [
        reader.say(
          "\(known.count) indicateurs connus sur \(parts.count). Les plus lourds : \(reader.list(most)).",
          "\(known.count) indicators known of \(parts.count). The heaviest: \(reader.list(most)).")
      ])
  }

  // MARK: What moved it

  private func moved(_ overall: Score) -> Markup {
    answer(
      reader.say("Ce qui l’a fait bouger.", "What moved it."),
      Score.Span.allCases.compactMap { span in
        overall.changes[span].map { moved(RoundedChange($0), since: span.start(from: overall.quarter)) }
      })
  }

  private func moved(_ change: RoundedChange, since start: Quarter) -> String {
    let (before, after) = (
      reader.numbers.number(change.before, decimals: 1), reader.numbers.number(change.after, decimals: 1)
    )
    let start = reader.numbers.quarter(start)
    let most = change.parts.filter { $0.kind == .moved && $0.amount != 0 }
      .sorted { (abs($1.amount), $0.node) < (abs($0.amount), $1.node) }.prefix(3)
      .map { "\(label($0.node)) (\(reader.points($0.amount)))" }
    var text = reader.say(
      "Depuis \(start) : \(before) → \(after)", "Since \(start): \(before) → \(after)")
    if !most.isEmpty { text += reader.say(", surtout ", ", mostly ") + reader.list(most) }
    // What became known or unknown moves a score without anything having moved: it stands apart.
    let known = change.parts.filter { $0.kind != .moved }
    if !known.isEmpty {
      let amount = reader.points(known.reduce(0) { $0 + $1.amount })
      let names = reader.list(known.map { label($0.node) })
      text += reader.say(
        " ; du seul fait de données apparues ou disparues (\(names)) : \(amount)",
        "; only because data appeared or disappeared (\(names)): \(amount)")
    }
    return text + "."
  }

  // MARK: How sure

  private func sureness(_ overall: Score, _ scores: [Score]) -> Markup {
    guard let certainty = overall.certainty else { return .none }
    var sentences: [String] = []
    if let sampling = certainty.sampling {
      sentences.append(
        reader.say(
          "Ses taux portent sur peu de personnes : \(range(sampling)) dans 95 % des tirages.",
          "Its rates rest on few people: \(range(sampling)) in 95% of the draws."))
    }
    if let weakest = weakest(scores) { sentences.append(weakest) }
    if let methods = certainty.methods {
      let choice =
        strongest(overall).map {
          reader.say(" ; ce qui compte le plus : \($0)", "; what matters most: \($0)")
        }
        ?? ""
      sentences.append(tried(certainty, methods, choice))
    }
    if let possible = certainty.possible, overall.value == nil || possible.high - possible.low > 0.5 {
      sentences.append(
        reader.say(
          "Si tout ce qui manque était connu, au pire et au mieux : \(range(possible)).",
          "Were all that is missing known, at worst and at best: \(range(possible))."))
      // With all of it known a dimension counts whole that is left out now.
      if let value = overall.value, value < possible.low || value > possible.high {
        sentences.append(
          reader.say(
            "La note en sort : une dimension trop peu connue n’y entre pas, même pour ce qui en est connu.",
            "The score is outside: a dimension known too little is not in it, not even with what is known."))
      }
    }
    return answer(reader.say("À quel point elle est sûre.", "How sure it is."), sentences)
  }

  /// Where the methods tried put the score, and how many of them give none.
  private func tried(_ certainty: Score.Certainty, _ methods: Interval, _ choice: String) -> String {
    let all = reader.numbers.number(Double(certainty.runs))
    guard let scored = certainty.scoredRuns, scored < certainty.runs else {
      return reader.say(
        "Neuf dixièmes de \(all) méthodes essayées : \(range(methods))\(choice).",
        "Nine tenths of \(all) methods tried: \(range(methods))\(choice).")
    }
    let (some, none) = (
      reader.numbers.number(Double(scored)), reader.numbers.number(Double(certainty.runs - scored))
    )
    return reader.say(
      "Sur \(all) méthodes essayées, \(some) donnent une note, dont neuf dixièmes : \(range(methods))\(choice) ; trop peu de données pour les autres (\(none)).",
      "Of \(all) methods tried, \(some) give a score, nine tenths of them \(range(methods))\(choice); too little data for the rest (\(none))."
    )
  }

  /// The rate in the score that rests on the fewest people.
  private func weakest(_ scores: [Score]) -> String? {
    let counted = scores.flatMap(\.contributions).compactMap { part -> (String, Int)? in
      guard part.normalised != nil, let value = review.figure(part.indicator)?.value, value.interval != nil,
        let count = value.count
      else { return nil }
      return (part.indicator, count)
    }
    guard let least = counted.min(by: { ($0.1, $0.0) < ($1.1, $1.0) }) else { return nil }
    return reader.say(
      "Donnée la plus fragile : \(label(least.0)), sur un effectif de \(least.1).",
      "Weakest data: \(label(least.0)), on a count of \(least.1).")
  }

  /// The choice of method that explains most of the spread.
  private func strongest(_ overall: Score) -> String? {
    let shares = zip(SensitivityPlan.Factor.allCases, overall.certainty?.shares ?? [])
    guard let most = shares.max(by: { $0.1.total < $1.1.total }) else { return nil }
    let name =
      switch most.0 {
      case .normalisation: reader.say("les bornes", "the goalposts")
      case .weights: reader.say("les poids", "the weights")
      case .aggregation: reader.say("la moyenne entre dimensions", "the mean across dimensions")
      case .leftOut: reader.say("les indicateurs retenus", "the indicators kept")
      }
    let share = reader.numbers.percent(most.1.total, decimals: 0)
    return reader.say("\(name) (\(share) de l’écart)", "\(name) (\(share) of the spread)")
  }

  // MARK: What would change it

  private func levers(_ overall: Score, _ scores: [Score]) -> Markup {
    let parts = scores.flatMap(\.contributions)
    let gains = parts.filter { ($0.atBest ?? 0) >= 0.05 }
      .sorted { ($1.atBest ?? 0, $0.indicator) < ($0.atBest ?? 0, $1.indicator) }.prefix(3)
      .map { "\(label($0.indicator)) (\(reader.points($0.atBest ?? 0)))" }
    let hold = parts.compactMap { part in part.leftOut.map { (part.indicator, $0) } }
      .max { (abs($0.1), $1.0) < (abs($1.1), $0.0) }
    guard overall.value != nil else { return .none }
    var sentences: [String] = []
    if !gains.isEmpty {
      sentences.append(
        reader.say(
          "Amenés à leur borne haute, le plus de points : \(reader.list(gains)).",
          "Brought to their upper goalpost, the most points: \(reader.list(gains))."))
    }
    if let hold, abs(hold.1) >= 0.05 {
      sentences.append(
        reader.say(
          "L’indicateur qui la tient le plus : \(label(hold.0)) ; sans lui, \(reader.points(hold.1)).",
          "The indicator it hangs on most: \(label(hold.0)); without it, \(reader.points(hold.1))."))
    }
    return answer(reader.say("Ce qui la changerait.", "What would change it."), sentences)
  }
}

/// A change of a score in tenths of a point: parts, and both ends as they are shown, still add up.
struct RoundedChange {
  let before: Double
  let after: Double
  /// The parts that are not nought, and those of what became known or unknown.
  let parts: [ScoreChange.Part]
  /// How much the score moved, as shown.
  let amount: Double

  init(_ change: ScoreChange) {
    before = (change.before * 10).rounded() / 10
    after = (change.after * 10).rounded() / 10
    let rounded = RoundedParts(change.parts.map(\.amount), total: after - before, decimals: 1)
    parts = zip(change.parts, rounded.parts).map { ScoreChange.Part($0.kind, $0.node, $1) }
      .filter { $0.amount != 0 || $0.kind != .moved }
    amount = rounded.total
  }
}

extension Reader {
  /// Points of a score with their sign.
  func points(_ points: Double) -> String {
    let text = numbers.number(abs(points), decimals: 1)
    return points > 0 ? "+\(text)" : points < 0 ? "−\(text)" : text
  }
}

extension Catalogue {
  /// The label of an indicator or of a dimension.
  func label(of node: String, in language: Language) -> String {
    indicator(node)?.label[language] ?? dimension(node)?.label[language] ?? node
  }
}
