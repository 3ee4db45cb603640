internal import Impact

/// Reads the rows of one worksheet, strictly, in pieces and with the memory of one row.
///
/// The first row that says something is the header. Cells arrive as the text their author sees: days as
/// ISO dates, numbers with at most 15 digits, formulas as the value the spreadsheet last computed.
final class SheetReader: RecordTable, MarkupHandler {
  private struct Cell {
    var start = 0
    var end = 0
    var kind = SheetCellKind.text
  }

  let workbook: Workbook
  let sheet: Workbook.Sheet
  private(set) var header: [String] = []
  private(set) var rawHeader = ""
  private(set) var headerLine = 0
  private(set) var line = 0
  private var notes: [Diagnostic] = []

  private let formats: [NumberFormat]
  private let texts: SharedTexts
  private let part: ZipArchive.Entry
  private var deliver: (() throws -> Void)?

  // The current row: its cells up to one past the header, and their texts one after the other.
  private var cells: [Cell] = []
  private var text: [UInt8] = []
  private var column = 0
  private var strayColumn: Int?
  /// Bytes of all cells so far: many may refer to one long text.
  private var total = 0
  // The current cell.
  private var isInData = false
  private var isInRow = false
  private var isInCell = false
  private var isInInline = false
  private var phonetics = 0
  private var takesText = false
  private var type = ""
  private var style = 0
  private var hasFormula = false
  private var hasValue = false
  private var value: [UInt8] = []
  /// The first line with a formula, by column.
  private var formulaLines: [Int: Int] = [:]

  /// The sheet of `workbook`, its header read.
  ///
  /// - Throws: ``CaptureError`` when the sheet is damaged or has no usable header.
  init(_ workbook: Workbook, _ sheet: Workbook.Sheet) throws {
    self.workbook = workbook
    self.sheet = sheet
    guard let part = workbook.archive.entry(sheet.part) else {
      throw workbook.archive.refusal(
        "workbook", "the sheet \"\(sheet.name)\" is missing from the workbook; save it again as .xlsx")
    }
    self.part = part
    formats = try workbook.formats()
    texts = try workbook.sharedTexts()
    cells = Array(repeating: Cell(), count: CSVScanner.Limit.columns + 1)
    try read { [self] in
      guard !isBlank else { return }
      try takeHeader()
      throw MarkupReader.Enough()
    }
    guard !header.isEmpty else {
      throw CaptureError(
        file, code: "empty", "the sheet \"\(sheet.name)\" holds no line; send it with its header line")
    }
  }

  var file: String { workbook.file }
  var fingerprint: Fingerprint { workbook.fingerprint }
  var form: FactFile.Form { .workbook(sheet: sheet.name) }

  var remarks: [Diagnostic] {
    notes
      + formulaLines.sorted { $0.key < $1.key }.map { column, line in
        Diagnostic(
          file: file, line: line, column: column + 1, field: header[column], code: "formula",
          message:
            "the column \"\(header[column])\" holds formulas; the values the spreadsheet last computed are read",
          severity: .warning)
      }
  }

  /// Adds a remark on the choice of the sheet.
  func note(_ remark: Diagnostic) { notes.append(remark) }

  // MARK: Records

  func forEachRecord(_ body: () throws -> Void) throws {
    try withoutActuallyEscaping(body) { body in
      formulaLines = [:]
      try read { [self] in
        guard line > headerLine, !isBlank else { return }
        try body()
      }
    }
    try workbook.checkUnchanged()
  }

  private func read(_ body: @escaping () throws -> Void) throws {
    deliver = body
    defer { deliver = nil }
    line = 0
    total = 0
    (isInData, isInRow, isInCell, isInInline, takesText, phonetics) = (false, false, false, false, false, 0)
    try MarkupReader(workbook.archive, part).read(self)
  }

  var fieldCount: Int { header.count + (strayColumn == nil ? 0 : 1) }

  var raggedness: String? {
    strayColumn.map {
      "a value stands in column \(CellReference.letters(of: $0)), which has no name; name the column or empty it"
    }
  }

