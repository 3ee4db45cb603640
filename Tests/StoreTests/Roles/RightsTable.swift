import Postgres
import Store

/// Who may do what, as the catalogue of a database has it: the table of `SQL/README.md`.
enum RightsTable {
  /// The groups, in the order of the columns.
  static let groups =
    [Group.capture, .compute, .director, .funder, .auditor, .identity].map(\.role) + ["jvs_sealer"]

  /// The table in Markdown, a row for tables of one schema with the same rights.
  static func markdown(of connection: Connection) throws -> String {
    let rows = try connection.execute(
      """
      WITH object AS (
        SELECT n.nspname AS schema, c.relname AS name, c.relacl AS acl, c.oid, c.relkind <> 'S' AS is_shown
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ANY (\(Access.schemas)) AND c.relkind IN ('r', 'p', 'v', 'S') AND NOT c.relispartition
        UNION ALL
        SELECT n.nspname, p.proname || '()', p.proacl, NULL, false
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = ANY (\(Access.schemas))
      ), granted AS (
        SELECT o.schema, o.name, a.grantee, a.privilege_type AS privilege FROM object o CROSS JOIN LATERAL aclexplode(o.acl) a
        UNION ALL
        SELECT o.schema, o.name, a.grantee, a.privilege_type || ' (' || string_agg(t.attname, ', ' ORDER BY t.attnum) || ')'
        FROM object o JOIN pg_attribute t ON t.attrelid = o.oid CROSS JOIN LATERAL aclexplode(t.attacl) a
        GROUP BY 1, 2, 3, a.privilege_type
      )
      SELECT o.schema, o.name, coalesce(g.rolname, ''), coalesce(string_agg(r.privilege, ', ' ORDER BY
          array_position('{SELECT,INSERT,UPDATE,DELETE}', split_part(r.privilege, ' ', 1)), r.privilege), '')
      FROM object o LEFT JOIN (granted r JOIN pg_roles g ON g.oid = r.grantee AND g.rolname <> 'jvs_migrator')
        ON r.schema = o.schema AND r.name = o.name
      WHERE o.name <> 'example' AND (o.is_shown OR g.rolname IS NOT NULL)
      GROUP BY 1, 2, 3 ORDER BY 1, 2
      """
    ).map { try $0.decode((String, String, String, String).self) }
    var rights: [String: [String: [String: String]]] = [:]
    for (schema, name, role, privileges) in rows {
      rights[schema, default: [:]][name, default: [:]][role] = privileges
    }
    var tables: [(String, String)] = []
    for (schema, name, _, _) in rows where tables.last.map({ $0 != (schema, name) }) ?? true {
      tables.append((schema, name))
    }
    var lines = [
      "| tables | " + groups.map { "`\($0.dropFirst(4))`" }.joined(separator: " | ") + " |",
      "|---|" + String(repeating: "---|", count: groups.count),
    ]
    for schema in Access.schemas {
      let names = tables.filter { $0.0 == schema }.map(\.1)
      let cells = names.map { name in
        groups.map { rights[schema]?[name]?[$0] ?? "" }.joined(separator: " | ")
      }
      var isSaid: Set<String> = []
      for cell in cells where isSaid.insert(cell).inserted {
        let same = zip(names, cells).filter { $0.1 == cell }.map(\.0)
        let isFunction = same[0].hasSuffix("()")
        let alike = names.filter { $0.hasSuffix("()") == isFunction }
        let label =
          same.count == alike.count && same.count > 1
          ? "`\(schema).*\(isFunction ? "()" : "")`"
          : same.map { "`\(schema).\($0)`" }.joined(separator: ", ")
        lines.append("| \(label) | \(cell) |")
      }
    }
    let strangers = Set(rights.values.flatMap { $0.values.flatMap(\.keys) }).subtracting(
      groups + [""])
    for stranger in strangers.sorted() { lines.append("| granted directly to \(stranger) |") }
    return lines.joined(separator: "\n")
  }
}
