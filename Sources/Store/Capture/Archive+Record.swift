public import Impact
internal import Postgres

extension Archive {
  /// A file about to be recorded.
  public struct Source: Hashable, Sendable {
    /// The cooperation it is about; `nil` for reference tables.
    public var cooperation: String?
    /// Its shape.
    public var schema: FactSchema
    /// Its name, as the report should call it.
    public var file: String
    /// Digest of its bytes.
    public var sha256: String
    /// Whether the file is the whole truth: known rows it does not have are closed.
    ///
    /// Parameter tables are.
    public var isComplete: Bool

    /// A file with its shape and digest.
    public init(
      cooperation: String?, schema: FactSchema, file: String, sha256: String, isComplete: Bool = false
    ) {
      self.cooperation = cooperation
      self.schema = schema
      self.file = file
      self.sha256 = sha256
      self.isComplete = isComplete
    }
  }

  /// What reading a file found, told once every good row has been handed over.
  public struct Reading: Sendable {
    /// Rows read, good and bad.
    public var read: Int
    /// Rows refused by the reader.
    public var refused: Int
    /// What the reader has to say.
    public var diagnostics: [Diagnostic]
    /// Remarks it had no room for.
    public var omitted: Int

    /// The end of a reading.
    public init(read: Int, refused: Int, diagnostics: [Diagnostic], omitted: Int = 0) {
      self.read = read
      self.refused = refused
      self.diagnostics = diagnostics
      self.omitted = omitted
    }
  }

  /// What became of a file.
  ///
  /// `read = recorded + unchanged + rejected`, always.
  public struct Receipt: Hashable, Sendable {
    /// Rows read.
    public var read = 0
    /// Rows recorded: new, or revisions of known ones.
    public var recorded = 0
    /// Of those recorded, revisions.
    public var revised = 0
    /// Of those recorded, rows about a quarter that a release has already reported.
    public var late = 0
    /// Rows that say what was known already.
    public var unchanged = 0
    /// Rows refused.
    public var rejected = 0
    /// Known rows closed because a complete file no longer has them.
    public var closed = 0
    /// The batch they were recorded in; `nil` when nothing changed.
    public var batch: Int?
    /// Every remark, in order of line.
    public var diagnostics: [Diagnostic] = []
    /// Remarks the reader had no room for.
    public var omittedDiagnostics = 0
    /// The same bytes had been imported before: nothing was read.
    public var wasKnown = false

    /// A receipt of nothing.
    public init() {}
  }

  /// Why a file cannot be recorded at all.
  public enum Refusal: Error, Equatable, CustomStringConvertible {
    /// Nobody declared the cooperation.
    case unknownCooperation(String, known: [String])
    /// A cooperation.csv declares another cooperation than the one it was sent for.
    case foreignCooperation(String)

    /// What is wrong and what to do.
    public var description: String {
      switch self {
      case .unknownCooperation(let name, let known):
        "the cooperation “\(name)” is unknown"
          + (known.isEmpty ? "" : " (known: \(known.joined(separator: ", ")))")
          + "; import its cooperation.csv first, or name another with --cooperation"
      case .foreignCooperation(let name):
        "this cooperation.csv must have exactly one row, whose column “cooperation” is “\(name)”; "
          + "mend the file or name the right cooperation with --cooperation"
      }
    }
  }

