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

  /// The least and the most the ratio can be within all ranges at once, the discount rate at its central value; `nil`
  /// when there is no ratio.
  ///
  /// Exact, without a draw: outcomes add up, and the value of each is a product of factors that each move one way, so
  /// its extremes are at corners.
  public var corners: Interval? {
    guard absence == nil else { return nil }
    var (low, high) = (0.0, 0.0)
    for outcome in outcomes {
      guard let least = corner(outcome, \.high, \.low), let most = corner(outcome, \.low, \.high) else {
        return nil
      }
      let values = [outcome.proxy.low, outcome.proxy.high].flatMap { [$0 * least, $0 * most] }
      low += values.min() ?? 0
      high += values.max() ?? 0
    }
    return Interval(low: low / investment, high: high / investment)
  }

  /// The present value of an outcome worth one euro each, all that is deducted at one end and its quantity at another.
  private func corner(
    _ outcome: Outcome, _ deducted: KeyPath<Estimate, Double>, _ counted: KeyPath<Estimate, Double>
  ) -> Double? {
    guard var point = Point(central: outcome), let quantity = outcome.quantity else { return nil }
    point.quantity = quantity[keyPath: counted]
    point.proxy = 1
    point.deadweight = outcome.deadweight[keyPath: deducted]
    point.displacement = outcome.displacement[keyPath: deducted]
    point.attributionToOthers = outcome.attributionToOthers[keyPath: deducted]
    point.dropOff = outcome.dropOff[keyPath: deducted]
    return point.presentValue(at: discountRate.central)
  }
}
