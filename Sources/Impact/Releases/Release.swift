/// The frozen figures of a quarter: what every page and file is rendered from (*livraison*).
public struct Release: Hashable, Sendable {
  /// `2026T3-r1`: the quarter and the number of the release for that quarter.
  public var id: String
  /// The last quarter it reports.
  public var quarter: Quarter
  /// The day the data were cut (*données arrêtées au*); observation dates are judged on it.
  public var cut: Day
  /// The batch of facts it was computed from.
  public var batch: Int
  /// Version of the catalogue.
  public var catalogueVersion: String
  /// Digest of every definition and parameter file.
  public var catalogueDigest: String
  /// Version of the software that computed it.
  public var softwareVersion: String
  /// The release it follows, for the restatements; `nil` for the first.
  public var previous: String?
  /// The day the next release is expected by.
  public var nextDue: Day
  /// What a reader notes to prove later that nothing was changed; `nil` before the release is made.
  ///
  /// SHA-256, in hexadecimal, over its figures, its definitions, every fact up to its batch and the release
  /// before it.
  public var digest: String?

  /// A release with all its parts.
  public init(
    id: String, quarter: Quarter, cut: Day, batch: Int, catalogueVersion: String, catalogueDigest: String,
    softwareVersion: String, previous: String?, nextDue: Day,
    digest: String? = nil
  ) {
    self.id = id
    self.quarter = quarter
    self.cut = cut
    self.batch = batch
    self.catalogueVersion = catalogueVersion
    self.catalogueDigest = catalogueDigest
    self.softwareVersion = softwareVersion
    self.previous = previous
    self.nextDue = nextDue
    self.digest = digest
  }
}

/// A figure that an earlier release published otherwise (*rectification d'un chiffre publié*).
public struct Restatement: Hashable, Sendable {
  /// What made it change.
  public enum Cause: String, Hashable, Sendable, CaseIterable {
    /// Rows that arrived after the quarter was validated or closed.
    case lateRows = "late-rows-of-a-closed-quarter"
    /// Rows that arrived or were corrected before anybody signed.
    case rows = "new-or-corrected-rows"
    /// Another version of the definition.
    case definition = "new-definition"
  }

  /// The figure concerned.
  public var key: Figure.Key
  /// What the earlier release said.
  public var before: Figure.Content
  /// What this release says.
  public var after: Figure.Content
  /// The earlier release.
  public var release: String
  /// What made it change; one cause does not hide another.
  public var causes: [Cause]

  /// A change of a published figure.
  public init(
    key: Figure.Key, before: Figure.Content, after: Figure.Content, release: String,
    causes: [Cause] = [.rows]
  ) {
    self.key = key
    self.causes = causes
    self.before = before
    self.after = after
    self.release = release
  }
}
