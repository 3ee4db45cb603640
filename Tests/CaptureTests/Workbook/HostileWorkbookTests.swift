import Impact
import Testing

@testable import Capture

private let schema = FactSchema(
  name: "thing", title: Localized(fr: "Chose", en: "Thing"), scope: .cooperation,
  fields: [
    .init(name: "code", kind: .string, title: Localized(fr: "Le code", en: "The code"), isRequired: true),
    .init(name: "hours", kind: .number, title: Localized(fr: "Les heures", en: "The hours")),
    .init(name: "note", kind: .string, title: Localized(fr: "La note", en: "The note")),
  ], key: ["code"], references: [])

/// A small table, with parts or sheet data of its own.
private func workbook(
  data: String? = nil, parts: [(String, String)] = [], omitted: [String] = []
) -> WorkbookBytes {
  var workbook = WorkbookBytes([["code", "hours"], ["a", .number("1")]])
  workbook.sheets[0].data = data
  workbook.parts = parts.map { (name: $0.0, text: $0.1) }
  workbook.omitted = omitted
  return workbook
}

/// An archive of that table with one more entry.
private func archive(_ add: (inout ZipBytes) -> Void) -> [UInt8] {
  var zip = workbook().zip()
  add(&zip)
  return zip.archive
}

private func texts(_ cells: String...) -> String {
  "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>code</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>hours</t></is></c></row>"
    + cells.enumerated().map { "<row r=\"\($0 + 2)\">\($1)</row>" }.joined()
}

private let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
private let sheetPart = "xl/worksheets/sheet1.xml"
private let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
private func relationships(_ inside: String) -> String {
  "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\(inside)</Relationships>"
}

/// What a hostile workbook must come to.
struct HostileWorkbook: Sendable, CustomTestStringConvertible {
  var name: String
  var bytes: [UInt8]
  var code: String
  var line: Int?

  init(_ name: String, _ bytes: [UInt8], _ code: String, line: Int? = nil) {
    self.name = name
    self.bytes = bytes
    self.code = code
    self.line = line
  }

  fileprivate init(_ name: String, _ workbook: WorkbookBytes, _ code: String, line: Int? = nil) {
    self.init(name, workbook.bytes, code, line: line)
  }

  var testDescription: String { name }

  static let all: [HostileWorkbook] = archives + packages + markups + cells

  private static let whole = workbook().bytes

  /// Traps of the archive.
  private static let archives: [HostileWorkbook] = [
    HostileWorkbook("nothing but the first bytes", [0x50, 0x4B, 3, 4], "workbook"),
    HostileWorkbook("cut in the middle", Array(whole.prefix(whole.count / 2)), "workbook"),
    HostileWorkbook("cut before its last byte", Array(whole.dropLast()), "workbook"),
    HostileWorkbook("without its beginning", [0x50, 0x4B, 3, 4] + whole.dropFirst(500), "workbook"),
    HostileWorkbook(
      "a damaged text", whole.map { $0 == UInt8(ascii: "h") ? UInt8(ascii: "j") : $0 }, "workbook"),
    HostileWorkbook("two parts of one name", archive { $0.add(sheetPart, "<x/>") }, "workbook-duplicate"),
    HostileWorkbook(
      "two parts whose names differ in case", archive { $0.add("XL/Worksheets/Sheet1.xml", "<x/>") },
      "workbook-duplicate"),
    HostileWorkbook("a name that climbs", archive { $0.add("../../etc/passwd", "x") }, "workbook-path"),
    HostileWorkbook("a name that climbs inside", archive { $0.add("xl/../../x", "x") }, "workbook-path"),
    HostileWorkbook("an absolute name", archive { $0.add("/etc/passwd", "x") }, "workbook-path"),
    HostileWorkbook("a name with a drive", archive { $0.add("C:/x", "x") }, "workbook-path"),
    HostileWorkbook("a name with backslashes", archive { $0.add("xl\\..\\x", "x") }, "workbook-path"),
    HostileWorkbook(
      "a name that is another in the directory", archive { $0.add("xl/a.xml", [1], localName: "xl/b.xml") },
      "workbook"),
    HostileWorkbook(
      "too many parts", archive { zip in for i in 0...1_000 { zip.add("p\(i)", "") } }, "workbook-size"),
    HostileWorkbook("a false count", archive { $0.declaredCount = 60_000 }, "workbook-size"),
    HostileWorkbook("a count too small", archive { $0.declaredCount = 3 }, "workbook"),
    HostileWorkbook(
      "encryption", archive { $0.add("xl/secret.xml", [1], flags: 1) }, "encrypted"),
    HostileWorkbook("an unknown compression", archive { $0.add("xl/x.xml", [1], method: 12) }, "workbook"),
    HostileWorkbook(
      "a bomb that tells its size", archive { $0.add("xl/x.xml", [], deflated: ZipBytes.bomb(3 << 30)) },
      "workbook-size"),
    HostileWorkbook("a sheet that is a bomb", bomb(declared: nil), "workbook-ratio"),
    HostileWorkbook("a bomb that says it is small", bomb(declared: 1_000), "workbook-ratio"),
    HostileWorkbook(
      "many parts that say they are large",
      archive { zip in for i in 0..<5 { zip.add("p\(i)", [], declaredSize: 250 << 20) } }, "workbook-size"),
    HostileWorkbook("an archive in the place of the sheet", archived(workbook().bytes), "workbook"),
    HostileWorkbook("a deflate stream of noise", noise(), "workbook"),
  ]

