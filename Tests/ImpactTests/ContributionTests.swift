import Impact
import Testing

@Suite struct `Contributions` {
  @Test func `five days of seven hours at 62.50 euros are worth 2 187.50`() throws {
    let time = SponsoredTime([.init(hours: 5 * 7, hourlyCost: 62.5)])
    #expect(time.cost == 2187.5 && time.hours == 35 && time.people == 1)
    // A ceiling nobody reaches changes nothing.
    let high = try #require(SponsoredTime.Ceiling(annual: 48_000, over: 1607))
    #expect(time.cost(within: high) == 2187.5)
  }

  @Test func `each person's hour counts for the ceiling at most, not the mean of all`() throws {
    // Three times 16 070 € over 1 607 hours: 30 € an hour.
    let ceiling = try #require(SponsoredTime.Ceiling(annual: 16_070, over: 1607))
    #expect(ceiling.hourly == 30)
    let time = SponsoredTime([.init(hours: 10, hourlyCost: 20), .init(hours: 10, hourlyCost: 50)])
    #expect(time.cost == 700)
    // 10 × 20 + 10 × 30; on the mean cost of 35 € it would be 600.
    #expect(time.cost(within: ceiling) == 500)
  }

  @Test func `nobody's time is worth nothing, and a year without hours has no ceiling`() {
    #expect(SponsoredTime([]).cost == 0 && SponsoredTime([]).people == 0)
    #expect(SponsoredTime.Ceiling(annual: 48_000, over: 0) == nil)
    #expect(SponsoredTime.Ceiling(annual: -1, over: 1607) == nil)
  }

  @Test func `the capped value never exceeds the cost, and the value of a whole is the sum of its people`()
    throws
  {
    var state: UInt64 = 20_260_967
    func next(_ top: UInt64) -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double((state >> 33) % top) / 4
    }
    for _ in 0..<200 {
      let shares = (0..<Int(next(40))).map { _ in
        SponsoredTime.Share(hours: next(800), hourlyCost: next(600))
      }
      let ceiling = try #require(SponsoredTime.Ceiling(annual: next(300_000), over: 1607))
      let whole = SponsoredTime(shares)
      #expect(whole.cost(within: ceiling) <= whole.cost + 1e-6)
      let parts = shares.map { SponsoredTime([$0]).cost(within: ceiling) }.reduce(0, +)
      #expect(abs(parts - whole.cost(within: ceiling)) < 1e-6)
    }
  }

  @Test func `what was promised and not delivered is nothing delivered; what was not promised has no share`()
  {
    func pledge(_ promised: Double?, _ delivered: Double?) -> Pledge {
      Pledge(
        cooperation: "c", organisation: "o", kind: "grant", unit: "eur", quarter: Quarter(index: 8100),
        promised: promised.map { Pledge.Side(quantity: $0, valueInEuros: nil) },
        delivered: delivered.map { Pledge.Side(quantity: $0, valueInEuros: nil) }, deliveries: 0)
    }
    #expect(pledge(100, nil).delivery == 0 && pledge(100, nil).isShort)
    #expect(pledge(100, 40).delivery == 0.4 && pledge(100, 40).isShort)
    #expect(pledge(100, 100).delivery == 1 && !pledge(100, 100).isShort)
    #expect(pledge(nil, 40).delivery == nil && !pledge(nil, 40).isShort)
    #expect(pledge(0, 40).delivery == nil)
  }
}
