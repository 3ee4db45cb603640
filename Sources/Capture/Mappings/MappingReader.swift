internal import Impact
internal import Yams

extension Mapping {
  /// Reads one mapping and holds it against the entity it makes.
  ///
  /// - Throws: ``CaptureError`` with everything that is wrong, as `file:line:column`.
  public init(readingFrom path: String, schemas: SchemaSet) throws {
    let reader = MappingReader(file: DefinitionFile(path: path), schemas: schemas)
    let fingerprint = try Fingerprint(ofFileAt: path)
    let mapping = reader.read(fingerprint)
    guard let mapping, reader.file.diagnostics.isEmpty else { throw CaptureError(reader.file.diagnostics) }
    self = mapping
  }

  /// Every mapping of a folder, in order of name; none when there is no such folder.
  ///
  /// - Throws: ``CaptureError`` with everything that is wrong in any of the files.
  public static func all(readingFrom folder: String, schemas: SchemaSet) throws -> [Mapping] {
    guard Folder.exists(folder) else { return [] }
    var mappings: [Mapping] = []
    var diagnostics: [Diagnostic] = []
    for name in try Folder.names(in: folder) where !name.hasPrefix(".") && !name.hasSuffix(".md") {
      let path = Folder.path(folder, name)
      guard name.hasSuffix(".yaml") else {
        diagnostics.append(
          Diagnostic(file: path, code: "file", message: "this is no mapping; name it <name>.yaml or move it"))
        continue
      }
      do { mappings.append(try Mapping(readingFrom: path, schemas: schemas)) } catch let error as CaptureError
      {
        diagnostics += error.diagnostics
      }
    }
    guard diagnostics.isEmpty else { throw CaptureError(diagnostics) }
    return mappings
  }
}

/// Reads one mapping.
private struct MappingReader {
  /// How several columns become one value.
  private enum Combination: String, CaseIterable {
    case month, text
  }

  private enum Delimiter: String, CaseIterable {
    case semicolon = ";"
    case comma = ","
    case tab
  }

  let file: DefinitionFile
  let schemas: SchemaSet

