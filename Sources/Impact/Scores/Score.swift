/// A cooperation's score for one quarter, on one dimension or overall (*note*).
public struct Score: Hashable, Sendable {
  /// Why a score cannot be given.
  public enum Absence: String, Hashable, Sendable {
    /// Less is known than the scorecard's minimum.
    case notEnoughData = "not-enough-data"
  }

  /// One indicator's part in a dimension's score.
  public struct Contribution: Hashable, Sendable {
    /// The indicator's name.
    public var indicator: String
    /// Its value, `nil` when absent or resting on too few.
    public var value: Double?
    /// Its value between the goalposts, 0–100.
    public var normalised: Double?
    /// Its share of the dimension's known weight, 0–1; 0 when absent.
    public var weight: Double

    /// A part with its weight.
    public init(indicator: String, value: Double?, normalised: Double?, weight: Double) {
      self.indicator = indicator
      self.value = value
      self.normalised = normalised
      self.weight = weight
    }
  }

  /// The cooperation's name in data.
  public var cooperation: String
  /// The quarter.
  public var quarter: Quarter
  /// The dimension, or `nil` for the overall score.
  public var dimension: String?
  /// 0–100, or `nil` with a reason in `absence`.
  public var value: Double?
  /// The reason for its absence.
  public var absence: Absence?
  /// Share of the weight that was known, 0–1.
  public var coverage: Double
  /// The parts it is made of; empty for the overall score.
  public var contributions: [Contribution]

  /// A score with its parts.
  public init(
    cooperation: String, quarter: Quarter, dimension: String?, value: Double?, absence: Absence?,
    coverage: Double, contributions: [Contribution]
  ) {
    self.cooperation = cooperation
    self.quarter = quarter
    self.dimension = dimension
    self.value = value
    self.absence = absence
    self.coverage = coverage
    self.contributions = contributions
  }
}
