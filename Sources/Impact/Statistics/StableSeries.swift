internal import Glibc  // log, cos

/// A series that only chance moves, with the sizes of a real one: how often its chart alarms all the same.
///
/// No formula answers for several rules at once on small counts, so it is simulated, with a fixed seed: same series,
/// same bytes.
public enum StableSeries: Hashable, Sendable {
  /// Normal values, that many, on an XmR chart.
  case individuals(Int)
  /// Successes among these numbers of trials, on a p-chart.
  case rates(trials: [Double], chance: Double)
  /// Poisson events in these exposures, on a u-chart.
  case events(exposures: [Double], mean: Double)

  /// The share of such series in which a rule fires at one of the last points: the chance of a false alarm.
  ///
  /// - Parameters:
  ///   - reviewed: how many last points a review looks at: three months.
  ///   - replicates: how many series are drawn; the standard error is `√(r (1 − r) / replicates)`.
  ///   - seed: where the generator starts.
  /// - Returns: the share, 0–1.
  public func alarmRate(reviewed: Int = 3, replicates: Int = 400, seed: UInt64 = 1) -> Double {
    var generator = SeededGenerator(seed: seed)
    var alarms = 0
    for _ in 0..<replicates {
      guard let chart = chart(&generator, judging: reviewed + 6) else { return 0 }
      if chart.points.suffix(reviewed).contains(where: { !$0.rules.isEmpty }) { alarms += 1 }
    }
    return Double(alarms) / Double(replicates)
  }

  /// No rule reaches further back than six points.
  private func chart(_ generator: inout SeededGenerator, judging last: Int) -> ControlChart? {
    switch self {
    case .individuals(let count):
      return ControlChart(individuals: (0..<count).map { _ in generator.normal() }, judging: last)
    case .rates(let trials, let chance):
      return ControlChart(
        rates: trials.compactMap { Proportion(generator.successes(of: $0, chance: chance), of: $0) },
        judging: last)
    case .events(let exposures, let mean):
      return ControlChart(
        events: exposures.map { generator.events(mean: $0 * mean) }, exposures: exposures, judging: last)
    }
  }
}

extension SeededGenerator {
  /// A standard normal number (Box and Muller 1958).
  public mutating func normal() -> Double {
    let radius = (-2 * log(1 - unit())).squareRoot()
    return radius * cos(2 * Double.pi * unit())
  }

  /// A number of successes among `trials`, a whole number; its normal approximation beyond 1 000.
  public mutating func successes(of trials: Double, chance: Double) -> Double {
    guard trials <= 1000 else {
      let spread = (trials * chance * (1 - chance)).squareRoot()
      return min(trials, max(0, (trials * chance + spread * normal()).rounded()))
    }
    var count = 0.0
    for _ in 0..<Int(trials) where unit() < chance { count += 1 }
    return count
  }

  /// A Poisson number of events; its normal approximation beyond a mean of 500.
  public mutating func events(mean: Double) -> Double {
    guard mean <= 500 else { return max(0, (mean + mean.squareRoot() * normal()).rounded()) }
    var count = 0.0
    var clock = -log(1 - unit())
    while clock <= mean {
      count += 1
      clock -= log(1 - unit())
    }
    return count
  }
}
