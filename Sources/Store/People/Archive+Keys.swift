internal import Postgres

extension Archive {
  /// What the database knows of a key: everything but the key.
  public struct KeyRecord: Hashable, Sendable {
    /// What a key is for.
    public enum Purpose: String, Hashable, Sendable, CaseIterable {
      /// Recognises the same person twice.
      case pseudonym
      /// Recognises a person who was forgotten.
      case suppression
    }

    /// Its name, which is also that of its file.
    public var id: String
    /// The pseudonymisation domain it serves.
    public var domain: String
    /// What it is for.
    public var purpose: Purpose
    /// Digest of a constant under it.
    public var checkValue: [UInt8]
    /// Whether digests are still made with it.
    public var isInUse: Bool

    /// A key about to be recorded.
    public init(id: String, domain: String, purpose: Purpose, checkValue: [UInt8], isInUse: Bool = true) {
      self.id = id
      self.domain = domain
      self.purpose = purpose
      self.checkValue = checkValue
      self.isInUse = isInUse
    }
  }

  /// The pseudonymisation domain of a cooperation: its own name unless another was declared.
  public func domain(of cooperation: String) throws -> String {
    try connection.execute("SELECT identity.domain_of(\(cooperation))")[0].decode()
  }

  /// Declares the domain of a cooperation.
  public func declare(domain: String, of cooperation: String) throws {
    try connection.execute(
      """
      INSERT INTO identity.domain (cooperation_id, domain) VALUES (\(cooperation), \(domain))
      ON CONFLICT (cooperation_id) DO UPDATE SET domain = excluded.domain, declared_at = now()
      """)
  }

  /// Every key, in order of name.
  public func keys() throws -> [KeyRecord] {
    try connection.execute(
      "SELECT key_id, domain, purpose, check_value, retired_at IS NULL FROM identity.key ORDER BY key_id"
    ).map { row in
      let (id, domain, purpose, check, isInUse) = try row.decode((String, String, String, [UInt8], Bool).self)
      guard let purpose = KeyRecord.Purpose(rawValue: purpose) else { throw Corrupt(what: "key \(id)") }
      return KeyRecord(id: id, domain: domain, purpose: purpose, checkValue: check, isInUse: isInUse)
    }
  }

  /// The key digests are made with; `nil` when the domain has none.
  public func key(_ purpose: KeyRecord.Purpose, of domain: String) throws -> KeyRecord? {
    try keys().first { $0.domain == domain && $0.purpose == purpose && $0.isInUse }
  }

  /// The name of the next key of a domain: `lemon-aide-pseudonym-2`.
  public func nextKeyID(_ purpose: KeyRecord.Purpose, of domain: String) throws -> String {
    let last =
      try keys().filter { $0.domain == domain && $0.purpose == purpose }
      .compactMap { $0.id.split(separator: "-").last.flatMap { Int($0) } }.max() ?? 0
    return "\(domain)-\(purpose.rawValue)-\(last + 1)"
  }

  /// Puts a key to use; the one in use before is retired.
  public func record(_ key: KeyRecord) throws {
    try connection.transaction {
      try connection.execute(
        """
        UPDATE identity.key SET retired_at = now()
        WHERE domain = \(key.domain) AND purpose = \(key.purpose.rawValue) AND retired_at IS NULL AND \(key.isInUse)
        """)
      try connection.execute(
        """
        INSERT INTO identity.key (key_id, domain, purpose, check_value, retired_at)
        VALUES (\(key.id), \(key.domain), \(key.purpose.rawValue), \(key.checkValue),
          CASE WHEN \(key.isInUse) THEN NULL ELSE now() END)
        """)
    }
  }

  /// Names of the keys under which somebody of a cooperation is still suppressed.
  public func suppressionKeys(of cooperation: String) throws -> [String] {
    try connection.execute(
      "SELECT DISTINCT key_id FROM identity.suppression WHERE cooperation_id = \(cooperation) ORDER BY 1"
    ).map { try $0.decode() }
  }

  /// One writer of identities of a domain at a time, until the end of the transaction.
  func lockIdentities(_ domain: String) throws {
    try connection.execute(
      "SELECT pg_advisory_xact_lock(hashtextextended('jvs identity ' || \(domain), 0))")
  }
}
