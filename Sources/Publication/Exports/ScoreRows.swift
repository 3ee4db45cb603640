internal import Impact

/// Scores as rows, the indicators each is made of, what moved them and what they depend on.
struct ScoreRows {
  /// A score a row.
  let scores: CSV
  /// An indicator of a score a row.
  let components: CSV
  /// A part of what moved an overall score a row.
  let changes: CSV
  /// A choice of method a row, with what it explains.
  let sensitivity: CSV
  /// A score by an earlier version of the scorecard a row.
  let earlier: CSV

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
      [
        "release", "cooperation", "quarter", "dimension", "value", "absence", "coverage", "methodology",
        "methods_low", "methods_high", "methods_tried", "methods_scored", "sampling_low", "sampling_high",
        "possible_low", "possible_high", "data_nature",
      ],
      rows: edition.scores.map { score in
        place(score) + [
          .number(score.value), .text(score.absence?.rawValue), .number(score.coverage),
          .integer(score.methodology), .number(score.certainty?.methods?.low),
          .number(score.certainty?.methods?.high), .integer(score.certainty?.runs),
          .integer(score.certainty?.scoredRuns),
          .number(score.certainty?.sampling?.low), .number(score.certainty?.sampling?.high),
          .number(score.certainty?.possible?.low), .number(score.certainty?.possible?.high),
          .text(names.dataNature(score.cooperation)),
        ]
      })
    components = CSV(
      [
        "release", "cooperation", "quarter", "dimension", "indicator", "label_fr", "label_en", "unit",
        "value",
        "normalised", "weight", "left_out", "at_best", "data_nature",
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
            .number(isMasked ? nil : contribution.leftOut), .number(isMasked ? nil : contribution.atBest),
            .text(names.dataNature(score.cooperation)),
          ]
        }
      })
    changes = CSV(
      [
        "release", "cooperation", "quarter", "since", "before", "after", "kind", "node", "label_fr",
        "label_en",
        "amount", "data_nature",
      ],
      rows: edition.scores.flatMap { score in
        Score.Span.allCases.flatMap { span -> [[CSV.Cell]] in
          guard let change = score.changes[span] else { return [] }
          return change.parts.map { part in
            let label = names.indicator(part.node)?.label ?? edition.catalogue.dimension(part.node)?.label
            return [
              .text(release), .text(score.cooperation), .text(score.quarter.description),
              .text(span.start(from: score.quarter).description), .number(change.before),
              .number(change.after),
              .text(part.kind.rawValue), .text(part.node), .text(label?.french), .text(label?.english),
              .number(part.amount), .text(names.dataNature(score.cooperation)),
            ]
          }
        }
      })
    sensitivity = CSV(
      ["release", "cooperation", "quarter", "dimension", "factor", "first_order", "total", "data_nature"],
      rows: edition.scores.flatMap { score in
        zip(SensitivityPlan.Factor.allCases, score.certainty?.shares ?? []).map { factor, share in
          place(score) + [
            .text(factor.rawValue), .number(share.first), .number(share.total),
            .text(names.dataNature(score.cooperation)),
          ]
        }
      })
    earlier = CSV(
      [
        "release", "cooperation", "quarter", "dimension", "methodology", "value", "absence", "coverage",
        "data_nature",
      ],
      rows: edition.earlierScores.map { score in
        place(score) + [
          .integer(score.methodology), .number(score.value), .text(score.absence?.rawValue),
          .number(score.coverage), .text(names.dataNature(score.cooperation)),
        ]
      })
  }
}
