internal import Foundation
internal import Impact
internal import Yams

/// Reads one Table Schema.
struct SchemaReader {
  let file: DefinitionFile
  let expectedName: String

  init(path: String, expectedName: String) {
    file = DefinitionFile(path: path)
    self.expectedName = expectedName
  }

  func read() -> SchemaSet.Draft? {
    guard let bytes = bytes(), isJSON(bytes), let root = file.root(of: bytes),
      let entries = file.entries(
        of: root, in: "the schema",
        required: ["name", "title", "title_en", "scope", "rank", "fields", "primaryKey"],
        optional: ["foreignKeys"])
    else { return nil }
    let name = file.text(entries["name"], "the name")
    if let name, name != expectedName {
      file.report("name", at: entries["name"], "the name must be that of the file, \"\(expectedName)\"")
    }
    let title = title(entries, "the schema")
    let scope = scope(entries["scope"])
    let rank = file.integer(entries["rank"], "the rank", atLeast: 1)
    var fields: [FactSchema.Field] = []
    for node in file.items(of: entries["fields"], in: "the fields") {
      guard let field = field(node) else { continue }
      if fields.contains(where: { $0.name == field.name }) {
        file.report("duplicate", at: node, "the field \"\(field.name)\" stands twice; keep one")
      }
      fields.append(field)
    }
    if fields.isEmpty { file.report("missing", at: entries["fields"], "the schema has no field; add them") }
    let known = fields.map(\.name)
    let key = names(entries["primaryKey"], "the primary key", among: known)
    // A row cannot be told from another by something it does not have.
    for index in fields.indices where key.contains(fields[index].name) { fields[index].isRequired = true }
    var references: [FactSchema.Reference] = []
    var referenceNodes: [Node] = []
    for node in file.items(of: entries["foreignKeys"], in: "the foreign keys") {
      guard let reference = reference(node, among: known) else { continue }
      references.append(reference)
      referenceNodes.append(node)
    }
    guard let name, let title, let scope, let rank, file.diagnostics.isEmpty else { return nil }
    return SchemaSet.Draft(
      schema: FactSchema(
        name: name, title: title, scope: scope, fields: fields, key: key, references: references),
      rank: rank, path: file.path, rankNode: entries["rank"], referenceNodes: referenceNodes)
  }

  private func bytes() -> [UInt8]? {
    do { return try FileSource.contents(of: file.path, limit: DefinitionFile.Budget.size) } catch {
      for diagnostic in (error as? CaptureError)?.diagnostics ?? [] {
        file.report(diagnostic.code, diagnostic.message)
      }
      return nil
    }
  }

  // The tree is read as YAML, which allows more than JSON; other tools that read these files do not.
  private func isJSON(_ bytes: [UInt8]) -> Bool {
    do {
      _ = try JSONSerialization.jsonObject(with: Data(bytes))
      return true
    } catch {
      // The YAML reader names the place when it stumbles too.
      if file.root(of: bytes) != nil {
        file.report("syntax", "the file is not valid JSON; check its commas, quotes and brackets")
      }
      return false
    }
  }

  private func title(_ entries: [String: Node], _ what: String) -> Localized? {
    guard let french = file.text(entries["title"], "the title of \(what)"),
      let english = file.text(entries["title_en"], "the title_en of \(what)")
    else { return nil }
    return Localized(fr: french, en: english)
  }

  private func scope(_ node: Node?) -> FactSchema.Scope? {
    guard let text = file.text(node, "the scope") else { return nil }
    if let scope = FactSchema.Scope(rawValue: text) { return scope }
    file.report("value", at: node, "the scope cannot be \"\(text)\"; use cooperation, reference or identity")
    return nil
  }

