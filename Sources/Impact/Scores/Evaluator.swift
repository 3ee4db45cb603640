/// A composite laid out flat, to be computed for one unit after another without allocating.
///
/// Nodes stand in *slots*, each after all those below it; the last slot is the top.
struct Evaluator: Sendable {
  /// What one evaluation leaves behind, used again for the next.
  final class Workspace {
    /// One slot's value and what was added up just below it.
    struct Sums {
      /// `NaN` when unknown, `−∞` when it does not apply.
      var value = Double.nan
      /// The value as the mean above it adds it up.
      var transformed = Double.nan
      /// Weight that applies, and that has a value.
      var total = 0.0
      var known = 0.0
      /// Of the latter, what rests on known indicators all the way down.
      var covered = 0.0
      /// Σ w f(x) and Σ w x².
      var first = 0.0
      var second = 0.0
      /// Number of values that apply, and that are known.
      var totals: Int32 = 0
      var knowns: Int32 = 0
    }

    /// Slot by slot; plain memory, since counting references and checking bounds would cost as much as the arithmetic.
    fileprivate let sums: UnsafeMutableBufferPointer<Sums>
    /// The first slot whose value the mean above it cannot take, or whose own mean has none; −1 when there is none.
    fileprivate(set) var refused = -1
    /// Whether it was its own mean.
    fileprivate(set) var hasNoMean = false

    init(_ count: Int) {
      sums = .allocate(capacity: count)
      sums.initialize(repeating: Sums())
    }

    deinit { sums.deallocate() }

    /// The value of each slot.
    var values: [Double] { sums.map(\.value) }

    /// The value of a slot.
    func value(_ slot: Int) -> Double {
      precondition(sums.indices.contains(slot))
      return sums[slot].value
    }
  }

  /// How a slot is computed, as it stands in the tree.
  private struct Slot {
    /// The slot above; −1 for the top.
    var parent: Int
    /// The indicator that stands there; −1 for none.
    var indicator: Int
    var weight: Double
    /// How it is made of those below it.
    var kernel: MeanKernel
    /// How it is added up by the one above it.
    var above: MeanKernel
  }

  let count: Int
  private let tree: [Slot]
  /// The slots that are no indicator.
  private let inner: [Int]
  /// The slot of each indicator.
  let leaves: [Int]
  /// The slot of each node.
  let slots: [Int]
  /// How each node is made of those below it, in the order of the nodes.
  let aggregations: [Aggregation]
  private let minimum: Double
  /// Whether a value may rest on too little.
  private let isScreened: Bool

  /// - Precondition: no aggregation is Copeland's.
  init(_ composite: Composite, weights: [Double]? = nil, aggregations: [Aggregation]? = nil) {
    let tree = composite.hierarchy
    let weights = weights ?? tree.nodes.map(\.weight)
    let aggregations = aggregations ?? composite.aggregations
    count = tree.upwards.count
    var slots = [Int](repeating: 0, count: count)
    for (slot, node) in tree.upwards.enumerated() { slots[node] = slot }
    var indicators = [Int](repeating: -1, count: count)
    for (indicator, node) in tree.leaves.enumerated() { indicators[slots[node]] = indicator }
    func kernel(_ node: Int) -> MeanKernel {
      let isIndicator = node < 0 || tree.children[node].isEmpty
      return MeanKernel(isIndicator ? .arithmetic : aggregations[node], scale: composite.scale)
    }
    self.tree = tree.upwards.enumerated().map { slot, node in
      let parent = tree.parents[node]
      return Slot(
        parent: parent < 0 ? -1 : slots[parent], indicator: indicators[slot], weight: weights[node],
        kernel: kernel(node), above: kernel(parent))
    }
    inner = indicators.indices.filter { indicators[$0] < 0 }
    leaves = tree.leaves.map { slots[$0] }
    self.slots = slots
    self.aggregations = aggregations
    // A share such as 0.6 of weights such as 0.7 and 0.3 must not fail by its last bit.
    minimum = composite.minimumData - 1e-12
    isScreened = composite.minimumData > 0
  }

  /// How a node is made of those below it.
  func kernel(_ slot: Int) -> MeanKernel { tree[slot].kernel }

  /// The value of the top, every slot's left in the workspace.
  func evaluate(_ normalised: [Double], _ work: Workspace) -> Double {
    precondition(normalised.count == leaves.count && work.sums.count == count)
    return tree.withUnsafeBufferPointer { tree in
      normalised.withUnsafeBufferPointer { evaluate(tree, $0, work) }
    }
  }

  @inline(__always)
  private func evaluate(
    _ tree: UnsafeBufferPointer<Slot>, _ normalised: UnsafeBufferPointer<Double>, _ work: Workspace
  ) -> Double {
    let sums = work.sums
    work.refused = -1
    for slot in inner { sums[slot] = Workspace.Sums() }
    for slot in tree.indices {
      let own = tree[slot]
      let value = own.indicator >= 0 ? normalised[own.indicator] : node(slot, own.kernel, sums[slot], work)
      sums[slot].value = value
      guard own.parent >= 0, value != -.infinity, own.weight > 0 else { continue }
      sums[own.parent].total += own.weight
      sums[own.parent].totals += 1
      guard !value.isNaN else { continue }
      if !own.above.accepts(value), work.refused < 0 { (work.refused, work.hasNoMean) = (slot, false) }
      let transformed = own.above.transformed(value)
      sums[slot].transformed = transformed
      sums[own.parent].knowns += 1
      sums[own.parent].add(
        value, transformed, own.weight, coverage: own.indicator >= 0 ? 1 : coverage(sums[slot]))
    }
    return sums[tree.count - 1].value
  }

