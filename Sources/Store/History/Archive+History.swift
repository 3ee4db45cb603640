public import Impact
internal import Postgres

extension Archive {
  /// Why there is no history to show.
  public enum NoHistory: Error, Equatable, CustomStringConvertible {
    /// The key does not have as many values as the entity's key has fields.
    case incompleteKey(entity: String, fields: [String])
    /// Nothing was ever recorded under that key; `known` are keys that look like it.
    case unknownKey(entity: String, key: [String], known: [[String]])
    /// No import has that number or file name.
    case unknownImport(String, known: [String])

    /// What is wrong and what to do.
    public var description: String {
      switch self {
      case .incompleteKey(let entity, let fields):
        "the key of \(entity) is \(fields.joined(separator: ", ")); give \(fields.count) value(s) in that order"
      case .unknownKey(let entity, let key, _):
        "no \(entity) was ever recorded under \(key.joined(separator: ", ")); check the key and the cooperation"
      case .unknownImport(let name, _):
        "no import has the number or the file name \(name); jvs audit log --kind import lists the last ones"
      }
    }
  }

  /// A fact's revisions, oldest first.
  ///
  /// One statement serves every entity: the schema says the table, the key and the fields.
  ///
  /// - Parameters:
  ///   - schema: the shape of the entity.
  ///   - key: the values of its key, in its order; a month as `2026-02` or its first day.
  ///   - cooperation: the cooperation; `nil` for parameter tables.
  /// - Returns: the history.
  /// - Throws: ``NoHistory``, or the database's error.
  public func history(of schema: FactSchema, key: [String], cooperation: String?) throws -> FactHistory {
    guard key.count == schema.key.count else {
      throw NoHistory.incompleteKey(entity: schema.name, fields: schema.key)
    }
    let rows: Rows
    do {
      rows = try connection.transaction {
        try connection.execute(
          """
          SELECT t.batch_from, audit.instant(b.recorded_at), i.import_id, i.file, t.source_line,
            e.batch, audit.instant(e.recorded_at), j.import_id, j.file,
            \(fragment: schema.fields.map(Archive.text).joined(separator: ", "))
          FROM \(fragment: schema.table) t
          JOIN ops.batch b ON b.batch = t.batch_from JOIN ops.import i ON i.import_id = t.import_id
          LEFT JOIN ops.batch e ON e.batch = t.batch_to LEFT JOIN ops.import j ON j.import_id = e.import_id
          WHERE \(fragment: condition(schema, key: key, cooperation: cooperation))
          ORDER BY t.batch_from
          """)
      }
    } catch SQLState.dataException {
      // The text is no number or date, so nothing can have been recorded under it.
      throw try unknownKey(key, schema, cooperation)
    }
    guard !rows.isEmpty else { throw try unknownKey(key, schema, cooperation) }
    var revisions: [FactHistory.Revision] = []
    for row in rows {
      revisions.append(try revision(row, after: revisions.last, schema: schema))
    }
    for index in revisions.indices {
      guard case .closed(let origin)? = revisions[index].ending, index + 1 < revisions.count,
        revisions[index + 1].origin.batch == origin.batch
      else { continue }
      revisions[index].ending = .superseded(revisions[index + 1].origin)
    }
    try connection.transaction {
      for index in revisions.indices {
        (revisions[index].validFrom, revisions[index].validTo) = try validDays(
          schema, key: key, cooperation: cooperation, batch: revisions[index].origin.batch)
      }
    }
    return FactHistory(schema: schema, cooperation: cooperation, key: key, revisions: revisions)
  }

  private static func text(_ field: FactSchema.Field) -> SQL {
    field.kind == .yearmonth
      ? "to_char(t.\(identifier: field.name), 'YYYY-MM')" : "t.\(identifier: field.name)::text"
  }

  private func condition(_ schema: FactSchema, key: [String], cooperation: String?) -> SQL {
    var parts: [SQL] = schema.scope == .cooperation ? ["t.cooperation_id = \(cooperation)"] : []
    for (name, value) in zip(schema.key, key) {
      guard let field = schema.field(name) else { continue }
      let whole = field.kind == .yearmonth && value.utf8.count == 7 ? value + "-01" : value
      // The parameter is cast, not the column: the index serves.
      parts.append("t.\(identifier: name) = \(whole)::text::\(fragment: FactSchema.type(field.kind))")
    }
    return parts.joined(separator: " AND ")
  }

  private func revision(
    _ row: Row, after before: FactHistory.Revision?, schema: FactSchema
  ) throws -> FactHistory.Revision {
    let origin = FactHistory.Origin(
      batch: try row.decode(at: 0), recordedAt: try row.decode(at: 1), importID: try row.decode(at: 2),
      file: try row.decode(at: 3), line: try row.decode(at: 4))
    let endingBatch: Int? = try row.decode(at: 5)
    let ending = try endingBatch.map { batch in
      FactHistory.Ending.closed(
        FactHistory.Origin(
          batch: batch, recordedAt: try row.decode(at: 6), importID: try row.decode(at: 7),
          file: try row.decode(at: 8), line: nil))
    }
    let values = Array(row.texts[9...])
    let changes =
      before.map { before in
        schema.fields.indices.compactMap { index in
          before.values[index] == values[index]
            ? nil
            : FactHistory.Change(
              field: schema.fields[index].name, old: before.values[index], new: values[index])
        }
      } ?? []
    return FactHistory.Revision(
      origin: origin, validFrom: nil, validTo: nil, values: values, changes: changes, ending: ending)
  }

  /// The days on which the revision of a batch was true, as its as-of view says.
  private func validDays(
    _ schema: FactSchema, key: [String], cooperation: String?, batch: Int
  ) throws -> (Day?, Day?) {
    guard schema.scope == .cooperation else { return (nil, nil) }
    try connection.execute("SELECT set_config('jvs.as_of', \(String(batch)), true)")
    let rows = try connection.execute(
      """
      SELECT lower(t.valid)::text, (upper(t.valid) - 1)::text FROM as_of.\(identifier: schema.name) t
      WHERE \(fragment: condition(schema, key: key, cooperation: cooperation))
      """)
    guard let row = rows.first else { return (nil, nil) }
    let (from, to) = try row.decode((String?, String?).self)
    return (from.flatMap { Day($0) }, to.flatMap { Day($0) })
  }

  /// The error for a key nobody used, with keys that begin or end alike.
  private func unknownKey(_ key: [String], _ schema: FactSchema, _ cooperation: String?) throws -> NoHistory {
    let names = schema.key.compactMap { schema.field($0).map(Archive.text) }
    let scope: SQL = schema.scope == .cooperation ? "t.cooperation_id = \(cooperation)" : "true"
    let start = String(key[0].prefix(3))
    let end = String(key[0].suffix(3))
    guard let first = names.first else { return .unknownKey(entity: schema.name, key: key, known: []) }
    let known = try connection.execute(
      """
      SELECT DISTINCT \(fragment: names.joined(separator: ", ")) FROM \(fragment: schema.table) t
      WHERE \(fragment: scope)
        AND (starts_with(\(fragment: first), \(start)) OR right(\(fragment: first), \(end.count)) = \(end))
      LIMIT 20000
      """
    ).map { $0.texts.map { $0 ?? "" } }
    return .unknownKey(entity: schema.name, key: key, known: known)
  }
}
