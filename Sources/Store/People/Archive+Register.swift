internal import Foundation
public import Impact
internal import Postgres

extension Archive {
  /// A row of an identity file with the digests made of it.
  public struct IdentityRow: Sendable {
    /// The line it stands at.
    public var line: Int
    /// Who it is.
    public var identity: PersonIdentity
    /// Digest under the domain's pseudonym key.
    public var hmac: [UInt8]
    /// Digests under each key somebody of the cooperation is suppressed under.
    public var suppressions: [String: [UInt8]]

    /// A row with its digests.
    public init(
      line: Int, identity: PersonIdentity, hmac: [UInt8], suppressions: [String: [UInt8]] = [:]
    ) {
      self.line = line
      self.identity = identity
      self.hmac = hmac
      self.suppressions = suppressions
    }
  }

  /// The key of the digests was replaced meanwhile.
  public struct KeyReplaced: Error, Equatable, CustomStringConvertible {
    /// The key that is no longer in use.
    public var key: String
    /// What to do.
    public var description: String { "the key “\(key)” was replaced meanwhile; run the command again" }
  }

  /// What became of the rows of an identity file.
  public struct Registration: Hashable, Sendable {
    /// Persons recorded for the first time.
    public var registered = 0
    /// Persons whose identity changed.
    public var rectified = 0
    /// Persons known exactly so.
    public var unchanged = 0
    /// Rows of persons who were forgotten: refused, and only counted.
    public var suppressed = 0
    /// Rows refused with the place and the reason.
    public var diagnostics: [Diagnostic] = []
    /// Codes whose surrogate is new or another one.
    public var linked = 0
    /// Persons already known from another code or cooperation of the domain.
    public var recognised = 0
    /// The batch the links were recorded in.
    public var batch: Int?

    /// Nothing yet.
    public init() {}
  }

