import Capture
import Glibc
import Impact
import Postgres
import Store
import TestSupport
import Testing

@Suite(.archive) struct `Recording facts` {
  private func ready() throws -> Archive {
    let archive = try Fixture.archive()
    try archive.recordCooperation()
    try archive.recordPathway(
      "P1", started: try #require(Day(2025, 1, 6)), exited: Day(2025, 1, 31))
    return archive
  }

  private func hours(_ archive: Archive, asOf batch: Int) throws -> [String] {
    try archive.connection.transaction {
      try archive.connection.execute("SELECT set_config('jvs.as_of', \(String(batch)), true)")
      return try archive.connection.execute(
        "SELECT hours_worked::text FROM as_of.monthly_activity WHERE pathway = 'P1' ORDER BY month"
      ).map { try $0.decode() }
    }
  }

  @Test func `the same bytes twice record nothing new`() throws {
    let archive = try ready()
    let before = try archive.lastBatch()
    let again = try archive.record(
      "exit", [["pathway": "P1", "exited_on": "2025-01-31"]], file: "exit-P1.csv")
    #expect(again.wasKnown && again.read == 0)
    #expect(try archive.lastBatch() == before)
  }

  @Test func `the same rows in other bytes are counted as unchanged and take no batch`() throws {
    let archive = try ready()
    let before = try archive.lastBatch()
    let again = try archive.record(
      "exit", [["pathway": "P1", "exited_on": "2025-01-31"]], file: "another.csv")
    #expect(again.unchanged == 1 && again.recorded == 0 && again.batch == nil && !again.wasKnown)
    #expect(try archive.lastBatch() == before)
  }

  @Test func `a changed row is a revision, and the past still reads as it was`() throws {
    let archive = try ready()
    let before = try archive.lastBatch()
    let revision = try archive.record(
      "monthly_activity", [["pathway": "P1", "month": "2025-01-01", "hours_worked": "90"]], file: "late.csv")
    #expect(revision.recorded == 1 && revision.revised == 1)
    #expect(try hours(archive, asOf: before) == ["100"])
    #expect(try hours(archive, asOf: try #require(revision.batch)) == ["90"])
    #expect(try hours(archive, asOf: 0) == [])
  }

  @Test func `reading needs an as-of: without one there is no answer`() throws {
    let archive = try ready()
    #expect(throws: PostgresError.self) {
      try archive.connection.execute("SELECT count(*) FROM as_of.monthly_activity")
    }
  }

  @Test func `a key given twice and a dangling reference are refused with their lines, the rest is kept`()
    throws
  {
    let archive = try ready()
    let receipt = try archive.record(
      "monthly_activity",
      [
        ["pathway": "P1", "month": "2025-02-01", "hours_worked": "80"],
        ["pathway": "P1", "month": "2025-02-01", "hours_worked": "81"],
        ["pathway": "NOBODY", "month": "2025-02-01", "hours_worked": "82"],
      ], file: "february.csv")
    #expect(receipt.read == 3 && receipt.recorded == 1 && receipt.rejected == 2)
    #expect(receipt.read == receipt.recorded + receipt.unchanged + receipt.rejected)
    let refused = receipt.diagnostics.filter { $0.severity == .error }
    #expect(refused.map(\.line) == [3, 4])
    #expect(refused.map(\.code) == ["duplicate-key", "reference"])
    #expect(try hours(archive, asOf: archive.lastBatch()) == ["100", "80"])
    let (read, recorded, rejected) = try archive.connection.execute(
      "SELECT read, recorded, rejected FROM ops.import WHERE file = 'february.csv'")[0].decode(
        (Int, Int, Int).self)
    #expect((read, recorded, rejected) == (3, 1, 2))
    let rejects: [Int] = try archive.connection.execute(
      "SELECT line FROM ops.reject JOIN ops.import USING (import_id) WHERE file = 'february.csv' ORDER BY ordinal"
    ).map { try $0.decode() }
    #expect(rejects == [3, 4])
  }

