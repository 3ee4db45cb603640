import Impact
import Postgres
import Store
import TestSupport
import Testing

@Suite(.archive) struct `Releases` {
  static let second = Quarter(2026, 2) ?? Quarter(index: 0)
  static let third = Quarter(2026, 3) ?? Quarter(index: 0)
  static let everyone = Edition.Audience(id: "internal", label: Localized(fr: "i", en: "i"), threshold: 1)

  private func made(_ archive: Archive, _ quarter: Quarter) throws -> Release? {
    let outcome = try archive.release(
      quarter, catalogue: try Fixture.catalogue(),
      definitions: [Archive.DefinitionFile(path: "a.yaml", content: [1, 2, 0, 255])], software: "test")
    if case .made(let release) = outcome { return release }
    return nil
  }

  @Test func `a release is made once, and again only when its figures differ`() throws {
    let archive = try Fixture.archive()
    try archive.recordSamples("2026T2")
    let first = try #require(try made(archive, Self.second))
    #expect(first.id == "2026T2-r1" && first.previous == nil)
    #expect(first.cut == Day(2026, 7, 15) && first.nextDue == Day(2026, 10, 16))
    #expect(try made(archive, Self.second) == nil)
    // A fact that moves no figure of the quarter moves no release.
    try archive.record(
      "organisation", [["organisation": "new", "name": "N", "kind": "company"]], of: "lemon-aide")
    #expect(try made(archive, Self.second) == nil)
    try archive.recordSamples("2026T3")
    let again = try #require(try made(archive, Self.second))
    #expect(again.id == "2026T2-r2" && again.previous == "2026T2-r1")
  }

  @Test func `a published quarter reads the same after later corrections`() throws {
    let archive = try Fixture.archive()
    try archive.recordSamples("2026T2")
    let first = try #require(try made(archive, Self.second))
    let published = try archive.figures(in: first.id)
    try archive.recordSamples("2026T3")
    let recomputed = try archive.figures(
      of: try Fixture.catalogue(),
      seen: Archive.Perspective(quarter: first.quarter, cut: first.cut, batch: first.batch))
    #expect(recomputed == published)
    #expect(try archive.figures(in: first.id) == published)
  }

  @Test func `a restatement lists every figure that changed, and nothing else`() throws {
    let archive = try Fixture.archive()
    try archive.recordSamples("2026T2")
    let first = try #require(try made(archive, Self.second))
    let before = FigureTable(try archive.figures(in: first.id))
    try archive.recordSamples("2026T3")
    let next = try #require(try made(archive, Self.third))
    #expect(next.previous == first.id)
    let edition = try archive.edition(next, catalogue: try Fixture.catalogue(), audience: Self.everyone)
    let listed = Set(edition.restatements.map(\.key))
    #expect(!listed.isEmpty)
    for figure in edition.figures.all where figure.key.part == nil {
      guard let old = before[figure.key] else { continue }
      let wasWaiting = old.maturity.map { $0.due < $0.followed } ?? false
      let changed =
        old.value?.number != figure.value?.number || old.absence != figure.absence
        || old.value?.numerator != figure.value?.numerator
        || old.value?.denominator != figure.value?.denominator
      #expect(listed.contains(figure.key) == (changed && !wasWaiting), "\(figure.key)")
      if changed, !wasWaiting { #expect(figure.status == .revised) }
    }
  }

  @Test(arguments: [
    "UPDATE figure.figure SET value = 1 WHERE release_id LIKE '2026%'",
    "DELETE FROM figure.figure WHERE release_id LIKE '2026%'", "UPDATE figure.release SET batch = 1",
    "DELETE FROM figure.release",
    "UPDATE figure.score SET value = 1, absence = NULL WHERE release_id LIKE '2026%'",
    "DELETE FROM figure.score_component WHERE release_id LIKE '2026%'", "DELETE FROM figure.health",
    """
    INSERT INTO figure.figure (cooperation_id, release_id, indicator, indicator_version, quarter, value, status)
    VALUES ('c', '2026T2-r1', 'i', 1, '2026T2', 1, 'final')
    """,
  ]) func `a release never changes, whoever asks`(statement: String) throws {
    let archive = try Fixture.archive()
    try archive.recordSamples("2026T2")
    _ = try #require(try made(archive, Self.second))
    #expect(throws: PostgresError.self) { try archive.connection.execute(SQL(trusted: statement)) }
  }

  @Test func `a missing figure cannot be stored as a number, nor a number beside a reason`() throws {
    let archive = try Fixture.archive()
    for (value, absence) in [(Double?.none, String?.none), (1, "not-collected")] {
      #expect(throws: PostgresError.self) {
        try archive.connection.execute(
          """
          INSERT INTO figure.figure (cooperation_id, release_id, indicator, indicator_version, quarter, value,
            absence, status) VALUES ('c', 'working', 'i', 1, '2026T3', \(value), \(absence), 'final')
          """)
      }
    }
  }

  @Test func `an audience with a threshold is never given a small number`() throws {
    let archive = try Fixture.archive()
    try archive.recordSamples("2026T2")
    let release = try #require(try made(archive, Self.second))
    let catalogue = try Fixture.catalogue()
    let funder = Edition.Audience(id: "funder", label: Localized(fr: "f", en: "f"), threshold: 5)
    let edition = try archive.edition(release, catalogue: catalogue, audience: funder)
    var masked = 0
    for figure in edition.figures.all {
      if figure.absence == .tooFew { masked += 1 }
      guard let indicator = catalogue.indicator(figure.key.indicator), indicator.isRatioOfCounts,
        let numerator = figure.value?.numerator, let denominator = figure.value?.denominator
      else { continue }
      for count in [numerator, denominator - numerator] { #expect(count == 0 || count >= 5, "\(figure.key)") }
    }
    #expect(masked > 100)
    #expect(edition.scores.isEmpty && edition.restatements.isEmpty)
  }

  @Test func `the definitions of a release are kept byte for byte`() throws {
    let archive = try Fixture.archive()
    try archive.recordSamples("2026T2")
    let release = try #require(try made(archive, Self.second))
    #expect(
      try archive.definitions(of: release) == [
        Archive.DefinitionFile(path: "a.yaml", content: [1, 2, 0, 255])
      ])
  }

  @Test func `what was computed is not computed again until something changes`() throws {
    let archive = try Fixture.archive()
    try archive.recordSamples("2026T2")
    let catalogue = try Fixture.catalogue()
    func compute() throws -> Bool {
      try archive.compute(
        catalogue,
        seen: Archive.Perspective(
          quarter: Self.second, cut: ReleaseCalendar.cut(of: Self.second), batch: try archive.lastBatch()),
        software: "test"
      ).isNew
    }
    #expect(try compute())
    #expect(try !compute())
    try archive.record("organisation", [["organisation": "n", "name": "N", "kind": "company"]], of: "recygo")
    #expect(try compute())
  }

  @Test func `a quarter is due the day after its cut`() throws {
    #expect(ReleaseCalendar.lastDue(on: try #require(Day(2026, 10, 15))) == Self.second)
    #expect(ReleaseCalendar.lastDue(on: try #require(Day(2026, 10, 16))) == Self.third)
    #expect(ReleaseCalendar.lastDue(on: try #require(Day(2027, 1, 15))) == Self.third)
  }
}
