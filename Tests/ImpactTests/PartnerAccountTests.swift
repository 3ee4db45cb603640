import Testing

@testable import Impact

@Suite struct `What a partner promised and brought` {
  static func pledge(
    _ quarter: Int, _ promised: Double?, _ delivered: Double?, value: Double? = nil, unit: String = "hours"
  ) -> Pledge {
    Pledge(
      cooperation: "test", organisation: "foundation", kind: "skills_sponsorship", unit: unit,
      quarter: Quarter(index: 8104 + quarter),
      promised: promised.map { Pledge.Side(quantity: $0, valueInEuros: value.map { $0 * 1.1 }) },
      delivered: delivered.map { Pledge.Side(quantity: $0, valueInEuros: value) },
      deliveries: delivered == nil ? 0 : 1)
  }

  static let day = Quarter(index: 8107).start

  @Test func `a late promise is made up for by a later delivery`() throws {
    let late = PartnerAccount.accounts(of: [Self.pledge(0, 70, 30), Self.pledge(1, 70, 90)], on: Self.day)
    let line = try #require(late.first?.lines.first)
    #expect(line.promised == 140 && line.delivered == 120 && line.late == 20 && late[0].isLate)
    let made = PartnerAccount.accounts(
      of: [Self.pledge(0, 70, 30), Self.pledge(1, 70, 90), Self.pledge(2, nil, 25)], on: Self.day)
    #expect(made[0].lines[0].late == 0 && !made[0].isLate)
  }

  @Test func `what is promised for a quarter still running is not late`() throws {
    let accounts = PartnerAccount.accounts(of: [Self.pledge(3, 70, nil)], on: Self.day)
    #expect(accounts[0].lines[0].late == 0 && accounts[0].lines[0].delivered == 0)
    #expect(PartnerAccount.accounts(of: [Self.pledge(2, 70, nil)], on: Self.day)[0].lines[0].late == 70)
  }

  @Test func `one part not valued leaves the sum without a value, and hours are not added to days`() throws {
    let accounts = PartnerAccount.accounts(
      of: [
        Self.pledge(0, nil, 10, value: 500), Self.pledge(1, nil, 10),
        Self.pledge(0, nil, 2, value: 900, unit: "days"),
      ], on: Self.day)
    let account = try #require(accounts.first)
    #expect(account.lines.map(\.unit) == ["days", "hours"])
    #expect(account.lines[1].deliveredValue == nil && account.lines[1].promised == nil)
    #expect(account.deliveredValue == 900 && account.hasUnvalued)
  }

  static func opening(_ quantity: Double, before quarter: Int = 0) -> OpeningBalance {
    OpeningBalance(
      cooperation: "test", organisation: "foundation", kind: "skills_sponsorship", unit: "hours",
      quarter: Quarter(index: 8104 + quarter - 1), quantity: quantity)
  }

  @Test func `a debt older than the quarters shown stays, though its catch-up is among them`() throws {
    // 4 000 promised before, nothing delivered; then 28 000 promised and 31 291 delivered: 709 are still late.
    let pledges = [Self.pledge(0, 14_000, 17_291), Self.pledge(1, 14_000, 14_000)]
    let line = try #require(
      PartnerAccount.accounts(of: pledges, after: [Self.opening(4000)], on: Self.day).first?.lines.first)
    #expect(line.late == 709 && line.opening == 4000 && line.promised == 28_000 && line.delivered == 31_291)
    // Without it the same deliveries look ahead of their promises.
    #expect(PartnerAccount.accounts(of: pledges, on: Self.day)[0].lines[0].late == 0)
    #expect(pledges.late(after: [Self.opening(4000)]) { _ in Self.day } == [709, 709])
  }

  @Test func `who owes something older has an account, who was ahead has none of its own`() throws {
    let owing = PartnerAccount.accounts(of: [], after: [Self.opening(12)], on: Self.day)
    #expect(owing.map(\.partner) == ["foundation"] && owing[0].lines[0].late == 12 && owing[0].isLate)
    #expect(owing[0].lines[0].promised == nil && owing[0].lines[0].delivered == 0)
    #expect(PartnerAccount.accounts(of: [], after: [Self.opening(-12)], on: Self.day).isEmpty)
    // What was delivered ahead counts for later promises.
    let ahead = PartnerAccount.accounts(of: [Self.pledge(0, 30, 20)], after: [Self.opening(-4)], on: Self.day)
    #expect(ahead[0].lines[0].late == 6)
  }

  @Test func `what was given before anything was promised is no advance, what was given after is`() {
    let gift = Self.pledge(-3, nil, 700_000)
    let promises = [Self.pledge(-2, 100, 60), Self.pledge(-1, nil, 10), Self.pledge(0, 50, 40)]
    let line = PartnerAccount.accounts(of: [gift] + promises, on: Self.day)[0].lines[0]
    #expect(line.late == 40 && line.delivered == 700_110)
    #expect(([gift] + promises).late(after: []) { _ in Self.day } == [0, 40, 30, 40])
    // Promises had begun before: what came then is ahead of those to come.
    #expect(
      PartnerAccount.accounts(of: [gift] + promises, after: [Self.opening(0)], on: Self.day)[0].lines[0].late
        == 0)
  }

  @Test func `decimals that add up to what was promised leave no debt`() {
    let pledges = [Self.pledge(0, 0.1, nil), Self.pledge(1, 0.2, 0.3)]
    #expect(PartnerAccount.accounts(of: pledges, on: Self.day)[0].lines[0].late == 0)
    #expect(pledges.late(after: []) { _ in Self.day } == [0.1, 0])
  }

  @Test func `what is late does not depend on how many quarters are held`() throws {
    var generator = SeededGenerator(seed: 7)
    var lateOnes = 0
    for _ in 0..<200 {
      let history = (0..<16).map { quarter in
        Self.pledge(
          quarter - 13, generator.unit() < 0.3 ? nil : (generator.unit() * 100).rounded(),
          generator.unit() < 0.3 ? nil : (generator.unit() * 100).rounded())
      }
      let whole = PartnerAccount.accounts(of: history, on: Self.day)[0].lines[0].late
      let byQuarter = history.late(after: []) { _ in Self.day }
      for held in 1..<16 {
        let (old, kept) = (history.dropLast(held), Array(history.suffix(held)))
        let promised = old.drop { $0.promised == nil }
        let owed = promised.reduce(0) { $0 + ($1.promised?.quantity ?? 0) - ($1.delivered?.quantity ?? 0) }
        let openings = promised.isEmpty ? [] : [Self.opening(owed, before: 3 - held)]
        let line = PartnerAccount.accounts(of: kept, after: openings, on: Self.day)[0].lines[0]
        #expect(line.late == whole)
        #expect(kept.late(after: openings) { _ in Self.day } == Array(byQuarter.suffix(held)))
      }
      if whole > 0 { lateOnes += 1 }
      #expect(byQuarter.last == whole)
    }
    #expect(lateOnes > 50)
  }

  @Test func `leverage divides by one's own euros, and by nothing never`() {
    #expect(Leverage(own: 50, others: 75, publicAid: 25).ratio == 2)
    #expect(Leverage(own: 0, others: 75, publicAid: 25).ratio == nil)
  }
}
