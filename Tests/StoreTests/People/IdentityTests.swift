import Capture
import Impact
import Postgres
import Store
import TestSupport
import Testing

/// Who people are: recognised within a domain, erased for good, and nowhere but in `identity`.
@Suite(.archive) struct `Identities` {
  @Test func `one human in two cooperations of a domain counts once, and the sum of parts is said beside`()
    throws
  {
    let people = try People()
    try people.serve(["A1", "A2", "A3"])
    try people.serve(["B1", "B2"], in: "other")
    let before = try people.archive.distinctPeople(in: Fixture.quarter)
    #expect(before.total == 5 && before.sumOfParts == 5 && before.unlinked == 5)
    _ = try people.register([
      People.identity("A1", "Durand-Martin", "Zoé"), People.identity("A2", "Petit", "Paul"),
    ])
    let batch = try people.archive.lastBatch()
    let other = try people.register(
      [People.identity("B1", "DURAND MARTIN", "ZOE"), People.identity("B2", "Petit", "Paule")], in: "other")
    #expect(other.recognised == 1)
    #expect(try people.person("A1") == people.person("B1", in: "other"))
    #expect(try people.person("A2") != people.person("B2", in: "other"))
    let after = try people.archive.distinctPeople(in: Fixture.quarter)
    #expect(after.total == 4 && after.sumOfParts == 5 && after.countedTwice == 1 && after.unlinked == 1)
    #expect(after.parts.map(\.cooperation) == ["other", "test"] && after.parts.map(\.people) == [2, 3])
    // What was known as of an earlier batch stays what it was.
    #expect(try people.archive.distinctPeople(in: Fixture.quarter, asOf: batch).total == 5)
    #expect(try people.archive.distinctPeople(across: ["test"], in: Fixture.quarter).total == 3)
  }

  @Test func `two codes of one human in one cooperation are one person`() throws {
    let people = try People()
    try people.serve(["A1", "A2"])
    _ = try people.register([
      People.identity("A1", "Durand", "Zoé"), People.identity("A2", "Durand", "Zoé"),
    ])
    #expect(try people.archive.distinctPeople(in: Fixture.quarter).total == 1)
  }

  @Test func `cooperations that declared no common domain cannot link people`() throws {
    let people = try People(sharing: false)
    let theirs = PseudonymKey(id: "other-pseudonym-1", secret: Array(repeating: 9, count: 32))
    try people.record(theirs, .pseudonym, domain: "other")
    try people.serve(["A1"])
    try people.serve(["B1"], in: "other")
    _ = try people.register([People.identity("A1", "Durand", "Zoé")])
    let other = try people.register([People.identity("B1", "Durand", "Zoé")], in: "other", key: theirs)
    #expect(other.recognised == 0)
    #expect(try people.person("A1") != people.person("B1", in: "other"))
    #expect(try people.count("SELECT count(DISTINCT hmac) FROM identity.person") == 2)
    // Until their controller declares that they share one.
    let moved = try people.archive.move("other", to: "ares", key: people.key.id, on: People.day) {
      people.key.pseudonym(of: $0)
    }
    #expect(moved.recognised == 1 && moved.rectified == 1)
    #expect(try people.person("A1") == people.person("B1", in: "other"))
  }

  @Test func `a corrected name keeps the surrogate, and rows of nobody are refused by line`() throws {
    let people = try People()
    try people.serve(["A1"])
    _ = try people.register([People.identity("A1", "Durant", "Zoé")])
    let person = try people.person("A1")
    let again = try people.register([
      People.identity("A1", "Durand", "Zoé"), People.identity("A1", "Durand", "Zoé"),
      People.identity("X9", "Inconnu", "Jean"),
    ])
    #expect(again.rectified == 1 && again.registered == 0 && again.linked == 0)
    #expect(again.diagnostics.map(\.line) == [3, 4])
    #expect(again.diagnostics.map(\.code) == ["duplicate-key", "reference"])
    #expect(!again.diagnostics.contains { $0.message.contains("Inconnu") })
    #expect(try people.person("A1") == person)
  }

  @Test func `forgetting deletes who it was; figures, releases and the surrogate stay`() throws {
    let people = try People()
    try people.serve(["A1", "A2"])
    _ = try people.register([People.identity("A1", "Durand", "Zoé"), People.identity("A2", "Petit", "Paul")])
    let catalogue = try Fixture.catalogue()
    guard
      case .made(let release) = try people.archive.release(
        Fixture.quarter, catalogue: catalogue, definitions: [], software: "test")
    else {
      Issue.record("no release was made")
      return
    }
    let frozen = try people.archive.figures(in: release.id)
    let person = try people.person("A1")
    var journal: [Archive.Erasure] = []
    let dry = try people.forget(["A1"], isDry: true) { journal.append($0) }
    #expect(try people.count("SELECT count(*) FROM identity.person") == 2)
    #expect(try people.count("SELECT count(*) FROM identity.suppression") == 0)
    #expect(journal.isEmpty)
    let wet = try people.forget(["A1"]) { journal.append($0) }
    #expect(dry == wet && wet.identities == 1 && wet.keptRows == 3)
    #expect(journal.map(\.participant) == ["A1"])
    #expect(try people.count("SELECT count(*) FROM identity.person") == 1)
    #expect(try people.person("A1") == person)
    #expect(try people.archive.figures(in: release.id) == frozen)
    let outcome = try people.archive.release(
      Fixture.quarter, catalogue: catalogue, definitions: [], software: "test")
    #expect(outcome == .unchanged(release))
    #expect(try people.archive.distinctPeople(in: Fixture.quarter).total == 2)
  }

