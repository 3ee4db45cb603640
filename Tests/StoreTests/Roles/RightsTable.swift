import Postgres
import Store

/// Who may do what, as the catalogue of a database has it: the table of `SQL/README.md`.
enum RightsTable {
  /// The groups, in the order of the columns.
  static let groups: [Group] = [.capture, .compute, .director, .funder, .auditor, .identity]

  /// The table in Markdown, a row for tables of one schema with the same rights.
  static func markdown(of connection: Connection) throws -> String {
    let rows = try connection.execute(
      """
      SELECT n.nspname, c.relname, g.rolname,
        string_agg(privilege, ', ' ORDER BY array_position('{SELECT,INSERT,UPDATE,DELETE}', split_part(privilege, ' ', 1)),
          privilege)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      CROSS JOIN LATERAL (
        SELECT a.grantee, a.privilege_type AS privilege FROM aclexplode(c.relacl) a
        UNION ALL
        SELECT a.grantee, a.privilege_type || ' (' || string_agg(t.attname, ', ' ORDER BY t.attnum) || ')'
        FROM pg_attribute t CROSS JOIN LATERAL aclexplode(t.attacl) a
        WHERE t.attrelid = c.oid GROUP BY a.grantee, a.privilege_type) r
      JOIN pg_roles g ON g.oid = r.grantee
      WHERE n.nspname = ANY (\(Access.schemas)) AND c.relkind IN ('r', 'p', 'v') AND g.rolname <> 'jvs_migrator'
        AND c.relname <> 'example'
      GROUP BY 1, 2, 3
      """)
    var rights: [String: [String: [String: String]]] = [:]
    for row in rows {
      let (schema, table, role, privileges) = try row.decode((String, String, String, String).self)
      rights[schema, default: [:]][table, default: [:]][role] = privileges
    }
    let tables = try connection.execute(
      """
      SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ANY (\(Access.schemas)) AND c.relkind IN ('r', 'p', 'v') AND c.relname <> 'example'
        AND NOT c.relispartition ORDER BY 1, 2
      """
    ).map { try $0.decode((String, String).self) }
    var lines = [
      "| tables | " + groups.map { "`\($0.rawValue)`" }.joined(separator: " | ") + " |",
      "|---|" + String(repeating: "---|", count: groups.count),
    ]
    for schema in Access.schemas {
      let names = tables.filter { $0.0 == schema }.map(\.1)
      let cells = names.map { name in
        groups.map { rights[schema]?[name]?[$0.role] ?? "" }.joined(separator: " | ")
      }
      var isSaid: Set<String> = []
      for cell in cells where isSaid.insert(cell).inserted {
        let same = zip(names, cells).filter { $0.1 == cell }.map(\.0)
        let label =
          same.count == names.count
          ? "`\(schema).*`" : same.map { "`\(schema).\($0)`" }.joined(separator: ", ")
        lines.append("| \(label) | \(cell) |")
      }
    }
    let strangers = Set(rights.values.flatMap { $0.values.flatMap(\.keys) }).subtracting(groups.map(\.role))
    for stranger in strangers.sorted() { lines.append("| granted directly to \(stranger) |") }
    return lines.joined(separator: "\n")
  }
}
