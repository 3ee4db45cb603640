internal import Impact

/// A table of records with their lines, whatever kind of file holds it.
///
/// What reads rows is generic over this, so the compiler makes one reader for each kind of file and a cell
/// costs no more than a direct call.
protocol RecordTable: AnyObject {
  /// The file as the user named it.
  var file: String { get }
  var fingerprint: Fingerprint { get }
  /// How the file is written.
  var form: FactFile.Form { get }
  /// The names of the columns.
  var header: [String] { get }
  /// The header as it is written.
  var rawHeader: String { get }
  var headerLine: Int { get }
  /// What there is to say of the file as a whole, complete once every record was read.
  var remarks: [Diagnostic] { get }

  /// Gives one record after the other; the properties below are those of the current one.
  func forEachRecord(_ body: () throws -> Void) throws
  /// The line the record begins at: of the text, or of the sheet.
  var line: Int { get }
  var fieldCount: Int { get }
  /// Why the record does not fit the header, or `nil` when it does.
  var raggedness: String? { get }
  /// The record as it is written, or would be as CSV.
  var rawRecord: String { get }
  /// Gives the bytes of one field.
  func withField<Result>(_ index: Int, _ body: (Span<UInt8>) throws -> Result) rethrows -> Result
  /// Whether ``refusal(of:as:)`` is worth asking.
  var knowsMoreThanText: Bool { get }
  /// Why a cell cannot be read as `field`, when the file knows more of it than its text.
  func refusal(of index: Int, as field: FactSchema.Field) -> CellReader.Problem?
  /// Whether the record says nothing at all; remarks alone make no row.
  var isBlank: Bool { get }
  /// For each column the index of its field, when a mapping has said so; else the header does.
  var bindings: [Int?]? { get }
  /// The number, from 1, and the name of a column where its author looks for it.
  func place(of column: Int) -> (number: Int, name: String)
}

extension RecordTable {
  func place(of column: Int) -> (number: Int, name: String) { (column + 1, header[column]) }

  var bindings: [Int?]? { nil }

  var knowsMoreThanText: Bool { true }

  var isBlank: Bool {
    for index in 0..<min(fieldCount, CSVScanner.Limit.columns) {
      if withField(index, { CellReader.trimmedRange($0).isEmpty }) { continue }
      if index >= header.count || !FactFile.isRemark(column: header[index]) { return false }
    }
    return true
  }
}

extension CSVScanner: RecordTable {
  var form: FactFile.Form { .text(dialect) }

  var remarks: [Diagnostic] {
    guard dialect.encoding == .windows1252 else { return [] }
    return [
      Diagnostic(
        file: file, code: "encoding",
        message:
          "the file is not UTF-8 and was read as Windows-1252; check its accents, or save it as CSV UTF-8",
        severity: .warning)
    ]
  }

  func forEachRecord(_ body: () throws -> Void) throws { while try next() { try body() } }

  // A text knows no more of a cell than its bytes.
  var knowsMoreThanText: Bool { false }

  func refusal(of index: Int, as field: FactSchema.Field) -> CellReader.Problem? { nil }
}
