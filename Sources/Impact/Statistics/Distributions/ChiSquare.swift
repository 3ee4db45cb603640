/// The χ² distribution.
enum ChiSquare {
  /// P(X > x).
  static func upper(_ x: Double, freedom: Double) -> Double { IncompleteGamma.upper(freedom / 2, x / 2) }

  /// The x with P(X ≤ x) = `probability`.
  static func quantile(_ probability: Double, freedom: Double) -> Double {
    2 * IncompleteGamma.quantile(freedom / 2, probability)
  }
}
