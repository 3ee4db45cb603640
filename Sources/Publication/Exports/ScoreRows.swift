internal import Impact

/// Scores as rows, and the indicators each is made of.
struct ScoreRows {
  /// A score a row.
  let scores: CSV
  /// An indicator of a score a row.
  let components: CSV

  init(_ edition: Edition) {
    let release = edition.release.id
    let names = Names(edition)
    func place(_ score: Score) -> [CSV.Cell] {
      [
        .text(release), .text(score.cooperation), .text(score.quarter.description),
        .text(score.dimension ?? "overall"),
      ]
    }
    scores = CSV(
      ["release", "cooperation", "quarter", "dimension", "value", "absence", "coverage", "data_nature"],
      rows: edition.scores.map { score in
        place(score) + [
          .number(score.value), .text(score.absence?.rawValue), .number(score.coverage),
          .text(names.dataNature(score.cooperation)),
        ]
      })
    components = CSV(
      [
        "release", "cooperation", "quarter", "dimension", "indicator", "label_fr", "label_en", "unit",
        "value",
        "normalised", "weight", "data_nature",
      ],
      rows: edition.scores.flatMap { score in
        score.contributions.map { contribution in
          let indicator = names.indicator(contribution.indicator)
          let figure = edition.figures.figure(contribution.indicator, score.cooperation, score.quarter)
          // What is masked as a figure must not be told as a part of a score.
          let isMasked = figure?.absence == .tooFew
          return place(score) + [
            .text(contribution.indicator), .text(indicator?.label.french), .text(indicator?.label.english),
            .text(indicator?.unit.rawValue), .number(isMasked ? nil : contribution.value),
            .number(isMasked ? nil : contribution.normalised), .number(contribution.weight),
            .text(names.dataNature(score.cooperation)),
          ]
        }
      })
  }
}
