internal import Impact
internal import Postgres

/// Makes the working scores of cooperations, by every version of the scorecard, and writes them.
struct WorkingScores: Sendable {
  /// Quarters a change of a score looks back.
  static let reach = 4

  /// The indicators scores are made of, by name.
  let indicators: [String]
  /// Whether a quarter's score or its band depends on the other quarters.
  let isRelative: Bool
  private let scorecard: Scorecard
  /// Versions no longer in force; shown beside the one that is, so their values say enough.
  private let earlier: [Scorecard]

  init(_ catalogue: Catalogue) {
    scorecard = catalogue.scorecard
    earlier = catalogue.earlierScorecards.map { scorecard in
      var plain = scorecard
      plain.sensitivity = SensitivityChoices(draws: 0)
      return plain
    }
    let all = [scorecard] + earlier
    indicators = Set(all.flatMap(\.parts).flatMap { $0.components.map(\.indicator) }).sorted()
    isRelative = all.contains { $0.sensitivity.normalisations.contains(where: \.isRelative) }
  }

  /// Scores that were made.
  struct Made: Sendable {
    fileprivate var inForce: [Score] = []
    fileprivate var earlier: [Score] = []
  }

  /// Makes the scores of a cooperation.
  ///
  /// - Parameters:
  ///   - span: the cooperation and its quarters.
  ///   - first: the first quarter scored.
  ///   - figures: the cooperation's figures that were computed again.
  ///   - old: those that were not.
  ///   - made: where they are added.
  /// - Throws: ``ScoreError`` when a scorecard allows no score.
  func add(
    _ span: Span, from first: Quarter, _ figures: [Figure], _ old: [Figure.Key: Figure], to made: inout Made
  ) throws {
    guard first <= span.last else { return }
    let names = Set(indicators)
    var known = old
    for figure in figures where figure.key.part == nil && names.contains(figure.key.indicator) {
      known[figure.key] = figure
    }
    let begin = max(span.first, first.advanced(by: -WorkingScores.reach))
    let quarters = (begin.index...span.last.index).map(Quarter.init(index:))
    func history(_ scorecard: Scorecard) throws -> [Score] {
      try Score.history(scorecard, cooperation: span.cooperation, quarters: quarters, since: first) {
        known[Figure.Key(indicator: $0, cooperation: span.cooperation, quarter: $1)]
      }
    }
    made.inForce += try history(scorecard)
    for scorecard in earlier { made.earlier += try history(scorecard) }
  }

  /// Adds scores to the working ones.
  func write(_ made: Made, in connection: Connection) throws {
    try WorkingTable.score.fill(in: connection) { rows in
      for score in made.inForce { try WorkingScores.write(score, to: &rows) }
    }
    try WorkingTable.component.fill(in: connection) { rows in
      for score in made.inForce {
        for (ordinal, part) in score.contributions.enumerated() {
          try WorkingScores.begin(score, to: &rows)
          try rows.text(score.dimension ?? "")
          try rows.text(part.indicator)
          rows.integer(Int32(ordinal))
          for number in [part.value, part.normalised, part.weight, part.leftOut, part.atBest] {
            rows.double(number)
          }
          try rows.endRow()
        }
      }
    }
    try WorkingTable.share.fill(in: connection) { rows in
      for score in made.inForce {
        for (factor, share) in zip(SensitivityPlan.Factor.allCases, score.certainty?.shares ?? []) {
          try WorkingScores.begin(score, to: &rows)
          try rows.text(score.dimension ?? "")
          try rows.text(factor.rawValue)
          rows.double(share.first)
          rows.double(share.total)
          try rows.endRow()
        }
      }
    }
    try WorkingTable.change.fill(in: connection) { rows in
      for score in made.inForce {
        for span in Score.Span.allCases {
          for (ordinal, part) in (score.changes[span]?.parts ?? []).enumerated() {
            try WorkingScores.begin(score, to: &rows)
            try rows.text(span.rawValue)
            try rows.text(part.node)
            rows.integer(Int32(ordinal))
            try rows.text(part.kind.rawValue)
            rows.double(part.amount)
            try rows.endRow()
          }
        }
      }
    }
    try WorkingTable.earlier.fill(in: connection) { rows in
      for score in made.earlier {
        rows.beginRow()
        try rows.text(score.cooperation)
        try rows.text(Archive.working)
        rows.integer(score.methodology.map { Int32($0) } ?? 0)
        try rows.text(score.quarter.description)
        try rows.text(score.dimension ?? "")
        rows.double(score.value)
        try rows.text(score.absence?.rawValue)
        rows.double(score.coverage)
        try rows.endRow()
      }
    }
  }

  private static func begin(_ score: Score, to rows: inout BinaryCopyWriter) throws {
    rows.beginRow()
    try rows.text(score.cooperation)
    try rows.text(Archive.working)
    try rows.text(score.quarter.description)
  }

  private static func write(_ score: Score, to rows: inout BinaryCopyWriter) throws {
    try begin(score, to: &rows)
    try rows.text(score.dimension ?? "")
    rows.double(score.value)
    try rows.text(score.absence?.rawValue)
    rows.double(score.coverage)
    if let methodology = score.methodology { rows.integer(Int32(methodology)) } else { rows.null() }
    if let runs = score.certainty?.runs { rows.integer(Int32(runs)) } else { rows.null() }
    for interval in [score.certainty?.methods, score.certainty?.sampling, score.certainty?.possible] {
      rows.double(interval?.low)
      rows.double(interval?.high)
    }
    if let scored = score.certainty?.scoredRuns { rows.integer(Int32(scored)) } else { rows.null() }
    try rows.endRow()
  }
}
