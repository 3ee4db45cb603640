public import Impact
internal import Postgres

extension Archive {
  /// What reference tables say otherwise than those recorded, and who reads them.
  ///
  /// - Parameters:
  ///   - tables: the tables as they would be recorded.
  ///   - batch: the batch whose recorded tables they are compared with.
  /// - Returns: the rows that differ, in the order of the tables, and the entities that read a table with one.
  /// - Throws: the database's error.
  public func changes(
    of tables: [ReferenceTable], since batch: Int
  ) throws -> (rows: [ReferenceChange], entities: Set<String>) {
    try connection.transaction {
      try read(asOf: batch, cut: "infinity")
      var changes: [ReferenceChange] = []
      for table in tables {
        try makeTrialTable(table)
        // Read back, so that both are written as the database writes them.
        let recorded = try rows(of: table, in: "as_of.\(identifier: table.name)")
        let given = try rows(of: table, in: "pg_temp.\(identifier: table.name)")
        changes += given.changes(since: recorded)
        try connection.execute("DROP TABLE pg_temp.\(identifier: table.name)")
      }
      let touched = Set(changes.map(\.table)).sorted()
      let entities = try connection.execute(
        """
        SELECT DISTINCT entity FROM measure.reads
        WHERE source_schema = 'reference' AND source_name = ANY (\(touched)::text[])
        """
      ).map { row in try row.decode() as String }
      return (changes, Set(entities))
    }
  }

  /// Makes the views of entities, and the functions these call, anew in the session's temporary schema, over other reference tables than those recorded.
  ///
  /// They are the recorded ones' own text, but for the schema of what they read, and go with the transaction. Reads as of
  /// the batch and cut that were set.
  ///
  /// - Parameters:
  ///   - tables: the tables they read instead.
  ///   - entities: the entities needed.
  /// - Throws: ``HiddenReader`` when something outside the measures reads a table, so that it cannot be tried; the database's
  ///   error.
  func makeTrial(of tables: [ReferenceTable], entities: Set<String>) throws {
    for table in tables { try makeTrialTable(table) }
    let names = tables.map(\.name).sorted()
    let previous: String = try connection.execute("SELECT current_setting('search_path')")[0].decode()
    // Without a path every name is written whole, and a name that is whole has one meaning.
    try connection.execute("SELECT set_config('search_path', '', true)")
    let readers = try connection.execute(
      """
      WITH RECURSIVE reader (class, object, depth) AS (
        SELECT 'pg_class'::regclass::oid, c.oid, 0 FROM pg_class c
        WHERE c.relnamespace = 'as_of'::regnamespace AND c.relname = ANY (\(names)::text[])
        UNION
        SELECT found.class, found.object, r.depth + 1 FROM reader r
        JOIN pg_depend d ON (d.refclassid, d.refobjid) = (r.class, r.object)
        LEFT JOIN pg_rewrite w ON d.classid = 'pg_rewrite'::regclass AND w.oid = d.objid
        CROSS JOIN LATERAL (
          SELECT CASE WHEN w.oid IS NULL THEN d.classid ELSE 'pg_class'::regclass END AS class,
            coalesce(w.ev_class, d.objid) AS object) found
        WHERE (w.oid IS NOT NULL OR d.classid = 'pg_proc'::regclass)
          AND (found.class, found.object) <> (r.class, r.object))
      SELECT r.class = 'pg_proc'::regclass, coalesce(c.relname, p.proname)::text, n.nspname::text,
        CASE WHEN c.oid IS NULL THEN pg_get_functiondef(p.oid) ELSE pg_get_viewdef(c.oid) END
      FROM reader r
      LEFT JOIN pg_class c ON r.class = 'pg_class'::regclass AND c.oid = r.object
      LEFT JOIN pg_proc p ON r.class = 'pg_proc'::regclass AND p.oid = r.object
      JOIN pg_namespace n ON n.oid = coalesce(c.relnamespace, p.pronamespace)
      WHERE r.depth > 0 GROUP BY c.oid, p.oid, 1, 2, 3 ORDER BY max(r.depth), 2
      """
    ).map { try $0.decode((Bool, String, String, String).self) }
    try connection.execute("SELECT set_config('search_path', \(previous), true)")
    if readers.contains(where: { $0.2 != "measure" }) { throw HiddenReader(tables: names) }
    for (isFunction, name, _, text) in readers {
      // The names are those of the views and functions themselves, never of anything a file says.
      let own =
        try connection.execute(
          """
          SELECT regexp_replace(regexp_replace(\(text), \(Archive.pattern("as_of", names)), 'pg_temp.\\1', 'g'),
            \(Archive.pattern("measure", readers.map(\.1))), 'pg_temp.\\1', 'g')
          """)[0].decode() as String
      let statement = SQL(trusted: own)
      try connection.execute(
        isFunction ? statement : "CREATE TEMP VIEW \(identifier: name) AS \(fragment: statement)")
    }
    for name in entities.subtracting(readers.map(\.1)).sorted() {
      try connection.execute(
        "CREATE TEMP VIEW \(identifier: name) AS SELECT * FROM measure.\(identifier: name)")
    }
  }

  /// Takes away what a trial made, so that names mean again what they did.
  func dropTrial(of tables: [ReferenceTable], entities: Set<String>) throws {
    for table in tables {
      try connection.execute("DROP TABLE pg_temp.\(identifier: table.name) CASCADE")
    }
    for name in entities.sorted() {
      try connection.execute("DROP VIEW IF EXISTS pg_temp.\(identifier: name)")
    }
  }

  private static func pattern(_ schema: String, _ names: [String]) -> String {
    "\\m\(schema)\\.(\(names.joined(separator: "|")))\\M"
  }

  private func makeTrialTable(_ table: ReferenceTable) throws {
    try connection.execute(
      """
      CREATE TEMP TABLE \(identifier: table.name) ON COMMIT DROP AS
      SELECT * FROM as_of.\(identifier: table.name) LIMIT 0
      """)
    let columns: SQL = (["valid_from", "source_line"] + table.columns.map(\.name)).map {
      "\(identifier: $0)" as SQL
    }.joined()
    for (index, row) in table.rows.enumerated() {
      let cells = row.cells.map { $0.isEmpty ? "NULL" : "\($0)" as SQL }
      let values = ["\(row.validFrom.description)" as SQL, "\(index + 2)" as SQL] + cells
      try connection.execute(
        """
        INSERT INTO pg_temp.\(identifier: table.name) (\(fragment: columns)) VALUES (\(fragment: values.joined()))
        """)
    }
  }
}

/// A view or function outside the measures reads a reference table, so that no other table can stand in its place.
struct HiddenReader: Error, CustomStringConvertible {
  var tables: [String]
  var description: String {
    "what \(tables.joined(separator: ", ")) would change cannot be tried: something outside the schema measure reads it; move it there"
  }
}