  @Test func `a cooperation nobody declared is refused by name, with those that are known`() throws {
    let archive = try ready()
    #expect(throws: Archive.Refusal.unknownCooperation("tset", known: ["test"])) {
      try archive.record("organisation", [["organisation": "x", "name": "X", "kind": "EI"]], of: "tset")
    }
    #expect(throws: Archive.Refusal.foreignCooperation("other")) {
      try archive.record(
        "cooperation", [["cooperation": "test", "name": "Essai"]], of: "other", file: "foreign.csv")
    }
  }

  @Test func `a reader that fails half-way leaves nothing`() throws {
    let archive = try ready()
    let schema = try #require(try Fixture.schemas().schema(named: "monthly_activity"))
    let before = try archive.lastBatch()
    struct Torn: Error {}
    #expect(throws: Torn.self) {
      _ = try archive.record(
        Archive.Source(
          cooperation: "test", schema: schema, file: "torn.csv", sha256: String(repeating: "0", count: 64),
          today: Fixture.today)
      ) { sink in
        try sink.put(2, ["P1", "2025-03-01", "10", nil])
        throw Torn()
      }
    }
    #expect(try archive.lastBatch() == before)
    let imports: Int = try archive.connection.execute(
      "SELECT count(*) FROM ops.import WHERE file = 'torn.csv'")[0].decode()
    #expect(imports == 0)
  }

  @Test func `the connection serves the next import after a failed one`() throws {
    let archive = try ready()
    #expect(throws: (any Error).self) {
      try archive.record("organisation", [["organisation": "x", "name": "X", "kind": "EI"]], of: "nobody")
    }
    #expect(
      try archive.record("organisation", [["organisation": "x", "name": "X", "kind": "EI"]]).recorded == 1)
  }

  @Test(arguments: [
    "UPDATE fact.monthly_activity SET hours_worked = 0", "DELETE FROM fact.monthly_activity",
    "TRUNCATE fact.monthly_activity", "UPDATE fact.exit SET batch_from = 1, batch_to = 2",
  ]) func `facts cannot be changed, removed or emptied, whoever asks`(statement: String) throws {
    let archive = try ready()
    #expect(throws: PostgresError.self) { try archive.connection.execute(SQL(trusted: statement)) }
    #expect(try hours(archive, asOf: archive.lastBatch()) == ["100"])
  }

  @Test(arguments: [
    "1", "(SELECT number FROM ops.batch_counter)", "(SELECT number FROM ops.batch_counter) + 1",
  ])
  func `nothing is added to a closed batch, nor to one nobody took`(batch: String) throws {
    let archive = try ready()
    #expect(throws: PostgresError.self) {
      try archive.connection.execute(
        SQL(
          trusted: """
            INSERT INTO fact.exit (cooperation_id, batch_from, import_id, source_line, pathway, exited_on)
            VALUES ('test', \(batch), 1, 2, 'P9', '2025-01-31')
            """))
    }
  }

  @Test func `a closed row stays closed as it is`() throws {
    let archive = try ready()
    try archive.record(
      "monthly_activity", [["pathway": "P1", "month": "2025-01-01", "hours_worked": "90"]], file: "b.csv")
    #expect(throws: PostgresError.self) {
      try archive.connection.execute(
        "UPDATE fact.monthly_activity SET batch_to = batch_to + 1 WHERE batch_to < 9223372036854775807")
    }
  }

  @Test func `a complete file closes the rows it no longer has, and going back is a change`() throws {
    let archive = try ready()
    let first = [["kind": "EI", "valid_from": "2014-01-01", "hours": "1505", "nature": "n", "source": "s"]]
    let second =
      first + [["kind": "EI", "valid_from": "2027-01-01", "hours": "1500", "nature": "n", "source": "s"]]
    let shrunk = try archive.record("etp_base", first, of: nil, complete: true)
    #expect(shrunk.closed == 4 && shrunk.batch != nil)
    let grown = try archive.record("etp_base", second, of: nil, complete: true)
    #expect(grown.recorded == 1 && grown.closed == 0)
    let back = try archive.record("etp_base", first, of: nil, complete: true)
    #expect(!back.wasKnown && back.closed == 1 && back.recorded == 0 && back.batch != nil)
    let same = try archive.record("etp_base", first, of: nil, complete: true)
    #expect(same.wasKnown)
  }

  @Test func `rows refused for want of something are judged anew when the same file comes again`() throws {
    let archive = try ready()
    let rows = [
      ["pathway": "P1", "exited_on": "2025-01-31"], ["pathway": "P2", "exited_on": "2025-02-28"],
    ]
    let first = try archive.record("exit", rows, file: "exits.csv")
    #expect(first.unchanged == 1 && first.rejected == 1)
    try archive.record(
      "exit", [["pathway": "P1", "exited_on": "2025-01-30"]], file: "exit-correction.csv")
    let early = try archive.record("exit", rows, file: "exits.csv")
    #expect(early.wasKnown && early.rejected == 1 && early.diagnostics.map(\.line) == [3])
    try archive.recordPathway("P2", started: try #require(Day(2025, 2, 3)))
    let second = try archive.record("exit", rows, file: "exits.csv")
    #expect(second.recorded == 1 && second.rejected == 0 && second.unchanged == 1 && !second.wasKnown)
    // The correction made meanwhile stands.
    let exits: [String] = try archive.connection.execute(
      "SELECT exited_on::text FROM fact.exit WHERE batch_to = 9223372036854775807 ORDER BY pathway"
    ).map { try $0.decode() }
    #expect(exits == ["2025-01-30", "2025-02-28"])
    #expect(try archive.record("exit", rows, file: "exits.csv").wasKnown)
  }

  @Test func `a complete file with refused rows, or none, closes nothing`() throws {
    let archive = try ready()
    #expect(throws: Archive.Refusal.incompleteTruth(refused: 1)) {
      try archive.record("exit", [["pathway": "NOBODY", "exited_on": "2025-02-28"]], complete: true)
    }
    #expect(throws: Archive.Refusal.incompleteTruth(refused: 0)) {
      try archive.record("exit", [], complete: true)
    }
    let standing: Int = try archive.connection.execute(
      "SELECT count(*) FROM fact.exit WHERE batch_to = 9223372036854775807")[0].decode()
    #expect(standing == 1)
  }

  @Test func `a trial tells all and leaves nothing, also when files build on one another`() throws {
    let archive = try ready()
    let before = try archive.lastBatch()
    let receipts = try archive.trial {
      [
        try archive.record("participant", [["participant": "N"]], file: "n.csv"),
        try archive.record(
          "pathway",
          [
            [
              "pathway": "N", "participant": "N", "employer": "employer", "kind": "EI",
              "started_on": "2025-01-01",
            ]
          ], file: "n-pathway.csv"),
      ]
    }
    #expect(receipts.map(\.recorded) == [1, 1] && receipts.map(\.rejected) == [0, 0])
    #expect(try archive.lastBatch() == before)
    let imports: Int = try archive.connection.execute(
      "SELECT count(*) FROM ops.import WHERE file LIKE 'n%.csv'")[0].decode()
    #expect(imports == 0)
  }

  @Test func `batch order is commit order: an import that began earlier waits, and no past sum moves`()
    throws
  {
    let archive = try ready()
    let name = DatabaseTrait.name
    let before = try archive.lastBatch()
    let slow = try TestDatabase.connect(database: name)
    try slow.run(script: "BEGIN; UPDATE ops.batch_counter SET number = number + 1;")
    let other = OwnThread {
      let archive = Archive(try TestDatabase.connect(database: name))
      return try archive.record(
        "organisation", [["organisation": "late", "name": "L", "kind": "EI"]], file: "fast.csv")
    }
    // The second import cannot take a number before the first has committed or given up.
    var isWaiting = false
    while !isWaiting, !other.isFinished {
      isWaiting = try archive.connection.execute(
        """
        SELECT EXISTS (SELECT FROM pg_stat_activity a
          WHERE a.datname = \(name) AND \(slow.backendPID) = ANY (pg_blocking_pids(a.pid)))
        """)[0].decode()
      usleep(5_000)
    }
    #expect(isWaiting, "the second import never waited for the first")
    #expect(try archive.lastBatch() == before)
    try slow.run(script: "COMMIT")
    let receipt = try other.value()
    #expect(receipt.batch == before + 2)
  }

  @Test func `any order of the same corrections of different rows gives the same current facts`() throws {
    let archive = try ready()
    var generator = SystemRandomNumberGenerator()
    let months = (1...9).map { "2025-0\($0)-01" }
    var expected: [String: String] = [:]
    for round in 0..<20 {
      let chosen = months.shuffled(using: &generator).prefix(4)
      let rows = chosen.map { month in
        ["pathway": "P1", "month": month, "hours_worked": String(Int.random(in: 1...150, using: &generator))]
      }
      for row in rows { expected[row["month"] ?? ""] = row["hours_worked"] }
      let receipt = try archive.record("monthly_activity", rows, file: "round-\(round).csv")
      #expect(receipt.read == receipt.recorded + receipt.unchanged + receipt.rejected)
    }
    if expected["2025-01-01"] == nil { expected["2025-01-01"] = "100" }
    let current: [String] = try archive.connection.execute(
      """
      SELECT month::text || '=' || hours_worked::text FROM fact.monthly_activity
      WHERE pathway = 'P1' AND batch_to = 9223372036854775807 ORDER BY 1
      """
    ).map { try $0.decode() }
    #expect(current == expected.map { "\($0.key)=\($0.value)" }.sorted())
  }
}
