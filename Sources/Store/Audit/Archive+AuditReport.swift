internal import Postgres

extension Archive {
  /// What recomputing every digest found.
  public struct AuditReport: Hashable, Sendable {
    /// Something that is not what the chain says it was.
    public struct Problem: Hashable, Sendable {
      /// Where: entry, batch, table, line, release.
      public var place: String
      /// What does not hold.
      public var problem: String
    }

    /// Entries in the chain.
    public var entries: Int
    /// The digest of the last entry: with the number of entries, what to compare with a later look.
    public var head: String
    /// The last batch that is sealed; rows of later ones are not yet protected.
    public var lastSealed: Int
    /// The last batch recorded.
    public var lastBatch: Int
    /// What does not hold, the chain first; empty when everything does.
    public var problems: [Problem]
  }

  /// A digest somebody noted, found again in the chain.
  public struct AuditAnchor: Hashable, Sendable {
    /// What the digest is of.
    public enum Meaning: String, Hashable, Sendable {
      /// The chain up to the entry.
      case entry
      /// The release of the entry, as printed in what was published.
      case release
      /// Every fact up to the batch the entry seals.
      case facts
    }

    /// The entry it stands in.
    public var entry: AuditEntry
    /// What the digest is of.
    public var meaning: Meaning
  }

  /// Recomputes every digest: the chain, imports, seals, facts, releases, reviews.
  ///
  /// Reads one snapshot, so that imports may go on meanwhile.
  ///
  /// - Parameter step: told of each part before it is looked at.
  /// - Returns: what was found.
  /// - Throws: the database's error, or whatever `step` throws.
  public func auditReport(_ step: (String) throws -> Void = { _ in }) throws -> AuditReport {
    try connection.transaction(isolation: .repeatableRead, readOnly: true) {
      let (entries, sealed, batch) = try connection.execute(
        """
        SELECT (SELECT count(*) FROM audit.entry), (SELECT coalesce(max(batch), 0) FROM audit.seal),
          (SELECT coalesce(max(batch), 0) FROM ops.batch)
        """)[0].decode((Int, Int, Int).self)
      let head = try connection.execute("SELECT digest FROM audit.head").first?.decode(String.self)
      return AuditReport(
        entries: entries, head: head ?? "none", lastSealed: sealed, lastBatch: batch,
        problems: try auditProblems(step))
    }
  }

  /// What does not hold, as seen by the transaction that is open.
  ///
  /// - Parameter step: told of each part before it is looked at.
  /// - Returns: the problems, the chain first.
  /// - Throws: the database's error, or whatever `step` throws.
  public func auditProblems(_ step: (String) throws -> Void = { _ in }) throws -> [AuditReport.Problem] {
    try Archive.auditChecks.flatMap { check in
      try step(check.name)
      do {
        return try connection.transaction {
          try connection.execute(
            "SELECT place, problem FROM \(identifier: check.schema).\(identifier: check.function)()"
          ).map { row in
            let (place, problem) = try row.decode((String, String).self)
            return AuditReport.Problem(place: place, problem: problem)
          }
        }
      } catch SQLState.dataException {
        // A number where no number is any more: somebody wrote into the log itself.
        return [
          AuditReport.Problem(place: check.name, problem: "they hold what cannot be read as what it was")
        ]
      }
    }
  }

  private static let auditChecks: [(name: String, schema: String, function: String)] = [
    ("chain", "audit", "chain_problems"), ("imports", "audit", "import_problems"),
    ("seals", "audit", "seal_problems"), ("facts", "audit", "fact_problems"),
    ("texts", "audit", "text_problems"),
    ("releases", "audit", "release_problems"), ("reviews", "review", "problems"),
  ]

  /// Where a digest noted earlier stands in the chain; `nil` when it stands nowhere.
  ///
  /// - Parameter digest: in hexadecimal, whole or its first characters.
  /// - Returns: the entry and what the digest is of.
  /// - Throws: the database's error.
  public func auditAnchor(_ digest: String) throws -> AuditAnchor? {
    let row = try connection.execute(
      """
      SELECT e.meaning, e.ordinal, audit.instant(e.at), e.actor, e.kind, e.subject, e.details::text, e.digest FROM (
        SELECT *, 'entry' AS meaning FROM audit.entry WHERE starts_with(digest, \(digest))
        UNION ALL
        SELECT *, 'release' FROM audit.entry WHERE kind = 'release' AND starts_with(details->>'digest', \(digest))
        UNION ALL
        SELECT *, 'facts' FROM audit.entry WHERE kind = 'seal' AND starts_with(details->>'facts', \(digest))
      ) e ORDER BY e.ordinal, e.meaning LIMIT 1
      """
    ).first
    return try row.map { row in
      let (name, ordinal, at, actor, kind, subject, details, digest) = try row.decode(
        (String, Int, String, String, String, String, String, String).self)
      guard let meaning = AuditAnchor.Meaning(rawValue: name) else {
        throw Corrupt(what: "digest of \(name)")
      }
      return AuditAnchor(
        entry: AuditEntry(
          ordinal: ordinal, at: at, actor: actor, kind: kind, subject: subject, details: details,
          digest: digest), meaning: meaning)
    }
  }
}