  @Test func `the forgotten are refused and counted when a file brings them back, whatever their code`()
    throws
  {
    let people = try People()
    try people.serve(["A1", "A2"])
    _ = try people.register([People.identity("A1", "Durand", "Zoé")])
    _ = try people.forget(["A1"])
    let back = try people.register([
      People.identity("A1", "DURAND", "Zoe"), People.identity("A2", "Durand", "Zoé"),
      People.identity("A2", "Petit", "Paul"),
    ])
    #expect(back.suppressed == 2 && back.registered == 1)
    #expect(back.diagnostics.isEmpty)
    // Once the suppression has ended they may come back, and are the same surrogate.
    let later = try people.register(
      [People.identity("A1", "Durand", "Zoé")], on: People.until.adding(days: 1))
    #expect(later.registered == 1 && later.linked == 0)
  }

  @Test func `who comes back themselves is recorded again, as the person they were`() throws {
    let people = try People()
    try people.serve(["A1"])
    let identity = People.identity("A1", "Durand", "Zoé")
    _ = try people.register([identity])
    let person = try people.person("A1")
    var journal: [Archive.Erasure] = []
    _ = try people.forget(["A1"]) { journal.append($0) }
    let row = Archive.IdentityRow(
      line: 2, identity: identity, hmac: people.key.pseudonym(of: identity),
      suppressions: [people.second.id: people.second.pseudonym(of: identity)])
    let back = try people.archive.register(
      [row], of: "test", key: people.key.id, file: "identity.csv", on: People.day.adding(days: 30),
      areReturning: true)
    #expect(back.registered == 1 && back.suppressed == 0)
    #expect(try people.person("A1") == person)
    #expect(try people.count("SELECT count(*) FROM identity.forgotten") == 0)
    // An erasure of before their return is not done again, and refuses them no more.
    let replay = try people.archive.replay(
      journal, facts: People.facts(), on: People.day.adding(days: 40), isDry: false,
      check: { _ in people.second.checkValue }, digest: { people.second.pseudonym(of: $1) })
    #expect(replay.identities == 0)
    #expect(try people.register([identity], on: People.day.adding(days: 41)).unchanged == 1)
  }

  @Test func `suppressions are dropped when their time is over`() throws {
    let people = try People()
    try people.serve(["A1"])
    _ = try people.register([People.identity("A1", "Durand", "Zoé")])
    _ = try people.forget(["A1"])
    #expect(try people.archive.dropExpiredSuppressions(on: People.until) == 0)
    #expect(try people.archive.dropExpiredSuppressions(on: People.until.adding(days: 1)) == 1)
    #expect(try people.count("SELECT count(*) FROM identity.forgotten") == 0)
  }

