import Impact
import Postgres
import TestSupport
import Testing

@testable import Store

/// Many cooperations are counted by a second session while the first one stores what was made of those before.
@Suite(.archive) struct `Counting in a second session` {
  private func compute(_ archive: Archive, _ catalogue: Catalogue) throws -> [String] {
    try archive.connection.execute("DELETE FROM figure.computation")
    let done = try archive.compute(
      catalogue,
      seen: Archive.Perspective(
        quarter: Fixture.quarter, cut: ReleaseCalendar.cut(of: Fixture.quarter),
        batch: try archive.lastBatch()),
      software: "test")
    #expect(done.isWhole)
    #expect(done.cooperations > Counter.worth)
    return try archive.keptFigures()
  }

  @Test func `gives what one session gives, and leaves no session behind`() throws {
    let archive = try Fixture.archive()
    let catalogue = try Fixture.catalogue()
    var facts = GeneratedFacts(seed: 24)
    for number in 0...Counter.worth {
      var plan = GeneratedFacts.plans[number % GeneratedFacts.plans.count]
      plan.name = "many-\(number)"
      plan.people = 3
      for (entity, rows) in facts.facts(of: plan) where !rows.isEmpty {
        try archive.record(
          entity, rows.map(GeneratedFacts.canonical), of: plan.name, file: "\(plan.name)/\(entity).csv")
      }
    }
    let two = try compute(archive, catalogue)
    // Within a transaction of the caller's, what it has not committed is counted too: by one session.
    let one = try archive.connection.transaction { try compute(archive, catalogue) }
    #expect(two == one)
    #expect(two.count > 10_000)
    // A session that was closed ends a little later.
    var sessions = 1
    for _ in 0..<200 where sessions > 0 {
      sessions = try archive.connection.execute(
        """
        SELECT count(*) FROM pg_stat_activity, pg_sleep(0.02)
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
        """)[0].decode()
    }
    #expect(sessions == 0)
  }
}
