/// A composite laid out flat, to be computed for one unit after another without allocating.
///
/// Nodes stand in *slots*, each after all those below it; the last slot is the top.
struct Evaluator: Sendable {
  /// What one evaluation leaves behind, used again for the next.
  struct Workspace: Sendable {
    /// The value of each slot: `NaN` when unknown, `−∞` when it does not apply.
    var values: [Double]
    /// The value as the mean above it adds it up.
    var transformed: [Double]
    /// Weight just below each slot that applies, and that has a value.
    var total: [Double]
    var known: [Double]
    /// Of the latter, what rests on known indicators all the way down.
    var covered: [Double]
    /// Number of those.
    var totals: [Int32]
    var knowns: [Int32]
    var first: [Double]
    var second: [Double]
    /// The first slot whose value the mean above it cannot take, or whose own mean has none; −1 when there is none.
    var refused = -1
    /// Whether it was its own mean.
    var hasNoMean = false

    init(_ count: Int) {
      values = [Double](repeating: .nan, count: count)
      transformed = values
      total = values
      known = values
      covered = values
      totals = [Int32](repeating: 0, count: count)
      knowns = totals
      first = values
      second = values
    }
  }

  let count: Int
  let parents: [Int]
  let weights: [Double]
  /// How each slot is made of those below it.
  let kernels: [MeanKernel]
  /// How each slot is added up by the one above it.
  let above: [MeanKernel]
  /// Which indicator stands in each slot; −1 for none.
  let indicators: [Int]
  /// The slot of each indicator.
  let leaves: [Int]
  /// The slot of each node.
  let slots: [Int]
  /// How each node is made of those below it, in the order of the nodes.
  let aggregations: [Aggregation]
  let minimum: Double

  /// - Precondition: no aggregation is Copeland's.
  init(_ composite: Composite, weights: [Double]? = nil, aggregations: [Aggregation]? = nil) {
    let tree = composite.hierarchy
    let weights = weights ?? tree.nodes.map(\.weight)
    let aggregations = aggregations ?? composite.aggregations
    count = tree.upwards.count
    var slots = [Int](repeating: 0, count: count)
    for (slot, node) in tree.upwards.enumerated() { slots[node] = slot }
    let kernels = tree.upwards.map { node in
      MeanKernel(tree.children[node].isEmpty ? .arithmetic : aggregations[node], scale: composite.scale)
    }
    parents = tree.upwards.map { tree.parents[$0] < 0 ? -1 : slots[tree.parents[$0]] }
    self.weights = tree.upwards.map { weights[$0] }
    self.kernels = kernels
    above = parents.map { $0 < 0 ? MeanKernel(.arithmetic, scale: composite.scale) : kernels[$0] }
    var indicators = [Int](repeating: -1, count: count)
    for (indicator, node) in tree.leaves.enumerated() { indicators[slots[node]] = indicator }
    self.indicators = indicators
    leaves = tree.leaves.map { slots[$0] }
    self.slots = slots
    self.aggregations = aggregations
    // A share such as 0.6 of weights such as 0.7 and 0.3 must not fail by its last bit.
    minimum = composite.minimumData - 1e-12
  }

  /// The value of the top, every slot's left in the workspace.
  @inline(__always)
  func evaluate(_ normalised: [Double], _ work: inout Workspace) -> Double {
    work.refused = -1
    for slot in 0..<count where indicators[slot] < 0 {
      work.total[slot] = 0
      work.known[slot] = 0
      work.covered[slot] = 0
      work.totals[slot] = 0
      work.knowns[slot] = 0
      work.first[slot] = 0
      work.second[slot] = 0
    }
    for slot in 0..<count {
      let value =
        indicators[slot] >= 0
        ? normalised[indicators[slot]]
        : node(
          slot, work.total[slot], work.totals[slot], work.known[slot], work.knowns[slot],
          work.covered[slot], work.first[slot], work.second[slot], &work)
      work.values[slot] = value
      let parent = parents[slot]
      let weight = weights[slot]
      guard parent >= 0, value != -.infinity, weight > 0 else { continue }
      work.total[parent] += weight
      work.totals[parent] += 1
      guard !value.isNaN else { continue }
      let kernel = above[slot]
      if !kernel.accepts(value), work.refused < 0 { (work.refused, work.hasNoMean) = (slot, false) }
      let transformed = kernel.transformed(value)
      work.transformed[slot] = transformed
      work.known[parent] += weight
      work.covered[parent] += weight * coverage(slot, work)
      work.knowns[parent] += 1
      work.first[parent] += weight * transformed
      work.second[parent] += weight * value * value
    }
    return work.values[count - 1]
  }

