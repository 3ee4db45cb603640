import Capture
import Foundation
import Impact
import Store

/// The desk where identities are handled: the store, the keys, and the log of every use.
struct Desk {
  let session: Session
  let keys: KeyFolder

  init(_ session: Session) {
    self.session = session
    var places: [KeyFolder.Place] = []
    if let named = environment("JVS_KEYS") {
      places.append(KeyFolder.Place(path: absolute(named), isCredentials: false))
    }
    if let credentials = environment("CREDENTIALS_DIRECTORY") {
      places.append(KeyFolder.Place(path: credentials, isCredentials: true))
    }
    if environment("JVS_KEYS") == nil {
      places.append(KeyFolder.Place(path: session.places.dataFolder + "/keys", isCredentials: false))
    }
    keys = KeyFolder(places)
  }

  var archive: Archive { session.archive }

  /// Takes what was erased out of the server's files: in the private database as its owner, who alone may.
  func scrub(_ facts: PersonalFacts, redacted: Bool) throws -> Archive.Scrub {
    guard !session.places.namesDatabase else { return try archive.scrub(facts, redacted: redacted) }
    return try Session.open(session.places, as: .migrate, console: Console(isQuiet: true)) {
      try $0.archive.scrub(facts, redacted: redacted)
    }
  }

  /// Which facts are about participants.
  func facts() throws -> PersonalFacts { PersonalFacts(try session.schemas().schemas) }

  /// A key by its name, once its file is seen to hold what the database was told of.
  func key(_ id: String) throws -> PseudonymKey {
    let key = try keys.key(id)
    if let known = try archive.keys().first(where: { $0.id == id }), known.checkValue != key.checkValue {
      throw PseudonymKey.Failure.foreign(id: id)
    }
    return key
  }

  /// The key digests are made with in the domain of a cooperation.
  func key(_ purpose: Archive.KeyRecord.Purpose, for cooperation: String) throws -> PseudonymKey {
    let domain = try archive.domain(of: cooperation)
    guard let record = try archive.key(purpose, of: domain) else {
      throw Failure(
        .dataRefused,
        "the domain “\(domain)” has no key yet; make its keys with jvs person key new --cooperation "
          + cooperation)
    }
    return try key(record.id)
  }

  /// Refuses a cooperation nobody declared.
  func requireKnown(_ cooperation: String) throws {
    let known = try archive.cooperationNames()
    guard known.contains(cooperation) else {
      throw Archive.Refusal.unknownCooperation(cooperation, known: known)
    }
  }

  /// What forgets: digests under the suppression key, and the journal beside the keys.
  func forgetter(for cooperation: String) throws -> Archive.Forgetter {
    let key = try key(.suppression, for: cooperation)
    return Archive.Forgetter(
      key: key.id, digest: { key.pseudonym(of: $0) },
      journal: { erasure in
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try keys.journal(String(decoding: try encoder.encode(erasure), as: UTF8.self))
      })
  }

  /// The erasures the journal remembers, and how many of its lines cannot be read.
  ///
  /// A crash may cut a line short; its erasure was then not committed either.
  func journal() throws -> (erasures: [Archive.Erasure], damaged: Int) {
    let lines = try keys.journal()
    let erasures = lines.compactMap { try? JSONDecoder().decode(Archive.Erasure.self, from: Data($0.utf8)) }
    return (erasures, lines.count - erasures.count)
  }

  /// Writes a use of identities into the access log.
  func log(
    _ action: Archive.Access.Action, _ purpose: Archive.Access.Purpose, cooperation: String? = nil,
    persons: Int,
    isDryRun: Bool = false
  ) throws {
    try archive.log(
      Archive.Access(
        action, purpose, by: NSUserName(), cooperation: cooperation, persons: persons, isDryRun: isDryRun))
  }
}
