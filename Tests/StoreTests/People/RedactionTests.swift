import Capture
import Impact
import Postgres
import Store
import TestSupport
import Testing

/// Free text about the forgotten: the one change of a recorded fact besides closing it.
@Suite(.archive) struct `Free text of the forgotten` {
  /// The project's schemas, with a note added to the follow-up.
  private func schemas() throws -> [FactSchema] {
    try Fixture.schemas().schemas.map { schema in
      guard schema.name == "follow_up" else { return schema }
      var copy = schema
      copy.fields.append(
        FactSchema.Field(
          name: "remark", kind: .string, title: Localized(fr: "Remarque", en: "Remark"), maximumLength: 200))
      return copy
    }
  }

  private func ready() throws -> (People, PersonalFacts) {
    let people = try People()
    try people.archive.connection.run(
      script: """
        ALTER TABLE fact.follow_up ADD COLUMN remark text;
        CREATE OR REPLACE FUNCTION audit.free_text() RETURNS TABLE (table_name text, field name)
          LANGUAGE sql IMMUTABLE AS $$ VALUES ('fact.follow_up', 'remark'::name) $$;
        CALL ops.guard('fact', 'follow_up');
        CALL ops.show_as_of('fact', 'follow_up', 'daterange(observed_on, observed_on, ''[]'')');
        """)
    try people.serve(["A1", "A2"])
    try people.archive.record(
      "exit", ["A1-1", "A2-1"].map { ["pathway": $0, "exited_on": "2025-08-01", "motif": "7"] })
    return (people, PersonalFacts(try schemas()))
  }

  private func followUp(_ people: People, _ code: String, remark: String, file: String) throws {
    let schema = try #require(try schemas().first { $0.name == "follow_up" })
    let row = [
      "pathway": "\(code)-1", "horizon": "3", "observed_on": "2025-09-01", "situation": "in_job",
      "remark": remark,
    ]
    let source = Archive.Source(
      cooperation: "test", schema: schema, file: file, sha256: Fingerprint(of: Array("\(row)".utf8)).hex,
      today: Fixture.today)
    let receipt = try people.archive.record(source) { sink in
      try sink.put(2, schema.fields.map { row[$0.name] })
      return Archive.Reading(read: 1, refused: 0, diagnostics: [])
    }
    try #require(receipt.recorded == 1)
  }

  private func remarks(_ people: People) throws -> [String] {
    try people.archive.connection.execute(
      "SELECT remark FROM fact.follow_up ORDER BY pathway, batch_from"
    ).map { try $0.decode() }
  }

  @Test func `entities about participants and their free text are read from the schemas`() throws {
    let facts = try People.facts()
    #expect(
      Set(facts.names).isSuperset(of: [
        "participant", "pathway", "monthly_activity", "training", "exit", "follow_up",
      ]))
    #expect(!facts.names.contains("contribution") && !facts.names.contains("identity"))
    #expect(PersonalFacts(try schemas()).freeText.contains { $0 == ("follow_up", "remark") })
  }

  @Test func `every revision loses its text and nothing else, and where is logged`() throws {
    let (people, facts) = try ready()
    try followUp(people, "A1", remark: "Mme Zazoubert va bien", file: "1.csv")
    try followUp(people, "A1", remark: "Mme Zazoubert va mieux", file: "2.csv")
    try followUp(people, "A2", remark: "Autre", file: "3.csv")
    let rest: SQL =
      "SELECT md5(string_agg((to_jsonb(f) - 'remark')::text, ' ' ORDER BY pathway, batch_from)) FROM fact.follow_up f"
    let before: String = try people.archive.connection.execute(rest)[0].decode()
    #expect(try people.forget(["A1"], facts: facts, isDry: true).redactedRows == 2)
    #expect(try remarks(people).contains("Mme Zazoubert va bien"))
    #expect(try people.forget(["A1"], facts: facts).redactedRows == 2)
    #expect(try remarks(people) == ["[effacé]", "[effacé]", "Autre"])
    #expect(try people.archive.connection.execute(rest)[0].decode(String.self) == before)
    #expect(
      try people.count(
        """
        SELECT count(*) FROM ops.redaction r JOIN fact.follow_up f USING (cooperation_id, import_id, source_line, batch_from)
        WHERE r.table_name = 'follow_up' AND r.field = 'remark' AND f.remark = '[effacé]'
        """) == 2)
    // Idempotent.
    #expect(try people.forget(["A1"], facts: facts).redactedRows == 0)
  }

  @Test func `the audit notes each redaction, and its seals still close`() throws {
    let (people, facts) = try ready()
    try followUp(people, "A1", remark: "Mme Zazoubert va bien", file: "1.csv")
    try followUp(people, "A1", remark: "Mme Zazoubert va mieux", file: "2.csv")
    _ = try people.register([People.identity("A1", "Zazoubert", "Zoé")])
    _ = try people.archive.seal()
    #expect(try people.archive.auditProblems() == [])
    _ = try people.forget(["A1"], facts: facts)
    #expect(try people.archive.auditProblems() == [])
    #expect(
      try people.count(
        """
        SELECT count(*) FROM audit.entry
        WHERE kind = 'erasure' AND subject = 'fact.follow_up' AND details->>'reason' = 'redaction'
        """) == 2)
    #expect(try people.count("SELECT count(*) FROM audit.entry WHERE details::text ~* 'zazoubert'") == 0)
    // The seal is worth something: the same change by another hand is found.
    try people.archive.connection.run(
      script: """
        ALTER TABLE fact.follow_up DISABLE TRIGGER USER;
        UPDATE fact.follow_up SET situation = 'lost';
        ALTER TABLE fact.follow_up ENABLE TRIGGER USER;
        """)
    #expect(try people.archive.auditProblems() != [])
  }

  @Test func `no other way leads past the append-only rule, before or after`() throws {
    let (people, facts) = try ready()
    try followUp(people, "A1", remark: "texte", file: "1.csv")
    func refuses(_ statement: SQL) {
      let error = #expect(throws: PostgresError.self) { try people.archive.connection.execute(statement) }
      #expect(error?.state == .integrityConstraintViolation, "\(statement)")
    }
    refuses("UPDATE fact.follow_up SET remark = '[effacé]'")
    _ = try people.forget(["A1"], facts: facts)
    refuses("UPDATE fact.follow_up SET remark = 'texte'")
    refuses("UPDATE fact.follow_up SET situation = 'lost'")
    refuses("DELETE FROM ops.redaction")
    // What is no free text cannot be redacted: keys, numbers, the cooperation.
    for field in ["pathway", "horizon", "cooperation_id", "nothing"] {
      let error = #expect(throws: PostgresError.self) {
        try people.archive.connection.execute(
          "SELECT ops.redact('follow_up', \(field), 'test', 'pathway', \(["A1-1"])::text[])")
      }
      #expect(error?.state == "22023", "\(field)")
    }
  }

  @Test func `text that a later delivery brings back is taken out again`() throws {
    let (people, facts) = try ready()
    try followUp(people, "A1", remark: "texte", file: "1.csv")
    _ = try people.forget(["A1"], facts: facts)
    let redacted = try people.archive.connection.transaction {
      try followUp(people, "A1", remark: "texte revenu", file: "2.csv")
      try followUp(people, "A2", remark: "autre", file: "3.csv")
      return try people.archive.redactForgotten(of: "test", facts: facts, on: People.day)
    }
    #expect(redacted == 1)
    #expect(try remarks(people) == ["[effacé]", "[effacé]", "autre"])
  }
}
