import Foundation
import Impact

/// A person's file for a machine (article 15-3 GDPR: a commonly used electronic form).
struct PersonJSON: Encodable {
  struct Identity: Encodable {
    var cooperation: String
    var participant: String
    var lastName: String
    var firstNames: String
    var birthDate: String
    var contact: String?
    var passIAENumber: String?
    var registeredOn: String
    var heldUntil: String?
    var heldBecause: String?
  }

  struct Fact: Encodable {
    var values: [String: String?]
    var recordedOn: String
    var replacedOn: String?
    var file: String
    var line: Int
  }

  struct Facts: Encodable {
    var cooperation: String
    var participant: String
    var entity: String
    var facts: [Fact]
  }

  struct Counted: Encodable {
    var release: String
    var facts: Int
  }

  var cooperation: String
  var participant: String
  var day: String
  var person: String?
  var identities: [Identity]
  var facts: [Facts]
  var releases: [Counted]

  init(_ file: PersonFile) {
    cooperation = file.cooperation
    participant = file.participant
    day = file.day.description
    person = file.person
    identities = file.identities.map {
      Identity(
        cooperation: $0.cooperation, participant: $0.identity.participant, lastName: $0.identity.lastName,
        firstNames: $0.identity.firstNames, birthDate: $0.identity.birthDate.description,
        contact: $0.identity.contact, passIAENumber: $0.identity.passIAENumber, registeredOn: $0.registeredOn,
        heldUntil: $0.heldUntil, heldBecause: $0.heldBecause)
    }
    facts = file.sections.map { section in
      Facts(
        cooperation: section.cooperation, participant: section.participant, entity: section.schema.name,
        facts: section.rows.map { row in
          Fact(
            values: Dictionary(uniqueKeysWithValues: zip(section.schema.fields.map(\.name), row.values)),
            recordedOn: row.recordedOn, replacedOn: row.replacedOn, file: row.file, line: row.line)
        })
    }
    releases = file.releases.map { Counted(release: $0.release, facts: $0.facts) }
  }

  /// The bytes, UTF-8, keys in order.
  var bytes: [UInt8] {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      return Array(try encoder.encode(self)) + [0x0A]
    }
  }
}
