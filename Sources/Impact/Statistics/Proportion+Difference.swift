extension Proportion {
  /// How much higher this rate is than another, with Newcombe's hybrid score interval.
  ///
  /// `d − √((p₁−l₁)² + (u₂−p₂)²)` to `d + √((u₁−p₁)² + (p₂−l₂)²)`, where l and u are the Wilson limits of each
  /// rate (Newcombe 1998, Statistics in Medicine 17:873, method 10). It holds for two groups of different
  /// people: never for windows that overlap.
  ///
  /// - Parameters:
  ///   - other: the rate compared with.
  ///   - z: the normal quantile; 1.959964 is 95 %.
  /// - Returns: the difference, −1 to 1, and its interval.
  public func difference(from other: Proportion, z: Double = normalQuantile95) -> Difference {
    let estimate = share - other.share
    let own = wilson(z: z)
    let their = other.wilson(z: z)
    func spread(_ first: Double, _ second: Double) -> Double {
      (first * first + second * second).squareRoot()
    }
    return Difference(
      estimate: estimate,
      interval: Interval(
        low: max(-1, estimate - spread(share - own.low, their.high - other.share)),
        high: min(1, estimate + spread(own.high - share, other.share - their.low))))
  }
}

/// A difference between two figures and how far its true value may lie from it.
public struct Difference: Hashable, Sendable {
  /// The difference: later minus earlier.
  public var estimate: Double
  /// Its 95 % interval, unless another level was asked for.
  public var interval: Interval

  /// A difference with its interval.
  public init(estimate: Double, interval: Interval) {
    self.estimate = estimate
    self.interval = interval
  }

  /// Whether the interval leaves out zero, so that chance alone is a poor explanation.
  public var excludesZero: Bool { interval.low > 0 || interval.high < 0 }
}
