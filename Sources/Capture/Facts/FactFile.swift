public import Impact

/// An import file read against its schema: good rows are delivered, bad ones reported.
///
///     let report = try FactFile(path: "exit.csv", schema: schema).read { row in … }
///
/// Values are delivered as PostgreSQL's text COPY takes them: numbers with a dot and no thousands, `t` and
/// `f`, ISO dates, months as their first day. Nothing is held but the current row, so a file may be long.
public struct FactFile: Sendable {
  /// What is kept of a report's details; the rest is counted.
  public enum Limit {
    /// Most diagnostics.
    public static let diagnostics = 1_000
  }

  /// How a file is written.
  public enum Form: Hashable, Sendable, CustomStringConvertible {
    /// A text: CSV.
    case text(CSVScanner.Dialect)
    /// A sheet of an Excel workbook.
    case workbook(sheet: String)

    /// How bytes stand for characters; `nil` for a workbook.
    public var encoding: TextEncoding? {
      if case .text(let dialect) = self { dialect.encoding } else { nil }
    }

    /// The form in words.
    public var description: String {
      switch self {
      case .text(let dialect): dialect.description
      case .workbook(let sheet): "the sheet \"\(sheet)\" of a workbook"
      }
    }
  }

  /// What became of a file.
  public struct Report: Hashable, Sendable {
    /// The file as the user named it.
    public var file: String
    /// The entity its rows are.
    public var entity: String
    /// The fingerprint of its bytes.
    public var fingerprint: Fingerprint
    /// How it is written.
    public var form: Form
    /// The header as it is written.
    public var header: String
    /// Rows read; always `accepted + rejected`.
    public var read: Int
    /// Rows delivered.
    public var accepted: Int
    /// Rows refused.
    public var rejected: Int
    /// What there is to say, at most ``Limit/diagnostics``.
    public var diagnostics: [Diagnostic]
    /// Diagnostics left out.
    public var omittedDiagnostics: Int
    /// Most cells a refused row has beyond the columns of the header.
    public var surplus: Int
  }

  /// A row that is refused while the file is read.
  struct RefusedRow {
    var line: Int
    /// Every reason, in order of column.
    var reasons: [Diagnostic]
    /// Whether its cells may be copied: personal data never is, and a header on a line of its own is no row.
    var isCopied: Bool
  }

  /// The file as the user named it.
  public let path: String
  /// What its rows are.
  public let schema: FactSchema
  /// The sheet of a workbook to read; without one, that called like the entity, else the first that is shown.
  public let sheet: String?
  /// How the file's columns become fields, when another system has written it.
  public let mapping: Mapping?

  /// The file at `path`, CSV or an Excel workbook by its content, as rows of `schema`.
  public init(path: String, schema: FactSchema, mapping: Mapping? = nil, sheet: String? = nil) {
    self.path = path
    self.schema = schema
    self.mapping = mapping
    self.sheet = sheet
  }

  /// Delivers every good row in order and reports on the others.
  ///
  /// Rows delivered before an error is thrown must be forgotten: the file cannot be trusted.
  ///
  /// - Throws: ``CaptureError`` when the file as a whole is refused, or whatever `row` throws.
  public func read(_ row: (FactRow) throws -> Void) throws -> Report { try read(after: nil, row) }

  /// The same without the first reading that ``survey()`` has done already.
  public func read(after survey: Survey?, _ row: (FactRow) throws -> Void) throws -> Report {
    switch try open(after: survey) {
    case .text(let scanner): try read(mapped: scanner, row)
    case .sheet(let reader): try read(mapped: reader, row)
    }
  }

  private func read(mapped table: some RecordTable, _ row: (FactRow) throws -> Void) throws -> Report {
    guard let mapping else { return try read(table, row) }
    return try read(MappedTable(table, mapping, schema), row)
  }

  /// The table of a file, by what its bytes are.
  enum Opened {
    case text(CSVScanner)
    case sheet(SheetReader)
  }

  func open(after survey: Survey? = nil) throws -> Opened {
    let source = try FileSource(path: path)
    if try FactFile.isWorkbook(source) { return .sheet(try sheet(of: Workbook(source, file: path))) }
    if let sheet {
      throw CaptureError(
        path, code: "sheet", "this is no workbook, so it has no sheet \"\(sheet)\"; name the file alone")
    }
    return .text(
      try CSVScanner(source, file: path, chunkSize: FactFile.chunk, inspection: survey?.inspection))
  }

  static let chunk = 256 * 1024

  static func isWorkbook(_ source: FileSource) throws -> Bool {
    let isBegun = Workbook.isBegun(by: try source.read(4))
    try source.rewind()
    return isBegun
  }

  /// The same from an open file; bad rows are handed to `refused` while the table stands at them.
  func read<Table: RecordTable>(
    _ table: Table, _ row: (FactRow) throws -> Void, refused: (RefusedRow) throws -> Void = { _ in }
  ) throws -> Report {
    var reading = try Reading(table, schema)
    try table.forEachRecord {
      switch reading.outcome() {
      case .empty: return
      case .good(let fact): try row(fact)
      case .refused(let refusal): try refused(refusal)
      }
    }
    return reading.finish()
  }

  /// Whether a column is for remarks: its name begins with `_` and it is not read.
  static func isRemark(column name: String) -> Bool { name.utf8.first == UInt8(ascii: "_") }

  /// Whether the name of a column that is no field's says that it tells who people are.
  static func namesPeople(column name: String) -> Bool {
    ["nom", "prenom", "prénom", "nir", "email", "mail", "e-mail", "telephone", "téléphone", "date_naissance"]
      .contains(name.lowercased())
  }

  private func sheet(of workbook: Workbook) throws -> SheetReader {
    let chosen = try workbook.sheet(named: sheet, for: schema)
    let reader = try SheetReader(workbook, chosen)
    let others = workbook.sheets.filter { $0.isVisible && $0 != chosen }.map(\.name)
    if sheet == nil, !others.isEmpty, !Workbook.isNamed(chosen, after: schema) {
      reader.note(
        Diagnostic(
          file: path, code: "sheet",
          message:
            "only the sheet \"\(chosen.name)\" is read, the first of \(others.count + 1); call the sheet to read \"\(schema.name)\" to choose another",
          severity: .warning))
    }
    return reader
  }
}
