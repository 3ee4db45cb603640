internal import Impact

/// A score indicator by indicator, and version by version of its method.
struct ScoreBreakdown: ReviewSection {
  let review: ReviewPage
  /// The scores of the quarter, dimensions first.
  let scores: [Score]

  private var overall: Score? { scores.first { $0.dimension == nil } }

  /// Everything an indicator is in the score; the movements add up to that of the score.
  var markup: Markup { table }

  /// What the score rests on: value, place, weight, what it moved and what is left to gain.
  var table: Markup {
    let changes = Score.Span.allCases.compactMap { span in
      overall?.changes[span].map { (span.start(from: quarter), RoundedChange($0)) }
    }
    let since = changes.map { start, _ in
      let name = reader.numbers.quarter(start)
      return reader.say("Depuis \(name)", "Since \(name)")
    }
    let rows = scores.flatMap { score in
      score.contributions.map { part in
        own(part) + changes.map { movement(of: part.indicator, in: $0.1) } + [gain(part)]
      }
    }
    let inside = Set(scores.flatMap(\.contributions).map(\.indicator))
    let beside = changes.flatMap(\.1.parts).map(\.node).filter { !inside.contains($0) }
    // A dimension that came or went as a whole moves the score without one of its indicators doing so.
    let whole = scores.compactMap(\.dimension).filter(beside.contains).map { node in
      cells([.text(edition.catalogue.label(of: node, in: reader.language))])
        + changes.map { movement(of: node, in: $0.1) } + [.text("–")]
    }
    let end = changes.first?.1.after ?? overall?.value
    let total =
      cells([
        H.strong(text: reader.say("Ensemble", "Overall")), .text("–"),
        end.map { H.strong(text: reader.numbers.number($0, decimals: 1)) } ?? .text("–"),
      ]) + changes.map { H.strong(text: reader.points($0.1.amount)) } + [.text("–")]
    let caption = reader.say("Sur quoi la note repose", "What the score rests on")
    return reader.folded(
      caption, rows: 13,
      reader.table(
        caption: changes.isEmpty
          ? caption
          : reader.say(
            "\(caption) ; les mouvements, en points de la note, s’ajoutent jusqu’au sien",
            "\(caption); movements, in points of the score, add up to its own"),
        head: [
          reader.say("Indicateur", "Indicator"), reader.say("Valeur", "Value"),
          reader.say("Entre ses bornes (0–100)", "Between its goalposts (0–100)"),
          reader.say("Poids dans la dimension", "Weight in the dimension"),
        ] + since + [reader.say("À gagner", "To gain")],
        rows: rows + whole + [total]))
  }

  /// The first cells of a row, the rest of the four without anything.
  private func cells(_ first: [Markup]) -> [Markup] {
    first + [Markup](repeating: .text("–"), count: 4 - first.count)
  }

  private func own(_ part: Score.Contribution) -> [Markup] {
    let indicator = edition.catalogue.indicator(part.indicator)
    return [
      H.a(
        .href(reader.page("indicators/\(part.indicator).html")),
        text: edition.catalogue.label(of: part.indicator, in: reader.language)),
      indicator.flatMap { indicator in part.value.map { .text(reader.value($0, indicator.unit)) } }
        ?? H.span(.class("none"), text: reader.say("absent ou trop peu", "absent or too few")),
      part.normalised.map { .text(reader.numbers.number($0)) } ?? .text("–"),
      part.normalised == nil ? .text("–") : .text(reader.numbers.percent(part.weight, decimals: 0)),
    ]
  }

  private func movement(of node: String, in change: RoundedChange) -> Markup {
    guard let part = change.parts.first(where: { $0.node == node }) else { return .text("0") }
    let points = reader.points(part.amount)
    return switch part.kind {
    case .moved: .text(points)
    case .appeared: .text(reader.say("\(points), apparu", "\(points), appeared"))
    case .disappeared: .text(reader.say("\(points), disparu", "\(points), disappeared"))
    case .replaced: .text(reader.say("\(points), remplacé", "\(points), replaced"))
    }
  }

  private func gain(_ part: Score.Contribution) -> Markup {
    .text(part.atBest.map(reader.points) ?? "–")
  }

  /// The overall score by each version of the method, for the last eight quarters; nothing while there is one.
  var versions: Markup {
    let own = edition.earlierScores.filter { $0.cooperation == cooperation.id && $0.dimension == nil }
    let earlier = Array(Set(own.compactMap(\.methodology))).sorted(by: >)
    guard !earlier.isEmpty else { return .none }
    func words(_ score: Score?) -> Markup {
      .text(
        score.map {
          $0.value.map { reader.numbers.number($0) }
            ?? ($0.absence == .notApplicable
              ? reader.say("sans objet", "not applicable") : reader.say("insuffisant", "too little"))
        } ?? "–")
    }
    let quarters = Array(Set(own.map(\.quarter))).sorted().suffix(8)
    let current = overall?.methodology ?? edition.catalogue.scorecard.version
    let caption = reader.say(
      "La note par chaque version de la méthode", "The score by each version of the method")
    // A version a row: few of them, and the quarters read from left to right.
    return reader.folded(
      caption, rows: earlier.count + 1,
      reader.table(
        caption: caption,
        head: [reader.say("Méthode", "Method")] + quarters.map(reader.numbers.quarter),
        rows: [
          [.text(reader.say("\(current), en vigueur", "\(current), in force"))]
            + quarters.map { quarter in
              words(reader.album.scores(cooperation.id, quarter).first { $0.dimension == nil })
            }
        ]
          + earlier.map { version in
            [.text("\(version)")]
              + quarters.map { quarter in
                words(own.first { $0.quarter == quarter && $0.methodology == version })
              }
          }))
  }
}
