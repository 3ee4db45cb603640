internal import Impact
internal import Yams

extension IndicatorReader {
  func example(_ node: Node?, _ measure: Measure?) -> WorkedExample? {
    guard let node,
      let entries = file.entries(
        of: node, in: "the example", required: ["text", "value"],
        optional: ["rows", "operands", "parameters", "numerator", "denominator"])
    else { return nil }
    let text = file.localized(entries["text"], "the text of the example")
    // A written `null` expects an absence; a forgotten value would do so silently.
    let isAbsent = ["null", "~"].contains(entries["value"]?.scalar?.string)
    let value = isAbsent ? nil : file.decimal(entries["value"], "the value of the example")
    let numerator = file.decimal(entries["numerator"], "the numerator of the example")
    let denominator = file.decimal(entries["denominator"], "the denominator of the example")
    if let measure, !["ratio", "incidence"].contains(measure.kind), measure.expression?.division == nil {
      for key in ["numerator", "denominator"] {
        if let node = entries[key] { file.report("key", at: node, "only a ratio has a \(key); remove it") }
      }
    }
    let isDerived = measure?.expression != nil
    let wanted = isDerived ? ["operands"] : ["rows"]
    for key in wanted where measure != nil && entries[key] == nil {
      file.report("missing", at: node, "the example lacks its \(key); add it")
    }
    for key in isDerived ? ["rows"] : ["operands", "parameters"] where measure != nil {
      if let node = entries[key] {
        file.report(
          "key", at: node,
          isDerived
            ? "a derived indicator is shown on the values of others; write operands instead of rows"
            : "only a derived indicator is shown on \(key); write rows")
      }
    }
    let rows = isDerived ? [:] : entries["rows"].map(rows) ?? [:]
    let operands = operands(entries["operands"], measure?.expression, at: node)
    let parameters = parameters(entries["parameters"], measure?.expression, at: node)
    guard let text, value != nil || isAbsent else { return nil }
    return WorkedExample(
      text: text, rows: rows, operands: operands, parameters: parameters, value: value, numerator: numerator,
      denominator: denominator)
  }

  private func operands(
    _ node: Node?, _ expression: Measure.Expression?, at example: Node
  ) -> [String: Double?] {
    guard let node, let expression,
      let entries = file.entries(
        of: node, in: "the operands of the example", required: expression.indicators)
    else { return [:] }
    var found: [String: Double?] = [:]
    for (name, node) in entries {
      let isAbsent = ["null", "~"].contains(node.scalar?.string)
      found[name] = .some(isAbsent ? nil : file.decimal(node, "the value of \"\(name)\""))
    }
    return found
  }

  private func parameters(
    _ node: Node?, _ expression: Measure.Expression?, at example: Node
  ) -> [String: Double] {
    guard let expression else { return [:] }
    guard let node else {
      if let first = expression.parameters.first {
        file.report(
          "missing", at: example,
          "the example lacks its parameters; give \"\(first)\" a value, so that the case holds when it changes"
        )
      }
      return [:]
    }
    guard
      let entries = file.entries(
        of: node, in: "the parameters of the example", required: expression.parameters)
    else { return [:] }
    return entries.compactMapValues { file.decimal($0, "a parameter of the example") }
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
      found[name] = file.items(of: value, in: "the rows of \"\(name)\"", atMost: Limit.rows).map {
        row($0, of: entity)
      }
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
