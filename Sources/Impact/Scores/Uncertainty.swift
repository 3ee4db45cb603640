/// What the uncertainty of rates on few people does to a score: the same seeded draws for every unit.
///
/// Each rate moves between the ends of its own 95 % interval, as a normal value whose spread below and above is
/// that of the interval (split normal), independently of the others; the score is computed for each draw. The draws
/// are a Latin hypercube (McKay, Beckman and Conover 1979) made once from the seed, so that an added unit changes
/// nothing and the same inputs give the same bytes. Rates that share people are not independent: where they move
/// together the true interval is wider.
public struct Uncertainty: Sendable {
  /// Number of draws.
  public let draws: Int
  private let indicators: Int
  /// Draw by draw, a standard normal value an indicator.
  private let deviates: [Double]

  /// Draws for so many indicators.
  ///
  /// - Parameters:
  ///   - indicators: number of indicators.
  ///   - draws: number of draws, at least 1.
  ///   - seed: the seed.
  public init(indicators: Int, draws: Int = 1000, seed: UInt64 = 1) {
    let draws = max(1, draws)
    var generator = SeededGenerator(seed: seed)
    // One value in the middle of each stratum, in an order of its own for each indicator.
    let strata = (0..<draws).map { Uncertainty.normal((Double($0) + 0.5) / Double(draws)) }
    var deviates = [Double](repeating: 0, count: draws * indicators)
    for indicator in 0..<indicators {
      var order = Array(0..<draws)
      for last in stride(from: draws - 1, to: 0, by: -1) { order.swapAt(last, generator.below(last + 1)) }
      for draw in 0..<draws { deviates[draw * indicators + indicator] = strata[order[draw]] }
    }
    self.draws = draws
    self.indicators = indicators
    self.deviates = deviates
  }

  /// One value with the ends of its 95 % interval.
  public struct Estimate: Hashable, Sendable {
    /// The value.
    public var value: Double
    /// Its interval.
    public var interval: Interval
    /// The least and the greatest value possible: 0 and 1 for a rate.
    public var limits: Interval?

    /// A value with its interval.
    public init(_ value: Double, _ interval: Interval, limits: Interval? = nil) {
      self.value = value
      self.interval = interval
      self.limits = limits
    }

    func drawn(_ deviate: Double) -> Double {
      let half = 1.959963984540054
      let spread = deviate < 0 ? (value - interval.low) / half : (interval.high - value) / half
      let drawn = value + deviate * max(0, spread)
      return limits.map { min($0.high, max($0.low, drawn)) } ?? drawn
    }
  }

  /// The 95 % intervals of every node of a unit whose rates are uncertain; `nil` for a node without a value.
  ///
  /// - Parameters:
  ///   - study: the study.
  ///   - unit: the unit.
  ///   - period: the period.
  ///   - estimates: for each indicator in the order of the composite, its value with its interval, or `nil` for
  ///     one that is taken as it is.
  /// - Returns: an interval a node, in the order of the tree.
  /// - Throws: ``ScoreError`` when a drawn value is outside the domain of the mean above it, or a node is put together
  ///   by Copeland's rule.
  public func intervals(
    _ study: Study, unit: Int, period: Int, estimates: [Estimate?]
  ) throws(ScoreError) -> [Interval?] {
    try study.composite.requireByUnit("the uncertainty of a score")
    let evaluator = Evaluator(study.composite)
    let work = Evaluator.Workspace(evaluator.count)
    var row = [Double](repeating: .nan, count: indicators)
    study.place(period, unit, into: &row)
    let fits = study.fits(period)
    var drawn = [[Double]](repeating: [], count: evaluator.count)
    var values = row
    for draw in 0..<draws {
      for indicator in 0..<indicators where row[indicator].isFinite {
        guard let estimate = estimates[indicator] else { continue }
        values[indicator] = fits[indicator].placed(estimate.drawn(deviates[draw * indicators + indicator]))
      }
      _ = evaluator.evaluate(values, work)
      if work.refused >= 0 { throw study.refusal(work, evaluator, unit, period) }
      for slot in 0..<evaluator.count where work.value(slot).isFinite {
        drawn[slot].append(work.value(slot))
      }
    }
    var selector = Selector()
    return study.composite.hierarchy.nodes.indices.map { node in
      let slot = evaluator.slots[node]
      guard !drawn[slot].isEmpty else { return nil }
      selector.take(drawn[slot])
      return Interval(low: selector.quantile(0.025), high: selector.quantile(0.975))
    }
  }

  /// The standard normal quantile by bisection of `erfc`, to the last bits.
  private static func normal(_ probability: Double) -> Double { NormalQuantile.value(probability) }
}
