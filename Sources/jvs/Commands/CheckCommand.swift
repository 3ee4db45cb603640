import ArgumentParser
import Capture
import Impact

/// `jvs check`: definitions or files, without recording anything.
struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check the definitions, or partners' files, and record nothing.",
    discussion: """
      Without files: reads everything in Indicators/ and reports each mistake as file:line:column.
      With files: checks each row against its shape. What only the store knows (an unknown pathway, a key
      given twice) is checked at import.

      Examples:
        jvs check
        jvs check Deploy/samples/lemon-aide
        jvs check --rules
      """)

  @Argument(help: "Files, or folders of files, to check instead of the definitions.")
  var paths: [String] = []

  @Flag(name: .long, help: "List every rule a file is checked by at import, and check nothing.")
  var rules = false

  @OptionGroup var places: Places
  @OptionGroup var voice: Voice

  /// The answer for a machine.
  struct Answer: Encodable {
    var indicators: Int?
    var files: Int?
    var rows: Int?
    var errors: [String]
    var warnings: [String]
  }

  func validate() throws {
    if rules, !paths.isEmpty { throw ValidationError("--rules checks no files; give one of the two.") }
  }

  func run() async throws {
    if rules { return try reportingFailure { try RuleList.say(on: voice.console) } }
    let hasErrors = try reportingFailure {
      let indicators = try places.homeFolder() + "/Indicators"
      return try paths.isEmpty ? checkDefinitions(indicators) : checkFiles(indicators)
    }
    if hasErrors { throw ExitCode(Failure.Code.dataRefused.rawValue) }
  }

  private func checkDefinitions(_ indicators: String) throws -> Bool {
    let schemas = try SchemaSet(readingFrom: indicators + "/schemas")
    let catalogue = try Catalogue(readingFrom: indicators)
    let audiences = try Edition.Audience.all(readingFrom: indicators)
    let mappings = try Mapping.all(readingFrom: indicators + "/mappings", schemas: schemas)
    for schema in schemas.schemas where schema.scope == .reference {
      let report = try FactFile(path: "\(indicators)/reference/\(schema.name).csv", schema: schema).read {
        _ in
      }
      guard report.rejected == 0 else { throw CaptureError(report.diagnostics) }
    }
    try voice.console.answer(Answer(indicators: catalogue.indicators.count, errors: [], warnings: []))
    try voice.console.say(
      "Indicators/ is in order: catalogue \(catalogue.version), \(catalogue.indicators.count) indicators in "
        + "\(catalogue.dimensions.count) dimensions, \(schemas.schemas.count) file shapes, "
        + "\(mappings.count) \(mappings.count == 1 ? "mapping" : "mappings"), \(audiences.count) audiences."
    )
    return false
  }

  private func checkFiles(_ indicators: String) throws -> Bool {
    let schemas = try SchemaSet(readingFrom: indicators + "/schemas")
    let mappings = try Mapping.all(readingFrom: indicators + "/mappings", schemas: schemas)
    let discovery = ImportFile.discover(in: paths, schemas: schemas, mappings: mappings)
    var found = discovery.diagnostics
    var rows = 0
    for file in discovery.files {
      do {
        guard let schema = schemas.schema(named: file.entity) else { continue }
        let report = try FactFile(path: file.path, schema: schema, mapping: file.mapping, sheet: file.sheet)
          .read { _ in }
        rows += report.read
        found += report.diagnostics
      } catch let error as CaptureError {
        found += error.diagnostics
      }
    }
    for diagnostic in found where !voice.json {
      if diagnostic.severity == .warning {
        voice.console.remark("remark: \(diagnostic)")
      } else {
        voice.console.refusal("refused: \(diagnostic)")
      }
    }
    let errors = found.filter { $0.severity == .error }.map(\.description)
    try voice.console.answer(
      Answer(
        files: discovery.files.count, rows: rows, errors: errors,
        warnings: found.filter { $0.severity == .warning }.map(\.description)))
    try voice.console.say("\(discovery.files.count) file(s), \(rows) rows: \(errors.count) would be refused.")
    return !errors.isEmpty
  }
}
