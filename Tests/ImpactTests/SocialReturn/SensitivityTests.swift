import Testing

@testable import Impact

@Suite struct `How sure a social return is` {
  /// The fictitious map with ranges around its numbers.
  static func uncertain() throws -> ImpactMap {
    func around(_ estimate: Estimate, _ step: Double) throws -> Estimate {
      try #require(
        Estimate(
          low: max(0, estimate.central - step), central: estimate.central,
          high: min(1, estimate.central + step)))
    }
    let outcomes = try `Social return on investment`.outcomes("jvs_synthetic").map { certain in
      var outcome = certain
      let proxy = certain.proxy.central
      outcome.proxy = try #require(
        Estimate(low: proxy - abs(proxy) * 0.3, central: proxy, high: proxy + abs(proxy) * 0.2))
      outcome.deadweight = try around(certain.deadweight, 0.1)
      outcome.attributionToOthers = try around(certain.attributionToOthers, 0.15)
      outcome.dropOff = try around(certain.dropOff, 0.1)
      return outcome
    }
    return try ImpactMap(
      inputs: [ImpactMap.Input(id: "all", value: 227_508)], outcomes: outcomes,
      discountRate: try #require(Estimate(low: 0.01, central: 0.035, high: 0.045)))
  }

  @Test func `the drawn interval lies within the corners, and holds the central ratio`() throws {
    let map = try Self.uncertain()
    let ratio = try #require(map.socialReturn.ratio)
    let drawn = try #require(map.uncertainty())
    let corners = try #require(map.corners)
    #expect(corners.low < drawn.interval.low && drawn.interval.high < corners.high)
    #expect(drawn.interval.low < ratio && ratio < drawn.interval.high)
    #expect(drawn.shareAboveOne > 0 && drawn.shareAboveOne < 1 && drawn.draws == 10_000)
  }

  @Test func `the same seed draws the same, another seed nearly the same`() throws {
    let map = try Self.uncertain()
    let one = try #require(map.uncertainty(seed: 1))
    let other = try #require(map.uncertainty(seed: 2))
    #expect(one == map.uncertainty(seed: 1) && one != other)
    #expect(abs(one.median - other.median) < 0.01)
  }

  @Test func `a map without a range has an interval of no width`() throws {
    let map = try `Social return on investment`.map("jvs_synthetic", `Social return on investment`.jvsInputs)
    let ratio = try #require(map.socialReturn.ratio)
    let drawn = try #require(map.uncertainty(draws: 100))
    expectEqual(drawn.interval.low, ratio)
    expectEqual(drawn.interval.high, ratio)
    expectEqual(map.corners?.low, ratio)
    expectEqual(map.corners?.high, ratio)
  }

  @Test func `one-way swings, the widest first, and deadweight of all ten points either way`() throws {
    let map = try Self.uncertain()
    let swings = map.swings
    #expect(zip(swings, swings.dropFirst()).allSatisfy { $0.span >= $1.span })
    let all = try #require(swings.first { $0.parameter == .deadweight && $0.outcomes.isEmpty })
    #expect(all.ratios.low > all.ratios.high)
    #expect(swings.contains { $0.parameter == .duration && $0.outcomes == ["a"] && $0.ends.low == 1 })
    #expect(swings.contains { $0.parameter == .discountRate && $0.outcomes.isEmpty })
    // What does not move is not listed.
    #expect(!swings.contains { $0.parameter == .quantity })
    #expect(!swings.contains { $0.parameter == .duration && $0.outcomes == ["c"] })
  }

  @Test(arguments: ["quantity", "proxy", "deadweight", "attribution-to-others", "drop-off"])
  func `at its break-even a euro brings a euro`(name: String) throws {
    let parameter = try #require(ImpactMap.Parameter(rawValue: name))
    // With this much less put in, each of them can be moved to where the ratio is 1.
    let map = try ImpactMap(
      inputs: [ImpactMap.Input(id: "all", value: 180_000)], outcomes: Self.uncertain().outcomes,
      discountRate: Estimate(0.035))
    let found = try #require(map.breakEven(of: parameter, for: "a"))
    var points = map.outcomes.compactMap(ImpactMap.Point.init(central:))
    points[0].set(parameter, to: found.value)
    expectEqual(map.ratio(points, at: 0.035), 1)
    // What it has now is what leaves the map as it is.
    let central = map.outcomes.compactMap(ImpactMap.Point.init(central:))
    points = central
    points[0].set(parameter, to: found.current)
    #expect(map.ratio(points, at: 0.035) == map.ratio(central, at: 0.035))
  }

  /// So many outcomes that share a quantity of 12 and rest on the same ranges, of named sources or not.
  private static func shared(_ count: Int, named: Bool) throws -> ImpactMap {
    let range = try #require(Estimate(low: 0.1, central: 0.25, high: 0.5))
    let names: [ImpactMap.Parameter: String] = [.proxy: "law", .deadweight: "study", .displacement: "house"]
    return try ImpactMap(
      inputs: [.init(id: "all", value: 5000)],
      outcomes: (0..<count).map { number in
        ImpactMap.Outcome(
          id: "\(number)", quantity: Estimate(12 / Double(count)),
          proxy: try #require(Estimate(low: 500, central: 600, high: 900)), deadweight: range,
          displacement: range, sources: named ? names : [:])
      }, discountRate: Estimate(0.035))
  }

  @Test func `one assumption moves every outcome it serves, as if they were one`() throws {
    let (whole, cut) = (try Self.shared(1, named: true), try Self.shared(4, named: true))
    let (one, four) = (try #require(whole.uncertainty()), try #require(cut.uncertainty()))
    expectEqual(four.interval.low, one.interval.low)
    expectEqual(four.interval.high, one.interval.high)
    expectEqual(four.median, one.median)
    #expect(whole.swings.map(\.parameter) == cut.swings.map(\.parameter))
    for (single, joint) in zip(whole.swings, cut.swings) {
      expectEqual(joint.ratios.low, single.ratios.low)
      expectEqual(joint.ratios.high, single.ratios.high)
    }
    let (alone, together) = (try #require(whole.breakEven), try #require(cut.breakEven))
    expectEqual(together.value, alone.value)
    #expect(together.outcomes == ["0", "1", "2", "3"])
    // Taken for four assumptions, their errors cancel out: the interval would be too narrow.
    let apart = try #require(Self.shared(4, named: false).uncertainty())
    #expect(apart.interval.high - apart.interval.low < 0.7 * (four.interval.high - four.interval.low))
    #expect(try Self.shared(4, named: false).swings.filter { $0.parameter == .proxy }.count == 4)
    // The same source with another range is another assumption.
    var outcomes = cut.outcomes
    outcomes[0].deadweight = Estimate(0.2)
    let other = try ImpactMap(inputs: cut.inputs, outcomes: outcomes, discountRate: cut.discountRate)
    #expect(other.swings.contains { $0.parameter == .deadweight && $0.outcomes == ["1", "2", "3"] })
  }

  @Test func `one more of an outcome adds what it is worth today`() throws {
    let map = try Self.uncertain()
    let base = try #require(map.socialReturn.presentValue)
    for (index, outcome) in map.outcomes.enumerated() {
      var outcomes = map.outcomes
      outcomes[index].quantity = Estimate((outcome.quantity?.central ?? 0) + 1)
      let more = try ImpactMap(inputs: map.inputs, outcomes: outcomes, discountRate: map.discountRate)
      let worth = try #require(map.presentValueOfOne(outcome.id))
      #expect(abs(try #require(more.socialReturn.presentValue) - base - worth) < 1e-6 * max(1, base))
    }
    #expect(map.presentValueOfOne("nowhere") == nil)
  }

  @Test func `there is no break-even where no allowed value gives it`() throws {
    let map = try `Social return on investment`.map("jvs_synthetic", [10_000_000])
    #expect(map.breakEven(of: .deadweight, for: "c") == nil && map.breakEven(of: .dropOff, for: "a") == nil)
    #expect(map.breakEven(of: .duration, for: "a") == nil && map.breakEven(of: .proxy, for: "z") == nil)
    #expect((map.breakEven(of: .proxy, for: "a")?.value ?? 0) > 5200)
  }

  @Test func `more deducted is never worth more, and what is put in divides`() throws {
    let map = try `Social return on investment`.map(
      "wheels_to_meals", `Social return on investment`.mealInputs)
    let ratio = try #require(map.socialReturn.ratio)
    for index in map.outcomes.indices where map.outcomes[index].proxy.central > 0 {
      for step in [0.1, 0.3, 0.7] {
        var outcomes = map.outcomes
        outcomes[index].displacement = Estimate(step)
        let less = try ImpactMap(inputs: map.inputs, outcomes: outcomes, discountRate: map.discountRate)
        #expect((less.socialReturn.ratio ?? .infinity) <= ratio)
      }
    }
    let twice = try ImpactMap(
      inputs: map.inputs + [.init(id: "more", value: 42_375)], outcomes: map.outcomes,
      discountRate: map.discountRate)
    expectEqual(twice.socialReturn.ratio, ratio / 2)
  }
}
