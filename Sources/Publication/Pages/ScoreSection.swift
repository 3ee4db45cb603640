internal import Impact

/// The score of a quarter: what it is, what it rests on, what moved it, what would, and how sure it is.
struct ScoreSection: ReviewSection {
  let review: ReviewPage

  var markup: Markup {
    let scores = reader.album.scores(cooperation.id, review.quarter)
    guard !scores.isEmpty else { return .none }
    let overall = scores.first { $0.dimension == nil }
    return reader.section(
      8, reader.say("Note", "Score"),
      note: reader.say(
        "Lue en dernier. Elle résume, elle ne décide pas.", "Read last. It sums up, it does not decide."),
      [chart(scores, overall)]
        + (overall.map { [sureness($0), moved($0), levers($0, scores), earlier($0)] } ?? []).filter {
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

  // MARK: The score and what it rests on

  private func words(_ score: Score) -> String {
    score.value.map { reader.numbers.number($0) } ?? reader.say("données insuffisantes", "not enough data")
  }

  private func label(_ score: Score) -> String {
    score.dimension.map(label(ofNode:)) ?? reader.say("Ensemble", "Overall")
  }

  /// The label of an indicator or of a dimension.
  private func label(ofNode node: String) -> String {
    edition.catalogue.indicator(node)?.label[reader.language]
      ?? edition.catalogue.dimension(node)?.label[reader.language] ?? node
  }

  private func chart(_ scores: [Score], _ overall: Score?) -> Markup {
    let headline =
      overall?.value.map { value in
        let number = reader.numbers.number(value)
        guard let band = overall?.certainty?.methods else {
          return reader.say("Note d’ensemble : \(number) sur 100", "Overall score: \(number) out of 100")
        }
        let (low, high) = (reader.numbers.number(band.low), reader.numbers.number(band.high))
        return reader.say(
          "Note d’ensemble : \(number) sur 100, entre \(low) et \(high) selon la méthode",
          "Overall score: \(number) out of 100, between \(low) and \(high) depending on the method")
      }
      ?? reader.say("Données insuffisantes pour une note d’ensemble", "Not enough data for an overall score")
    let version = overall?.methodology ?? edition.catalogue.scorecard.version
    return ChartFigure(
      id: "f-score", headline: [H.span(text: headline)],
      statistic: reader.say(
        "Indice interne, bornes fixes de la méthode \(version)",
        "Internal index, fixed goalposts of method \(version)"),
      summary: reader.say(
        "Moyenne arithmétique dans chaque dimension, géométrique entre elles. Les apports des partenaires n’y entrent pas.",
        "Arithmetic mean inside each dimension, geometric across them. Partners’ contributions do not enter it."
      ),
      plot: ScoreBars(
        reader: reader, id: "g-score", rows: scores.map { (label($0), $0.value, words($0)) }
      ).markup,
      source: reader.say("Part du poids connue : ", "Share of the weight known: ")
        + scores.map { "\(label($0)) \(reader.numbers.percent($0.coverage, decimals: 0))" }.joined(
          separator: ", ")
        + ". " + (weakest(scores) ?? ""),
      table: reader.folded(
        reader.say("Sur quoi la note repose", "What the score rests on"), rows: 13,
        reader.table(
          caption: reader.say("Indicateurs, bornes et poids", "Indicators, goalposts and weights"),
          head: [
            reader.say("Indicateur", "Indicator"), reader.say("Dimension", "Dimension"),
            reader.say("Valeur", "Value"),
            reader.say("Entre ses bornes (0–100)", "Between its goalposts (0–100)"),
            reader.say("Poids dans la dimension", "Weight in the dimension"),
          ], rows: scores.flatMap(components), text: 1))
    ).markup
  }

  private func components(_ score: Score) -> [[Markup]] {
    score.contributions.map { part in
      let indicator = edition.catalogue.indicator(part.indicator)
      return [
        H.a(
          .href(reader.page("indicators/\(part.indicator).html")),
          text: indicator?.label[reader.language] ?? part.indicator),
        .text(label(score)),
        indicator.flatMap { indicator in part.value.map { .text(reader.value($0, indicator.unit)) } }
          ?? H.span(.class("none"), text: reader.say("absent ou trop peu", "absent or too few")),
        part.normalised.map { .text(reader.numbers.number($0)) } ?? .text("–"),
        part.normalised == nil ? .text("–") : .text(reader.numbers.percent(part.weight, decimals: 0)),
      ]
    }
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
      "Donnée la plus fragile : \(label(ofNode: least.0)), sur un effectif de \(least.1).",
      "Weakest data: \(label(ofNode: least.0)), on a count of \(least.1).")
  }

  // MARK: How sure

  private func range(_ interval: Interval) -> String {
    let (low, high) = (reader.numbers.number(interval.low), reader.numbers.number(interval.high))
    return reader.say("de \(low) à \(high)", "from \(low) to \(high)")
  }

  private func sureness(_ overall: Score) -> Markup {
    guard let certainty = overall.certainty else { return .none }
    var rows: [[Markup]] = []
    func add(_ french: String, _ english: String, _ interval: Interval?) {
      guard let interval else { return }
      rows.append([.text(reader.say(french, english)), .text(range(interval))])
    }
    add("Taux sur peu de personnes (IC 95 %)", "Rates on few people (95% CI)", certainty.sampling)
    add(
      "Choix de méthode : neuf dixièmes de \(certainty.runs) méthodes essayées",
      "Choice of method: nine tenths of \(certainty.runs) methods tried", certainty.methods)
    if overall.value == nil || overall.coverage < 1
      || (certainty.possible.map { $0.high - $0.low > 0.5 } ?? false)
    {
      add(
        "Données manquantes : si tout était connu, au pire et au mieux",
        "Missing data: were everything known, at worst and at best", certainty.possible)
    }
    guard !rows.isEmpty else { return .none }
    return reader.table(
      caption: reader.say("À quel point la note est sûre", "How sure the score is"),
      head: [
        reader.say("Ce qui la rend incertaine", "What makes it uncertain"),
        reader.say("La note irait", "The score would go"),
      ],
      rows: rows)
  }

  // MARK: What moved it

  private func moved(_ overall: Score) -> Markup {
    let tables = Score.Span.allCases.compactMap { span in
      overall.changes[span].map { moved($0, since: span, overall) }
    }
    return tables.isEmpty ? .none : H.div { for table in tables { table } }
  }

  private func moved(_ change: ScoreChange, since span: Score.Span, _ overall: Score) -> Markup {
    // The difference of the two scores as they are shown, so that the table adds up to what stands above it.
    let shown = [change.after, change.before].map { ($0 * 10).rounded() / 10 }
    let rounded = RoundedParts(change.parts.map(\.amount), total: shown[0] - shown[1], decimals: 1)
    let rows = zip(change.parts, rounded.parts)
      .filter { $0.1 != 0 || $0.0.kind != .moved }
      .sorted { (abs($1.1), $0.0.node) < (abs($0.1), $1.0.node) }
      .map { part, amount -> [Markup] in
        [.text(label(ofNode: part.node)), .text(words(part.kind)), .text(signed(amount))]
      }
    let start = reader.numbers.quarter(span.start(from: overall.quarter))
    let (before, after) = (
      reader.numbers.number(change.before, decimals: 1), reader.numbers.number(change.after, decimals: 1)
    )
    let caption = reader.say(
      "Ce qui a fait bouger la note depuis \(start) : \(before) → \(after)",
      "What moved the score since \(start): \(before) → \(after)")
    return reader.folded(
      caption, rows: rows.count + 1,
      reader.table(
        caption: caption,
        head: [
          reader.say("Indicateur", "Indicator"), reader.say("Ce qui a changé", "What changed"),
          reader.say("Points de la note", "Points of the score"),
        ],
        rows: rows + [
          [
            H.strong(text: reader.say("Ensemble", "Overall")),
            .text(reader.say("somme des lignes", "sum of the rows")),
            H.strong(text: signed(rounded.total)),
          ]
        ], text: 1))
  }

  private func words(_ kind: ScoreChange.Kind) -> String {
    switch kind {
    case .moved: reader.say("sa valeur", "its value")
    case .appeared: reader.say("connu désormais, ne l’était pas", "known now, was not")
    case .disappeared: reader.say("n’est plus connu", "no longer known")
    case .replaced: reader.say("rien de commun entre les deux", "nothing in common between the two")
    }
  }

  private func signed(_ points: Double) -> String {
    let text = reader.numbers.number(abs(points), decimals: 1)
    return points > 0 ? "+\(text)" : points < 0 ? "−\(text)" : text
  }

  // MARK: What would change it

  private func levers(_ overall: Score, _ scores: [Score]) -> Markup {
    let parts = scores.flatMap(\.contributions)
    let gains = parts.filter { ($0.atBest ?? 0) >= 0.05 }
      .sorted { ($1.atBest ?? 0, $0.indicator) < ($0.atBest ?? 0, $1.indicator) }.prefix(3)
    let hold = parts.compactMap { part in part.leftOut.map { (part.indicator, $0) } }
      .max { (abs($0.1), $1.0) < (abs($1.1), $0.0) }
    guard overall.value != nil, !gains.isEmpty || hold != nil else { return .none }
    var sentences: [String] = []
    if !gains.isEmpty {
      let list = gains.map { part in
        "\(label(ofNode: part.indicator)) (\(signed(part.atBest ?? 0)))"
      }
      sentences.append(
        reader.say(
          "Ce qui la changerait le plus, en points, si l’indicateur était à sa borne haute : \(reader.list(Array(list))).",
          "What would change it most, in points, if the indicator stood at its upper goalpost: \(reader.list(Array(list)))."
        ))
    }
    if let hold, abs(hold.1) >= 0.05 {
      sentences.append(
        reader.say(
          "L’indicateur qui la tient le plus : \(label(ofNode: hold.0)) ; sans lui, \(signed(hold.1)).",
          "The indicator it hangs on most: \(label(ofNode: hold.0)); without it, \(signed(hold.1)).")
      )
    }
    if let factor = strongest(overall) {
      sentences.append(
        reader.say(
          "Le choix de méthode qui compte le plus : \(factor.french).",
          "The choice of method that matters most: \(factor.english)."))
    }
    return H.p(.class("small"), text: sentences.joined(separator: " "))
  }

  private func strongest(_ overall: Score) -> (french: String, english: String)? {
    let names: [SensitivityPlan.Factor: (String, String)] = [
      .normalisation: ("les bornes", "the goalposts"), .weights: ("les poids", "the weights"),
      .aggregation: ("la moyenne entre dimensions", "the mean across dimensions"),
      .leftOut: ("les indicateurs retenus", "the indicators kept"),
    ]
    let shares = zip(SensitivityPlan.Factor.allCases, overall.certainty?.shares ?? [])
    guard let most = shares.max(by: { $0.1.total < $1.1.total }), let name = names[most.0] else { return nil }
    let share = reader.numbers.percent(most.1.total, decimals: 0)
    return (
      "\(name.0) (\(share) de l’écart entre méthodes)", "\(name.1) (\(share) of the spread between methods)"
    )
  }

  // MARK: Earlier versions

  private func earlier(_ overall: Score) -> Markup {
    let own = edition.earlierScores.filter { $0.cooperation == cooperation.id && $0.dimension == nil }
    let versions = Array(Set(own.compactMap(\.methodology))).sorted(by: >)
    guard !versions.isEmpty else { return .none }
    let quarters = Array(Set(own.map(\.quarter))).sorted().suffix(8)
    let caption = reader.say(
      "La note selon chaque version de la méthode", "The score by each version of the method")
    let current = overall.methodology ?? edition.catalogue.scorecard.version
    return reader.folded(
      caption, rows: quarters.count,
      reader.table(
        caption: caption,
        head: [reader.say("Trimestre", "Quarter"), reader.say("Méthode \(current)", "Method \(current)")]
          + versions.map { reader.say("Méthode \($0)", "Method \($0)") },
        rows: quarters.map { quarter in
          let now = reader.album.scores(cooperation.id, quarter).first { $0.dimension == nil }
          return [.text(reader.numbers.quarter(quarter)), .text(now.map(words) ?? "–")]
            + versions.map { version in
              .text(own.first { $0.quarter == quarter && $0.methodology == version }.map(words) ?? "–")
            }
        }))
  }
}
