import Capture
import Impact
import Postgres
import Store
import TestSupport
import Testing

/// What reviews and partners wrote of somebody who asks to be forgotten.
@Suite(.archive) struct `Texts that speak of the forgotten` {
  private static let spoken = [
    ("C-1", "Zoé Zazoubert a signé un CDI."), ("C-2", "La salle est trop petite."),
    ("C-3", "Zazoubert revient en juin."), ("C-4", "Le parcours A1-1 reprend."),
  ]

  private func ready() throws -> People {
    let people = try People()
    try people.serve(["A1", "A2"])
    _ = try people.register([
      People.identity("A1", "Zazoubert", "Zoé"), People.identity("A2", "Martin", "Luc"),
    ])
    try people.archive.record(
      "commentary",
      Self.spoken.map { code, text in
        [
          "commentary": code, "quarter": "2025T3", "text": text, "author": "A. Le Goff",
          "written_on": "2025-10-10",
        ]
      })
    try people.archive.record(
      "decision",
      [
        [
          "decision": "D-1", "quarter": "2025T3", "text": "Trouver un logement à Mme Zazoubert",
          "owner": "B. Petit",
          "status": "open", "signed_by": "A. Le Goff",
        ]
      ])
    return people
  }

  private func texts(_ people: People, _ table: SQL) throws -> [String] {
    try people.archive.connection.execute("SELECT text FROM \(fragment: table) ORDER BY 1").map {
      try $0.decode()
    }
  }

