internal import Glibc  // exp, erfc

/// Whether two rates differ by more than chance: this quarter's and last quarter's.
public struct TwoRatesTest: Hashable, Sendable {
  private let first: Proportion
  private let second: Proportion

  /// A test of two rates of counts, or `nil` unless all four are whole numbers.
  public init?(_ first: Proportion, _ second: Proportion) {
    let counts = [first.successes, first.trials, second.successes, second.trials]
    guard counts.allSatisfy({ $0 == $0.rounded() && $0 < 1e15 }) else { return nil }
    self.first = first
    self.second = second
  }

  /// Fisher's exact two-sided p-value: the chance, both rates being equal and the margins as they are, of a
  /// table no likelier than the one observed (Fisher 1935; two-sided as in R and scipy).
  public var fisher: Double {
    let trials = (Int(first.trials), Int(second.trials))
    let successes = Int(first.successes + second.successes)
    let low = max(0, successes - trials.1)
    let high = min(successes, trials.0)
    // Chances relative to the observed table, walked outwards from it: no factorial, no overflow.
    let observed = Int(first.successes)
    func ratio(_ x: Int) -> Double {
      Double(successes - x) * Double(trials.0 - x) / (Double(x + 1) * Double(trials.1 - successes + x + 1))
    }
    let limit = 1 + 1e-7  // ties that rounding would tell apart
    var total = 1.0
    var rare = 1.0
    func walk(_ steps: some Sequence<Int>, _ advance: (Double, Int) -> Double) {
      var relative = 1.0
      for x in steps {
        relative = advance(relative, x)
        total += relative
        if relative <= limit { rare += relative }
      }
    }
    walk(observed..<high) { $0 * ratio($1) }
    walk((low..<observed).reversed()) { $0 / ratio($1) }
    return total.isFinite ? min(1, rare / total) : 0
  }

  /// The pooled z statistic and its two-sided p-value; `nil` when the pooled rate is 0 or 1, where it has no
  /// meaning.
  public var pooledZ: (z: Double, p: Double)? {
    let pooled = (first.successes + second.successes) / (first.trials + second.trials)
    guard pooled > 0, pooled < 1 else { return nil }
    let spread = (pooled * (1 - pooled) * (1 / first.trials + 1 / second.trials)).squareRoot()
    let z = (first.share - second.share) / spread
    return (z, erfc(abs(z) / 2.0.squareRoot()))
  }
}
