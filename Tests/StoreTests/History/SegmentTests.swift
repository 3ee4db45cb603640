import Capture
import Impact
import Postgres
import Store
import TestSupport
import Testing

/// Large imports are kept as segments of their own; nothing of what a fact promises changes by it.
@Suite(.archive) struct `Large imports` {
  /// Enough rows, and a size that says so.
  private static let pathways = 600
  private static let months = 100
  private static let size = 8 * 1024 * 1024

  private func ready() throws -> Archive {
    let archive = try Fixture.archive()
    try archive.recordCooperation()
    let codes = (0..<Self.pathways).map { "P\($0)" }
    try archive.record("participant", codes.map { ["participant": $0] })
    try archive.record(
      "pathway",
      codes.map {
        [
          "pathway": $0, "participant": $0, "employer": "employer", "kind": "EI", "started_on": "2010-01-01",
        ]
      })
    return archive
  }

  private func rows(hours: (Int, Int) -> Int = { pathway, month in 50 + (pathway + month) % 90 })
    -> [[String: String]]
  {
    (0..<Self.months).flatMap { month in
      (0..<Self.pathways).map { pathway in
        [
          "pathway": "P\(pathway)", "month": Day(2012 + month / 12, month % 12 + 1, 1)?.description ?? "",
          "hours_worked": String(hours(pathway, month)),
        ]
      }
    }
  }

  private func segments(_ archive: Archive) throws -> Int {
    try archive.connection.execute(
      "SELECT count(*) FROM pg_inherits WHERE inhparent = 'fact.monthly_activity'::regclass")[0].decode()
  }

  private func total(_ archive: Archive, asOf batch: Int) throws -> Int {
    try archive.connection.transaction {
      try archive.connection.execute("SELECT set_config('jvs.as_of', \(String(batch)), true)")
      return try archive.connection.execute(
        "SELECT coalesce(sum(hours_worked), 0)::int8 FROM as_of.monthly_activity")[0]
        .decode()
    }
  }

  @Test func `a large file becomes a segment, and its corrections are revisions like any other`() throws {
    let archive = try ready()
    let all = rows()
    let first = try archive.record("monthly_activity", all, file: "all.csv", size: Self.size)
    #expect(first.read == all.count && first.recorded == all.count && first.rejected == 0)
    #expect(try segments(archive) == 2)
    let before = try total(archive, asOf: try archive.lastBatch())
    #expect(before == all.reduce(0) { $0 + (Int($1["hours_worked"] ?? "") ?? 0) })

    let correction = try archive.record(
      "monthly_activity",
      [
        ["pathway": "P1", "month": "2012-01-01", "hours_worked": "1"],
        ["pathway": "P2", "month": "2012-01-01", "hours_worked": "52"],
      ], file: "correction.csv")
    #expect(correction.recorded == 1 && correction.revised == 1 && correction.unchanged == 1)
    #expect(try total(archive, asOf: try archive.lastBatch()) == before - 51 + 1)
    #expect(try total(archive, asOf: try #require(first.batch)) == before)
  }

  @Test func `the same rows again, in other bytes, change nothing and leave no table behind`() throws {
    let archive = try ready()
    try archive.record("monthly_activity", rows(), file: "all.csv", size: Self.size)
    let batch = try archive.lastBatch()
    let again = try archive.record(
      "monthly_activity", rows().reversed(), file: "reversed.csv", size: Self.size)
    #expect(again.unchanged == again.read && again.recorded == 0 && again.batch == nil)
    #expect(try archive.lastBatch() == batch)
    #expect(try segments(archive) == 2)
    let left: Int = try archive.connection.execute(
      "SELECT count(*) FROM pg_class WHERE relname LIKE '%landing%'")[0].decode()
    #expect(left == 0)
  }

  @Test func `a large file that changes most of what is known becomes a segment of its own`() throws {
    let archive = try ready()
    try archive.record("monthly_activity", rows(), file: "all.csv", size: Self.size)
    let before = try total(archive, asOf: try archive.lastBatch())
    let batch = try archive.lastBatch()
    let changed = try archive.record(
      "monthly_activity", rows { pathway, month in pathway == 0 ? 50 + month % 90 : 40 }, file: "changed.csv",
      size: Self.size)
    #expect(changed.revised == (Self.pathways - 1) * Self.months && changed.unchanged == Self.months)
    #expect(try segments(archive) == 3)
    #expect(try total(archive, asOf: batch) == before)
    let standing: Int = try archive.connection.execute(
      "SELECT count(*) FROM fact.monthly_activity WHERE batch_to = 9223372036854775807")[0].decode()
    #expect(standing == Self.pathways * Self.months)
  }

