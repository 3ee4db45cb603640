public import Impact

/// One row of an import file, ready to be recorded.
public struct FactRow: Hashable, Sendable {
  /// The line the row begins at.
  public var line: Int
  /// Canonical texts in the order of the schema's fields; `nil` where nothing is known.
  public var values: [String?]

  /// A row with its values.
  public init(line: Int, values: [String?]) {
    self.line = line
    self.values = values
  }
}

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

  /// What became of a file.
  public struct Report: Hashable, Sendable {
    /// The file as the user named it.
    public var file: String
    /// The entity its rows are.
    public var entity: String
    /// The fingerprint of its bytes.
    public var fingerprint: Fingerprint
    /// How it is written.
    public var dialect: CSVScanner.Dialect
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
    /// Personal data is never copied, so such a row is only told of.
    var holdsPersonalData: Bool
  }

  /// The file as the user named it.
  public let path: String
  /// What its rows are.
  public let schema: FactSchema

  /// The file at `path` as rows of `schema`.
  public init(path: String, schema: FactSchema) {
    self.path = path
    self.schema = schema
  }

  /// Delivers every good row in order and reports on the others.
  ///
  /// Rows delivered before an error is thrown must be forgotten: the file cannot be trusted.
  ///
  /// - Throws: ``CaptureError`` when the file as a whole is refused, or whatever `row` throws.
  public func read(_ row: (FactRow) throws -> Void) throws -> Report {
    try read(CSVScanner(path: path), row)
  }

  /// The same from an open file; bad rows are handed to `refused` while the scanner stands at them.
  func read(
    _ scanner: CSVScanner, _ row: (FactRow) throws -> Void, refused: (RefusedRow) throws -> Void = { _ in }
  ) throws -> Report {
    var reading = try Reading(scanner, schema)
    while try scanner.next() {
      switch reading.outcome() {
      case .empty: continue
      case .good(let fact): try row(fact)
      case .refused(let refusal): try refused(refusal)
      }
    }
    return reading.finish()
  }

  /// Whether a column is for remarks: its name begins with `_` and it is not read.
  static func isRemark(column name: String) -> Bool { name.hasPrefix("_") }

  /// Whether a column's name says that it tells who people are.
  static func namesPeople(column name: String) -> Bool {
    ["nom", "prenom", "prénom", "nir", "email", "mail", "e-mail", "telephone", "téléphone", "date_naissance"]
      .contains(name.lowercased())
  }
}

/// The state of reading one file.
private struct Reading {
  private let scanner: CSVScanner
  private let schema: FactSchema
  /// For each column of the file, the index of its field.
  private let fieldOfColumn: [Int?]
  private let readers: [CellReader]
  /// For each column of the file, whether what stands in it makes a row.
  private let countsAsCell: [Bool]
  private var report: FactFile.Report
  private var warnedTwiceEncoded = false
  /// For each column: cells that say something, and those of personal data by kind.
  private var filled: [Int]
  private var personal: [[PersonalData.Kind: Int]]

  init(_ scanner: CSVScanner, _ schema: FactSchema) throws {
    self.scanner = scanner
    self.schema = schema
    do {
      readers = try schema.fields.map(CellReader.init)
    } catch {
      throw CaptureError(
        scanner.file, code: "pattern", "a pattern of the schema \"\(schema.name)\" is not understood")
    }
    report = FactFile.Report(
      file: scanner.file, entity: schema.name, fingerprint: scanner.fingerprint, dialect: scanner.dialect,
      header: scanner.rawHeader, read: 0, accepted: 0, rejected: 0, diagnostics: [], omittedDiagnostics: 0,
      surplus: 0)
    countsAsCell = scanner.header.map { !FactFile.isRemark(column: $0) }
    filled = Array(repeating: 0, count: scanner.header.count)
    personal = Array(repeating: [:], count: scanner.header.count)
    let names = schema.fields.map(\.name)
    fieldOfColumn = scanner.header.map { names.firstIndex(of: $0.lowercased()) }
    try checkHeader(names)
  }

