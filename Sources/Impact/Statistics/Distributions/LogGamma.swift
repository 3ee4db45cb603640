internal import Glibc  // lgamma_r, log1p

/// The natural logarithm of Γ(x), x > 0; the reentrant call, since `lgamma` writes a global.
func logGamma(_ x: Double) -> Double {
  var sign: Int32 = 0
  return lgamma_r(x, &sign)
}

/// What Stirling's formula for ln Γ(x + 1) leaves out: `ln Γ(x+1) − ((x + ½) ln x − x + ½ ln 2π)`.
///
/// For large x the asymptotic series, since the difference of two large logarithms has no digits left
/// (Loader 2000, "Fast and accurate computation of binomial probabilities").
func stirlingError(_ x: Double) -> Double {
  guard x > 15 else {
    return logGamma(x + 1) - (x + 0.5) * log(x) + x - 0.5 * log(2 * Double.pi)
  }
  let square = x * x
  let series: [Double] = [1.0 / 1188, 1.0 / 1680, 1.0 / 1260, 1.0 / 360, 1.0 / 12]
  var sum = 0.0
  for (index, term) in series.enumerated() {
    // The signs alternate; the first term of the series, the last here, is positive.
    sum = sum / square + (index % 2 == 0 ? term : -term)
  }
  return sum / x
}

/// Loader's deviance part `x ln(x/m) + m − x`, exact also where x and m nearly agree.
func devianceTerm(_ x: Double, mean m: Double) -> Double {
  guard x > 0 else { return m }
  let difference = x - m
  guard abs(difference) < 0.1 * (x + m) else { return x * log(x / m) - difference }
  let ratio = difference / (x + m)
  var sum = difference * ratio
  var power = 2 * x * ratio
  for step in 1..<1000 {
    power *= ratio * ratio
    let next = sum + power / Double(2 * step + 1)
    if next == sum { return next }
    sum = next
  }
  return sum
}