  /// Records a file in one transaction: good rows in, bad rows out, all of it counted.
  ///
  /// A row that says what is known already changes nothing; one that says otherwise closes the known row and
  /// adds its revision; the same bytes a second time are not read again.
  ///
  /// - Parameters:
  ///   - source: the file.
  ///   - rows: reads the file, handing over each good row: its line and its cells as canonical text in the
  ///     order of the schema.
  /// - Returns: what became of the rows.
  /// - Throws: a `Refusal`, whatever `rows` throws, or the database's error; then nothing is recorded.
  public func record(
    _ source: Source, rows: (_ put: (_ line: Int, _ cells: [String?]) throws -> Void) throws -> Reading
  ) throws -> Receipt {
    try connection.transaction {
      let scope = source.cooperation ?? ""
      // One import of a cooperation at a time: the digest below and the merge are then free of races.
      try connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('jvs import ' || \(scope), 0))")
      try requireKnown(source)
      if try isKnown(source) {
        var receipt = Receipt()
        receipt.wasKnown = true
        return receipt
      }
      try stage(source.schema)
      var reading = Reading(read: 0, refused: 0, diagnostics: [])
      _ = try connection.copyIn(copyStatement(source.schema)) { writer in
        reading = try rows { line, cells in try writer.row(texts: [String(line)] + cells) }
      }
      var receipt = Receipt()
      receipt.read = reading.read
      receipt.diagnostics = reading.diagnostics
      receipt.omittedDiagnostics = reading.omitted
      let refused = try refuseInStage(source)
      receipt.diagnostics += refused
      receipt.diagnostics.sort { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) }
      receipt.rejected = reading.refused + refused.count
      try merge(source, into: &receipt)
      return receipt
    }
  }

  /// The cooperations declared so far, in order of name in data.
  public func cooperationNames() throws -> [String] {
    try connection.execute(
      "SELECT cooperation_id FROM fact.cooperation WHERE batch_to = \(Archive.never) ORDER BY 1"
    ).map { try $0.decode() }
  }

  /// Whether the same bytes were imported before.
  ///
  /// A complete file is compared with the last one only: going back to an earlier version is a change.
  private func isKnown(_ source: Source) throws -> Bool {
    let earlier = try connection.execute(
      """
      SELECT sha256 = \(source.sha256) FROM ops.import
      WHERE entity = \(source.schema.name) AND cooperation_id IS NOT DISTINCT FROM \(source.cooperation)
      ORDER BY import_id DESC
      """
    ).map { try $0.decode(Bool.self) }
    return source.isComplete ? earlier.first ?? false : earlier.contains(true)
  }

  private func requireKnown(_ source: Source) throws {
    guard let name = source.cooperation, source.schema.name != "cooperation" else { return }
    let known = try cooperationNames()
    guard known.contains(name) else { throw Refusal.unknownCooperation(name, known: known) }
  }

  private func copyStatement(_ schema: FactSchema) -> SQL {
    "COPY stage (source_line, \(fragment: schema.columns)) FROM STDIN"
  }

  private func stage(_ schema: FactSchema) throws {
    let columns = schema.fields.map { field in
      "\(identifier: field.name) \(fragment: FactSchema.type(field.kind))" as SQL
    }
    try connection.execute(
      """
      CREATE TEMP TABLE stage (source_line integer NOT NULL, \(fragment: columns.joined(separator: ", ")))
      ON COMMIT DROP
      """)
  }

  /// Takes out of the stage what only the store can judge: a key given twice in one file, and a reference to
  /// something unknown.
  private func refuseInStage(_ source: Source) throws -> [Diagnostic] {
    let schema = source.schema
    var found: [Diagnostic] = []
    if schema.name == "cooperation" {
      let own: Int = try connection.execute(
        "SELECT count(*) FROM stage WHERE cooperation = \(source.cooperation)")[0].decode()
      let all: Int = try connection.execute("SELECT count(*) FROM stage")[0].decode()
      guard own == all, own <= 1 else { throw Refusal.foreignCooperation(source.cooperation ?? "") }
    }
    let twice = try connection.execute(
      """
      WITH numbered AS (
        SELECT source_line, first_value(source_line) OVER same AS first_line
        FROM stage WINDOW same AS (PARTITION BY \(fragment: FactSchema.list(schema.key)) ORDER BY source_line))
      DELETE FROM stage USING numbered
      WHERE stage.source_line = numbered.source_line AND numbered.first_line <> numbered.source_line
      RETURNING stage.source_line, numbered.first_line
      """)
    for row in twice {
      let (line, first) = try row.decode((Int, Int).self)
      found.append(
        Diagnostic(
          file: source.file, line: line, field: schema.key.joined(separator: ", "), code: "duplicate-key",
          message: "this row has the same \(schema.key.joined(separator: ", ")) as line \(first); "
            + "keep one of the two"))
    }
    for reference in schema.references {
      found += try refuseDangling(reference, of: source)
    }
    return found
  }

  private func refuseDangling(_ reference: FactSchema.Reference, of source: Source) throws -> [Diagnostic] {
    let pairs = zip(reference.targetFields, reference.fields).map { target, own in
      "t.\(identifier: target) = stage.\(identifier: own)" as SQL
    }
    let given = reference.fields.map { "stage.\(identifier: $0) IS NOT NULL" as SQL }
    let rows = try connection.execute(
      """
      DELETE FROM stage
      WHERE \(fragment: given.joined(separator: " AND ")) AND NOT EXISTS (
        SELECT 1 FROM fact.\(identifier: reference.entity) t
        WHERE t.cooperation_id = \(source.cooperation) AND t.batch_to = \(Archive.never)
          AND \(fragment: pairs.joined(separator: " AND ")))
      RETURNING source_line
      """)
    let names = reference.fields.joined(separator: ", ")
    let column = reference.fields.first.flatMap { name in source.schema.fields.firstIndex { $0.name == name }
    }
    return try rows.map { row in
      Diagnostic(
        file: source.file, line: try row.decode(), column: column.map { $0 + 1 }, field: names,
        code: "reference",
        message: "the \(names) of this row is not a known \(reference.entity) of the cooperation; "
          + "mend it, or send the \(reference.entity) first")
    }
  }

  private func merge(_ source: Source, into receipt: inout Receipt) throws {
    let schema = source.schema
    let table = schema.table
    let others = schema.fields.map(\.name).filter { !schema.key.contains($0) }
    let own: SQL =
      schema.scope == .reference ? "" : "t.cooperation_id = \(source.cooperation) AND "
    let sameKey = schema.key.map { "t.\(identifier: $0) = stage.\(identifier: $0)" as SQL }
      .joined(separator: " AND ")
    let sameRest = others.map { "t.\(identifier: $0) IS NOT DISTINCT FROM stage.\(identifier: $0)" as SQL }
    let standing: SQL = "\(fragment: own)t.batch_to = \(Archive.never)"
    let current: SQL = "\(fragment: standing) AND \(fragment: sameKey)"
    if source.isComplete {
      try connection.execute(
        """
        CREATE TEMP TABLE gone ON COMMIT DROP AS
        SELECT \(fragment: FactSchema.list(schema.key)) FROM \(fragment: table) t
        WHERE \(fragment: standing) AND NOT EXISTS (SELECT 1 FROM stage WHERE \(fragment: sameKey))
        """)
      receipt.closed = try connection.execute("SELECT count(*) FROM gone")[0].decode()
    }
    receipt.unchanged = try connection.execute(
      """
      DELETE FROM stage USING \(fragment: table) t
      WHERE \(fragment: ([current] + sameRest).joined(separator: " AND "))
      """
    ).affected
    let fresh: Int = try connection.execute("SELECT count(*) FROM stage")[0].decode()
    if fresh > 0 || receipt.closed > 0 {
      // The lock on the counter is held until the commit: batch order is commit order.
      let batch: Int = try connection.execute(
        "UPDATE ops.batch_counter SET number = number + 1 RETURNING number")[0].decode()
      receipt.batch = batch
      receipt.recorded = fresh
    }
    let importID = try recordImport(source, receipt)
    guard let batch = receipt.batch else { return }
    receipt.revised = try connection.execute(
      "UPDATE \(fragment: table) t SET batch_to = \(batch) FROM stage WHERE \(fragment: current)"
    ).affected
    if source.isComplete {
      let same = schema.key.map { "t.\(identifier: $0) = gone.\(identifier: $0)" as SQL }
      try connection.execute(
        """
        UPDATE \(fragment: table) t SET batch_to = \(batch) FROM gone
        WHERE \(fragment: ([standing] + same).joined(separator: " AND "))
        """)
    }
    let scopeColumn: SQL = schema.scope == .reference ? "" : "cooperation_id, "
    let scopeValue: SQL = schema.scope == .reference ? "" : "\(source.cooperation), "
    try connection.execute(
      """
      INSERT INTO \(fragment: table)
        (\(fragment: scopeColumn)batch_from, import_id, source_line, \(fragment: schema.columns))
      SELECT \(fragment: scopeValue)\(batch), \(importID), source_line, \(fragment: schema.columns) FROM stage
      """)
    if schema.scope == .cooperation {
      receipt.late = try connection.execute(
        """
        SELECT count(*) FROM \(fragment: table) t
        WHERE t.cooperation_id = \(source.cooperation) AND t.batch_from = \(batch)
          AND lower(t.valid) < (SELECT max(ops.quarter_start(quarter)) + interval '3 months' FROM figure.release)
        """)[0].decode()
    }
    try connection.execute(
      """
      UPDATE ops.import SET revised = \(receipt.revised), late = \(receipt.late) WHERE import_id = \(importID)
      """)
    try connection.execute("INSERT INTO ops.batch (batch, import_id) VALUES (\(batch), \(importID))")
  }

  private func recordImport(_ source: Source, _ receipt: Receipt) throws -> Int {
    let importID: Int = try connection.execute(
      """
      INSERT INTO ops.import
        (cooperation_id, entity, file, sha256, read, recorded, revised, late, unchanged, rejected,
        closed, batch)
      VALUES (\(source.cooperation), \(source.schema.name), \(source.file), \(source.sha256), \(receipt.read),
        \(receipt.recorded), 0, 0, \(receipt.unchanged), \(receipt.rejected), \(receipt.closed), \(receipt.batch))
      RETURNING import_id
      """)[0].decode()
    try recordRejects(receipt.diagnostics.filter { $0.severity == .error }, of: importID)
    return importID
  }
}
