internal import Impact
internal import Yams

/// Reads one indicator (`Indicators/<dimension>/<id>.yaml`) and checks it against the vocabulary.
struct IndicatorReader {
  /// Kinds of structure an indicator may be limited to.
  static let structureKinds = ["EI", "ETTI", "ACI", "AI", "EITI", "EA", "ESAT", "GEIQ"]
  private static let measureKinds = [
    "count", "distinct", "sum", "ratio", "stock", "duration", "cumulative", "observed",
  ]
  private static let frames = ["iris", "sdg", "fse", "cids"]

  let file: DefinitionFile
  let dimension: String
  let expectedID: String
  /// `nil` when `facts.yaml` itself could not be read: then only the form is checked.
  let vocabulary: Vocabulary?

  func read() -> Indicator? {
    guard let root = file.load(),
      let entries = file.entries(
        of: root, in: "the indicator",
        required: ["id", "version", "label", "question", "unit", "direction", "kind", "source", "limits"],
        optional: [
          "headline", "window", "numerator", "denominator", "cohort", "term", "breakdowns", "applies_to",
          "example",
          "mappings",
        ])
    else { return nil }
    let id = file.text(entries["id"], "the id")
    if let id, id != expectedID {
      file.report("name", at: entries["id"], "the id must be the name of the file, \"\(expectedID)\"")
    }
    let version = file.integer(entries["version"], "the version", atLeast: 1)
    let label = file.localized(entries["label"], "the label")
    let question = file.localized(entries["question"], "the question")
    let unit = file.choice(entries["unit"], "the unit", Unit.self)
    let direction = file.choice(entries["direction"], "the direction", Direction.self)
    let source = file.localized(entries["source"], "the source")
    let limits = file.localized(entries["limits"], "the limits")
    let isHeadline = file.boolean(entries["headline"], "headline") ?? false
    let measure = measure(entries, root)
    let window = window(entries["window"], measure)
    let breakdowns = breakdowns(entries["breakdowns"], measure)
    let appliesTo = words(entries["applies_to"], "applies_to", among: IndicatorReader.structureKinds)
    let example = example(entries["example"], measure)
    let mappings = mappings(entries["mappings"])
    if case .duration = measure, let unit, unit != .days {
      file.report("value", at: entries["unit"], "a duration is counted in days; write unit: days")
    }
    guard let id, let version, let label, let question, let unit, let direction, let measure, let source,
      let limits
    else { return nil }
    return Indicator(
      id: id, version: version, dimension: dimension, label: label, question: question, unit: unit,
      direction: direction, measure: measure, window: window, breakdowns: breakdowns, appliesTo: appliesTo,
      source: source, limits: limits, example: example, mappings: mappings, isHeadline: isHeadline)
  }

  // MARK: Measure

  private func measure(_ entries: [String: Node], _ root: Node) -> Measure? {
    guard let kindNode = entries["kind"], let kind = file.text(kindNode, "the kind") else { return nil }
    guard IndicatorReader.measureKinds.contains(kind) else {
      file.report(
        "value", at: kindNode,
        "the kind cannot be \"\(kind)\"\(NearestName.hint(for: kind, among: IndicatorReader.measureKinds)); use \(DefinitionFile.list(IndicatorReader.measureKinds, "or"))"
      )
      return nil
    }
    if kind == "ratio" {
      if let term = entries["term"] {
        file.report("key", at: term, "a ratio has a numerator and a denominator, no term; remove it")
      }
      for key in ["numerator", "denominator"] where entries[key] == nil {
        file.report("missing", at: root, "a ratio needs a \(key); add it")
      }
      let parts: [Term.Function] = [.count, .distinct, .sum, .stock]
      let numerator = entries["numerator"].flatMap { term($0, "the numerator", parts) }
      let denominator = entries["denominator"].flatMap { term($0, "the denominator", parts) }
      let cohort = entries["cohort"].flatMap(cohort)
      guard let numerator, let denominator else { return nil }
      return .ratio(numerator: numerator, denominator: denominator, cohort: cohort)
    }
    for key in ["numerator", "denominator", "cohort"] {
      if let node = entries[key] {
        file.report("key", at: node, "only a ratio has a \(key); remove it, or write kind: ratio")
      }
    }
    guard let node = entries["term"] else {
      file.report("missing", at: root, "the indicator lacks its term; add it")
      return nil
    }
    let functions: [Term.Function] =
      switch kind {
      case "count": [.count]
      case "distinct": [.distinct]
      case "stock": [.stock]
      case "duration": [.mean]
      default: [.sum]
      }
    guard let term = term(node, "the term of a \(kind)", functions) else { return nil }
    return switch kind {
    case "count": .count(term)
    case "distinct": .distinct(term)
    case "sum": .sum(term)
    case "stock": .stock(term)
    case "duration": .duration(term)
    case "cumulative": .cumulative(term)
    default: .observed(term)
    }
  }

