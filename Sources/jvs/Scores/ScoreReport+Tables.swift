import Capture
import Impact

/// The rows of each intermediate table.
extension ScoreReport {
  /// The columns of a table.
  func header(_ name: Table) -> [String] {
    let nodes = tree.nodes.map(\.name)
    let factors = SensitivityPlan.Factor.allCases.map(\.rawValue)
    return switch name {
    case .screened: placeColumns + ["applicable", "known", "availability", "weight_known", "kept"]
    case .normalised: placeColumns + composite.indicators.map(\.name)
    case .weights:
      ["weights", "node", "parent", "level", "weight", "share", "effective", "consistency_ratio"]
    case .levels: placeColumns + nodes + nodes.map { $0 + "_coverage" }
    // Where other methods are tried, a rank is a band, and a number only where no other band meets it.
    case .ranks:
      placeColumns
        + (trial == nil ? ["score", "rank"] : ["score", "rank_low", "rank_median", "rank_high", "rank"])
    case .sensitivity: placeColumns + ["of", "factor", "choices", "first_order", "total"]
    case .runs: (definition.periodColumn.map { [$0] } ?? []) + factors + ["mean_rank_shift"]
    case .changes: [placeColumns[0], "from", "to", "before", "after", "kind", "node", "amount"]
    case .influences: placeColumns + ["indicator", "left_out", "at_best"]
    case .correlations: ["statistic", "first", "second", "value"]
    case .outranking: placeColumns + ["other", "support"]
    }
  }

  func add(
    _ name: Table, to out: ScoreTable, _ period: Int, _ levels: Study.Levels, _ solidity: Solidity?
  ) throws {
    switch name {
    case .screened: try addScreened(out, period, levels)
    case .normalised:
      let rows = study.normalised(period)
      for unit in units(period) { try out.add(place(period, unit) + rows[unit].map(ScoreTable.Cell.number)) }
    case .weights: if period == 0 { try addWeights(out) }
    case .levels:
      for unit in units(period) {
        try out.add(
          place(period, unit)
            + tree.nodes.indices.map { .number(levels.value(unit, $0)) }
            + tree.nodes.indices.map { .number(levels.coverage(unit, $0)) })
      }
    case .ranks: try addRanks(out, period, levels, solidity)
    case .sensitivity: try addSensitivity(out, period, solidity)
    case .runs: try addRuns(out, period, solidity)
    case .changes:
      guard period > 0 else { return }
      for unit in units(period) where panel.hasRow(period - 1, unit) {
        guard let change = try study.change(of: unit, from: period - 1, to: period) else { continue }
        for part in change.parts {
          try out.add([
            .text(panel.units[unit]), .text(panel.periods[period - 1]), .text(panel.periods[period]),
            .number(change.before), .number(change.after), .text(part.kind.rawValue), .text(part.node),
            .number(part.amount),
          ])
        }
      }
    case .influences:
      for unit in units(period) {
        for influence in try study.influences(of: unit, in: period) {
          try out.add(
            place(period, unit) + [
              .text(influence.indicator), .number(influence.leftOut), .number(influence.atBest),
            ])
        }
      }
    case .correlations: if period == panel.periods.count - 1 { try addCorrelations(out) }
    case .outranking: try addOutranking(out, period)
    }
  }

  private func addScreened(_ out: ScoreTable, _ period: Int, _ levels: Study.Levels) throws {
    for unit in units(period) {
      var (applicable, known) = (0, 0)
      for indicator in composite.indicators {
        guard let column = panel.indicators.firstIndex(of: indicator.name) else { continue }
        switch panel[period, unit, column] {
        case .value:
          applicable += 1
          known += 1
        case .missing: applicable += 1
        case .notApplicable: break
        }
      }
      try out.add(
        place(period, unit) + [
          .integer(applicable), .integer(known),
          .number(applicable > 0 ? Double(known) / Double(applicable) : nil),
          .number(levels.coverage(unit, tree.top)), .text(levels.value(unit, tree.top) == nil ? "no" : "yes"),
        ])
    }
  }

