extension ImpactMap {
  /// Where the ratio lies when all parameters are uncertain at once.
  public struct Uncertainty: Hashable, Sendable {
    /// The 2.5th and 97.5th percentiles of the drawn ratios.
    public var interval: Interval
    /// The median of the drawn ratios.
    public var median: Double
    /// The share of draws in which a euro brings at least a euro.
    public var shareAboveOne: Double
    /// Number of draws.
    public var draws: Int
    /// The seed of the draws.
    public var seed: UInt64

    /// What draws gave.
    public init(interval: Interval, median: Double, shareAboveOne: Double, draws: Int, seed: UInt64) {
      self.interval = interval
      self.median = median
      self.shareAboveOne = shareAboveOne
      self.draws = draws
      self.seed = seed
    }
  }

  /// How many draws an interval is made of.
  public static let draws = 10_000

  /// Draws every uncertain parameter at once, again and again (Monte Carlo); `nil` when there is no ratio.
  ///
  /// Each assumption is drawn by itself from the triangle of its range, once for all the outcomes that rest on it:
  /// drawn apart, the errors of one assumption would cancel out between outcomes, and the interval would be too narrow.
  /// The same map, seed and number of draws give the same interval on every machine.
  ///
  /// - Parameters:
  ///   - draws: number of draws, from 100.
  ///   - seed: where the generator starts.
  /// - Returns: where the drawn ratios lie; `nil` also for fewer than 100 draws.
  public func uncertainty(draws: Int = ImpactMap.draws, seed: UInt64 = 20_160_301) -> Uncertainty? {
    guard absence == nil, draws >= 100 else { return nil }
    var generator = SeededGenerator(seed: seed)
    let central = outcomes.compactMap(Point.init(central:))
    let uncertain = assumptions.filter { !$0.estimate.isCertain }
    var ratios: [Double] = []
    ratios.reserveCapacity(draws)
    for _ in 0..<draws {
      let rate = discountRate.draw(&generator)
      var points = central
      for assumption in uncertain {
        let value = assumption.estimate.draw(&generator)
        for place in assumption.places { points[place].set(assumption.parameter, to: value) }
      }
      ratios.append(ratio(points, at: rate))
    }
    ratios.sort()
    return Uncertainty(
      interval: Interval(low: sampleQuantile(ratios, 0.025), high: sampleQuantile(ratios, 0.975)),
      median: sampleQuantile(ratios, 0.5),
      shareAboveOne: Double(ratios.count { $0 >= 1 }) / Double(draws), draws: draws, seed: seed)
  }

  /// The least and the most the ratio can be within all ranges at once, that of the discount rate included; `nil` when
  /// there is no ratio.
  ///
  /// Without a draw: outcomes add up, and the value of each in a year is a product of factors that each move one way, so
  /// its extremes are at corners. The discount rate is one for all outcomes: its extremes are at the ends of its range
  /// or, where some outcomes are for the worse, between them. An assumption that serves a gain and a loss is taken at the
  /// end unfavourable (or favourable) to each, so that the two bounds are never inside what the ranges allow.
  public var corners: Interval? {
    guard absence == nil else { return nil }
    let least = outcomes.compactMap { corner($0, atLeast: true) }
    let most = outcomes.compactMap { corner($0, atLeast: false) }
    return Interval(low: presentValues(least).low / investment, high: presentValues(most).high / investment)
  }

  /// The corner of an outcome's ranges at which it is worth the least, or the most, in every one of its years.
  private func corner(_ outcome: Outcome, atLeast: Bool) -> Point? {
    guard var point = Point(central: outcome), let quantity = outcome.quantity else { return nil }
    point.proxy = atLeast ? outcome.proxy.low : outcome.proxy.high
    // Less of a gain and more of a loss are both worth less.
    let isFull = atLeast ? point.proxy < 0 : point.proxy >= 0
    point.quantity = isFull ? quantity.high : quantity.low
    let end = isFull ? \Estimate.low : \Estimate.high
    point.deadweight = outcome.deadweight[keyPath: end]
    point.displacement = outcome.displacement[keyPath: end]
    point.attributionToOthers = outcome.attributionToOthers[keyPath: end]
    point.dropOff = outcome.dropOff[keyPath: end]
    return point
  }

  /// The least and the most that outcomes are worth together today, over the range of the discount rate.
  ///
  /// Their present value is Σ over years of value × dᵗ, a polynomial in the discount factor d = 1 ÷ (1 + rate).
  private func presentValues(_ points: [Point]) -> Interval {
    let years = points.map { $0.firstYear + $0.duration - 1 }.max() ?? 0
    let values = (0...years).map { year in points.reduce(0) { $0 + $1.value(in: year) } }
    let presentValue = Polynomial(coefficients: values)
    let (low, high) = (1 / (1 + discountRate.high), 1 / (1 + discountRate.low))
    let places = [low, high] + presentValue.derivative.roots(from: low, to: high)
    let found = places.map(presentValue.value(at:))
    return Interval(low: found.min() ?? 0, high: found.max() ?? 0)
  }
}
