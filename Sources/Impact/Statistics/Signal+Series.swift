internal import Glibc  // libm

extension Signal {
  /// Quarters needed before a series is judged; below it, points are shown without limits.
  public static let minimumPoints = 12

  /// Judges the last point of one indicator's series for one cooperation.
  ///
  /// A ratio of two counts is judged on a p-chart, whose limits `p̄ ± 3 √(p̄(1−p̄)/n)` follow each quarter's
  /// n; anything else on an XmR chart, `mean ± 2.66 × mean moving range`, moving ranges of at least
  /// 3.267 × their mean screened out once. Rules, as published by NHS England's "plot the dots": outside the
  /// limits; seven in a row on one side of the mean; seven in a row rising or falling; two of three beyond
  /// two thirds of the way to a limit, on one side.
  ///
  /// Windows longer than a quarter overlap, so that their points are not independent: they are shown, and
  /// never judged.
  ///
  /// - Parameters:
  ///   - series: figures in order of quarter; those without a value are left out.
  ///   - indicator: what they answer.
  public init(of series: [Figure], indicator: Indicator) {
    let known: [(quarter: Quarter, value: Figure.Value)] = series.compactMap { figure in
      figure.value.map { (figure.key.quarter, $0) }
    }
    let isJudged =
      known.count >= Signal.minimumPoints && indicator.window == .quarter && !indicator.isCumulative
    guard isJudged, let last = known.last, last.quarter == series.last?.key.quarter else {
      self.init(
        verdict: .tooFew, isUpward: nil, mean: nil,
        points: known.map {
          Point(quarter: $0.quarter, value: $0.value.number, low: nil, high: nil, rules: [])
        })
      return
    }
    let values = known.map(\.value.number)
    let centre: Double
    let limits: [(low: Double, high: Double)]
    if let pooled = Signal.pooledRate(known.map(\.value), of: indicator) {
      centre = pooled
      limits = known.map { point in
        let spread = 3 * (pooled * (1 - pooled) / (point.value.denominator ?? 1)).squareRoot()
        return (pooled - spread, pooled + spread)
      }
    } else {
      centre = values.reduce(0, +) / Double(values.count)
      let spread = 2.66 * Signal.meanMovingRange(values)
      limits = values.map { _ in (centre - spread, centre + spread) }
    }
    let isShare = indicator.isRatioOfCounts
    let rules = Signal.rules(values: values, centre: centre, limits: limits)
    let fired = rules[rules.count - 1]
    let isUpward: Bool? =
      if fired.isEmpty {
        nil
      } else if fired.contains(.trend), !fired.contains(.outside), !fired.contains(.run) {
        values[values.count - 1] > values[values.count - 2]
      } else {
        values[values.count - 1] > centre
      }
    let verdict: Class =
      switch (isUpward, indicator.direction) {
      case (nil, _): .usual
      case (_, .neutral): .change
      case (true?, .higher), (false?, .lower): .improvement
      case (true?, .lower), (false?, .higher): .concern
      }
    self.init(
      verdict: verdict, isUpward: isUpward, mean: centre,
      points: known.indices.map { index in
        Point(
          quarter: known[index].quarter, value: values[index],
          // Rules use the true limits; what is drawn stays between 0 and 1.
          low: isShare ? max(0, limits[index].low) : limits[index].low,
          high: isShare ? min(1, limits[index].high) : limits[index].high, rules: rules[index])
      })
  }

  /// The pooled rate of a ratio of counts, or `nil` when the series is not one.
  private static func pooledRate(_ values: [Figure.Value], of indicator: Indicator) -> Double? {
    guard indicator.isRatioOfCounts else { return nil }
    var numerator = 0.0
    var denominator = 0.0
    for value in values {
      guard let top = value.numerator, let bottom = value.denominator, top <= bottom else { return nil }
      numerator += top
      denominator += bottom
    }
    return denominator > 0 ? numerator / denominator : nil
  }

  /// The mean moving range, with ranges beyond the range limit screened out once.
  static func meanMovingRange(_ values: [Double]) -> Double {
    let ranges = zip(values, values.dropFirst()).map { abs($1 - $0) }
    guard !ranges.isEmpty else { return 0 }
    let first = ranges.reduce(0, +) / Double(ranges.count)
    let kept = ranges.filter { $0 < 3.267 * first }
    guard !kept.isEmpty else { return first }
    return kept.reduce(0, +) / Double(kept.count)
  }

  /// The rules each point breaks.
  ///
  /// A run or trend flags all its seven points, two of three the far points only.
  static func rules(values: [Double], centre: Double, limits: [(low: Double, high: Double)]) -> [[Rule]] {
    var fired = [[Rule]](repeating: [], count: values.count)
    func flag(_ rule: Rule, at index: Int) {
      if !fired[index].contains(rule) { fired[index].append(rule) }
    }
    for index in values.indices
    where values[index] < limits[index].low || values[index] > limits[index].high {
      flag(.outside, at: index)
    }
    for start in values.indices where start + 7 <= values.count {
      let window = start..<(start + 7)
      let seven = values[window]
      if seven.allSatisfy({ $0 > centre }) || seven.allSatisfy({ $0 < centre }) {
        for index in window { flag(.run, at: index) }
      }
      let steps = zip(seven, seven.dropFirst())
      if steps.allSatisfy({ $0 < $1 }) || steps.allSatisfy({ $0 > $1 }) {
        for index in window { flag(.trend, at: index) }
      }
    }
    func isFar(_ index: Int, above: Bool) -> Bool {
      let value = values[index]
      return above
        ? value > centre + (limits[index].high - centre) * 2 / 3 && value <= limits[index].high
        : value < centre - (centre - limits[index].low) * 2 / 3 && value >= limits[index].low
    }
    for start in values.indices where start + 3 <= values.count {
      let window = start..<(start + 3)
      for above in [true, false] {
        guard window.allSatisfy({ above ? values[$0] > centre : values[$0] < centre }) else { continue }
        let far = window.filter { isFar($0, above: above) }
        if far.count >= 2 { for index in far { flag(.nearLimit, at: index) } }
      }
    }
    return fired
  }
}

extension Indicator {
  /// Whether its value is one count among another, so that a binomial law describes its chance variation.
  public var isRatioOfCounts: Bool {
    guard case .ratio(let numerator, let denominator, _) = measure, unit == .percent else { return false }
    let counting: Set<Term.Function> = [.count, .distinct]
    return counting.contains(numerator.function) && counting.contains(denominator.function)
      && numerator.entity == denominator.entity
  }

  /// Whether its value adds up since the beginning, so that each point contains the one before.
  public var isCumulative: Bool {
    if case .cumulative = measure { true } else { window == .sinceStart }
  }
}