  private func cohort(_ node: Node) -> Measure.Cohort? {
    guard let entries = file.entries(of: node, in: "the cohort", required: ["followed", "due", "observed"])
    else {
      return nil
    }
    func part(_ name: String) -> Term? {
      entries[name].flatMap { term($0, "\(name) of the cohort", [.count, .distinct]) }
    }
    guard let followed = part("followed"), let due = part("due"), let observed = part("observed") else {
      return nil
    }
    return Measure.Cohort(followed: followed, due: due, observed: observed)
  }

  private func term(_ node: Node, _ what: String, _ functions: [Term.Function]) -> Term? {
    let names = Term.Function.allCases.map(\.rawValue)
    guard let entries = file.entries(of: node, in: what, required: ["absent"], optional: names + ["where"])
    else {
      return nil
    }
    let absent = file.choice(entries["absent"], "absent", Term.Fill.self)
    let found = Term.Function.allCases.filter { entries[$0.rawValue] != nil }
    guard let function = found.first, found.count == 1, let target = entries[function.rawValue] else {
      file.report(
        "value", at: node, "\(what) must have exactly one of \(DefinitionFile.list(names, "or"))")
      return nil
    }
    guard functions.contains(function) else {
      file.report(
        "value", at: target,
        "\(what) cannot be a \(function.rawValue); use \(DefinitionFile.list(functions.map(\.rawValue), "or"))"
      )
      return nil
    }
    guard let path = file.text(target, "\(function.rawValue) of \(what)") else { return nil }
    let parts = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let needsField = function != .count && function != .stock
    guard parts.count == (needsField ? 2 : 1), !parts.contains("") else {
      file.report(
        "value", at: target,
        needsField
          ? "\(function.rawValue) needs a field; write \(function.rawValue): entity.field"
          : "\(function.rawValue) takes rows, not a field; write \(function.rawValue): entity")
      return nil
    }
    guard let vocabulary else { return nil }
    guard let entity = vocabulary.entity(parts[0]) else {
      file.report(
        "entity", at: target,
        "facts.yaml has no entity \"\(parts[0])\"\(NearestName.hint(for: parts[0], among: vocabulary.entities.map(\.name)))"
      )
      return nil
    }
    if function == .stock, entity.until == nil {
      file.report(
        "entity", at: target,
        "\"\(entity.name)\" has no until in facts.yaml, so none of its rows lasts; count it instead")
    }
    if parts.count == 2 {
      guard let field = field(parts[1], of: entity, at: target) else { return nil }
      let kinds: [Vocabulary.Field.Kind] = function == .distinct ? [.code, .category] : [.number]
      if !kinds.contains(field.kind) {
        file.report(
          "type", at: target,
          "\"\(path)\" is a \(field.kind.rawValue); \(function.rawValue) takes a \(DefinitionFile.list(kinds.map(\.rawValue), "or"))"
        )
      }
    }
    let conditions = entries["where"].map { self.conditions($0, on: entity) } ?? []
    guard let absent else { return nil }
    return Term(
      function, of: entity.name, field: parts.count == 2 ? parts[1] : nil, where: conditions, absent: absent)
  }

  private func field(_ name: String, of entity: Vocabulary.Entity, at node: Node) -> Vocabulary.Field? {
    if let field = entity.field(name) { return field }
    file.report(
      "field", at: node,
      "\"\(entity.name)\" has no field \"\(name)\"\(NearestName.hint(for: name, among: entity.fields.map(\.name)))"
    )
    return nil
  }

