public import Impact

extension Archive {
  /// A file about to be recorded.
  public struct Source: Hashable, Sendable {
    /// The cooperation it is about; `nil` for reference tables.
    public var cooperation: String?
    /// Its shape.
    public var schema: FactSchema
    /// Its name, as the report should call it.
    public var file: String
    /// Digest of its bytes, and of whatever else decides what its rows are.
    public var sha256: String
    /// The day its rows are judged on: what lies after it is in the future.
    public var today: Day
    /// Its size in bytes: a large file is landed in a table that can become a segment of its fact.
    public var size: Int
    /// Whether the file is the whole truth: known rows it does not have are closed.
    ///
    /// Parameter tables are.
    public var isComplete: Bool
    /// The shapes of facts that point to this one: a row they point to cannot be closed.
    public var referrers: [FactSchema]

    /// A file with its shape and digest.
    public init(
      cooperation: String?, schema: FactSchema, file: String, sha256: String, today: Day, size: Int = 0,
      isComplete: Bool = false, referrers: [FactSchema] = []
    ) {
      self.cooperation = cooperation
      self.schema = schema
      self.file = file
      self.sha256 = sha256
      self.today = today
      self.size = size
      self.isComplete = isComplete
      self.referrers = referrers
    }
  }

  /// What reading a file found, told once every good row has been handed over.
  public struct Reading: Sendable {
    /// Rows read, good and bad.
    public var read: Int
    /// Rows refused by the reader.
    public var refused: Int
    /// What the reader has to say.
    public var diagnostics: [Diagnostic]
    /// Remarks it had no room for.
    public var omitted: Int

    /// The end of a reading.
    public init(read: Int, refused: Int, diagnostics: [Diagnostic], omitted: Int = 0) {
      self.read = read
      self.refused = refused
      self.diagnostics = diagnostics
      self.omitted = omitted
    }
  }

  /// What became of a file.
  ///
  /// `read = recorded + unchanged + rejected`, always.
  public struct Receipt: Hashable, Sendable {
    /// Rows read.
    public var read = 0
    /// Rows recorded: new, or revisions of known ones.
    public var recorded = 0
    /// Of those recorded, revisions.
    public var revised = 0
    /// Of those recorded, rows about a quarter that a release has reported or a review has locked.
    public var late = 0
    /// Rows that say what was known already.
    public var unchanged = 0
    /// Rows refused.
    public var rejected = 0
    /// Known rows closed because a complete file no longer has them.
    public var closed = 0
    /// The batch they were recorded in; `nil` when nothing changed.
    public var batch: Int?
    /// What there is to say, in order of line: of each reason to refuse rows, and of each warning, the first lines.
    public var diagnostics: [Diagnostic] = []
    /// Every row that could be read and was refused by the store.
    public var refusals = Refusals()
    /// Remarks there was no room for.
    public var omittedDiagnostics = 0
    /// The same bytes had been imported before, and nothing of them is new.
    public var wasKnown = false

    /// A receipt of nothing.
    public init() {}
  }

  /// Why a file cannot be recorded at all.
  public enum Refusal: Error, Equatable, CustomStringConvertible {
    /// Nobody declared the cooperation.
    case unknownCooperation(String, known: [String])
    /// A cooperation.csv declares another cooperation than the one it was sent for.
    case foreignCooperation(String)
    /// A file that is to be the whole truth has rows that cannot be read, or none at all.
    case incompleteTruth(refused: Int)

    /// A file that is to be the whole truth lacks rows that other facts point to.
    case stillReferenced(by: String, rows: Int)

    /// With this file the agreed shares of the partners would not make the whole of a result.
    case sharesNotWhole(String)

    /// What is wrong and what to do.
    public var description: String {
      switch self {
      case .sharesNotWhole(let fault): "with this file, \(fault)"
      case .stillReferenced(let entity, let rows):
        "\(rows) of the known rows this complete file lacks are named by rows of \(entity) that stand; "
          + "close those first, or put the rows back"
      case .unknownCooperation(let name, let known):
        "the cooperation “\(name)” is unknown"
          + (known.isEmpty ? "" : " (known: \(known.joined(separator: ", ")))")
          + "; import its cooperation.csv first, or name another with --cooperation"
      case .foreignCooperation(let name):
        "this cooperation.csv must have exactly one row, whose column “cooperation” is “\(name)”; "
          + "mend the file or name the right cooperation with --cooperation"
      case .incompleteTruth(let refused):
        refused > 0
          ? "a file imported with --complete closes the known rows it lacks, but \(refused) of its rows are "
            + "refused; mend them, or import it without --complete"
          : "a file imported with --complete closes the known rows it lacks, and this one has no row at all; "
            + "send the whole table"
      }
    }
  }
}
