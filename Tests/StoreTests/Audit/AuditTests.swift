import Impact
import Postgres
import Store
import TestSupport
import Testing

@Suite(.archive) struct `The audit chain` {
  static let second = Quarter(2026, 2) ?? Quarter(index: 0)
  static let third = Quarter(2026, 3) ?? Quarter(index: 0)

  /// Two quarters of samples, both released, everything sealed.
  static func ready() throws -> Archive {
    let archive = try Fixture.archive()
    for (delivery, quarter) in [("2026T2", second), ("2026T3", third)] {
      try archive.recordSamples(delivery)
      _ = try archive.release(
        quarter, catalogue: try Fixture.catalogueWithEarlierScorecard(),
        definitions: [Archive.DefinitionFile(path: "a.yaml", content: [1, 2, 0, 255])], software: "test")
    }
    return archive
  }

  @Test func `what nobody touched holds, and every batch of a release is sealed`() throws {
    let archive = try Self.ready()
    let report = try archive.auditReport()
    #expect(report.problems == [])
    #expect(report.lastSealed == report.lastBatch && report.lastBatch > 100)
    #expect(try archive.auditEntries(of: .seal, last: 1000).count == report.lastBatch)
    #expect(try archive.auditEntries(of: .release, last: 10).map(\.subject) == ["2026T2-r1", "2026T3-r1"])
  }

  @Test func `an import's entry holds the file's digest, its counts and its batch`() throws {
    let archive = try Fixture.archive()
    try archive.recordCooperation()
    let entry = try #require(try archive.auditEntries(of: .import, last: 1).first)
    let (sha, recorded, batch) = try archive.connection.execute(
      """
      SELECT (details->>'sha256') = i.sha256, (details->>'recorded')::int = i.recorded,
        (details->'batches'->0->>0)::bigint = i.batch
      FROM audit.entry e JOIN ops.import i ON i.import_id::text = e.subject WHERE e.ordinal = \(entry.ordinal)
      """)[0].decode((Bool, Bool, Bool).self)
    #expect(sha && recorded && batch)
  }

  @Test func `a batch is sealed once, and verification says which are not yet`() throws {
    let archive = try Fixture.archive()
    let before = try archive.seal()
    try archive.recordCooperation()
    let waiting = try archive.auditReport()
    #expect(before > 0 && waiting.lastBatch == waiting.lastSealed + 3 && waiting.problems == [])
    #expect(try archive.seal() == 3)
    #expect(try archive.seal() == 0)
    #expect(try archive.auditReport().lastSealed == archive.lastBatch())
  }

  @Test(arguments: [
    "UPDATE audit.entry SET subject = 'x'", "DELETE FROM audit.entry", "TRUNCATE audit.entry",
    "UPDATE audit.head SET digest = audit.genesis()", "DELETE FROM audit.head", "TRUNCATE audit.head",
    "UPDATE audit.block SET rows = rows + 1", "DELETE FROM audit.block", "TRUNCATE audit.block",
  ]) func `nothing of the chain changes or goes, whoever asks`(statement: String) throws {
    let archive = try Fixture.archive()
    try archive.seal()
    #expect(throws: PostgresError.self) { try archive.connection.execute(SQL(trusted: statement)) }
  }

  @Test func `whoever appends says kind, subject and details; the rest is the chain's`() throws {
    let archive = try Fixture.archive()
    let ordinal = try archive.audit(.role, "jvs_funder", ["to": "lemon-aide", "until": nil])
    try archive.connection.execute(
      """
      INSERT INTO audit.entry (ordinal, at, actor, kind, subject, details, digest)
      VALUES (1, '1999-01-01', 'somebody', 'role', 'x', '{}', 'y')
      """)
    let last = try archive.auditEntries(last: 2)
    #expect(last.map(\.ordinal) == [ordinal, ordinal + 1])
    #expect(last[0].details == #"{"to": "lemon-aide", "until": null}"#)
    #expect(last[1].actor != "somebody" && !last[1].at.hasPrefix("1999"))
    #expect(try archive.auditReport().problems == [])
  }

  @Test func `a release's digest is the same wherever the same files come in the same order`() throws {
    let first = try Self.ready().releases().map(\.digest)
    try TestDatabase.connect().execute("CREATE DATABASE \(identifier: DatabaseTrait.name + "_b")")
    defer {
      _ = try? TestDatabase.connect().execute(
        "DROP DATABASE \(identifier: DatabaseTrait.name + "_b") WITH (FORCE)")
    }
    let connection = try TestDatabase.connect(database: DatabaseTrait.name + "_b")
    try connection.run(
      script: "SET timezone TO 'Pacific/Apia'; SET datestyle TO 'German'; SET extra_float_digits TO 0")
    try DatabaseTrait.archive.prepare(connection)
    let second = try DatabaseTrait.$name.withValue(DatabaseTrait.name + "_b") { try Self.ready() }
    #expect(try second.releases().map(\.digest) == first && first.allSatisfy { $0?.count == 64 })
    connection.close()
  }

