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
  /// - Parameter y: the results of every combination, in order.
  /// - Returns: a share a factor; `nil` where nothing varies.
  mutating func shares(_ y: [Double]) -> [Solidity.Share]? {
    precondition(y.count == runs)
    let mean = y.reduce(0, +) / Double(runs)
    var squares = 0.0
    for value in y { squares += (value - mean) * (value - mean) }
    let variance = squares / Double(runs)
    guard variance > 1e-24 * max(1, mean * mean) else { return nil }
    return y.withUnsafeBufferPointer { y in
      sums.withUnsafeMutableBufferPointer { sums in
        levels.indices.map { factor in
          let groups = VarianceShares.groups(y, mean, levels[factor], strides[factor], sums)
          var between = 0.0
          for level in 0..<levels[factor] { between += sums[level] * sums[level] }
          let (count, share) = (Double(levels[factor]), Double(runs / levels[factor]))
          return Solidity.Share(
            first: between / (share * share) / count / variance,
            total: max(0, (squares - groups / count) / Double(runs) / variance))
        }
      }
    }
  }

  /// Adds up a factor's levels, each over all runs; the sum of the squared sums of the runs that differ in it alone.
  @inline(__always)
  private static func groups(
    _ y: UnsafeBufferPointer<Double>, _ mean: Double, _ count: Int, _ stride: Int,
    _ sums: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    for level in 0..<count { sums[level] = 0 }
    var groups = 0.0
    var start = 0
    while start < y.count {
      // Runs that differ in this factor alone stand a stride apart.
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
    return groups
  }
}
