internal import Impact
internal import Postgres

/// The table a file's rows arrive in before they are judged: each with its line and the fields of the fact.
struct Landing {
  /// From this many fresh rows on, the landing itself becomes a segment of the fact's table.
  static let segmentRows = 50_000
  /// From this size on, in bytes, a file may have as many rows.
  static let segmentBytes = 2 * 1024 * 1024

  let connection: Connection
  let schema: FactSchema
  /// Whether the landing can become a segment.
  let isSegment: Bool
  /// The table's name.
  let table: SQL

  /// Makes the table.
  init(_ schema: FactSchema, size: Int, in connection: Connection) throws {
    self.connection = connection
    self.schema = schema
    isSegment = try size >= Landing.segmentBytes && Landing.keepsSegments(schema, connection)
    if isSegment {
      table = SQL(trusted: try connection.execute("SELECT ops.open_landing(\(schema.name))")[0].decode())
      return
    }
    table = "stage"
    let columns = schema.fields.map { field in
      "\(identifier: field.name) \(fragment: FactSchema.type(field.kind))" as SQL
    }
    try connection.execute(
      "CREATE TEMP TABLE stage (source_line integer NOT NULL, \(fragment: columns.joined(separator: ", ")))")
  }

  private static func keepsSegments(_ schema: FactSchema, _ connection: Connection) throws -> Bool {
    guard schema.scope == .cooperation else { return false }
    return try connection.execute(
      """
      SELECT EXISTS (SELECT FROM pg_partitioned_table WHERE partrelid = to_regclass('fact.' || quote_ident(\(schema.name))))
      """)[0].decode()
  }

  /// What receives the rows.
  var copyStatement: SQL {
    "COPY \(fragment: table) (source_line, \(fragment: schema.columns)) FROM STDIN (FORMAT binary)"
  }

  /// Takes the rows out whose key stands on an earlier line of the file; tells each with that line.
  func takeOutDuplicates() throws -> [(line: Int, other: Int)] {
    guard isSegment else { return try deleteDuplicates() }
    do {
      try index()
      return []
    } catch let error as PostgresError where error.state == .uniqueViolation {
      let found = try deleteDuplicates()
      try index()
      return found
    }
  }

  private func index() throws {
    try connection.transaction {
      try connection.execute("SELECT ops.index_landing(\(schema.name), \(schema.key))")
    }
  }

  private func deleteDuplicates() throws -> [(line: Int, other: Int)] {
    try connection.execute(
      """
      WITH numbered AS (
        SELECT source_line, first_value(source_line) OVER same AS first_line
        FROM \(fragment: table) WINDOW same AS (PARTITION BY \(fragment: FactSchema.list(schema.key)) ORDER BY source_line))
      DELETE FROM \(fragment: table) s USING numbered
      WHERE s.source_line = numbered.source_line AND numbered.first_line <> numbered.source_line
      RETURNING s.source_line, numbered.first_line
      """
    ).map { row in
      let (line, first) = try row.decode((Int, Int).self)
      return (line, first)
    }
  }

  /// Takes the rows out that point to nothing known; tells their lines.
  func takeOutDangling(_ reference: FactSchema.Reference, cooperation: String?) throws -> [Int] {
    let pairs = zip(reference.targetFields, reference.fields).map { target, own in
      "t.\(identifier: target) = s.\(identifier: own)" as SQL
    }
    let given = reference.fields.map { "s.\(identifier: $0) IS NOT NULL" as SQL }
    return try connection.execute(
      """
      WITH gone AS (
        DELETE FROM \(fragment: table) s
        WHERE \(fragment: given.joined(separator: " AND ")) AND NOT EXISTS (
          SELECT FROM fact.\(identifier: reference.entity) t
          WHERE t.cooperation_id = \(cooperation) AND t.batch_to = \(Archive.never)
            AND \(fragment: pairs.joined(separator: " AND ")))
        RETURNING s.source_line)
      SELECT coalesce(array_agg(source_line ORDER BY source_line), '{}') FROM gone
      """)[0].decode()
  }

  /// Rows that are left.
  func count() throws -> Int {
    try connection.execute("SELECT count(*) FROM \(fragment: table)")[0].decode()
  }

  /// Makes the landing a segment of its fact.
  func attach(cooperation: String, importID: Int) throws {
    try connection.execute("SELECT ops.attach_segment(\(schema.name), \(cooperation), \(importID))")
  }

  /// Removes the table, when it did not become a segment.
  func drop() throws {
    if isSegment {
      try connection.execute("SELECT ops.drop_landing(\(schema.name))")
    } else {
      try connection.execute("DROP TABLE stage")
    }
  }
}
