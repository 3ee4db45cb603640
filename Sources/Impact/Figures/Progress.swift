/// How far a value has come towards its target; undefined is said, never computed around.
public enum Progress: Hashable, Sendable {
  /// Why there is no progress to speak of.
  public enum Undefined: String, Hashable, Sendable, CaseIterable {
    /// Nobody set a target.
    case noTarget = "no-target"
    /// There is no value to compare.
    case noValue = "no-value"
    /// The distance cannot be known: nobody said where the value started.
    case noBaseline = "no-baseline"
  }

  /// The share of the way from the baseline, or from nought, to the target.
  ///
  /// 1 is there, more is beyond, negative is away from it.
  case covered(Double)
  /// There is no way to go, and the value is where it should be.
  case holds
  /// There is no way to go, and the value is off by this much.
  case off(by: Double)
  /// There is nothing to say, for this reason.
  case undefined(Undefined)

  /// The progress of a value.
  ///
  /// The corners: a target of 0 has no share of nought, so it needs a baseline; no target is ``Undefined/noTarget``,
  /// never 0; a value still at its baseline has covered 0; a baseline that is the target leaves no way to go, so
  /// the value holds or is off.
  ///
  /// - Parameters:
  ///   - target: the decision in force; `nil` when nobody set a target.
  ///   - value: the value; `nil` when there is none.
  ///   - direction: which side is good; without one, only the target itself is.
  /// - Returns: the progress.
  public static func towards(
    _ target: Target.Revision?, from value: Double?, direction: Direction
  ) -> Progress {
    guard let target else { return .undefined(.noTarget) }
    guard let value else { return .undefined(.noValue) }
    switch target.kind {
    case .keepAtZero: return value == 0 ? .holds : .off(by: abs(value))
    case .atMost: return value <= target.value ? .holds : .off(by: value - target.value)
    case .reduceToZero:
      guard let baseline = target.baseline else { return .undefined(.noBaseline) }
      guard baseline != 0 else { return value == 0 ? .holds : .off(by: abs(value)) }
      return .covered((baseline - value) / baseline)
    case .reach:
      guard let baseline = target.baseline else {
        guard direction == .higher, target.value > 0 else { return .undefined(.noBaseline) }
        return .covered(value / target.value)
      }
      guard baseline == target.value else {
        return .covered((value - baseline) / (target.value - baseline))
      }
      let isGood =
        switch direction {
        case .higher: value >= target.value
        case .lower: value <= target.value
        case .neutral: value == target.value
        }
      return isGood ? .holds : .off(by: abs(value - target.value))
    }
  }
}
