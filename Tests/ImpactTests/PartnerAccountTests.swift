import Impact
import Testing

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

  @Test func `leverage divides by one's own euros, and by nothing never`() {
    #expect(Leverage(own: 50, others: 75, publicAid: 25).ratio == 2)
    #expect(Leverage(own: 0, others: 75, publicAid: 25).ratio == nil)
  }
}
