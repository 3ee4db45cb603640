import Impact
import Postgres
import Store
import TestSupport
import Testing

/// Hours that nobody sent are not hours that nobody did.
@Suite(.archive) struct `Hours that were not sent` {
  private func ready(_ kind: String = "EI") throws -> Archive { try Fixture.archive(ofKind: kind) }

  private func day(_ text: String) throws -> Day { try #require(Day(text)) }

  /// The whole figures that have no value for a reason, by the indicators' names.
  private func figures(_ archive: Archive, of cooperation: String = "test") throws -> [String: Figure] {
    let all = try archive.figures(
      of: try Fixture.catalogue(),
      seen: Archive.Perspective(
        quarter: Fixture.quarter, cut: ReleaseCalendar.cut(of: Fixture.quarter),
        batch: try archive.lastBatch()))
    let own = all.filter {
      $0.key.part == nil && $0.key.cooperation == cooperation && $0.key.quarter == Fixture.quarter
    }
    return Dictionary(uniqueKeysWithValues: own.map { ($0.key.indicator, $0) })
  }

  @Test(arguments: ["EI", "ETTI", "EITI"])
  func `leave open whether an exit is examined, and every figure that asks says so`(kind: String) throws {
    let archive = try ready(kind)
    for (code, motif) in [("P1", 3), ("P2", 7)] {
      try archive.recordPathway(
        code, kind: kind, started: try day("2024-05-06"), exited: try day("2025-08-15"), motif: motif,
        monthlyHours: nil)
    }
    let found = try figures(archive)
    for name in [
      "exits-examined", "dynamic-exit-rate", "dynamic-exit-rate-b", "dynamic-exit-rate-rolling-year",
      "durable-exit-rate",
      "employment-exit-rate", "exit-documentation-rate", "short-exit-share", "pathway-length",
      "job-placements", "method-gap",
    ] {
      #expect(found[name]?.absence == .notCollected, "\(name): \(String(describing: found[name]?.content))")
    }
    // What no threshold is asked of is known all the same.
    #expect(found["exits"]?.value?.number == 2)
    #expect(found["exits-to-permanent-contract"]?.value?.number == 1)
  }

  @Test func `leave open who is followed after the exit`() throws {
    let archive = try ready()
    try archive.recordPathway("P1", started: try day("2024-05-06"), exited: try day("2025-02-10"), motif: 3)
    #expect(try archive.figure("follow-ups-at-6-months").value?.number == 1)
    try archive.recordPathway(
      "P2", started: try day("2024-05-06"), exited: try day("2024-08-15"), motif: 3, monthlyHours: nil)
    // The hours of those months of 2024 were sent: there were none of the second person, who is known not to count.
    #expect(try archive.figure("follow-ups-at-6-months").value?.number == 1)
    try archive.recordPathway(
      "P3", started: try day("2023-05-02"), exited: try day("2025-03-10"), motif: 3, monthlyHours: nil)
    let found = try figures(archive)
    for name in [
      "follow-ups-at-6-months", "in-job-at-6-months", "in-job-at-6-months-of-due", "follow-up-known-rate",
    ] {
      #expect(found[name]?.absence == .notCollected, "\(name)")
    }
  }

  @Test func `change nothing for a stay too short whatever its hours, nor for a withdrawal`() throws {
    let archive = try ready()
    let start = try day("2025-05-01")
    try archive.recordPathway(
      "SHORT", started: start, exited: start.adding(days: 80), motif: 3, monthlyHours: nil)
    #expect(try archive.figure("exits-examined").value?.number == 0)
    #expect(try archive.figure("short-exit-share").value?.number == 1)
    try archive.recordPathway(
      "LEAVE", started: try day("2024-05-01"), exited: try day("2025-08-15"), motif: 16, monthlyHours: nil)
    #expect(try archive.figure("exits-examined").value?.number == 0)
    #expect(try archive.figure("short-exit-share").absence == .notCollected)
  }

  @Test func `are none where those of every month came and the person was not among them`() throws {
    let archive = try ready()
    try archive.recordPathway(
      "AWAY", started: try day("2024-05-06"), exited: try day("2025-08-15"), motif: 3, monthlyHours: nil)
    #expect(try archive.figure("exits-examined").absence == .notCollected)
    // Seven months of the eight.
    try archive.recordPathway("OTHER", started: try day("2025-02-03"))
    #expect(try archive.figure("exits-examined").absence == .notCollected)
    try archive.recordPathway("THIRD", started: try day("2025-01-06"), exited: try day("2025-01-31"))
    #expect(try archive.figure("exits-examined").value?.number == 0)
    #expect(try archive.figure("short-exit-share").value?.numerator == 2)
  }

  @Test func `count again as soon as they come`() throws {
    let archive = try ready()
    try archive.recordPathway(
      "P1", started: try day("2024-05-06"), exited: try day("2025-08-15"), motif: 3, monthlyHours: nil)
    #expect(try archive.figure("dynamic-exit-rate").absence == .notCollected)
    try archive.record(
      "monthly_activity", [["pathway": "P1", "month": "2025-02-01", "hours_worked": "1"]], file: "late.csv")
    let rate = try #require(try archive.figure("dynamic-exit-rate").value)
    #expect(rate.numerator == 1 && rate.denominator == 1)
  }

  @Test func `a cooperation that never sent any has figures, each with its reason`() throws {
    let archive = try Fixture.archive()
    try archive.recordCooperation()
    try archive.recordPathway(
      "P1", started: try day("2024-05-06"), exited: try day("2025-08-15"), motif: 3, monthlyHours: nil)
    let found = try figures(archive)
    #expect(found.count == (try Fixture.catalogue()).indicators.count)
    #expect(found["hours-worked"]?.absence == .notCollected)
    #expect(found["participants-served"]?.absence == .notCollected)
    #expect(found["exits-examined"]?.absence == .notCollected)
    #expect(found["exits"]?.value?.number == 1)
    // No quarter is known to have had none of what nobody sent.
    #expect(found["training-hours"]?.absence == .notCollected)
  }

  @Test func `a cooperation that begins to send them is computed as if it always had`() throws {
    let archive = try Fixture.archive()
    try archive.recordCooperation()
    try archive.recordPathway("P1", started: try day("2024-05-06"), monthlyHours: nil)
    func compute() throws -> Archive.Computation {
      try archive.compute(
        try Fixture.catalogue(),
        seen: Archive.Perspective(
          quarter: Fixture.quarter, cut: ReleaseCalendar.cut(of: Fixture.quarter),
          batch: try archive.lastBatch()),
        software: "test")
    }
    #expect(try compute().figures > 0)
    for month in ["2025-08-01", "2025-02-01"] {
      try archive.record(
        "monthly_activity", [["pathway": "P1", "month": month, "hours_worked": "100"]], file: month)
      #expect(try !compute().isWhole)
      let again = try archive.keptFigures()
      try archive.connection.execute("DELETE FROM figure.computation")
      #expect(try compute().isWhole)
      #expect(try archive.keptFigures() == again, "\(month)")
    }
  }
}
