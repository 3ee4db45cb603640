/// The control chart that suits a series, the test of its last points, and the stable series it is compared with.
///
/// A rate of independent counts goes on a p-chart, whose limits follow each n; events on a u-chart; hours, euros, durations
/// and linked rows on an XmR chart. With a hundred or more people or events a point the limits are Laney's, since chance is then the least of
/// what makes such counts vary.
struct SeriesChart {
  /// Mean size of a point from which limits follow the variation seen, too.
  static let largeGroups = 100.0

  let chart: ControlChart
  /// Two-sided p-value of the last points against those before; `nil` when neither varies.
  let p: Double?
  let stable: StableSeries

  /// The chart of a series; `nil` when its values are not what the indicator makes.
  init?(_ values: [Figure.Value], of indicator: Indicator, reviewed: Int) {
    let numbers = values.map(\.number)
    let rates = values.compactMap(\.proportion)
    if indicator.intervalMethod == .wilson, rates.count == values.count {
      let trials = rates.reduce(0) { $0 + $1.trials }
      let isLaney = trials / Double(rates.count) >= SeriesChart.largeGroups
      guard let chart = ControlChart(rates: rates, isLaney: isLaney) else { return nil }
      self.chart = chart
      p = SeriesChart.pooled(rates.suffix(reviewed)).flatMap { last in
        SeriesChart.pooled(rates.dropLast(reviewed)).flatMap { TwoRatesTest(last, $0)?.fisher }
      }
      stable =
        isLaney
        ? .individuals(values.count) : .rates(trials: rates.map(\.trials), chance: chart.centre)
    } else if indicator.intervalMethod == .byar, numbers.allSatisfy({ EventCount($0) != nil }) {
      let exposures = [Double](repeating: 1, count: numbers.count)
      let total = numbers.reduce(0, +)
      let isLaney = total / Double(numbers.count) >= SeriesChart.largeGroups
      guard let chart = ControlChart(events: numbers, exposures: exposures, isLaney: isLaney),
        let last = EventCount(numbers.suffix(reviewed).reduce(0, +)),
        let before = EventCount(numbers.dropLast(reviewed).reduce(0, +))
      else { return nil }
      self.chart = chart
      p = TwoCountsTest(last, before, exposure: Double(reviewed) / Double(numbers.count - reviewed)).p
      stable = isLaney ? .individuals(values.count) : .events(exposures: exposures, mean: chart.centre)
    } else {
      guard let chart = ControlChart(individuals: numbers) else { return nil }
      self.chart = chart
      p = SeriesChart.pooledStudent(Array(numbers.suffix(reviewed)), Array(numbers.dropLast(reviewed)))
      stable = .individuals(values.count)
    }
  }

  private static func pooled(_ rates: some Sequence<Proportion>) -> Proportion? {
    let (successes, trials) = rates.reduce((0, 0)) { ($0.0 + $1.successes, $0.1 + $1.trials) }
    return Proportion(successes, of: trials)
  }

  /// Student's two-sample test with a common variance, which holds for a single last point.
  private static func pooledStudent(_ last: [Double], _ before: [Double]) -> Double? {
    guard let one = SampleMean(last), let other = SampleMean(before), last.count + before.count > 2 else {
      return nil
    }
    let freedom = Double(last.count + before.count - 2)
    let squares =
      (one.variance ?? 0) * Double(last.count - 1) + (other.variance ?? 0) * Double(before.count - 1)
    let error = (squares / freedom * (1 / Double(last.count) + 1 / Double(before.count))).squareRoot()
    guard error > 0 else { return nil }
    return StudentDistribution.twoTails((one.mean - other.mean) / error, freedom: freedom)
  }
}