  func withField<Result>(_ index: Int, _ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
    let cell = cells[index]
    let held = text
    return try body(held.span.extracting(cell.start..<cell.end))
  }

  var rawRecord: String { record(fieldCount) }

  private func record(_ count: Int) -> String {
    (0..<count).map { index in
      let field = withField(index) { String(copying: $0) }
      let needsQuotes = field.utf8.contains { ";\"\n\r".utf8.contains($0) }
      return needsQuotes ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
    }.joined(separator: ";")
  }

  func refusal(of index: Int, as field: FactSchema.Field) -> CellReader.Problem? {
    cells[index].kind.refusal(as: field)
  }

  private func isBlank(_ cell: Cell) -> Bool {
    let held = text
    return CellReader.trimmedRange(held.span.extracting(cell.start..<cell.end)).isEmpty
  }

  var isBlank: Bool {
    (0..<(header.isEmpty ? CSVScanner.Limit.columns : header.count)).allSatisfy { index in
      cells[index].kind == .text && isBlank(cells[index])
        || !header.isEmpty && FactFile.isRemark(column: header[index])
    } && strayColumn == nil
  }

  private func takeHeader() throws {
    var count = CSVScanner.Limit.columns
    while count > 0, withField(count - 1, { CellReader.trimmedRange($0).isEmpty }) { count -= 1 }
    headerLine = line
    guard strayColumn == nil else {
      throw CaptureError(
        file, line: line, code: "columns",
        "the header has more than \(CSVScanner.Limit.columns) columns; remove those that are not needed")
    }
    rawHeader = record(count)
    header = (0..<count).map { index in
      withField(index) { String(copying: $0.extracting(CellReader.trimmedRange($0))) }
    }
    try HeaderNames.check(header, file: file, line: line)
  }

  // MARK: Elements

  var place: Int? { line == 0 ? nil : line }

  func start(_ name: String, _ attributes: [String: String]) throws {
    switch name {
    case "c" where isInRow: try startCell(attributes)
    case "v" where isInCell:
      takesText = true
      hasValue = true
    case "row" where isInData: try startRow(attributes["r"])
    case "f" where isInCell: hasFormula = true
    case "is" where isInCell: isInInline = true
    case "t" where isInInline:
      takesText = phonetics == 0
      hasValue = true
    case "rPh" where isInInline: phonetics += 1
    case "sheetData": isInData = true
    default: break
    }
  }

  func text(_ text: String) throws {
    guard takesText else { return }
    value += text.utf8
    guard value.count <= CSVScanner.Limit.field else { throw tooLongField() }
  }

  func end(_ name: String) throws {
    switch name {
    case "c" where isInCell:
      try endCell()
      isInCell = false
    case "v", "t": takesText = false
    case "row" where isInRow:
      isInRow = false
      try deliver?()
    case "is": isInInline = false
    case "rPh": phonetics = max(0, phonetics - 1)
    case "sheetData": isInData = false
    default: break
    }
  }

  private func startRow(_ number: String?) throws {
    guard !isInRow else { throw damaged() }
    if let number {
      guard let next = Int(number), next > line, next <= CellReference.lastRow else { throw damaged() }
      line = next
    } else {
      line += 1
      guard line <= CellReference.lastRow else { throw damaged() }
    }
    isInRow = true
    total += text.count
    guard total <= workbook.archive.limits.total else {
      throw workbook.archive.refusal(
        "workbook-size", line: line,
        "the texts of the sheet are larger than \(workbook.archive.limits.total >> 20) MiB; split it")
    }
    column = -1
    strayColumn = nil
    text.removeAll(keepingCapacity: true)
    for index in cells.indices { cells[index] = Cell() }
  }

  private func startCell(_ attributes: [String: String]) throws {
    guard !isInCell else { throw damaged() }
    if let reference = attributes["r"] {
      guard let (found, row) = CellReference.place(reference), row == line, found > column else {
        throw damaged()
      }
      column = found
    } else {
      column += 1
      guard column < CellReference.lastColumn else { throw damaged() }
    }
    isInCell = true
    type = attributes["t"] ?? "n"
    style = attributes["s"].flatMap { Int($0) } ?? 0
    hasFormula = false
    hasValue = false
    value.removeAll(keepingCapacity: true)
  }

