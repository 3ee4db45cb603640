internal import Postgres

extension Archive {
  /// What of an erasure still lies in the server's files.
  public struct Scrub: Hashable, Sendable {
    /// Whether the table's file was written anew, without the deleted rows.
    public var isTableRewritten = false
    /// Whether the write-ahead log that held the rows was given up.
    public var isLogDiscarded = false
    /// What could not be done, and who can do it.
    public var remarks: [String] = []

    /// Nothing done yet.
    public init() {}
  }

  /// Takes what was deleted out of the server's files, as far as this role may: the rows lie there until the
  /// tables are written anew and the write-ahead log of before is given up.
  ///
  /// Must not run inside a transaction.
  ///
  /// - Parameters:
  ///   - facts: which facts are about participants.
  ///   - redacted: whether free text of facts was taken out, so that their tables are written anew too.
  /// - Returns: what was done, and what is left to the database's administrator.
  /// - Throws: the database's error other than a missing right.
  public func scrub(_ facts: PersonalFacts, redacted: Bool) throws -> Scrub {
    var scrub = Scrub()
    var tables: [SQL] = ["identity.person", "identity.retention_notice"]
    if redacted {
      tables += Set(facts.erasableText.map(\.entity)).sorted().map { "fact.\(identifier: $0)" }
      // Reasons, and the salts that would let a guess of an erased text be checked.
      tables += ["review.event", "audit.sealed_text"]
    }
    let before = try personFile()
    _ = try allowed {
      for table in tables { try connection.execute("VACUUM FULL \(fragment: table)", within: .seconds(3600)) }
    }
    // Who may not vacuum is told so by a notice, not by an error: the name of the file tells.
    scrub.isTableRewritten = try personFile() != before
    if !scrub.isTableRewritten {
      scrub.remarks.append(
        "the tables could not be written anew; have the database's administrator run VACUUM FULL identity.person"
      )
    }
    scrub.isLogDiscarded = try allowed {
      // The second round gives up what the first still needed to recover from a crash.
      for _ in 0..<2 {
        try connection.execute("SELECT pg_switch_wal()")
        try connection.execute("CHECKPOINT", within: .seconds(600))
      }
    }
    if !scrub.isLogDiscarded {
      scrub.remarks.append(
        "the write-ahead log holds the rows until it is recycled; have the administrator run pg_switch_wal() and "
          + "CHECKPOINT, twice")
    } else if try isLogKept() {
      scrub.isLogDiscarded = false
      scrub.remarks.append(
        "the server keeps or archives its write-ahead log, which holds the rows until those files expire")
    }
    return scrub
  }

  private func personFile() throws -> Int {
    try connection.execute("SELECT pg_relation_filenode('identity.person')::bigint")[0].decode()
  }

  private func isLogKept() throws -> Bool {
    try connection.execute(
      """
      SELECT current_setting('archive_mode') <> 'off' OR current_setting('wal_keep_size') <> '0'
        OR current_setting('wal_recycle') = 'on' OR EXISTS (SELECT FROM pg_replication_slots)
      """)[0].decode()
  }

  /// Whether the role had the right to all of it.
  private func allowed(_ work: () throws -> Void) throws -> Bool {
    do {
      try work()
      return true
    } catch let error as PostgresError where error.state == .insufficientPrivilege {
      return false
    }
  }
}
