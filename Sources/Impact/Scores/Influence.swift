/// What each indicator holds of a unit's score, and what it could still bring.
public struct Influence: Hashable, Sendable {
  /// The indicator.
  public var indicator: String
  /// How much the score would move if the indicator were left out of the framework; `nil` when it has no value,
  /// or no score is left.
  public var leftOut: Double?
  /// How much the score would gain if the indicator came to the best end of its scale; `nil` when it has no value.
  public var atBest: Double?
}

extension Study {
  /// What each indicator holds of a unit's score; empty when the unit has none.
  ///
  /// - Throws: ``ScoreError`` when a value is outside the domain of the mean above it, or a node is put together by
  ///   Copeland's rule.
  public func influences(of unit: Int, in period: Int) throws(ScoreError) -> [Influence] {
    try composite.requireByUnit("the influence of an indicator")
    let evaluator = Evaluator(composite)
    let work = Evaluator.Workspace(evaluator.count)
    var row = [Double](repeating: .nan, count: columns.count)
    place(period, unit, into: &row)
    let score = evaluator.evaluate(row, work)
    if work.refused >= 0 { throw refusal(work, evaluator, unit, period) }
    guard score.isFinite else { return [] }
    var found: [Influence] = []
    for (index, indicator) in composite.indicators.enumerated() {
      guard row[index].isFinite else {
        found.append(Influence(indicator: indicator.name, leftOut: nil, atBest: nil))
        continue
      }
      let without = evaluator.top(with: -.infinity, at: index, work)
      let best = evaluator.top(with: composite.scale.high, at: index, work)
      found.append(
        Influence(
          indicator: indicator.name, leftOut: without.isFinite ? without - score : nil,
          atBest: best.isFinite ? max(0, best - score) : nil))
    }
    return found
  }

  /// Where a unit's score could lie if everything missing were known: all at the worst end, all at the best.
  ///
  /// A missing value never raises the lower end. What does not apply is not missing.
  ///
  /// - Returns: an interval a node in the order of the tree; `nil` for nodes that do not apply.
  /// - Throws: ``ScoreError`` when a value is outside the domain of the mean above it, or a node is put together by
  ///   Copeland's rule.
  public func possible(_ unit: Int, in period: Int) throws(ScoreError) -> [Interval?] {
    try composite.requireByUnit("what a score could be")
    let evaluator = Evaluator(composite)
    let work = Evaluator.Workspace(evaluator.count)
    var row = [Double](repeating: .nan, count: columns.count)
    place(period, unit, into: &row)
    var ends: [[Double]] = []
    for end in [composite.scale.low, composite.scale.high] {
      _ = evaluator.evaluate(row.map { $0.isNaN ? end : $0 }, work)
      if work.refused >= 0 { throw refusal(work, evaluator, unit, period) }
      ends.append(work.values)
    }
    return composite.hierarchy.nodes.indices.map { node in
      let (low, high) = (ends[0][evaluator.slots[node]], ends[1][evaluator.slots[node]])
      return low.isFinite && high.isFinite ? Interval(low: min(low, high), high: max(low, high)) : nil
    }
  }
}
