import Impact
import Testing

@Suite struct `Social return on investment` {
  /// The outcomes of a golden map, every parameter certain.
  static func outcomes(_ name: String) throws -> [ImpactMap.Outcome] {
    try Golden.rows("social_return/\(name)").map { row in
      ImpactMap.Outcome(
        id: try row.text("id"), quantity: Estimate(try row.number("quantity")),
        proxy: Estimate(try row.number("proxy_value")), deadweight: Estimate(try row.number("deadweight")),
        displacement: Estimate(try row.number("displacement")),
        attributionToOthers: Estimate(try row.number("attribution")),
        dropOff: Estimate(try row.number("dropoff")),
        firstYear: row.cells["start_year"].flatMap(Int.init) ?? 1,
        duration: Int(try row.number("duration_years")))
    }
  }

  static func map(_ name: String, _ investment: [Double], rate: Double = 0.035) throws -> ImpactMap {
    try ImpactMap(
      inputs: investment.enumerated().map { ImpactMap.Input(id: "input-\($0)", value: $1) },
      outcomes: outcomes(name),
      discountRate: Estimate(rate))
  }

  static let mealInputs = [24_375.0, 18_000]
  static let jvsInputs = [149_508.0, 62_000, 16_000]

  @Test func `the reference example closes to the penny`() throws {
    let found = try Self.map("wheels_to_meals", Self.mealInputs).socialReturn
    #expect(found.investment == 42_375)
    expectEqual(found.presentValue, 81_741.93, within: 0.005 / 81_741.93)
    expectEqual(found.netPresentValue, 39_366.93, within: 0.005 / 39_366.93)
    expectEqual(found.ratio, 1.9290, within: 0.00005)
    expectEqual(found.netRatio, 0.9290, within: 0.00005)
    expectEqual(found.paybackMonths, 6.16, within: 0.005)
    for (row, expected) in zip(found.rows, try Golden.rows("social_return/wheels_to_meals_expected")) {
      #expect(try row.id == expected.text("id"))
      #expect(try abs(row.impact - expected.number("impact")) < 0.0051)
      for year in 1...5 {
        #expect(
          try abs(row.values[year - 1] - expected.number("year\(year)")) < 0.0051, "\(row.id) in year \(year)"
        )
      }
    }
  }

  @Test func `an effect that starts later, one for the worse, and a return below one`() throws {
    let found = try Self.map("jvs_synthetic", Self.jvsInputs).socialReturn
    expectEqual(found.presentValue, 200_808.250884, within: 1e-11)
    expectEqual(found.netPresentValue, -26_699.749116, within: 1e-10)
    expectEqual(found.ratio, 0.88264259, within: 1e-8)
    let expected = try Golden.rows("social_return/jvs_synthetic_expected")
    for (row, line) in zip(found.rows, expected) {
      for year in 1...4 { expectEqual(row.values[year - 1], try line.number("year\(year)"), within: 1e-6) }
    }
    for year in 1...4 {
      expectEqual(found.totals[year - 1], try expected[5].number("year\(year)"), within: 1e-6)
      expectEqual(found.discountedTotals[year - 1], try expected[6].number("year\(year)"), within: 1e-6)
    }
  }

  @Test func `nothing put in, nothing known, nothing changed: a reason instead of a number`() throws {
    let outcomes = try Self.outcomes("jvs_synthetic")
    let free = try ImpactMap(inputs: [], outcomes: outcomes, discountRate: Estimate(0.035))
    #expect(free.socialReturn.absence == .noInvestment && free.socialReturn.ratio == nil)
    #expect(free.socialReturn.presentValue != nil && free.swings.isEmpty && free.corners == nil)
    var unknown = outcomes
    unknown[1].quantity = nil
    let map = try ImpactMap(
      inputs: [ImpactMap.Input(id: "aid", value: 10)], outcomes: unknown, discountRate: Estimate(0.035))
    let found = map.socialReturn
    #expect(found.absence == .unknownQuantity(["b"]) && found.ratio == nil && found.presentValue == nil)
    #expect(found.rows.map(\.id) == ["a", "c", "d", "e"] && map.uncertainty() == nil && map.breakEven == nil)
    let bare = try ImpactMap(
      inputs: [ImpactMap.Input(id: "aid", value: 10)], outcomes: [], discountRate: Estimate(0.035))
    #expect(bare.socialReturn.absence == .noOutcome && bare.socialReturn.paybackMonths == nil)
    // Less than was put in comes back in all years: the payback never comes.
    let poor = try `Social return on investment`.map("jvs_synthetic", [10_000_000])
    #expect((poor.socialReturn.ratio ?? 0) > 0 && poor.socialReturn.paybackMonths == nil)
    // Only harm done: neither.
    let harm = try ImpactMap(
      inputs: [ImpactMap.Input(id: "aid", value: 10)], outcomes: [outcomes[4]], discountRate: Estimate(0.035))
    #expect((harm.socialReturn.ratio ?? 0) < 0 && harm.socialReturn.paybackMonths == nil)
  }

  @Test func `what no map can hold is refused in a sentence`() throws {
    func refused(_ change: (inout ImpactMap.Outcome) -> Void) throws -> String {
      var outcome = try #require(try Self.outcomes("jvs_synthetic").first)
      change(&outcome)
      do {
        _ = try ImpactMap(inputs: [], outcomes: [outcome], discountRate: Estimate(0))
        return "taken"
      } catch {
        return error.description
      }
    }
    #expect(try refused { $0.deadweight = Estimate(1.2) }.contains("deadweight of a must be a share"))
    #expect(try refused { $0.quantity = Estimate(-1) }.contains("negative proxy"))
    #expect(try refused { $0.duration = 0 }.contains("1 to 50 years"))
    #expect(try refused { $0.firstYear = 0 }.contains("a year from 1"))
    #expect(throws: ImpactMap.Fault.twice("a")) {
      let outcome = try Self.outcomes("jvs_synthetic")[0]
      _ = try ImpactMap(inputs: [], outcomes: [outcome, outcome], discountRate: Estimate(0))
    }
    #expect(throws: ImpactMap.Fault.self) {
      _ = try ImpactMap(
        inputs: [ImpactMap.Input(id: "aid", value: -1)], outcomes: [], discountRate: Estimate(0))
    }
    #expect(Estimate(low: 2, central: 1, high: 3) == nil && Estimate(low: .nan, central: 1, high: 3) == nil)
  }
}