  /// The share of the weight below a slot that it rests on, 0–1, of what the last evaluation added up.
  @inline(__always)
  func coverage(_ slot: Int, _ work: Workspace) -> Double {
    if indicators[slot] >= 0 { return work.values[slot].isFinite ? 1 : 0 }
    return work.total[slot] > 0 ? work.covered[slot] / work.total[slot] : 0
  }

  /// The value of a slot from what was added up below it; a mean that does not exist is noted in the workspace.
  @inline(__always)
  private func node(
    _ slot: Int, _ total: Double, _ totals: Int32, _ known: Double, _ knowns: Int32, _ covered: Double,
    _ first: Double, _ second: Double, _ work: inout Workspace
  ) -> Double {
    if totals == 0 { return -.infinity }
    if knowns == 0 || covered < minimum * total { return .nan }
    let mean = kernels[slot].mean(weight: known, first: first, second: second)
    if !mean.isFinite {
      if work.refused < 0 { (work.refused, work.hasNoMean) = (slot, true) }
      return .nan
    }
    return mean
  }

  /// The value the top would have without an indicator, its weight gone with it.
  ///
  /// Only the nodes above it are computed again, from what the last evaluation added up.
  @inline(__always)
  func top(without indicator: Int, _ work: inout Workspace) -> Double {
    var slot = leaves[indicator]
    return top(replacing: &slot, by: -.infinity, &work)
  }

  /// The value the top would have if an indicator had another normalised value.
  func top(with value: Double, at indicator: Int, _ work: inout Workspace) -> Double {
    var slot = leaves[indicator]
    return top(replacing: &slot, by: value, &work)
  }

  @inline(__always)
  private func top(replacing slot: inout Int, by replacement: Double, _ work: inout Workspace) -> Double {
    var replacement = replacement
    // How much of the weight below the slot its new value rests on: an indicator's rests on itself.
    var coverage = 1.0
    while parents[slot] >= 0 {
      let parent = parents[slot]
      let weight = weights[slot]
      var (total, totals) = (work.total[parent], work.totals[parent])
      var (known, knowns) = (work.known[parent], work.knowns[parent])
      var covered = work.covered[parent]
      var (first, second) = (work.first[parent], work.second[parent])
      if weight > 0 {
        let old = work.values[slot]
        if old != -.infinity {
          total -= weight
          totals -= 1
          if !old.isNaN {
            known -= weight
            knowns -= 1
            covered -= weight * self.coverage(slot, work)
            first -= weight * work.transformed[slot]
            second -= weight * old * old
          }
        }
        if replacement != -.infinity {
          total += weight
          totals += 1
          if !replacement.isNaN {
            if !above[slot].accepts(replacement), work.refused < 0 {
              (work.refused, work.hasNoMean) = (slot, false)
            }
            known += weight
            knowns += 1
            covered += weight * coverage
            first += weight * above[slot].transformed(replacement)
            second += weight * replacement * replacement
          }
        }
      }
      // Taking off most of a sum leaves little but its rounding: then the rest is added up again.
      if abs(first) < 1e-3 * abs(work.first[parent]) || known < 1e-3 * work.known[parent] {
        (known, covered, first, second) = rest(of: parent, without: slot, work)
        if replacement.isFinite, weight > 0 {
          known += weight
          covered += weight * coverage
          first += weight * above[slot].transformed(replacement)
          second += weight * replacement * replacement
        }
      }
      replacement = node(parent, total, totals, known, knowns, covered, first, second, &work)
      coverage = total > 0 ? covered / total : 0
      slot = parent
    }
    return replacement
  }

  /// What the known values below a slot add up to without one of them.
  private func rest(of parent: Int, without slot: Int, _ work: Workspace) -> (
    known: Double, covered: Double, first: Double, second: Double
  ) {
    var (known, covered, first, second) = (0.0, 0.0, 0.0, 0.0)
    for other in 0..<parent where parents[other] == parent && other != slot && weights[other] > 0 {
      let value = work.values[other]
      guard value.isFinite else { continue }
      known += weights[other]
      covered += weights[other] * coverage(other, work)
      first += weights[other] * work.transformed[other]
      second += weights[other] * value * value
    }
    return (known, covered, first, second)
  }
}
