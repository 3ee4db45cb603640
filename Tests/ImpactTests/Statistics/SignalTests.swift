import Testing

@testable import Impact

/// Series and verdicts published with, or computed by, NHS England's "Making Data Count" package.
@Suite struct `Signals of a series` {
  static func indicator(_ direction: Direction = .higher, ratio: Bool = false) -> Indicator {
    let term = Term(ratio ? .count : .sum, of: "exits", field: ratio ? nil : "length_days", absent: .zero)
    return Indicator(
      id: "x", dimension: "exits", label: Localized(fr: "x", en: "x"), question: Localized(fr: "x", en: "x"),
      unit: ratio ? .percent : .days, direction: direction,
      measure: ratio ? .ratio(numerator: term, denominator: term, cohort: nil) : .sum(term),
      source: Localized(fr: "x", en: "x"), limits: Localized(fr: "x", en: "x"))
  }

  static func series(_ values: [Double]) -> [Figure] {
    values.enumerated().map { index, value in
      Figure(
        key: Figure.Key(indicator: "x", cooperation: "c", quarter: Quarter(index: 8000 + index)),
        content: .value(Figure.Value(number: value)), status: .final, indicatorVersion: 1)
    }
  }

  static let stable: [Double] = [41, 38, 44, 40, 36, 43, 39, 42, 37, 41, 45, 40, 38, 42, 39, 41]
  static let outlier: [Double] = [41, 38, 44, 40, 36, 43, 39, 42, 37, 72, 45, 40, 38, 42, 39, 41]
  static let step: [Double] = [30, 28, 33, 31, 27, 32, 29, 30, 41, 43, 39, 42, 44, 40, 43, 41]
  static let trend: [Double] = [40, 38, 41, 37, 39, 36, 40, 41, 42, 43, 44, 45, 46, 47, 46, 45]
  static let twoOfThree: [Double] = [40, 42, 38, 41, 39, 40, 41, 39, 40, 47.5, 43, 47.6, 38, 41, 39, 40]
  static let rate: [Double] = [
    33.3, 41.7, 28.6, 37.5, 45.5, 40, 36.4, 50, 42.9, 38.5, 46.2, 53.8, 50, 57.1, 53.3, 58.3, 56.3, 60,
  ]

  @Test(arguments: [
    (stable, 40.375, 29.735, 51.015, "................"),
    (outlier, 42.3125, 31.6725, 52.9525, ".........X......"),
    (step, 35.8125, 26.4138333333333, 45.2111666666667, "XXXXXXXXXXXXXXXX"),
    (trend, 41.875, 37.087, 46.663, "XXXXXXXXXXXXXXXX"),
    (twoOfThree, 41.00625, 32.4587833333333, 49.5537166666667, "..XXXXXXXX.X...."),
    (rate, 46.0777777777778, 28.349660130719, 63.8058954248366, "XXXXXXX...XXXXXXXX"),
  ]) func `limits and flagged points equal the reference`(
    values: [Double], mean: Double, low: Double, high: Double, flagged: String
  ) throws {
    let signal = Signal(of: Self.series(values), indicator: Self.indicator())
    #expect(abs(try #require(signal.mean) - mean) < 1e-9)
    for point in signal.points {
      #expect(abs(try #require(point.low) - low) < 1e-9)
      #expect(abs(try #require(point.high) - high) < 1e-9)
    }
    #expect(signal.points.map { $0.rules.isEmpty ? "." : "X" }.joined() == flagged)
  }

  @Test func `a constant series has its mean for limits, and no signal`() {
    let signal = Signal(of: Self.series(Array(repeating: 40, count: 12)), indicator: Self.indicator())
    #expect(signal.verdict == .usual)
    #expect(signal.points.allSatisfy { $0.low == 40 && $0.high == 40 })
  }

  @Test func `fewer than twelve points are shown and not judged`() {
    let signal = Signal(of: Self.series(Array(Self.step.prefix(11))), indicator: Self.indicator())
    #expect(signal.verdict == .tooFew)
    #expect(signal.points.count == 11 && signal.points.allSatisfy { $0.low == nil })
  }

  @Test func `the limits of a rate follow the size of each quarter`() throws {
    let cases: [(x: Double, n: Double)] = [
      (4, 12), (5, 14), (3, 11), (6, 16), (5, 13), (7, 18), (4, 12), (5, 12), (6, 13), (4, 10), (6, 12),
      (7, 14),
    ]
    let figures = cases.enumerated().map { index, value in
      Figure(
        key: Figure.Key(indicator: "x", cooperation: "c", quarter: Quarter(index: 8000 + index)),
        content: .value(
          Figure.Value(
            number: value.x / value.n, numerator: value.x, denominator: value.n, count: Int(value.n))),
        status: .final, indicatorVersion: 1)
    }
    let signal = Signal(of: figures, indicator: Self.indicator(ratio: true))
    let pooled = cases.reduce(0) { $0 + $1.x } / cases.reduce(0) { $0 + $1.n }
    #expect(try #require(signal.mean) == pooled)
    for (point, size) in zip(signal.points, cases) {
      let spread = 3 * (pooled * (1 - pooled) / size.n).squareRoot()
      #expect(abs(try #require(point.high) - min(1, pooled + spread)) < 1e-12)
      #expect(abs(try #require(point.low) - max(0, pooled - spread)) < 1e-12)
    }
    #expect(signal.verdict == .usual)
  }

  @Test func `a rise is an improvement, a concern or a change by the indicator's direction`() {
    let rising = Self.series(Self.step)
    #expect(Signal(of: rising, indicator: Self.indicator(.higher)).verdict == .improvement)
    #expect(Signal(of: rising, indicator: Self.indicator(.lower)).verdict == .concern)
    #expect(Signal(of: rising, indicator: Self.indicator(.neutral)).verdict == .change)
  }

  @Test(arguments: [Window.rollingYear, .yearToDate, .sinceStart])
  func `a window that shares days with the one before is never judged, and says so, however few its points`(
    _ window: Window
  ) {
    var rolling = Self.indicator()
    rolling.window = window
    let silence: Signal.Silence = window == .sinceStart ? .cumulative : .overlap
    for points in [16, 5] {
      let signal = Signal(of: Array(Self.series(Self.step).prefix(points)), indicator: rolling)
      #expect(signal.verdict == .notJudged && signal.silence == silence && !signal.isJudged)
      #expect(signal.points.count == points && signal.points.allSatisfy { $0.low == nil })
    }
  }

  @Test func `what is judged has no reason not to be; what is short says that it is`() {
    #expect(Signal(of: Self.series(Self.stable), indicator: Self.indicator()).silence == nil)
    let short = Signal(of: Array(Self.series(Self.stable).prefix(11)), indicator: Self.indicator())
    #expect(short.verdict == .tooFew && short.silence == .tooFew)
  }

  @Test func `a quarter without a value is no point, and a last one without a value is not judged`() {
    var gaps = Self.series(Self.stable)
    gaps[3].content = .absent(.notCollected)
    #expect(Signal(of: gaps, indicator: Self.indicator()).points.count == 15)
    gaps[15].content = .absent(.notCollected)
    let silent = Signal(of: gaps, indicator: Self.indicator())
    #expect(silent.verdict == .notJudged && silent.silence == .noValue)
  }
}
