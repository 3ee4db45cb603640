import Testing

@testable import Impact

@Suite struct `False alarms of a review` {
  static let sizes: [Double] = [12, 9, 14, 10, 11, 8, 13, 12, 9, 10, 15, 11, 12, 10, 9, 13, 11, 12]
  static let series: [StableSeries] = [
    .individuals(12), .individuals(36), .rates(trials: sizes, chance: 0.4),
    .rates(trials: sizes + sizes, chance: 0.15), .events(exposures: Array(repeating: 1, count: 24), mean: 3),
    .events(exposures: Array(repeating: 1, count: 36), mean: 1),
  ]

  /// What is printed comes from 400 series; 4 000 others alarm as often, within three standard errors of both.
  @Test(arguments: series) func `the alarm rate of other stable series is what is printed`(
    series: StableSeries
  ) {
    let printed = series.alarmRate()
    let seen = series.alarmRate(replicates: 4000, seed: 20_261_125)
    let error = (seen * (1 - seen) * (1.0 / 400 + 1.0 / 4000)).squareRoot()
    #expect(abs(printed - seen) <= 3 * error, "\(printed) printed, \(seen) seen")
    #expect(printed < 0.15)
  }

  /// Many reviews of stable indicators: the mean number of alarms is the printed one.
  @Test func `the expected number of alarms of a review is the mean of what happens`() {
    let printed = Self.series.reduce(0) { $0 + $1.alarmRate() }
    let reviews = 300
    var alarms = 0.0
    for review in 0..<reviews {
      for (index, series) in Self.series.enumerated() {
        alarms += series.alarmRate(replicates: 1, seed: UInt64(1000 + review * 10 + index))
      }
    }
    #expect(abs(alarms / Double(reviews) - printed) < 0.12, "\(alarms / Double(reviews)), \(printed)")
  }

  @Test func `a series that jumped alarms nearly always`() {
    var generator = SeededGenerator(seed: 2)
    var seen = 0
    for _ in 0..<100 {
      let events = (0..<24).map { generator.events(mean: $0 < 21 ? 4 : 14) }
      let chart = ControlChart(events: events, exposures: Array(repeating: 1, count: 24))
      if chart?.points.suffix(3).contains(where: { !$0.rules.isEmpty }) == true { seen += 1 }
    }
    #expect(seen > 95)
  }

  @Test func `draws have the mean and variance of their law`() {
    var generator = SeededGenerator(seed: 3)
    func check(_ mean: Double, _ variance: Double, _ draw: () -> Double) {
      let values = (0..<4000).map { _ in draw() }
      let seen = values.reduce(0, +) / 4000
      let spread = values.reduce(0) { $0 + ($1 - seen) * ($1 - seen) } / 3999
      #expect(abs(seen - mean) < 4 * (variance / 4000).squareRoot())
      #expect(abs(spread / variance - 1) < 0.12)
    }
    check(0, 1) { generator.normal() }
    check(3, 3) { generator.events(mean: 3) }
    check(800, 800) { generator.events(mean: 800) }
    check(6, 4.2) { generator.successes(of: 20, chance: 0.3) }
    check(600, 420) { generator.successes(of: 2000, chance: 0.3) }
    check(4.5, 8.25) { Double(generator.below(10)) }
  }
}