  @Test func `bad rows of a large file are refused with their lines, and the rest becomes the segment`()
    throws
  {
    let archive = try ready()
    var all = rows()
    all[10]["pathway"] = "NOBODY"
    all.append(all[20])
    let receipt = try archive.record("monthly_activity", all, file: "all.csv", size: Self.size)
    #expect(receipt.diagnostics.map(\.line) == [12, all.count + 1])
    #expect(receipt.diagnostics.map(\.code) == ["reference", "duplicate-key"])
    #expect(receipt.recorded == all.count - 2 && receipt.read == all.count)
    #expect(try segments(archive) == 2)
  }

  @Test func `every bad row of a large file is known, and only the first of each kind are told`() throws {
    let archive = try ready()
    var all = rows()
    for index in 0..<3_000 { all[index * 5]["pathway"] = "NOBODY" }
    for index in 0..<2_500 { all[index * 10 + 1]["hours_worked"] = "745" }
    all += all[30_000..<31_500].filter { $0["pathway"] != "NOBODY" }
    let twice = all.count - Self.pathways * Self.months
    let receipt = try archive.record("monthly_activity", all, file: "all.csv", size: Self.size)
    // A key of nobody's that stands twice is refused for that alone.
    let unknown = Set((0..<3_000).map { all[$0 * 5]["month"] }).count
    #expect(receipt.rejected == 3_000 + 2_500 + twice && receipt.refusals.rows == receipt.rejected)
    #expect(receipt.recorded == all.count - receipt.rejected)
    let told = Dictionary(grouping: receipt.diagnostics, by: \.code).mapValues(\.count)
    #expect(told == ["duplicate-key": 1_000, "reference": unknown, "activity-hours-impossible": 1_000])
    let refused = Set((2..<all.count + 2).filter { !receipt.refusals[line: $0].isEmpty })
    #expect(refused.count == receipt.rejected)
    let recorded: [Int] = try archive.connection.execute("SELECT source_line FROM fact.monthly_activity").map
    {
      try $0.decode()
    }
    #expect(refused.isDisjoint(with: recorded))
  }

  @Test(arguments: [true, false]) func `the index of a segment begins with what its file is in the order of`(
    byMonth: Bool
  ) throws {
    let archive = try ready()
    let all = rows()
    let byPathway = (0..<Self.pathways).flatMap { pathway in
      (0..<Self.months).map { all[$0 * Self.pathways + pathway] }
    }
    try archive.record("monthly_activity", byMonth ? all : byPathway, file: "all.csv", size: Self.size)
    let columns: [String] = try archive.connection.execute(
      """
      SELECT a.attname::text FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indexrelid
      WHERE i.indrelid = to_regclass(format('segment.monthly_activity_%s', \(try archive.lastBatch())::bigint))
      ORDER BY a.attnum
      """
    ).map { try $0.decode() }
    #expect(columns == (byMonth ? ["month", "pathway"] : ["pathway", "month"]))
  }

  @Test(arguments: [
    "INSERT INTO fact.monthly_activity (cooperation_id, batch_from, import_id, source_line, pathway, month, hours_worked) VALUES ('test', 1, 1, 1, 'P1', '2030-01-01', 1)",
    "UPDATE fact.monthly_activity SET hours_worked = 0", "DELETE FROM fact.monthly_activity",
    "TRUNCATE fact.monthly_activity",
    "UPDATE segment.monthly_activity_0 SET hours_worked = 0",
    "SELECT ops.attach_segment('monthly_activity', 'test', 1)",
  ]) func `a segment keeps the rule that facts are only ever added`(statement: String) throws {
    let archive = try ready()
    try archive.record(
      "monthly_activity", [["pathway": "P1", "month": "2012-01-01", "hours_worked": "7"]], file: "one.csv")
    #expect(throws: PostgresError.self) { try archive.connection.execute(SQL(trusted: statement)) }
    #expect(try total(archive, asOf: try archive.lastBatch()) == 7)
  }

  @Test func `a segment of one cooperation is not read for another`() throws {
    let archive = try ready()
    try archive.record("monthly_activity", rows(), file: "all.csv", size: Self.size)
    let plan: [String] = try archive.connection.execute(
      "EXPLAIN SELECT * FROM fact.monthly_activity WHERE cooperation_id = 'other'"
    ).map { try $0.decode() }
    #expect(!plan.joined().contains("monthly_activity_" + String(try archive.lastBatch())))
  }
}
