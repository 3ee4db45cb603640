import Testing

@testable import Impact

/// The least and the most a ratio can be.
@Suite struct `The extreme cases of a social return` {
  private static func range(_ low: Double, _ central: Double, _ high: Double) throws -> Estimate {
    try #require(Estimate(low: low, central: central, high: high))
  }

  @Test func `the discount rate is at its own ends too`() throws {
    let map = try ImpactMap(
      inputs: [.init(id: "all", value: 1000)],
      outcomes: [
        ImpactMap.Outcome(
          id: "a", quantity: Estimate(10), proxy: try Self.range(80, 100, 110), firstYear: 2)
      ], discountRate: try Self.range(0.025, 0.035, 0.045))
    let corners = try #require(map.corners)
    expectEqual(corners.low, 800 / (1.045 * 1.045) / 1000)
    expectEqual(corners.high, 1100 / (1.025 * 1.025) / 1000)
  }

  @Test func `with losses after gains the extreme rate may lie between the ends`() throws {
    func one(_ id: String, _ year: Int, _ euros: Double) -> ImpactMap.Outcome {
      ImpactMap.Outcome(id: id, quantity: Estimate(1), proxy: Estimate(euros), firstYear: year)
    }
    let map = try ImpactMap(
      inputs: [.init(id: "all", value: 1)],
      outcomes: [one("a", 1, 100), one("b", 2, -230), one("c", 3, 132)],
      discountRate: try Self.range(0, 0.1, 0.5))
    // 100 d − 230 d² + 132 d³ turns at d = (460 + √53 200) / 792, a rate of 14.7 %, between 0 and 50 %.
    let turn = (460 + 53_200.0.squareRoot()) / 792
    let corners = try #require(map.corners)
    expectEqual(corners.low, 100 * turn - 230 * turn * turn + 132 * turn * turn * turn)
    expectEqual(corners.high, 100 / 1.5 - 230 / 2.25 + 132 / 3.375)
    #expect(corners.low < 0 && corners.high > 2)
  }

  @Test func `no draw of any map lies outside, and the ends are reached`() throws {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<60 {
      func share() -> Estimate? {
        let ends = [generator.unit(), generator.unit(), generator.unit()].map { $0 * 0.6 }.sorted()
        return Estimate(low: ends[0], central: ends[1], high: ends[2])
      }
      var outcomes: [ImpactMap.Outcome] = []
      for number in 0..<(1 + Int(generator.unit() * 3)) {
        let worth = 1000 * (generator.unit() - 0.4)
        outcomes.append(
          ImpactMap.Outcome(
            id: "\(number)", quantity: try Self.range(2, 3, 5),
            proxy: try Self.range(worth - 300, worth, worth + 300), deadweight: try #require(share()),
            displacement: try #require(share()), attributionToOthers: try #require(share()),
            dropOff: try #require(share()), firstYear: 1 + Int(generator.unit() * 3),
            duration: 1 + Int(generator.unit() * 3)))
      }
      let map = try ImpactMap(
        inputs: [.init(id: "all", value: 1000)], outcomes: outcomes,
        discountRate: try Self.range(0, 0.1, 0.6))
      let corners = try #require(map.corners)
      // Each outcome at the corner that is the least for it, over a fine grid of rates: nothing below, and near it.
      func extremes(_ rate: Double) -> Interval {
        var (low, high) = (0.0, 0.0)
        for outcome in outcomes {
          let values = Self.corners(of: outcome).map { $0.presentValue(at: rate) }
          low += values.min() ?? 0
          high += values.max() ?? 0
        }
        return Interval(low: low / 1000, high: high / 1000)
      }
      let tried = (0...600).map { extremes(0.001 * Double($0)) }
      let (low, high) = (tried.map(\.low).min() ?? 0, tried.map(\.high).max() ?? 0)
      #expect(corners.low <= low + 1e-12 && corners.low > low - 1e-4, "\(corners) \(low)")
      #expect(corners.high >= high - 1e-12 && corners.high < high + 1e-4, "\(corners) \(high)")
      let drawn = try #require(map.uncertainty(draws: 300, seed: 1))
      #expect(corners.low <= drawn.interval.low && drawn.interval.high <= corners.high)
    }
  }

  /// Every corner of the ranges of one outcome.
  private static func corners(of outcome: ImpactMap.Outcome) -> [ImpactMap.Point] {
    guard let central = ImpactMap.Point(central: outcome), let quantity = outcome.quantity else { return [] }
    return (0..<64).map { corner in
      func end(_ bit: Int, _ estimate: Estimate) -> Double {
        corner & (1 << bit) == 0 ? estimate.low : estimate.high
      }
      var point = central
      point.quantity = end(0, quantity)
      point.proxy = end(1, outcome.proxy)
      point.deadweight = end(2, outcome.deadweight)
      point.displacement = end(3, outcome.displacement)
      point.attributionToOthers = end(4, outcome.attributionToOthers)
      point.dropOff = end(5, outcome.dropOff)
      return point
    }
  }
}
