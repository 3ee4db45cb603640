import Testing

@testable import Impact

@Suite struct `Signals of months` {
  static let quarter = Quarter(index: 2026 * 4 + 2)

  static func indicator(_ measure: Measure, _ unit: Unit = .count, _ direction: Direction = .higher)
    -> Indicator
  {
    Indicator(
      id: "x", dimension: "exits", label: Localized(fr: "x", en: "x"), question: Localized(fr: "x", en: "x"),
      unit: unit, direction: direction, measure: measure, source: Localized(fr: "x", en: "x"),
      limits: Localized(fr: "x", en: "x"))
  }
  static let exits = Term(.count, of: "exits", absent: .zero)
  static let count = indicator(.count(exits))
  static let rate = indicator(.ratio(numerator: exits, denominator: exits, cohort: nil), .percent)
  static let hours = indicator(
    .sum(Term(.sum, of: "activity", field: "hours_worked", absent: .unknown)), .hours)

  /// Months that end with the quarter under review.
  static func series(_ values: [Figure.Value?]) -> MonthlySeries {
    let first = quarter.end.adding(days: 1).adding(months: -values.count)
    return MonthlySeries(
      indicator: "x", cooperation: "c",
      months: values.enumerated().map { index, value in
        MonthlySeries.Month(
          start: first.adding(months: index),
          content: value.map(Figure.Content.value) ?? .absent(.noDenominator))
      })
  }
  static func counts(_ values: [Double]) -> MonthlySeries {
    series(values.map { Figure.Value(number: $0, count: Int($0)) })
  }
  static func rates(_ values: [(Double, Double)]) -> MonthlySeries {
    series(values.map { Figure.Value(number: $0 / $1, numerator: $0, denominator: $1, count: Int($1)) })
  }

  @Test func `events are judged on a u-chart, from twelve months on`() throws {
    let values: [Double] = [3, 2, 4, 1, 3, 2, 5, 3, 2, 4, 3, 2]
    let signal = Signal(of: Self.counts(values), indicator: Self.count, quarter: Self.quarter)
    let mean = values.reduce(0, +) / 12
    #expect(signal.verdict == .usual && signal.basis == .months)
    expectEqual(signal.mean, mean)
    expectEqual(signal.points[0].high, mean + 3 * mean.squareRoot())
    #expect(signal.points[0].low == 0)
    #expect(signal.points.last?.month == Day(2026, 9, 1))
    let short = Signal(
      of: Self.counts(Array(values.dropFirst())), indicator: Self.count, quarter: Self.quarter)
    #expect(short.verdict == .tooFew && short.points.count == 11)
  }

  @Test
  func `a rule that fires in any month of the quarter is the quarter's signal, by the indicator's direction`()
  {
    let values: [Double] = [3, 2, 4, 1, 3, 2, 5, 3, 2, 4, 3, 2, 3, 14, 3]
    let risen = Signal(of: Self.counts(values), indicator: Self.count, quarter: Self.quarter)
    #expect(risen.verdict == .improvement && risen.isUpward == true && risen.isAlarm)
    var lower = Self.count
    lower.direction = .lower
    #expect(Signal(of: Self.counts(values), indicator: lower, quarter: Self.quarter).verdict == .concern)
    // The same months, reviewed a quarter later, are past.
    let later = Self.counts(values + [3, 2, 4])
    #expect(Signal(of: later, indicator: Self.count, quarter: Self.quarter).verdict == .usual)
  }

