internal import Impact
internal import Yams

/// Reads the scorecard of an index: a tree written as a list of nodes, or the parts of the house's scorecard.
struct IndexReader {
  let file: DefinitionFile

  /// A node as it stands in the file.
  private struct Entry {
    var node: Hierarchy.Node
    var indicator: Composite.Indicator
    var aggregation: Aggregation?
    var place: Node
  }

  func read() -> IndexDefinition? {
    guard let root = file.load() else { return nil }
    guard
      let keys = file.entries(
        of: root, in: "the scorecard", required: [],
        optional: [
          "version", "valid_from", "unit", "period", "normalisation", "pool", "scale", "aggregation",
          "minimum_data", "minimum_count", "nodes", "parts", "weights", "weight_sets", "sensitivity",
        ])
    else { return nil }
    let method = MethodReader(file: file)
    let isHouse = keys["parts"] != nil
    if (keys["nodes"] == nil) == (keys["parts"] == nil) {
      file.report("missing", at: root, "the scorecard needs its tree: either nodes or parts, and not both")
      return nil
    }
    var entries = isHouse ? parts(keys["parts"]) : nodes(keys["nodes"], method)
    let (sets, faulty) = WeightSetReader(file: file, nodes: entries.map(\.node)).sets(keys["weight_sets"])
    if let name = file.text(keys["weights"], "weights") {
      if let chosen = sets.first(where: { $0.name == name }) {
        for index in entries.indices {
          if let weight = chosen.weights[entries[index].node.name] { entries[index].node.weight = weight }
        }
      } else if !faulty.contains(name) {
        file.report(
          "value", at: keys["weights"],
          "there is no weight set \"\(name)\"\(NearestName.hint(for: name, among: sets.map(\.name)))")
      }
    }
    let scale = scale(keys["scale"])
    let minimum = file.decimal(keys["minimum_data"], "minimum_data") ?? 0
    if !(0...1).contains(minimum) {
      file.report("value", at: keys["minimum_data"], "minimum_data is a share between 0 and 1; correct it")
    }
    let general = keys["aggregation"].flatMap { method.aggregation($0) } ?? .arithmetic
    let normalisation = keys["normalisation"].flatMap { method.normalisation($0) } ?? .goalposts(stretch: 1)
    let choices = method.choices(keys["sensitivity"], sets: sets, faulty: faulty) ?? SensitivityChoices()
    let unused = unused(keys, isHouse: isHouse)
    guard file.diagnostics.isEmpty else { return nil }
    let tree: Hierarchy
    do { tree = try Hierarchy(entries.map(\.node)) } catch {
      file.report("tree", at: error.position.map { entries[$0].place } ?? keys["nodes"], error.description)
      return nil
    }
    guard tree.nodes.count > tree.leaves.count else {
      file.report("tree", at: keys["nodes"], "the scorecard has no indicator below its top; add one")
      return nil
    }
    do {
      let composite = try Composite(
        hierarchy: tree, indicators: tree.leaves.map { entries[$0].indicator }, normalisation: normalisation,
        pool: pool(keys["pool"]), scale: scale,
        aggregations: entries.map { $0.aggregation ?? general }, minimumData: minimum)
      // What the file names, it must have: better said now, with its line, than when a table is read.
      for leaf in tree.leaves where entries[leaf].indicator.goalposts == nil {
        if case .goalposts = normalisation {
          file.report(
            "goalposts", at: entries[leaf].place,
            "\"\(tree.nodes[leaf].name)\" lacks goalposts (low and high), which its normalisation needs; add them"
          )
        }
      }
      guard file.diagnostics.isEmpty else { return nil }
      if !choices.isEmpty { _ = try choices.plan(for: composite) }
      return IndexDefinition(
        file: file.path, unitColumn: file.text(keys["unit"], "unit"),
        periodColumn: file.text(keys["period"], "period"),
        composite: composite, choices: choices, weightSets: sets, unused: unused,
        lines: Dictionary(
          entries.compactMap { entry in entry.place.mark.map { (entry.node.name, $0.line) } }
        ) { first, _ in first }, keyLines: keys.compactMapValues { $0.mark?.line })
    } catch ScoreError.equalGoalposts(let name) {
      let entry = entries.first { $0.node.name == name }
      file.report("goalposts", at: entry?.place, ScoreError.equalGoalposts(indicator: name).description)
    } catch {
      file.report("score", at: keys["sensitivity"], error.description)
    }
    return nil
  }