  private func field(_ node: Node) -> FactSchema.Field? {
    guard
      let entries = file.entries(
        of: node, in: "a field", required: ["name", "type", "title", "title_en"], optional: ["constraints"]),
      let name = file.text(entries["name"], "the name of a field")
    else { return nil }
    if !SchemaReader.isIdentifier(name) {
      file.report("name", at: entries["name"], "a field's name is written in lower case with underscores")
    }
    if name == "cooperation_id" {
      file.report(
        "name", at: entries["name"], "\"cooperation_id\" is added by the store; remove it from the file")
    }
    let title = title(entries, "\"\(name)\"")
    guard let kind = file.choice(entries["type"], "the type of \"\(name)\"", FactSchema.Kind.self), let title
    else {
      return nil
    }
    var field = FactSchema.Field(name: name, kind: kind, title: title)
    guard let node = entries["constraints"],
      let constraints = file.entries(
        of: node, in: "the constraints of \"\(name)\"", required: [],
        optional: ["required", "enum", "minimum", "maximum", "pattern", "maxLength"])
    else { return field }
    field.isRequired = file.boolean(constraints["required"], "required") ?? false
    field.maximumLength = file.integer(constraints["maxLength"], "maxLength", atLeast: 1)
    field.minimum = bound(constraints["minimum"], "the minimum", kind)
    field.maximum = bound(constraints["maximum"], "the maximum", kind)
    if let minimum = field.minimum, let maximum = field.maximum,
      !SchemaReader.areOrdered(minimum, maximum, kind)
    {
      file.report("value", at: constraints["maximum"], "the maximum is less than the minimum; exchange them")
    }
    if let pattern = file.text(constraints["pattern"], "the pattern") {
      field.pattern = pattern
      do { _ = try WholePattern(pattern) } catch let problem as WholePattern.Problem {
        file.report("pattern", at: constraints["pattern"], "the pattern is not understood: \(problem.reason)")
      } catch {
        file.report("pattern", at: constraints["pattern"], "the pattern is not understood")
      }
    }
    if let node = constraints["enum"] {
      field.allowed = file.items(of: node, in: "the enum").compactMap { item in
        guard let text = file.text(item, "an allowed value") else { return nil }
        guard let canonical = CellReader.canonical(text, kind) else {
          file.report("value", at: item, "this allowed value is no \(kind.rawValue); correct it")
          return nil
        }
        return canonical
      }
      if field.allowed.isEmpty {
        file.report("value", at: node, "the enum is empty; list its values or remove it")
      }
      if Set(field.allowed).count < field.allowed.count {
        file.report("duplicate", at: node, "the enum lists a value twice; keep one")
      }
    }
    if kind != .string {
      for key in ["pattern", "maxLength"] where constraints[key] != nil {
        file.report("value", at: constraints[key], "\(key) only makes sense for a string; remove it")
      }
    }
    return field
  }

  private func bound(_ node: Node?, _ what: String, _ kind: FactSchema.Kind) -> String? {
    guard let node, let text = file.text(node, what) else { return nil }
    guard kind != .string, kind != .boolean else {
      file.report("value", at: node, "\(what) makes no sense for a \(kind.rawValue); remove it")
      return nil
    }
    guard let canonical = CellReader.canonical(text, kind) else {
      file.report("value", at: node, "\(what) is no \(kind.rawValue); correct it")
      return nil
    }
    return canonical
  }

  private static func areOrdered(_ low: String, _ high: String, _ kind: FactSchema.Kind) -> Bool {
    switch kind {
    case .integer, .number: NumberText.compare(low, high) <= 0
    default: low <= high
    }
  }

  private func reference(_ node: Node, among known: [String]) -> FactSchema.Reference? {
    guard let entries = file.entries(of: node, in: "a foreign key", required: ["fields", "reference"]),
      let target = entries["reference"],
      let targetEntries = file.entries(of: target, in: "a reference", required: ["resource", "fields"]),
      let resource = file.text(targetEntries["resource"], "the resource")
    else { return nil }
    let fields = names(entries["fields"], "the foreign key", among: known)
    let targets = names(targetEntries["fields"], "the reference", among: nil)
    guard fields.count == targets.count else {
      file.report(
        "reference", at: node, "the foreign key has \(fields.count) fields but points to \(targets.count)")
      return nil
    }
    return FactSchema.Reference(fields: fields, entity: resource, targetFields: targets)
  }

  /// One name or a list of names of fields.
  private func names(_ node: Node?, _ what: String, among known: [String]?) -> [String] {
    guard let node else { return [] }
    let nodes = node.scalar == nil ? file.items(of: node, in: what) : [node]
    var names: [String] = []
    for node in nodes {
      guard let name = file.text(node, "a field of \(what)") else { continue }
      if let known, !known.contains(name) {
        file.report(
          "field", at: node,
          "\(what) names no field of this schema: \"\(name)\"\(NearestName.hint(for: name, among: known))"
        )
      }
      if names.contains(name) {
        file.report("duplicate", at: node, "\(what) names \"\(name)\" twice; keep one")
      }
      names.append(name)
    }
    if names.isEmpty { file.report("missing", at: node, "\(what) names no field; name them") }
    return names
  }

  private static func isIdentifier(_ name: String) -> Bool {
    guard let first = name.utf8.first, (0x61...0x7A).contains(first) else { return false }
    return name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
  }
}