  private func addWeights(_ out: ScoreTable) throws {
    let depths = tree.depths
    var sets: [(name: String, weights: [Double], ratio: Double?)] = [
      ("own", tree.nodes.map(\.weight), nil)
    ]
    for set in definition.weightSets {
      sets.append(
        (set.name, tree.nodes.map { set.weights[$0.name] ?? $0.weight }, set.comparisons?.consistencyRatio))
    }
    for set in sets {
      let effective = tree.effectiveWeights(set.weights)
      for (node, entry) in tree.nodes.enumerated() {
        let siblings = entry.parent == nil ? [node] : tree.children[tree.parents[node]]
        let total = siblings.reduce(0) { $0 + set.weights[$1] }
        try out.add([
          .text(set.name), .text(entry.name), .text(entry.parent ?? ""), .integer(depths[node]),
          .number(set.weights[node]), .number(total > 0 ? set.weights[node] / total : nil),
          .number(effective[node]),
          .number(set.ratio),
        ])
      }
    }
  }

  private func addRanks(_ out: ScoreTable, _ period: Int, _ levels: Study.Levels, _ solidity: Solidity?)
    throws
  {
    guard let solidity else {
      let ranks = Ranking.ranks(panel.units.indices.map { levels.value($0, tree.top) })
      for unit in units(period) {
        try out.add(place(period, unit) + [.number(levels.value(unit, tree.top)), .integer(ranks[unit])])
      }
      return
    }
    let separate = solidity.separateRanks
    for unit in units(period) {
      let band = solidity.rankBand(unit)
      try out.add(
        place(period, unit) + [
          .number(levels.value(unit, tree.top)), .number(band?.low), .number(band?.median),
          .number(band?.high), .integer(separate[unit]),
        ])
    }
  }

  private func addSensitivity(_ out: ScoreTable, _ period: Int, _ solidity: Solidity?) throws {
    guard let trial, let solidity else { return }
    let choices = trial.plan.levels(indicators: composite.indicators.count)
    let own = definition.periodColumn == nil ? [] : [ScoreTable.Cell.text(panel.periods[period])]
    func add(_ place: [ScoreTable.Cell], _ of: String, _ shares: [Solidity.Share]?) throws {
      for (factor, name) in SensitivityPlan.Factor.allCases.enumerated() {
        try out.add(
          place + [
            .text(of), .text(name.rawValue), .integer(choices[factor]), .number(shares?[factor].first),
            .number(shares?[factor].total),
          ])
      }
    }
    try add([.text("")] + own, "mean rank shift", solidity.shiftShares)
    for unit in units(period) { try add(place(period, unit), "score", solidity.shares(unit)) }
  }

  private func addRuns(_ out: ScoreTable, _ period: Int, _ solidity: Solidity?) throws {
    guard let plan = trial?.plan, let solidity else { return }
    let leftOut = [""] + (plan.leavesOut ? composite.indicators.map(\.name) : [])
    var run = 0
    for normalisation in plan.normalisations {
      for weights in plan.weights {
        for aggregation in plan.aggregations {
          for indicator in leftOut {
            try out.add(
              (definition.periodColumn == nil ? [] : [.text(panel.periods[period])]) + [
                .text(normalisation.name), .text(weights.name), .text(aggregation.name), .text(indicator),
                .number(solidity.shifts[run]),
              ])
            run += 1
          }
        }
      }
    }
  }

  private func addCorrelations(_ out: ScoreTable) throws {
    let rows = completeRows
    let names = composite.indicators.map(\.name)
    let correlations = try Correlations(rows, names: names)
    for (one, name) in names.enumerated() {
      for (other, second) in names.enumerated().dropFirst(one + 1) {
        try out.add([
          .text("correlation"), .text(name), .text(second), .number(correlations.matrix[one][other]),
        ])
      }
    }
    for (place, value) in correlations.eigenvalues.enumerated() {
      try out.add([.text("eigenvalue"), .text("\(place + 1)"), .text(""), .number(value)])
    }
    try out.add([.text("alpha"), .text(""), .text(""), .number(correlations.alpha)])
    try out.add([.text("units"), .text(""), .text(""), .integer(rows.count)])
  }

  private func addOutranking(_ out: ScoreTable, _ period: Int) throws {
    let compared = compared(period)
    let effective = tree.effectiveWeights()
    let outranking = try Outranking(
      compared.map(\.values), weights: tree.leaves.map { effective[$0] })
    for (one, row) in compared.enumerated() {
      for (other, second) in compared.enumerated() where other != one {
        try out.add(
          place(period, row.unit) + [.text(panel.units[second.unit]), .number(outranking[one, other])])
      }
    }
  }
}
