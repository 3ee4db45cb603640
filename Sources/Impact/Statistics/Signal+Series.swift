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
    let chart =
      Signal.rates(known.map(\.value), of: indicator).flatMap { ControlChart(rates: $0) }
      ?? ControlChart(individuals: values)
    guard let chart else { preconditionFailure("a judged series has points") }
    let centre = chart.centre
    let isShare = indicator.isRatioOfCounts
    let fired = chart.points[chart.points.count - 1].rules
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
          low: isShare ? max(0, chart.points[index].low) : chart.points[index].low,
          high: isShare ? min(1, chart.points[index].high) : chart.points[index].high,
          rules: chart.points[index].rules)
      })
  }

  /// The rates of a ratio of counts, or `nil` when the series is not one.
  private static func rates(_ values: [Figure.Value], of indicator: Indicator) -> [Proportion]? {
    guard indicator.isRatioOfCounts else { return nil }
    let rates = values.compactMap { value in
      value.numerator.flatMap { top in value.denominator.flatMap { Proportion(top, of: $0) } }
    }
    return rates.count == values.count ? rates : nil
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
