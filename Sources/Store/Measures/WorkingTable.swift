internal import Postgres

/// A table of working figures or scores and its columns, in the order they are written.
struct WorkingTable {
  let name: String
  let columns: [String]
  /// Whether rows may be copied into it.
  ///
  /// Where rows are protected, PostgreSQL takes no COPY: they go through a table of this session.
  var isOpen = false

  private var list: SQL { columns.map { "\(identifier: $0)" as SQL }.joined() }
  private var staged: SQL { "\(identifier: "computed_" + name)" }

  /// Where rows are copied to.
  private var target: SQL { isOpen ? "figure.\(identifier: name)" : staged }

  /// Makes the table of this session that rows are copied into, if it takes one.
  func stage(in connection: Connection) throws {
    guard !isOpen else { return }
    try connection.execute(
      """
      CREATE TEMP TABLE \(fragment: staged) ON COMMIT DROP AS
      SELECT \(fragment: list) FROM figure.\(identifier: name) LIMIT 0
      """)
  }

  /// Adds rows.
  func fill(in connection: Connection, _ rows: (inout BinaryCopyWriter) throws -> Void) throws {
    try connection.copyBinary(
      "COPY \(fragment: target) (\(fragment: list)) FROM STDIN (FORMAT binary)", columns: columns.count, rows)
    try add(in: connection)
  }

  /// Adds rows made before.
  func fill(in connection: Connection, _ rows: BinaryRows) throws {
    guard rows.rows > 0 else { return }
    try fill(in: connection) { try $0.append(rows) }
  }

  private func add(in connection: Connection) throws {
    guard !isOpen else { return }
    try connection.execute(
      """
      INSERT INTO figure.\(identifier: name) (\(fragment: list))
      SELECT \(fragment: list) FROM \(fragment: staged)
      """)
    try connection.execute("TRUNCATE \(fragment: staged)")
  }

  static let figure = WorkingTable(
    name: "working_figure",
    columns: [
      "cooperation_id", "release_id", "indicator", "indicator_version", "quarter", "part_field", "part_value",
      "value", "numerator", "denominator", "n", "low", "high", "absence", "status", "followed", "due",
      "observed",
    ], isOpen: true)
  static let score = WorkingTable(
    name: "score",
    columns: [
      "cooperation_id", "release_id", "quarter", "dimension", "value", "absence", "coverage", "methodology",
      "runs", "methods_low", "methods_high", "sampling_low", "sampling_high", "possible_low", "possible_high",
      "runs_scored",
    ])
  static let component = WorkingTable(
    name: "score_component",
    columns: [
      "cooperation_id", "release_id", "quarter", "dimension", "indicator", "ordinal", "value", "normalised",
      "weight", "left_out", "at_best",
    ])
  static let share = WorkingTable(
    name: "score_share",
    columns: ["cooperation_id", "release_id", "quarter", "dimension", "factor", "first_order", "total"])
  static let change = WorkingTable(
    name: "score_change",
    columns: ["cooperation_id", "release_id", "quarter", "since", "node", "ordinal", "kind", "amount"])
  static let earlier = WorkingTable(
    name: "earlier_score",
    columns: [
      "cooperation_id", "release_id", "methodology", "quarter", "dimension", "value", "absence", "coverage",
    ])
  /// Tables of scores.
  static let scores = [score, component, share, change, earlier]
}
