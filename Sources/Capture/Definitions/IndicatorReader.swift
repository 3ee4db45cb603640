internal import Impact
internal import Yams

/// Reads one indicator (`Indicators/<dimension>/<id>.yaml`) and checks it against the vocabulary.
struct IndicatorReader {
  /// Kinds of structure an indicator may be limited to.
  static let structureKinds = ["EI", "ETTI", "ACI", "AI", "EITI", "EA", "ESAT", "GEIQ"]
  static let measureKinds = [
    "count", "distinct", "sum", "ratio", "stock", "duration", "cumulative", "observed",
    "incidence", "derived",
  ]
  /// Forms of cooperation an indicator may be limited to.
  static let forms = CooperationProfile.Form.allCases.map(\.rawValue)

  let file: DefinitionFile
  let dimension: String
  let expectedID: String
  /// The version the file's name announces, for an earlier version (`exits@1.yaml`).
  var expectedVersion: Int?
  /// `nil` when `facts.yaml` itself could not be read: then only the form is checked.
  let vocabulary: Vocabulary?
  /// The frames it may be mapped to; `nil` when none are listed: then only the form is checked.
  var frames: [Frame]?
  /// Whether this is a definition of a release: what is asked since it was made is not asked of it.
  var isKept = false

  /// What one definition may hold: more than any reader can take in, too little to harm.
  enum Limit {
    static let breakdowns = 8
    static let conditions = 32
    static let values = 256
    static let rows = 200
    static let words = 64
    static let months = 120
  }

  /// A definition with the places of what only the whole catalogue can judge.
  struct Draft {
    var indicator: Indicator
    var file: DefinitionFile
    var entries: [String: Node]
    /// The places of the names in its expression.
    var places: [String: (line: Int, column: Int)] = [:]
    /// What is wrong with its example, among the diagnostics of its file.
    var ofExample: Range<Int>
    /// Whether the example is judged; not where the expression it shows cannot be computed.
    private(set) var isExampleJudged = true

    /// Leaves out what is wrong with the example: it follows from an expression that is.
    mutating func forgetExample() {
      isExampleJudged = false
      file.forget(ofExample)
      ofExample = ofExample.lowerBound..<ofExample.lowerBound
    }

    func report(_ code: String, named name: String, _ message: String) {
      file.report(code, at: places[name], message)
    }
  }

  func read() -> Draft? {
    guard let root = file.load(),
      let entries = file.entries(
        of: root, in: "the indicator",
        required: ["id", "version", "label", "question", "unit", "direction", "kind", "source", "limits"],
        optional: [
          "headline", "window", "shift", "numerator", "denominator", "cohort", "term", "ended",
          "event", "lost", "horizon", "expression", "nested",
          "breakdowns", "applies_to", "applies_to_forms", "valid_from", "valid_to", "example", "mappings",
          "restated",
        ])
    else { return nil }
    let id = CatalogueReader.identifier(entries["id"], "the id", file)
    if entries["id"] != nil, id == nil { return nil }
    if let id, id != expectedID {
      file.report("name", at: entries["id"], "the id must be the name of the file, \"\(expectedID)\"")
    }
    let version = file.integer(entries["version"], "the version", atLeast: 1)
    if let version, let expectedVersion, version != expectedVersion {
      file.report(
        "version", at: entries["version"], "the version must be that of the file's name, \(expectedVersion)")
    }
    let label = file.localized(entries["label"], "the label", atMost: DefinitionFile.Budget.label)
    let question = file.localized(entries["question"], "the question")
    let unit = file.choice(entries["unit"], "the unit", Unit.self)
    let direction = file.choice(entries["direction"], "the direction", Direction.self)
    let source = file.localized(entries["source"], "the source")
    let limits = file.localized(entries["limits"], "the limits")
    let isHeadline = file.boolean(entries["headline"], "headline") ?? false
    let measure = measure(entries, root)
    let isNested = isNested(entries["nested"], measure)
    let window = window(entries["window"], measure)
    let shift = shift(entries["shift"], measure)
    let breakdowns = breakdowns(entries["breakdowns"], measure)
    let appliesTo = words(entries["applies_to"], "applies_to", among: IndicatorReader.structureKinds)
    let forms = words(entries["applies_to_forms"], "applies_to_forms", among: IndicatorReader.forms)
    let validFrom = quarter(entries["valid_from"], "valid_from")
    let validTo = quarter(entries["valid_to"], "valid_to")
    if let validFrom, let validTo, validTo < validFrom {
      file.report("value", at: entries["valid_to"], "valid_to is before valid_from; correct one")
    }
    let beforeExample = file.diagnostics.count
    let example = example(entries["example"], measure)
    let ofExample = beforeExample..<file.diagnostics.count
    let mappings = mappings(entries["mappings"])
    if frames != nil, !isKept, entries["mappings"] == nil {
      file.report(
        "missing", at: root,
        "the indicator lacks its mappings; name a code of frames.yaml, as in mappings: { sdg: \"8.5\" }, or write none with the reason in fr and en"
      )
    }
    if case .duration = measure, let unit, unit != .days {
      file.report("value", at: entries["unit"], "a duration is counted in days; write unit: days")
    }
    if case .incidence = measure, let unit, unit != .percent {
      file.report("value", at: entries["unit"], "an incidence is a share; write unit: percent")
    }
    if !isKept, let unit, let measure { checkCounted(in: unit, measure, at: entries["unit"]) }
    guard let id, let version, let label, let question, let unit, let direction, let measure, let source,
      let limits
    else { return nil }
    var draft = Draft(
      indicator: Indicator(
        id: id, version: version, dimension: dimension, label: label, question: question, unit: unit,
        direction: direction, measure: measure, window: window, shift: shift, breakdowns: breakdowns,
        appliesTo: appliesTo, appliesToForms: forms, validFrom: validFrom, validTo: validTo, source: source,
        limits: limits, example: example, mappings: mappings.codes, isHeadline: isHeadline,
        unmapped: mappings.none, restated: file.localized(entries["restated"], "restated")),
      file: file, entries: entries, ofExample: ofExample)
    draft.indicator.isNested = isNested
    if let node = entries["expression"], let text = node.scalar?.string,
      let reading = try? Measure.Expression.read(text)
    {
      draft.places = reading.places.compactMapValues { file.place(ofByte: $0, in: node) }
    }
    return draft
  }

