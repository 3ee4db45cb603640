public import Impact
internal import Postgres

extension Archive {
  /// The tables of the database this archive speaks to.
  ///
  /// - Parameter schemas: the shapes of facts and parameters: their titles, keys and references.
  /// - Returns: the model, in an order that depends on nothing but the names.
  /// - Throws: the database's error.
  public func dataModel(_ schemas: [FactSchema]) throws -> DataModel {
    let shapes = Dictionary(
      schemas.map { ("\($0.scope == .reference ? "reference" : "fact").\($0.name)", $0) }
    ) { first, _ in first }
    let columns = try tableColumns()
    let keys = try primaryKeys()
    let valid = try validFields()
    var tables: [DataModel.Table] = []
    for (name, found) in columns.sorted(by: { ($0.key.schema, $0.key.name) < ($1.key.schema, $1.key.name) }) {
      let shape = shapes["\(name.schema).\(name.name)"]
      tables.append(
        DataModel.Table(
          schema: name.schema, name: name.name,
          columns: shape == nil ? found : found.filter { !DataModel.recorded.contains($0.name) },
          key: shape?.key ?? keys[name] ?? [], valid: shape == nil ? [] : valid[name.name] ?? [],
          title: shape?.title.english ?? ""))
    }
    var links = try foreignKeys()
    for schema in schemas {
      for reference in schema.references {
        links.append(
          DataModel.Link(
            schema: schema.scope == .reference ? "reference" : "fact", from: schema.name,
            to: reference.entity, fields: reference.fields,
            isOptional: !reference.fields.allSatisfy {
              schema.key.contains($0) || schema.field($0)?.isRequired == true
            },
            isUnique: Set(reference.fields) == Set(schema.key)))
      }
    }
    links.sort {
      ($0.schema, $0.to, $0.from, $0.fields.joined()) < ($1.schema, $1.to, $1.from, $1.fields.joined())
    }
    return DataModel(tables: tables, links: links)
  }

  private struct TableName: Hashable {
    var schema: String
    var name: String
  }

  /// What is ours: neither the server's, nor the parts a large fact is kept in.
  private static let own: SQL =
    "n.nspname NOT LIKE 'pg\\_%' AND n.nspname NOT IN ('information_schema', 'segment') AND NOT c.relispartition"

  private func tableColumns() throws -> [TableName: [DataModel.Column]] {
    var found: [TableName: [DataModel.Column]] = [:]
    for row in try connection.execute(
      """
      SELECT n.nspname::text, c.relname::text, a.attname::text,
        replace(replace(format_type(a.atttypid, a.atttypmod), 'timestamp with time zone', 'timestamptz'), ' ', '_'),
        NOT a.attnotnull
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relkind IN ('r', 'p') AND \(fragment: Archive.own)
      ORDER BY 1, 2, a.attnum
      """)
    {
      let (schema, table, name, type, isOptional) = try row.decode(
        (String, String, String, String, Bool).self)
      found[TableName(schema: schema, name: table), default: []].append(
        DataModel.Column(name: name, type: type, isOptional: isOptional))
    }
    return found
  }

  private func primaryKeys() throws -> [TableName: [String]] {
    var found: [TableName: [String]] = [:]
    for row in try connection.execute(
      """
      SELECT n.nspname::text, c.relname::text, a.attname::text
      FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      CROSS JOIN LATERAL unnest(i.indkey::smallint[]) WITH ORDINALITY AS k(number, place)
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number
      WHERE i.indisprimary AND \(fragment: Archive.own)
      ORDER BY 1, 2, k.place
      """)
    {
      let (schema, table, name) = try row.decode((String, String, String).self)
      found[TableName(schema: schema, name: table), default: []].append(name)
    }
    return found
  }

  /// The fields the as-of view of each fact makes `valid` of, in the order they stand there.
  private func validFields() throws -> [String: [String]] {
    var found: [String: [String]] = [:]
    for row in try connection.execute(
      """
      SELECT c.relname::text, a.attname::text
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'as_of'
      JOIN pg_class t ON t.relname = c.relname AND t.relnamespace = 'fact'::regnamespace
      CROSS JOIN LATERAL substring(pg_get_viewdef(c.oid, true) FROM '([^\\n]*) AS valid') AS expression
      JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
        AND expression ~ ('\\m' || a.attname || '\\M')
      WHERE a.attname <> t.relname
      ORDER BY 1, position(a.attname IN expression), 2
      """)
    {
      let (table, name) = try row.decode((String, String).self)
      found[table, default: []].append(name)
    }
    return found
  }

  private func foreignKeys() throws -> [DataModel.Link] {
    try connection.execute(
      """
      SELECT n.nspname::text, c.relname::text, t.relname::text, string_agg(a.attname, ',' ORDER BY k.place),
        bool_or(NOT a.attnotnull),
        EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique
                  AND i.indkey::smallint[] <@ f.conkey AND i.indkey::smallint[] @> f.conkey)
      FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_class t ON t.oid = f.confrelid AND t.relnamespace = c.relnamespace
      CROSS JOIN LATERAL unnest(f.conkey) WITH ORDINALITY AS k(number, place)
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number
      WHERE f.contype = 'f' AND f.conparentid = 0 AND \(fragment: Archive.own)
      GROUP BY n.nspname, c.relname, t.relname, f.conkey, c.oid
      ORDER BY 1, 3, 2, 4
      """
    ).map { row in
      let (schema, from, to, fields, isOptional, isUnique) = try row.decode(
        (String, String, String, String, Bool, Bool).self)
      return DataModel.Link(
        schema: schema, from: from, to: to, fields: fields.split(separator: ",").map(String.init),
        isOptional: isOptional, isUnique: isUnique)
    }
  }
}
