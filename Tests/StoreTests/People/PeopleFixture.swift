import Capture
import Impact
import Postgres
import Store
import Testing

/// Two cooperations, the keys of a domain, and people known in one or both.
struct People {
  let archive: Archive
  let key = PseudonymKey(id: "ares-pseudonym-1", secret: Array(repeating: 1, count: 32))
  let second = PseudonymKey(id: "ares-suppression-1", secret: Array(repeating: 2, count: 32))
  static let day = Day(2025, 10, 16) ?? Day(daysSinceEpoch: 0)
  static let until = Day(2028, 10, 16) ?? Day(daysSinceEpoch: 0)

  /// The store of the running test with two cooperations, of one domain or of two.
  init(sharing isShared: Bool = true) throws {
    archive = try Fixture.archive()
    try archive.recordCooperation()
    try archive.record(
      "cooperation",
      [
        [
          "cooperation": "other", "name": "Autre", "form": "jvs", "kind": "EI", "activity_fr": "a",
          "activity_en": "a", "mission_fr": "m", "mission_en": "m", "started_on": "2020-01-01",
          "data": "sample",
        ]
      ], of: "other")
    try archive.record(
      "organisation", [["organisation": "employer", "name": "Employeur", "kind": "EI"]], of: "other")
    try archive.declare(domain: "ares", of: "test")
    if isShared { try archive.declare(domain: "ares", of: "other") }
    try record(key, .pseudonym, domain: "ares")
    try record(second, .suppression, domain: "ares")
  }

  func record(_ key: PseudonymKey, _ purpose: Archive.KeyRecord.Purpose, domain: String) throws {
    try archive.record(
      Archive.KeyRecord(id: key.id, domain: domain, purpose: purpose, checkValue: key.checkValue))
  }

  /// What facts are about participants in the project's own schemas.
  static func facts() throws -> PersonalFacts { PersonalFacts(try Fixture.schemas().schemas) }

  /// Participants with a pathway and one month of hours in the fixture's quarter.
  func serve(_ codes: [String], in cooperation: String = "test", from start: String = "2025-01-06") throws {
    try archive.record("participant", codes.map { ["participant": $0, "sex": "F"] }, of: cooperation)
    try archive.record(
      "pathway",
      codes.map {
        [
          "pathway": "\($0)-1", "participant": $0, "employer": "employer", "kind": "EI", "started_on": start,
        ]
      }, of: cooperation)
    try archive.record(
      "monthly_activity",
      codes.map { ["pathway": "\($0)-1", "month": "2025-07-01", "hours_worked": "100"] }, of: cooperation)
  }

  static func identity(_ code: String, _ last: String, _ first: String, born: Day = day) -> PersonIdentity {
    PersonIdentity(participant: code, lastName: last, firstNames: first, birthDate: born)
  }

  func register(
    _ identities: [PersonIdentity], in cooperation: String = "test", key: PseudonymKey? = nil,
    on day: Day = day
  ) throws -> Archive.Registration {
    let key = key ?? self.key
    let rows = identities.enumerated().map { index, identity in
      Archive.IdentityRow(
        line: index + 2, identity: identity, hmac: key.pseudonym(of: identity),
        suppressions: [second.id: second.pseudonym(of: identity)])
    }
    return try archive.register(rows, of: cooperation, key: key.id, file: "identity.csv", on: day)
  }

  func forget(
    _ codes: [String], in cooperation: String = "test", facts: PersonalFacts? = nil, isDry: Bool = false,
    on day: Day = day, journal: @escaping (Archive.Erasure) throws -> Void = { _ in }
  ) throws -> Archive.ErasureReport {
    try archive.forget(
      codes, of: cooperation, facts: facts ?? People.facts(), reason: .request, until: People.until, on: day,
      isDry: isDry,
      by: Archive.Forgetter(key: second.id, digest: { second.pseudonym(of: $0) }, journal: journal))
  }

  /// The surrogate of a code.
  func person(_ code: String, in cooperation: String = "test") throws -> String? {
    try archive.connection.execute(
      """
      SELECT person::text FROM fact.person_link
      WHERE cooperation_id = \(cooperation) AND participant = \(code) AND batch_to = 9223372036854775807
      """
    ).first?.decode()
  }

  func count(_ statement: SQL) throws -> Int { try archive.connection.execute(statement)[0].decode() }
}
