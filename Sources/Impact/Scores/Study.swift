/// A composite applied to a table: normalisation taken from its pool, ready to be computed period by period.
public struct Study: Sendable {
  /// The values and coverage of every node for the units of one period.
  public struct Levels: Sendable {
    /// Names of the nodes, in the order of the tree.
    public let nodes: [String]
    /// Number of units.
    public let count: Int
    let values: [Double]
    let coverages: [Double]

    /// The value of a node for a unit; `nil` when it is unknown, rests on too little or does not apply.
    public func value(_ unit: Int, _ node: Int) -> Double? {
      let value = values[unit * nodes.count + node]
      return value.isFinite ? value : nil
    }

    /// Whether the node does not apply to a unit at all.
    public func isApplicable(_ unit: Int, _ node: Int) -> Bool {
      values[unit * nodes.count + node] != -.infinity
    }

    /// The share of the weight below a node that its value rests on for a unit, 0–1; of an indicator, 0 or 1.
    ///
    /// The weight of an indicator in a node is its effective weight, the product of the weights along the tree,
    /// each taken within what applies to the unit: what does not apply leaves with its weight, at every level. So
    /// the coverage of a node is the mean, by weight, of the coverage of those below it. A node below the least
    /// data has no value to hand upwards, and covers nothing of the node above. A node has a value exactly where
    /// its coverage reaches ``Composite/minimumData`` and is above 0; only under Copeland's rule a unit that lacks
    /// one of the values compared has none either.
    ///
    /// Leaving what is missing with its weight and asking for a least share of what is known is the screening of
    /// COINr (`Screen`) and of the Sustainable Development Goals index; weights along the tree are COINr's
    /// effective weights.
    public func coverage(_ unit: Int, _ node: Int) -> Double { coverages[unit * nodes.count + node] }
  }

  /// What is computed.
  public let composite: Composite
  /// The table it is computed from.
  public let panel: Panel
  /// The column of each indicator.
  let columns: [Int]
  /// The position of the period each period's pool is, or −1 for all periods.
  private let pools: [Int]
  private let fits: [Int: [FittedNormalisation]]

  /// A composite applied to a table.
  ///
  /// - Throws: ``ScoreError`` when the table lacks a column, or values do not allow the normalisation.
  public init(_ composite: Composite, _ panel: Panel) throws(ScoreError) {
    self.composite = composite
    self.panel = panel
    var columns: [Int] = []
    for indicator in composite.indicators {
      guard let column = panel.indicators.firstIndex(of: indicator.name) else {
        throw .inconsistent(
          "the table has no column \"\(indicator.name)\"; add it, or take the indicator out")
      }
      columns.append(column)
    }
    self.columns = columns
    (pools, fits) = try Study.fitted(composite.normalisation, composite, panel, columns)
  }

  static func fitted(
    _ normalisation: Normalisation, _ composite: Composite, _ panel: Panel, _ columns: [Int]
  ) throws(ScoreError) -> (pools: [Int], fits: [Int: [FittedNormalisation]]) {
    var pools: [Int]
    switch composite.pool {
    case .panel: pools = panel.periods.map { _ in -1 }
    case .period: pools = Array(panel.periods.indices)
    case .base(let name):
      guard let base = panel.periods.firstIndex(of: name) else { throw .unknownPeriod(name) }
      pools = panel.periods.map { _ in base }
    }
    // What looks at no other unit needs no pool.
    if !normalisation.isRelative { pools = panel.periods.map { _ in -1 } }
    var reference: Int?
    if case .distanceToReference(.unit(let name), _) = normalisation {
      guard let unit = panel.units.firstIndex(of: name) else { throw .unknownUnit(name) }
      reference = unit
      // One unit's value is one period's value.
      if case .panel = composite.pool { pools = Array(panel.periods.indices) }
    }
    var fits: [Int: [FittedNormalisation]] = [:]
    for pool in pools where fits[pool] == nil {
      var row: [FittedNormalisation] = []
      for (indicator, column) in zip(composite.indicators, columns) {
        let values = normalisation.isRelative ? panel.known(column, period: pool < 0 ? nil : pool) : []
        // A column nobody filled in normalises nothing.
        if normalisation.isRelative, values.isEmpty {
          row.append(.line(slope: 0, shift: .nan, low: -.infinity, high: .infinity))
          continue
        }
        var own: Double?
        if let reference, case .value(let value) = panel[max(0, pool), reference, column] { own = value }
        row.append(
          try FittedNormalisation(
            normalisation, indicator, scale: composite.scale, pool: values, unitReference: own))
      }
      fits[pool] = row
    }
    return (pools, fits)
  }

  /// The normalised values of a unit in a period, in the order of the indicators.
  @inline(__always)
  func place(_ period: Int, _ unit: Int, into row: inout [Double]) {
    Study.place(fits[pools[period]] ?? [], panel, columns, period, unit, into: &row)
  }

  func fits(_ period: Int) -> [FittedNormalisation] { fits[pools[period]] ?? [] }

  @inline(__always)
  static func place(
    _ fits: [FittedNormalisation], _ panel: Panel, _ columns: [Int], _ period: Int, _ unit: Int,
    into row: inout [Double]
  ) {
    let start = panel.row(period, unit)
    for index in columns.indices {
      let value = panel.values[start + columns[index]]
      row[index] = value.isFinite ? fits[index].placed(value) : value
    }
  }

