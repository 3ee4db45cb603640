import Impact
import Postgres
import Store
import TestSupport
import Testing

@Suite(.archive) struct `Decisions, commentary and targets` {
  private func decision(_ id: String, _ quarter: String, closed: String? = nil, due: String? = nil)
    -> [String: String]
  {
    var row = [
      "decision": id, "quarter": quarter, "text": "t", "owner": "o",
      "status": closed == nil ? "open" : "closed",
      "signed_by": "s",
    ]
    row["closed_on"] = closed
    row["due_on"] = due
    return row
  }

  @Test func `a decision is carried from review to review until it is closed`() throws {
    let archive = try Fixture.archive()
    try archive.recordCooperation()
    try archive.record(
      "decision",
      [
        decision("D1", "2025T1", due: "2025-05-01"), decision("D2", "2025T1", due: "2025-12-31"),
        decision("D3", "2025T3"),
      ], file: "a.csv")
    let before = try archive.lastBatch()
    try archive.record(
      "decision", [decision("D1", "2025T1", closed: "2025-09-30", due: "2025-05-01")], file: "b.csv")
    let now = try archive.lastBatch()
    func open(_ quarter: Int, asOf batch: Int) throws -> [String] {
      let quarter = try #require(Quarter(2025, quarter))
      return try archive.openDecisions(in: quarter, on: ReleaseCalendar.cut(of: quarter), asOf: batch).map(
        \.id)
    }
    // As it stood before the closing, and as it is known now.
    #expect(try open(1, asOf: before) == ["D1", "D2"])
    #expect(try open(3, asOf: before) == ["D1", "D2", "D3"])
    #expect(try open(2, asOf: now) == ["D1", "D2"], "closed on 30 September, still open on 15 July")
    #expect(try open(3, asOf: now) == ["D2", "D3"])
    let all = try archive.openDecisions(
      in: try #require(Quarter(2025, 2)), on: try #require(Day(2025, 7, 15)), asOf: now)
    #expect(all.map { $0.isOverdue(on: Day(2025, 7, 15) ?? Day(daysSinceEpoch: 0)) } == [true, false])
  }

  @Test func `what a review says after a release is worth another release, once`() throws {
    let archive = try Fixture.archive()
    try archive.recordSamples("2026T2")
    let catalogue = try Fixture.catalogue()
    let quarter = try #require(Quarter(2026, 2))
    func release() throws -> (release: Release, isNew: Bool) {
      switch try archive.release(quarter, catalogue: catalogue, definitions: [], software: "test") {
      case .made(let release): (release, true)
      case .unchanged(let release): (release, false)
      }
    }
    #expect(try release().isNew)
    #expect(try !release().isNew)
    try archive.record(
      "commentary",
      [
        [
          "commentary": "C-9", "quarter": "2026T2", "text": "Un mot.", "author": "Direction",
          "written_on": "2026-07-14",
        ]
      ], of: "lemon-aide")
    let second = try release()
    #expect(second.isNew && second.release.id == "2026T2-r2")
    #expect(try !release().isNew)
    let internalReaders = Edition.Audience(id: "internal", label: Localized(fr: "i", en: "i"), threshold: 1)
    let funders = Edition.Audience(id: "funder", label: Localized(fr: "f", en: "f"), threshold: 5)
    let shown = try archive.edition(second.release, catalogue: catalogue, audience: internalReaders)
    #expect(shown.commentaries.contains { $0.id == "C-9" && $0.cooperation == "lemon-aide" })
    #expect(!shown.decisions.isEmpty)
    let masked = try archive.edition(second.release, catalogue: catalogue, audience: funders)
    #expect(masked.commentaries.isEmpty && masked.decisions.isEmpty)
  }

  @Test func `original and current target can be read for any quarter and day`() throws {
    let archive = try Fixture.archive()
    try archive.recordSamples("2026T2")
    try archive.recordSamples("2026T3")
    let batch = try archive.lastBatch()
    let indicator = "dynamic-exit-rate-rolling-year"
    func target(_ quarter: Quarter?, by day: Day?) throws -> Target? {
      try archive.targets(
        of: "lemon-aide", in: [try #require(quarter)], decidedBy: try #require(day), asOf: batch
      ).first { $0.indicator == indicator }
    }
    let now = try #require(try target(Quarter(2026, 3), by: Day(2026, 10, 15)))
    #expect(now.original?.value == 0.65 && now.current?.value == 0.62)
    #expect(now.current?.decidedBy == "Comité de pilotage")
    #expect(try target(Quarter(2026, 3), by: Day(2026, 9, 1))?.current?.value == 0.65)
    #expect(try target(Quarter(2022, 4), by: Day(2026, 10, 15)) == nil)
    let ceiling = try archive.targets(
      of: "lemon-aide", in: [try #require(Quarter(2026, 2))], decidedBy: try #require(Day(2026, 7, 15)),
      asOf: batch
    ).first { $0.indicator == "absenteeism-rate" }?.current
    #expect(ceiling?.kind == .atMost && ceiling?.baseline == 0.08)
  }
}
