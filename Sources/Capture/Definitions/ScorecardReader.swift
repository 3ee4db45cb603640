internal import Impact
internal import Yams

/// Reads `scorecard.yaml` and checks it against the catalogue's indicators.
struct ScorecardReader {
  let file: DefinitionFile
  let dimensions: [Catalogue.Dimension]
  let indicators: [Indicator]
  /// Earlier versions of the same indicators.
  let earlier: [Indicator]
  /// Names of every indicator listed, also of those whose file is refused.
  let listed: Set<String>

  func read() -> Scorecard? {
    guard let root = file.load(),
      let entries = file.entries(
        of: root, in: "the scorecard", required: ["version", "minimum_data", "minimum_count", "parts"],
        optional: ["valid_from", "sensitivity"])
    else { return nil }
    let version = file.integer(entries["version"], "the version", atLeast: 1)
    let minimumData = file.decimal(entries["minimum_data"], "minimum_data")
    if let minimumData, !(0...1).contains(minimumData) {
      file.report("value", at: entries["minimum_data"], "minimum_data is a share between 0 and 1; correct it")
    }
    let minimumCount = file.integer(entries["minimum_count"], "minimum_count", atLeast: 0)
    var parts: [Scorecard.Part] = []
    var used: Set<String> = []
    for node in file.items(of: entries["parts"], in: "parts") {
      guard let part = part(node, &used) else { continue }
      if parts.contains(where: { $0.dimension == part.dimension }) {
        file.report("duplicate", at: node, "the dimension \"\(part.dimension)\" stands twice; keep one")
      }
      parts.append(part)
    }
    if entries["parts"] != nil, parts.isEmpty {
      file.report("missing", at: entries["parts"], "the scorecard has no part; add one")
    }
    let validFrom = quarter(entries["valid_from"])
    let choices = MethodReader(file: file).choices(entries["sensitivity"], sets: [])
    for normalisation in choices?.normalisations ?? [] where normalisation.isRelative {
      file.report(
        "value", at: entries["sensitivity"],
        "\(normalisation.name) compares with other cooperations, so that one more would move this one's score; "
          + "use goalposts only")
    }
    guard let version, let minimumData, let minimumCount else { return nil }
    let scorecard = Scorecard(
      version: version, minimumData: minimumData, minimumCount: minimumCount, parts: parts,
      validFrom: validFrom, sensitivity: choices ?? .house)
    if file.diagnostics.isEmpty {
      // Names that clash or weights that add up to nothing show only when the tree is made.
      do { _ = try scorecard.sensitivity.plan(for: try scorecard.composite()) } catch {
        file.report("tree", at: entries["parts"], error.description)
      }
    }
    return scorecard
  }

  private func quarter(_ node: Node?) -> Quarter? {
    guard let node, let text = file.text(node, "valid_from") else { return nil }
    guard let quarter = Quarter(text) else {
      file.report("type", at: node, "valid_from is a quarter such as 2026T1; correct it")
      return nil
    }
    return quarter
  }

  private func part(_ node: Node, _ used: inout Set<String>) -> Scorecard.Part? {
    guard
      let entries = file.entries(of: node, in: "a part", required: ["dimension", "weight", "components"]),
      let dimension = file.text(entries["dimension"], "the dimension")
    else { return nil }
    if dimension == "partners" {
      file.report(
        "dimension", at: entries["dimension"],
        "contributions are means, not results: \"partners\" never enters a score; remove this part")
    } else if !dimensions.contains(where: { $0.id == dimension }) {
      file.report(
        "dimension", at: entries["dimension"],
        "there is no dimension \"\(dimension)\"\(NearestName.hint(for: dimension, among: dimensions.map(\.id)))"
      )
    }
    let weight = weight(entries["weight"])
    let components = file.items(of: entries["components"], in: "components").compactMap {
      component($0, of: dimension, &used)
    }
    if components.isEmpty {
      file.report("missing", at: node, "the part \"\(dimension)\" has no component; add one")
    }
    guard let weight else { return nil }
    return Scorecard.Part(dimension: dimension, weight: weight, components: components)
  }

  private func component(_ node: Node, of dimension: String, _ used: inout Set<String>) -> Scorecard
    .Component?
  {
    guard
      let entries = file.entries(
        of: node, in: "a component", required: ["indicator", "low", "high", "weight"]),
      let id = file.text(entries["indicator"], "the indicator")
    else { return nil }
    if !used.insert(id).inserted {
      file.report("duplicate", at: entries["indicator"], "\"\(id)\" enters the scores twice; keep one")
    }
    let weight = weight(entries["weight"])
    guard let low = file.decimal(entries["low"], "low"), let high = file.decimal(entries["high"], "high")
    else {
      return nil
    }
    if low == high {
      file.report("goalposts", at: entries["high"], "low and high are equal; they must differ")
    }
    if let indicator = indicators.first(where: { $0.id == id }) {
      check(indicator, of: dimension, low, high, entries)
    } else if !listed.contains(id) {
      file.report(
        "indicator", at: entries["indicator"],
        "there is no indicator \"\(id)\"\(NearestName.hint(for: id, among: indicators.map(\.id)))")
    }
    guard let weight else { return nil }
    return Scorecard.Component(indicator: id, goalposts: .init(low: low, high: high), weight: weight)
  }

  private func check(
    _ indicator: Indicator, of dimension: String, _ low: Double, _ high: Double, _ entries: [String: Node]
  ) {
    if indicator.dimension == "partners" {
      file.report(
        "dimension", at: entries["indicator"],
        "\"\(indicator.id)\" counts contributions, which are means, not results; remove it from the scorecard"
      )
    } else if let way = (indicators + earlier).wayToLedger(from: indicator.id) {
      let through = way.dropFirst().map { "\"\($0)\"" }.joined(separator: " and ")
      file.report(
        "dimension", at: entries["indicator"],
        "\"\(indicator.id)\" reads partners' contributions\(through.isEmpty ? "" : " through \(through)"), which are "
          + "means, not results, whatever its dimension; remove it from the scorecard")
    } else if indicator.dimension != dimension {
      file.report(
        "dimension", at: entries["indicator"],
        "\"\(indicator.id)\" belongs to \"\(indicator.dimension)\", not to \"\(dimension)\"; move it there")
    }
    switch indicator.direction {
    case .neutral:
      file.report(
        "goalposts", at: entries["indicator"],
        "\"\(indicator.id)\" has no better direction, so it cannot be scored")
    case .higher:
      if low > high {
        file.report(
          "goalposts", at: entries["low"],
          "more of \"\(indicator.id)\" is better, so low must be less than high")
      }
    case .lower:
      if low < high {
        file.report(
          "goalposts", at: entries["low"],
          "less of \"\(indicator.id)\" is better, so low must be greater than high")
      }
    }
  }

  private func weight(_ node: Node?) -> Double? {
    guard let weight = file.decimal(node, "the weight") else { return nil }
    if weight <= 0 {
      file.report("value", at: node, "the weight must be above 0; remove what does not count")
    }
    return weight
  }
}
