/// How much of the variance over a full factorial of choices each choice carries.
///
/// First order `S = V(E[Y|X]) / V(Y)`, total `S_T = E[V(Y|all but X)] / V(Y)` (handbook eq. 43 and 48; Saltelli et
/// al. 2008). Every combination is there once, so both are exact: population variances, no random numbers.
struct VarianceShares: Sendable {
  let levels: [Int]
  let runs: Int
  private let strides: [Int]
  private var sums: [Double] = []

  /// Levels of each factor, the last varying fastest.
  init(levels: [Int]) {
    self.levels = levels
    runs = levels.reduce(1, *)
    var strides = [Int](repeating: 1, count: levels.count)
    for factor in levels.indices.dropLast().reversed() {
      strides[factor] = strides[factor + 1] * levels[factor + 1]
    }
    self.strides = strides
    sums = [Double](repeating: 0, count: levels.max() ?? 1)
  }

  /// First-order and total shares.
  ///
  /// - Parameters:
  ///   - y: the results of every combination, in order.
  ///   - first: takes a share a factor.
  ///   - total: takes a share a factor.
  /// - Returns: whether anything varies.
  mutating func shares(_ y: [Double], first: inout [Double], total: inout [Double]) -> Bool {
    var mean = 0.0
    for run in 0..<runs { mean += y[run] }
    mean /= Double(runs)
    var squares = 0.0
    for run in 0..<runs { squares += (y[run] - mean) * (y[run] - mean) }
    let variance = squares / Double(runs)
    guard variance > 1e-24 * max(1, mean * mean) else { return false }
    for factor in levels.indices {
      let count = levels[factor]
      let stride = strides[factor]
      for level in 0..<count { sums[level] = 0 }
      // Runs that differ in this factor alone stand a stride apart.
      var groups = 0.0
      var start = 0
      while start < runs {
        for offset in start..<start + stride {
          var sum = 0.0
          var run = offset
          for level in 0..<count {
            let centred = y[run] - mean
            sums[level] += centred
            sum += centred
            run += stride
          }
          groups += sum * sum
        }
        start += stride * count
      }
      var between = 0.0
      for level in 0..<count { between += sums[level] * sums[level] }
      let share = Double(runs / count)
      first[factor] = between / (share * share) / Double(count) / variance
      let within = squares - groups / Double(count)
      total[factor] = max(0, within / Double(runs) / variance)
    }
    return true
  }
}
