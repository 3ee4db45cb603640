internal import Impact
internal import Postgres

/// One import: lands a file's rows, judges them, compares them with what stands and records the difference.
struct Recording {
  let source: Archive.Source
  let connection: Connection

  /// Rows told of one reason to refuse them; of the rest the number is told, and the rejects file has them all.
  static let toldOfAReason = 1_000

  var schema: FactSchema { source.schema }

  init(_ source: Archive.Source, in connection: Connection) {
    self.source = source
    self.connection = connection
  }

  /// An earlier import of the same bytes.
  struct Earlier {
    /// The lines it refused; `nil` when they were too many to be kept: then every line is judged anew.
    var refused: Set<Int>?
    /// The rows it read.
    var read: Int
    /// The day it was received; `nil` where that was not kept.
    var receivedOn: Day?
  }

  /// Runs the import inside the transaction of its caller.
  func run(_ rows: (inout Archive.RowSink) throws -> Archive.Reading) throws -> Archive.Receipt {
    var receipt = Archive.Receipt()
    let earlier = try earlier()
    if let earlier, earlier.refused?.isEmpty ?? false {
      receipt.wasKnown = true
      var told = receipt
      (told.read, told.unchanged) = (earlier.read, earlier.read)
      try noteAnswer(earlier, told)
      return receipt
    }
    let landing = try Landing(schema, size: earlier?.refused == nil ? source.size : 0, in: connection)
    var reading = Archive.Reading(read: 0, refused: 0, diagnostics: [])
    var notAsked = 0
    let taken = try connection.copyBinary(landing.copyStatement, columns: schema.fields.count + 1) { writer in
      try withUnsafeMutablePointer(to: &writer) { address in
        var sink = Archive.RowSink(address, schema, only: earlier?.refused)
        reading = try rows(&sink)
        notAsked = sink.offered - sink.taken
      }
    }
    receipt.read = reading.read
    receipt.diagnostics = reading.diagnostics
    receipt.omittedDiagnostics = reading.omitted
    let book = book(for: landing)
    try refuseDuplicates(in: landing, &receipt.refusals)
    let screening = landing.isSegment ? try book?.screening() : nil
    try refuseDangling(in: landing, after: screening, &receipt.refusals)
    let warned = try book.map { try judge(by: $0, after: screening, &receipt.refusals) } ?? Warnings()
    let takenOut = receipt.refusals.rows
    let told = receipt.refusals.told(Recording.toldOfAReason)
    receipt.diagnostics += told.diagnostics + warned.diagnostics
    receipt.diagnostics.sort { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) }
    receipt.omittedDiagnostics += told.omitted + warned.omitted
    receipt.rejected = reading.refused + takenOut
    if source.isComplete, receipt.rejected > 0 || receipt.read == 0 {
      throw Archive.Refusal.incompleteTruth(refused: receipt.rejected)
    }
    let change = try change(in: landing, onlyNew: earlier != nil, landed: taken - takenOut)
    receipt.unchanged = notAsked + change.landed - change.fresh
    receipt.recorded = change.fresh
    receipt.revised = change.revised
    receipt.closed = change.gone
    if let earlier, change.fresh == 0 {
      // Met again, and still nothing to be done about the rows refused then.
      receipt.wasKnown = true
      try landing.drop()
      try dropWork()
      try noteAnswer(earlier, receipt)
      return receipt
    }
    try record(change, from: landing, receipt: &receipt)
    return receipt
  }

  /// An import of the same bytes that this one would repeat.
  ///
  /// A complete file is compared with the last one only: going back to an earlier version is a change. An empty file says the
  /// same again on another day: that there is nothing to say now.
  private func earlier() throws -> Earlier? {
    let rows = try connection.execute(
      """
      SELECT import_id, read, received_on::text, sha256 = \(source.sha256) AND complete = \(source.isComplete) AS same, rejected,
        (SELECT count(DISTINCT line) FROM ops.reject r WHERE r.import_id = i.import_id) AS kept
      FROM ops.import i
      WHERE entity = \(schema.name) AND cooperation_id IS NOT DISTINCT FROM \(source.cooperation)
        AND (\(source.isComplete) OR sha256 = \(source.sha256))
        AND (read > 0 OR received_on IS NOT DISTINCT FROM \(source.today.description)::date)
      ORDER BY import_id DESC LIMIT 1
      """)
    guard let row = rows.first else { return nil }
    let (importID, read, day, isSame, rejected, kept) = try row.decode(
      (Int, Int, String?, Bool, Int, Int).self)
    guard isSame else { return nil }
    var earlier = Earlier(refused: nil, read: read, receivedOn: day.flatMap { Day($0) })
    if rejected == 0 {
      earlier.refused = []
      return earlier
    }
    guard kept >= rejected else { return earlier }
    let lines: [Int] = try connection.execute(
      "SELECT DISTINCT line FROM ops.reject WHERE import_id = \(importID) AND line IS NOT NULL"
    ).map { try $0.decode() }
    earlier.refused = Set(lines)
    return earlier
  }

  // MARK: - Comparing with what stands

  /// What a landing changes of what stands.
  private struct Change {
    var landed = 0
    var fresh = 0
    var revised = 0
    var gone = 0
    /// Whether rows of the same scope stood before.
    var hasStanding = false
    var isEmpty: Bool { fresh == 0 && gone == 0 }
  }

  /// The rows of `t` that stand and are within the file's scope.
  private var standing: SQL {
    schema.scope == .reference
      ? "t.batch_to = \(Archive.never)"
      : "t.cooperation_id = \(source.cooperation) AND t.batch_to = \(Archive.never)"
  }

  private var sameKey: SQL {
    schema.key.map { "t.\(identifier: $0) = s.\(identifier: $0)" as SQL }.joined(separator: " AND ")
  }

  /// Compares the landing with what stands; the lines that say something new go to the table `fresh`, the
  /// keys a complete file lacks to the table `gone`.
  private func change(in landing: Landing, onlyNew: Bool, landed: Int) throws -> Change {
    var change = Change()
    let table = schema.table
    change.landed = landed
    change.hasStanding = try connection.execute(
      "SELECT EXISTS (SELECT FROM \(fragment: table) t WHERE \(fragment: standing))")[0].decode()
    guard change.hasStanding else {
      change.fresh = change.landed
      return change
    }
    let others = schema.fields.map(\.name).filter { !schema.key.contains($0) }
    // A file met again brings in what it could not before; what was said since of its other rows stands.
    let differs =
      onlyNew ? [] : others.map { "t.\(identifier: $0) IS DISTINCT FROM s.\(identifier: $0)" as SQL }
    let isNew: [SQL] = ["t.batch_to IS NULL"]
    try connection.execute(
      """
      CREATE TEMP TABLE fresh AS
      SELECT s.source_line, t.batch_to IS NOT NULL AS is_revision
      FROM \(fragment: landing.table) s
      LEFT JOIN \(fragment: table) t ON \(fragment: standing) AND \(fragment: sameKey)
      WHERE \(fragment: (isNew + differs).joined(separator: " OR "))
      """)
    (change.fresh, change.revised) = try connection.execute(
      "SELECT count(*), count(*) FILTER (WHERE is_revision) FROM fresh")[0].decode((Int, Int).self)
    if source.isComplete {
      try connection.execute(
        """
        CREATE TEMP TABLE gone AS
        SELECT \(fragment: FactSchema.list(schema.key)) FROM \(fragment: table) t
        WHERE \(fragment: standing)
          AND NOT EXISTS (SELECT FROM \(fragment: landing.table) s WHERE \(fragment: sameKey))
        """)
      change.gone = try connection.execute("SELECT count(*) FROM gone")[0].decode()
      if change.gone > 0 { try requireUnreferenced() }
    }
    return change
  }

  /// What other facts point to cannot be closed: they would point to nothing.
  private func requireUnreferenced() throws {
    for referrer in source.referrers {
      for reference in referrer.references where reference.entity == schema.name {
        // The key may be longer than what is pointed to: then another row may still answer.
        guard Set(reference.targetFields) == Set(schema.key) else { continue }
        let pairs = zip(reference.targetFields, reference.fields).map { target, own in
          "s.\(identifier: target) = t.\(identifier: own)" as SQL
        }
        let rows: Int = try connection.execute(
          """
          SELECT count(*) FROM gone s WHERE EXISTS (
            SELECT FROM \(fragment: referrer.table) t
            WHERE t.cooperation_id = \(source.cooperation) AND t.batch_to = \(Archive.never)
              AND \(fragment: pairs.joined(separator: " AND ")))
          """)[0].decode()
        guard rows == 0 else { throw Archive.Refusal.stillReferenced(by: referrer.name, rows: rows) }
      }
    }
  }

  private func dropWork() throws {
    try connection.execute("DROP TABLE IF EXISTS pg_temp.fresh, pg_temp.gone")
  }

  // MARK: - Recording the difference

  private func record(
    _ change: Change, from landing: Landing, receipt: inout Archive.Receipt
  ) throws {
    let importID = try nextImport()
    var isAttached = false
    if try !change.isEmpty || isFirstWord(receipt) {
      // The lock on the counter is held until the commit: batch order is commit order.
      let batch: Int = try connection.execute(
        "UPDATE ops.batch_counter SET number = number + 1 RETURNING number")[0].decode()
      try connection.execute("SELECT set_config('jvs.batch', \(String(batch)), true)")
      receipt.batch = batch
      try close(change, landing, batch)
      isAttached = try add(change, landing, batch, importID)
      receipt.late = try lateRows(batch)
    }
    if !isAttached { try landing.drop() }
    try dropWork()
    try requireWholeShares()
    try log(importID, receipt)
    if let batch = receipt.batch {
      try connection.execute("INSERT INTO ops.batch (batch, import_id) VALUES (\(batch), \(importID))")
      try connection.execute("SELECT set_config('jvs.batch', '', true)")
    }
  }

  /// Closes the rows that are revised, and those a complete file lacks.
  private func close(_ change: Change, _ landing: Landing, _ batch: Int) throws {
    if change.revised > 0 {
      try connection.execute(
        """
        UPDATE \(fragment: schema.table) t SET batch_to = \(batch)
        FROM \(fragment: landing.table) s JOIN fresh f USING (source_line)
        WHERE f.is_revision AND \(fragment: standing) AND \(fragment: sameKey)
        """)
    }
    if change.gone > 0 {
      try connection.execute(
        """
        UPDATE \(fragment: schema.table) t SET batch_to = \(batch) FROM gone s
        WHERE \(fragment: standing) AND \(fragment: sameKey)
        """)
    }
  }

  /// Adds the fresh rows: a large landing becomes a segment, others are added one by one.
  private func add(_ change: Change, _ landing: Landing, _ batch: Int, _ importID: Int) throws -> Bool {
    guard change.fresh > 0 else { return false }
    if landing.isSegment, let cooperation = source.cooperation, change.fresh >= Landing.segmentRows,
      change.fresh * 2 >= change.landed
    {
      if change.fresh < change.landed {
        try connection.execute(
          """
          DELETE FROM \(fragment: landing.table) s
          WHERE NOT EXISTS (SELECT FROM fresh f WHERE f.source_line = s.source_line)
          """)
      }
      try landing.attach(cooperation: cooperation, importID: importID)
      return true
    }
    let scopeColumn: SQL = schema.scope == .reference ? "" : "cooperation_id, "
    let scopeValue: SQL = schema.scope == .reference ? "" : "\(source.cooperation), "
    let onlyFresh: SQL = change.hasStanding ? "JOIN fresh f USING (source_line)" : ""
    try connection.execute(
      """
      INSERT INTO \(fragment: schema.table)
        (\(fragment: scopeColumn)batch_from, import_id, source_line, \(fragment: schema.columns))
      SELECT \(fragment: scopeValue)\(batch), \(importID), source_line, \(fragment: schema.columns)
      FROM \(fragment: landing.table) \(fragment: onlyFresh)
      ORDER BY \(fragment: FactSchema.list(schema.key))
      """)
    return false
  }

  /// The number of a new import.
  func nextImport() throws -> Int {
    try connection.execute("SELECT nextval(pg_get_serial_sequence('ops.import', 'import_id'))")[0].decode()
  }

  /// Keeps what became of the file.
  func log(_ importID: Int, _ receipt: Archive.Receipt) throws {
    try connection.execute(
      """
      INSERT INTO ops.import
        (import_id, cooperation_id, entity, file, sha256, received_on, complete, read, recorded, revised, late,
        unchanged, rejected, closed, batch)
      OVERRIDING SYSTEM VALUE
      VALUES (\(importID), \(source.cooperation), \(schema.name), \(source.file), \(source.sha256),
        \(source.today.description)::date, \(source.isComplete), \(receipt.read), \(receipt.recorded),
        \(receipt.revised), \(receipt.late), \(receipt.unchanged), \(receipt.rejected), \(receipt.closed),
        \(receipt.batch))
      """)
    try logRejects(receipt.diagnostics.filter { $0.severity == .error }, of: importID)
  }
}
