/// What moved a score from one period to another: parts that add up to the change, exactly.
///
/// Every mean but Mazziotta–Pareto's is `f(M) = Σ w f(x) / Σ w`. Between two periods `ΔM = Σ w Δf(x) / Σ w / s(M)`
/// with `s` the slope of the chord of `f` between the two values, and `Δf(x) = s(x) Δx`: so each indicator has its
/// part, `w s(x) / s(M) Δx`, without a rest, through any number of levels. For the geometric mean (`f = ln`) this is
/// the logarithmic mean Divisia decomposition (LMDI-I, Ang 2005, *Energy Policy* 33). Mazziotta–Pareto's penalty
/// `Σ w x² / M` is taken apart as a product, each factor's change at the other's mean.
///
/// A value that appears or disappears changes which values are averaged. That is no change of what is measured, so
/// it has its own parts: first what is gone is taken out, then what stays moves, then what appears comes in.
public struct ScoreChange: Hashable, Sendable {
  /// What a part stands for.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The value of an indicator moved.
    case moved
    /// A value is known now that was not before.
    case appeared
    /// A value that was known is no longer.
    case disappeared
    /// Nothing below a node is known at both ends, or what is has no mean by itself: its two values cannot be compared
    /// indicator by indicator.
    case replaced
  }

  /// One part of a change.
  public struct Part: Hashable, Sendable {
    /// What it stands for.
    public var kind: Kind
    /// The indicator, or the node when the part is a node's.
    public var node: String
    /// How much of the change it makes, on the scale of the score.
    public var amount: Double

    /// A part of a change.
    public init(_ kind: Kind, _ node: String, _ amount: Double) {
      self.kind = kind
      self.node = node
      self.amount = amount
    }
  }

  /// The score before.
  public var before: Double
  /// The score after.
  public var after: Double
  /// The parts, in the order of the tree; those of an indicator that did not move are 0.
  public var parts: [Part]

  /// A change with its parts.
  public init(before: Double, after: Double, parts: [Part]) {
    self.before = before
    self.after = after
    self.parts = parts
  }

  /// How much the score moved.
  public var amount: Double { after - before }
}

extension Study {
  /// What moved a unit's score between two periods; `nil` when one of them has no score.
  ///
  /// - Throws: ``ScoreError`` when a value is outside the domain of the mean above it, or a node is put together by
  ///   Copeland's rule, whose change depends on every other unit.
  public func change(of unit: Int, from before: Int, to after: Int) throws(ScoreError) -> ScoreChange? {
    try composite.requireByUnit("what moved it")
    let evaluator = Evaluator(composite)
    let ends = (Evaluator.Workspace(evaluator.count), Evaluator.Workspace(evaluator.count))
    var row = [Double](repeating: .nan, count: columns.count)
    place(before, unit, into: &row)
    let first = evaluator.evaluate(row, ends.0)
    if ends.0.refused >= 0 { throw refusal(ends.0, evaluator, unit, before) }
    place(after, unit, into: &row)
    let last = evaluator.evaluate(row, ends.1)
    if ends.1.refused >= 0 { throw refusal(ends.1, evaluator, unit, after) }
    guard first.isFinite, last.isFinite else { return nil }
    var walk = ChangeWalk(
      composite: composite, evaluator: evaluator, before: ends.0.values, after: ends.1.values)
    walk.take(apart: composite.hierarchy.top, times: 1)
    return ScoreChange(before: first, after: last, parts: walk.parts)
  }
}

/// Walks down the tree with the slope of the top for each node.
private struct ChangeWalk {
  let composite: Composite
  let evaluator: Evaluator
  let before: [Double]
  let after: [Double]
  var parts: [ScoreChange.Part] = []

  /// A mean at one moment, over some of the values.
  private struct Mean {
    var value: Double
    /// f of it, or Mazziotta–Pareto's M.
    var first: Double
    /// Mazziotta–Pareto's Q, Σ w x² / Σ w.
    var second: Double
  }

  mutating func take(apart node: Int, times factor: Double) {
    let tree = composite.hierarchy
    let slot = evaluator.slots[node]
    let name = tree.nodes[node].name
    if tree.children[node].isEmpty {
      parts.append(.init(.moved, name, factor * (after[slot] - before[slot])))
      return
    }
    let kernel = evaluator.kernel(slot)
    let below = tree.children[node].filter { tree.nodes[$0].weight > 0 }
    let old = below.filter { before[evaluator.slots[$0]].isFinite }
    let new = below.filter { after[evaluator.slots[$0]].isFinite }
    let both = old.filter(new.contains)
    let start = mean(of: old, before, kernel)
    let left = mean(of: both, before, kernel)
    let moved = mean(of: both, after, kernel)
    let end = mean(of: new, after, kernel)
    // Mazziotta–Pareto divides by the mean: that of a part of the values may be 0 or less where the whole's is not.
    guard !both.isEmpty, left.value.isFinite, moved.value.isFinite else {
      parts.append(.init(.replaced, name, factor * (after[slot] - before[slot])))
      return
    }
    for child in below {
      let place = evaluator.slots[child]
      let label = tree.nodes[child].name
      let weight = tree.nodes[child].weight
      switch (before[place].isFinite, after[place].isFinite) {
      case (true, true):
        let share = weight / self.weight(of: both)
        let (a, b) = (before[place], after[place])
        let slope =
          kernel.isPareto
          ? pareto(kernel, left, moved, first: share, second: share * (a + b))
          : share * kernel.slope(a, b) / kernel.slope(left.value, moved.value)
        take(apart: child, times: factor * slope)
      case (true, false):
        let share = weight / self.weight(of: old)
        parts.append(
          .init(.disappeared, label, -factor * share * outlier(before[place], kernel, from: left, to: start)))
      case (false, true):
        let share = weight / self.weight(of: new)
        parts.append(
          .init(.appeared, label, factor * share * outlier(after[place], kernel, from: moved, to: end)))
      case (false, false): break
      }
    }
  }

  /// What a value beside those of `base` adds to a mean that becomes `with`, a unit of its share of the weight.
  private func outlier(_ x: Double, _ kernel: MeanKernel, from base: Mean, to with: Mean) -> Double {
    kernel.isPareto
      ? pareto(kernel, base, with, first: x - base.first, second: x * x - base.second)
      : (kernel.transformed(x) - base.first) / kernel.slope(base.value, with.value)
  }

  /// `M ∓ (Q/M − M)` moved by a change of M and one of Q: Q/M as a product, each factor at the other's mean.
  private func pareto(_ kernel: MeanKernel, _ a: Mean, _ b: Mean, first: Double, second: Double) -> Double {
    let inverse = (1 / a.first + 1 / b.first) / 2
    let ratio = inverse * second - (a.second + b.second) / 2 * first / (a.first * b.first)
    return kernel.kind == .paretoDown ? 2 * first - ratio : ratio
  }

  private func weight(of nodes: [Int]) -> Double {
    nodes.reduce(0) { $0 + composite.hierarchy.nodes[$1].weight }
  }

  private func mean(of nodes: [Int], _ values: [Double], _ kernel: MeanKernel) -> Mean {
    var sums = MeanSums()
    for node in nodes {
      sums.add(kernel, values[evaluator.slots[node]], composite.hierarchy.nodes[node].weight)
    }
    return Mean(value: kernel.mean(sums), first: sums.first / sums.weight, second: sums.second / sums.weight)
  }
}
