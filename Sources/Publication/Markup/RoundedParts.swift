/// Parts rounded so that they still add up to their rounded sum, by the largest remainder.
struct RoundedParts {
  /// The parts in order, rounded.
  let parts: [Double]
  /// Their sum, rounded.
  let total: Double

  /// Rounds to a number of decimals; a part is at most one last digit away from its own rounding.
  init(_ amounts: [Double], total: Double, decimals: Int) {
    let scale = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
    let goal = (total * scale).rounded()
    var units = amounts.map { ($0 * scale).rounded(.down) }
    let rest = Int((goal - units.reduce(0, +)).rounded())
    // Each floor lost less than one: as many of them get it back, the largest losses first, the first one on a tie.
    let losses = zip(amounts, units).map { $0 * scale - $1 }
    for index in amounts.indices.sorted(by: { (losses[$1], $0) < (losses[$0], $1) }).prefix(max(0, rest)) {
      units[index] += 1
    }
    // Zero has no sign.
    parts = units.map { $0 == 0 ? 0 : $0 / scale }
    self.total = goal == 0 ? 0 : goal / scale
  }
}
