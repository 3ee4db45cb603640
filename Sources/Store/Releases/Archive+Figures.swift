public import Impact
internal import Postgres

extension Archive {
  /// Name under which the figures of the last computation are kept until a release freezes them.
  public static let working = "working"

  /// Computes every figure and score seen from a perspective, unless the same inputs were computed already.
  ///
  /// - Returns: whether anything was computed.
  @discardableResult
  public func compute(_ catalogue: Catalogue, seen perspective: Perspective, software: String) throws -> Bool
  {
    let same: Bool = try connection.execute(
      """
      SELECT EXISTS (SELECT 1 FROM figure.computation
        WHERE quarter = \(perspective.quarter.description) AND cut = \(perspective.cut.description)::date
          AND batch = \(perspective.batch) AND definitions_digest = \(catalogue.digest)
          AND software_version = \(software))
      """)[0].decode()
    guard !same else { return false }
    return try connection.transaction {
      let figures = try figures(of: catalogue, seen: perspective)
      let table = FigureTable(figures)
      var scores: [Score] = []
      for (cooperation, quarters) in Archive.quarters(of: figures) {
        for quarter in quarters {
          scores += Score.scores(catalogue.scorecard, cooperation: cooperation, quarter: quarter) {
            indicator in
            table.figure(indicator, cooperation, quarter)
          }
        }
      }
      try replaceWorking(figures, scores)
      try replaceWorking(yearReturns(of: catalogue, figures: table, upTo: perspective.quarter))
      try connection.execute("DELETE FROM figure.computation")
      try connection.execute(
        """
        INSERT INTO figure.computation (quarter, cut, batch, definitions_digest, software_version)
        VALUES (\(perspective.quarter.description), \(perspective.cut.description)::date, \(perspective.batch),
          \(catalogue.digest), \(software))
        """)
      return true
    }
  }

