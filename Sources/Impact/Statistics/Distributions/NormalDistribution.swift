internal import Glibc  // erfc

/// The standard normal distribution.
enum NormalDistribution {
  /// P(Z ≤ z).
  static func cumulative(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

  /// The z with P(Z ≤ z) = `probability`, 0 < probability < 1.
  static func quantile(_ probability: Double) -> Double {
    // The smaller tail is the one with digits to compare.
    guard probability <= 0.5 else { return -quantile(1 - probability) }
    return root(between: -40, 0) { cumulative($0) - probability }
  }
}

/// The 97.5 % quantile of the standard normal distribution: z of a two-sided 95 % interval.
public let normalQuantile95 = 1.959963984540054