  private static func bomb(declared: Int?) -> [UInt8] {
    var zip = ZipBytes()
    for part in workbook().texts() {
      guard part.name == sheetPart else {
        zip.add(part.name, part.text)
        continue
      }
      let start = Array("<worksheet \(main)><sheetData>".utf8)
      zip.add(
        part.name, [], deflated: ZipBytes.bomb(200 << 20, after: start), declaredSize: declared ?? 200 << 20)
    }
    return zip.archive
  }

  private static func archived(_ contents: [UInt8]) -> [UInt8] {
    var zip = ZipBytes()
    for part in workbook().texts() {
      if part.name == sheetPart { zip.add(part.name, contents) } else { zip.add(part.name, part.text) }
    }
    return zip.archive
  }

  private static func noise() -> [UInt8] {
    var zip = ZipBytes()
    for part in workbook().texts() {
      guard part.name == sheetPart else {
        zip.add(part.name, part.text)
        continue
      }
      let data = (0..<500).map { UInt8(truncatingIfNeeded: $0 &* 7919 >> 3) }
      zip.add(part.name, [], deflated: (data, 5_000, 0))
    }
    return zip.archive
  }

  /// Traps of the parts and the links between them.
  private static let packages: [HostileWorkbook] = [
    HostileWorkbook("macros in a part", archive { $0.add("xl/vbaProject.bin", "x") }, "macros"),
    HostileWorkbook(
      "macros by its type",
      workbook(parts: [
        (
          "[Content_Types].xml",
          "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/></Types>"
        )
      ]), "macros"),
    HostileWorkbook("a binary workbook", archive { $0.add("xl/workbook.bin", "x") }, "workbook"),
    HostileWorkbook("an OpenDocument", archive { $0.add("content.xml", "<x/>") }, "workbook"),
    HostileWorkbook(
      "an archive of something else", workbook(omitted: ["xl/workbook.xml"]), "workbook"),
    HostileWorkbook("no sheet", workbook(omitted: [sheetPart]), "workbook"),
    HostileWorkbook(
      "a workbook elsewhere",
      workbook(parts: [
        (
          "_rels/.rels",
          relationships(
            "<Relationship Id=\"r\" Type=\"\(relations)/officeDocument\" TargetMode=\"External\" Target=\"http://example.org/x.xlsx\"/>"
          )
        )
      ]), "workbook"),
    HostileWorkbook(
      "a sheet elsewhere",
      workbook(parts: [
        (
          "xl/_rels/workbook.xml.rels",
          relationships(
            "<Relationship Id=\"rId1\" Type=\"\(relations)/worksheet\" TargetMode=\"External\" Target=\"file:///etc/passwd\"/>"
          )
        )
      ]), "workbook"),
    HostileWorkbook(
      "a sheet outside the archive",
      workbook(parts: [
        (
          "xl/_rels/workbook.xml.rels",
          relationships(
            "<Relationship Id=\"rId1\" Type=\"\(relations)/worksheet\" Target=\"../../../../etc/passwd\"/>")
        )
      ]), "workbook"),
    HostileWorkbook(
      "only a chart",
      workbook(parts: [
        (
          "xl/_rels/workbook.xml.rels",
          relationships(
            "<Relationship Id=\"rId1\" Type=\"\(relations)/chartsheet\" Target=\"worksheets/sheet1.xml\"/>")
        )
      ]), "workbook"),
    HostileWorkbook("an empty sheet", workbook(data: ""), "empty"),
    HostileWorkbook("rows without a value", workbook(data: "<row r=\"1\"><c r=\"A1\"/></row>"), "empty"),
    HostileWorkbook(
      "no header", workbook(data: "<row r=\"3\"><c r=\"A3\"><v>1</v></c><c r=\"B3\"><v>2</v></c></row>"),
      "header",
      line: 3),
    HostileWorkbook(
      "a header of the last column",
      workbook(
        data: "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>code</v></c><c r=\"XFD1\" t=\"str\"><v>x</v></c></row>"),
      "columns", line: 1),
    HostileWorkbook(
      "two columns of one name", WorkbookBytes([["code", "hours", "CODE"], ["a", .number("1"), "b"]]),
      "header",
      line: 1),
    HostileWorkbook(
      "a column without a name", WorkbookBytes([["code", "", "hours"], ["a"]]), "header", line: 1),
    HostileWorkbook(
      "a required column missing", WorkbookBytes([["cod", "hours"], ["a"]]), "missing-column", line: 1),
  ]