  // MARK: Conditions

  private func conditions(_ node: Node, on entity: Vocabulary.Entity) -> [Condition] {
    guard case .mapping(let mapping) = node else {
      file.report("type", at: node, "where must be a mapping from fields to what they must be")
      return []
    }
    return mapping.flatMap { key, value -> [Condition] in
      guard let name = key.scalar?.string else {
        file.report("key", at: key, "a key of where must be a field")
        return []
      }
      guard let field = field(name, of: entity, at: key) else { return [] }
      if case .mapping = value { return comparisons(value, field) }
      return equality(value, field).map { [Condition(field.name, $0)] } ?? []
    }
  }

  private func comparisons(_ node: Node, _ field: Vocabulary.Field) -> [Condition] {
    guard
      let entries = file.entries(
        of: node, in: "the test of \"\(field.name)\"", required: [],
        optional: ["at_least", "less_than", "known"])
    else { return [] }
    var found: [Condition] = []
    for (key, make) in [("at_least", Condition.Test.atLeast), ("less_than", Condition.Test.lessThan)] {
      guard let bound = entries[key] else { continue }
      guard field.kind == .number else {
        file.report(
          "type", at: bound, "\(key) tests a number, but \"\(field.name)\" is a \(field.kind.rawValue)")
        continue
      }
      if let text = file.decimalText(bound, key) { found.append(Condition(field.name, make(text))) }
    }
    if let known = file.boolean(entries["known"], "known") {
      found.append(Condition(field.name, .known(known)))
    }
    if entries.isEmpty {
      file.report("value", at: node, "the test of \"\(field.name)\" is empty; say what it must be")
    }
    return found
  }

  private func equality(_ node: Node, _ field: Vocabulary.Field) -> Condition.Test? {
    switch field.kind {
    case .boolean: return file.boolean(node, "\"\(field.name)\"").map(Condition.Test.isTrue)
    case .number, .date:
      file.report(
        "type", at: node,
        field.kind == .number
          ? "\"\(field.name)\" is a number; test it with { at_least: …, less_than: … } or { known: … }"
          : "\"\(field.name)\" is a date; test it with { known: … } only")
      return nil
    case .category, .code:
      let nodes = node.scalar == nil ? file.items(of: node, in: "\"\(field.name)\"") : [node]
      var values: [String] = []
      for node in nodes {
        guard let value = file.text(node, "a value of \"\(field.name)\"") else { continue }
        check(value, of: field, at: node)
        if values.contains(value) {
          file.report("duplicate", at: node, "\"\(value)\" stands twice; keep one")
        }
        values.append(value)
      }
      if nodes.isEmpty { file.report("value", at: node, "\"\(field.name)\" lists no value; list them") }
      return .oneOf(values)
    }
  }

  private func check(_ value: String, of field: Vocabulary.Field, at node: Node) {
    let codes = field.values.map(\.code)
    guard field.kind == .category, !codes.contains(value) else { return }
    file.report(
      "value", at: node,
      "\"\(field.name)\" cannot be \"\(value)\"\(NearestName.hint(for: value, among: codes)); use \(DefinitionFile.list(codes, "or"))"
    )
  }

  // MARK: The rest

  private func window(_ node: Node?, _ measure: Measure?) -> Window {
    let window = file.choice(node, "the window", Window.self)
    guard case .cumulative = measure else { return window ?? .quarter }
    if let window, window != .sinceStart {
      file.report(
        "value", at: node,
        "a cumulative indicator looks since the start; write window: since-start or nothing")
    }
    return .sinceStart
  }

  private func breakdowns(_ node: Node?, _ measure: Measure?) -> [String] {
    var names: [String] = []
    for node in file.items(of: node, in: "breakdowns") {
      guard let name = file.text(node, "a breakdown") else { continue }
      if names.contains(name) { file.report("duplicate", at: node, "\"\(name)\" stands twice; keep one") }
      names.append(name)
      for entity in Set((measure?.terms ?? []).map(\.entity)).sorted().compactMap({ vocabulary?.entity($0) })
      {
        guard let field = field(name, of: entity, at: node) else { continue }
        if field.kind == .number || field.kind == .date {
          file.report(
            "type", at: node,
            "\"\(name)\" is a \(field.kind.rawValue); break down by a category, code or boolean")
        }
      }
    }
    return names
  }

