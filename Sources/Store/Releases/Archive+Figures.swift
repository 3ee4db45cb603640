public import Impact
internal import Postgres

extension Archive {
  /// The quarters figures speak of, by cooperation, in order.
  static func quarters(of figures: [Figure]) -> [(cooperation: String, quarters: [Quarter])] {
    var found: [String: Set<Quarter>] = [:]
    for figure in figures { found[figure.key.cooperation, default: []].insert(figure.key.quarter) }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted()) }
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
  static let figureColumns: SQL =
    """
    cooperation_id, indicator, indicator_version, quarter, part_field, part_value, value, numerator, denominator, n,
      low, high, absence, status, followed, due, observed
    """

  static func figure(_ row: Row) throws -> Figure {
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

  /// The store holds something its own rules exclude.
  struct Corrupt: Error, CustomStringConvertible {
    var what: String
    var description: String {
      "the store holds a \(what) that jvs cannot read; this is a defect, please report it"
    }
  }
}