  private func endCell() throws {
    let limit = header.isEmpty ? CSVScanner.Limit.columns : header.count
    // Only what stands under the header is kept, and what must be refused because it stands beside it.
    guard column < limit || strayColumn == nil else { return }
    var cell = Cell(start: text.count, end: text.count)
    cell.kind = try appendValue()
    cell.end = text.count
    guard cell.end - cell.start <= CSVScanner.Limit.field else { throw tooLongField() }
    guard text.count <= CSVScanner.Limit.record else {
      throw CaptureError(file, line: line, code: "row-size", "this row is longer than 1 MiB; shorten it")
    }
    if column < limit {
      cells[column] = cell
      if hasFormula, !header.isEmpty, line > headerLine, formulaLines[column] == nil {
        formulaLines[column] = line
      }
    } else if cell.kind != .text || !isBlank(cell) {
      strayColumn = column
      cells[limit] = cell
    }
  }

  /// Appends the text of the current cell.
  private func appendValue() throws -> SheetCellKind {
    if !hasValue || value.isEmpty && type == "n" { return hasFormula ? .uncomputed : .text }
    switch type {
    case "s":
      let number = value[CellReader.trimmedRange(value.span)]
      guard let index = Int(String(decoding: number, as: UTF8.self)), let shared = texts[index] else {
        throw CaptureError(
          file, line: line, column: column + 1, code: "workbook",
          "this cell refers to a text the workbook does not hold; open the workbook in a spreadsheet and save it again"
        )
      }
      text += shared
    case "inlineStr", "str":
      let start = text.count
      text += value
      SheetText.resolveEscapes(&text, from: start)
    case "b":
      switch value {
      case [0x31], Array("true".utf8): text += "true".utf8
      case [0x30], Array("false".utf8): text += "false".utf8
      default: throw damaged()
      }
    case "e":
      text += value
      return .error
    case "d":
      let day = value.prefix { $0 != UInt8(ascii: "T") }
      let time = value.dropFirst(day.count)
      text += time.contains { (0x31...0x39).contains($0) } ? value[...] : day
      return .date
    case "n": return try appendNumber()
    default: throw damaged()
    }
    return .text
  }

  private func appendNumber() throws -> SheetCellKind {
    let range = CellReader.trimmedRange(value.span)
    let raw = String(decoding: value[range], as: UTF8.self)
    let format = formats.indices.contains(style) ? formats[style] : .number
    switch format {
    case .date, .month, .time:
      guard let serial = Double(raw), serial.isFinite else { throw damaged() }
      if format == .time, serial >= 0 {
        text += raw.utf8
        return .time
      }
      guard let day = SerialDate.text(serial, workbook.epoch) else {
        text += raw.utf8
        return .outOfCalendar
      }
      let isMonth = format == .month && serial >= 61 && day.utf8.count == 10
      text += (isMonth ? day.dropLast(3) : day[...]).utf8
      return isMonth ? .month : .date
    case .number, .padded, .percent:
      switch SheetNumber.text(raw, shift: format == .percent ? 2 : 0) {
      case .malformed: throw damaged()
      case .tooLong:
        text += raw.utf8
        return .tooLong
      case .value(let number):
        if case .padded(let width) = format, number.utf8.allSatisfy({ $0 &- 0x30 <= 9 }) {
          text += repeatElement(0x30, count: max(0, min(width, 30) - number.utf8.count))
        }
        text += number.utf8
        if format == .percent { text.append(UInt8(ascii: "%")) }
      }
    }
    return .number
  }

  private func damaged() -> CaptureError { workbook.archive.damaged(part.name, line: place) }

  private func tooLongField() -> CaptureError {
    CaptureError(
      file, line: line, column: column + 1, code: "field-size",
      "this cell is longer than 64 KiB; shorten it")
  }
}
