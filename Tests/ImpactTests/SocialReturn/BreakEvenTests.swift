import Testing

@testable import Impact

/// The break-even of what weighs most, and of what comes next where that has none.
@Suite struct `Where a euro brings a euro` {
  private static func map(
    _ outcomes: [ImpactMap.Outcome], put euros: Double, rate: Estimate = Estimate(0)
  ) throws -> ImpactMap {
    try ImpactMap(inputs: [.init(id: "all", value: euros)], outcomes: outcomes, discountRate: rate)
  }

  private static func range(_ low: Double, _ central: Double, _ high: Double) throws -> Estimate {
    try #require(Estimate(low: low, central: central, high: high))
  }

  /// Ten of 100 € each less half displaced, for 2 000 € put in: 500 €, 1 000 € at most without displacement.
  private static func displaced() throws -> ImpactMap {
    try map(
      [
        ImpactMap.Outcome(
          id: "jobs", quantity: Estimate(10), proxy: try range(90, 100, 130),
          displacement: try range(0, 0.5, 0.9))
      ], put: 2000)
  }

  @Test func `what weighs most is told first, also when no value of it gives it`() throws {
    let found = try Self.displaced().breakEvens
    // Displacement from 0 to 0.9, deadweight of ten points, the proxy: only the last can reach a ratio of 1.
    #expect(found.map(\.swing.parameter) == [.displacement, .proxy])
    #expect(found.first?.breakEven == nil)
    let proxy = try #require(found.last?.breakEven)
    expectEqual(proxy.value, 400)
    #expect(proxy.current == 100 && proxy.outcomes == ["jobs"])
    #expect(try Self.displaced().breakEven == proxy)
  }

  @Test func `a step of deadweight for all is one of them, with the step it takes`() throws {
    // 1 000 € and 500 €, of which none would have happened anyway, and a fifth: 1 400 € for 1 000 €.
    let map = try Self.map(
      [
        ImpactMap.Outcome(id: "a", quantity: Estimate(10), proxy: Estimate(100)),
        ImpactMap.Outcome(
          id: "b", quantity: Estimate(5), proxy: Estimate(100), deadweight: Estimate(0.2)),
      ], put: 1000)
    let found = try #require(map.breakEven)
    #expect(found.outcomes.isEmpty && found.parameter == .deadweight)
    // 1 000 (1 − s) + 500 (0.8 − s) = 1 000.
    expectEqual(found.value, 400.0 / 1500)
    let points = map.outcomes.compactMap(ImpactMap.Point.init(central:))
    expectEqual(map.ratio(points.stepped(by: found.value), at: 0), 1)
    // Below 0 a share stays 0: from −0.2 on only one of the two gains.
    let less = try Self.map(map.outcomes, put: 1600)
    #expect(less.breakEven == nil && less.breakEvens.map(\.swing.parameter) == [.deadweight])
    let bent = try #require(Self.map(map.outcomes, put: 1450).breakEven)
    expectEqual(bent.value, -0.1)
  }

  @Test func `nothing gives it where nothing can, and what cannot be sought is given without`() throws {
    let map = try Self.map(
      [ImpactMap.Outcome(id: "a", quantity: Estimate(1), proxy: Estimate(10), duration: 3)], put: 1000,
      rate: try Self.range(0.02, 0.03, 0.04))
    let found = map.breakEvens
    #expect(found.map(\.swing.parameter) == [.duration, .deadweight, .discountRate])
    #expect(found.allSatisfy { $0.breakEven == nil } && map.breakEven == nil)
    // Without a ratio there is no swing, and so nothing to tell.
    #expect(try Self.map(map.outcomes, put: 0).breakEvens.isEmpty)
  }

  @Test func `drop-off shared by a gain and a loss is sought over all that is kept`() throws {
    let curved = try Self.map(
      [
        ImpactMap.Outcome(
          id: "gain", quantity: Estimate(1), proxy: Estimate(500), dropOff: try Self.range(0, 0.9, 1),
          duration: 2, sources: [.dropOff: "s"]),
        ImpactMap.Outcome(
          id: "loss", quantity: Estimate(1), proxy: Estimate(-200), dropOff: try Self.range(0, 0.9, 1),
          duration: 3, sources: [.dropOff: "s"]),
      ], put: 350)
    // 300 + 300 k − 200 k² = 350 at k = (300 ± √50 000) / 400 = 0.191 and, outside, 1.309.
    let found = try #require(curved.breakEvens.compactMap(\.breakEven).first)
    #expect(found.parameter == .dropOff && found.outcomes == ["gain", "loss"])
    expectEqual(found.value, 1 - (300 - 50_000.0.squareRoot()) / 400)
  }

  @Test func `at every break-even found the ratio is 1, on maps of every shape`() throws {
    var generator = SeededGenerator(seed: 3)
    var (found, refused) = (0, 0)
    for _ in 0..<300 {
      func share() -> Estimate? {
        let ends = [generator.unit(), generator.unit(), generator.unit()].sorted()
        return Estimate(low: ends[0], central: ends[1], high: ends[2])
      }
      var outcomes: [ImpactMap.Outcome] = []
      for number in 0..<(1 + Int(generator.unit() * 4)) {
        let worth = 1000 * (generator.unit() - 0.3)
        outcomes.append(
          ImpactMap.Outcome(
            id: "\(number)", quantity: Estimate(1 + (generator.unit() * 9).rounded()),
            proxy: try Self.range(worth - 200, worth, worth + 300), deadweight: try #require(share()),
            displacement: try #require(share()), attributionToOthers: try #require(share()),
            dropOff: try #require(share()), firstYear: 1 + Int(generator.unit() * 2),
            duration: 1 + Int(generator.unit() * 4)))
      }
      let map = try Self.map(outcomes, put: 100 + 4000 * generator.unit(), rate: try Self.range(0, 0.03, 0.1))
      for one in map.breakEvens {
        guard let value = one.breakEven?.value else {
          refused += 1
          continue
        }
        let central = outcomes.compactMap(ImpactMap.Point.init(central:))
        let places = one.swing.outcomes.compactMap { id in outcomes.firstIndex { $0.id == id } }
        let points =
          places.isEmpty
          ? central.stepped(by: value) : central.moved(one.swing.parameter, at: places, to: value)
        #expect(abs(map.ratio(points, at: 0.03) - 1) < 1e-8, "\(one)")
        found += 1
      }
    }
    #expect(found > 200 && refused > 100, "\(found) \(refused)")
  }
}
