public import Impact
internal import Postgres

extension Archive {
  /// Does erasures again that a restored backup undid.
  ///
  /// An identity goes when its digest is that of an erasure of the journal and it was recorded before it; the
  /// free text of the code goes too, and the suppression stands again.
  ///
  /// - Parameters:
  ///   - erasures: the journal.
  ///   - facts: which facts are about participants.
  ///   - day: today.
  ///   - isDry: whether everything is undone at the end.
  ///   - check: the check value of a key of the journal, for a database that does not know it.
  ///   - digest: the digest of an identity under a key of the journal.
  /// - Returns: what was changed, or would be.
  /// - Throws: an error of `digest`, or the database's; then nothing is erased.
  public func replay(
    _ erasures: [Erasure], facts: PersonalFacts, on day: Day, isDry: Bool, check: (String) throws -> [UInt8],
    digest: (String, PersonIdentity) throws -> [UInt8]
  ) throws -> ErasureReport {
    let work = {
      var report = ErasureReport()
      for (cooperation, own) in Dictionary(grouping: erasures, by: \.cooperation).sorted(by: {
        $0.key < $1.key
      }) {
        try self.restoreSuppressions(own, of: cooperation, on: day, check: check)
        let participants = try self.undone(own, of: cooperation, digest: digest)
        let codes = Set(own.map(\.participant)).union(participants).sorted()
        let texts = Set(own.flatMap { $0.texts ?? [] })
        let erased = try self.erase(
          participants, redacting: codes, texts: texts, of: cooperation, facts: facts)
        report.identities += erased.identities
        report.redactedRows += erased.redactedRows
        report.texts += erased.texts
        report.toRead += erased.toRead
      }
      return report
    }
    return try isDry ? trial(work) : connection.transaction(work)
  }

  private func restoreSuppressions(
    _ erasures: [Erasure], of cooperation: String, on day: Day, check: (String) throws -> [UInt8]
  ) throws {
    let domain = try domain(of: cooperation)
    try lockIdentities(domain)
    let known = Set(try keys().map(\.id))
    for key in Set(erasures.compactMap(\.key)).subtracting(known).sorted() {
      let isFirst = try self.key(.suppression, of: domain) == nil
      try record(
        KeyRecord(
          id: key, domain: domain, purpose: .suppression, checkValue: check(key), isInUse: isFirst))
    }
    for erasure in erasures {
      if let key = erasure.key, let hmac = erasure.hmac {
        try connection.execute(
          """
          INSERT INTO identity.suppression (cooperation_id, hmac, key_id, until)
          VALUES (\(cooperation), decode(\(hmac), 'hex'), \(key), \(erasure.until)::date) ON CONFLICT DO NOTHING
          """)
      }
      try connection.execute(
        """
        INSERT INTO identity.forgotten (cooperation_id, participant, until)
        VALUES (\(cooperation), \(erasure.participant), \(erasure.until)::date) ON CONFLICT DO NOTHING
        """)
    }
  }

  /// Codes of the identities that the journal says were erased.
  private func undone(
    _ erasures: [Erasure], of cooperation: String, digest: (String, PersonIdentity) throws -> [UInt8]
  ) throws -> [String] {
    let days = Dictionary(
      try connection.execute(
        "SELECT participant, registered_on::text FROM identity.person WHERE cooperation_id = \(cooperation)"
      ).map { try $0.decode((String, String).self) }
    ) { first, _ in first }
    var last: [String: [String: String]] = [:]
    for erasure in erasures {
      guard let key = erasure.key, let hmac = erasure.hmac else { continue }
      last[key, default: [:]][hmac] = max(last[key]?[hmac] ?? "", erasure.day)
    }
    var undone: [String] = []
    for identity in try identities(of: cooperation) {
      for (key, erased) in last.sorted(by: { $0.key < $1.key }) {
        let hmac = try digest(key, identity)
        guard let day = erased[Archive.hex(hmac)] else { continue }
        // ISO dates compare as days do. Who was recorded since came back, and is not to be refused again.
        if (days[identity.participant] ?? "") <= day {
          undone.append(identity.participant)
        } else {
          try readmit(identity.participant, of: cooperation, key: key, hmac: hmac)
        }
      }
    }
    return undone
  }

  private func erase(
    _ participants: [String], redacting codes: [String], texts: Set<String>, of cooperation: String,
    facts: PersonalFacts
  ) throws -> ErasureReport {
    var report = ErasureReport()
    // What somebody had named may be younger than the backup, or erased already.
    let spoken = try spoken(
      of: codes, identities(of: cooperation, among: participants), in: cooperation, facts: facts,
      named: texts,
      allowingMissing: true)
    (report.texts, report.toRead) = (spoken.certain, spoken.possible)
    report.identities = try connection.execute(
      """
      DELETE FROM identity.person
      WHERE cooperation_id = \(cooperation) AND participant = ANY (\(participants)::text[])
      """
    ).affected
    report.redactedRows =
      try redact(codes, of: cooperation, facts: facts) + redact(report.texts, of: cooperation)
    guard report.identities + report.redactedRows > 0 else { return report }
    try connection.execute(
      """
      INSERT INTO identity.erasure (cooperation_id, reason, identities, redacted_rows)
      VALUES (\(cooperation), \(ErasureReason.replay.rawValue), \(report.identities), \(report.redactedRows))
      """)
    return report
  }
}
