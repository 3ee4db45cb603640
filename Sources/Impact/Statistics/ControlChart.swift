/// A series with the limits inside which it usually moves (*carte de contrôle*).
public struct ControlChart: Hashable, Sendable {
  /// One point with its own limits.
  public struct Point: Hashable, Sendable {
    /// The value.
    public var value: Double
    /// The lower limit, not cut off at 0.
    public var low: Double
    /// The upper limit, not cut off at 1.
    public var high: Double
    /// The rules it breaks.
    public var rules: [ControlRule]
  }

  /// The mean, or the pooled rate.
  public let centre: Double
  /// The points, in order of time.
  public let points: [Point]
  /// How much more the points vary than their counts explain, in standard deviations: Laney's σ_z; `nil` for XmR.
  public let excess: Double?

  private init(
    values: [Double], centre: Double, spreads: [Double], excess: Double? = nil, judging last: Int? = nil
  ) {
    self.centre = centre
    self.excess = excess
    let judged = zip(values, spreads).suffix(last ?? values.count).map { value, spread in
      ControlRule.Judged(value: value, centre: centre, low: centre - spread, high: centre + spread)
    }
    points = zip(judged, ControlRule.fired(by: judged)).map {
      Point(value: $0.value, low: $0.low, high: $0.high, rules: $1)
    }
  }

  /// An XmR chart of single values: `mean ± 2.66 × mean moving range` (Shewhart; Wheeler 1993).
  ///
  /// - Parameters:
  ///   - values: at least one, in order of time.
  ///   - screensRanges: whether moving ranges of at least 3.267 × their mean are left out once, so that a single
  ///     outlier does not widen the limits that should show it.
  ///   - baseline: how many of the first values set centre and limits; `nil` for all.
  ///   - last: how many of the last values become points; `nil` for all.
  public init?(
    individuals values: [Double], screensRanges: Bool = true, baseline: Int? = nil, judging last: Int? = nil
  ) {
    let base = Array(values.prefix(baseline ?? values.count))
    guard !base.isEmpty else { return nil }
    let spread = 2.66 * ControlChart.meanMovingRange(base, screens: screensRanges)
    self.init(
      values: values, centre: base.reduce(0, +) / Double(base.count),
      spreads: values.map { _ in spread }, judging: last)
  }

  /// A p-chart of rates, whose limits follow the size of each group: `p̄ ± 3 √(p̄(1−p̄)/n)` (Shewhart 1931).
  ///
  /// - Parameters:
  ///   - rates: at least one, in order of time.
  ///   - isLaney: whether the limits are multiplied by σ_z, the mean moving range of the standardised rates over 1.128,
  ///     for groups so large that more than chance makes them vary (Laney 2002, Quality Engineering 14:531).
  ///   - last: how many of the last rates become points; `nil` for all.
  public init?(rates: [Proportion], isLaney: Bool = false, judging last: Int? = nil) {
    let trials = rates.reduce(0) { $0 + $1.trials }
    guard trials > 0 else { return nil }
    let pooled = rates.reduce(0) { $0 + $1.successes } / trials
    self.init(
      values: rates.map(\.share), centre: pooled,
      errors: rates.map { (pooled * (1 - pooled) / $0.trials).squareRoot() }, isLaney: isLaney, judging: last)
  }

  /// A u-chart of events in an exposure, whose limits follow the exposure: `ū ± 3 √(ū/n)` (Shewhart 1931).
  ///
  /// - Parameters:
  ///   - events: counts of events, in order of time.
  ///   - exposures: the time, people or months behind each, above 0.
  ///   - isLaney: whether the limits are widened as for rates.
  ///   - last: how many of the last counts become points; `nil` for all.
  public init?(
    events: [Double], exposures: [Double], isLaney: Bool = false, judging last: Int? = nil
  ) {
    guard !events.isEmpty, events.count == exposures.count, exposures.allSatisfy({ $0 > 0 }) else {
      return nil
    }
    let mean = events.reduce(0, +) / exposures.reduce(0, +)
    self.init(
      values: zip(events, exposures).map { $0 / $1 }, centre: mean,
      errors: exposures.map { (mean / $0).squareRoot() }, isLaney: isLaney, judging: last)
  }

  private init(values: [Double], centre: Double, errors: [Double], isLaney: Bool, judging last: Int?) {
    let standardised = zip(values, errors).compactMap { $1 > 0 ? ($0 - centre) / $1 : nil }
    let excess = ControlChart.meanMovingRange(standardised, screens: false) / 1.128
    let factor = isLaney ? 3 * excess : 3
    self.init(
      values: values, centre: centre, spreads: errors.map { $0 * factor }, excess: excess, judging: last)
  }

  /// The mean moving range; ranges beyond the range limit left out once when it screens.
  static func meanMovingRange(_ values: [Double], screens: Bool) -> Double {
    let ranges = zip(values, values.dropFirst()).map { abs($1 - $0) }
    guard !ranges.isEmpty else { return 0 }
    let first = ranges.reduce(0, +) / Double(ranges.count)
    guard screens else { return first }
    let kept = ranges.filter { $0 < 3.267 * first }
    return kept.isEmpty ? first : kept.reduce(0, +) / Double(kept.count)
  }
}
