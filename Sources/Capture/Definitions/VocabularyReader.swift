internal import Impact
internal import Yams

/// Reads the words definitions may use.
///
/// They stand in `facts.yaml`:
///
///     entities:
///       - name: exits                     # also the name of its view
///         label: { fr: "Sorties", en: "Exits" }
///         date: exited_on                 # the date field a row is counted at
///         until: ended_on                 # optional: the field of the last day of what lasts
///         rows: events                    # events | people | linked (when left out): see Vocabulary.Rows
///         fields:
///           - name: class
///             kind: category              # category | code | boolean | number | date
///             label: { fr: "Type de sortie", en: "Kind of exit" }
///             unknown: not-collected      # optional: one unknown answer makes unknown what is counted by it
///             values:                     # categories only
///               - { code: durable, label: { fr: "Durable", en: "Lasting" } }
///
/// Every entity lists all its fields: nothing is shared between entities, so that each reads alone.
/// `VocabularyReader+Definitions.swift` reads what says how rows and fields are made.
struct VocabularyReader {
  let file: DefinitionFile
  /// The shapes of files and reference tables, `nil` when there are none to hold the words against.
  var schemas: SchemaSet?
  /// Whether these are the definitions of a release: what is asked since it was made is not asked of them.
  var isKept = false

  func read() -> Vocabulary? {
    guard let root = file.load(), let entries = file.entries(of: root, in: "the file", required: ["entities"])
    else {
      return nil
    }
    var entities: [Vocabulary.Entity] = []
    for node in file.items(of: entries["entities"], in: "entities") {
      guard let entity = entity(node) else { continue }
      if entities.contains(where: { $0.name == entity.name }) {
        file.report("duplicate", at: node, "the entity \"\(entity.name)\" stands twice; keep one")
      }
      entities.append(entity)
    }
    for entity in entities { check(entity, among: entities, at: entries["entities"]) }
    return Vocabulary(entities: entities)
  }

  private func entity(_ node: Node) -> Vocabulary.Entity? {
    guard
      let entries = file.entries(
        of: node, in: "an entity", required: ["name", "label", "date", "fields"],
        optional: ["until", "rows", "definition", "files", "told_in", "inputs", "fixed", "compared_by"]),
      let name = name(entries["name"], "the name of an entity"),
      let label = file.localized(entries["label"], "the label of \"\(name)\""),
      let date = self.name(entries["date"], "the date of \"\(name)\"")
    else { return nil }
    let until = self.name(entries["until"], "the until of \"\(name)\"")
    let rows =
      entries["rows"].map { file.choice($0, "the rows of \"\(name)\"", Vocabulary.Rows.self) } ?? .linked
    guard let rows else { return nil }
    var fields: [Vocabulary.Field] = []
    var reasons: [(field: Int, node: Node)] = []
    let files = words(entries["files"], "the files of \"\(name)\"")
    for node in file.items(of: entries["fields"], in: "the fields of \"\(name)\"") {
      guard let field = field(node, of: name) else { continue }
      if let list = node.mapping?["reasons"] { reasons.append((fields.count, list)) }
      checkDefinition(of: field, in: name, madeFrom: files, at: node)
      if fields.contains(where: { $0.name == field.name }) {
        file.report(
          "duplicate", at: node, "the field \"\(field.name)\" stands twice in \"\(name)\"; keep one")
      }
      // The dates may be fields too; then they are dates.
      if field.name == date || field.name == until, field.kind != .date {
        file.report(
          "type", at: node, "\"\(field.name)\" dates the rows of \"\(name)\"; its kind must be date")
      }
      fields.append(field)
    }
    var entity = Vocabulary.Entity(
      name: name, label: label, date: date, until: until, rows: rows, fields: fields,
      definition: file.localized(entries["definition"], "the definition of \"\(name)\""), files: files,
      toldIn: entries["told_in"].map { toldIn($0, of: name, files) },
      inputs: inputs(entries["inputs"], of: name), fixed: fixed(entries["fixed"], of: name, fields),
      comparedBy: comparedBy(entries["compared_by"], of: name, fields))
    // A reason is about other fields of the row, whatever their order.
    for (index, node) in reasons {
      entity.fields[index].reasons = self.reasons(node, of: fields[index], in: entity)
    }
    return entity
  }

  /// The files that tell of an entity's rows are some of those it is made from.
  private func toldIn(_ node: Node, of entity: String, _ files: [String]) -> [String] {
    let told = words(node, "told_in of \"\(entity)\"")
    for name in told where !files.contains(name) {
      file.report(
        "name", at: node,
        "\"\(name)\" is not among the files of \"\(entity)\"; name some of \(files.joined(separator: ", "))")
    }
    return told
  }

  private func field(_ node: Node, of entity: String) -> Vocabulary.Field? {
    guard
      let entries = file.entries(
        of: node, in: "a field of \"\(entity)\"", required: ["name", "kind", "label"],
        optional: ["values", "unknown", "definition", "tables", "reasons"]),
      let name = name(entries["name"], "the name of a field of \"\(entity)\"")
    else { return nil }
    let kind = file.choice(entries["kind"], "the kind of \"\(entity).\(name)\"", Vocabulary.Field.Kind.self)
    let label = file.localized(entries["label"], "the label of \"\(entity).\(name)\"")
    guard let kind, let label else { return nil }
    if kind == .category, entries["values"] == nil {
      file.report("missing", at: node, "the category \"\(entity).\(name)\" lacks its values; list them")
    }
    if kind != .category, entries["values"] != nil {
      file.report(
        "value", at: entries["values"], "only a category has values; remove them from \"\(entity).\(name)\"")
    }
    var values: [(code: String, label: Localized)] = []
    for node in file.items(of: entries["values"], in: "the values of \"\(entity).\(name)\"") {
      guard
        let entries = file.entries(
          of: node, in: "a value of \"\(entity).\(name)\"", required: ["code", "label"]),
        let code = file.text(entries["code"], "the code of a value"),
        let label = file.localized(entries["label"], "the label of \"\(code)\"")
      else { continue }
      if values.contains(where: { $0.code == code }) {
        file.report(
          "duplicate", at: node, "the value \"\(code)\" stands twice in \"\(entity).\(name)\"; keep one")
      }
      values.append((code, label))
    }
    var field = Vocabulary.Field(
      name: name, kind: kind, label: label, values: values,
      definition: file.localized(entries["definition"], "the definition of \"\(entity).\(name)\""),
      tables: tables(entries["tables"], of: "\(entity).\(name)"))
    field.isAnswerRequired =
      file.choice(entries["unknown"], "unknown of \"\(entity).\(name)\"", Vocabulary.Unknown.self)
      == .notCollected
    return field
  }

  /// A name that is also an SQL identifier.
  func name(_ node: Node?, _ what: String) -> String? {
    guard let text = file.text(node, what) else { return nil }
    let bytes = Array(text.utf8)
    guard let first = bytes.first, (0x61...0x7A).contains(first), bytes.count <= 63,
      bytes.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F })
    else {
      file.report("name", at: node, "\(what) is written in lower case with underscores")
      return nil
    }
    return text
  }
}
