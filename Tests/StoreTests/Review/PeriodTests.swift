import Capture
import Impact
import Postgres
import Store
import TestSupport
import Testing

@Suite(.archive) struct `The review of a quarter` {
  static let second = Quarter(2026, 2) ?? Quarter(index: 0)
  static let third = Quarter(2026, 3) ?? Quarter(index: 0)
  static let everyone = Edition.Audience(id: "internal", label: Localized(fr: "i", en: "i"), threshold: 1)

  private func ready() throws -> Archive {
    let archive = try Fixture.archive()
    try archive.recordCooperation()
    return archive
  }

  private func state(_ archive: Archive, _ quarter: Quarter = Fixture.quarter) throws -> PeriodStatus? {
    try archive.periods().first { $0.cooperation == "test" && $0.quarter == quarter }
  }

  @Test func `a quarter is provisional, then submitted, validated by somebody else, and closed`() throws {
    let archive = try ready()
    let quarter = Fixture.quarter
    #expect(try state(archive) == nil)
    try archive.review(.submitted, "test", quarter, by: "Awa Diallo")
    #expect(try state(archive)?.state == .submitted)
    try archive.review(.validated, "test", quarter, by: "Jean Martin")
    #expect(try state(archive)?.validated?.name == "Jean Martin")
    try archive.review(.closed, "test", quarter, by: "Jean Martin")
    let closed = try #require(try state(archive))
    #expect(closed.state == .closed && closed.isLocked && closed.submitted?.name == "Awa Diallo")
    try archive.review(.reopened, "test", quarter, by: "Awa Diallo", reason: "hours of June")
    let reopened = try #require(try state(archive))
    #expect(reopened.state == .provisional && reopened.submitted == nil && reopened.validated == nil)
    let entries = try archive.auditEntries(of: .period, last: 10)
    #expect(entries.map(\.subject) == Array(repeating: "test/\(quarter)", count: 4))
    #expect(try archive.auditReport().problems == [])
    // As of the second entry it was validated, and always will have been.
    #expect(try archive.periods(upTo: entries[1].ordinal).first?.state == .validated)
  }

