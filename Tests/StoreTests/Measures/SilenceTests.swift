import Impact
import Postgres
import TestSupport
import Testing

@testable import Store

/// A file that was never sent does not say that nothing happened; an empty one does.
@Suite(.archive) struct `Silence of a file` {
  private func day(_ text: String) throws -> Day { try #require(Day(text)) }

  /// A cooperation whose first hours were received on a day, those of the last two quarters in October, with people who work and
  /// leave nothing to tell.
  private func ready(received: String) throws -> Archive {
    let archive = try Fixture.archive()
    let first = try day(received)
    try archive.recordCooperation()
    for (code, from, months) in [("P1", "2023-01-01", 33), ("P2", "2025-01-01", 9)] {
      try archive.record(
        "participant", [["participant": code, "sex": "F"]], file: "\(code)-person", today: first)
      try archive.record(
        "pathway",
        [
          [
            "pathway": code, "participant": code, "employer": "employer", "kind": "EI",
            "started_on": from,
          ]
        ], file: "\(code)-pathway", today: first)
      let hours = (0..<months).map { [start = try day(from)] in
        ["pathway": code, "month": start.adding(months: $0).description, "hours_worked": "100"]
      }
      try archive.record(
        "monthly_activity", hours.filter { ($0["month"] ?? "") < "2025-04" }, file: "\(code)-hours",
        today: first)
      try archive.record(
        "monthly_activity", hours.filter { ($0["month"] ?? "") > "2025-04" }, file: "\(code)-more",
        today: try day("2025-10-10"))
    }
    return archive
  }

  private func figures(_ archive: Archive, asOf batch: Int? = nil) throws -> FigureTable {
    FigureTable(
      try archive.figures(
        of: try Fixture.catalogue(),
        seen: Archive.Perspective(
          quarter: Fixture.quarter, cut: ReleaseCalendar.cut(of: Fixture.quarter),
          batch: try batch ?? archive.lastBatch())))
  }

  @Test func `is unknown before the first file, and zero from an empty one on`() throws {
    let archive = try ready(received: "2025-04-10")
    let asked = [
      ("exit", "exits"), ("exit", "job-placements"), ("training", "training-hours"),
      ("contribution", "contributions-count"), ("commitment", "contributions-promised"),
    ]
    for (entity, name) in asked {
      #expect(try archive.figure(name).absence == .notCollected, "\(name) before \(entity).csv")
    }
    // A rate of nobody's exits: nobody knows whether there were any.
    #expect(try archive.figure("dynamic-exit-rate").absence == .notCollected)
    // Pathways were sent.
    #expect(try archive.figure("participants-present").value?.number == 2)
    let before = try archive.lastBatch()
    for entity in Set(asked.map(\.0)).sorted() {
      let receipt = try archive.record(entity, [], file: "empty-\(entity)", today: try day("2025-04-10"))
      #expect(receipt.read == 0 && receipt.recorded == 0 && receipt.batch != nil)
      // What was said once needs no second saying.
      #expect(try archive.record(entity, [], file: "empty-\(entity)", today: try day("2025-04-10")).wasKnown)
      // On another day it is received, and changes nothing.
      let later = try archive.record(entity, [], file: "empty-\(entity)", today: try day("2025-07-03"))
      #expect(!later.wasKnown && later.batch == nil)
    }
    for (entity, name) in asked {
      #expect(try archive.figure(name).value?.number == 0, "\(name) after an empty \(entity).csv")
    }
    #expect(try archive.figure("dynamic-exit-rate").absence == .noDenominator)
    // What was known before is read as it was.
    let then = try figures(archive, asOf: before)
    for (_, name) in asked {
      #expect(then.figure(name, "test", Fixture.quarter)?.absence == .notCollected, "\(name) as of before")
    }
  }

  @Test func `of a file that came every quarter is told by the release, unless an empty one came`() throws {
    let archive = try ready(received: "2025-04-10")
    for (quarter, days) in [("Q1", "2025-04-11"), ("Q2", "2025-07-08")] {
      for (entity, row) in [
        ("exit", [:]),
        (
          "training",
          [
            "training": quarter, "pathway": "P1", "started_on": "2025-02-03", "hours": "7",
            "topic": "french",
          ]
        ),
        ("contribution", [:]),
      ] {
        try archive.record(
          entity, row.isEmpty ? [] : [row], file: "\(quarter)-\(entity)", today: try day(days))
      }
    }
    // A table that comes once a year is not awaited.
    try archive.record("material_flow", [], today: try day("2025-04-12"))
    try archive.record("training", [], file: "none", today: try day("2025-10-06"))
    let catalogue = try Fixture.catalogue()
    guard
      case .made(let release) = try archive.release(
        Fixture.quarter, catalogue: catalogue, definitions: [], software: "test")
    else {
      Issue.record("nothing was released")
      return
    }
    let awaited = try archive.awaited(release)
    #expect(awaited.map(\.cooperation) == ["test"])
    #expect(awaited.first?.tables == ["contribution", "exit"])
    let edition = try archive.edition(
      release, catalogue: catalogue,
      audience: Edition.Audience(
        id: "internal", label: Localized(fr: "i", en: "i"), threshold: 1))
    #expect(edition.cooperations.first?.health.awaited == ["contribution", "exit"])
  }

  @Test func `of a file whose rows were all refused is unknown`() throws {
    let archive = try ready(received: "2025-04-10")
    let receipt = try archive.record("exit", [["pathway": "NOBODY", "exited_on": "2025-03-03"]])
    #expect(receipt.rejected == 1)
    #expect(try archive.figure("exits").absence == .notCollected)
  }

  @Test func `of a file first sent later is unknown before the quarter it came after`() throws {
    let archive = try ready(received: "2025-04-10")
    try archive.record(
      "training",
      [["training": "T", "pathway": "P1", "started_on": "2025-02-03", "hours": "7", "topic": "french"]],
      today: try day("2025-10-04"))
    let found = try figures(archive)
    func content(_ name: String, _ number: Int) throws -> Figure.Content {
      let quarter = try #require(Quarter(2025, number))
      return try #require(found.figure(name, "test", quarter)).content
    }
    func hours(_ number: Int) throws -> Figure.Content { try content("training-hours", number) }
    // A row counts whenever it comes; of the second quarter nobody knows whether it is silent or was never told.
    #expect(try hours(1) == .value(Figure.Value(number: 7, count: 1)))
    #expect(try hours(2) == .absent(.notCollected))
    #expect(try hours(3) == .value(Figure.Value(number: 0, count: 0)))
  }

  @Test func `of a year waits until the whole year is told of`() throws {
    let archive = try Fixture.archive(ofKind: "EI")
    try archive.recordPathway("P1", started: try day("2023-01-02"))
    // The first hours were received years ago.
    try archive.connection.execute("ALTER TABLE ops.import DISABLE TRIGGER USER")
    try archive.connection.execute("UPDATE ops.import SET received_on = '2022-04-08'")
    try archive.connection.execute("ALTER TABLE ops.import ENABLE TRIGGER USER")
    try archive.record("training", [], today: try day("2025-04-04"))
    let found = try figures(archive)
    func content(_ name: String, _ year: Int, _ number: Int) throws -> Figure.Content {
      let quarter = try #require(Quarter(year, number))
      return try #require(found.figure(name, "test", quarter)).content
    }
    #expect(try content("training-hours", 2024, 4) == .absent(.notCollected))
    #expect(try content("training-hours", 2025, 1) == .value(Figure.Value(number: 0, count: 0)))
    // The rolling year that ends with the third quarter began before anybody told of trainings.
    #expect(try content("people-trained", 2025, 3) == .absent(.notCollected))
  }

  @Test func `is told by the receipt, which gives the figure back`() throws {
    let archive = try ready(received: "2025-04-10")
    let perspective = Archive.Perspective(
      quarter: Fixture.quarter, cut: ReleaseCalendar.cut(of: Fixture.quarter), batch: try archive.lastBatch())
    let receipt = try archive.explanation(
      of: Figure.Key(indicator: "exits", cooperation: "test", quarter: Fixture.quarter),
      catalogue: try Fixture.catalogue(), seen: perspective)
    #expect(receipt.unsent == [0])
    #expect(receipt.figure.absence == .notCollected)
    #expect(receipt.rebuilt == .absent(.notCollected))
  }

  @Test func `computed again gives what a first computation gives`() throws {
    let archive = try ready(received: "2025-04-10")
    let catalogue = try Fixture.catalogue()
    func compute() throws -> Archive.Computation {
      try archive.compute(
        catalogue,
        seen: Archive.Perspective(
          quarter: Fixture.quarter, cut: ReleaseCalendar.cut(of: Fixture.quarter),
          batch: try archive.lastBatch()), software: "test")
    }
    #expect(try compute().isWhole)
    for (entity, row) in [
      ("exit", nil), ("training", nil),
      ("finance_line", ["month": "2025-08-01", "category": "turnover", "amount_eur": "5"]),
      ("contribution", nil),
      ("material_flow", ["month": "2025-08-01", "material": "glass", "tonnes": "1"]),
    ] as [(String, [String: String]?)] {
      try archive.record(entity, row.map { [$0] } ?? [], today: try day("2025-10-02"))
      let again = try compute()
      #expect(again.isNew && !again.isWhole && again.figures > 0, "\(entity)")
      let found = try archive.keptFigures()
      try archive.connection.execute("DELETE FROM figure.computation")
      #expect(try compute().isWhole)
      #expect(try archive.keptFigures() == found, "\(entity)")
    }
  }
}
