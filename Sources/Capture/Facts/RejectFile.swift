public import Impact

/// The refused rows of an import, as a file that can be mended and imported again as it is.
///
///     pathway;exited_on;motif;_line;_field;_reason
///     P1-1;2026-02-30;7;12;exited_on;ce jour n’existe pas dans le calendrier ; le corriger, comme 31/12/2025
///
/// UTF-8 with a byte order mark, the delimiter of the source, its columns and rows as they were written, then
/// the line, the fields and the reasons; reading a file leaves out columns whose name begins with `_`. A row
/// that holds personal data is listed with empty cells, and columns that tell who people are are left out: it
/// is never copied. Cells that a spreadsheet would run as a formula are disarmed; reading undoes it.
///
/// The source is read a second time, so that any number of refused rows needs no memory but a dozen bytes for each
/// that was refused after reading.
public struct RejectFile: Sendable {
  /// What was written.
  public struct Written: Hashable, Sendable {
    /// Rows listed.
    public var rows: Int
    /// The fingerprint of the source; another one than that of its first reading means another file.
    public var fingerprint: Fingerprint
  }

  private let file: FactFile
  private let refusals: Refusals
  private let surplus: Int

  /// The refused rows of a file.
  ///
  /// - Parameters:
  ///   - file: the source, as it was first read.
  ///   - refusals: rows that can be read and that the store refused; the others are met again by reading.
  ///   - surplus: the most cells a row has beyond the header, as ``FactFile/Report/surplus`` told.
  public init(of file: FactFile, refusals: Refusals, surplus: Int) {
    self.file = file
    self.refusals = refusals
    self.surplus = surplus
  }

  /// The name of the file of what was refused of this one: `exit.rejects.csv` of `exit.csv`.
  ///
  /// It begins with the entity or the mapping, as the name of every import file must.
  public static func name(of file: FactFile) -> String {
    name(for: file.path, entity: file.mapping?.name ?? file.schema.name)
  }

  static func name(for source: String, entity: String) -> String {
    let name = source.split(separator: "/").last.map(String.init) ?? source
    let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    let isNamedAfter = stem == entity || stem.hasPrefix(entity + "-") || stem.hasPrefix(entity + ".")
    return (isNamedAfter ? stem : "\(entity)-\(stem)") + ".rejects.csv"
  }

  /// Hands over the bytes of the file, in pieces.
  ///
  /// - Throws: ``CaptureError`` when the source can no longer be read, or whatever `put` throws.
  public func write(_ put: ([UInt8]) throws -> Void) throws -> Written {
    switch try file.open() {
    case .text(let scanner): try write(scanner, delimiter: scanner.dialect.delimiter, put)
    case .sheet(let reader): try write(reader, delimiter: ";", put)
    }
  }

  private func write(
    _ source: some RecordTable, delimiter: Character, _ put: ([UInt8]) throws -> Void
  ) throws -> Written {
    let schema = file.schema
    if let mapping = file.mapping {
      // Copied as the other system wrote it, so that the same mapping reads it again.
      let mapped = try MappedTable(source, mapping, schema)
      let table = RejectTable(source, mapped.copied, delimiter: delimiter, surplus: surplus)
      return try write(mapped, into: table, put)
    }
    let fields = try HeaderMatch(source.header, schema, file: source.file, line: source.headerLine).fields
    let columns = fields.enumerated().map { ($0.offset, $0.element.map { schema.fields[$0] }) }
    return try write(
      source, into: RejectTable(source, columns, delimiter: delimiter, surplus: surplus), put)
  }

  private func write(
    _ source: some RecordTable, into table: RejectTable<some RecordTable>, _ put: ([UInt8]) throws -> Void
  ) throws -> Written {
    table.writeHeader()
    let report = try file.read(source) { row in
      let reasons = refusals[line: row.line]
      guard !reasons.isEmpty else { return }
      table.writeRow(reasons, isCopied: file.schema.scope != .identity)
      try table.flush(put)
    } refused: { row in
      table.writeRow(row.reasons, isCopied: row.isCopied)
      try table.flush(put)
    }
    try table.flush(put, isLast: true)
    return Written(rows: table.rows, fingerprint: report.fingerprint)
  }
}

