/// The tables as they stand in a database, with what points to what: what `SQL/README.md` shows.
///
/// Tables and columns come from PostgreSQL's own catalogue. Facts have no foreign keys in SQL: they come and go
/// with batches, so what a fact points to is said by its Table Schema and judged at import.
public struct DataModel: Hashable, Sendable {
  /// One column.
  public struct Column: Hashable, Sendable {
    var name: String
    var type: String
    var isOptional: Bool
  }

  /// One table.
  public struct Table: Hashable, Sendable {
    var schema: String
    var name: String
    var columns: [Column]
    var key: [String]
    /// The fields that say when a row was true; empty: always, or of no time.
    var valid: [String]
    /// What a row is, in English; empty when no Table Schema says.
    var title: String
  }

  /// What a table points to.
  public struct Link: Hashable, Sendable {
    var schema: String
    var from: String
    var to: String
    var fields: [String]
    /// Whether a row may point to nothing.
    var isOptional: Bool
    /// Whether two rows never point to the same.
    var isUnique: Bool
  }

  /// The tables by schema and name.
  public var tables: [Table]
  /// What they point to, inside one schema.
  public var links: [Link]

  /// The columns every fact and parameter carries; told once instead of in every box.
  static let recorded = ["cooperation_id", "batch_from", "batch_to", "import_id", "source_line", "segment"]

  /// The page: a table of the entities, then a diagram a schema, as Markdown with Mermaid.
  public var page: String {
    var text = entityTable
    for schema in Set(tables.map(\.schema)).sorted() {
      text += "\n### Schema `\(schema)`\n\n```mermaid\nerDiagram\n"
      for table in tables where table.schema == schema { text += box(table) }
      for link in links where link.schema == schema {
        let one = link.isOptional ? "|o" : "||"
        let many = link.isUnique ? "o|" : "o{"
        text += "  \(link.to) \(one)--\(many) \(link.from) : \"\(link.fields.joined(separator: ", "))\"\n"
      }
      text += "```\n"
    }
    return text
  }

  private var entityTable: String {
    var text = "| entity | what a row is | key | when it was true |\n|---|---|---|---|\n"
    for table in tables where !table.title.isEmpty {
      let key = table.key.map { "`\($0)`" }.joined(separator: ", ")
      let valid = table.valid.isEmpty ? "" : table.valid.map { "`\($0)`" }.joined(separator: " to ")
      text += "| `\(table.schema).\(table.name)` | \(table.title) | \(key) | \(valid) |\n"
    }
    return text
  }

  private func box(_ table: Table) -> String {
    var text = "  \(table.name) {\n"
    let pointing = Set(
      links.filter { $0.schema == table.schema && $0.from == table.name }.flatMap(\.fields))
    for column in table.columns {
      let marks = [table.key.contains(column.name) ? "PK" : nil, pointing.contains(column.name) ? "FK" : nil]
        .compactMap { $0 }
      text += "    \(column.type) \(column.name)"
      if !marks.isEmpty { text += " " + marks.joined(separator: ", ") }
      if column.isOptional { text += " \"may be empty\"" }
      text += "\n"
    }
    return text + "  }\n"
  }
}
