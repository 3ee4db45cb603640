internal import Foundation
public import Impact

extension ReferenceTable {
  /// Every reference table of a folder of definitions, in the order of their names.
  ///
  /// - Parameters:
  ///   - folder: the folder.
  ///   - schemas: the shapes of its files.
  /// - Returns: the tables.
  /// - Throws: ``CaptureError`` with everything that is wrong in a table.
  public static func all(readingFrom folder: String, schemas: SchemaSet) throws -> [ReferenceTable] {
    try ReferenceReader(folder: folder, schemas: schemas).read(
      Set(schemas.schemas.filter { $0.scope == .reference }.map(\.name)))
  }
}

/// Reads the reference tables that fields are computed with, through their shapes.
struct ReferenceReader {
  let folder: String
  let schemas: SchemaSet

  /// The tables, in the order of their names; one whose file is not there is left out.
  ///
  /// - Throws: ``CaptureError`` with everything that is wrong in a table.
  func read(_ names: Set<String>) throws -> [ReferenceTable] {
    try names.sorted().compactMap { name -> ReferenceTable? in
      let path = Folder.path(folder, "reference/\(name).csv")
      guard let schema = schemas.schema(named: name), FileManager.default.fileExists(atPath: path),
        let date = schema.fields.firstIndex(where: { $0.name == "valid_from" })
      else { return nil }
      var rows: [ReferenceTable.Row] = []
      let report = try FactFile(path: path, schema: schema).read { row in
        guard let day = row[date].flatMap({ Day($0) }) else { return }
        let cells = schema.fields.indices.filter { $0 != date }.map { row[$0] ?? "" }
        rows.append(ReferenceTable.Row(validFrom: day, cells: cells))
      }
      guard report.rejected == 0 else { throw CaptureError(report.diagnostics) }
      return ReferenceTable(
        name: name, title: schema.title,
        columns: schema.fields.filter { $0.name != "valid_from" }.map {
          ReferenceTable.Column(name: $0.name, title: $0.title)
        },
        key: schema.key.filter { $0 != "valid_from" }, rows: rows)
    }
  }
}
