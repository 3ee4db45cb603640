/// A rate `successes / trials` and how far its true value may lie from it.
public struct Proportion: Hashable, Sendable {
  /// Those among `trials` that count.
  public let successes: Double
  /// All that could count; above 0.
  public let trials: Double

  /// A rate, or `nil` unless 0 ≤ successes ≤ trials and trials > 0.
  public init?(_ successes: Double, of trials: Double) {
    guard trials > 0, successes >= 0, successes <= trials, trials.isFinite else { return nil }
    self.successes = successes
    self.trials = trials
  }

  /// The share of successes, 0–1.
  public var share: Double { successes / trials }

  /// Wilson's score interval without continuity correction.
  ///
  /// `(p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)`. Closed form, inside 0–1, sound for small n
  /// (Wilson 1927; recommended by Brown, Cai and DasGupta 2001).
  ///
  /// - Parameter z: the normal quantile; 1.959964 is 95 %.
  /// - Returns: the interval, inside 0–1.
  public func wilson(z: Double = normalQuantile95) -> Interval {
    let p = share
    let squared = z * z
    let centre = p + squared / (2 * trials)
    let spread = z * (p * (1 - p) / trials + squared / (4 * trials * trials)).squareRoot()
    let scale = 1 + squared / trials
    // Rounding may leave ±1e-17 at the ends where the exact bound is 0 or 1.
    let low = successes == 0 ? 0 : (centre - spread) / scale
    let high = successes == trials ? 1 : (centre + spread) / scale
    return Interval(low: max(0, low), high: min(1, high))
  }
}