  private static let laughs =
    "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>"

  /// Traps of XML.
  private static let markups: [HostileWorkbook] = [
    HostileWorkbook(
      "entities that grow",
      workbook(parts: [("xl/sharedStrings.xml", laughs + "<sst \(main)><si><t>&c;</t></si></sst>")]),
      "workbook-xml"),
    HostileWorkbook(
      "an entity that reads a file",
      workbook(parts: [
        (
          sheetPart,
          "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><worksheet \(main)><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>&f;</v></c></row></sheetData></worksheet>"
        )
      ]), "workbook-xml"),
    HostileWorkbook(
      "a document type far into a part",
      workbook(parts: [
        (
          "xl/styles.xml",
          "<!--" + String(repeating: " ", count: 300_000) + "--><!DOCTYPE x><styleSheet \(main)/>"
        )
      ]), "workbook-xml"),
    HostileWorkbook(
      "an entity nobody declared", workbook(parts: [(sheetPart, "<worksheet \(main)>&x;</worksheet>")]),
      "workbook"),
    HostileWorkbook(
      "UTF-16",
      workbook(parts: [(sheetPart, "<?xml version=\"1.0\" encoding=\"UTF-16\"?><worksheet \(main)/>")]),
      "workbook-xml"),
    HostileWorkbook(
      "an encoding that hides its signs",
      workbook(parts: [(sheetPart, "<?xml version=\"1.0\" encoding='utf-7'?><worksheet \(main)/>")]),
      "workbook-xml"),
    HostileWorkbook("an empty part", workbook(parts: [(sheetPart, "")]), "workbook"),
    HostileWorkbook("no XML", workbook(parts: [(sheetPart, "code;hours")]), "workbook"),
    HostileWorkbook(
      "a NUL", workbook(parts: [(sheetPart, "<worksheet \(main)>\u{0}</worksheet>")]), "workbook"),
    HostileWorkbook(
      "a control character", workbook(data: texts("<c r=\"A2\" t=\"str\"><v>\u{8}</v></c>")), "workbook",
      line: 2),
    HostileWorkbook(
      "a tag never closed",
      workbook(parts: [
        (sheetPart, "<worksheet \(main)><sheetData>" + texts("<c r=\"A2\" t=\"str\"><v>a</v></c>"))
      ]),
      "workbook", line: 2),
    HostileWorkbook(
      "tags that cross", workbook(data: texts("<c r=\"A2\" t=\"str\"><v>a</c></v>")), "workbook", line: 2),
    HostileWorkbook(
      "text after the root", workbook(parts: [(sheetPart, "<worksheet \(main)/>x")]), "workbook"),
    HostileWorkbook(
      "nesting without end",
      workbook(parts: [(sheetPart, String(repeating: "<a>", count: 200_000))]), "workbook"),
    HostileWorkbook(
      "an attribute without end",
      workbook(data: "<row r=\"\(String(repeating: "1", count: 11_000_000))\"/>"), "workbook"),
    HostileWorkbook(
      "a comment without end",
      workbook(data: "<!--" + String(repeating: "x", count: 11_000_000) + "-->"), "workbook"),
    HostileWorkbook(
      "a name without end",
      workbook(data: "<" + String(repeating: "x", count: 11_000_000) + "/>"), "workbook"),
  ]