  /// The share of the weight below a slot that it rests on, 0–1, of what the last evaluation added up.
  func coverage(_ slot: Int, _ work: Workspace) -> Double {
    precondition(work.sums.indices.contains(slot))
    return tree[slot].indicator >= 0 ? (work.sums[slot].value.isFinite ? 1 : 0) : coverage(work.sums[slot])
  }

  @inline(__always)
  private func coverage(_ sums: Workspace.Sums) -> Double { sums.total > 0 ? sums.covered / sums.total : 0 }

  /// The value of a slot from what was added up below it; a mean that does not exist is noted in the workspace.
  @inline(__always)
  private func node(_ slot: Int, _ kernel: MeanKernel, _ sums: Workspace.Sums, _ work: Workspace) -> Double {
    if sums.totals == 0 { return -.infinity }
    if sums.knowns == 0 || isScreened && sums.covered < minimum * sums.total { return .nan }
    let mean = kernel.mean(weight: sums.known, first: sums.first, second: sums.second)
    if !mean.isFinite {
      if work.refused < 0 { (work.refused, work.hasNoMean) = (slot, true) }
      return .nan
    }
    return mean
  }

  /// The value the top would have without each indicator in turn, its weight gone with it.
  ///
  /// Only the nodes above it are computed again, from what the last evaluation added up.
  func tops(withoutEach work: Workspace, into out: UnsafeMutableBufferPointer<Double>) {
    precondition(out.count == leaves.count && work.sums.count == count)
    tree.withUnsafeBufferPointer { tree in
      for (indicator, slot) in leaves.enumerated() {
        out[indicator] = top(tree, replacing: slot, by: -.infinity, work)
      }
    }
  }

  /// The value the top would have if an indicator had another normalised value, `−∞` for none that applies.
  func top(with value: Double, at indicator: Int, _ work: Workspace) -> Double {
    precondition(work.sums.count == count)
    return tree.withUnsafeBufferPointer { top($0, replacing: leaves[indicator], by: value, work) }
  }

  @inline(__always)
  private func top(
    _ tree: UnsafeBufferPointer<Slot>, replacing replaced: Int, by replacement: Double, _ work: Workspace
  ) -> Double {
    let sums = work.sums
    var (slot, replacement) = (replaced, replacement)
    // How much of the weight below the slot its new value rests on: an indicator's rests on itself.
    var coverage = 1.0
    while tree[slot].parent >= 0 {
      let own = tree[slot]
      let parent = own.parent
      let old = sums[slot]
      var new = sums[parent]
      if own.weight > 0 {
        if old.value != -.infinity {
          new.total -= own.weight
          new.totals -= 1
          if !old.value.isNaN {
            new.knowns -= 1
            // What it covered matters only where values are screened.
            let covered = isScreened && own.indicator < 0 ? self.coverage(old) : 1
            new.add(old.value, old.transformed, -own.weight, coverage: covered)
          }
        }
        if replacement != -.infinity {
          new.total += own.weight
          new.totals += 1
          if !replacement.isNaN {
            if !own.above.accepts(replacement), work.refused < 0 {
              (work.refused, work.hasNoMean) = (slot, false)
            }
            new.knowns += 1
            new.add(replacement, own.above.transformed(replacement), own.weight, coverage: coverage)
          }
        }
      }
      // Taking off most of a sum leaves little but its rounding: then the rest is added up again.
      if abs(new.first) < 1e-3 * abs(sums[parent].first) || new.known < 1e-3 * sums[parent].known {
        let rest = rest(tree, of: parent, without: slot, sums)
        (new.known, new.covered, new.first, new.second) = (rest.known, rest.covered, rest.first, rest.second)
        if replacement.isFinite, own.weight > 0 {
          new.add(replacement, own.above.transformed(replacement), own.weight, coverage: coverage)
        }
      }
      replacement = node(parent, tree[parent].kernel, new, work)
      if isScreened { coverage = self.coverage(new) }
      slot = parent
    }
    return replacement
  }

  /// What the known values below a slot add up to without one of them.
  private func rest(
    _ tree: UnsafeBufferPointer<Slot>, of parent: Int, without slot: Int,
    _ sums: UnsafeMutableBufferPointer<Workspace.Sums>
  ) -> Workspace.Sums {
    var rest = Workspace.Sums()
    for other in 0..<parent where tree[other].parent == parent && other != slot && tree[other].weight > 0 {
      let own = sums[other]
      guard own.value.isFinite else { continue }
      rest.add(
        own.value, own.transformed, tree[other].weight,
        coverage: tree[other].indicator >= 0 ? 1 : coverage(own))
    }
    return rest
  }
}

extension Evaluator.Workspace.Sums {
  /// Adds a known value below the slot to its sums; with a negative weight it comes off again.
  @inline(__always)
  fileprivate mutating func add(_ value: Double, _ transformed: Double, _ weight: Double, coverage: Double) {
    known += weight
    covered += weight * coverage
    first += weight * transformed
    second += weight * value * value
  }
}
