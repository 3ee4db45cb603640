/// What a cooperation means to reach on one indicator, with the first and the current decision
/// (*objectif*, *rectification*).
public struct Target: Hashable, Sendable {
  /// What is meant to happen to the value.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// It comes to the target, or goes beyond on the good side.
    case reach
    /// It stays at or below the target.
    case atMost = "at_most"
    /// It stays at zero.
    case keepAtZero = "keep_at_zero"
    /// It goes from the baseline to zero.
    case reduceToZero = "reduce_to_zero"
  }

  /// One decision.
  public struct Revision: Hashable, Sendable {
    /// The value, on the scale of the indicator (a rate as a share).
    public var value: Double
    /// The day it was decided.
    public var decidedOn: Day
    /// Why: `convention`, `context`, `error`, `ambition`.
    public var reason: String
    /// Where the decision is written.
    public var decision: String
    /// What is meant to happen to the value.
    public var kind: Kind
    /// Where the value started; `nil` when nobody said.
    public var baseline: Double?
    /// Who decided; `nil` when nobody said.
    public var decidedBy: String?

    /// A decision on a value.
    public init(
      value: Double, decidedOn: Day, reason: String, decision: String, kind: Kind = .reach,
      baseline: Double? = nil, decidedBy: String? = nil
    ) {
      self.kind = kind
      self.baseline = baseline
      self.decidedBy = decidedBy
      self.value = value
      self.decidedOn = decidedOn
      self.reason = reason
      self.decision = decision
    }
  }

  /// The indicator's name.
  public var indicator: String
  /// The cooperation's name in data.
  public var cooperation: String
  /// The quarter it holds for.
  public var quarter: Quarter
  /// Every decision known at the cut, oldest first; never empty.
  public var revisions: [Revision]

  /// A target with its decisions, oldest first.
  public init(indicator: String, cooperation: String, quarter: Quarter, revisions: [Revision]) {
    self.indicator = indicator
    self.cooperation = cooperation
    self.quarter = quarter
    self.revisions = revisions
  }

  /// The first decision.
  public var original: Revision? { revisions.first }
  /// The decision in force.
  public var current: Revision? { revisions.last }
}
