internal import Impact
internal import Yams

extension IndicatorReader {
  func measure(_ entries: [String: Node], _ root: Node) -> Measure? {
    guard let kindNode = entries["kind"], let kind = file.text(kindNode, "the kind") else { return nil }
    guard IndicatorReader.measureKinds.contains(kind) else {
      file.report(
        "value", at: kindNode,
        "the kind cannot be \"\(kind)\"\(NearestName.hint(for: kind, among: IndicatorReader.measureKinds)); use \(DefinitionFile.list(IndicatorReader.measureKinds, "or"))"
      )
      return nil
    }
    if kind == "derived" {
      for key in [
        "term", "numerator", "denominator", "cohort", "breakdowns", "ended", "event", "lost", "horizon",
      ] {
        if let node = entries[key] {
          file.report(
            "key", at: node,
            "a derived indicator has no rows of its own, so it has no \(key); remove it, or write it in the indicators it names"
          )
        }
      }
      guard let node = entries["expression"] else {
        file.report("missing", at: root, "a derived indicator needs its expression; add it")
        return nil
      }
      return expression(node).map(Measure.derived)
    }
    if let node = entries["expression"] {
      file.report(
        "key", at: node, "only a derived indicator has an expression; remove it, or write kind: derived")
    }
    if kind != "incidence" {
      for key in ["ended", "event", "lost", "horizon"] {
        if let node = entries[key] {
          file.report(
            "key", at: node, "only an incidence has \(key); remove it, or write kind: incidence")
        }
      }
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
    if kind == "incidence" { return incidence(entries, root) }
    guard let node = entries["term"] else {
      file.report("missing", at: root, "the indicator lacks its term; add it")
      return nil
    }
    let functions: [Term.Function] =
      switch kind {
      case "count": [.count]
      case "distinct": [.distinct]
      case "stock": [.stock]
      case "duration": [.mean, .median]
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

  func term(_ node: Node, _ what: String, _ functions: [Term.Function]) -> Term? {
    let names = Term.Function.allCases.map(\.rawValue)
    guard let entries = file.entries(of: node, in: what, required: [], optional: names + ["where", "absent"])
    else {
      return nil
    }
    if entries["absent"] == nil {
      file.report(
        "missing", at: node,
        "\(what) does not say what it means that there is no row; add absent: zero or absent: unknown")
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
      let names = vocabulary.entities.map(\.name)
      let hint = NearestName.hint(for: parts[0], among: names)
      file.report(
        "entity", at: target,
        "facts.yaml has no entity \"\(parts[0])\""
          + (hint.isEmpty ? "; use \(DefinitionFile.list(names, "or"))" : hint))
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
      function, of: entity.name, field: parts.count == 2 ? parts[1] : nil, where: conditions, absent: absent,
      rows: entity.rows)
  }

  func field(_ name: String, of entity: Vocabulary.Entity, at node: Node) -> Vocabulary.Field? {
    if let field = entity.field(name) { return field }
    let names = entity.fields.map(\.name)
    let hint = NearestName.hint(for: name, among: names)
    file.report(
      "field", at: node,
      "\"\(entity.name)\" has no field \"\(name)\""
        + (hint.isEmpty ? "; use \(DefinitionFile.list(names, "or"))" : hint))
    return nil
  }
}
