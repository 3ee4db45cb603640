/// Whether a series of quarters moved beyond its usual variation.
public struct Signal: Hashable, Sendable {
  /// The verdict on the last point.
  public enum Class: String, Hashable, Sendable, CaseIterable {
    /// A rule fired on the better side.
    case improvement
    /// A rule fired on the worse side.
    case concern
    /// A rule fired on an indicator without a better side.
    case change
    /// No rule fired.
    case usual
    /// Fewer points than a judgement needs.
    case tooFew = "too-few"
  }

  /// One quarter of the chart.
  public struct Point: Hashable, Sendable {
    /// The quarter.
    public var quarter: Quarter
    /// The value.
    public var value: Double
    /// Lower limit of usual variation; `nil` when there are too few points.
    public var low: Double?
    /// Upper limit of usual variation.
    public var high: Double?
    /// Rules that fire at this point.
    public var rules: [ControlRule]
    /// A point of the chart.
    public init(quarter: Quarter, value: Double, low: Double?, high: Double?, rules: [ControlRule]) {
      self.quarter = quarter
      self.value = value
      self.low = low
      self.high = high
      self.rules = rules
    }
  }

  /// The verdict on the last point.
  public var verdict: Class
  /// Whether the last signal is towards higher values; `nil` without a signal.
  public var isUpward: Bool?
  /// Mean of the series, or its pooled rate; `nil` when there are too few points.
  public var mean: Double?
  /// The points, in order of quarter.
  public var points: [Point]

  /// A verdict with its chart.
  public init(verdict: Class, isUpward: Bool?, mean: Double?, points: [Point]) {
    self.verdict = verdict
    self.isUpward = isUpward
    self.mean = mean
    self.points = points
  }
}
