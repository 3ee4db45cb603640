public import Impact
internal import Postgres

extension Archive {
  /// Tables of scores, each kept under the name of a release.
  static let scoreTables = WorkingTable.scores.map(\.name)

  /// Copies the working scores under the name of a release.
  func freezeScores(_ release: String) throws {
    for table in WorkingTable.scores {
      let columns = table.columns.filter { $0 != "release_id" }.map { "\(identifier: $0)" as SQL }.joined()
      try connection.execute(
        """
        INSERT INTO figure.\(identifier: table.name) (release_id, \(fragment: columns))
        SELECT \(release), \(fragment: columns)
        FROM figure.\(identifier: table.name) WHERE release_id = \(Archive.working)
        """)
    }
  }

  /// Where a row of scores belongs.
  private struct Place: Hashable {
    var cooperation: String
    var quarter: String
    var dimension: String
  }

  /// The scores kept under a release's name: by cooperation and quarter, dimensions first, then the overall.
  public func scores(in release: String, dimensions: [String]) throws -> [Score] {
    let parts = try contributions(in: release)
    let shares = try shares(in: release)
    let changes = try changes(in: release)
    let rows = try connection.execute(
      """
      SELECT cooperation_id, quarter, dimension, value, absence, coverage, methodology, runs, methods_low,
        methods_high, sampling_low, sampling_high, possible_low, possible_high, runs_scored
      FROM figure.score WHERE release_id = \(release)
      ORDER BY cooperation_id, quarter, coalesce(array_position(\(dimensions)::text[], dimension), 1000)
      """)
    var scores = try rows.map { row in
      let cooperation: String = try row.decode(at: 0)
      let quarterName: String = try row.decode(at: 1)
      let dimension: String = try row.decode(at: 2)
      let absence: String? = try row.decode(at: 4)
      guard let quarter = Quarter(quarterName) else { throw Corrupt(what: "score of \(cooperation)") }
      let place = Place(cooperation: cooperation, quarter: quarterName, dimension: dimension)
      let methodology: Int? = try row.decode(at: 6)
      func interval(_ column: Int) throws -> Interval? {
        let low: Double? = try row.decode(at: column)
        let high: Double? = try row.decode(at: column + 1)
        return low.flatMap { low in high.map { Interval(low: low, high: $0) } }
      }
      let certainty =
        methodology == nil
        ? nil
        : Score.Certainty(
          methods: try interval(8), runs: try row.decode(Int?.self, at: 7) ?? 0,
          scoredRuns: try row.decode(at: 14), sampling: try interval(10), possible: try interval(12),
          shares: shares[place] ?? [])
      return Score(
        cooperation: cooperation, quarter: quarter, dimension: dimension.isEmpty ? nil : dimension,
        value: try row.decode(at: 3), absence: absence.flatMap(Score.Absence.init(rawValue:)),
        coverage: try row.decode(at: 5),
        contributions: parts[place] ?? [], methodology: methodology, certainty: certainty)
    }
    // A change lies between two scores of the same release.
    var overall: [Place: Double] = [:]
    for score in scores where score.dimension == nil {
      overall[Place(cooperation: score.cooperation, quarter: score.quarter.description, dimension: "")] =
        score.value
    }
    for index in scores.indices where scores[index].dimension == nil {
      let score = scores[index]
      for span in Score.Span.allCases {
        let start = span.start(from: score.quarter).description
        let place = Place(
          cooperation: score.cooperation, quarter: score.quarter.description, dimension: span.rawValue)
        guard let parts = changes[place], let after = score.value,
          let before = overall[Place(cooperation: score.cooperation, quarter: start, dimension: "")]
        else { continue }
        scores[index].changes[span] = ScoreChange(before: before, after: after, parts: parts)
      }
    }
    return scores
  }

  private func contributions(in release: String) throws -> [Place: [Score.Contribution]] {
    var found: [Place: [Score.Contribution]] = [:]
    let rows = try connection.execute(
      """
      SELECT cooperation_id, quarter, dimension, indicator, value, normalised, weight, left_out, at_best
      FROM figure.score_component WHERE release_id = \(release)
      ORDER BY cooperation_id, quarter, dimension, ordinal
      """)
    for row in rows {
      let (cooperation, quarter, dimension, indicator, value, normalised, weight, leftOut, atBest) =
        try row.decode(
          (String, String, String, String, Double?, Double?, Double, Double?, Double?).self)
      found[Place(cooperation: cooperation, quarter: quarter, dimension: dimension), default: []].append(
        Score.Contribution(
          indicator: indicator, value: value, normalised: normalised, weight: weight, leftOut: leftOut,
          atBest: atBest))
    }
    return found
  }

  private func shares(in release: String) throws -> [Place: [Solidity.Share]] {
    let order = SensitivityPlan.Factor.allCases.map(\.rawValue)
    var found: [Place: [Solidity.Share]] = [:]
    let rows = try connection.execute(
      """
      SELECT cooperation_id, quarter, dimension, first_order, total
      FROM figure.score_share WHERE release_id = \(release)
      ORDER BY cooperation_id, quarter, dimension, array_position(\(order)::text[], factor)
      """)
    for row in rows {
      let (cooperation, quarter, dimension, first, total) = try row.decode(
        (String, String, String, Double, Double).self)
      found[Place(cooperation: cooperation, quarter: quarter, dimension: dimension), default: []].append(
        Solidity.Share(first: first, total: total))
    }
    return found
  }

  /// Parts of changes; the span stands where a dimension would.
  private func changes(in release: String) throws -> [Place: [ScoreChange.Part]] {
    var found: [Place: [ScoreChange.Part]] = [:]
    let rows = try connection.execute(
      """
      SELECT cooperation_id, quarter, since, kind, node, amount
      FROM figure.score_change WHERE release_id = \(release)
      ORDER BY cooperation_id, quarter, since, ordinal
      """)
    for row in rows {
      let (cooperation, quarter, since, kindName, node, amount) = try row.decode(
        (String, String, String, String, String, Double).self)
      guard let kind = ScoreChange.Kind(rawValue: kindName) else {
        throw Corrupt(what: "change of a score of \(cooperation)")
      }
      found[Place(cooperation: cooperation, quarter: quarter, dimension: since), default: []].append(
        ScoreChange.Part(kind, node, amount))
    }
    return found
  }

  /// The scores that earlier versions of the scorecard give, by version, cooperation and quarter.
  public func earlierScores(in release: String, dimensions: [String]) throws -> [Score] {
    try connection.execute(
      """
      SELECT cooperation_id, quarter, dimension, value, absence, coverage, methodology
      FROM figure.earlier_score WHERE release_id = \(release)
      ORDER BY methodology DESC, cooperation_id, quarter,
        coalesce(array_position(\(dimensions)::text[], dimension), 1000), dimension DESC
      """
    ).map { row in
      let (cooperation, quarterName, dimension, value, absence, coverage, methodology) = try row.decode(
        (String, String, String, Double?, String?, Double, Int).self)
      guard let quarter = Quarter(quarterName) else { throw Corrupt(what: "score of \(cooperation)") }
      return Score(
        cooperation: cooperation, quarter: quarter, dimension: dimension.isEmpty ? nil : dimension,
        value: value, absence: absence.flatMap(Score.Absence.init(rawValue:)), coverage: coverage,
        contributions: [], methodology: methodology)
    }
  }
}
