import Impact
import Postgres
import TestSupport
import Testing

@testable import Store

/// Many cooperations are counted by a second session while the first one stores what was made of those before.
@Suite(.archive) struct `Counting in a second session` {
  private func compute(_ archive: Archive, _ catalogue: Catalogue, anew: Bool = true) throws -> [String] {
    if anew { try archive.connection.execute("DELETE FROM figure.computation") }
    let done = try archive.compute(
      catalogue,
      seen: Archive.Perspective(
        quarter: Fixture.quarter, cut: ReleaseCalendar.cut(of: Fixture.quarter),
        batch: try archive.lastBatch()),
      software: "test")
    #expect(done.isWhole == anew)
    #expect(done.cooperations > Counter.worth)
    return try archive.keptFigures()
  }

  /// Sends hours of the last month of every cooperation again, one more.
  private func correct(_ archive: Archive) throws {
    let rows = try archive.connection.execute(
      """
      SELECT DISTINCT ON (cooperation_id) cooperation_id, pathway, month::text, (hours_worked + 1)::text
      FROM fact.monthly_activity WHERE batch_to = 9223372036854775807 AND month <= \(Fixture.quarter.end.description)::date
      ORDER BY cooperation_id, month DESC, pathway
      """)
    for row in rows {
      let (cooperation, pathway, month, hours) = try row.decode((String, String, String, String).self)
      try archive.record(
        "monthly_activity", [["pathway": pathway, "month": month, "hours_worked": hours]], of: cooperation,
        file: "\(cooperation)/corrected.csv")
    }
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
    // What is computed again is counted by sessions of its own too.
    try correct(archive)
    let again = try compute(archive, catalogue, anew: false)
    #expect(again != one)
    #expect(try again == compute(archive, catalogue))
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
