internal import Impact
internal import Yams

/// How rows and fields are made:
///
///     - name: exits
///       definition: { fr: "…", en: "…" }       # which rows there are, where that is not one file's
///       files: [exit, pathway]                 # what rows are made from, the one that makes a row first
///       fixed: { participant: [sex, rsa] }     # one value for each participant, whatever the row
///       compared_by: [registration, rsa]       # what tells people apart when rates are compared, most telling first
///       inputs:                                # rows of other entities that go into one row
///         - { entity: activity, match: { pathway: pathway }, span: year, decides: [examined] }
///       fields:
///         - name: examined
///           definition: { fr: "…", en: "…" }   # required of what is no column of the files
///           tables: [exit_motif]               # reference tables it is computed with
///           reasons:                           # why it is not yes: of a row the first that holds
///             - { where: { siae: false }, label: { fr: "…", en: "…" } }
extension VocabularyReader {
  /// The shapes of files that fields must come from, `nil` where that is not asked.
  private var filesAsked: SchemaSet? {
    guard !isKept, let schemas, schemas.schemas.contains(where: { $0.scope == .cooperation }) else {
      return nil
    }
    return schemas
  }

  /// What is no column of the files, as it was sent, says how it is computed.
  func checkDefinition(
    of field: Vocabulary.Field, in entity: String, madeFrom files: [String], at node: Node
  ) {
    guard let schemas = filesAsked, field.definition == nil else { return }
    let isSent = files.contains { schemas.schema(named: $0)?.field(field.name) != nil }
    if !isSent {
      file.report(
        "missing", at: node,
        "\"\(entity).\(field.name)\" is no column of the files of \"\(entity)\", so it lacks its definition; say in fr and en how it is computed"
      )
    }
  }

  /// What only the whole vocabulary can judge.
  func check(_ entity: Vocabulary.Entity, among entities: [Vocabulary.Entity], at node: Node?) {
    if let schemas {
      if entity.files.isEmpty, filesAsked != nil {
        file.report(
          "missing", at: node, "\"\(entity.name)\" lacks its files; list those its rows are made from")
      }
      let known = schemas.schemas.filter { $0.scope == .cooperation }.map(\.name) + ["import"]
      for name in entity.files where !known.contains(name) {
        file.report(
          "value", at: node,
          "the files of \"\(entity.name)\" cannot be \"\(name)\"\(NearestName.hint(for: name, among: known)); use names of schemas/"
        )
      }
      let tables = schemas.schemas.filter { $0.scope == .reference }
      for table in entity.fields.flatMap(\.tables) {
        guard let schema = tables.first(where: { $0.name == table.name }) else {
          file.report(
            "value", at: node,
            "there is no reference table \"\(table.name)\"\(NearestName.hint(for: table.name, among: tables.map(\.name)))"
          )
          continue
        }
        for column in table.only.keys.sorted() where schema.field(column) == nil {
          file.report(
            "field", at: node,
            "the table \"\(table.name)\" has no column \"\(column)\"\(NearestName.hint(for: column, among: schema.fields.map(\.name)))"
          )
        }
      }
    }
    for input in entity.inputs {
      guard let other = entities.first(where: { $0.name == input.entity }) else {
        file.report(
          "entity", at: node,
          "an input of \"\(entity.name)\" cannot be \"\(input.entity)\"\(NearestName.hint(for: input.entity, among: entities.map(\.name)))"
        )
        continue
      }
      for name in input.decides where entity.field(name) == nil {
        file.report("field", at: node, "\"\(entity.name)\" has no field \"\(name)\" for an input to decide")
      }
      for (theirs, own) in input.match.sorted(by: { $0.key < $1.key }) {
        for (name, of) in [(theirs, other), (own, entity)] where of.field(name) == nil {
          file.report(
            "field", at: node,
            "\"\(of.name)\" has no field \"\(name)\"\(NearestName.hint(for: name, among: of.fields.map(\.name)))"
          )
        }
      }
    }
  }

  /// Plain words of a list.
  func words(_ node: Node?, _ what: String) -> [String] {
    file.items(of: node, in: what, atMost: IndicatorReader.Limit.words).compactMap { self.name($0, what) }
  }

  func inputs(_ node: Node?, of entity: String) -> [Vocabulary.Input] {
    file.items(of: node, in: "the inputs of \"\(entity)\"", atMost: 8).compactMap {
      node -> Vocabulary.Input? in
      guard
        let entries = file.entries(
          of: node, in: "an input of \"\(entity)\"", required: ["entity", "match", "span"],
          optional: ["decides"]),
        let other = name(entries["entity"], "the entity of an input"),
        let span = file.choice(entries["span"], "the span of an input", Vocabulary.Input.Span.self)
      else { return nil }
      return Vocabulary.Input(
        entity: other, match: pairs(entries["match"], "the match of an input"), span: span,
        decides: words(entries["decides"], "what an input decides"))
    }
  }

