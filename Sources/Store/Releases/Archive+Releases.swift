public import Impact
internal import Postgres

extension Archive {
  /// A definition file, kept with the releases made from it.
  public struct DefinitionFile: Hashable, Sendable {
    /// Its path inside `Indicators/`.
    public var path: String
    /// Its bytes.
    public var content: [UInt8]

    /// A file with its bytes.
    public init(path: String, content: [UInt8]) {
      self.path = path
      self.content = content
    }
  }

  /// What came of asking for a release.
  public enum ReleaseOutcome: Hashable, Sendable {
    /// A release was made.
    case made(Release)
    /// The last release of the quarter already says exactly this.
    case unchanged(Release)
  }

  /// Freezes the figures of a quarter under the next release name, unless the last release says the same.
  ///
  /// - Parameters:
  ///   - quarter: the last quarter reported.
  ///   - catalogue: the definitions.
  ///   - definitions: the files they were read from, kept with the release.
  ///   - software: version of the software.
  /// - Returns: the release made, or the one that already says the same.
  /// - Throws: the database's error; then no release is made.
  public func release(
    _ quarter: Quarter, catalogue: Catalogue, definitions: [DefinitionFile], software: String
  ) throws -> ReleaseOutcome {
    let cut = ReleaseCalendar.cut(of: quarter)
    let perspective = Perspective(quarter: quarter, cut: cut, batch: try lastBatch())
    try compute(catalogue, seen: perspective, software: software)
    let outcome: ReleaseOutcome = try connection.transaction {
      // Two releases at once would take the same number. A lock of our own: one on the table takes a right
      // to change releases, which nobody has.
      try connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('jvs release', 0))")
      let last = try releases().last { $0.quarter == quarter }
      if let last, last.catalogueDigest == catalogue.digest, try working(equals: last.id),
        try workingReturns(equal: last.id),
        try !isReviewed(quarter, cut: cut, batch: perspective.batch, since: last)
      {
        return .unchanged(last)
      }
      let previous = try releases().last { $0.quarter <= quarter }
      let revision: Int = try connection.execute(
        "SELECT coalesce(max(revision), 0) + 1 FROM figure.release WHERE quarter = \(quarter.description)"
      )[0].decode()
      let made = Release(
        id: "\(quarter)-r\(revision)", quarter: quarter, cut: cut, batch: perspective.batch,
        catalogueVersion: catalogue.version, catalogueDigest: catalogue.digest, softwareVersion: software,
        previous: previous?.id, nextDue: ReleaseCalendar.cut(of: quarter.next).adding(days: 1))
      try freeze(made, catalogue, revision: revision)
      try freezeReturns(into: made.id, catalogue.socialReturn)
      for file in definitions {
        try connection.execute(
          """
          INSERT INTO figure.definition (digest, path, content)
          VALUES (\(catalogue.digest), \(file.path), \(file.content)) ON CONFLICT DO NOTHING
          """)
      }
      return .made(made)
    }
    // Its digest is known once it is committed.
    guard case .made(let made) = outcome else { return outcome }
    return .made(try releases().first { $0.id == made.id } ?? made)
  }

  private func freeze(_ release: Release, _ catalogue: Catalogue, revision: Int) throws {
    try connection.execute(
      """
      INSERT INTO figure.release (release_id, quarter, revision, cut, batch, catalogue_version,
        definitions_digest, software_version, previous, next_due)
      VALUES (\(release.id), \(release.quarter.description), \(revision), \(release.cut.description)::date,
        \(release.batch), \(release.catalogueVersion), \(release.catalogueDigest), \(release.softwareVersion),
        \(release.previous), \(release.nextDue.description)::date)
      """)
    try connection.execute(
      """
      INSERT INTO figure.figure (cooperation_id, release_id, indicator, indicator_version, quarter, part_field,
        part_value, value, numerator, denominator, n, low, high, absence, status, followed, due, observed)
      SELECT w.cooperation_id, \(release.id), w.indicator, w.indicator_version, w.quarter, w.part_field,
        w.part_value, w.value, w.numerator, w.denominator, w.n, w.low, w.high, w.absence,
        CASE WHEN b.release_id IS NOT NULL AND NOT coalesce(b.due < b.followed, false)
               AND \(fragment: Archive.differs("w", "b")) THEN 'revised'
             ELSE w.status END,
        w.followed, w.due, w.observed
      FROM figure.figure w LEFT JOIN figure.figure b
        ON b.release_id = \(release.previous) AND (b.cooperation_id, b.indicator, b.quarter, b.part_field, b.part_value)
          = (w.cooperation_id, w.indicator, w.quarter, w.part_field, w.part_value)
      WHERE w.release_id = \(Archive.working)
      """)
    try freezeScores(release.id)
    try freezeHealth(release, catalogue.vocabulary)
  }

  /// Whether two rows of figures say different things; how settled they are does not count.
  private static func differs(_ left: String, _ right: String) -> SQL {
    let columns = ["value", "numerator", "denominator", "absence", "followed", "due", "observed"]
    let pairs = columns.map { name in
      "\(identifier: left).\(identifier: name) IS DISTINCT FROM \(identifier: right).\(identifier: name)"
        as SQL
    }
    return "(\(fragment: pairs.joined(separator: " OR ")))"
  }

  private func working(equals release: String) throws -> Bool {
    let columns: SQL =
      """
      cooperation_id, indicator, indicator_version, quarter, part_field, part_value, value, numerator,
      denominator, n, low, high, absence, followed, due, observed
      """
    let here: SQL = "SELECT \(fragment: columns) FROM figure.figure WHERE release_id = \(Archive.working)"
    let there: SQL = "SELECT \(fragment: columns) FROM figure.figure WHERE release_id = \(release)"
    return try connection.execute(
      """
      SELECT NOT EXISTS ((\(fragment: here) EXCEPT \(fragment: there))
        UNION ALL (\(fragment: there) EXCEPT \(fragment: here)))
      """)[0].decode()
  }

  /// Whether the review says more than the last release shows: signatures, targets, commentary, decisions, shares.
  private func isReviewed(_ quarter: Quarter, cut: Day, batch: Int, since last: Release) throws -> Bool {
    let isSigned: Bool = try connection.execute(
      """
      SELECT EXISTS (SELECT 1 FROM review.event v, audit.release r
        WHERE r.release_id = \(last.id) AND v.entry > r.ordinal AND v.quarter <= \(quarter.description))
      """)[0].decode()
    if isSigned { return true }
    let shown: [(table: String, condition: SQL)] = [
      ("target", "decided_on <= \(cut.description)::date"),
      ("commentary", "quarter <= \(quarter.description)"), ("decision", "quarter <= \(quarter.description)"),
      ("sharing_rule", "started_on <= \(cut.description)::date"),
      ("coalition_value", "signed_on <= \(cut.description)::date"),
    ]
    return try shown.contains { table, condition in
      func rows(asOf batch: Int) throws -> [[String?]] {
        try read(asOf: batch, cut: cut.description)
        // What was said matters, not when and in which file.
        return try connection.execute(
          """
          SELECT (to_jsonb(t) - '{batch_from,batch_to,import_id,source_line,valid}'::text[])::text
          FROM as_of.\(identifier: table) t WHERE \(fragment: condition) ORDER BY 1
          """
        ).map(\.texts)
      }
      return try rows(asOf: batch) != rows(asOf: last.batch)
    }
  }

  /// Every release, oldest quarter first, then by revision.
  public func releases() throws -> [Release] {
    let rows = try connection.execute(
      """
      SELECT release_id, quarter, cut::text, batch, catalogue_version, definitions_digest, software_version,
        previous, next_due::text, a.digest
      FROM figure.release LEFT JOIN audit.release a USING (release_id) ORDER BY quarter, revision
      """)
    return try rows.map { row in
      let (id, quarterName, cutText, batch, version, definitions, software, previous, nextText, digest) =
        try row.decode((String, String, String, Int, String, String, String, String?, String, String?).self)
      guard let quarter = Quarter(quarterName), let cut = Day(cutText), let next = Day(nextText) else {
        throw Corrupt(what: "release \(id)")
      }
      return Release(
        id: id, quarter: quarter, cut: cut, batch: batch, catalogueVersion: version,
        catalogueDigest: definitions, softwareVersion: software, previous: previous, nextDue: next,
        digest: digest)
    }
  }

  /// The definition files a release was made from.
  public func definitions(of release: Release) throws -> [DefinitionFile] {
    try connection.execute(
      "SELECT path, content FROM figure.definition WHERE digest = \(release.catalogueDigest) ORDER BY path"
    ).map { row in
      let (path, content) = try row.decode((String, [UInt8]).self)
      return DefinitionFile(path: path, content: content)
    }
  }
}
