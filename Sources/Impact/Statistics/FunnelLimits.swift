internal import Glibc  // asin, sin, cos, sqrt

/// How far rates of groups of different sizes spread by chance around a common target (*graphique en entonnoir*).
///
/// Spiegelhalter 2005, Statistics in Medicine 24:1185, appendix A.1.1: with r the smallest integer such that
/// `P(R ≤ r) > p`, the limit is `(r − (F(r) − p)/f(r)) / n`.
public struct FunnelLimits: Hashable, Sendable {
  /// How far out a group lies.
  public enum Flag: String, Hashable, Sendable {
    /// Inside the 95 % limits.
    case inside = "in"
    /// Outside the 95 % limits.
    case alert
    /// Outside the 99.8 % limits.
    case alarm
  }

  /// The common rate, 0–1.
  public let target: Double
  /// Variance between groups beyond chance, on the scale of `asin √p`; 0 for chance alone.
  public let excess: Double

  /// Limits around a target.
  public init(target: Double, excess: Double = 0) {
    self.target = target
    self.excess = excess
  }

  /// Limits around the pooled rate of these groups; the additive over-dispersion is estimated from ten groups on, since
  /// fewer say too little about it.
  public init?(_ groups: [Proportion], minimumGroups: Int = 10) {
    let trials = groups.reduce(0) { $0 + $1.trials }
    guard trials > 0 else { return nil }
    let target = groups.reduce(0) { $0 + $1.successes } / trials
    self.init(
      target: target,
      excess: groups.count >= minimumGroups
        ? Dispersion(groups, target: target)?.betweenVariance ?? 0 : 0)
  }

  /// The limits for a group of that size.
  ///
  /// - Parameters:
  ///   - trials: the group's denominator, a whole number above 0.
  ///   - coverage: 0.95 for the alert, 0.998 for the alarm.
  /// - Returns: the interval, inside 0–1.
  public func limits(trials: Double, coverage: Double) -> Interval {
    let tail = (1 - coverage) / 2
    // A rate of 0 or 1 leaves nothing to chance.
    guard target > 0, target < 1 else { return Interval(low: target, high: target) }
    guard excess == 0 else {
      let z = NormalDistribution.quantile(1 - tail)
      let spread = z * (1 / (4 * trials) + excess).squareRoot()
      let centre = asin(target.squareRoot())
      func share(_ angle: Double) -> Double {
        let sine = sin(min(Double.pi / 2, max(0, angle)))
        return sine * sine
      }
      return Interval(low: share(centre - spread), high: share(centre + spread))
    }
    let law = Binomial(trials: Int(trials), chance: target)
    func limit(_ p: Double) -> Double {
      var low = 0
      var high = law.trials
      while low < high {
        let middle = low + (high - low) / 2
        if law.atMost(middle) > p { high = middle } else { low = middle + 1 }
      }
      let beyond = (law.atMost(low) - p) / law.mass(low)
      return min(1, max(0, (Double(low) - beyond) / trials))
    }
    return Interval(low: limit(tail), high: limit(1 - tail))
  }

  /// How far out a group lies.
  public func flag(_ group: Proportion) -> Flag {
    func isInside(_ coverage: Double) -> Bool {
      let limits = limits(trials: group.trials, coverage: coverage)
      return group.share >= limits.low && group.share <= limits.high
    }
    return isInside(0.95) ? .inside : isInside(0.998) ? .alert : .alarm
  }

  /// How much more the groups differ than chance explains (Spiegelhalter 2005, §3.3, with the arcsine transformation and
  /// 10 % winsorising of the R package FunnelPlotR).
  public struct Dispersion: Hashable, Sendable {
    /// Each group's distance from the target in standard errors.
    public let scores: [Double]
    /// The scores' 10 % and 90 % quantiles, beyond which they are drawn in.
    public let bounds: Interval
    /// The mean square of the scores drawn in; 1 for chance alone.
    public let ratio: Double
    /// The variance between groups, by DerSimonian and Laird's moments; 0 when chance explains everything.
    public let betweenVariance: Double

    /// The dispersion of groups around a target; `nil` for no group.
    public init?(_ groups: [Proportion], target: Double) {
      guard !groups.isEmpty else { return nil }
      let centre = asin(target.squareRoot())
      let scores = groups.map { 2 * $0.trials.squareRoot() * (asin($0.share.squareRoot()) - centre) }
      let sorted = scores.sorted()
      let bounds = Interval(low: sampleQuantile(sorted, 0.1), high: sampleQuantile(sorted, 0.9))
      let count = Double(groups.count)
      let ratio =
        scores.reduce(0) { sum, z in
          let drawn = min(bounds.high, max(bounds.low, z))
          return sum + drawn * drawn
        } / count
      let weights = groups.map { 4 * $0.trials }
      let total = weights.reduce(0, +)
      let squares = weights.reduce(0) { $0 + $1 * $1 }
      let scale = total - squares / total
      self.scores = scores
      self.bounds = bounds
      self.ratio = ratio
      betweenVariance = scale > 0 ? max(0, (count * ratio - (count - 1)) / scale) : 0
    }
  }
}