  /// The quarters figures speak of, by cooperation, in order.
  static func quarters(of figures: [Figure]) -> [(cooperation: String, quarters: [Quarter])] {
    var found: [String: Set<Quarter>] = [:]
    for figure in figures { found[figure.key.cooperation, default: []].insert(figure.key.quarter) }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted()) }
  }

  private func replaceWorking(_ figures: [Figure], _ scores: [Score]) throws {
    for table in ["figure", "score", "score_component"] {
      try connection.execute(
        "DELETE FROM figure.\(identifier: table) WHERE release_id = \(Archive.working)")
    }
    try put(
      into: "figure",
      [
        "cooperation_id", "release_id", "indicator", "indicator_version", "quarter", "part_field",
        "part_value",
        "value", "numerator", "denominator", "n", "low", "high", "absence", "status", "followed", "due",
        "observed",
      ]
    ) { rows in
      for figure in figures {
        let (key, value) = (figure.key, figure.value)
        try rows.row(
          key.cooperation, Archive.working, key.indicator, figure.indicatorVersion, key.quarter.description,
          key.part?.field ?? "", key.part?.value ?? "", value?.number, value?.numerator, value?.denominator,
          value?.count, value?.interval?.low, value?.interval?.high, figure.absence?.rawValue,
          figure.status.rawValue, figure.maturity?.followed, figure.maturity?.due, figure.maturity?.observed)
      }
    }
    try put(
      into: "score", ["cooperation_id", "release_id", "quarter", "dimension", "value", "absence", "coverage"]
    ) { rows in
      for score in scores {
        try rows.row(
          score.cooperation, Archive.working, score.quarter.description, score.dimension ?? "", score.value,
          score.absence?.rawValue, score.coverage)
      }
    }
    try put(
      into: "score_component",
      [
        "cooperation_id", "release_id", "quarter", "dimension", "indicator", "ordinal", "value", "normalised",
        "weight",
      ]
    ) { rows in
      for score in scores {
        for (ordinal, part) in score.contributions.enumerated() {
          try rows.row(
            score.cooperation, Archive.working, score.quarter.description, score.dimension ?? "",
            part.indicator,
            ordinal, part.value, part.normalised, part.weight)
        }
      }
    }
  }

  /// Adds rows to a table of figures.
  private func put(
    into table: String, _ columns: [String], _ rows: (inout CopyWriter) throws -> Void
  ) throws {
    let list = columns.map { "\(identifier: $0)" as SQL }.joined()
    let stage = try stage(table, columns, rows)
    try connection.execute(
      """
      INSERT INTO figure.\(identifier: table) (\(fragment: list)) SELECT \(fragment: list) FROM \(fragment: stage)
      """)
  }

  /// Copies rows for a table of figures into a table of this session, and names that one.
  ///
  /// Where rows are protected, PostgreSQL takes no COPY.
  func stage(
    _ table: String, _ columns: [String], _ rows: (inout CopyWriter) throws -> Void
  ) throws -> SQL {
    let list = columns.map { "\(identifier: $0)" as SQL }.joined()
    let stage: SQL = "\(identifier: "staged_" + table)"
    try connection.execute(
      """
      CREATE TEMP TABLE \(fragment: stage) ON COMMIT DROP AS
      SELECT \(fragment: list) FROM figure.\(identifier: table) LIMIT 0
      """)
    _ = try connection.copyIn("COPY \(fragment: stage) (\(fragment: list)) FROM STDIN", rows)
    return stage
  }

  /// The figures kept under a release's name, in the order of their keys.
  public func figures(in release: String) throws -> [Figure] {
    let rows = try connection.execute(
      """
      SELECT \(fragment: Archive.figureColumns) FROM figure.figure WHERE release_id = \(release)
      """)
    return try rows.map(Archive.figure).sorted { $0.key < $1.key }
  }

  /// The figures of a cooperation's quarter, without parts: as the last release that has the quarter tells them,
  /// or the last computation where none does.
  ///
  /// - Parameters:
  ///   - cooperation: the cooperation's name in data.
  ///   - quarter: the quarter.
  /// - Returns: the release, `nil` when none has the quarter; and the figures, none when nothing was computed.
  /// - Throws: the database's error.
  public func lastFigures(of cooperation: String, in quarter: Quarter) throws -> (
    release: String?, figures: [Figure]
  ) {
    let release: String? = try connection.execute(
      """
      SELECT release_id FROM figure.release r
      WHERE EXISTS (
        SELECT FROM figure.figure f WHERE f.release_id = r.release_id AND f.cooperation_id = \(cooperation)
          AND f.quarter = \(quarter.description))
      ORDER BY quarter DESC, revision DESC LIMIT 1
      """
    ).first?.decode()
    let figures = try connection.execute(
      """
      SELECT \(fragment: Archive.figureColumns)
      FROM figure.figure WHERE release_id = \(release ?? Archive.working) AND cooperation_id = \(cooperation)
        AND quarter = \(quarter.description) AND part_field = ''
      ORDER BY indicator
      """
    ).map(Archive.figure)
    return (release, figures)
  }

  /// What ``figure(_:)`` reads.
  private static let figureColumns: SQL =
    """
    cooperation_id, indicator, indicator_version, quarter, part_field, part_value, value, numerator, denominator, n,
      low, high, absence, status, followed, due, observed
    """

  private static func figure(_ row: Row) throws -> Figure {
    let (cooperation, indicator, version, quarterName, field, part) = try (
      row.decode(String.self, at: 0), row.decode(String.self, at: 1), row.decode(Int.self, at: 2),
      row.decode(String.self, at: 3), row.decode(String.self, at: 4), row.decode(String.self, at: 5)
    )
    guard let quarter = Quarter(quarterName), let status = Figure.Status(rawValue: try row.decode(at: 13))
    else {
      throw Corrupt(what: "figure \(indicator) of \(cooperation), \(quarterName)")
    }
    let followed: Int? = try row.decode(at: 14)
    let maturity = try followed.map {
      Figure.Maturity(followed: $0, due: try row.decode(at: 15), observed: try row.decode(at: 16))
    }
    return Figure(
      key: Figure.Key(
        indicator: indicator, cooperation: cooperation, quarter: quarter,
        part: field.isEmpty ? nil : Figure.Part(field: field, value: part)),
      content: try content(row, from: 6), status: status, maturity: maturity, indicatorVersion: version)
  }

  /// A value or a reason, from value, numerator, denominator, n, low, high and absence in seven columns.
  static func content(_ row: Row, from column: Int) throws -> Figure.Content {
    let number: Double? = try row.decode(at: column)
    guard let number else {
      let reason: String = try row.decode(at: column + 6)
      guard let absence = Figure.Absence(rawValue: reason) else { throw Corrupt(what: "absence “\(reason)”") }
      return .absent(absence)
    }
    let low: Double? = try row.decode(at: column + 4)
    let high: Double? = try row.decode(at: column + 5)
    return .value(
      Figure.Value(
        number: number, numerator: try row.decode(at: column + 1),
        denominator: try row.decode(at: column + 2),
        count: try row.decode(at: column + 3),
        interval: low.flatMap { low in high.map { Interval(low: low, high: $0) } }))
  }

  /// The scores kept under a release's name: by cooperation and quarter, dimensions first, then the overall.
  public func scores(in release: String, dimensions: [String]) throws -> [Score] {
    struct Place: Hashable {
      var cooperation: String
      var quarter: String
      var dimension: String
    }
    var parts: [Place: [Score.Contribution]] = [:]
    let components = try connection.execute(
      """
      SELECT cooperation_id, quarter, dimension, indicator, value, normalised, weight
      FROM figure.score_component WHERE release_id = \(release) ORDER BY cooperation_id, quarter, dimension, ordinal
      """)
    for row in components {
      let (cooperation, quarter, dimension, indicator, value, normalised, weight) = try row.decode(
        (String, String, String, String, Double?, Double?, Double).self)
      parts[Place(cooperation: cooperation, quarter: quarter, dimension: dimension), default: []].append(
        Score.Contribution(indicator: indicator, value: value, normalised: normalised, weight: weight))
    }
    let rows = try connection.execute(
      """
      SELECT cooperation_id, quarter, dimension, value, absence, coverage
      FROM figure.score WHERE release_id = \(release)
      ORDER BY cooperation_id, quarter, coalesce(array_position(\(dimensions)::text[], dimension), 1000)
      """)
    return try rows.map { row in
      let (cooperation, quarterName, dimension, value, absence, coverage) = try row.decode(
        (String, String, String, Double?, String?, Double).self)
      guard let quarter = Quarter(quarterName) else { throw Corrupt(what: "score of \(cooperation)") }
      return Score(
        cooperation: cooperation, quarter: quarter, dimension: dimension.isEmpty ? nil : dimension,
        value: value,
        absence: absence.flatMap(Score.Absence.init(rawValue:)), coverage: coverage,
        contributions: parts[Place(cooperation: cooperation, quarter: quarterName, dimension: dimension)]
          ?? [])
    }
  }

  /// The store holds something its own rules exclude.
  struct Corrupt: Error, CustomStringConvertible {
    var what: String
    var description: String {
      "the store holds a \(what) that jvs cannot read; this is a defect, please report it"
    }
  }
}