  /// The normalised values of a period, a row a unit; `nil` where there is none.
  public func normalised(_ period: Int) -> [[Double?]] {
    var row = [Double](repeating: .nan, count: columns.count)
    return panel.units.indices.map { unit in
      place(period, unit, into: &row)
      return row.map { $0.isFinite ? $0 : nil }
    }
  }

  /// Every node for every unit of a period.
  ///
  /// - Throws: ``ScoreError`` when a value is outside the domain of the mean above it.
  public func levels(_ period: Int) throws(ScoreError) -> Levels {
    let tree = composite.hierarchy
    let count = tree.nodes.count
    var values = [Double](repeating: .nan, count: count * panel.units.count)
    var coverages = [Double](repeating: 0, count: count * panel.units.count)
    if composite.copelandNode != nil {
      try levelsByOutranking(period, &values, &coverages)
      return Levels(
        nodes: tree.nodes.map(\.name), count: panel.units.count, values: values, coverages: coverages)
    }
    let evaluator = Evaluator(composite)
    let work = Evaluator.Workspace(count)
    var row = [Double](repeating: .nan, count: columns.count)
    for unit in panel.units.indices {
      place(period, unit, into: &row)
      _ = evaluator.evaluate(row, work)
      if work.refused >= 0 { throw refusal(work, evaluator, unit, period) }
      for node in 0..<count {
        let slot = evaluator.slots[node]
        values[unit * count + node] = work.value(slot)
        coverages[unit * count + node] = evaluator.coverage(slot, work)
      }
    }
    return Levels(
      nodes: tree.nodes.map(\.name), count: panel.units.count, values: values, coverages: coverages)
  }

  /// Why an evaluation was refused: a value its mean cannot take, or values without a mean.
  func refusal(
    _ work: Evaluator.Workspace, _ evaluator: Evaluator, _ unit: Int, _ period: Int
  ) -> ScoreError {
    let tree = composite.hierarchy
    let node = tree.upwards[work.refused]
    let (unit, period) = (panel.units[unit], panel.periods.count > 1 ? panel.periods[period] : nil)
    // Another mean may be tried than the composite's own: the evaluator's is the one that refused.
    return work.hasNoMean
      ? .noMean(node: tree.nodes[node].name, mean: evaluator.aggregations[node], unit: unit, period: period)
      : .notPositive(
        node: tree.nodes[node].name, mean: evaluator.aggregations[max(0, tree.parents[node])], unit: unit,
        period: period)
  }

  /// Level by level, since Copeland's rule looks at all units at once.
  private func levelsByOutranking(
    _ period: Int, _ values: inout [Double], _ coverages: inout [Double]
  ) throws(ScoreError) {
    let tree = composite.hierarchy
    let count = tree.nodes.count
    var row = [Double](repeating: .nan, count: columns.count)
    for unit in panel.units.indices {
      place(period, unit, into: &row)
      for (index, node) in tree.leaves.enumerated() {
        values[unit * count + node] = row[index]
        coverages[unit * count + node] = row[index].isFinite ? 1 : 0
      }
    }
    for node in tree.upwards where !tree.children[node].isEmpty {
      let below = tree.children[node].filter { tree.nodes[$0].weight > 0 }
      var compared: [(unit: Int, values: [Double])] = []
      for unit in panel.units.indices {
        let applies = below.filter { values[unit * count + $0] != -.infinity }
        let known = applies.filter { values[unit * count + $0].isFinite }
        let total = applies.reduce(0) { $0 + tree.nodes[$1].weight }
        let covered = known.reduce(0) { $0 + tree.nodes[$1].weight * coverages[unit * count + $1] }
        coverages[unit * count + node] = total > 0 ? covered / total : 0
        guard !applies.isEmpty else {
          values[unit * count + node] = -.infinity
          continue
        }
        guard !known.isEmpty, covered >= (composite.minimumData - 1e-12) * total else { continue }
        if composite.aggregations[node] == .copeland {
          // Units are compared on the same indicators: one that lacks a value is not compared.
          if known.count == below.count { compared.append((unit, below.map { values[unit * count + $0] })) }
        } else {
          do {
            values[unit * count + node] = try composite.aggregations[node].value(
              known.map { values[unit * count + $0] }, weights: known.map { tree.nodes[$0].weight },
              scale: composite.scale)
          } catch {
            throw refused(error, below: node, known, unit, period, values)
          }
        }
      }
      guard composite.aggregations[node] == .copeland, !compared.isEmpty else { continue }
      let outranking = try Outranking(compared.map(\.values), weights: below.map { tree.nodes[$0].weight })
      for (place, score) in outranking.copeland.enumerated() {
        values[compared[place].unit * count + node] = Double(score)
      }
    }
  }

  /// The error of a mean with the unit and the node it belongs to.
  private func refused(
    _ error: ScoreError, below node: Int, _ known: [Int], _ unit: Int, _ period: Int, _ values: [Double]
  ) -> ScoreError {
    let tree = composite.hierarchy
    let name = panel.units[unit]
    let period = panel.periods.count > 1 ? panel.periods[period] : nil
    switch error {
    case .notPositive(_, let mean, _, _):
      let kernel = MeanKernel(mean, scale: composite.scale)
      let child = known.first { !kernel.accepts(values[unit * tree.nodes.count + $0]) } ?? node
      return .notPositive(node: tree.nodes[child].name, mean: mean, unit: name, period: period)
    case .noMean(_, let mean, _, _):
      return .noMean(node: tree.nodes[node].name, mean: mean, unit: name, period: period)
    default: return error
    }
  }
}
