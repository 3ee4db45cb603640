internal import Foundation
internal import Impact

/// Reads `reference/parameter.csv`, the named numbers of expressions, through its shape.
struct ParameterReader {
  let folder: String

  /// The parameters by name, each with its values from the oldest.
  ///
  /// - Throws: ``CaptureError`` with everything that is wrong in the table.
  func read() throws -> [Parameter] {
    let path = Folder.path(folder, "reference/parameter.csv")
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    let schemas = try SchemaSet(readingFrom: Folder.path(folder, "schemas"))
    guard let schema = schemas.schema(named: "parameter") else {
      throw CaptureError(path, code: "missing", "the table has no shape; add schemas/parameter.json")
    }
    var found: [String: Parameter] = [:]
    var faults: [Diagnostic] = []
    let report = try FactFile(path: path, schema: schema).read { row in
      func text(_ field: String) -> String {
        schema.fields.firstIndex { $0.name == field }.flatMap { row[$0] } ?? ""
      }
      guard let day = Day(text("valid_from")), let number = Double(text("value")),
        let sureness = Parameter.Sureness(rawValue: text("sureness"))
      else {
        faults.append(
          Diagnostic(
            file: path, line: row.line, code: "type", message: "the row is no dated number; correct it"))
        return
      }
      let value = Parameter.Dated(
        validFrom: day, text: text("value"), number: number, source: text("source"), sureness: sureness)
      let name = text("name")
      let label = Localized(fr: text("label_fr"), en: text("label_en"))
      guard let known = found[name] else {
        found[name] = Parameter(name: name, label: label, unit: text("unit"), values: [value])
        return
      }
      if known.label != label || known.unit != text("unit") {
        faults.append(
          Diagnostic(
            file: path, line: row.line, code: "duplicate",
            message:
              "\"\(name)\" has another label or unit than in an earlier row; write the same, or name it otherwise"
          ))
      }
      if known.values.contains(where: { $0.validFrom == day }) {
        faults.append(
          Diagnostic(
            file: path, line: row.line, code: "duplicate",
            message: "\"\(name)\" already has a value from \(day); keep one"))
      }
      found[name]?.values.append(value)
    }
    guard report.rejected == 0, faults.isEmpty else { throw CaptureError(report.diagnostics + faults) }
    return found.values.sorted { $0.name < $1.name }.map { parameter in
      var parameter = parameter
      parameter.values.sort { $0.validFrom < $1.validFrom }
      return parameter
    }
  }
}