  /// What the file says of counts and intervals, which a table of values does not have.
  ///
  /// The house's scorecard says it of the house's figures. Of another index nobody would notice that it does nothing, so
  /// there it is refused.
  private func unused(_ keys: [String: Node], isHouse: Bool) -> [String] {
    var found = keys["minimum_count"].map { [("minimum_count", $0)] } ?? []
    if case .mapping(let sensitivity)? = keys["sensitivity"] {
      for key in ["draws", "seed"] {
        if let node = sensitivity[Node(key)] { found.append((key, node)) }
      }
    }
    if !isHouse {
      for (key, node) in found {
        file.report(
          "unknown", at: node,
          "\(key) does nothing here: a table of values has neither counts of people nor intervals; take it out"
        )
      }
    }
    return found.map(\.0)
  }

  private func nodes(_ node: Node?, _ method: MethodReader) -> [Entry] {
    file.items(of: node, in: "nodes").compactMap { item in
      guard
        let keys = file.entries(
          of: item, in: "a node", required: ["name"],
          optional: ["parent", "weight", "low", "high", "direction", "target", "aggregation"]),
        let name = file.text(keys["name"], "the name")
      else { return nil }
      let weight = file.decimal(keys["weight"], "the weight") ?? 1
      let low = file.decimal(keys["low"], "low")
      let high = file.decimal(keys["high"], "high")
      if (low == nil) != (high == nil), (keys["low"] == nil) != (keys["high"] == nil) {
        file.report("goalposts", at: item, "\"\(name)\" has only one goalpost; give low and high")
      }
      let posts = low.flatMap { low in high.map { Scorecard.Goalposts(low: low, high: $0) } }
      var isReversed = posts.map { $0.low > $0.high }
      if let direction = file.choice(keys["direction"], "the direction", Direction.self) {
        if let isReversed, isReversed != (direction == .lower) {
          file.report(
            "goalposts", at: keys["direction"],
            "the goalposts of \"\(name)\" say the opposite: low is worth the least; put them the other way round"
          )
        }
        isReversed = direction == .lower
      }
      return Entry(
        node: Hierarchy.Node(name, below: file.text(keys["parent"], "the parent"), weight: weight),
        indicator: Composite.Indicator(
          name, isReversed: isReversed, goalposts: posts, target: file.decimal(keys["target"], "the target")),
        aggregation: keys["aggregation"].flatMap { method.aggregation($0) }, place: item)
    }
  }

  private enum Direction: String, CaseIterable { case higher, lower }

  /// The parts of the house's scorecard as nodes: dimensions below the top, indicators below them.
  private func parts(_ node: Node?) -> [Entry] {
    guard let node else { return [] }
    func entry(
      _ name: String, _ parent: String?, _ weight: Double, _ posts: Scorecard.Goalposts?, _ place: Node
    ) -> Entry {
      Entry(
        node: Hierarchy.Node(name, below: parent, weight: weight),
        indicator: Composite.Indicator(name, goalposts: posts),
        aggregation: parent == nil ? .geometricFromOne : .arithmetic, place: place)
    }
    var entries = [entry(Scorecard.top, nil, 1, nil, node)]
    for part in file.items(of: node, in: "parts") {
      guard let keys = file.entries(of: part, in: "a part", required: ["dimension", "weight", "components"]),
        let dimension = file.text(keys["dimension"], "the dimension"),
        let weight = file.decimal(keys["weight"], "the weight")
      else { continue }
      entries.append(entry(dimension, Scorecard.top, weight, nil, part))
      for component in file.items(of: keys["components"], in: "components") {
        guard
          let keys = file.entries(
            of: component, in: "a component", required: ["indicator", "low", "high", "weight"]),
          let name = file.text(keys["indicator"], "the indicator"),
          let low = file.decimal(keys["low"], "low"),
          let high = file.decimal(keys["high"], "high"),
          let weight = file.decimal(keys["weight"], "the weight")
        else { continue }
        entries.append(entry(name, dimension, weight, .init(low: low, high: high), component))
      }
    }
    return entries
  }

  private func scale(_ node: Node?) -> Scale {
    guard let node, let keys = file.entries(of: node, in: "the scale", required: ["low", "high"]),
      let low = file.decimal(keys["low"], "low"), let high = file.decimal(keys["high"], "high")
    else { return .hundred }
    if low >= high { file.report("value", at: node, "the scale must begin below its end; correct it") }
    return Scale(low: low, high: high)
  }

  private func pool(_ node: Node?) -> Composite.Pool {
    guard let node else { return .panel }
    if case .mapping = node {
      guard let keys = file.entries(of: node, in: "the pool", required: ["base"]),
        let base = file.text(keys["base"], "the base")
      else { return .panel }
      return .base(base)
    }
    switch node.scalar?.string {
    case "panel": return .panel
    case "period": return .period
    default:
      file.report("value", at: node, "the pool is panel, period or { base: PERIOD }; write one of them")
      return .panel
    }
  }
}