  /// Traps of rows and cells.
  private static let cells: [HostileWorkbook] = [
    HostileWorkbook(
      "a shared text that is not there", workbook(data: texts("<c r=\"A2\" t=\"s\"><v>4000000000</v></c>")),
      "workbook", line: 2),
    HostileWorkbook(
      "a shared text before the first", workbook(data: texts("<c r=\"A2\" t=\"s\"><v>-1</v></c>")),
      "workbook", line: 2),
    HostileWorkbook(
      "a number that is none", workbook(data: texts("<c r=\"B2\"><v>1,5</v></c>")), "workbook", line: 2),
    HostileWorkbook("not a number", workbook(data: texts("<c r=\"B2\"><v>NaN</v></c>")), "workbook", line: 2),
    HostileWorkbook(
      "an infinite number", workbook(data: texts("<c r=\"B2\"><v>1E99999</v></c>")), "workbook", line: 2),
    HostileWorkbook(
      "a date that is no number", workbook(data: texts("<c r=\"B2\" s=\"1\"><v>x</v></c>")), "workbook",
      line: 2),
    HostileWorkbook(
      "a boolean that is none", workbook(data: texts("<c r=\"A2\" t=\"b\"><v>2</v></c>")), "workbook", line: 2
    ),
    HostileWorkbook(
      "a type nobody knows", workbook(data: texts("<c r=\"A2\" t=\"zz\"><v>2</v></c>")), "workbook", line: 2),
    HostileWorkbook(
      "a cell of another row", workbook(data: texts("<c r=\"A9\"><v>2</v></c>")), "workbook", line: 2),
    HostileWorkbook("a cell twice", workbook(data: texts("<c r=\"A2\"/><c r=\"A2\"/>")), "workbook", line: 2),
    HostileWorkbook(
      "cells backwards", workbook(data: texts("<c r=\"B2\"/><c r=\"A2\"/>")), "workbook", line: 2),
    HostileWorkbook(
      "a cell past the last column", workbook(data: texts("<c r=\"XFE2\"/>")), "workbook", line: 2),
    HostileWorkbook(
      "a cell of a column without end", workbook(data: texts("<c r=\"ZZZZZZZZZZZZZZZZZZZZ2\"/>")), "workbook",
      line: 2),
    HostileWorkbook("a row twice", workbook(data: texts("") + "<row r=\"2\"/>"), "workbook", line: 2),
    HostileWorkbook(
      "a row past the last", workbook(data: texts("") + "<row r=\"1048577\"/>"), "workbook", line: 2),
    HostileWorkbook("row zero", workbook(data: "<row r=\"0\"/>"), "workbook"),
    HostileWorkbook("a row below zero", workbook(data: "<row r=\"-5\"/>"), "workbook"),
    HostileWorkbook("a row in a row", workbook(data: texts("<row r=\"3\"/>")), "workbook", line: 2),
    HostileWorkbook(
      "a cell in a cell", workbook(data: texts("<c r=\"A2\"><c r=\"B2\"/></c>")), "workbook", line: 2),
    HostileWorkbook(
      "a text too long",
      workbook(data: texts("<c r=\"A2\" t=\"str\"><v>\(String(repeating: "x", count: 65_537))</v></c>")),
      "field-size",
      line: 2),
  ]
}