  func fixed(_ node: Node?, of entity: String, _ fields: [Vocabulary.Field]) -> [String: [String]] {
    guard let node else { return [:] }
    guard case .mapping(let mapping) = node else {
      file.report("type", at: node, "fixed must be a mapping from a field to those that are fixed for it")
      return [:]
    }
    var found: [String: [String]] = [:]
    for (key, value) in mapping {
      guard let name = name(key, "a key of fixed") else { continue }
      found[name] = words(value, "the fields fixed for \"\(name)\"")
      for word in [name] + (found[name] ?? []) where !fields.contains(where: { $0.name == word }) {
        file.report(
          "field", at: key,
          "\"\(entity)\" has no field \"\(word)\"\(NearestName.hint(for: word, among: fields.map(\.name)))")
      }
    }
    return found
  }

  /// What tells people apart when rates are compared.
  ///
  /// A release made before the order was declared is compared by the features that were then fixed, all at once; the order
  /// declared since says which is let go first.
  func comparedBy(_ node: Node?, of entity: String, _ fields: [Vocabulary.Field]) -> [String] {
    guard let node else {
      guard isKept, entity == "exits" else { return [] }
      return ["registration", "rsa", "age_group", "sex"].filter { name in
        fields.contains { $0.name == name }
      }
    }
    let names = words(node, "what \"\(entity)\" is compared by")
    for (index, name) in names.enumerated() {
      guard let field = fields.first(where: { $0.name == name }) else {
        file.report(
          "field", at: node,
          "\"\(entity)\" has no field \"\(name)\"\(NearestName.hint(for: name, among: fields.map(\.name)))")
        continue
      }
      if field.kind != .category, field.kind != .boolean {
        file.report(
          "type", at: node,
          "people are told apart by a category or a yes-or-no field; remove \"\(name)\" from compared_by")
      }
      if Sensitivity.healthFields.contains(name) {
        file.report(
          "value", at: node,
          "\"\(name)\" tells of health, by which nobody is compared; remove it from compared_by")
      }
      if names[..<index].contains(name) {
        file.report("duplicate", at: node, "\"\(name)\" stands twice in compared_by; keep the first")
      }
    }
    return names
  }

  func tables(_ node: Node?, of what: String) -> [Vocabulary.Table] {
    file.items(of: node, in: "the tables of \"\(what)\"", atMost: 8).compactMap {
      node -> Vocabulary.Table? in
      if node.scalar != nil { return name(node, "a table of \"\(what)\"").map { Vocabulary.Table(name: $0) } }
      guard let entries = file.entries(of: node, in: "a table of \"\(what)\"", required: ["name", "only"]),
        let name = name(entries["name"], "a table of \"\(what)\"")
      else { return nil }
      return Vocabulary.Table(name: name, only: pairs(entries["only"], "only of the table \"\(name)\""))
    }
  }

  func reasons(
    _ node: Node, of field: Vocabulary.Field, in entity: Vocabulary.Entity
  ) -> [Vocabulary.Reason] {
    if field.kind != .boolean {
      file.report("value", at: node, "only a yes-or-no field has reasons; remove them from \"\(field.name)\"")
    }
    // Conditions read as those of indicators do.
    let reader = IndicatorReader(
      file: file, dimension: "", expectedID: "", vocabulary: Vocabulary(entities: [entity]))
    return file.items(of: node, in: "the reasons of \"\(field.name)\"", atMost: 16).compactMap {
      node -> Vocabulary.Reason? in
      guard
        let entries = file.entries(
          of: node, in: "a reason of \"\(field.name)\"", required: ["where", "label"]),
        let test = entries["where"],
        let label = file.localized(entries["label"], "the label of a reason of \"\(field.name)\"")
      else { return nil }
      return Vocabulary.Reason(conditions: reader.conditions(test, on: entity), label: label)
    }
  }

  /// A mapping from words to texts.
  private func pairs(_ node: Node?, _ what: String) -> [String: String] {
    guard let node else { return [:] }
    guard case .mapping(let mapping) = node else {
      file.report("type", at: node, "\(what) must be a mapping from names to names")
      return [:]
    }
    var found: [String: String] = [:]
    for (key, value) in mapping {
      if let name = name(key, "a key of \(what)"), let text = file.text(value, what) { found[name] = text }
    }
    return found
  }
}