  @Test(arguments: ["Awa Diallo", "awa  diallo", " AWA\u{A0}DIALLO ", "AwaDiallo"])
  func `whoever submitted cannot validate, however the name is typed`(name: String) throws {
    let archive = try ready()
    try archive.review(.submitted, "test", Fixture.quarter, by: "Awa Diallo")
    #expect(throws: Archive.ReviewRefusal.self) {
      try archive.review(.validated, "test", Fixture.quarter, by: name)
    }
    #expect(try state(archive)?.state == .submitted)
    #expect(try archive.auditEntries(of: .period, last: 10).count == 1)
  }

  @Test func `accents are letters: a composed and a decomposed name are one person's`() throws {
    let archive = try ready()
    try archive.review(.submitted, "test", Fixture.quarter, by: "Ren\u{E9}e Éluard")
    #expect(throws: Archive.ReviewRefusal.self) {
      try archive.review(.validated, "test", Fixture.quarter, by: "rene\u{301}e éluard")
    }
  }

  @Test func `reopening needs a reason and somebody else than the validator`() throws {
    let archive = try ready()
    try archive.review(.submitted, "test", Fixture.quarter, by: "A")
    try archive.review(.validated, "test", Fixture.quarter, by: "B")
    for (name, reason) in [("A", String?.none), ("B", "late hours"), ("A", "  ")] {
      #expect(throws: Archive.ReviewRefusal.self) {
        try archive.review(.reopened, "test", Fixture.quarter, by: name, reason: reason)
      }
    }
    try archive.review(.reopened, "test", Fixture.quarter, by: "A", reason: "late hours")
    #expect(try state(archive)?.state == .provisional)
  }

  @Test(arguments: Archive.ReviewAct.allCases) func `steps come in order only`(act: Archive.ReviewAct) throws
  {
    let archive = try ready()
    func fails(_ act: Archive.ReviewAct, by name: String) -> Bool {
      (try? archive.review(act, "test", Fixture.quarter, by: name, reason: "r")) == nil
    }
    #expect(fails(act, by: "A") == (act != .submitted))
    if act != .submitted { try archive.review(.submitted, "test", Fixture.quarter, by: "A") }
    // Submitted: it may be validated or taken back.
    #expect(fails(act, by: "B") == (act == .submitted || act == .closed))
    #expect(throws: Archive.Refusal.self) {
      try archive.review(.submitted, "tset", Fixture.quarter, by: "A")
    }
  }

  @Test(arguments: [
    "UPDATE review.event SET by_name = 'x'", "DELETE FROM review.event", "TRUNCATE review.event",
  ])
  func `signatures stay, and one changed by hand is noticed`(statement: String) throws {
    let archive = try ready()
    try archive.review(.submitted, "test", Fixture.quarter, by: "A")
    #expect(throws: PostgresError.self) { try archive.connection.execute(SQL(trusted: statement)) }
    try archive.connection.run(script: "SET session_replication_role = replica; \(statement)")
    #expect(try archive.auditReport().problems.first?.place.contains("review of test/") == true)
  }

  @Test func `two people at once: one validation counts`() throws {
    let archive = try ready()
    try archive.review(.submitted, "test", Fixture.quarter, by: "A")
    let name = DatabaseTrait.name
    let people = ["B", "C", "D", "E"].map { person in
      OwnThread {
        let archive = Archive(try TestDatabase.connect(database: name))
        do {
          try archive.review(.validated, "test", Fixture.quarter, by: person)
          return true
        } catch is Archive.ReviewRefusal {
          return false
        }
      }
    }
    #expect(try people.map { try $0.value() }.count(where: \.self) == 1)
    #expect(try archive.auditEntries(of: .period, last: 10).count == 2)
  }

  @Test func `a late row of a validated quarter is recorded, listed, and restated as such`() throws {
    let archive = try Fixture.archive()
    func released(_ quarter: Quarter) throws -> Release {
      let outcome = try archive.release(
        quarter, catalogue: try Fixture.catalogue(),
        definitions: [Archive.DefinitionFile(path: "a.yaml", content: [1])], software: "test")
      switch outcome {
      case .made(let release), .unchanged(let release): return release
      }
    }
    try archive.recordSamples("2026T2")
    let first = try released(Self.second)
    try archive.review(.submitted, "lemon-aide", Self.second, by: "A")
    try archive.review(.validated, "lemon-aide", Self.second, by: "B")
    // What was signed since is worth a release of its own.
    let signed = try released(Self.second)
    #expect(signed.id == "2026T2-r2")
    let catalogue = try Fixture.catalogue()
    func edition(_ release: Release) throws -> Edition {
      try archive.edition(release, catalogue: catalogue, audience: Self.everyone)
    }
    #expect(try edition(first).period("lemon-aide", Self.second).state == .provisional)
    #expect(try edition(signed).period("lemon-aide", Self.second).state == .validated)
    #expect(try archive.lateRows().isEmpty)

    try archive.recordSamples("2026T3")
    let late = try archive.lateRows()
    #expect(!late.isEmpty && late.allSatisfy { $0.cooperation == "lemon-aide" && $0.quarter == Self.second })
    #expect(late.contains { $0.entity == "exit" && $0.recorded > 0 && $0.file.hasSuffix("exit-late.csv") })
    let closed: Bool = try archive.connection.execute(
      "SELECT review.is_closed('lemon-aide', '2026-06-30') AND NOT review.is_closed('lemon-aide', '2026-07-01')"
    )[0].decode()
    #expect(closed)
    let next = try edition(try released(Self.third))
    let own = next.restatements.filter {
      $0.key.cooperation == "lemon-aide" && $0.key.quarter == Self.second
    }
    #expect(own.contains { $0.key.indicator == "exits" && $0.causes == [.lateRows] }, "\(own)")
    #expect(
      next.restatements.allSatisfy { $0.causes == [.rows] || $0.key.cooperation == "lemon-aide" })
    #expect(next.restatements.contains { $0.causes == [.rows] })
    // Signed again after the late rows: they are no longer late.
    try archive.review(.reopened, "lemon-aide", Self.second, by: "A", reason: "late exits")
    #expect(try archive.lateRows().isEmpty)
  }
}
