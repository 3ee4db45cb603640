public import Impact
internal import Postgres

extension Archive {
  /// What imports of a file did, oldest first.
  ///
  /// - Parameters:
  ///   - name: an import's number, or a file's name: whole, or its last parts (`exit.csv`).
  ///   - schemas: the shapes of the entities.
  ///   - limit: most rows and refusals told for each.
  /// - Returns: the accounts; never empty.
  /// - Throws: ``NoHistory/unknownImport(_:known:)``, or the database's error.
  public func importAccounts(
    of name: String, schemas: [FactSchema], limit: Int
  ) throws -> [ImportAccount] {
    let rows = try connection.execute(
      """
      SELECT import_id, cooperation_id, entity, file, sha256, audit.instant(imported_at), batch, read, recorded,
        revised, late, unchanged, rejected, closed
      FROM ops.import WHERE import_id::text = \(name) OR file = \(name) OR right(file, \(name.count + 1)) = '/' || \(name)
      ORDER BY import_id
      """)
    guard !rows.isEmpty else {
      let known: [String] = try connection.execute(
        "SELECT DISTINCT file FROM ops.import ORDER BY file LIMIT 20000"
      ).map { try $0.decode() }
      throw NoHistory.unknownImport(name, known: known)
    }
    return try rows.map { row in
      var receipt = Receipt()
      receipt.batch = try row.decode(at: 6)
      receipt.read = try row.decode(at: 7)
      receipt.recorded = try row.decode(at: 8)
      receipt.revised = try row.decode(at: 9)
      receipt.late = try row.decode(at: 10)
      receipt.unchanged = try row.decode(at: 11)
      receipt.rejected = try row.decode(at: 12)
      receipt.closed = try row.decode(at: 13)
      let entity: String = try row.decode(at: 2)
      let schema = schemas.first { $0.name == entity }
      let batch = receipt.batch
      let importID: Int = try row.decode(at: 0)
      return ImportAccount(
        importID: importID, cooperation: try row.decode(at: 1), entity: entity, file: try row.decode(at: 3),
        sha256: try row.decode(at: 4), importedAt: try row.decode(at: 5), batch: batch, receipt: receipt,
        rows: try batch.flatMap { batch in try schema.map { try touched(by: batch, $0, limit: limit) } }
          ?? [],
        rejects: try rejects(of: importID, limit: limit))
    }
  }

  /// The facts a batch added, revised or closed.
  private func touched(by batch: Int, _ schema: FactSchema, limit: Int) throws -> [ImportAccount.Row] {
    let key = schema.key.compactMap { schema.field($0) }.map { field in
      field.kind == .yearmonth
        ? "to_char(t.\(identifier: field.name), 'YYYY-MM')" : "t.\(identifier: field.name)::text" as SQL
    }
    let scope: SQL = schema.scope == .cooperation ? "o.cooperation_id = t.cooperation_id AND " : ""
    let same = schema.key.map { "o.\(identifier: $0) = t.\(identifier: $0)" as SQL }.joined(
      separator: " AND ")
    let added: SQL =
      """
      SELECT CASE WHEN o.batch_from IS NULL THEN 'added' ELSE 'revised' END AS deed, t.source_line AS line,
        ARRAY[\(fragment: key.joined(separator: ", "))] AS key
      FROM \(fragment: schema.table) t
      LEFT JOIN \(fragment: schema.table) o
        ON \(fragment: scope)\(fragment: same) AND o.batch_to = \(batch)
      WHERE t.batch_from = \(batch)
      """
    let closed: SQL =
      """
      SELECT 'closed', t.source_line, ARRAY[\(fragment: key.joined(separator: ", "))]
      FROM \(fragment: schema.table) t
      WHERE t.batch_to = \(batch) AND NOT EXISTS (
        SELECT FROM \(fragment: schema.table) o
        WHERE \(fragment: scope)\(fragment: same) AND o.batch_from = \(batch))
      """
    return try connection.execute(
      """
      SELECT deed, line, key FROM (\(fragment: added) UNION ALL \(fragment: closed)) d
      ORDER BY line, deed, key LIMIT \(limit)
      """
    ).map { row in
      let (name, line, key) = try row.decode((String, Int, [String?]).self)
      guard let deed = ImportAccount.Deed(rawValue: name) else { throw Corrupt(what: "deed \(name)") }
      return ImportAccount.Row(deed: deed, key: key.map { $0 ?? "" }, line: line)
    }
  }

  private func rejects(of importID: Int, limit: Int) throws -> [ImportAccount.Reject] {
    try connection.execute(
      """
      SELECT line, field, code, message FROM ops.reject WHERE import_id = \(importID)
      ORDER BY ordinal LIMIT \(limit)
      """
    ).map { row in
      let (line, field, code, message) = try row.decode((Int?, String?, String, String).self)
      return ImportAccount.Reject(line: line, field: field, code: code, message: message)
    }
  }
}