@Suite struct `A hostile workbook` {
  @Test(arguments: HostileWorkbook.all)
  func `is refused with a code and a line, from memory and from a file`(hostile: HostileWorkbook) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("thing.xlsx", bytes: hostile.bytes)
    let error = #expect(throws: CaptureError.self) {
      _ = try FactFile(path: path, schema: schema).read { _ in }
    }
    #expect(error?.diagnostics.map(\.code) == [hostile.code], "\(error?.description ?? "")")
    #expect(error?.diagnostics.first?.line == hostile.line, "\(error?.description ?? "")")
    let other = #expect(throws: CaptureError.self) {
      let workbook = try Workbook(bytes: hostile.bytes, file: path)
      let reader = try SheetReader(workbook, workbook.sheet(named: nil, for: schema))
      _ = try FactFile(path: path, schema: schema).read(reader) { _ in }
    }
    #expect(other == error)
  }

  @Test func `that refers to its last cell costs nothing`() throws {
    let (rows, report) = try read(
      workbook(
        data: texts("<c r=\"A2\" t=\"str\"><v>a</v></c><c r=\"XFD2\" s=\"1\"/>")
          + "<row r=\"1048575\"><c r=\"A1048575\" t=\"str\"><v>b</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>"
      ), schema)
    #expect(rows.map(\.line) == [2, 1_048_575])
    #expect(report.diagnostics.map(\.code) == ["ragged"] && report.diagnostics.first?.line == 1_048_576)
    #expect(report.diagnostics.first?.message.contains("column XFD") == true)
  }

  @Test func `with values beside the table has those rows refused`() throws {
    let workbook = WorkbookBytes([
      ["code", "hours"], ["a", .number("1"), "", .error("#N/A")], ["b"], ["", "", "total"],
    ])
    let (rows, report) = try read(workbook, schema)
    #expect(rows.map(\.line) == [3])
    #expect(
      report.diagnostics.map(\.code) == ["ragged", "ragged"] && report.diagnostics.map(\.line) == [2, 4])
    #expect(try rejectedRows(of: workbook.bytes, schema) == [["a", "1", "#N/A"], ["", "", "total"]])
  }

  @Test func `with texts that lie in wait has them refused one by one`() throws {
    let workbook = WorkbookBytes([
      ["code", "note"], ["a", "=1+1"], ["b", "'=1+1"], ["c", "x\u{202E}y"], ["d", "_x0007_"],
      ["e", "_x0000_"],
      ["f", "jean.dupont@exemple.fr"], ["g", "#REF!"], ["h", "\\."], ["i", "e\u{301}"],
      ["j", "😀 _xD83D__xDE00_"],
    ])
    let (rows, report) = try read(workbook, schema)
    #expect(rows.map(\.values[2]) == ["=1+1", "=1+1", "\\.", "é", "😀 \u{FFFD}\u{FFFD}"])
    #expect(
      report.diagnostics.map(\.code) == [
        "characters", "characters", "characters", "personal-data", "spreadsheet-error",
      ])
    #expect(report.diagnostics.map(\.line) == [4, 5, 6, 7, 8])
    #expect(try rejectedRows(of: workbook.bytes, schema)[3] == ["", ""])
  }

  @Test func `may not grow past any limit`() throws {
    var limits = WorkbookLimits()
    func code(_ workbook: WorkbookBytes, _ limits: WorkbookLimits) -> String? {
      let error = #expect(throws: CaptureError.self) {
        let workbook = try Workbook(bytes: workbook.bytes, file: "t.xlsx", limits: limits)
        _ = try SheetReader(workbook, workbook.firstSheet)
      }
      return error?.diagnostics.first?.code
    }
    limits.sharedText = 5
    #expect(code(workbook(), limits) == "workbook-size")
    limits = WorkbookLimits()
    limits.sharedTexts = 2
    #expect(code(workbook(), limits) == "workbook-size")
    limits = WorkbookLimits()
    limits.archive = 1_000
    #expect(code(workbook(), limits) == "workbook-size")
    limits = WorkbookLimits()
    limits.entry = 200
    #expect(code(workbook(), limits) == "workbook-size")
    limits = WorkbookLimits()
    limits.total = 1_000
    #expect(code(workbook(), limits) == "workbook-size")
    limits = WorkbookLimits()
    limits.entries = 6
    #expect(code(workbook(), limits) == "workbook-size")
  }

  @Test func `that changes while it is read is noticed`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("thing.xlsx", bytes: workbook().bytes)
    let book = try Workbook(path: path)
    let reader = try SheetReader(book, book.firstSheet)
    try folder.remove("thing.xlsx")
    try folder.write("thing.xlsx", bytes: WorkbookBytes([["code"]]).bytes)
    // The name leads to another file; the one that is open did not change.
    #expect(try FactFile(path: path, schema: schema).read(reader) { _ in }.accepted == 1)
    try reader.forEachRecord {}
    let changing = ChangingSource(workbook().bytes)
    let other = try Workbook(changing, file: path)
    let records = try SheetReader(other, other.firstSheet)
    changing.bytes[changing.bytes.count - 1] ^= 1
    let error = #expect(throws: CaptureError.self) { try records.forEachRecord {} }
    #expect(error?.diagnostics.first?.code == "changed")
  }
}

/// Bytes that may become others.
private final class ChangingSource: ByteSource {
  var bytes: [UInt8]
  private var position = 0
  init(_ bytes: [UInt8]) { self.bytes = bytes }
  func read(_ count: Int) -> [UInt8] {
    let end = min(bytes.count, position + count)
    defer { position = end }
    return Array(bytes[position..<end])
  }
  func rewind() { position = 0 }
}
