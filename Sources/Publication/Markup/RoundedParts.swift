/// Parts rounded so that they still add up to their rounded sum, by the largest remainder.
struct RoundedParts {
  /// The parts in order, rounded.
  let parts: [Double]
  /// Their sum, rounded.
  let total: Double

  /// Rounds to a number of decimals; what rounding leaves over goes to the parts it is nearest to.
  ///
  /// - Parameters:
  ///   - amounts: the parts.
  ///   - total: what they are to add up to, nearly their own sum.
  ///   - decimals: digits after the point.
  init(_ amounts: [Double], total: Double, decimals: Int) {
    let scale = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
    let goal = (total * scale).rounded()
    var units = amounts.map { ($0 * scale).rounded(.down) }
    var rest = Int((goal - units.reduce(0, +)).rounded())
    // The largest losses get one back first; one too many is taken from the smallest. The first one on a tie.
    let losses = zip(amounts, units).map { $0 * scale - $1 }
    let order = amounts.indices.sorted { (losses[$1], $0) < (losses[$0], $1) }
    while rest != 0, !order.isEmpty {
      for index in (rest > 0 ? order : order.reversed()).prefix(abs(rest)) {
        units[index] += rest > 0 ? 1 : -1
        rest += rest > 0 ? -1 : 1
      }
    }
    // Zero has no sign.
    parts = units.map { $0 == 0 ? 0 : $0 / scale }
    self.total = goal == 0 ? 0 : goal / scale
  }
}