  @Test func `the database knows every free text the schemas have`() throws {
    let archive = try Fixture.archive()
    let facts = try People.facts()
    let known = try archive.connection.execute(
      "SELECT table_name, field::text FROM audit.free_text()"
    ).map { try $0.decode((String, String).self) }
    #expect(
      Set(known.map { "\($0.0).\($0.1)" })
        == Set(facts.erasableText.map { "fact.\($0.entity).\($0.field)" }))
  }

  @Test func `what names the person goes in every revision, what may name them is left to a reader`() throws {
    let people = try ready()
    try people.archive.record(
      "commentary",
      [
        [
          "commentary": "C-1", "quarter": "2025T3", "text": "Un CDI signé.", "author": "A. Le Goff",
          "written_on": "2025-10-11",
        ]
      ], file: "corrected.csv")
    let trial = try people.forget(["A1"], isDry: true)
    #expect(trial.texts.map(\.place) == ["commentary/C-1", "commentary/C-4", "decision/D-1"])
    #expect(trial.toRead.map(\.place) == ["commentary/C-3"])
    #expect(try texts(people, "fact.commentary").contains("Zoé Zazoubert a signé un CDI."))

    let report = try people.forget(["A1"])
    #expect(report.texts == trial.texts && report.toRead == trial.toRead && report.redactedRows == 3)
    #expect(
      try texts(people, "fact.commentary")
        == [
          "La salle est trop petite.", "Un CDI signé.", "Zazoubert revient en juin.", "[effacé]", "[effacé]",
        ])
    #expect(try texts(people, "fact.decision") == ["[effacé]"])
    // Read since, and found to be about them: the code is known as long as the facts are.
    let later = try people.archive.forget(
      ["A1"], of: "test", facts: try People.facts(), reason: .request, until: People.until, on: People.day,
      texts: ["commentary/C-3"], isDry: false,
      by: Archive.Forgetter(
        key: people.second.id, digest: { people.second.pseudonym(of: $0) },
        journal: { #expect($0.texts == ["commentary/C-3"]) }))
    #expect(later.redactedRows == 1)
    #expect(!(try texts(people, "fact.commentary")).contains { $0.contains("Zazoubert") })
    #expect(throws: Archive.NoSuchText(places: ["commentary/C-9"])) {
      _ = try people.archive.forget(
        ["A1"], of: "test", facts: try People.facts(), reason: .request, until: People.until, on: People.day,
        texts: ["commentary/C-9"], isDry: true,
        by: Archive.Forgetter(key: people.second.id, digest: { _ in [] }, journal: { _ in }))
    }
  }

  @Test func `a text of a code already forgotten does not come back with a later delivery`() throws {
    let people = try ready()
    _ = try people.forget(["A1"])
    try people.archive.connection.transaction {
      try people.archive.record(
        "commentary",
        [
          [
            "commentary": "C-5", "quarter": "2025T4", "text": "A1-1 : sortie prévue", "author": "A. Le Goff",
            "written_on": "2026-01-10",
          ]
        ], file: "later.csv")
      #expect(
        try people.archive.redactForgotten(of: "test", facts: try People.facts(), on: People.day) == 1)
    }
    #expect(try !texts(people, "fact.commentary").contains { $0.contains("A1-1") })
  }

  @Test func `the reason of a review goes too, and the chain still verifies`() throws {
    let people = try ready()
    let archive = people.archive
    try archive.review(.submitted, "test", Fixture.quarter, by: "A. Le Goff")
    try archive.review(
      .reopened, "test", Fixture.quarter, by: "B. Petit", reason: "Sortie de Mme Zazoubert oubliée")
    #expect(try people.count("SELECT count(*) FROM audit.entry WHERE details::text ~ 'Zazoubert'") == 0)
    #expect(try archive.auditReport().problems == [])
    let report = try people.forget(["A1"])
    #expect(report.texts.contains { $0.place.hasPrefix("review/") && $0.field == "reason" })
    #expect(
      try people.count("SELECT count(*) FROM review.event WHERE reason = '[effacé]' AND salt IS NULL") == 1)
    #expect(try archive.auditReport().problems == [])
    // By any other hand it is noticed.
    try archive.connection.run(
      script:
        "SET session_replication_role = replica; UPDATE review.event SET reason = 'x' WHERE reason IS NOT NULL"
    )
    #expect(try archive.auditReport().problems.first?.place.hasPrefix("review of test/") == true)
  }

  @Test func `nothing left in the audit lets a guess of an erased text be checked`() throws {
    let people = try ready()
    let archive = people.archive
    // What a guesser would compute: the leaf with the text, and digests of the text itself.
    let guesses: SQL = """
      SELECT encode(g, 'hex') FROM fact.commentary t, LATERAL (VALUES
        (sha256(convert_to('fact.commentary' || rtrim(ROW(t.cooperation_id, t.batch_from, t.import_id, t.source_line,
          t.commentary, t.quarter, t.indicator, t.text, t.author, t.written_on)::text, ',)'), 'UTF8'))),
        (sha256(convert_to(t.text, 'UTF8'))),
        (sha256(convert_to('fact.commentary.text ' || t.text, 'UTF8')))) AS v (g)
      WHERE t.commentary = 'C-1'
      """
    let guessed: [String] = try archive.connection.execute(guesses).map { try $0.decode() }
    try archive.seal()
    let sealed: SQL =
      "SELECT count(*) FROM audit.sealed_text WHERE table_name = 'fact.commentary' AND salt IS NOT NULL"
    #expect(try people.count(sealed) == 8)
    _ = try people.forget(["A1"])
    #expect(try archive.auditReport().problems == [])
    #expect(try people.count(sealed) == 6)
    let kept: [String] = try archive.connection.execute(
      """
      SELECT encode(digest, 'hex') FROM audit.sealed_text UNION ALL SELECT encode(digest, 'hex') FROM audit.block
      UNION ALL SELECT digest FROM audit.entry
      UNION ALL SELECT m[1] FROM audit.entry, regexp_matches(details::text, '[0-9a-f]{64}', 'g') AS m
      """
    ).map { try $0.decode() }
    #expect(!kept.isEmpty && Set(kept).isDisjoint(with: guessed))
  }

  @Test func `a text changed, emptied, added or erased by hand is noticed with its line`() throws {
    let people = try ready()
    let archive = people.archive
    try archive.seal()
    _ = try people.forget(["A1"])
    let hands: [SQL] = [
      "UPDATE fact.commentary SET text = text || '.' WHERE commentary = 'C-2'",
      "UPDATE fact.commentary SET text = '[effacé]' WHERE commentary = 'C-2'",
      "UPDATE fact.commentary SET text = 'autre' WHERE commentary = 'C-1'",
      "UPDATE audit.sealed_text SET salt = NULL WHERE source_line = 3 AND table_name = 'fact.commentary'",
      "UPDATE audit.sealed_text SET salt = gen_random_uuid() WHERE source_line = 3 AND table_name = 'fact.commentary'",
      "DELETE FROM audit.sealed_text WHERE source_line = 3 AND table_name = 'fact.commentary'",
      """
      UPDATE fact.commentary c SET text = o.text FROM fact.commentary o
      WHERE (c.commentary, o.commentary) IN (('C-2', 'C-3'), ('C-3', 'C-2'))
      """,
    ]
    for hand in hands {
      try archive.connection.run(script: "BEGIN; SET LOCAL session_replication_role = replica")
      #expect(try archive.connection.execute(hand).affected > 0)
      #expect(try !archive.auditProblems().isEmpty, "\(hand.text)")
      try archive.connection.run(script: "ROLLBACK")
    }
    #expect(try archive.auditReport().problems == [])
  }

  @Test func `figures and the digest of a release do not change`() throws {
    let people = try ready()
    let archive = people.archive
    func release() throws -> Archive.ReleaseOutcome {
      try archive.release(
        Fixture.quarter, catalogue: try Fixture.catalogue(),
        definitions: [Archive.DefinitionFile(path: "a.yaml", content: [1])], software: "test")
    }
    guard case .made(let made) = try release() else {
      Issue.record("no release")
      return
    }
    let figures: SQL = "SELECT md5(string_agg(f::text, ' ' ORDER BY f::text)) FROM figure.figure f"
    let before: String = try archive.connection.execute(figures)[0].decode()
    _ = try people.forget(["A1"])
    #expect(try archive.connection.execute(figures)[0].decode(String.self) == before)
    #expect(try archive.releases().last?.digest == made.digest)
    #expect(try archive.auditReport().problems == [])
  }
}
