extension Signal {
  /// Points needed before a series is judged; below it, points are shown without limits.
  public static let minimumPoints = 12

  /// Judges the last quarter of one indicator's series of quarters for one cooperation.
  ///
  /// Windows longer than a quarter overlap, so that their points are not independent: they are shown, and
  /// never judged.
  ///
  /// - Parameters:
  ///   - series: figures in order of quarter; those without a value are left out.
  ///   - indicator: what they answer.
  public init(of series: [Figure], indicator: Indicator) {
    let known = series.compactMap { figure in
      figure.value.map { Dated(quarter: figure.key.quarter, month: nil, value: $0) }
    }
    if let silence = indicator.silence {
      self.init(silent: silence, points: known.map(\.point))
      return
    }
    self.init(known, indicator, basis: .quarters, reviewed: series.last?.key.quarter)
  }

  /// Judges a quarter of one indicator's series of months for one cooperation: a rule fires at one of its months.
  ///
  /// - Parameters:
  ///   - series: the months up to the quarter's end; those without a value are left out.
  ///   - indicator: what they answer.
  ///   - quarter: the quarter under review.
  public init(of series: MonthlySeries, indicator: Indicator, quarter: Quarter) {
    let known = series.months.compactMap { month in
      month.quarter > quarter
        ? nil : month.value.map { Dated(quarter: month.quarter, month: month.start, value: $0) }
    }
    self.init(known, indicator, basis: .months, reviewed: quarter)
  }

  /// Judges by the difference from an earlier quarter, where points are too few for a chart; `nil` when it has no
  /// interval.
  ///
  /// - Parameters:
  ///   - change: the difference.
  ///   - points: what is known, shown without limits.
  ///   - indicator: what they answer.
  public init?(of change: Change, points: [Point], indicator: Indicator) {
    guard let p = change.p else { return nil }
    let isUpward = change.isBeyondChance ? change.estimate > 0 : nil
    self.init(
      verdict: Signal.verdict(isUpward, indicator.direction), isUpward: isUpward, mean: nil, points: points,
      basis: .difference, p: p)
  }

  private struct Dated {
    var quarter: Quarter
    var month: Day?
    var value: Figure.Value

    var point: Point {
      Point(quarter: quarter, month: month, value: value.number, low: nil, high: nil, rules: [])
    }
  }

  private init(_ known: [Dated], _ indicator: Indicator, basis: Basis, reviewed quarter: Quarter?) {
    let reviewed = known.reversed().prefix { $0.quarter == quarter }.count
    guard known.count >= Signal.minimumPoints, reviewed > 0, reviewed < known.count,
      let judged = SeriesChart(known.map(\.value), of: indicator, reviewed: reviewed)
    else {
      let isLong = known.count >= Signal.minimumPoints
      self.init(
        silent: isLong && reviewed == 0 ? .noValue : .tooFew, points: known.map(\.point), basis: basis)
      return
    }
    let points = judged.chart.points
    let last = points.indices.suffix(reviewed).last { !points[$0].rules.isEmpty }
    let isUpward = last.map { index -> Bool in
      let fired = points[index].rules
      return fired == [.trend]
        ? points[index].value > points[index - 1].value : points[index].value > judged.chart.centre
    }
    let isShare = indicator.isRatioOfCounts
    let isCount = isShare || indicator.intervalMethod == .byar
    self.init(
      verdict: Signal.verdict(isUpward, indicator.direction), isUpward: isUpward, mean: judged.chart.centre,
      points: known.indices.map { index in
        Point(
          quarter: known[index].quarter, month: known[index].month, value: points[index].value,
          // Rules use the true limits; what is drawn stays where values can be.
          low: isCount ? max(0, points[index].low) : points[index].low,
          high: isShare ? min(1, points[index].high) : points[index].high, rules: points[index].rules)
      }, basis: basis, p: judged.p, stable: judged.stable)
  }
}

extension Indicator {
  /// Whether its value is one count among another, so that a binomial law describes its chance variation.
  public var isRatioOfCounts: Bool {
    guard case .ratio(let numerator, let denominator, _) = measure, unit == .percent else { return false }
    let counting: Set<Term.Function> = [.count, .distinct]
    return counting.contains(numerator.function) && counting.contains(denominator.function)
      && (numerator.entity == denominator.entity || isNested)
  }

  /// Why no series of it can be judged; `nil` where one can.
  public var silence: Signal.Silence? {
    if isCumulative { return .cumulative }
    return window == .quarter ? nil : .overlap
  }

  /// Whether its value adds up since the beginning, so that each point contains the one before.
  public var isCumulative: Bool {
    if case .cumulative = measure { true } else { window == .sinceStart }
  }
}