  private mutating func checkHeader(_ names: [String]) throws {
    let unknown = zip(scanner.header.indices, fieldOfColumn).filter { $0.1 == nil }.map(\.0)
    let missing = schema.fields.indices.filter { schema.fields[$0].isRequired && !fieldOfColumn.contains($0) }
    guard missing.isEmpty else {
      let unknownNames = unknown.map { scanner.header[$0] }
      throw CaptureError(
        missing.map { index in
          let name = schema.fields[index].name
          // The header may be quoted here: a name near a known one is no person's data.
          let nearest = NearestName.nearest(to: name, among: unknownNames)
          let hint = nearest.map { "; column \"\($0)\" may be meant, rename it" } ?? "; add it"
          return Diagnostic(
            file: scanner.file, line: scanner.headerLine, field: name, code: "missing-column",
            message: "the required column \"\(name)\" is missing\(hint)")
        })
    }
    for column in unknown where countsAsCell[column] {
      let name = scanner.header[column]
      let free = names.filter { known in !scanner.header.contains { $0.lowercased() == known } }
      let message =
        if FactFile.namesPeople(column: name) {
          "the column \"\(name)\" seems to tell who people are; it is not read, remove it from the file"
        } else {
          "the column \"\(name)\" is not known to \"\(schema.name)\" and is not read\(NearestName.hint(for: name, among: free))"
        }
      add(
        Diagnostic(
          file: scanner.file, line: scanner.headerLine, column: column + 1, field: name,
          code: FactFile.namesPeople(column: name) ? "personal-data" : "unknown-column", message: message,
          severity: .warning))
    }
    if scanner.dialect.encoding == .windows1252 {
      add(
        Diagnostic(
          file: scanner.file, code: "encoding",
          message:
            "the file is not UTF-8 and was read as Windows-1252; check its accents, or save it as CSV UTF-8",
          severity: .warning))
    }
  }

  /// What the current record is.
  enum Outcome {
    case empty
    case good(FactRow)
    case refused(FactFile.RefusedRow)
  }

  mutating func outcome() -> Outcome {
    if isEmpty { return .empty }
    report.read += 1
    if let raggedness = scanner.raggedness {
      // A shifted row may carry personal data in any cell.
      let kind = personalKindOfRecord()
      report.surplus = max(report.surplus, scanner.fieldCount - scanner.header.count)
      return refused(
        [diagnostic(nil, "ragged", Localized(fr: raggedInFrench, en: raggedness))],
        holdsPersonalData: kind != nil)
    }
    var values = [String?](repeating: nil, count: schema.fields.count)
    var reasons: [Diagnostic] = []
    var isPersonal = false
    for column in fieldOfColumn.indices {
      let outcome =
        if let field = fieldOfColumn[column] {
          scanner.withField(column) { readers[field].read($0) }
        } else {
          scanner.withField(column) { Reading.unread($0) }
        }
      switch outcome {
      case .value(let value):
        if let field = fieldOfColumn[column] {
          values[field] = value
          if value != nil { filled[column] += 1 }
        } else if scanner.withField(column, { !$0.isEmpty }) {
          filled[column] += 1
        }
      case .problem(let problem):
        filled[column] += problem.code == "required" ? 0 : 1
        if let kind = problem.personal {
          isPersonal = true
          personal[column][kind, default: 0] += 1
        }
        reasons.append(diagnostic(column, problem.code, problem.message))
      }
    }
    guard reasons.isEmpty else { return refused(reasons, holdsPersonalData: isPersonal) }
    warnOfDoubleEncoding(values)
    report.accepted += 1
    return .good(FactRow(line: scanner.line, values: values))
  }

  private mutating func refused(_ reasons: [Diagnostic], holdsPersonalData: Bool) -> Outcome {
    report.rejected += 1
    for reason in reasons { add(reason) }
    return .refused(
      FactFile.RefusedRow(line: scanner.line, reasons: reasons, holdsPersonalData: holdsPersonalData))
  }

