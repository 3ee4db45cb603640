import ArgumentParser
import Capture
import Foundation
import Impact
import Publication

/// `jvs import --template`: the files partners fill in.
struct ImportTemplate: ParsableArguments {
  @Option(
    name: .customLong("template"),
    help: ArgumentHelp(
      "Write the empty file of an entity, as CSV and as a workbook, instead of importing; “all” writes all of them.",
      valueName: "entity"))
  var entity: String?

  @Option(name: .long, help: "The folder templates are written to. Default: the current folder.")
  var output: String?

  @Flag(name: .long, help: "Replace templates that are there already.")
  var force = false

  func validate() throws {
    if entity == nil, output != nil || force {
      throw ValidationError("--output and --force go with --template; name an entity with it.")
    }
  }

  /// Writes the templates asked for.
  func write(_ places: Places, _ console: Console) throws {
    guard let entity else { return }
    let indicators = try places.homeFolder() + "/Indicators"
    let schemas = try SchemaSet(readingFrom: indicators + "/schemas")
    let vocabulary = try Catalogue(readingFrom: indicators).vocabulary
    let files = try asked(entity, among: schemas, console).flatMap { schema in
      let files = TemplateFiles(FactTemplate(of: schema, vocabulary: vocabulary))
      return [files.csv, try files.workbook()]
    }
    let folder = absolute(output ?? ".")
    if !force,
      let there = files.first(where: { FileManager.default.fileExists(atPath: "\(folder)/\($0.path)") })
    {
      throw Failure(
        .cannotWrite,
        "\(folder)/\(there.path) is there already; replace it with --force, or name another folder with --output"
      )
    }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure(.cannotWrite, "the folder \(folder) cannot be made; name another with --output")
    }
    for file in files {
      try WholeFile.write(to: "\(folder)/\(file.path)", mode: 0o644) { put in try put(file.bytes) }
    }
    try console.answer(files.map { "\(folder)/\($0.path)" })
    for file in files { try console.say("\(folder)/\(file.path)") }
  }

  private func asked(_ name: String, among schemas: SchemaSet, _ console: Console) throws -> [FactSchema] {
    if name == "all" { return schemas.partnerSchemas }
    if let schema = schemas.schema(meantBy: name) { return [schema] }
    if let schema = schemas.schema(nearestTo: name) {
      console.remark("remark: no entity is called “\(name)”; this is the template of “\(schema.name)”")
      return [schema]
    }
    let known = schemas.partnerSchemas.map(\.name).joined(separator: ", ")
    throw Failure(.usage, "no entity is called “\(name)”; name one of \(known), or all")
  }
}
