internal import Impact
internal import Yams

/// Reads weights that come from a method: given ones, points of experts, comparisons in pairs.
struct WeightSetReader {
  let file: DefinitionFile
  /// The nodes of the tree the weights are of.
  let nodes: [Hierarchy.Node]

  /// The weight sets of a list, and the names of those that were refused.
  func sets(_ node: Node?) -> (sets: [IndexDefinition.WeightSet], faulty: Set<String>) {
    var found: [IndexDefinition.WeightSet] = []
    var faulty: Set<String> = []
    for item in file.items(of: node, in: "weight_sets") {
      guard
        let keys = file.entries(
          of: item, in: "a weight set", required: ["name"],
          optional: ["weights", "points", "compare", "matrix"]),
        let name = file.text(keys["name"], "the name of a weight set")
      else { continue }
      if found.contains(where: { $0.name == name }) || ["equal", "doubled"].contains(name) {
        file.report(
          "duplicate", at: keys["name"],
          "the weight set \"\(name)\" stands twice, or is a name of jvs; rename it")
      }
      let given = [keys["weights"], keys["points"], keys["matrix"]].compactMap { $0 }
      guard given.count == 1, (keys["matrix"] == nil) == (keys["compare"] == nil) else {
        file.report(
          "missing", at: item,
          "the weight set \"\(name)\" needs weights, or points, or compare with matrix; give exactly one of them"
        )
        faulty.insert(name)
        continue
      }
      if let set = set(name, keys) {
        checkSums(set, item)
        found.append(set)
      } else {
        faulty.insert(name)
      }
    }
    return (found, faulty)
  }

  private func set(_ name: String, _ keys: [String: Node]) -> IndexDefinition.WeightSet? {
    if let node = keys["weights"] {
      var weights: [String: Double] = [:]
      for (node, value) in named(node) {
        guard let weight = file.decimal(value, "the weight of \"\(node)\"") else { continue }
        if weight < 0 {
          file.report("value", at: value, "the weight of \"\(node)\" is below 0; a weight is 0 or more")
        }
        weights[node] = weight
      }
      return .init(name: name, weights: weights, comparisons: nil)
    }
    if let node = keys["points"] {
      let rows = named(node)
      checkSiblings(rows.map(\.name), node)
      let columns = rows.map { row in
        file.items(of: row.value, in: "the points of \"\(row.name)\"").compactMap {
          file.decimal($0, "a number of points")
        }
      }
      guard let experts = columns.first?.count, experts > 0, columns.allSatisfy({ $0.count == experts })
      else {
        file.report(
          "value", at: node,
          "every node needs the points of the same experts, at least one; complete the lists")
        return nil
      }
      do {
        let weights = try BudgetAllocation.weights((0..<experts).map { expert in columns.map { $0[expert] } })
        return .init(
          name: name, weights: Dictionary(zip(rows.map(\.name), weights)) { first, _ in first },
          comparisons: nil)
      } catch {
        file.report("value", at: node, error.description)
        return nil
      }
    }
    let compared = file.items(of: keys["compare"], in: "compare").compactMap { item -> String? in
      guard let node = file.text(item, "a node") else { return nil }
      check(node, item)
      return node
    }
    if let twice = compared.indices.first(where: { compared[..<$0].contains(compared[$0]) }) {
      file.report(
        "duplicate", at: keys["compare"],
        "\"\(compared[twice])\" is compared twice; write each node once")
      return nil
    }
    checkSiblings(compared, keys["compare"])
    let matrix = file.items(of: keys["matrix"], in: "the matrix").map { row in
      file.items(of: row, in: "a row of the matrix").compactMap(ratio)
    }
    guard matrix.count == compared.count else {
      file.report("value", at: keys["matrix"], "the matrix needs a row for each node compared; complete it")
      return nil
    }
    do {
      let hierarchy = try AnalyticHierarchy(matrix)
      return .init(
        name: name, weights: Dictionary(zip(compared, hierarchy.weights)) { first, _ in first },
        comparisons: hierarchy)
    } catch {
      file.report("value", at: keys["matrix"], error.description)
      return nil
    }
  }

  /// The entries of a mapping whose keys are nodes of the tree.
  private func named(_ node: Node) -> [(name: String, value: Node)] {
    guard case .mapping(let mapping) = node else {
      file.report("type", at: node, "write a number for each node, as patents: 0.2")
      return []
    }
    return mapping.compactMap { key, value in
      guard let name = key.scalar?.string else { return nil }
      check(name, key)
      return (name, value)
    }
  }

  private func check(_ name: String, _ place: Node) {
    let names = nodes.map(\.name)
    if !names.contains(name) {
      file.report(
        "value", at: place, "there is no node \"\(name)\"\(NearestName.hint(for: name, among: names))")
    }
  }

  /// Shares of a budget and comparisons add up to 1 over what they name: beside them a node's own weight would be on
  /// another scale.
  private func checkSiblings(_ named: [String], _ place: Node?) {
    let parents = Set(nodes.filter { named.contains($0.name) }.compactMap(\.parent))
    for node in nodes where !named.contains(node.name) {
      guard let parent = node.parent, parents.contains(parent) else { continue }
      file.report(
        "missing", at: place,
        "\"\(node.name)\" is left out, and its weight would stand beside those of the others below \"\(parent)\" on another "
          + "scale; name every node below \"\(parent)\"")
    }
  }

  /// Weights that add up to nothing below a node weigh nothing, whether the set is used or not.
  private func checkSums(_ set: IndexDefinition.WeightSet, _ place: Node) {
    var sums: [String: Double] = [:]
    var parents: [String] = []
    for node in nodes {
      guard let parent = node.parent else { continue }
      sums[parent, default: 0] += set.weights[node.name] ?? node.weight
      if set.weights[node.name] != nil, !parents.contains(parent) { parents.append(parent) }
    }
    for parent in parents where !((sums[parent] ?? 0) > 0) {
      file.report(
        "value", at: place,
        "in the weight set \"\(set.name)\", \(ScoreError.weightsSumToZero(node: parent).description)")
    }
  }

  /// `3`, `0.5` or `1/3`.
  private func ratio(_ node: Node) -> Double? {
    guard let text = node.scalar?.string, text.contains("/") else {
      return file.decimal(node, "a comparison")
    }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, parts.allSatisfy(DefinitionFile.isDecimal), let above = Double(parts[0]),
      let below = Double(parts[1]), below != 0
    else {
      file.report("type", at: node, "a comparison is a number such as 3 or 1/3; correct it")
      return nil
    }
    return above / below
  }
}
