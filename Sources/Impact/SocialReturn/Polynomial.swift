/// A polynomial with real coefficients, such as a present value in the discount factor of a year.
struct Polynomial: Hashable, Sendable {
  /// The factor of each power, from the constant up.
  var coefficients: [Double]

  /// Its value at `x`, by Horner's rule.
  func value(at x: Double) -> Double { coefficients.reversed().reduce(0) { $0 * x + $1 } }

  /// Its derivative.
  var derivative: Polynomial {
    Polynomial(coefficients: coefficients.enumerated().dropFirst().map { Double($0) * $1 })
  }

  /// Where it is 0 from `low` to `high`, both included, in ascending order; `low` is not negative.
  ///
  /// Between two places where its derivative is 0 it goes one way, so that halving finds what lies between. Without two
  /// coefficients of different signs it goes one way all along (Descartes' rule of signs).
  func roots(from low: Double, to high: Double) -> [Double] {
    let turns =
      coefficients.contains { $0 > 0 } && coefficients.contains { $0 < 0 }
      ? derivative.roots(from: low, to: high) : []
    let places = [low] + turns.filter { $0 > low && $0 < high } + [high]
    var found: [Double] = []
    for (one, next) in zip(places, places.dropFirst()) {
      let (atOne, atNext) = (value(at: one), value(at: next))
      if atOne == 0 {
        found.append(one)
      } else if atNext != 0, (atOne > 0) != (atNext > 0) {
        found.append(halved(one, next, isPositive: atOne > 0))
      }
    }
    if high > low, value(at: high) == 0 { found.append(high) }
    return found
  }

  /// Where the sign changes between two places, to the last digit.
  private func halved(_ low: Double, _ high: Double, isPositive: Bool) -> Double {
    var (low, high) = (low, high)
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { return middle }
      if (value(at: middle) > 0) == isPositive { low = middle } else { high = middle }
    }
  }
}
