public import Impact

/// Everything a fact has said, oldest first.
public struct FactHistory: Hashable, Sendable {
  /// A file's import, as a row's origin or end.
  public struct Origin: Hashable, Sendable {
    /// The batch.
    public var batch: Int
    /// When the batch was recorded, in UTC: `2026-10-16T04:00:00.000000Z`.
    public var recordedAt: String
    /// The import's number.
    public var importID: Int
    /// The file, as it was named at import.
    public var file: String
    /// The line of the row in it; `nil` when the file ended the row without saying anything of it.
    public var line: Int?
  }

  /// How a revision stopped standing.
  public enum Ending: Hashable, Sendable {
    /// Another revision took its place.
    case superseded(Origin)
    /// A file that is the whole truth no longer has it.
    case closed(Origin)
  }

  /// A field that two revisions say differently.
  public struct Change: Hashable, Sendable {
    /// The field.
    public var field: String
    /// What the revision before said; `nil` for nothing.
    public var old: String?
    /// What this one says; `nil` for nothing.
    public var new: String?
  }

  /// What was said once.
  public struct Revision: Hashable, Sendable {
    /// Where it comes from.
    public var origin: Origin
    /// First day on which it is true; `nil` when it has no beginning, or the entity has no dates.
    public var validFrom: Day?
    /// Last day on which it is true; `nil` when it has no end, or the entity has no dates.
    public var validTo: Day?
    /// The fields' values as text, in the order of the schema; `nil` is nothing.
    public var values: [String?]
    /// What it changes of the revision before; empty for the first, and for one that came back the same.
    public var changes: [Change]
    /// How it stopped standing; `nil` while it stands.
    public var ending: Ending?
  }

  /// The shape of the entity.
  public var schema: FactSchema
  /// The cooperation; `nil` for parameter tables.
  public var cooperation: String?
  /// The values of the key, in its order.
  public var key: [String]
  /// What was said, oldest first; never empty.
  public var revisions: [Revision]
}

/// What one import did, row by row.
public struct ImportAccount: Hashable, Sendable {
  /// What was done to a fact.
  public enum Deed: String, Hashable, Sendable {
    /// It was not known before.
    case added
    /// What was known was said otherwise.
    case revised
    /// It no longer stands, and nothing took its place.
    case closed
  }

  /// One fact it touched.
  public struct Row: Hashable, Sendable {
    /// What was done to it.
    public var deed: Deed
    /// The values of its key.
    public var key: [String]
    /// The line of the file; for a closed row, of the file it came from.
    public var line: Int
  }

  /// A line that was refused; where and why, never what.
  public struct Reject: Hashable, Sendable {
    /// The line.
    public var line: Int?
    /// The field.
    public var field: String?
    /// The kind of mistake.
    public var code: String
    /// What is wrong and what to do.
    public var message: String
  }

  /// The import's number.
  public var importID: Int
  /// The cooperation; `nil` for parameter tables.
  public var cooperation: String?
  /// The entity.
  public var entity: String
  /// The file, as it was named.
  public var file: String
  /// SHA-256 of its bytes.
  public var sha256: String
  /// When, in UTC.
  public var importedAt: String
  /// The batch; `nil` when nothing changed.
  public var batch: Int?
  /// Rows read, recorded, revised, late, unchanged, refused and closed.
  public var receipt: Archive.Receipt
  /// The facts it touched, at most as many as asked for, in order of line.
  public var rows: [Row]
  /// The lines it refused, at most as many as asked for.
  public var rejects: [Reject]
}
