public import Impact
internal import Postgres

extension Archive {
  /// One erasure as the journal outside the database keeps it, so that it can be done again after a restore.
  public struct Erasure: Codable, Hashable, Sendable {
    /// The day.
    public var day: String
    /// Whose participant it was.
    public var cooperation: String
    /// The participant's code: the facts stay under it.
    public var participant: String
    /// Name of the suppression key; `nil` when no identity was known.
    public var key: String?
    /// Digest of the identity under it, in hexadecimal digits.
    public var hmac: String?
    /// The day from which the person may be recorded again.
    public var until: String
    /// Places of texts that somebody had read and named to be erased too.
    public var texts: [String]?

    /// An erasure.
    public init(
      day: String, cooperation: String, participant: String, key: String?, hmac: String?, until: String,
      texts: [String]? = nil
    ) {
      self.texts = texts
      self.day = day
      self.cooperation = cooperation
      self.participant = participant
      self.key = key
      self.hmac = hmac
      self.until = until
    }
  }

  /// Why an erasure is asked for.
  public enum ErasureReason: String, Sendable {
    /// The person asks (article 17 GDPR).
    case request
    /// The time to keep is over.
    case retention
    /// It was done before, and a restored backup undid it.
    case replay
  }

  /// What an erasure changed, or would change.
  public struct ErasureReport: Hashable, Sendable {
    /// Identities deleted.
    public var identities = 0
    /// Facts whose free text was taken out.
    public var redactedRows = 0
    /// Facts that stay, under a code nobody here can name.
    public var keptRows = 0
    /// Where else in the domain the same persons are still named: cooperation and code.
    public var elsewhere: [String] = []
    /// Texts of reviews and partners that spoke of the persons, and were taken out.
    public var texts: [SpokenText] = []
    /// Texts that may speak of the persons, and stay until somebody has read them.
    public var toRead: [SpokenText] = []

    /// Nothing yet.
    public init() {}
  }

  /// Somebody who must not be forgotten now.
  public struct Held: Error, Equatable, CustomStringConvertible {
    /// Until when.
    public var until: String

    /// Somebody held until a day.
    public init(until: String) { self.until = until }

    /// Why and what to do.
    public var description: String {
      "the identity is under a legal hold until \(until) and is not erased (article 17-3 GDPR); lift the hold "
        + "with jvs person hold --lift when it no longer stands"
    }
  }

  /// What makes the suppression digest of an identity, and remembers an erasure outside the database.
  public struct Forgetter {
    /// Name of the suppression key.
    public var key: String
    /// Digest of an identity under it.
    public var digest: (PersonIdentity) -> [UInt8]
    /// Writes an erasure to the journal; called before the erasure is committed.
    public var journal: (Erasure) throws -> Void

    /// What makes digests and keeps the journal.
    public init(
      key: String, digest: @escaping (PersonIdentity) -> [UInt8],
      journal: @escaping (Erasure) throws -> Void
    ) {
      self.key = key
      self.digest = digest
      self.journal = journal
    }
  }

  /// Forgets who some participants are: their identity and their free text go, their facts stay under codes.
  ///
  /// One transaction. Figures do not change: neither names nor free text enter them, and the surrogate stays.
  ///
  /// - Parameters:
  ///   - participants: the codes.
  ///   - cooperation: whose participants they are.
  ///   - facts: which facts are about participants.
  ///   - reason: why.
  ///   - until: the day from which they may be recorded again.
  ///   - day: today.
  ///   - texts: places of texts that somebody has read and found to speak of them.
  ///   - isDry: whether everything is undone at the end.
  ///   - forgetter: digests and the journal.
  /// - Returns: what was changed, or would be.
  /// - Throws: `Held`, `NoSuchText`, an error of the journal, or the database's; then nothing is erased.
  public func forget(
    _ participants: [String], of cooperation: String, facts: PersonalFacts, reason: ErasureReason,
    until: Day, on day: Day, texts: Set<String> = [], isDry: Bool, by forgetter: Forgetter
  ) throws -> ErasureReport {
    let work = {
      try self.erase(
        participants, of: cooperation, facts: facts, reason: reason, until: until, on: day, texts: texts,
        isDry: isDry, by: forgetter)
    }
    // The dry run is the wet one undone: what it says is what would happen.
    return try isDry ? trial(work) : connection.transaction(work)
  }