  private var raggedInFrench: String {
    let (found, expected) = (scanner.fieldCount, scanner.header.count)
    return
      "cette ligne a \(found) cellules et l’en-tête \(expected) colonnes nommées ; vérifier ses séparateurs et ses guillemets"
  }

  /// A column that is not read may still not hold personal data.
  private static func unread(_ raw: Span<UInt8>) -> CellReader.Outcome {
    if let kind = CellReader.Survey(raw).personal(raw) { return .problem(CellReader.personal(kind)) }
    return .value(nil)
  }

  private var isEmpty: Bool {
    for index in 0..<min(scanner.fieldCount, CSVScanner.Limit.columns) {
      // Remarks alone make no row: a refused row listed without its cells says nothing by itself.
      if index < countsAsCell.count, !countsAsCell[index] { continue }
      if scanner.withField(index, { !CellReader.trimmedRange($0).isEmpty }) { return false }
    }
    return true
  }

  private func personalKindOfRecord() -> PersonalData.Kind? {
    let bytes = Array(scanner.rawRecord.utf8)
    return CellReader.Survey(bytes.span).personal(bytes.span)
  }

  private func diagnostic(_ column: Int?, _ code: String, _ message: Localized) -> Diagnostic {
    Diagnostic(
      file: scanner.file, line: scanner.line, column: column.map { $0 + 1 },
      field: column.map { scanner.header[$0] },
      code: code, message: message.english, french: message.french)
  }

  private mutating func add(_ diagnostic: Diagnostic) {
    if report.diagnostics.count < FactFile.Limit.diagnostics {
      report.diagnostics.append(diagnostic)
    } else {
      report.omittedDiagnostics += 1
    }
  }

  /// `Ã©` where `é` was meant: UTF-8 read as Windows-1252 and written as UTF-8 again.
  private mutating func warnOfDoubleEncoding(_ values: [String?]) {
    guard !warnedTwiceEncoded else { return }
    for (index, value) in values.enumerated() where schema.fields[index].kind == .string {
      guard let value, Reading.isTwiceEncoded(value.utf8) else { continue }
      warnedTwiceEncoded = true
      add(
        Diagnostic(
          file: scanner.file, line: scanner.line, field: schema.fields[index].name, code: "encoding",
          message: "the accents of the file seem damaged (encoded twice); export it again as CSV UTF-8",
          severity: .warning))
      return
    }
  }

  private static func isTwiceEncoded(_ bytes: String.UTF8View) -> Bool {
    var last: (UInt8, UInt8, UInt8) = (0, 0, 0)
    for byte in bytes {
      if last == (0xC3, 0x83, 0xC2), byte >= 0xA0 { return true }
      last = (last.1, last.2, byte)
    }
    return false
  }

  /// The report, once every record was read.
  mutating func finish() -> FactFile.Report {
    for column in personal.indices {
      let count = personal[column].values.reduce(0, +)
      guard count > 1, count == filled[column] else { continue }
      let kind = personal[column].max { $0.value < $1.value }?.key ?? .socialSecurityNumber
      let whole = Diagnostic(
        file: scanner.file, line: scanner.headerLine, column: column + 1, field: scanner.header[column],
        code: "personal-data",
        message:
          "every cell of the column \"\(scanner.header[column])\" holds \(kind.name.english); remove the column from the file",
        french:
          "chaque cellule de la colonne « \(scanner.header[column]) » contient \(kind.name.french) ; ôter la colonne du fichier"
      )
      // The whole column matters more than any of its cells, so it is said even when the report is full.
      if report.diagnostics.count == FactFile.Limit.diagnostics {
        report.diagnostics.removeLast()
        report.omittedDiagnostics += 1
      }
      report.diagnostics.insert(whole, at: 0)
    }
    return report
  }
}
