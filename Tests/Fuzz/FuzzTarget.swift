// The fuzzers are built from the sources of Capture themselves, so that every branch of them is watched.
#if !FUZZING
  @testable import Capture
  import Impact
#else
  internal import Impact
#endif

/// What reads bytes from outside, and what must hold of it whatever the bytes.
enum FuzzTarget: String, CaseIterable {
  /// Records of a text.
  case csv
  /// A text read against a schema: encodings, numbers, dates, values.
  case file
  /// One cell.
  case cell
  /// The XML of a sheet.
  case sheet
  /// A whole archive.
  case workbook

  /// A law that did not hold.
  struct Broken: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
  }

  /// Reads the bytes; what they are refused for does not matter here, only that they are read or refused.
  ///
  /// - Throws: ``Broken``.
  func run(_ bytes: [UInt8]) throws {
    switch self {
    case .csv: try FuzzTarget.csv(bytes)
    case .file: try FuzzTarget.file(bytes)
    case .cell: try FuzzTarget.cell(bytes)
    case .sheet: try FuzzTarget.workbook(FuzzTarget.archive(sheet: bytes))
    case .workbook: try FuzzTarget.workbook(bytes)
    }
  }

  private static let title = Localized(fr: "x", en: "x")

  private static let schema = FactSchema(
    name: "thing", title: title, scope: .cooperation,
    fields: [
      .init(name: "s", kind: .string, title: title, maximumLength: 40),
      .init(name: "p", kind: .string, title: title, pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,9}$"),
      .init(name: "e", kind: .string, title: title, allowed: ["EI", "ACI"]),
      .init(name: "i", kind: .integer, title: title, minimum: "-3", maximum: "500"),
      .init(name: "n", kind: .number, title: title, minimum: "-0.5", maximum: "1000000"),
      .init(name: "b", kind: .boolean, title: title),
      .init(name: "d", kind: .date, title: title, minimum: "1950-01-01"),
      .init(name: "y", kind: .yearmonth, title: title),
    ], key: ["s"], references: [])

  /// The same records in pieces of any size.
  private static func csv(_ bytes: [UInt8]) throws {
    func scan(_ size: Int) -> (records: [[String]], refusal: [Diagnostic]) {
      var records: [[String]] = []
      do {
        let scanner = try CSVScanner(bytes: bytes, file: "f", chunkSize: size)
        records.append(scanner.header)
        while try scanner.next() {
          records.append(scanner.fields)
          _ = (scanner.raggedness, scanner.rawRecord)
        }
        return (records, [])
      } catch { return (records, (error as? CaptureError)?.diagnostics ?? []) }
    }
    let whole = scan(1 << 16)
    for size in [1, 3, 64] {
      let pieces = scan(size)
      // Where two things are wrong, either may be met first; records before a refusal are forgotten.
      let agree = whole.refusal.isEmpty == pieces.refusal.isEmpty
      guard agree, !whole.refusal.isEmpty || pieces.records == whole.records else {
        throw Broken("pieces of \(size) bytes are read otherwise than the whole")
      }
    }
  }

  private static func file(_ bytes: [UInt8]) throws {
    do { try check(CSVScanner(bytes: bytes, file: "f")) } catch is CaptureError {}
  }

  private static func workbook(_ bytes: [UInt8]) throws {
    do {
      let workbook = try Workbook(bytes: bytes, file: "f")
      for sheet in workbook.sheets.prefix(4) { try check(SheetReader(workbook, sheet)) }
    } catch is CaptureError {}
  }

  /// Rows are counted once, and what was delivered reads as itself.
  private static func check(_ table: some RecordTable) throws {
    let readers = try schema.fields.map { try CellReader($0, of: schema) }
    var delivered = 0
    var broken: Broken?
    let report = try FactFile(path: "f", schema: schema).read(table) { row in
      delivered += 1
      for (index, value) in row.values.enumerated() {
        guard let value else { continue }
        broken = broken ?? unstable(value, readers[index])
      }
    }
    if let broken { throw broken }
    guard report.accepted == delivered, report.read == report.accepted + report.rejected else {
      throw Broken("\(report.read) read, \(report.accepted) accepted, \(report.rejected) rejected")
    }
  }

  private static func cell(_ bytes: [UInt8]) throws {
    // The decoder lets nothing else through.
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else { return }
    let cell = Array(text.utf8)
    for field in schema.fields {
      let reader = try CellReader(field, of: schema)
      var buffer = ByteBuffer()
      let isPlain = reader.appendPlain(cell.span, to: &buffer)
      let plain = Array(buffer.bytes)
      switch reader.read(cell.span) {
      case .problem(let problem):
        if isPlain { throw Broken("plain but refused as \(field.name): \(problem.code)") }
      case .value(let value):
        if isPlain, plain != Array((value ?? "").utf8) { throw Broken("two readings as \(field.name)") }
        if let value, let broken = unstable(value, reader) { throw broken }
      }
    }
  }

  /// Why a canonical text does not read as itself.
  private static func unstable(_ value: String, _ reader: CellReader) -> Broken? {
    // `t` and `f` are the store's words; an apostrophe before a formula is taken off once.
    if reader.field.kind == .boolean || value.utf8.first == UInt8(ascii: "'") { return nil }
    let bytes = Array(value.utf8)
    guard case .value(let again?) = reader.read(bytes.span), Array(again.utf8) == bytes else {
      return Broken("a value of \(reader.field.name) does not read as itself: \(bytes)")
    }
    return nil
  }

  // MARK: Archives

  /// A workbook around the XML of its one sheet, stored without compression.
  private static func archive(sheet: [UInt8]) -> [UInt8] {
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let parts: [(String, [UInt8])] = [
      (
        "xl/workbook.xml",
        Array("<workbook><sheets><sheet name=\"s\" id=\"r\"/></sheets></workbook>".utf8)
      ),
      (
        "xl/_rels/workbook.xml.rels",
        Array(
          "<l><Relationship Id=\"r\" Type=\"\(relations)/worksheet\" Target=\"s.xml\"/><Relationship Id=\"t\" Type=\"\(relations)/sharedStrings\" Target=\"t.xml\"/><Relationship Id=\"y\" Type=\"\(relations)/styles\" Target=\"y.xml\"/></l>"
            .utf8)
      ),
      (
        "xl/t.xml",
        Array("<sst><si><t>s</t></si><si><t>n</t></si><si><t>d</t></si><si><t>a_x0041_</t></si></sst>".utf8)
      ),
      (
        "xl/y.xml",
        Array(
          "<s><numFmt numFmtId=\"170\" formatCode=\"mmm-yy\"/><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"9\"/><xf numFmtId=\"46\"/><xf numFmtId=\"170\"/></cellXfs></s>"
            .utf8)
      ), ("xl/s.xml", sheet),
    ]
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for (name, data) in parts {
      let sizes = number(checksum(data), 4) + number(data.count, 4) + number(data.count, 4)
      let common = number(20, 2) + number(0, 8) + sizes + number(name.utf8.count, 2) + number(0, 2)
      directory +=
        [0x50, 0x4B, 1, 2] + number(20, 2) + common + number(0, 10) + number(bytes.count, 4) + name.utf8
      bytes += [0x50, 0x4B, 3, 4] + common + name.utf8 + data
    }
    let count = number(parts.count, 2)
    return bytes + directory + [0x50, 0x4B, 5, 6] + number(0, 4) + count + count + number(directory.count, 4)
      + number(bytes.count, 4) + number(0, 2)
  }

  private static func number(_ value: Int, _ length: Int) -> [UInt8] {
    (0..<length).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> ($0 * 8)) : 0 }
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
  }

  private static func checksum(_ bytes: [UInt8]) -> Int {
    Int(~bytes.reduce(~0) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 })
  }
}
