public import Impact
internal import Postgres

extension Archive {
  /// Who the participants of a cooperation are, as far as is known.
  ///
  /// Whoever calls this writes the access log.
  func identities(of cooperation: String, among participants: [String]? = nil) throws -> [PersonIdentity] {
    let rows = try connection.execute(
      """
      SELECT participant, last_name, first_names, birth_date::text, contact, pass_iae_number
      FROM identity.person WHERE cooperation_id = \(cooperation)
        AND (\(participants == nil) OR participant = ANY (\(participants ?? [])::text[]))
      ORDER BY participant
      """)
    return try rows.map { row in
      let (code, last, first, birth, contact, pass) = try row.decode(
        (String, String, String, String, String?, String?).self)
      guard let day = Day(birth) else { throw Corrupt(what: "a date of birth") }
      return PersonIdentity(
        participant: code, lastName: last, firstNames: first, birthDate: day, contact: contact,
        passIAENumber: pass)
    }
  }

  /// Digests every identity of a domain anew, under another key that becomes the one in use.
  ///
  /// One transaction; surrogates, links and suppressions stay as they are.
  ///
  /// - Parameters:
  ///   - domain: the domain.
  ///   - key: the new key.
  ///   - digest: the digest of an identity under it.
  /// - Returns: how many identities were digested.
  /// - Throws: the database's error; then the old key stays in use.
  public func rotate(
    _ domain: String, to key: KeyRecord, digest: (PersonIdentity) -> [UInt8]
  ) throws -> Int {
    try connection.transaction {
      try lockIdentities(domain)
      try record(key)
      var count = 0
      let cooperations: [String] = try connection.execute(
        """
        SELECT DISTINCT p.cooperation_id FROM identity.person p JOIN identity.key k USING (key_id)
        WHERE k.domain = \(domain) ORDER BY 1
        """
      ).map { try $0.decode() }
      for cooperation in cooperations {
        for chunk in try identities(of: cooperation).chunks(of: 5_000) {
          count += try connection.execute(
            """
            UPDATE identity.person p SET hmac = r.hmac, key_id = \(key.id)
            FROM unnest(\(chunk.map(\.participant))::text[], \(chunk.map(digest))::bytea[]) AS r (participant, hmac)
            WHERE p.cooperation_id = \(cooperation) AND p.participant = r.participant
            """
          ).affected
        }
      }
      return count
    }
  }

  /// Moves a cooperation into a domain that others share; who is known there already is recognised.
  ///
  /// - Parameters:
  ///   - cooperation: the cooperation.
  ///   - domain: the domain.
  ///   - key: the pseudonym key of the domain.
  ///   - day: today.
  ///   - digest: the digest of an identity under it.
  /// - Returns: what became of the identities known so far.
  /// - Throws: the database's error; then the domain stays what it was.
  public func move(
    _ cooperation: String, to domain: String, key: String, on day: Day, digest: (PersonIdentity) -> [UInt8]
  ) throws -> Registration {
    try connection.transaction {
      try lockIdentities(domain)
      try declare(domain: domain, of: cooperation)
      let rows = try identities(of: cooperation).enumerated().map { index, identity in
        IdentityRow(line: index + 1, identity: identity, hmac: digest(identity))
      }
      return try register(rows, of: cooperation, key: key, file: "identities", on: day)
    }
  }

  /// Keeps an identity from every erasure until a day, for a legal reason; `nil` lifts the hold.
  ///
  /// - Returns: whether the participant's identity is known.
  public func hold(_ participant: String, of cooperation: String, until day: Day?, reason: String?) throws
    -> Bool
  {
    try connection.execute(
      """
      UPDATE identity.person SET legal_hold = \(day != nil), legal_hold_until = \(day?.description)::date,
        legal_hold_reason = \(day == nil ? nil : reason)
      WHERE cooperation_id = \(cooperation) AND participant = \(participant)
      """
    ).affected == 1
  }
}
