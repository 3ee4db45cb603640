internal import Glibc  // libm: erfc

/// The quantile of the standard normal distribution.
enum NormalQuantile {
  /// The z with `P(Z ≤ z) = probability`, 0 < probability < 1, by bisection.
  static func value(_ probability: Double) -> Double {
    guard probability <= 0.5 else { return -value(1 - probability) }
    var (low, high) = (-40.0, 0.0)
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if middle == low || middle == high { break }
      if 0.5 * erfc(-middle / 2.0.squareRoot()) < probability { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