  /// Whether the numerator is said to be counted among the denominator, which two terms over one entity need not say, or two
  /// rates to be of the same events.
  private func isNested(_ node: Node?, _ measure: Measure?) -> Bool {
    guard let node, file.boolean(node, "nested") == true else { return false }
    if case .operation(.subtract, .indicator, .indicator) = measure?.expression { return true }
    guard case .ratio(let numerator, let denominator, _) = measure, numerator.entity != denominator.entity,
      numerator.function == .distinct, denominator.function == .distinct, numerator.field == denominator.field
    else {
      file.report(
        "key", at: node,
        "nested is for a ratio that counts the same different values in two entities, and for a rate less another of the same events; remove it"
      )
      return false
    }
    return true
  }

  /// Whether rows and people are counted in what rows and people are counted in.
  private func checkCounted(in unit: Unit, _ measure: Measure, at node: Node?) {
    let possible: [Unit]
    switch measure {
    case .count, .distinct, .stock: possible = [.count, .people]
    case .ratio(let numerator, let denominator, _):
      guard ![numerator, denominator].contains(where: { $0.function == .sum }) else { return }
      possible = [.percent, .count, .people]
    default: return
    }
    guard !possible.contains(unit) else { return }
    file.report(
      "value", at: node,
      "what only counts rows is no number of \(unit.rawValue); use \(DefinitionFile.list(possible.map(\.rawValue), "or"))"
    )
  }

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

  /// The quarters by which the window ends earlier.
  private func shift(_ node: Node?, _ measure: Measure?) -> Int {
    guard let node, let entries = file.entries(of: node, in: "shift", required: ["months"]),
      let months = file.integer(entries["months"], "months", atLeast: 3)
    else { return 0 }
    if months % 3 != 0 || months > Limit.months {
      file.report(
        "value", at: entries["months"],
        "a window is shifted by whole quarters: 3, 6, 9, 12 months and so on, \(Limit.months) at most")
    }
    switch measure {
    case .derived:
      file.report("key", at: node, "a derived indicator is shifted as those it names; remove shift")
    case .cumulative:
      file.report("key", at: node, "a cumulative indicator runs to the end of the quarter; remove shift")
    default: break
    }
    return months / 3
  }

  private func quarter(_ node: Node?, _ what: String) -> Quarter? {
    guard let node, let text = file.text(node, what) else { return nil }
    guard let quarter = Quarter(text) else {
      file.report("type", at: node, "\(what) must be a quarter such as 2026T3")
      return nil
    }
    return quarter
  }

  func expression(_ node: Node) -> Measure.Expression? {
    guard let text = file.text(node, "the expression") else { return nil }
    do throws(Measure.Expression.Fault) {
      return try Measure.Expression.read(text).expression
    } catch {
      file.report("expression", at: file.place(ofByte: error.offset, in: node), error.message)
      return nil
    }
  }

  private func breakdowns(_ node: Node?, _ measure: Measure?) -> [String] {
    var names: [String] = []
    for node in file.items(of: node, in: "breakdowns", atMost: Limit.breakdowns) {
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
        } else {
          checkFixed(name, of: entity, measure, at: node)
        }
      }
    }
    return names
  }

  /// Whether different things are told apart by what is one for each of them: elsewhere one of them is in two parts, and
  /// the parts add up to more than the whole.
  private func checkFixed(
    _ name: String, of entity: Vocabulary.Entity, _ measure: Measure?, at node: Node
  ) {
    let told = (measure?.terms ?? []).first { $0.entity == entity.name && $0.function == .distinct }
    guard !isKept, let field = told?.field, field != name else { return }
    let fixed = entity.fixed[field] ?? []
    guard !fixed.contains(name) else { return }
    file.report(
      "value", at: node,
      "\"\(name)\" may change for one \"\(entity.name).\(field)\", who would then count in two parts; "
        + (fixed.isEmpty
          ? "remove it, or list it under fixed in facts.yaml"
          : "break down by \(DefinitionFile.list(fixed, "or"))"))
  }

  private func words(_ node: Node?, _ what: String, among known: [String]) -> [String] {
    var found: [String] = []
    for node in file.items(of: node, in: what, atMost: Limit.words) {
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
}
