internal import Glibc  // exp, log

/// The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P(a, x): the distribution of a sum of
/// waiting times, behind every exact interval of a count.
///
/// Series for x < a + 1, Lentz's continued fraction beyond (NIST Digital Library of Mathematical Functions,
/// §8.11.4 and §8.9.2); the common factor `x^a e^−x / Γ(a)` in Loader's form, which keeps its digits for counts
/// of millions.
enum IncompleteGamma {
  /// P(a, x), the lower one; a > 0, x ≥ 0.
  static func lower(_ a: Double, _ x: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x.isFinite else { return 1 }
    return x < a + 1 ? series(a, x) : 1 - fraction(a, x)
  }

  /// Q(a, x), the upper one; a > 0, x ≥ 0.
  static func upper(_ a: Double, _ x: Double) -> Double {
    guard x > 0 else { return 1 }
    guard x.isFinite else { return 0 }
    return x < a + 1 ? 1 - series(a, x) : fraction(a, x)
  }

  /// The x with P(a, x) = `probability`, 0 ≤ probability < 1.
  static func quantile(_ a: Double, _ probability: Double) -> Double {
    guard probability > 0 else { return 0 }
    var high = max(1, a)
    while lower(a, high) < probability { high *= 2 }
    // The smaller tail is the one with digits to compare.
    return root(between: 0, high) { x in
      probability < 0.5 ? lower(a, x) - probability : (1 - probability) - upper(a, x)
    }
  }

  private static func series(_ a: Double, _ x: Double) -> Double {
    var term = 1 / a
    var sum = term
    var n = a
    while term > sum * 1e-17 {
      n += 1
      term *= x / n
      sum += term
    }
    return sum * factor(a, x)
  }

  private static func fraction(_ a: Double, _ x: Double) -> Double {
    let tiny = 1e-300
    var b = x + 1 - a
    var c = 1 / tiny
    var d = 1 / b
    var value = d
    for step in 1..<100_000 {
      let k = Double(step)
      let an = -k * (k - a)
      b += 2
      d = an * d + b
      if abs(d) < tiny { d = tiny }
      c = b + an / c
      if abs(c) < tiny { c = tiny }
      d = 1 / d
      let change = d * c
      value *= change
      if abs(change - 1) < 1e-16 { break }
    }
    return value * factor(a, x)
  }

  /// `x^a e^−x / Γ(a)`.
  private static func factor(_ a: Double, _ x: Double) -> Double {
    (a / (2 * Double.pi)).squareRoot() * exp(-devianceTerm(a, mean: x) - stirlingError(a))
  }
}

/// The x between two bounds where an increasing function crosses zero, to the last digits of a `Double`.
///
/// Bisection: slow to the microsecond, certain always, and the same bytes everywhere.
func root(between low: Double, _ high: Double, of function: (Double) -> Double) -> Double {
  var low = low
  var high = high
  for _ in 0..<1200 {
    let middle = low + (high - low) / 2
    if middle <= low || middle >= high { return middle }
    if function(middle) < 0 { low = middle } else { high = middle }
  }
  return low + (high - low) / 2
}
