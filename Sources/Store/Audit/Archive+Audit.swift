internal import Postgres

extension Archive {
  /// What an entry of the audit chain tells of.
  public enum AuditKind: String, Hashable, Sendable, CaseIterable {
    /// A file was imported; written by the database at the commit of the import.
    case `import`
    /// A batch of facts was sealed; written by ``Archive/seal()`` and by the making of a release.
    case seal
    /// The review of a quarter moved on.
    case period
    /// A target was decided outside a file.
    case target
    /// A release was made; written by the database at the commit of the release.
    case release
    /// A release was made public.
    case publication
    /// Something was done to what identifies a person: linked, merged, exported, forgotten.
    case person
    /// A right was given or taken.
    case role
    /// The shape of the database was changed; written by the database.
    case migration
    /// A row was redacted or removed; written by the database.
    case erasure
  }

  /// An entry of the audit chain.
  public struct AuditEntry: Hashable, Sendable {
    /// Its number: without a gap, in the order of commits.
    public var ordinal: Int
    /// When, in UTC: `2026-10-16T04:00:00.000000Z`.
    public var at: String
    /// The login of the session.
    public var actor: String
    /// What it tells of, as written; see ``Archive/AuditKind``.
    public var kind: String
    /// Which one, as an import’s number or a release’s name.
    public var subject: String
    /// The rest, a JSON object.
    public var details: String
    /// SHA-256, in hexadecimal, of the digest before and this entry.
    public var digest: String
  }

  /// Appends an entry to the audit chain.
  ///
  /// The chain is locked until the end of the transaction: append last. Imports, releases, migrations and
  /// erasures append their own entries.
  ///
  /// - Parameters:
  ///   - kind: what it tells of.
  ///   - subject: which one; never a person's name.
  ///   - details: names and texts in any order; `nil` becomes JSON's null. Never a person's data: the chain
  ///     forgets nothing.
  /// - Returns: the entry's number.
  /// - Throws: the database's error.
  @discardableResult
  public func audit(_ kind: AuditKind, _ subject: String, _ details: [String: String?] = [:]) throws -> Int {
    let pairs = details.sorted { $0.key < $1.key }
    return try connection.execute(
      """
      INSERT INTO audit.entry (kind, subject, details)
      VALUES (\(kind.rawValue), \(subject), jsonb_object(\(pairs.map(\.key))::text[], \(pairs.map(\.value))::text[]))
      RETURNING ordinal
      """)[0].decode()
  }

  /// Seals every batch that is not sealed yet: from then on, a row changed by hand is noticed.
  ///
  /// - Returns: how many batches were sealed.
  /// - Throws: the database's error; then none is.
  @discardableResult
  public func seal() throws -> Int {
    try connection.execute("SELECT audit.seal_batches()")[0].decode()
  }

  /// Entries of the chain, oldest first.
  ///
  /// - Parameters:
  ///   - kind: only entries of this kind.
  ///   - count: at most this many, the last ones.
  /// - Returns: the entries.
  /// - Throws: the database's error.
  public func auditEntries(of kind: AuditKind? = nil, last count: Int) throws -> [AuditEntry] {
    try connection.execute(
      """
      SELECT * FROM (
        SELECT ordinal, audit.instant(at), actor, kind, subject, details::text, digest FROM audit.entry
        WHERE kind = coalesce(\(kind?.rawValue), kind) ORDER BY ordinal DESC LIMIT \(count)
      ) e ORDER BY ordinal
      """
    ).map(Archive.auditEntry)
  }

  static func auditEntry(_ row: Row) throws -> AuditEntry {
    let (ordinal, at, actor, kind, subject, details, digest) = try row.decode(
      (Int, String, String, String, String, String, String).self)
    return AuditEntry(
      ordinal: ordinal, at: at, actor: actor, kind: kind, subject: subject, details: details, digest: digest)
  }
}
