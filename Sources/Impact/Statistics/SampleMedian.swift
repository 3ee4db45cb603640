/// A median of durations from the durations themselves.
public struct SampleMedian: Hashable, Sendable {
  /// The least number of values that give an interval: the whole range of n values covers their median with a chance of
  /// 1 − 2^(1−n), which reaches 95 % from six on (Hahn and Meeker 1991, §5.2).
  public static let leastValues = 6

  /// The values, sorted.
  public let values: [Double]

  /// The median of these values, in any order; `nil` for none.
  public init?(_ values: [Double]) {
    guard !values.isEmpty, values.allSatisfy(\.isFinite) else { return nil }
    self.values = values.sorted()
  }

  /// Half of the values lie below it, half above.
  public var median: Double { Bootstrap.median(values) }

  /// The bootstrap interval by percentiles (Efron and Tibshirani 1993, §13.3), 95 %; `nil` below ``leastValues``.
  ///
  /// Percentiles rather than BCa, whose acceleration rests on the jackknife, and that fails for a median (ibid., §11.6).
  ///
  /// - Parameter seed: where the generator starts: the same seed and values give the same interval.
  /// - Returns: the interval, or `nil`.
  public func bootstrap(seed: UInt64) -> Interval? {
    guard values.count >= SampleMedian.leastValues else { return nil }
    return Bootstrap(values, statistic: Bootstrap.median, seed: seed)?.percentile()
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