  private func words(_ node: Node?, _ what: String, among known: [String]) -> [String] {
    var found: [String] = []
    for node in file.items(of: node, in: what) {
      guard let word = file.text(node, "a value of \(what)") else { continue }
      if !known.contains(word) {
        file.report(
          "value", at: node,
          "\(what) cannot be \"\(word)\"\(NearestName.hint(for: word, among: known)); use \(DefinitionFile.list(known, "or"))"
        )
      }
      if found.contains(word) { file.report("duplicate", at: node, "\"\(word)\" stands twice; keep one") }
      found.append(word)
    }
    return found
  }

  private func mappings(_ node: Node?) -> [String: String] {
    guard let node,
      let entries = file.entries(of: node, in: "mappings", required: [], optional: IndicatorReader.frames)
    else { return [:] }
    var found: [String: String] = [:]
    for (frame, node) in entries.sorted(by: { $0.key < $1.key }) {
      if let code = file.text(node, "the code of \(frame)") { found[frame] = code }
    }
    return found
  }

  private func example(_ node: Node?, _ measure: Measure?) -> WorkedExample? {
    guard let node,
      let entries = file.entries(
        of: node, in: "the example", required: ["text", "rows", "value"],
        optional: ["numerator", "denominator"])
    else { return nil }
    let text = file.localized(entries["text"], "the text of the example")
    // A written `null` expects an absence; a forgotten value would do so silently.
    let isAbsent = ["null", "~"].contains(entries["value"]?.scalar?.string)
    let value = isAbsent ? nil : file.decimal(entries["value"], "the value of the example")
    let numerator = file.decimal(entries["numerator"], "the numerator of the example")
    let denominator = file.decimal(entries["denominator"], "the denominator of the example")
    if let measure, measure.kind != "ratio" {
      for key in ["numerator", "denominator"] {
        if let node = entries[key] { file.report("key", at: node, "only a ratio has a \(key); remove it") }
      }
    }
    let rows = entries["rows"].map(rows) ?? [:]
    guard let text, value != nil || isAbsent else { return nil }
    return WorkedExample(text: text, rows: rows, value: value, numerator: numerator, denominator: denominator)
  }

  private func rows(_ node: Node) -> [String: [[String: String]]] {
    guard case .mapping(let mapping) = node else {
      file.report(
        "type", at: node, "the rows of the example must be a mapping from entities to lists of rows")
      return [:]
    }
    var found: [String: [[String: String]]] = [:]
    for (key, value) in mapping {
      guard let vocabulary, let name = key.scalar?.string else { continue }
      guard let entity = vocabulary.entity(name) else {
        file.report(
          "entity", at: key,
          "facts.yaml has no entity \"\(name)\"\(NearestName.hint(for: name, among: vocabulary.entities.map(\.name)))"
        )
        continue
      }
      found[name] = file.items(of: value, in: "the rows of \"\(name)\"").map { row($0, of: entity) }
    }
    return found
  }

  private func row(_ node: Node, of entity: Vocabulary.Entity) -> [String: String] {
    guard case .mapping(let mapping) = node else {
      file.report("type", at: node, "a row must be a mapping from fields to values")
      return [:]
    }
    var found: [String: String] = [:]
    for (key, value) in mapping {
      guard let name = key.scalar?.string else { continue }
      let isDate = name == entity.date || name == entity.until
      let kind: Vocabulary.Field.Kind
      if isDate {
        kind = .date
      } else {
        guard let field = field(name, of: entity, at: key) else { continue }
        kind = field.kind
      }
      guard let text = file.text(value, "\"\(name)\"") else { continue }
      switch kind {
      case .boolean: _ = file.boolean(value, "\"\(name)\"")
      case .number: _ = file.decimalText(value, "\"\(name)\"")
      case .date:
        if Day(text) == nil { file.report("type", at: value, "\"\(name)\" must be a day such as 2026-03-31") }
      case .category: if let field = entity.field(name) { check(text, of: field, at: value) }
      case .code: break
      }
      found[name] = text
    }
    return found
  }
}
