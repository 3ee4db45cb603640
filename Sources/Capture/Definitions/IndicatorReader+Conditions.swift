internal import Impact
internal import Yams

extension IndicatorReader {
  func conditions(_ node: Node, on entity: Vocabulary.Entity) -> [Condition] {
    guard case .mapping(let mapping) = node else {
      file.report("type", at: node, "where must be a mapping from fields to what they must be")
      return []
    }
    guard mapping.count <= Limit.conditions else {
      file.report(
        "budget", at: node,
        "a term has at most \(Limit.conditions) conditions, not \(mapping.count); keep the needed ones")
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
        optional: ["at_least", "less_than", "within_months", "known"])
    else { return [] }
    var found: [Condition] = []
    for (key, make) in [("at_least", Condition.Test.atLeast), ("less_than", Condition.Test.lessThan)] {
      guard let bound = entries[key], isOf(.number, field, key, at: bound) else { continue }
      if let text = file.decimalText(bound, key) { found.append(Condition(field.name, make(text))) }
    }
    if let months = entries["within_months"], isOf(.date, field, "within_months", at: months),
      let count = file.integer(months, "within_months", atLeast: 1)
    {
      if count > Limit.months {
        file.report("value", at: months, "within_months is \(Limit.months) at most; correct it")
      }
      found.append(Condition(field.name, .withinMonths(count)))
    }
    if let known = file.boolean(entries["known"], "known") {
      found.append(Condition(field.name, .known(known)))
    }
    if entries.isEmpty, node.mapping?.isEmpty == true {
      file.report("value", at: node, "the test of \"\(field.name)\" is empty; say what it must be")
    }
    return found
  }

  private func isOf(
    _ kind: Vocabulary.Field.Kind, _ field: Vocabulary.Field, _ key: String, at node: Node
  ) -> Bool {
    guard field.kind != kind else { return true }
    file.report(
      "type", at: node, "\(key) tests a \(kind.rawValue), but \"\(field.name)\" is a \(field.kind.rawValue)")
    return false
  }

  private func equality(_ node: Node, _ field: Vocabulary.Field) -> Condition.Test? {
    switch field.kind {
    case .boolean: return file.boolean(node, "\"\(field.name)\"").map(Condition.Test.isTrue)
    case .number:
      if let text = node.scalar?.string, DefinitionFile.isDecimal(text) { return .equalTo(text) }
      file.report(
        "type", at: node,
        "\"\(field.name)\" must be a number such as 12 or 0.5, or a test such as { at_least: 12 }")
      return nil
    case .date:
      file.report(
        "type", at: node, "\"\(field.name)\" is a date; test it with { within_months: … } or { known: … }")
      return nil
    case .category, .code:
      let nodes =
        node.scalar == nil ? file.items(of: node, in: "\"\(field.name)\"", atMost: Limit.values) : [node]
      var values: [String] = []
      for node in nodes {
        guard let value = file.text(node, "a value of \"\(field.name)\"") else { continue }
        check(value, of: field, at: node)
        if values.contains(value) {
          file.report("duplicate", at: node, "\"\(value)\" stands twice; keep one")
        }
        values.append(value)
      }
      if node.sequence?.isEmpty == true {
        file.report("value", at: node, "\"\(field.name)\" lists no value; list them")
      }
      return .oneOf(values)
    }
  }

  func check(_ value: String, of field: Vocabulary.Field, at node: Node) {
    let codes = field.values.map(\.code)
    guard field.kind == .category, !codes.contains(value) else { return }
    file.report(
      "value", at: node,
      "\"\(field.name)\" cannot be \"\(value)\"\(NearestName.hint(for: value, among: codes)); use \(DefinitionFile.list(codes, "or"))"
    )
  }
}
