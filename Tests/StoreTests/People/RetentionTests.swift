import Capture
import Impact
import Postgres
import Store
import TestSupport
import Testing

/// How long identities are kept, on ten thousand generated people.
@Suite(.archive) struct `Retention` {
  private static let today = Day(2026, 10, 16) ?? Day(daysSinceEpoch: 0)
  private static let noticed = today.adding(days: -30)

  /// Somebody whose only fact is the start of a pathway, that many days before today.
  private struct Somebody {
    var code: String
    var age: Int
    var isHeld: Bool
    var start: Day { Retention.today.adding(days: -age) }
    /// The rule, said a second time: more than 24 months ago, and not held.
    var isOver: Bool { start.adding(months: 24) < Retention.today && !isHeld }
  }

  /// Contacts from 0 to 2499 days ago; many around the two years, one in seven held.
  private func generated(_ count: Int) -> [Somebody] {
    (0..<count).map { index in
      Somebody(
        code: "P\(index)", age: index % 4 == 0 ? 725 + index / 4 % 12 : (index * 37) % 2_500,
        isHeld: index % 7 == 0)
    }
  }

  private func ready(_ everybody: [Somebody]) throws -> People {
    let people = try People()
    try people.archive.record("participant", everybody.map { ["participant": $0.code, "sex": "F"] })
    try people.archive.record(
      "pathway",
      everybody.map {
        [
          "pathway": "\($0.code)-1", "participant": $0.code, "employer": "employer", "kind": "EI",
          "started_on": $0.start.description,
        ]
      })
    _ = try people.register(
      everybody.map {
        People.identity($0.code, "Nom", Self.letters($0.code), born: $0.start)
      })
    try people.archive.connection.execute(
      """
      UPDATE identity.person SET legal_hold = true, legal_hold_until = '2031-12-31', legal_hold_reason = 'FSE+'
      WHERE participant = ANY (\(everybody.filter(\.isHeld).map(\.code))::text[])
      """)
    return people
  }

  /// Every code a name of its own: digits as letters.
  private static func letters(_ code: String) -> String {
    String(String.UnicodeScalarView(code.unicodeScalars.compactMap { Unicode.Scalar($0.value + 32) }))
  }

  private func due(_ people: People, _ facts: PersonalFacts) throws -> [String] {
    try people.archive.retained(facts, on: Self.today).filter { $0.stage == .due }.map(\.participant)
  }

  @Test func `of ten thousand exactly those past the rule go, and the dry run says just these`() throws {
    let everybody = generated(10_000)
    let people = try ready(everybody)
    let facts = try People.facts()
    #expect(try due(people, facts).isEmpty, "nobody is erased without a notice")
    let notice = try people.archive.retained(facts, on: Self.noticed)
    try people.archive.notice(notice.filter { $0.stage == .toNotify }, on: Self.noticed)
    let expected = Set(everybody.filter(\.isOver).map(\.code))
    #expect(expected.count > 4_000 && expected.count < 8_000)
    let planned = try due(people, facts)
    #expect(Set(planned) == expected)
    var left = planned
    while !left.isEmpty {
      let report = try people.archive.forget(
        Array(left.prefix(2_000)), of: "test", facts: facts, reason: .retention, until: People.until,
        on: Self.today, isDry: false,
        by: Archive.Forgetter(
          key: people.second.id, digest: { people.second.pseudonym(of: $0) }, journal: { _ in }))
      #expect(report.identities == min(2_000, left.count))
      left = try due(people, facts)
    }
    let kept: [String] = try people.archive.connection.execute("SELECT participant FROM identity.person").map
    {
      try $0.decode()
    }
    #expect(Set(kept) == Set(everybody.map(\.code)).subtracting(expected))
    #expect(try people.count("SELECT count(*) FROM fact.pathway") == 10_000)
  }

  @Test func `a new contact voids the notice`() throws {
    let people = try ready([Somebody(code: "P1", age: 900, isHeld: false)])
    let facts = try People.facts()
    try people.archive.notice(try people.archive.retained(facts, on: Self.noticed), on: Self.noticed)
    #expect(try due(people, facts) == ["P1"])
    try people.archive.record(
      "monthly_activity", [["pathway": "P1-1", "month": "2024-10-01", "hours_worked": "1"]])
    // Two years after the last day of that month: soon, but with a notice of its own.
    let retained = try people.archive.retained(facts, on: Self.today)
    #expect(retained.map(\.stage) == [.toNotify])
    #expect(retained.map(\.lastContact.description) == ["2024-10-31"])
    #expect(retained.map(\.expiresOn.description) == ["2026-11-01"])
  }

  @Test func `the rule of the day is the last one valid by then`() throws {
    let people = try ready([Somebody(code: "P1", age: 400, isHeld: false)])
    let facts = try People.facts()
    #expect(try people.archive.retained(facts, on: Self.today).isEmpty)
    try people.archive.connection.execute(
      "INSERT INTO identity.retention_rule VALUES ('2026-10-16', 'last-contact', 12, 30, 36, 'test')")
    #expect(try people.archive.retained(facts, on: Self.today).map(\.participant) == ["P1"])
    #expect(try people.archive.retained(facts, on: Self.today.adding(days: -1)).isEmpty)
  }

  @Test func `the switch stops sweeps and is remembered`() throws {
    let people = try People()
    #expect(try !people.archive.isRetentionSuspended())
    try people.archive.suspendRetention(true)
    #expect(try people.archive.isRetentionSuspended())
  }
}
