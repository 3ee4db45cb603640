/// A median of durations from the durations themselves.
public struct SampleMedian: Hashable, Sendable {
  /// The least number of values that give an interval: the whole range of n values covers their median with a chance of
  /// 1 − 2^(1−n), which reaches 95 % from six on (Hahn and Meeker 1991, §5.2).
  public static let leastValues = 6

  /// The different values, sorted.
  public let values: [Double]
  /// How often each was met, at least once.
  public let counts: [Int]

  /// The median of these values, in any order; `nil` for none.
  public init?(_ values: [Double]) { self.init(counted: values.map { ($0, 1) }) }

  /// The median of values each met so many times, in any order: of the same values written out; `nil` for none.
  ///
  /// A value met no time is none of them.
  public init?(counted pairs: [(value: Double, count: Int)]) {
    let met = pairs.filter { $0.count > 0 }.sorted { $0.value < $1.value }
    guard !met.isEmpty, met.allSatisfy({ $0.value.isFinite }) else { return nil }
    var values: [Double] = []
    var counts: [Int] = []
    for (value, count) in met {
      if values.last == value {
        counts[counts.count - 1] += count
      } else {
        values.append(value)
        counts.append(count)
      }
    }
    self.values = values
    self.counts = counts
  }

  /// How many values there are.
  public var count: Int { counts.reduce(0, +) }

  /// Half of the values lie below it, half above.
  public var median: Double { SampleMedian.middle(of: values, met: counts, count) }

  /// The bootstrap interval by percentiles (Efron and Tibshirani 1993, §13.3), 95 %; `nil` below ``leastValues``.
  ///
  /// Percentiles rather than BCa, whose acceleration rests on the jackknife, and that fails for a median (ibid., §11.6).
  /// Takes four bytes a value.
  ///
  /// - Parameters:
  ///   - seed: where the generator starts: the same seed and values give the same interval.
  ///   - draws: how many replicates.
  /// - Returns: the interval, or `nil`.
  public func bootstrap(seed: UInt64, draws: Int = 2000) -> Interval? {
    let count = count
    guard count >= SampleMedian.leastValues else { return nil }
    // The place of each value drawn among the different ones.
    var places: [UInt32] = []
    places.reserveCapacity(count)
    for (place, times) in counts.enumerated() { places += repeatElement(UInt32(place), count: times) }
    var generator = SeededGenerator(seed: seed)
    var times = [Int](repeating: 0, count: values.count)
    var medians: [Double] = []
    medians.reserveCapacity(draws)
    for _ in 0..<draws {
      for place in times.indices { times[place] = 0 }
      for _ in 0..<count { times[Int(places[generator.below(count)])] += 1 }
      medians.append(SampleMedian.middle(of: values, met: times, count))
    }
    medians.sort()
    return Interval(low: sampleQuantile(medians, 0.025), high: sampleQuantile(medians, 0.975))
  }

  /// The value in the middle of `count` of them, or halfway between the two that are.
  private static func middle(of values: [Double], met times: [Int], _ count: Int) -> Double {
    var passed = 0
    var lower: Double?
    for (place, value) in values.enumerated() {
      passed += times[place]
      if passed > (count - 1) / 2, lower == nil { lower = value }
      if let lower, passed > count / 2 { return (lower + value) / 2 }
    }
    return values[values.count - 1]
  }
}

extension Figure.Key {
  /// Where the generator of a figure's bootstrap starts: a digest of its key (FNV-1a, 64 bits), so that the same facts
  /// give the same bytes and two figures do not share their draws.
  public var seed: UInt64 {
    var text = "\(cooperation)/\(indicator)/\(quarter)"
    if let part { text += "/\(part.field)=\(part.value)" }
    return text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
