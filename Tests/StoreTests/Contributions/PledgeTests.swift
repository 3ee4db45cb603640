import Impact
import Store
import TestSupport
import Testing

/// Promises, deliveries and names, through the whole store.
@Suite(.archive) struct `Pledges and names` {
  private func ready() throws -> Archive {
    let archive = try Fixture.archive()
    try archive.recordCooperation()
    try archive.record(
      "organisation", [["organisation": "partner", "name": "GXO", "kind": "company"]], file: "partner.csv")
    return archive
  }

  private func commitment(_ kind: String, _ quantity: String, value: String? = nil, unit: String = "hours")
    -> [String: String]
  {
    var row = [
      "organisation": "partner", "kind": kind, "quarter": "2025T3", "quantity": quantity, "unit": unit,
      "method": value == nil ? "not_valued" : "cost",
    ]
    row["value_eur"] = value
    return row
  }

  private func contribution(
    _ code: String, _ kind: String, on day: String, _ quantity: String, value: String? = nil,
    unit: String = "hours"
  ) -> [String: String] {
    var row = commitment(kind, quantity, value: value, unit: unit)
    row["quarter"] = nil
    row["contribution"] = code
    row["delivered_on"] = day
    return row
  }

  @Test func `promised and delivered meet by organisation, kind, unit and quarter`() throws {
    let archive = try ready()
    let quarters = Fixture.quarter...Fixture.quarter
    try archive.record(
      "commitment",
      [commitment("skills_sponsorship", "40", value: "2500"), commitment("job_offer", "3", unit: "people")])
    let before = try archive.lastBatch()
    try archive.record(
      "contribution",
      [
        contribution("A1", "skills_sponsorship", on: "2025-07-01", "10", value: "625"),
        contribution("A2", "skills_sponsorship", on: "2025-09-30", "20", value: "1250"),
        // The day after the quarter, and a unit that cannot be added to hours.
        contribution("A3", "skills_sponsorship", on: "2025-10-01", "10", value: "625"),
        contribution("A4", "skills_sponsorship", on: "2025-08-15", "2", value: "875", unit: "days"),
        contribution("A5", "social_expertise", on: "2025-08-15", "5"),
      ])
    let pledges = try archive.pledges(of: "test", in: quarters, asOf: archive.lastBatch())
    #expect(
      pledges.map { "\($0.kind) \($0.unit)" } == [
        "job_offer people", "skills_sponsorship days", "skills_sponsorship hours", "social_expertise hours",
      ])
    let hours = try #require(pledges.first { $0.kind == "skills_sponsorship" && $0.unit == "hours" })
    #expect(hours.promised == Pledge.Side(quantity: 40, valueInEuros: 2500, methods: ["cost"]))
    #expect(hours.delivered == Pledge.Side(quantity: 30, valueInEuros: 1875, methods: ["cost"]))
    #expect(hours.deliveries == 2 && hours.delivery == 0.75)
    #expect(pledges[0].delivered == nil && pledges[0].delivery == 0)
    #expect(pledges[1].promised == nil && pledges[3].delivered?.valueInEuros == nil)
    // As of the promises, nothing had been delivered.
    let earlier = try archive.pledges(of: "test", in: quarters, asOf: before)
    #expect(earlier.count == 2 && earlier.allSatisfy { $0.delivered == nil })
  }

  @Test func `a side of which one row is not valued has no value`() throws {
    let archive = try ready()
    try archive.record(
      "contribution",
      [
        contribution("A1", "in_kind", on: "2025-07-01", "1", value: "100", unit: "items"),
        contribution("A2", "in_kind", on: "2025-07-02", "1", unit: "items"),
      ])
    let pledges = try archive.pledges(
      of: "test", in: Fixture.quarter...Fixture.quarter, asOf: archive.lastBatch())
    #expect(
      pledges.map(\.delivered) == [
        Pledge.Side(quantity: 2, valueInEuros: nil, methods: ["cost", "not_valued"])
      ])
  }

  @Test func `sponsored time tells its people, its value under the ceiling and its market price apart`()
    throws
  {
    let archive = try ready()
    func time(_ code: String, on day: String, people: String?, capped: String?, market: String?) -> [String:
      String]
    {
      var row = contribution(code, "skills_sponsorship", on: day, "10", value: "1000")
      row["people"] = people
      row["capped_value_eur"] = capped
      row["market_value_eur"] = market
      return row
    }
    try archive.record(
      "contribution",
      [
        time("A1", on: "2025-07-01", people: "2", capped: "900", market: "1500"),
        time("A2", on: "2025-08-01", people: "3", capped: "880", market: nil),
      ])
    let side = try #require(
      try archive.pledges(of: "test", in: Fixture.quarter...Fixture.quarter, asOf: archive.lastBatch())[0]
        .delivered)
    // Ten hours twice; the people may be the same; a market price of a part is none of the whole.
    #expect(
      side
        == Pledge.Side(
          quantity: 20, valueInEuros: 2000, cappedValueInEuros: 1780, marketValueInEuros: nil, people: 3,
          methods: ["cost"]))
  }

  @Test(arguments: [
    ("2010-01-01", "GXO"), ("2015-06-30", "Norbert Dentressangle"), ("2015-07-01", "XPO Logistics"),
    ("2021-08-01", "XPO Logistics"), ("2021-08-02", "GXO"), ("2030-01-01", "GXO"),
  ])
  func `a partner bears the name of the day`(day: String, name: String) throws {
    let archive = try ready()
    try archive.record(
      "organisation_name",
      [
        [
          "organisation": "partner", "name": "Norbert Dentressangle", "started_on": "2011-01-01",
          "ended_on": "2015-06-30",
        ],
        [
          "organisation": "partner", "name": "XPO Logistics", "started_on": "2015-07-01",
          "ended_on": "2021-08-01",
        ],
      ])
    let batch = try archive.lastBatch()
    let found = try archive.name(of: "partner", in: "test", on: try #require(Day(day)), asOf: batch)
    #expect(found == name)
    #expect(
      try archive.name(of: "nobody", in: "test", on: try #require(Day(day)), asOf: batch) == nil)
    // Before the names were sent, only the present one was known.
    #expect(
      try archive.name(of: "partner", in: "test", on: try #require(Day(day)), asOf: batch - 1) == "GXO")
  }
}

/// What an edition opens with, through a release.
@Suite(.archive) struct `What partners owe from before` {
  private static let audience = Edition.Audience(
    id: "a", label: Localized(fr: "a", en: "a"), threshold: 1)

  private func promise(_ quarter: String, _ quantity: String, kind: String = "grant", unit: String = "eur")
    -> [String: String]
  {
    [
      "organisation": "partner", "kind": kind, "quarter": quarter, "quantity": quantity, "unit": unit,
      "method": "not_valued",
    ]
  }

  @Test func `an edition holds eight quarters and the balance of all before them, of every kind and unit`()
    throws
  {
    let archive = try Fixture.archive()
    try archive.recordCooperation()
    try archive.record(
      "organisation", [["organisation": "partner", "name": "P", "kind": "company"]], file: "partner.csv")
    try archive.recordPathway("A", started: try #require(Day(2022, 1, 3)))
    try archive.record(
      "commitment",
      [
        // The last quarter is 2025T3: eight quarters go back to 2023T4.
        promise("2022T1", "4000"), promise("2023T3", "1000"), promise("2023T4", "1000"),
        promise("2025T3", "1000"), promise("2022T2", "3", kind: "job_offer", unit: "people"),
        promise("2022T3", "0.1", kind: "in_kind", unit: "items"),
        promise("2022T4", "0.2", kind: "in_kind", unit: "items"),
      ])
    func gift(_ code: String, _ day: String, _ quantity: String, _ kind: String, _ unit: String)
      -> [String: String]
    {
      [
        "contribution": code, "organisation": "partner", "kind": kind, "delivered_on": day,
        "quantity": quantity, "unit": unit, "method": "not_valued",
      ]
    }
    try archive.record(
      "contribution",
      [
        gift("1", "2022-05-02", "500", "grant", "eur"), gift("2", "2023-09-30", "1500", "grant", "eur"),
        gift("3", "2023-10-01", "2000", "grant", "eur"), gift("4", "2023-01-01", "0.3", "in_kind", "items"),
        gift("5", "2022-01-01", "7", "secondment", "days"),
        // Given before anything was promised: a gift, no advance.
        gift("0", "2021-12-31", "700000", "grant", "eur"),
      ])
    let catalogue = try Fixture.catalogue()
    guard
      case .made(let release) = try archive.release(
        Fixture.quarter, catalogue: catalogue, definitions: [], software: "test")
    else {
      Issue.record("the release must be made")
      return
    }
    let edition = try archive.edition(release, catalogue: catalogue, audience: Self.audience)
    #expect(edition.pledges.map(\.quarter.description) == ["2023T4", "2025T3"])
    let balances = edition.openings.map { "\($0.kind) \($0.unit) \($0.quarter) \($0.quantity)" }
    // 0.1 + 0.2 − 0.3 is nothing, which says that promises had begun; days were never promised.
    #expect(
      balances == [
        "grant eur 2023T3 3000.0", "in_kind items 2023T3 0.0", "job_offer people 2023T3 3.0",
      ])
    let profile = try #require(edition.cooperations.first)
    let grant = try #require(edition.accounts(of: profile).first?.lines.first { $0.kind == "grant" })
    // 7 000 promised, 4 000 delivered; the eight quarters alone have 2 000 of each.
    #expect(grant.late == 3000 && grant.promised == 2000 && grant.delivered == 2000)
    #expect(
      PartnerAccount.accounts(of: edition.pledges, on: release.cut)[0].lines[0].late == 0,
      "without the balance the debt is hidden")
    // The balance of a release is that of its batch, and readers of masked figures get no people.
    let funder = Edition.Audience(id: "f", label: Localized(fr: "f", en: "f"), threshold: 5)
    let masked = try archive.edition(release, catalogue: catalogue, audience: funder)
    #expect(masked.openings.map(\.unit) == ["eur", "items"])
    try archive.record(
      "contribution", [gift("6", "2022-06-01", "3000", "grant", "eur")], file: "later.csv")
    let again = try archive.edition(release, catalogue: catalogue, audience: Self.audience)
    #expect(again.openings == edition.openings)
  }
}