/// The table of refused rows while it is written, at the pace of its source.
private final class RejectTable<Source: RecordTable> {
  /// Most columns for cells that have none in the source.
  private static var mostSurplus: Int { 20 }

  private let source: Source
  private let delimiter: UInt8
  /// The columns of the source that are copied, and their fields where they have one.
  private let columns: [(index: Int, field: FactSchema.Field?)]
  private let surplus: Int
  private var bytes: [UInt8] = []
  private(set) var rows = 0

  /// - Parameters:
  ///   - source: the file as it is written.
  ///   - columns: its columns that may be copied, each with what it is read as, if anything.
  ///   - delimiter: what stands between cells.
  ///   - surplus: the most cells a row has beyond the header.
  init(
    _ source: Source, _ columns: [(index: Int, field: FactSchema.Field?)], delimiter: Character, surplus: Int
  ) {
    self.source = source
    self.delimiter = delimiter.asciiValue ?? UInt8(ascii: ";")
    let own = RejectTable.own(surplus: RejectTable.mostSurplus)
    self.columns = columns.filter { index, field in
      let name = source.header[index]
      return !own.contains(name.lowercased()) && (field != nil || !FactFile.namesPeople(column: name))
    }
    self.surplus = min(surplus, RejectTable.mostSurplus)
  }

  private static func own(surplus: Int) -> [String] {
    (0..<surplus).map { "_surplus_\($0 + 1)" } + ["_line", "_field", "_reason"]
  }

  func writeHeader() {
    bytes += [0xEF, 0xBB, 0xBF]
    write(columns.map { source.header[$0.index] } + RejectTable.own(surplus: surplus))
  }

  /// Writes the record the source stands at.
  func writeRow(_ reasons: [Diagnostic], isCopied: Bool) {
    rows += 1
    var cells = columns.map { column in
      isCopied && column.index < source.fieldCount
        ? cell(column.index, column.field) : ""
    }
    for place in 0..<surplus {
      let index = source.header.count + place
      cells.append(isCopied && index < source.fieldCount ? surplusCell(index, place) : "")
    }
    var fields: [String] = []
    for field in reasons.compactMap(\.field) where !fields.contains(field) { fields.append(field) }
    cells += [
      String(source.line), fields.joined(separator: ", "),
      reasons.map { $0.french ?? $0.message }.joined(separator: " | "),
    ]
    write(cells)
  }

  private func cell(_ index: Int, _ field: FactSchema.Field?) -> String {
    // What only a workbook knows is wrong would read as right here: 6:00 as 0.25, what no one computed as
    // nothing. An error of a spreadsheet never does.
    if let field, source.refusal(of: index, as: field) != nil { return "#VALEUR!" }
    return FormulaGuard.guarded(text(index), isText: field?.kind ?? .string == .string)
  }

  private func text(_ index: Int) -> String {
    let text = source.withField(index) { String(copying: $0) }
    // A NUL ends what is a text file; another invisible character is refused just as well.
    return text.utf8.contains(0) ? text.replacing("\0", with: "\u{1}") : text
  }

  /// A cell no column was there for; the last column takes all that are left.
  private func surplusCell(_ index: Int, _ place: Int) -> String {
    // The source remembers no more cells of a record than this.
    let most = min(source.fieldCount, CSVScanner.Limit.columns * 2)
    let text = (index..<(place == surplus - 1 ? most : index + 1)).map(text)
      .joined(separator: String(UnicodeScalar(delimiter)))
    return FormulaGuard.guarded(text, isText: true)
  }

  private func write(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(delimiter) }
      let isPlain = !cell.utf8.contains { $0 == delimiter || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
      guard !isPlain else {
        bytes += cell.utf8
        continue
      }
      bytes.append(0x22)
      for byte in cell.utf8 {
        if byte == 0x22 { bytes.append(0x22) }
        bytes.append(byte)
      }
      bytes.append(0x22)
    }
    bytes += [0x0D, 0x0A]
  }

  /// Hands over what is ready, when it is enough or the last.
  func flush(_ put: ([UInt8]) throws -> Void, isLast: Bool = false) throws {
    guard isLast || bytes.count >= 64 * 1024 else { return }
    try put(bytes)
    bytes.removeAll(keepingCapacity: true)
  }
}
