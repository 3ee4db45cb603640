import Capture
import Impact
import Postgres
import TestSupport
import Testing

@testable import Store

/// A file of known bytes answers for a quarter only when its name says so.
@Suite(.archive) struct `The same bytes once more` {
  private static let training = [
    "training": "T", "pathway": "P1", "started_on": "2025-02-03", "hours": "7", "topic": "french",
  ]

  private func day(_ text: String) throws -> Day { try #require(Day(text)) }

  /// A cooperation whose trainings came after each of the first two quarters of 2025: the same table, which a row was added to.
  private func ready() throws -> Archive {
    let archive = try Fixture.archive()
    try archive.recordCooperation()
    try archive.recordPathway("P1", started: try day("2025-01-02"))
    try send(archive, "2025T1/training.csv", [Self.training], on: "2025-04-11")
    try send(archive, "2025T2/training.csv", Self.two, on: "2025-07-08")
    return archive
  }

  private static let two = [training, training.merging(["training": "U"]) { _, new in new }]

  @discardableResult private func send(
    _ archive: Archive, _ file: String, _ rows: [[String: String]], on text: String
  ) throws -> Archive.Receipt {
    // The digest is of the bytes alone.
    try archive.record(
      "training", rows, file: file, sha256: Fingerprint(of: Array("\(rows.count) rows".utf8)).hex,
      today: try day(text))
  }

  private func imports(_ archive: Archive) throws -> Int {
    try archive.connection.execute("SELECT count(*) FROM ops.import WHERE entity = 'training'")[0].decode()
  }

  private func awaited(_ archive: Archive) throws -> [String] {
    guard
      case .made(let release) = try archive.release(
        Fixture.quarter, catalogue: try Fixture.catalogue(), definitions: [], software: "test")
    else {
      Issue.record("nothing was released")
      return []
    }
    return try archive.awaited(release).flatMap(\.tables)
  }

  @Test func `answer for the quarter their folder names`() throws {
    let archive = try ready()
    let batch = try archive.lastBatch()
    let receipt = try send(archive, "test/2025T3/training.csv", Self.two, on: "2025-10-06")
    #expect(receipt.wasKnown && receipt.batch == nil)
    #expect(try archive.lastBatch() == batch)
    #expect(try imports(archive) == 3)
    let kept = try archive.connection.execute(
      "SELECT file, read, recorded, unchanged, rejected, received_on::text FROM ops.import ORDER BY import_id DESC LIMIT 1"
    )[0].decode((String, Int, Int, Int, Int, String).self)
    #expect(kept == ("test/2025T3/training.csv", 2, 0, 2, 0, "2025-10-06"))
    // Met again, as after a crash, they say nothing more.
    try send(archive, "test/2025T3/training.csv", Self.two, on: "2025-10-07")
    #expect(try imports(archive) == 3)
    #expect(try awaited(archive) == [])
  }

  @Test(arguments: [
    ("training.csv", "2025-10-06"),  // a copy left lying, or a mistake: nobody knows
    ("2025T2/training.csv", "2025-10-06"),  // the delivery of another quarter, once more
    ("2025T3/training.csv", "2025-09-30"),  // of a quarter that is not over
    ("2025T3-2025T2/training.csv", "2025-10-06"),  // of which of the two?
  ])
  func `answer for no quarter where nothing says which`(file: String, received: String) throws {
    let archive = try ready()
    try send(archive, file, Self.two, on: received)
    #expect(try imports(archive) == 2)
    #expect(try awaited(archive) == ["training"])
  }

  @Test func `with rows refused before, answer too, and the rows are refused again`() throws {
    let archive = try ready()
    let rows = Self.two + [Self.training.merging(["training": "V", "pathway": "NOBODY"]) { _, new in new }]
    try send(archive, "2025T2/more/training.csv", rows, on: "2025-07-09")
    let receipt = try send(archive, "training 2025 T3.csv", rows, on: "2025-10-06")
    #expect(receipt.wasKnown && receipt.rejected == 1)
    let kept = try archive.connection.execute(
      "SELECT read, recorded, unchanged, rejected FROM ops.import ORDER BY import_id DESC LIMIT 1"
    )[0].decode((Int, Int, Int, Int).self)
    #expect(kept == (3, 0, 2, 1))
    #expect(try awaited(archive) == [])
    // What it lacked arrives: the row is still remembered, and taken in.
    try archive.recordPathway("NOBODY", started: try day("2025-01-02"))
    #expect(try send(archive, "training.csv", rows, on: "2025-10-07").recorded == 1)
  }

  @Test(arguments: [
    ("lemon-aide/2026T3/exit.csv", "2026T3"), ("exit-2026T3.csv", "2026T3"), ("exit_2026Q3.CSV", "2026T3"),
    ("sorties T3 2026.xlsx", "2026T3"), ("sorties 2026-t3.csv", "2026T3"),
    ("2026T2/exit-2026T3.csv", "2026T3"), ("exit.csv", nil), ("2026/exit.csv", nil), ("2026T5/exit.csv", nil),
    ("2026T3 et 2026T2.csv", nil), ("exit2026T3.csv", nil), ("", nil),
  ])
  func `a file says its quarter in its name or the nearest folder`(file: String, quarter: String?) throws {
    let schema = try #require(try Fixture.schemas().schema(named: "training"))
    let source = Archive.Source(
      cooperation: "test", schema: schema, file: file, sha256: "", today: try day("2026-10-06"))
    #expect(source.quarter == quarter.flatMap { Quarter($0) })
  }
}
