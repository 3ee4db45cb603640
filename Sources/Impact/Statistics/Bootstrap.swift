/// Bootstrap intervals of a statistic of a list of values.
///
/// For medians and skewed durations, where no formula is exact (Efron and Tibshirani 1993, ch. 13–14).
/// The seed and the generator are fixed, and values are sorted first: same values in any order, same bytes.
public struct Bootstrap: Sendable {
  /// The statistic of the values themselves.
  public let estimate: Double
  private let replicates: [Double]  // sorted
  private let acceleration: Double

  /// Draws the replicates; `nil` below two values.
  ///
  /// - Parameters:
  ///   - values: what was measured.
  ///   - statistic: mean, median… of a non-empty sorted list.
  ///   - draws: how many replicates.
  ///   - seed: where the generator starts.
  public init?(
    _ values: [Double], statistic: ([Double]) -> Double = Bootstrap.mean, draws: Int = 2000, seed: UInt64 = 1
  ) {
    guard values.count > 1 else { return nil }
    let sorted = values.sorted()
    estimate = statistic(sorted)
    var generator = SeededGenerator(seed: seed)
    var replicates: [Double] = []
    replicates.reserveCapacity(draws)
    // Each draw comes out sorted: how often each value was drawn is all there is to know.
    var times = [Int](repeating: 0, count: sorted.count)
    var drawn = sorted
    for _ in 0..<draws {
      for _ in sorted.indices { times[generator.below(sorted.count)] += 1 }
      var place = 0
      for index in sorted.indices {
        for _ in 0..<times[index] {
          drawn[place] = sorted[index]
          place += 1
        }
        times[index] = 0
      }
      replicates.append(statistic(drawn))
    }
    self.replicates = replicates.sorted()
    acceleration = Bootstrap.acceleration(of: sorted, statistic)
  }

  /// The arithmetic mean.
  public static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  /// The median of a sorted list.
  public static func median(_ values: [Double]) -> Double {
    let middle = values.count / 2
    return values.count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2
  }

  /// The percentile interval: the quantiles of the replicates themselves.
  ///
  /// - Parameter tails: the chance left outside, 0.05 for 95 %.
  /// - Returns: the interval.
  public func percentile(tails: Double = 0.05) -> Interval {
    Interval(low: quantile(tails / 2), high: quantile(1 - tails / 2))
  }

  /// The bias-corrected and accelerated interval, BCa (Efron 1987): levels moved by the share of replicates below the
  /// estimate and by the skewness of the jackknife.
  ///
  /// - Parameter tails: the chance left outside, 0.05 for 95 %.
  /// - Returns: the interval; the percentile one when all replicates lie on one side of the estimate.
  public func accelerated(tails: Double = 0.05) -> Interval {
    let below = Double(replicates.count { $0 < estimate })
    let ties = Double(replicates.count { $0 == estimate })
    let share = (below + ties / 2) / Double(replicates.count)
    guard share > 0, share < 1 else { return percentile(tails: tails) }
    let bias = NormalDistribution.quantile(share)
    func level(_ probability: Double) -> Double {
      let z = bias + NormalDistribution.quantile(probability)
      return NormalDistribution.cumulative(bias + z / (1 - acceleration * z))
    }
    return Interval(low: quantile(level(tails / 2)), high: quantile(level(1 - tails / 2)))
  }

  private func quantile(_ probability: Double) -> Double { sampleQuantile(replicates, probability) }

  /// Skewness of the statistic with each value left out in turn: `Σ d³ / 6 (Σ d²)^{3/2}`.
  private static func acceleration(of sorted: [Double], _ statistic: ([Double]) -> Double) -> Double {
    let without = sorted.indices.map { index in
      var others = sorted
      others.remove(at: index)
      return statistic(others)
    }
    let mean = Bootstrap.mean(without)
    var squares = 0.0
    var cubes = 0.0
    for value in without {
      let difference = mean - value
      squares += difference * difference
      cubes += difference * difference * difference
    }
    return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
  }
}

/// The quantile of a sorted non-empty list, linear between neighbours (Hyndman and Fan 1996, type 7).
func sampleQuantile(_ sorted: [Double], _ probability: Double) -> Double {
  let position = Double(sorted.count - 1) * min(1, max(0, probability))
  let index = Int(position)
  guard index + 1 < sorted.count else { return sorted[sorted.count - 1] }
  return sorted[index] + (position - Double(index)) * (sorted[index + 1] - sorted[index])
}
