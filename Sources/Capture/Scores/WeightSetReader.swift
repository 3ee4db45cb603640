internal import Impact
internal import Yams

/// Reads weights that come from a method: given ones, points of experts, comparisons in pairs.
struct WeightSetReader {
  let file: DefinitionFile

  func sets(_ node: Node?, nodes: [String]) -> [IndexDefinition.WeightSet] {
    var found: [IndexDefinition.WeightSet] = []
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
        continue
      }
      if let set = set(name, keys, nodes) { found.append(set) }
    }
    return found
  }

  private func set(_ name: String, _ keys: [String: Node], _ nodes: [String]) -> IndexDefinition.WeightSet? {
    if let node = keys["weights"] {
      var weights: [String: Double] = [:]
      for (node, value) in named(node, nodes) {
        guard let weight = file.decimal(value, "the weight of \"\(node)\"") else { continue }
        if weight < 0 {
          file.report("value", at: value, "the weight of \"\(node)\" is below 0; a weight is 0 or more")
        }
        weights[node] = weight
      }
      return .init(name: name, weights: weights, comparisons: nil)
    }
    if let node = keys["points"] {
      let rows = named(node, nodes)
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
      check(node, nodes, item)
      return node
    }
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
  private func named(_ node: Node, _ nodes: [String]) -> [(name: String, value: Node)] {
    guard case .mapping(let mapping) = node else {
      file.report("type", at: node, "write a number for each node, as patents: 0.2")
      return []
    }
    return mapping.compactMap { key, value in
      guard let name = key.scalar?.string else { return nil }
      check(name, nodes, key)
      return (name, value)
    }
  }

  private func check(_ name: String, _ nodes: [String], _ place: Node) {
    if !nodes.contains(name) {
      file.report(
        "value", at: place, "there is no node \"\(name)\"\(NearestName.hint(for: name, among: nodes))")
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
