/// Student's t distribution.
enum StudentDistribution {
  /// P(|T| > |t|), both tails: I_{ν/(ν+t²)}(ν/2, ½).
  static func twoTails(_ t: Double, freedom: Double) -> Double {
    IncompleteBeta.lower(freedom / 2, 0.5, at: freedom / (freedom + t * t))
  }

  /// The t > 0 with P(|T| > t) = `tails`, 0 < tails < 1.
  static func critical(tails: Double, freedom: Double) -> Double {
    let x = IncompleteBeta.quantile(freedom / 2, 0.5, tails)
    return (freedom * (1 - x) / x).squareRoot()
  }
}