  /// Records who some participants are, and which person each code is.
  ///
  /// One transaction. The same identity in two cooperations of one domain is one person; a code that is known
  /// keeps its surrogate when its identity is corrected.
  ///
  /// - Parameters:
  ///   - rows: the identities with their digests.
  ///   - cooperation: whose participants they are.
  ///   - key: name of the pseudonym key of the digests.
  ///   - file: what diagnostics call the file.
  ///   - day: today.
  ///   - areReturning: whether people who were forgotten have come back themselves: they are recorded again.
  /// - Returns: what became of the rows.
  /// - Throws: a `Refusal` for an unknown cooperation, `KeyReplaced`, or the database's error; then nothing is recorded.
  public func register(
    _ rows: [IdentityRow], of cooperation: String, key: String, file: String, on day: Day,
    areReturning: Bool = false
  ) throws -> Registration {
    try connection.transaction {
      try lockIdentities(domain(of: cooperation))
      try connection.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended('jvs import ' || \(cooperation), 0))")
      let known = try cooperationNames()
      guard known.contains(cooperation) else { throw Refusal.unknownCooperation(cooperation, known: known) }
      // Asked under the lock: a rotation may have come between the digests and here.
      guard try self.key(.pseudonym, of: domain(of: cooperation))?.id == key else {
        throw KeyReplaced(key: key)
      }
      var registration = Registration()
      if areReturning { try readmit(rows, of: cooperation) }
      let good = try acceptable(rows, of: cooperation, file: file, on: day, into: &registration)
      let links = try links(of: cooperation)
      let persons = try persons(of: good, key: key, links: links, into: &registration)
      try store(good, persons, of: cooperation, key: key, on: day, into: &registration)
      let changed = zip(good, persons).filter { links[$0.identity.participant] != $1 }
        .map { (participant: $0.identity.participant, person: $1) }
      registration.linked = changed.count
      registration.batch = try record(links: changed, of: cooperation)
      return registration
    }
  }

  private func acceptable(
    _ rows: [IdentityRow], of cooperation: String, file: String, on day: Day,
    into registration: inout Registration
  ) throws -> [IdentityRow] {
    let suppressed = Set(
      try connection.execute(
        """
        SELECT key_id, hmac FROM identity.suppression
        WHERE cooperation_id = \(cooperation) AND until >= \(day.description)::date
        """
      ).map { row in
        let (key, hmac) = try row.decode((String, [UInt8]).self)
        return Suppressed(key: key, hmac: hmac)
      })
    let participants = Set(
      try connection.execute(
        """
        SELECT participant FROM fact.participant
        WHERE cooperation_id = \(cooperation) AND batch_to = \(Archive.never)
        UNION SELECT participant FROM identity.person WHERE cooperation_id = \(cooperation)
        """
      ).map { try $0.decode(String.self) })
    var lines: [String: Int] = [:]
    var good: [IdentityRow] = []
    func refuse(_ row: IdentityRow, _ code: String, _ message: String) {
      registration.diagnostics.append(
        Diagnostic(file: file, line: row.line, field: "participant", code: code, message: message))
    }
    for row in rows {
      if row.suppressions.contains(where: { suppressed.contains(Suppressed(key: $0.key, hmac: $0.value)) }) {
        registration.suppressed += 1
      } else if let first = lines[row.identity.participant] {
        refuse(
          row, "duplicate-key", "this row has the same participant as line \(first); keep one of the two")
      } else if !participants.contains(row.identity.participant) {
        refuse(
          row, "reference",
          "the participant of this row is not a known participant of the cooperation; mend it, or import the "
            + "participant first")
      } else {
        lines[row.identity.participant] = row.line
        good.append(row)
      }
    }
    return good
  }

  /// Lifts the suppression of people who came back themselves.
  private func readmit(_ rows: [IdentityRow], of cooperation: String) throws {
    for row in rows {
      for (key, hmac) in row.suppressions.sorted(by: { $0.key < $1.key }) {
        try readmit(row.identity.participant, of: cooperation, key: key, hmac: hmac)
      }
    }
  }

  /// Lifts one suppression, if there is one.
  func readmit(_ participant: String, of cooperation: String, key: String, hmac: [UInt8]) throws {
    let lifted = try connection.execute(
      """
      DELETE FROM identity.suppression
      WHERE cooperation_id = \(cooperation) AND key_id = \(key) AND hmac = \(hmac)
      """
    ).affected
    guard lifted > 0 else { return }
    try connection.execute(
      "DELETE FROM identity.forgotten WHERE cooperation_id = \(cooperation) AND participant = \(participant)")
  }

  private struct Suppressed: Hashable {
    var key: String
    var hmac: [UInt8]
  }

  /// The surrogate of each standing link of a cooperation, by participant.
  func links(of cooperation: String) throws -> [String: String] {
    let rows = try connection.execute(
      """
      SELECT participant, person::text FROM fact.person_link
      WHERE cooperation_id = \(cooperation) AND batch_to = \(Archive.never)
      """
    ).map { try $0.decode((String, String).self) }
    return Dictionary(rows) { first, _ in first }
  }

  private func persons(
    of rows: [IdentityRow], key: String, links: [String: String], into registration: inout Registration
  ) throws -> [String] {
    var known: [[UInt8]: String] = [:]
    for chunk in rows.chunks(of: 5_000) {
      let found = try connection.execute(
        """
        SELECT DISTINCT ON (hmac) hmac, person::text FROM identity.person
        WHERE key_id = \(key) AND hmac = ANY (\(chunk.map(\.hmac))::bytea[])
        ORDER BY hmac, cooperation_id, participant
        """)
      for row in found {
        let (hmac, person) = try row.decode(([UInt8], String).self)
        known[hmac] = person
      }
    }
    return rows.map { row in
      let linked = links[row.identity.participant]
      if let person = known[row.hmac] {
        if linked != person { registration.recognised += 1 }
        return person
      }
      // Random: a surrogate says nothing of who it is.
      let person = linked ?? UUID().uuidString.lowercased()
      known[row.hmac] = person
      return person
    }
  }

  private func store(
    _ rows: [IdentityRow], _ persons: [String], of cooperation: String, key: String, on day: Day,
    into registration: inout Registration
  ) throws {
    for chunk in Array(zip(rows, persons)).chunks(of: 2_000) {
      let identities = chunk.map(\.0.identity)
      let changed = try connection.execute(
        """
        INSERT INTO identity.person AS p (cooperation_id, participant, person, last_name, first_names, birth_date,
          contact, pass_iae_number, hmac, key_id, registered_on)
        SELECT \(cooperation), r.participant, r.person, r.last_name, r.first_names, r.birth_date, r.contact,
          r.pass_iae_number, r.hmac, \(key), \(day.description)::date
        FROM unnest(\(identities.map(\.participant))::text[], \(chunk.map(\.1))::uuid[],
          \(identities.map(\.lastName))::text[], \(identities.map(\.firstNames))::text[],
          \(identities.map(\.birthDate.description))::date[], \(identities.map(\.contact))::text[],
          \(identities.map(\.passIAENumber))::text[], \(chunk.map(\.0.hmac))::bytea[])
          AS r (participant, person, last_name, first_names, birth_date, contact, pass_iae_number, hmac)
        ON CONFLICT (cooperation_id, participant) DO UPDATE
        SET person = excluded.person, last_name = excluded.last_name, first_names = excluded.first_names,
          birth_date = excluded.birth_date, contact = excluded.contact,
          pass_iae_number = excluded.pass_iae_number, hmac = excluded.hmac, key_id = excluded.key_id
        WHERE (p.person, p.last_name, p.first_names, p.birth_date, p.contact, p.pass_iae_number, p.hmac, p.key_id)
          IS DISTINCT FROM (excluded.person, excluded.last_name, excluded.first_names, excluded.birth_date,
            excluded.contact, excluded.pass_iae_number, excluded.hmac, excluded.key_id)
        RETURNING p.xmax = 0
        """
      ).map { try $0.decode(Bool.self) }
      let new = changed.count { $0 }
      registration.registered += new
      registration.rectified += changed.count - new
      registration.unchanged += chunk.count - changed.count
    }
  }

  /// Records which person each code is, in a batch of their own; `nil` when there is nothing to record.
  ///
  /// The import it is filed under names no file and digests only links: a digest of a short list of names could
  /// be guessed.
  func record(links: [(participant: String, person: String)], of cooperation: String) throws -> Int? {
    guard !links.isEmpty else { return nil }
    let batch: Int = try connection.execute(
      "UPDATE ops.batch_counter SET number = number + 1 RETURNING number")[0].decode()
    try connection.execute("SELECT set_config('jvs.batch', \(String(batch)), true)")
    let participants = links.map(\.participant)
    let persons = links.map(\.person)
    let importID: Int = try connection.execute(
      """
      INSERT INTO ops.import (cooperation_id, entity, file, sha256, read, recorded, revised, late, unchanged,
        rejected, closed, batch)
      SELECT \(cooperation), 'person_link', 'jvs person',
        encode(sha256(convert_to(string_agg(l.participant || ' ' || l.person, E'\\n' ORDER BY l.participant), 'UTF8')),
          'hex'),
        count(*), count(*), 0, 0, 0, 0, 0, \(batch)
      FROM unnest(\(participants)::text[], \(persons)::text[]) AS l (participant, person)
      RETURNING import_id
      """)[0].decode()
    let revised = try connection.execute(
      """
      UPDATE fact.person_link SET batch_to = \(batch)
      WHERE cooperation_id = \(cooperation) AND batch_to = \(Archive.never)
        AND participant = ANY (\(participants)::text[])
      """
    ).affected
    try connection.execute(
      """
      INSERT INTO fact.person_link (cooperation_id, batch_from, import_id, source_line, participant, person)
      SELECT \(cooperation), \(batch), \(importID), l.place, l.participant, l.person
      FROM unnest(\(participants)::text[], \(persons)::uuid[]) WITH ORDINALITY AS l (participant, person, place)
      """)
    try connection.execute("UPDATE ops.import SET revised = \(revised) WHERE import_id = \(importID)")
    try connection.execute("INSERT INTO ops.batch (batch, import_id) VALUES (\(batch), \(importID))")
    try connection.execute("SELECT set_config('jvs.batch', '', true)")
    return batch
  }
}

extension Array {
  /// The elements in pieces of at most `size`.
  func chunks(of size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}