  @Test func `a chain rewritten from its end holds, and a digest noted elsewhere unmasks it`() throws {
    let archive = try Self.ready()
    let noted = try archive.auditReport().head
    let release = try #require(try archive.releases().last?.digest)
    #expect(try archive.auditAnchor(noted)?.meaning == .entry)
    #expect(try archive.auditAnchor(String(release.prefix(12)))?.entry.subject == "2026T3-r1")
    try archive.connection.run(
      script: """
        SET session_replication_role = replica;
        DELETE FROM audit.entry WHERE ordinal = (SELECT max(ordinal) FROM audit.entry);
        UPDATE audit.head h SET (ordinal, digest) =
          (SELECT ordinal, digest FROM audit.entry ORDER BY ordinal DESC LIMIT 1);
        DELETE FROM figure.figure WHERE release_id = '2026T3-r1';
        DELETE FROM figure.score WHERE release_id = '2026T3-r1';
        DELETE FROM figure.score_component WHERE release_id = '2026T3-r1';
        DELETE FROM figure.score_share WHERE release_id = '2026T3-r1';
        DELETE FROM figure.score_change WHERE release_id = '2026T3-r1';
        DELETE FROM figure.earlier_score WHERE release_id = '2026T3-r1';
        DELETE FROM figure.social_return WHERE release_id = '2026T3-r1';
        DELETE FROM figure.social_return_input WHERE release_id = '2026T3-r1';
        DELETE FROM figure.social_return_outcome WHERE release_id = '2026T3-r1';
        DELETE FROM figure.health WHERE release_id = '2026T3-r1';
        DELETE FROM figure.release WHERE release_id = '2026T3-r1';
        """)
    #expect(try archive.auditReport().problems == [])
    #expect(try archive.auditAnchor(noted) == nil)
    #expect(try archive.auditAnchor(release) == nil)
  }

  @Test func `an erased text and a removed row leave tombstones, and the seals still hold`() throws {
    let archive = try Self.ready()
    try archive.connection.run(
      script: """
        ALTER TABLE fact.exit DISABLE TRIGGER only_close, DISABLE TRIGGER open_batch,
          DISABLE TRIGGER never_delete;
        SET jvs.reason = 'request 12';
        UPDATE fact.exit SET next_employer = 'x' WHERE pathway = (SELECT min(pathway) FROM fact.exit);
        UPDATE fact.exit SET next_employer = NULL WHERE pathway = (SELECT min(pathway) FROM fact.exit);
        DELETE FROM fact.exit WHERE pathway = (SELECT max(pathway) FROM fact.exit);
        """)
    #expect(try archive.auditReport().problems == [])
    let (rows, gone, reasons) = try archive.connection.execute(
      "SELECT count(*), count(*) FILTER (WHERE present IS NULL), count(DISTINCT reason) FROM audit.tombstone"
    )[0].decode((Int, Int, Int).self)
    #expect(rows > gone && gone > 0 && reasons == 1)
    // What was erased once is no free ground.
    try archive.connection.run(
      script: """
        SET session_replication_role = replica;
        UPDATE fact.exit SET motif = 1 WHERE pathway = (SELECT min(pathway) FROM fact.exit);
        """)
    let problem = try #require(try archive.auditReport().problems.first)
    #expect(problem.place.contains("fact.exit") && problem.problem == "the row was changed")
  }

  @Test func `imports and seals at once leave a chain without a gap`() throws {
    let archive = try Fixture.archive()
    try archive.recordCooperation()
    let name = DatabaseTrait.name
    let workers = (0..<6).map { worker in
      OwnThread {
        let archive = Archive(try TestDatabase.connect(database: name))
        for round in 0..<10 {
          if worker < 2 {
            try archive.seal()
          } else {
            try archive.record(
              "organisation",
              [["organisation": "o\(worker)-\(round)", "name": "O", "kind": "EI"]],
              file: "\(worker)-\(round).csv")
          }
        }
      }
    }
    for worker in workers { try worker.value() }
    try archive.seal()
    let report = try archive.auditReport()
    #expect(report.problems == [] && report.lastSealed == report.lastBatch)
  }
}
