internal import Glibc  // exp, log, log1p

/// The regularised incomplete beta function I_x(a, b): the distribution behind exact intervals of a rate,
/// Student's t and shrunken rates.
///
/// Lentz's continued fraction on the side where it converges fast (NIST Digital Library of Mathematical
/// Functions, §8.17.22); the common factor in Loader's form.
enum IncompleteBeta {
  /// I_x(a, b); a, b > 0, 0 ≤ x ≤ 1.
  static func lower(_ a: Double, _ b: Double, at x: Double) -> Double {
    tails(a, b, x).lower
  }

  /// 1 − I_x(a, b), with its digits where I_x is close to 1.
  static func upper(_ a: Double, _ b: Double, at x: Double) -> Double {
    tails(a, b, x).upper
  }

  /// The x with I_x(a, b) = `probability`, 0 ≤ probability ≤ 1.
  static func quantile(_ a: Double, _ b: Double, _ probability: Double) -> Double {
    guard probability > 0 else { return 0 }
    guard probability < 1 else { return 1 }
    return root(between: 0, 1) { x in
      let tails = tails(a, b, x)
      return probability < 0.5 ? tails.lower - probability : (1 - probability) - tails.upper
    }
  }

  private static func tails(_ a: Double, _ b: Double, _ x: Double) -> (lower: Double, upper: Double) {
    guard x > 0 else { return (0, 1) }
    guard x < 1 else { return (1, 0) }
    let factor = factor(a, b, x)
    if x < (a + 1) / (a + b + 2) {
      let lower = factor * fraction(a, b, x) / a
      return (lower, 1 - lower)
    }
    let upper = factor * fraction(b, a, 1 - x) / b
    return (1 - upper, upper)
  }

  /// `x^a (1−x)^b / B(a, b)`.
  private static func factor(_ a: Double, _ b: Double, _ x: Double) -> Double {
    let n = a + b
    let deviance = devianceTerm(a, mean: n * x) + devianceTerm(b, mean: n * (1 - x))
    let errors = stirlingError(n) - stirlingError(a) - stirlingError(b)
    return (a * b / (2 * Double.pi * n)).squareRoot() * exp(errors - deviance)
  }

  private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    let tiny = 1e-300
    var c = 1.0
    var d = 1 - (a + b) * x / (a + 1)
    if abs(d) < tiny { d = tiny }
    d = 1 / d
    var value = d
    func advance(_ coefficient: Double) -> Double {
      d = 1 + coefficient * d
      if abs(d) < tiny { d = tiny }
      c = 1 + coefficient / c
      if abs(c) < tiny { c = tiny }
      d = 1 / d
      let change = d * c
      value *= change
      return change
    }
    for step in 1..<100_000 {
      let m = Double(step)
      _ = advance(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)))
      let change = advance(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)))
      if abs(change - 1) < 1e-16 { break }
    }
    return value
  }
}
