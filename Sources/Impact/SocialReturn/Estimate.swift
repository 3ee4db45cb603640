/// A number that is not known exactly: what it most likely is, and what it could reasonably be.
public struct Estimate: Hashable, Sendable {
  /// The least it could reasonably be.
  public let low: Double
  /// What it most likely is.
  public let central: Double
  /// The most it could reasonably be.
  public let high: Double

  /// A number with its reasonable range; `nil` unless low ≤ central ≤ high, all of them finite.
  public init?(low: Double, central: Double, high: Double) {
    guard low.isFinite, high.isFinite, low <= central, central <= high else { return nil }
    self.low = low
    self.central = central
    self.high = high
  }

  /// A number taken as certain; it must be finite.
  public init(_ certain: Double) {
    precondition(certain.isFinite, "an estimate is a finite number")
    (low, central, high) = (certain, certain, certain)
  }

  /// The same number with the other sign.
  public var negated: Estimate {
    Estimate(low: -high, central: -central, high: -low) ?? self
  }

  /// Whether there is no range.
  public var isCertain: Bool { low == high }

  /// One draw of the triangular distribution that goes from `low` through `central` to `high`.
  ///
  /// The triangle says no more than was said: two ends and a mode. Inverse of its distribution function.
  func draw(_ generator: inout SeededGenerator) -> Double {
    guard !isCertain else { return central }
    let place = generator.unit()
    let rise = (central - low) / (high - low)
    return place < rise
      ? low + ((high - low) * (central - low) * place).squareRoot()
      : high - ((high - low) * (high - central) * (1 - place)).squareRoot()
  }
}
