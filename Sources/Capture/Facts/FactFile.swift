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
  public func read(_ row: (FactRow) throws -> Void) throws -> Report {
    switch try open() {
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

  func open() throws -> Opened {
    let source = try FileSource(path: path)
    let isWorkbook = Workbook.isBegun(by: try source.read(4))
    try source.rewind()
    if isWorkbook { return .sheet(try sheet(of: Workbook(source, file: path))) }
    if let sheet {
      throw CaptureError(
        path, code: "sheet", "this is no workbook, so it has no sheet \"\(sheet)\"; name the file alone")
    }
    return .text(try CSVScanner(source, file: path, chunkSize: 256 * 1024))
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

/// The state of reading one file.
private struct Reading<Table: RecordTable> {
  private let table: Table
  private let schema: FactSchema
  /// For each column of the file, the index of its field.
  private let fieldOfColumn: [Int?]
  private let readers: [CellReader]
  /// The names of the columns as bytes; none when a record cannot be told from the header.
  private let headerNames: [[UInt8]]
  private var report: FactFile.Report
  private var warnedTwiceEncoded = false
  /// For each column: cells that say something, and those of personal data by kind.
  private var filled: [Int]
  /// The cells of the current row.
  private var cells: CellTexts
  private var personal: [[PersonalData.Kind: Int]]

  init(_ table: Table, _ schema: FactSchema) throws {
    self.table = table
    self.schema = schema
    var fields = schema.fields
    // Messages name the column its author knows.
    for (column, field) in (table.bindings ?? []).enumerated() {
      if let field { fields[field].name = table.place(of: column).name }
    }
    do {
      readers = try fields.map { try CellReader($0, of: schema) }
    } catch {
      throw CaptureError(
        table.file, code: "pattern", "a pattern of the schema \"\(schema.name)\" is not understood")
    }
    report = FactFile.Report(
      file: table.file, entity: schema.name, fingerprint: table.fingerprint, form: table.form,
      header: table.rawHeader, read: 0, accepted: 0, rejected: 0, diagnostics: [], omittedDiagnostics: 0,
      surplus: 0)
    headerNames =
      table.bindings == nil && table.header.count > 1 ? table.header.map { Array($0.utf8) } : []
    filled = Array(repeating: 0, count: table.header.count)
    cells = CellTexts(count: schema.fields.count)
    personal = Array(repeating: [:], count: table.header.count)
    if let bindings = table.bindings {
      fieldOfColumn = bindings
      try refuseSensitive(bindings.indices.filter { bindings[$0] == nil })
      return
    }
    let names = schema.fields.map(\.name)
    fieldOfColumn = try HeaderMatch(table.header, schema, file: table.file, line: table.headerLine).fields
    try checkHeader(names)
  }

  private mutating func checkHeader(_ names: [String]) throws {
    let unknown = zip(table.header.indices, fieldOfColumn).filter { $0.1 == nil }.map(\.0)
    let missing = schema.fields.indices.filter { schema.fields[$0].isRequired && !fieldOfColumn.contains($0) }
    try refuseSensitive(unknown)
    guard missing.isEmpty else {
      let unknownNames = unknown.map { table.header[$0] }
      throw CaptureError(
        missing.map { index in
          let name = schema.fields[index].name
          // The header may be quoted here: a name near a known one is no person's data.
          // Save in a list of people, where the first of them may stand in the header's place.
          let nearest = schema.scope == .identity ? nil : NearestName.nearest(to: name, among: unknownNames)
          let hint = nearest.map { "; column \"\($0)\" may be meant, rename it" } ?? "; add it"
          return Diagnostic(
            file: table.file, line: table.headerLine, field: name, code: "missing-column",
            message: "the required column \"\(name)\" is missing\(hint)")
        })
    }
    for column in unknown where !FactFile.isRemark(column: table.header[column]) {
      let name = table.header[column]
      let free = names.enumerated().filter { !fieldOfColumn.contains($0.offset) }.map(\.element)
      let message =
        if FactFile.namesPeople(column: name) {
          "the column \"\(name)\" seems to tell who people are; it is not read, remove it from the file"
        } else {
          "the column \"\(name)\" is not known to \"\(schema.name)\" and is not read\(NearestName.hint(for: name, among: free))"
        }
      add(
        Diagnostic(
          file: table.file, line: table.headerLine, column: column + 1, field: name,
          code: FactFile.namesPeople(column: name) ? "personal-data" : "unknown-column", message: message,
          severity: .warning))
    }
  }

  private func refuseSensitive(_ columns: [Int]) throws {
    let sensitive = columns.compactMap { column in
      Sensitivity(in: table.header[column]).map { refusal(of: column, $0) }
    }
    guard sensitive.isEmpty else { throw CaptureError(sensitive) }
  }

  /// A column nobody may send is not passed over: whoever sends it is to know that it must not leave them.
  private func refusal(of column: Int, _ kind: Sensitivity) -> Diagnostic {
    let name = table.header[column]
    return Diagnostic(
      file: table.file, line: table.headerLine, column: table.place(of: column).number, field: name,
      code: "sensitive-column",
      message: kind == .justice
        ? "the column \"\(name)\" tells of criminal records, which the law lets few bodies keep (article 10 GDPR); "
          + "remove it, the file is refused as a whole"
        : "the column \"\(name)\" tells of people's health (article 9 GDPR); remove it, the file is refused as a whole"
    )
  }

  /// What the current record is.
  enum Outcome {
    case empty
    case good(FactRow)
    case refused(FactFile.RefusedRow)
  }

  mutating func outcome() -> Outcome {
    if table.isBlank { return .empty }
    report.read += 1
    if let raggedness = table.raggedness {
      // A shifted row may carry personal data in any cell.
      let kind = personalKindOfRecord()
      report.surplus = max(report.surplus, table.fieldCount - table.header.count)
      return refused(
        [diagnostic(nil, "ragged", Localized(fr: raggedInFrench, en: raggedness))],
        // What a mapping leaves out may be anywhere in a shifted row.
        isCopied: kind == nil && table.bindings == nil)
    }
    if repeatsHeader {
      let sentence = Localized(
        fr: "l’en-tête est répété sur cette ligne, comme quand deux fichiers sont mis bout à bout ; l’ôter",
        en: "the header is repeated on this line, as when two files are put together; remove it")
      return refused([diagnostic(nil, "header", sentence)], isCopied: false)
    }
    cells.reset()
    var reasons: [Diagnostic] = []
    var isPersonal = false
    for column in fieldOfColumn.indices {
      guard let problem = readCell(column) else { continue }
      filled[column] += problem.code == "required" ? 0 : 1
      if problem.isSensitive { isPersonal = true }
      if let kind = problem.personal {
        isPersonal = true
        personal[column][kind, default: 0] += 1
      }
      reasons.append(diagnostic(column, problem.code, problem.message))
    }
    guard reasons.isEmpty else {
      if !isPersonal, isTotal {
        let sentence = Localized(
          fr: "cette ligne est le total de celles du dessus ; l’ôter, les totaux sont calculés",
          en: "this row is the total of those above; remove it, totals are computed")
        return refused([diagnostic(nil, "total", sentence)], isCopied: true)
      }
      return refused(reasons, isCopied: !isPersonal)
    }
    warnOfDoubleEncoding()
    report.accepted += 1
    return .good(FactRow(line: table.line, cells: cells))
  }

  private mutating func refused(_ reasons: [Diagnostic], isCopied: Bool) -> Outcome {
    report.rejected += 1
    for reason in reasons { add(reason) }
    // A row of an identity file is a person, whatever is wrong with it.
    let isCopied = isCopied && schema.scope != .identity
    return .refused(FactFile.RefusedRow(line: table.line, reasons: reasons, isCopied: isCopied))
  }

  private var raggedInFrench: String {
    let (found, expected) = (table.fieldCount, table.header.count)
    return
      "cette ligne a \(found) cellules et l’en-tête \(expected) colonnes nommées ; vérifier ses séparateurs et ses guillemets"
  }

  /// Puts what a cell of the current record says among the row's cells, or tells why it cannot.
  private mutating func readCell(_ column: Int) -> CellReader.Problem? {
    guard let field = fieldOfColumn[column] else {
      if case .problem(let problem) = table.withField(column, { Reading.unread($0) }) { return problem }
      if table.withField(column, { !$0.isEmpty }) { filled[column] += 1 }
      return nil
    }
    let reader = readers[field]
    let start = cells.bytes.count
    if let problem = table.refusal(of: column, as: reader.field) { return problem }
    if table.withField(column, { reader.appendPlain($0, to: &cells.bytes) }) {
      if cells.bytes.count > start {
        cells.close(field, from: start)
        filled[column] += 1
      }
      return nil
    }
    switch table.withField(column, { reader.read($0) }) {
    case .value(nil): return nil
    case .value(let value?):
      cells.bytes.append(contentsOf: value.utf8)
      cells.close(field, from: start)
      filled[column] += 1
      return nil
    case .problem(let problem): return problem
    }
  }

  /// Whether the record is the header again.
  private var repeatsHeader: Bool {
    for column in headerNames.indices {
      // Taken out of the closure, which would else hold on to the whole reading, for every row.
      let name = headerNames[column]
      let isName = table.withField(column) { field in
        guard field.count == name.count else { return false }
        for i in 0..<name.count where field[i] != name[i] { return false }
        return true
      }
      guard isName else { return false }
    }
    return !headerNames.isEmpty
  }

  /// Whether the first cell of the record that says something calls it a total.
  private var isTotal: Bool {
    for column in fieldOfColumn.indices where column < table.fieldCount {
      var word: String = table.withField(column) { cell in
        String(copying: cell.extracting(CellReader.trimmedRange(cell)))
      }.lowercased()
      if word.isEmpty { continue }
      while let last = word.last, last == ":" || last.isWhitespace { word.removeLast() }
      return Reading.totals.contains(word)
    }
    return false
  }

  private static var totals: Set<String> {
    [
      "total", "totaux", "total général", "sous-total", "sous total", "somme", "sum", "grand total",
      "subtotal",
    ]
  }

  /// A column that is not read may still not hold personal data.
  private static func unread(_ raw: Span<UInt8>) -> CellReader.Outcome {
    if let kind = CellReader.Survey(raw).personal(raw) { return .problem(CellReader.personal(kind)) }
    return .value(nil)
  }

  private func personalKindOfRecord() -> PersonalData.Kind? {
    let bytes = Array(table.rawRecord.utf8)
    return CellReader.Survey(bytes.span).personal(bytes.span)
  }

  private func diagnostic(_ column: Int?, _ code: String, _ message: Localized) -> Diagnostic {
    Diagnostic(
      file: table.file, line: table.line, column: column.map { table.place(of: $0).number },
      field: column.map { table.place(of: $0).name },
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
  private mutating func warnOfDoubleEncoding() {
    guard !warnedTwiceEncoded, cells.hasForeign else { return }
    for index in schema.fields.indices where schema.fields[index].kind == .string {
      let isDamaged = cells.withBytes(of: index) { bytes in
        bytes.map { CellTexts.isTwiceEncoded($0) } ?? false
      }
      guard isDamaged else { continue }
      warnedTwiceEncoded = true
      add(
        Diagnostic(
          file: table.file, line: table.line, field: schema.fields[index].name, code: "encoding",
          message: "the accents of the file seem damaged (encoded twice); export it again as CSV UTF-8",
          severity: .warning))
      return
    }
  }

  /// The report, once every record was read.
  mutating func finish() -> FactFile.Report {
    for remark in table.remarks { add(remark) }
    for column in personal.indices {
      let count = personal[column].values.reduce(0, +)
      guard count > 1, count == filled[column] else { continue }
      let kind = personal[column].max { $0.value < $1.value }?.key ?? .socialSecurityNumber
      let whole = Diagnostic(
        file: table.file, line: table.headerLine, column: table.place(of: column).number,
        field: table.header[column],
        code: "personal-data",
        message:
          "every cell of the column \"\(table.header[column])\" holds \(kind.name.english); remove the column from the file",
        french:
          "chaque cellule de la colonne « \(table.header[column]) » contient \(kind.name.french) ; ôter la colonne du fichier"
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
