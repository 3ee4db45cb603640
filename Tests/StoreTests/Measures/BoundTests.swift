import Impact
import Postgres
import Store
import TestSupport
import Testing

/// What is made from a day on is what there is from that day on.
@Suite(.archive) struct `An entity made from a day on` {
  @Test(arguments: [1, UInt64.random(in: .min ... .max)])
  func `has the rows of the whole, whatever the day`(seed: UInt64) throws {
    let archive = try Fixture.archive()
    var facts = GeneratedFacts(seed: seed)
    try facts.record(in: archive)
    let batch = try archive.lastBatch()
    let cut = ReleaseCalendar.cut(of: Fixture.quarter)
    try archive.connection.transaction {
      try archive.connection.execute(
        "SELECT set_config('jvs.as_of', \(String(batch)), true), set_config('jvs.cut', \(cut.description), true)"
      )
      let entities = try archive.connection.execute("SELECT entity FROM measure.bounded ORDER BY 1").map {
        try $0.decode() as String
      }
      #expect(entities == ["convention_months", "months"])
      for entity in entities {
        let date = try #require(try Fixture.catalogue().vocabulary.entity(entity)?.date)
        let found = try archive.connection.execute(
          """
          WITH day AS (
            SELECT '-infinity'::date AS day
            UNION ALL SELECT generate_series('2019-12-01'::timestamp, '2026-03-01', interval '17 days')::date
          ), made AS (
            SELECT d.day, r::text AS row FROM day d CROSS JOIN LATERAL (
              SELECT * FROM \(identifier: "measure").\(identifier: entity + "_since")(d.day)) r
            WHERE r.\(identifier: date) >= d.day
          ), whole AS (
            SELECT d.day, r::text AS row FROM day d
            JOIN measure.\(identifier: entity) r ON r.\(identifier: date) >= d.day
          )
          SELECT (SELECT count(*) FROM whole), (SELECT count(DISTINCT row) FROM whole),
            (SELECT count(*) FROM (TABLE whole EXCEPT ALL TABLE made) x)
            + (SELECT count(*) FROM (TABLE made EXCEPT ALL TABLE whole) x)
          """)[0].decode((Int, Int, Int).self)
        #expect(found.0 > 20 * found.1 && found.1 > 50 && found.2 == 0, "seed \(seed): \(entity): \(found)")
      }
    }
  }

  @Test func `months without hours end with the cooperation or at the cut, whatever hours come after`() throws
  {
    let archive = try Fixture.archive()
    try archive.recordCooperation("EI")
    try archive.recordPathway("P1", kind: "EI", started: try #require(Day("2025-01-01")), monthlyHours: nil)
    func hours(_ months: [String]) throws {
      try archive.record(
        "monthly_activity",
        months.map { ["pathway": "P1", "month": $0, "hours_worked": "100", "hours_absent": "0"] },
        file: "hours-\(months[0]).csv")
    }
    func months(cut: String) throws -> [String] {
      let batch = try archive.lastBatch()
      return try archive.connection.transaction {
        try archive.connection.execute(
          "SELECT set_config('jvs.as_of', \(String(batch)), true), set_config('jvs.cut', \(cut), true)")
        return try archive.connection.execute(
          "SELECT to_char(month, 'MM-YY') || CASE WHEN has_hours THEN ' sent' ELSE '' END FROM measure.months ORDER BY month"
        ).map { try $0.decode() }
      }
    }
    try hours(["2025-01-01", "2025-03-01"])
    #expect(try months(cut: "2025-05-10") == ["01-25 sent", "02-25", "03-25 sent", "04-25", "05-25"])
    // Hours of a month move none of the months before it.
    try hours(["2025-08-01"])
    #expect(
      try months(cut: "2025-05-10") == ["01-25 sent", "02-25", "03-25 sent", "04-25", "05-25", "08-25 sent"])
    #expect(
      try months(cut: "2025-07-10")
        == ["01-25 sent", "02-25", "03-25 sent", "04-25", "05-25", "06-25", "07-25", "08-25 sent"])
  }
}