  @Test func `a measure that does not ask who somebody is does not read the links`() throws {
    let people = try People()
    try people.archive.connection.execute(
      "SELECT set_config('jvs.as_of', '0', false), set_config('jvs.cut', '2026-01-01', false)")
    func plan(_ query: SQL) throws -> String {
      try people.archive.connection.execute("EXPLAIN \(fragment: query)").map { try $0.decode(String.self) }
        .joined(separator: "\n")
    }
    for view in ["pathways", "activity", "exits", "follow_ups", "trainings"] {
      #expect(
        try !plan("SELECT count(DISTINCT participant) FROM measure.\(identifier: view)").contains(
          "person_link"), "\(view)")
      #expect(
        try plan("SELECT count(DISTINCT person) FROM measure.\(identifier: view)").contains("person_link"),
        "\(view)")
    }
  }

  @Test func `rotation digests anew and keeps surrogates and suppressions`() throws {
    let people = try People()
    try people.serve(["A1", "A2"])
    try people.serve(["B1"], in: "other")
    _ = try people.register([People.identity("A1", "Durand", "Zoé"), People.identity("A2", "Petit", "Paul")])
    _ = try people.register([People.identity("B1", "Durand", "Zoé")], in: "other")
    _ = try people.forget(["A2"])
    let person = try people.person("A1")
    let old: [UInt8] = try people.archive.connection.execute(
      "SELECT hmac FROM identity.person WHERE participant = 'A1'")[0].decode()
    let next = PseudonymKey(id: "ares-pseudonym-2", secret: Array(repeating: 3, count: 32))
    let batches = try people.archive.lastBatch()
    let count = try people.archive.rotate(
      "ares",
      to: Archive.KeyRecord(
        id: next.id, domain: "ares", purpose: .pseudonym, checkValue: next.checkValue)
    ) { next.pseudonym(of: $0) }
    #expect(count == 2)
    #expect(try people.archive.lastBatch() == batches)
    #expect(try people.person("A1") == person && people.person("B1", in: "other") == person)
    #expect(try people.count("SELECT count(*) FROM identity.person WHERE hmac = \(old)") == 0)
    #expect(
      try people.count("SELECT count(*) FROM identity.person WHERE key_id = 'ares-pseudonym-2'") == 2)
    // Digests of before are refused as a whole: a rotation came between.
    #expect(throws: Archive.KeyReplaced.self) {
      try people.register([People.identity("A1", "Durand", "Zoé")])
    }
    // The same human is recognised under the new key, the forgotten one still refused under the second.
    let again = try people.register(
      [People.identity("A1", "Durand", "Zoé"), People.identity("A2", "Petit", "Paul")], key: next)
    #expect(again.unchanged == 1 && again.suppressed == 1)
  }

  @Test func `a legal hold refuses the erasure until it ends or is lifted`() throws {
    let people = try People()
    try people.serve(["A1"])
    _ = try people.register([People.identity("A1", "Durand", "Zoé")])
    #expect(try people.archive.hold("A1", of: "test", until: People.until, reason: "FSE+, art. 82"))
    #expect(throws: Archive.Held(until: "2028-10-16")) { try people.forget(["A1"]) }
    #expect(try people.forget(["A1"], isDry: true, on: People.until.adding(days: 1)).identities == 1)
    #expect(try people.archive.hold("A1", of: "test", until: nil, reason: nil))
    #expect(try people.forget(["A1"]).identities == 1)
  }

  @Test func `nothing is erased when the journal cannot be written`() throws {
    struct Full: Error {}
    let people = try People()
    try people.serve(["A1"])
    _ = try people.register([People.identity("A1", "Durand", "Zoé")])
    #expect(throws: Full.self) { try people.forget(["A1"]) { _ in throw Full() } }
    #expect(try people.count("SELECT count(*) FROM identity.person") == 1)
    #expect(try people.count("SELECT count(*) FROM identity.erasure") == 0)
  }

  @Test func `digests and names stand in the schema identity and in no other`() throws {
    let people = try People()
    try people.serve(["A1"])
    _ = try people.register([People.identity("A1", "Zazoubert", "Zoé")])
    _ = try people.forget(["A1"])
    _ = try people.register([People.identity("A1", "Zigouillard", "Zoé")])
    let digests = [
      people.key.pseudonym(of: People.identity("A1", "Zigouillard", "Zoé")),
      people.second.pseudonym(of: People.identity("A1", "Zazoubert", "Zoé")),
    ]
    let columns = try people.archive.connection.execute(
      """
      SELECT c.table_schema, c.table_name, c.column_name, c.data_type FROM information_schema.columns c
      JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE t.table_type = 'BASE TABLE' AND c.table_schema NOT IN ('pg_catalog', 'information_schema')
      ORDER BY 1, 2, 3
      """)
    var seen = 0
    for row in columns {
      let (schema, table, column, type) = try row.decode((String, String, String, String).self)
      let place: SQL = "\(identifier: schema).\(identifier: table)"
      var hits = 0
      if type == "bytea" {
        hits = try people.count(
          "SELECT count(*) FROM \(fragment: place) WHERE \(identifier: column) = ANY (\(digests)::bytea[])")
      } else if type == "text" {
        hits = try people.count(
          "SELECT count(*) FROM \(fragment: place) WHERE \(identifier: column) ~* 'zazoubert|zigouillard|hmac'"
        )
        for digest in digests.map(KeyFolder.hex) {
          hits += try people.count(
            "SELECT count(*) FROM \(fragment: place) WHERE position(\(digest) in \(identifier: column)) > 0")
        }
      }
      if schema == "identity" {
        seen += hits
      } else {
        #expect(hits == 0, "\(schema).\(table).\(column)")
        #expect(!column.contains("hmac") && !column.contains("last_name"), "\(schema).\(table).\(column)")
      }
    }
    #expect(seen == 3, "the search finds what is there: one name and two digests")
    // No statistics of the planner hold a name either.
    try people.archive.connection.execute("ANALYZE identity.person")
    #expect(
      try people.count(
        """
        SELECT count(*) FROM pg_stats WHERE schemaname = 'identity' AND tablename = 'person'
          AND attname IN ('last_name', 'first_names', 'birth_date', 'contact', 'pass_iae_number', 'hmac')
        """) == 0)
  }

  @Test func `the access log can only grow`() throws {
    let people = try People()
    try people.archive.log(Archive.Access(.import, .followUp, by: "u", cooperation: "test", persons: 2))
    for change: SQL in [
      "UPDATE identity.access_log SET persons = 0", "DELETE FROM identity.access_log",
      "TRUNCATE identity.access_log",
    ] {
      let error = #expect(throws: PostgresError.self) { try people.archive.connection.execute(change) }
      #expect(error?.state == .integrityConstraintViolation)
    }
    let log = try people.archive.accessLog(last: 10)
    #expect(log.map(\.access.persons) == [2])
  }
}
