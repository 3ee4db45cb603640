internal import Impact

/// The state of reading one file.
struct Reading<Table: RecordTable> {
  private let table: Table
  private let schema: FactSchema
  /// For each column of the file, the index of its field.
  private let fieldOfColumn: [Int?]
  /// The same with what reads its cells, at hand for every one of them.
  private let columns: ReadColumns
  /// The names of the columns as bytes; none when a record cannot be told from the header.
  private let headerNames: [[UInt8]]
  /// The length and the first byte of the first of them, which tell nearly every record from the header.
  private let beginning: (count: Int, byte: UInt8)?
  private var report: FactFile.Report
  private var warnedTwiceEncoded = false
  /// The cells of the current row.
  private var cells: CellTexts
  /// For each column: cells of personal data by kind.
  private var personal: [[PersonalData.Kind: Int]]

  init(_ table: Table, _ schema: FactSchema) throws {
    self.table = table
    self.schema = schema
    var fields = schema.fields
    // Messages name the column its author knows.
    for (column, field) in (table.bindings ?? []).enumerated() {
      if let field { fields[field].name = table.place(of: column).name }
    }
    let readers: [CellReader]
    do { readers = try fields.map { try CellReader($0, of: schema) } } catch {
      throw CaptureError(
        table.file, code: "pattern", "a pattern of the schema \"\(schema.name)\" is not understood")
    }
    report = FactFile.Report(
      file: table.file, entity: schema.name, fingerprint: table.fingerprint, form: table.form,
      header: table.rawHeader, read: 0, accepted: 0, rejected: 0, diagnostics: [], omittedDiagnostics: 0,
      surplus: 0)
    headerNames =
      table.bindings == nil && table.header.count > 1 ? table.header.map { Array($0.utf8) } : []
    beginning = headerNames.first.flatMap { name in name.first.map { (name.count, $0) } }
    cells = CellTexts(count: schema.fields.count)
    personal = Array(repeating: [:], count: table.header.count)
    if let bindings = table.bindings {
      fieldOfColumn = bindings
      columns = ReadColumns(fieldOfColumn, readers)
      try refuseSensitive(bindings.indices.filter { bindings[$0] == nil })
      return
    }
    let names = schema.fields.map(\.name)
    fieldOfColumn = try HeaderMatch(table.header, schema, file: table.file, line: table.headerLine).fields
    columns = ReadColumns(fieldOfColumn, readers)
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
    if isKnownUniquelyReferenced(&cells) {
      cells.reset()
    } else {
      cells = CellTexts(count: schema.fields.count)
    }
    var reasons: [Diagnostic] = []
    var isPersonal = false
    // Taken out of `self` once a row, not once a cell.
    let (table, columns, row) = (table, columns, cells)
    for column in 0..<columns.count {
      guard let problem = Reading.readCell(column, of: table, by: columns, into: row) else { continue }
      if problem.code != "required" { columns.count(column) }
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
    return .good(FactRow(line: table.line, cells: row))
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
  private static func readCell(
    _ column: Int, of table: Table, by columns: ReadColumns, into cells: CellTexts
  ) -> CellReader.Problem? {
    let (field, uncounted) = columns[column]
    guard let uncounted else {
      if case .problem(let problem) = table.withField(column, { unread($0) }) { return problem }
      if table.withField(column, { !$0.isEmpty }) { columns.count(column) }
      return nil
    }
    return uncounted._withUnsafeGuaranteedRef { reader in
      if table.knowsMoreThanText, let problem = table.refusal(of: column, as: reader.field) { return problem }
      let start = cells.bytes.count
      if table.withField(column, { reader.appendPlain($0, to: &cells.bytes) }) {
        if cells.bytes.count > start {
          cells.close(field, from: start)
          columns.count(column)
        }
        return nil
      }
      switch table.withField(column, { reader.read($0) }) {
      case .value(nil): return nil
      case .value(let value?):
        cells.put(field, value)
        columns.count(column)
        return nil
      case .problem(let problem): return problem
      }
    }
  }

  /// Whether the record is the header again.
  private var repeatsHeader: Bool {
    guard let beginning, table.withField(0, { $0.count == beginning.count && $0[0] == beginning.byte }) else {
      return false
    }
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
      guard let text = cells[index], CellTexts.isTwiceEncoded(text) else { continue }
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
      guard count > 1, count == columns.filled(column) else { continue }
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