  func read(_ fingerprint: Fingerprint) -> Mapping? {
    guard let root = file.load(),
      let entries = file.entries(
        of: root, in: "the mapping",
        required: ["name", "version", "title", "source", "entity", "columns"],
        optional: ["delimiter", "encoding", "ignored"])
    else { return nil }
    let name = name(entries["name"])
    let version = file.integer(entries["version"], "the version", atLeast: 1)
    let title = file.localized(entries["title"], "the title")
    let source = file.localized(entries["source"], "the source")
    let schema = schema(entries["entity"])
    let delimiter = file.choice(entries["delimiter"], "the delimiter", Delimiter.self)
    let encoding = file.choice(entries["encoding"], "the encoding", TextEncoding.self)
    let (targets, used) = targets(entries["columns"], schema)
    let ignored = ignored(entries["ignored"], used)
    if let schema, let node = entries["columns"] {
      let missing = schema.fields.filter { field in
        field.isRequired && !targets.contains { $0.field == field.name }
      }
      if !missing.isEmpty {
        file.report(
          "missing", at: node,
          "nothing becomes \(DefinitionFile.list(missing.map { "\"\($0.name)\"" })), which \"\(schema.name)\" requires; add it"
        )
      }
    }
    guard let name, let version, let title, let source, let schema else { return nil }
    return Mapping(
      name: name, version: version, title: title, source: source, entity: schema.name,
      delimiter: delimiter.map { $0 == .tab ? "\t" : Character($0.rawValue) }, encoding: encoding,
      targets: targets, ignored: ignored, fingerprint: fingerprint)
  }

  private func name(_ node: Node?) -> String? {
    let expected = String((file.path.split(separator: "/").last ?? "").dropLast(5))
    let name = CatalogueReader.identifier(node, "the name", file)
    if let name, name != expected {
      file.report("name", at: node, "the name must be that of the file, \"\(expected)\"")
    }
    // A file `exit-x.csv` would be both this mapping's and the entity's.
    if let name, let entity = name.split(separator: "-").first, schemas.schema(named: String(entity)) != nil {
      file.report(
        "name", at: node, "a mapping may not begin like the entity \"\(entity)\"; name it after its source")
    }
    return name
  }

  private func schema(_ node: Node?) -> FactSchema? {
    guard let name = file.text(node, "the entity") else { return nil }
    let known = schemas.schemas.filter { $0.scope == .cooperation }
    if let schema = known.first(where: { $0.name == name }) { return schema }
    file.report(
      "entity", at: node,
      "there is no entity \"\(name)\"\(NearestName.hint(for: name, among: known.map(\.name)))")
    return nil
  }

  private func targets(_ node: Node?, _ schema: FactSchema?) -> ([Mapping.Target], [String]) {
    var targets: [Mapping.Target] = []
    var used: [String] = []
    for item in file.items(of: node, in: "the columns") {
      guard
        let entries = file.entries(
          of: item, in: "a column", required: ["to"],
          optional: ["from", "constant", "values", "unit", "combine", "separator"]),
        let name = file.text(entries["to"], "the field a column becomes")
      else { continue }
      let field = schema?.field(name)
      if let schema, field == nil {
        file.report(
          "field", at: entries["to"],
          "\"\(schema.name)\" has no field \"\(name)\"\(NearestName.hint(for: name, among: schema.fields.map(\.name)))"
        )
      }
      if targets.contains(where: { $0.field == name }) {
        file.report("duplicate", at: entries["to"], "\"\(name)\" is made twice; keep one")
      }
      guard let rule = rule(item, entries, field, schema) else { continue }
      used += rule.columns
      targets.append(Mapping.Target(field: name, rule: rule))
    }
    if targets.isEmpty, file.diagnostics.isEmpty {
      file.report("missing", at: node, "the mapping names no column; add them")
    }
    return (targets, used)
  }

  private func rule(
    _ item: Node, _ entries: [String: Node], _ field: FactSchema.Field?, _ schema: FactSchema?
  ) -> Mapping.Rule? {
    if let node = entries["constant"] {
      refuse(["from", "values", "unit", "combine", "separator"], beside: "constant", entries)
      guard let text = file.text(node, "the constant") else { return nil }
      check(text, node, field, schema)
      return .constant(text)
    }
    guard let node = entries["from"] else {
      file.report("missing", at: item, "a column needs from, or a constant; add it")
      return nil
    }
    let columns = columns(node)
    guard let first = columns.first else { return nil }
    if let combination = file.choice(entries["combine"], "combine", Combination.self) {
      refuse(["values", "unit"], beside: "combine", entries)
      guard columns.count > 1 else {
        file.report("value", at: node, "combine needs several columns; list them")
        return nil
      }
      switch combination {
      case .text: return .joined(columns, separator: entries["separator"]?.scalar?.string ?? "")
      case .month:
        refuse(["separator"], beside: "combine: month", entries)
        guard columns.count == 2, field == nil || field?.kind == .yearmonth else {
          file.report("value", at: node, "a month is combined from two columns, the year and the month")
          return nil
        }
        return .month(year: columns[0], month: columns[1])
      }
    }
    refuse(["separator"], beside: "from", entries)
    guard columns.count == 1 else {
      file.report("value", at: node, "say how several columns become one value: combine: month or text")
      return nil
    }
    if let node = entries["values"] {
      refuse(["unit"], beside: "values", entries)
      return values(node, field, schema).map { .values(first, $0) }
    }
    if let node = entries["unit"] { return unit(node, field).map { .unit(first, $0) } }
    return .column(first)
  }

  private func refuse(_ keys: [String], beside other: String, _ entries: [String: Node]) {
    for key in keys {
      if let node = entries[key] {
        file.report("key", at: node, "\(key) makes no sense beside \(other); remove one")
      }
    }
  }

  private func columns(_ node: Node) -> [String] {
    if node.scalar != nil { return file.text(node, "a column of the file").map { [$0] } ?? [] }
    return file.items(of: node, in: "from").compactMap { file.text($0, "a column of the file") }
  }

  private func values(_ node: Node, _ field: FactSchema.Field?, _ schema: FactSchema?) -> [String: String]? {
    guard case .mapping(let mapping) = node, !mapping.isEmpty else {
      file.report("type", at: node, "values must be a mapping from codes of the file to codes of the field")
      return nil
    }
    var values: [String: String] = [:]
    for (key, value) in mapping {
      guard let code = file.text(key, "a code"), let text = file.text(value, "the value of a code") else {
        continue
      }
      check(text, value, field, schema)
      values[code] = text
    }
    return values
  }

  private func unit(_ node: Node, _ field: FactSchema.Field?) -> UnitConversion? {
    guard let entries = file.entries(of: node, in: "the unit", required: ["from", "to"]),
      let from = file.choice(entries["from"], "the unit of the file", UnitConversion.Unit.self),
      let to = file.choice(entries["to"], "the unit of the field", UnitConversion.Unit.self)
    else { return nil }
    guard from.quantity == to.quantity else {
      file.report(
        "value", at: node, "\(from.rawValue) cannot become \(to.rawValue); use units of one quantity")
      return nil
    }
    if let field, field.kind != .number, field.kind != .integer {
      file.report("value", at: node, "\"\(field.name)\" is no number, so it has no unit; remove it")
    }
    return UnitConversion(from: from, to: to)
  }

  /// A value written in the mapping must be one the field takes.
  private func check(_ text: String, _ node: Node, _ field: FactSchema.Field?, _ schema: FactSchema?) {
    guard let field, let schema, let reader = try? CellReader(field, of: schema) else { return }
    let bytes = Array(text.utf8)
    if case .problem(let problem) = reader.read(bytes.span) {
      file.report("value", at: node, "\"\(text)\" is no value of \"\(field.name)\": \(problem.message)")
    }
  }

  private func ignored(_ node: Node?, _ used: [String]) -> [Mapping.Ignored] {
    var ignored: [Mapping.Ignored] = []
    for item in file.items(of: node, in: "the ignored columns") {
      guard let entries = file.entries(of: item, in: "an ignored column", required: ["column", "reason"]),
        let column = file.text(entries["column"], "the column"),
        let reason = file.localized(entries["reason"], "the reason")
      else { continue }
      if used.contains(column) || ignored.contains(where: { $0.column == column }) {
        file.report(
          "duplicate", at: entries["column"], "the column \"\(column)\" is already listed; keep one")
      }
      if Sensitivity(in: column) != nil {
        file.report(
          "sensitive-column", at: entries["column"],
          "a column of health or of criminal records must leave the source, it cannot be ignored here; have it removed there"
        )
      }
      ignored.append(Mapping.Ignored(column: column, reason: reason))
    }
    return ignored
  }
}