  private func erase(
    _ participants: [String], of cooperation: String, facts: PersonalFacts, reason: ErasureReason,
    until: Day, on day: Day, texts: Set<String>, isDry: Bool, by forgetter: Forgetter
  ) throws -> ErasureReport {
    try lockIdentities(domain(of: cooperation))
    try connection.execute(
      "SELECT pg_advisory_xact_lock(hashtextextended('jvs import ' || \(cooperation), 0))")
    if let held = try hold(among: participants, of: cooperation, on: day) {
      throw Held(until: held)
    }
    var report = ErasureReport()
    report.elsewhere = try connection.execute(
      """
      SELECT DISTINCT o.cooperation_id || ' ' || o.participant FROM identity.person o
      JOIN identity.person p ON p.person = o.person AND p.cooperation_id = \(cooperation)
        AND p.participant = ANY (\(participants)::text[])
      WHERE NOT (o.cooperation_id = \(cooperation) AND o.participant = ANY (\(participants)::text[])) ORDER BY 1
      """
    ).map { try $0.decode() }
    let identities = try identities(of: cooperation, among: participants)
    // While the names are still known.
    let spoken = try spoken(of: participants, identities, in: cooperation, facts: facts, named: texts)
    let digests = Dictionary(
      uniqueKeysWithValues: identities.map { ($0.participant, forgetter.digest($0)) })
    for chunk in Array(digests.values).chunks(of: 5_000) {
      try connection.execute(
        """
        INSERT INTO identity.suppression (cooperation_id, hmac, key_id, until)
        SELECT \(cooperation), h, \(forgetter.key), \(until.description)::date
        FROM unnest(\(Array(chunk))::bytea[]) AS h
        ON CONFLICT (cooperation_id, key_id, hmac) DO UPDATE SET until = greatest(identity.suppression.until, excluded.until)
        """)
    }
    try connection.execute(
      """
      INSERT INTO identity.forgotten (cooperation_id, participant, until)
      SELECT \(cooperation), p, \(until.description)::date FROM unnest(\(participants)::text[]) AS p
      ON CONFLICT (cooperation_id, participant) DO UPDATE SET until = greatest(identity.forgotten.until, excluded.until)
      """)
    report.identities = try connection.execute(
      """
      DELETE FROM identity.person
      WHERE cooperation_id = \(cooperation) AND participant = ANY (\(participants)::text[])
      """
    ).affected
    try connection.execute(
      """
      DELETE FROM identity.retention_notice
      WHERE cooperation_id = \(cooperation) AND participant = ANY (\(participants)::text[])
      """)
    report.redactedRows =
      try redact(participants, of: cooperation, facts: facts) + redact(spoken.certain, of: cooperation)
    (report.texts, report.toRead) = (spoken.certain, spoken.possible)
    report.keptRows = try factRows(participants, of: cooperation, facts: facts)
    // Nobody of that code: nothing to remember.
    guard report.identities + report.keptRows > 0 else { return report }
    try connection.execute(
      """
      INSERT INTO identity.erasure (cooperation_id, reason, identities, redacted_rows)
      VALUES (\(cooperation), \(reason.rawValue), \(report.identities), \(report.redactedRows))
      """)
    guard !isDry else { return report }
    for participant in participants.sorted() {
      try forgetter.journal(
        Erasure(
          day: day.description, cooperation: cooperation, participant: participant,
          key: digests[participant] == nil ? nil : forgetter.key,
          hmac: digests[participant].map(Archive.hex), until: until.description,
          texts: texts.isEmpty ? nil : texts.sorted()))
    }
    return report
  }

  static func hex(_ bytes: [UInt8]) -> String { String((bytes.postgresText ?? "").dropFirst(2)) }

  private func hold(among participants: [String], of cooperation: String, on day: Day) throws -> String? {
    try connection.execute(
      """
      SELECT max(legal_hold_until)::text FROM identity.person
      WHERE cooperation_id = \(cooperation) AND participant = ANY (\(participants)::text[])
        AND legal_hold AND legal_hold_until >= \(day.description)::date
      """)[0].decode()
  }

  /// Takes the free text out of every revision of the facts about some participants.
  ///
  /// - Returns: how many cells were emptied.
  func redact(_ participants: [String], of cooperation: String, facts: PersonalFacts) throws -> Int {
    guard !facts.freeText.isEmpty, !participants.isEmpty else { return 0 }
    let keys = try personalKeys(facts, of: participants, in: cooperation)
    var changed = 0
    // The audit notes each changed row with the reason.
    try connection.execute("SELECT set_config('jvs.reason', 'redaction', true)")
    for entity in facts.entities {
      for field in entity.schema.freeText {
        changed += try connection.execute(
          """
          SELECT ops.redact(\(entity.schema.name), \(field.name), \(cooperation), \(entity.field),
            \(keys[entity.schema.name] ?? [])::text[])
          """)[0].decode(Int.self)
      }
    }
    try connection.execute("SELECT set_config('jvs.reason', '', true)")
    return changed
  }

  /// Takes the free text out of what was recorded since about participants already forgotten.
  ///
  /// To be called by the import of a file of facts, in its transaction: a later delivery must not bring back
  /// what was erased.
  ///
  /// - Parameters:
  ///   - cooperation: whose participants they are.
  ///   - facts: which facts are about participants.
  ///   - day: today.
  /// - Returns: how many cells were emptied.
  /// - Throws: the database's error.
  @discardableResult
  public func redactForgotten(of cooperation: String, facts: PersonalFacts, on day: Day) throws -> Int {
    let forgotten: [String] = try connection.execute(
      """
      SELECT participant FROM identity.forgotten
      WHERE cooperation_id = \(cooperation) AND until >= \(day.description)::date ORDER BY 1
      """
    ).map { try $0.decode() }
    guard !forgotten.isEmpty else { return 0 }
    // Their names are known to nobody any more; their codes are.
    let spoken = try spoken(of: forgotten, [], in: cooperation, facts: facts)
    return try redact(forgotten, of: cooperation, facts: facts) + redact(spoken.certain, of: cooperation)
  }

  private func factRows(_ participants: [String], of cooperation: String, facts: PersonalFacts) throws -> Int
  {
    let keys = try personalKeys(facts, of: participants, in: cooperation)
    var total = 0
    for entity in facts.entities {
      total += try connection.execute(
        """
        SELECT count(*) FROM \(fragment: entity.schema.table) WHERE cooperation_id = \(cooperation)
          AND \(identifier: entity.field)::text = ANY (\(keys[entity.schema.name] ?? [])::text[])
        """)[0].decode(Int.self)
    }
    return total
  }
}