  @Test func `months after the quarter are not looked at`() {
    let series = Self.counts([3, 2, 4, 1, 3, 2, 5, 3, 2, 4, 3, 2, 40, 50, 60])
    let before = Self.quarter.advanced(by: -1)
    let signal = Signal(of: series, indicator: Self.count, quarter: before)
    #expect(signal.verdict == .usual && signal.points.count == 12)
    #expect(
      signal == Signal(of: Self.shifted(series.months.dropLast(3)), indicator: Self.count, quarter: before))
  }

  private static func shifted(_ months: some Collection<MonthlySeries.Month>) -> MonthlySeries {
    MonthlySeries(indicator: "x", cooperation: "c", months: Array(months))
  }

  @Test func `a month without anybody is no point of a rate`() throws {
    let values = (0..<14).map { (Double(2 + $0 % 2), 5.0) }
    var series = Self.rates(values)
    series.months[5].content = .absent(.noDenominator)
    let signal = Signal(of: series, indicator: Self.rate, quarter: Self.quarter)
    #expect(signal.points.count == 13 && signal.verdict == .usual)
    #expect(signal.points.allSatisfy { ($0.low ?? -1) >= 0 && ($0.high ?? 2) <= 1 })
    for index in series.months.indices.suffix(3) { series.months[index].content = .absent(.notCollected) }
    // Eleven months are left: too few, whatever the quarter's own lack.
    #expect(Signal(of: series, indicator: Self.rate, quarter: Self.quarter).silence == .tooFew)
  }

  @Test func `the quarter is tested against the months before it`() throws {
    let values: [(Double, Double)] =
      (0..<12).map { _ in (2.0, 6.0) } + [(5.0, 6.0), (5.0, 6.0), (6.0, 6.0)]
    let signal = Signal(of: Self.rates(values), indicator: Self.rate, quarter: Self.quarter)
    let now = try #require(Proportion(16, of: 18))
    let before = try #require(Proportion(24, of: 72))
    expectEqual(signal.p, try #require(TwoRatesTest(now, before)).fisher)
    let counts = Signal(
      of: Self.counts([3, 2, 4, 1, 3, 2, 5, 3, 2, 9, 8, 7]), indicator: Self.count, quarter: Self.quarter)
    let (last, first) = (try #require(EventCount(24)), try #require(EventCount(25)))
    expectEqual(counts.p, TwoCountsTest(last, first, exposure: 3.0 / 9).p)
  }

  @Test func `hours are judged on an XmR chart, and a hundred events a month on Laney's`() throws {
    let hours = (0..<12).map { Figure.Value(number: 900 + Double($0 % 3) * 10, count: 9) }
    let signal = Signal(of: Self.series(hours), indicator: Self.hours, quarter: Self.quarter)
    #expect(signal.stable == .individuals(12))
    let many = (0..<12).map { 400 + Double($0 % 4) * 30 }
    let large = Signal(of: Self.counts(many), indicator: Self.count, quarter: Self.quarter)
    #expect(large.stable == .individuals(12))
    // Plain u-chart limits are three times the root of the mean.
    let mean = many.reduce(0, +) / 12
    #expect(try #require(large.points[0].high) > mean + 3 * mean.squareRoot())
  }

  @Test func `only rows dated one by one are counted by month`() {
    #expect(Self.count.isCountedByMonth && Self.rate.isCountedByMonth && Self.hours.isCountedByMonth)
    var rolling = Self.count
    rolling.window = .rollingYear
    #expect(!rolling.isCountedByMonth)
    #expect(!Self.indicator(.stock(Term(.stock, of: "pathways", absent: .zero))).isCountedByMonth)
    #expect(
      !Self.indicator(.distinct(Term(.distinct, of: "activity", field: "participant", absent: .zero)))
        .isCountedByMonth)
    #expect(
      !Self.indicator(.sum(Term(.sum, of: "contributions", field: "amount", absent: .zero))).isCountedByMonth)
  }

  @Test func `before twelve points the interval of the difference judges`() throws {
    func figure(_ quarter: Quarter, _ x: Double, _ n: Double) -> Figure {
      Figure(
        key: Figure.Key(indicator: "x", cooperation: "c", quarter: quarter),
        content: .value(
          Figure.Value(
            number: x / n, numerator: x, denominator: n, count: Int(n),
            interval: Proportion(x, of: n)?.wilson())), status: .final, indicatorVersion: 1)
    }
    let before = figure(Self.quarter.advanced(by: -1), 3, 20)
    let fallen = try #require(Change(from: before, to: figure(Self.quarter, 14, 20), of: Self.rate))
    let signal = try #require(Signal(of: fallen, points: [], indicator: Self.rate))
    #expect(signal.verdict == .improvement && signal.basis == .difference)
    let small = try #require(Change(from: before, to: figure(Self.quarter, 4, 20), of: Self.rate))
    #expect(Signal(of: small, points: [], indicator: Self.rate)?.verdict == .usual)
  }
}

@Suite struct `The false alarms of a review` {
  @Test func `expected alarms add up over the indicators judged, and one in twenty for a bare difference`() {
    let usual = Signal(
      of: `Signals of months`.counts([3, 2, 4, 1, 3, 2, 5, 3, 2, 4, 3, 2]),
      indicator: `Signals of months`.count, quarter: `Signals of months`.quarter)
    let difference = Signal(
      verdict: .usual, isUpward: nil, mean: nil, points: [], basis: .difference, p: 0.4)
    let silent = Signal(silent: .tooFew, points: [])
    let overlapping = Signal(silent: .overlap, points: [])
    let alarms = ReviewAlarms([("a", usual), ("b", difference), ("c", silent), ("d", overlapping)])
    #expect(alarms.judged == 2)
    expectEqual(alarms.expected, 0.05 + (usual.stable?.alarmRate() ?? 0))
    #expect(alarms.expected > 0.05)
    #expect(Set(alarms.adjusted.keys) == ["a", "b"])
    #expect(!alarms.isConfirmed("a") && !alarms.isConfirmed("c"))
    #expect(alarms.isReviewed("a") && !alarms.isReviewed("c") && !alarms.isReviewed("elsewhere"))
    #expect(ReviewAlarms([]).expected == 0)
  }

  @Test func `a strong change stands, a weak one among many does not`() {
    func signal(_ p: Double) -> Signal {
      Signal(verdict: .concern, isUpward: false, mean: 1, points: [], basis: .months, p: p)
    }
    // One without a test is never confirmed, and still counts among the comparisons.
    let untested = Signal(verdict: .concern, isUpward: false, mean: 1, points: [], basis: .months)
    let pair = ReviewAlarms([("weak", signal(0.06)), ("untested", untested)])
    #expect(pair.isReviewed("untested") && !pair.isConfirmed("untested") && !pair.isConfirmed("weak"))
    let alone = ReviewAlarms([("weak", signal(0.04))])
    #expect(alone.isConfirmed("weak"))
    let many = ReviewAlarms(
      [("strong", signal(0.0001)), ("weak", signal(0.04))]
        + (0..<18).map { (indicator: "n\($0)", signal: signal(0.3 + Double($0) / 40)) })
    #expect(many.isConfirmed("strong") && !many.isConfirmed("weak"))
  }
}
