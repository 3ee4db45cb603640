/// The choices another evaluator might have made, every combination of which is computed (handbook pages 117–124).
public struct SensitivityPlan: Hashable, Sendable {
  /// One choice with its name.
  public struct Choice<Value: Hashable & Sendable>: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// What is chosen.
    public var value: Value

    /// A choice with its name.
    public init(_ name: String, _ value: Value) {
      self.name = name
      self.value = value
    }
  }

  /// Something that is chosen.
  public enum Factor: String, Hashable, Sendable, CaseIterable {
    /// How values are made comparable.
    case normalisation
    /// How much each counts.
    case weights
    /// How they are put together.
    case aggregation
    /// Which indicator, if any, is left out.
    case leftOut = "left-out"
  }

  /// Normalisations; the first is the scorecard's own.
  public var normalisations: [Choice<Normalisation>]
  /// Weights of the tree's nodes, in their order; the first are the scorecard's own.
  public var weights: [Choice<[Double]>]
  /// Aggregations of the tree's nodes, in their order; the first are the scorecard's own.
  public var aggregations: [Choice<[Aggregation]>]
  /// Whether each indicator is also left out in turn.
  public var leavesOut: Bool

  /// A plan with all its choices, the scorecard's own first.
  ///
  /// - Throws: ``ScoreError`` when a choice is empty or is Copeland's rule, which gives a unit no score of its own.
  public init(
    normalisations: [Choice<Normalisation>], weights: [Choice<[Double]>],
    aggregations: [Choice<[Aggregation]>], leavesOut: Bool
  ) throws(ScoreError) {
    guard !normalisations.isEmpty, !weights.isEmpty, !aggregations.isEmpty else {
      throw .inconsistent(
        "a sensitivity run needs at least one choice of each kind, the scorecard's own first")
    }
    guard !aggregations.contains(where: { $0.value.contains(.copeland) }) else {
      throw .inconsistent(
        "Copeland's rule compares units and gives no score to vary; leave out the section sensitivity, or the rule"
      )
    }
    self.normalisations = normalisations
    self.weights = weights
    self.aggregations = aggregations
    self.leavesOut = leavesOut
  }

  /// Number of choices of each factor, for so many indicators.
  public func levels(indicators: Int) -> [Int] {
    [normalisations.count, weights.count, aggregations.count, leavesOut ? indicators + 1 : 1]
  }

  /// Number of combinations, for so many indicators.
  public func runs(indicators: Int) -> Int { levels(indicators: indicators).reduce(1, *) }
}
