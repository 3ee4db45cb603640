internal import Impact
internal import Yams

/// Reads the names of normalisations and aggregations, and the choices a scorecard is tried against.
struct MethodReader {
  let file: DefinitionFile

  private static let normalisations: [(name: String, value: Normalisation)] = [
    ("none", .none), ("goalposts", .goalposts(stretch: 1)), ("min-max", .minMax),
    ("z-score", .zScore(mean: 0, deviation: 1, isPopulation: false)),
    ("z-score-population", .zScore(mean: 0, deviation: 1, isPopulation: true)),
    ("distance-to-target", .distanceToTarget), ("ratio-to-mean", .distanceToReference(.mean, .ratio)),
    ("ratio-to-best", .distanceToReference(.best, .ratio)),
    ("ratio-to-worst", .distanceToReference(.worst, .ratio)),
    ("difference-to-mean", .distanceToReference(.mean, .difference)),
    ("difference-to-best", .distanceToReference(.best, .difference)),
    ("difference-to-worst", .distanceToReference(.worst, .difference)), ("percentile-rank", .percentileRank),
    ("rank", .rank), ("borda", .borda),
  ]
  /// Those that come with a number or a name.
  private static let settled = [
    "goalposts", "z-score", "z-score-population", "ratio-to", "difference-to", "above-below-mean",
  ]

  func normalisation(_ node: Node) -> Normalisation? {
    guard case .mapping = node else {
      guard let name = file.text(node, "the normalisation") else { return nil }
      if let found = MethodReader.normalisations.first(where: { $0.name == name }) { return found.value }
      let known = MethodReader.normalisations.map(\.name)
      file.report(
        "value", at: node,
        "there is no normalisation \"\(name)\"\(NearestName.hint(for: name, among: known)); use "
          + DefinitionFile.list(known, "or"))
      return nil
    }
    guard
      let keys = file.entries(
        of: node, in: "the normalisation", required: [], optional: MethodReader.settled)
    else { return nil }
    guard keys.count == 1, let (name, value) = keys.first else {
      file.report("value", at: node, "a normalisation has one name, as { goalposts: 1.2 }; write one")
      return nil
    }
    switch name {
    case "goalposts":
      guard let stretch = file.decimal(value, "the stretch") else { return nil }
      if stretch <= 0 {
        file.report("value", at: value, "goalposts are stretched by a number above 0; correct it")
      }
      return .goalposts(stretch: stretch)
    case "z-score", "z-score-population":
      guard let keys = file.entries(of: value, in: "the z-score", required: ["mean", "deviation"]),
        let mean = file.decimal(keys["mean"], "the mean"),
        let deviation = file.decimal(keys["deviation"], "the deviation")
      else { return nil }
      if deviation <= 0 { file.report("value", at: value, "the deviation is above 0; correct it") }
      return .zScore(mean: mean, deviation: deviation, isPopulation: name == "z-score-population")
    case "above-below-mean":
      guard let share = file.decimal(value, "the share") else { return nil }
      return .aboveBelowMean(share: share)
    default:
      guard let unit = file.text(value, "the unit") else { return nil }
      return .distanceToReference(.unit(unit), name == "ratio-to" ? .ratio : .difference)
    }
  }

  func aggregation(_ node: Node) -> Aggregation? {
    if case .mapping = node {
      guard let keys = file.entries(of: node, in: "the aggregation", required: ["power"]),
        let power = file.decimal(keys["power"], "the power")
      else { return nil }
      if power == 0 {
        file.report("value", at: node, "a mean of power 0 is the geometric mean; write geometric")
      }
      return .power(power)
    }
    guard let name = file.text(node, "the aggregation") else { return nil }
    if let found = Aggregation.named.first(where: { $0.name == name }) { return found.aggregation }
    let known = Aggregation.named.map(\.name)
    file.report(
      "value", at: node,
      "there is no aggregation \"\(name)\"\(NearestName.hint(for: name, among: known)); use "
        + DefinitionFile.list(known, "or") + ", or { power: 2 }")
    return nil
  }

  /// What scores are tried against.
  ///
  /// - Parameters:
  ///   - node: the section.
  ///   - sets: the weight sets it may name.
  ///   - faulty: names of weight sets that were refused, and are not reported again.
  /// - Returns: the choices, or `nil` when the file has no such section.
  func choices(
    _ node: Node?, sets: [IndexDefinition.WeightSet], faulty: Set<String> = []
  ) -> SensitivityChoices? {
    guard let node else { return nil }
    guard
      let keys = file.entries(
        of: node, in: "sensitivity", required: [],
        optional: ["normalisations", "weights", "aggregations", "leave_one_out", "draws", "seed"])
    else { return nil }
    var choices = SensitivityChoices()
    choices.normalisations = file.items(of: keys["normalisations"], in: "normalisations").compactMap(
      normalisation)
    for (item, aggregation) in file.items(of: keys["aggregations"], in: "aggregations").compactMap({ item in
      aggregation(item).map { (item, $0) }
    }) {
      if aggregation == .copeland {
        file.report(
          "value", at: item,
          "Copeland's rule compares units and gives no score to vary; leave it out of the sensitivity run")
      }
      choices.aggregations.append(aggregation)
    }
    for item in file.items(of: keys["weights"], in: "the weights of sensitivity") {
      guard let name = file.text(item, "a choice of weights") else { continue }
      switch name {
      case "equal": choices.weights.append(.equal)
      case "doubled": choices.weights.append(.doubled)
      default:
        guard let set = sets.first(where: { $0.name == name }) else {
          if faulty.contains(name) { continue }
          let known = ["equal", "doubled"] + sets.map(\.name)
          file.report(
            "value", at: item,
            "there is no weight set \"\(name)\"\(NearestName.hint(for: name, among: known)); use "
              + DefinitionFile.list(known, "or"))
          continue
        }
        choices.weights.append(.given(name, set.weights))
      }
    }
    choices.leavesOut = file.boolean(keys["leave_one_out"], "leave_one_out") ?? false
    if let draws = file.integer(keys["draws"], "draws", atLeast: 1) { choices.draws = draws }
    if let seed = file.integer(keys["seed"], "the seed", atLeast: 0) { choices.seed = UInt64(seed) }
    return choices
  }
}
