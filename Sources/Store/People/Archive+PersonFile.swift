public import Impact
internal import Postgres

extension Archive {
  /// Everything kept about one person: identity, every revision of every fact, and which releases counted them.
  ///
  /// The same person's codes in other cooperations of the domain are part of it: one controller answers for all.
  ///
  /// - Parameters:
  ///   - participant: the code.
  ///   - cooperation: whose participant it is.
  ///   - facts: which facts are about participants.
  ///   - day: today.
  /// - Returns: the file; empty when the code is unknown.
  /// - Throws: the database's error.
  public func personFile(
    _ participant: String, of cooperation: String, facts: PersonalFacts, on day: Day
  ) throws -> PersonFile {
    try connection.transaction(isolation: .repeatableRead, readOnly: true) {
      let person = try links(of: cooperation)[participant]
      var codes = [(cooperation: cooperation, participant: participant)]
      if let person {
        codes += try connection.execute(
          """
          SELECT cooperation_id, participant FROM fact.person_link
          WHERE person = \(person)::uuid AND batch_to = \(Archive.never)
            AND identity.domain_of(cooperation_id) = identity.domain_of(\(cooperation))
            AND (cooperation_id, participant) <> (\(cooperation), \(participant)) ORDER BY 1, 2
          """
        ).map { row in
          let (cooperation, participant) = try row.decode((String, String).self)
          return (cooperation, participant)
        }
      }
      var identities: [PersonFile.Identity] = []
      var sections: [PersonFile.Section] = []
      var counted: [String: Int] = [:]
      for code in codes {
        identities += try identity(of: code.participant, in: code.cooperation)
        let keys = try personalKeys(facts, of: [code.participant], in: code.cooperation)
        for entity in facts.entities {
          let own = keys[entity.schema.name] ?? []
          let rows = try revisions(of: entity, keys: own, in: code.cooperation)
          guard !rows.isEmpty else { continue }
          sections.append(
            PersonFile.Section(
              cooperation: code.cooperation, participant: code.participant, schema: entity.schema, rows: rows)
          )
          for (release, facts) in try standing(entity, keys: own, in: code.cooperation) {
            counted[release, default: 0] += facts
          }
        }
      }
      return PersonFile(
        cooperation: cooperation, participant: participant, day: day, person: person, identities: identities,
        sections: sections,
        releases: counted.filter { $0.value > 0 }.sorted { $0.key < $1.key }
          .map { PersonFile.Counted(release: $0.key, facts: $0.value) },
        retentionMonths: try retentionRule(on: day).months)
    }
  }

  private func identity(of participant: String, in cooperation: String) throws -> [PersonFile.Identity] {
    try identities(of: cooperation, among: [participant]).map { identity in
      let (day, until, reason) = try connection.execute(
        """
        SELECT registered_on::text, legal_hold_until::text, legal_hold_reason FROM identity.person
        WHERE cooperation_id = \(cooperation) AND participant = \(participant)
        """)[0].decode((String, String?, String?).self)
      return PersonFile.Identity(
        cooperation: cooperation, identity: identity, registeredOn: day, heldUntil: until,
        heldBecause: reason)
    }
  }

  private func condition(_ entity: PersonalFacts.Entity, keys: [String], in cooperation: String) -> SQL {
    "f.cooperation_id = \(cooperation) AND f.\(identifier: entity.field)::text = ANY (\(keys)::text[])"
  }

  private func revisions(of entity: PersonalFacts.Entity, keys: [String], in cooperation: String) throws
    -> [PersonFile.Row]
  {
    let columns = entity.schema.fields.map { "f.\(identifier: $0.name)::text" as SQL }
    let day: SQL = "to_char(recorded_at AT TIME ZONE 'Europe/Paris', 'YYYY-MM-DD')"
    return try connection.execute(
      """
      SELECT (SELECT \(fragment: day) FROM ops.batch WHERE batch = f.batch_from),
        (SELECT \(fragment: day) FROM ops.batch WHERE batch = f.batch_to), i.file, f.source_line,
        \(fragment: columns.joined())
      FROM \(fragment: entity.schema.table) f JOIN ops.import i USING (import_id)
      WHERE \(fragment: condition(entity, keys: keys, in: cooperation))
      ORDER BY f.batch_from, f.source_line, f.batch_to
      """
    ).map { row in
      var values: [String?] = []
      for index in entity.schema.fields.indices { values.append(try row.decode(at: 4 + index)) }
      let replaced: String? = try row.decode(at: 1)
      return PersonFile.Row(
        values: values, recordedOn: try row.decode(at: 0), replacedOn: replaced, file: try row.decode(at: 2),
        line: try row.decode(at: 3))
    }
  }

  /// How many rows stood when each release was made.
  private func standing(_ entity: PersonalFacts.Entity, keys: [String], in cooperation: String) throws
    -> [(String, Int)]
  {
    try connection.execute(
      """
      SELECT r.release_id, count(*) FROM figure.release r
      JOIN \(fragment: entity.schema.table) f ON f.batch_from <= r.batch AND f.batch_to > r.batch
      WHERE \(fragment: condition(entity, keys: keys, in: cooperation)) GROUP BY 1
      """
    ).map { row in
      let (release, facts) = try row.decode((String, Int).self)
      return (release, facts)
    }
  }
}
