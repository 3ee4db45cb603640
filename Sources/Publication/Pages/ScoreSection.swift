internal import Impact

/// The score, read last.
struct ScoreSection: ReviewSection {
  let review: ReviewPage

  var markup: Markup {
    let scores = reader.album.scores(cooperation.id, quarter)
    guard !scores.isEmpty else { return .none }
    let overall = scores.first { $0.dimension == nil }
    func words(_ score: Score) -> String {
      score.value.map { reader.numbers.number($0) } ?? reader.say("données insuffisantes", "not enough data")
    }
    func label(_ score: Score) -> String {
      score.dimension.flatMap { edition.catalogue.dimension($0)?.label[reader.language] }
        ?? reader.say("Ensemble", "Overall")
    }
    let components = scores.flatMap { score in
      score.contributions.map { part -> [Markup] in
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
    return reader.section(
      8, reader.say("Note", "Score"),
      note: reader.say(
        "Lue en dernier. Elle résume, elle ne décide pas.", "Read last. It sums up, it does not decide."),
      [
        ChartFigure(
          id: "f-score",
          headline: [
            H.span(
              text: overall?.value.map {
                reader.say(
                  "Note d’ensemble : \(reader.numbers.number($0)) sur 100",
                  "Overall score: \(reader.numbers.number($0)) out of 100")
              }
                ?? reader.say(
                  "Données insuffisantes pour une note d’ensemble", "Not enough data for an overall score"))
          ],
          statistic: reader.say(
            "Indice interne, bornes fixes de la méthode \(edition.catalogue.scorecard.version)",
            "Internal index, fixed goalposts of method \(edition.catalogue.scorecard.version)"),
          summary: reader.say(
            "Moyenne arithmétique dans chaque dimension, géométrique entre elles. Les apports des partenaires n’y entrent pas.",
            "Arithmetic mean inside each dimension, geometric across them. Partners’ contributions do not enter it."
          ),
          plot: ScoreBars(
            reader: reader, id: "g-score", rows: scores.map { (label($0), $0.value, words($0)) }
          ).markup,
          source: reader.say(
            "Part du poids connue : ", "Share of the weight known: ")
            + scores.map { "\(label($0)) \(reader.numbers.percent($0.coverage, decimals: 0))" }.joined(
              separator: ", ") + ".",
          table: reader.folded(
            reader.say("Sur quoi la note repose", "What the score rests on"), rows: 13,
            reader.table(
              caption: reader.say("Indicateurs, bornes et poids", "Indicators, goalposts and weights"),
              head: [
                reader.say("Indicateur", "Indicator"), reader.say("Dimension", "Dimension"),
                reader.say("Valeur", "Value"),
                reader.say("Entre ses bornes (0–100)", "Between its goalposts (0–100)"),
                reader.say("Poids dans la dimension", "Weight in the dimension"),
              ], rows: components, text: 1))
        ).markup,
        H.p(.class("small")) {
          H.a(
            .href(reader.page("method.html#notes")),
            text: reader.say(
              "Bornes, poids et règles de la note", "Goalposts, weights and rules of the score"))
        },
      ])
  }
}
