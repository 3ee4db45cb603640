import Capture
import Impact
import Testing

/// Header and records of a text, each with its line.
func scan(_ bytes: [UInt8], chunkSize: Int = 256 * 1024) throws -> (
  header: [String], rows: [[String]], lines: [Int]
) {
  let scanner = try CSVScanner(bytes: bytes, file: "t.csv", chunkSize: chunkSize)
  var rows: [[String]] = []
  var lines: [Int] = []
  while try scanner.next() {
    rows.append(scanner.fields)
    lines.append(scanner.line)
  }
  return (scanner.header, rows, lines)
}

func scan(_ text: String, chunkSize: Int = 256 * 1024) throws -> (
  header: [String], rows: [[String]], lines: [Int]
) {
  try scan(Array(text.utf8), chunkSize: chunkSize)
}

/// The only diagnostic of the refusal of some bytes.
func refusal(of bytes: [UInt8]) throws -> Diagnostic {
  let error = try #require(throws: CaptureError.self) { _ = try scan(bytes) }
  try #require(error.diagnostics.count == 1)
  return error.diagnostics[0]
}

func refusal(of text: String) throws -> Diagnostic { try refusal(of: Array(text.utf8)) }

@Suite struct `The CSV scanner` {
  @Test func `reads quotes, doubled quotes and newlines in quotes, and counts physical lines`() throws {
    let found = try scan("a;b\r\n\"x;\"\"y\"\"\r\nz\";2\r\n\n3;\"\"\n")
    #expect(found.header == ["a", "b"])
    #expect(found.rows == [["x;\"y\"\r\nz", "2"], ["3", ""]])
    #expect(found.lines == [2, 5])
  }

  @Test(arguments: [
    ("a;b\n1;2", ";"), ("a,b\n1,2", ","), ("a\tb\n1\t2", "\t"), ("a;b,c\n1;2", ";"), ("a\n1", ";"),
  ])
  func `guesses and announces the delimiter`(text: String, delimiter: Character) throws {
    let scanner = try CSVScanner(bytes: Array(text.utf8), file: "t.csv")
    #expect(scanner.dialect.delimiter == delimiter)
    #expect(!scanner.dialect.description.isEmpty)
  }

  @Test func `ignores delimiters inside the quotes of the header`() throws {
    let scanner = try CSVScanner(bytes: Array("\"a;b;c\",d\n1,2\n".utf8), file: "t.csv")
    #expect(scanner.dialect.delimiter == ",")
    #expect(scanner.header == ["a;b;c", "d"])
  }

  @Test func `understands a first line sep=`() throws {
    let found = try scan("sep=,\r\na;b,c\r\n1,2\r\n")
    #expect(found.header == ["a;b", "c"])
    #expect(found.rows == [["1", "2"]])
    #expect(found.lines == [3])
    #expect(try refusal(of: "sep=|\na|b\n").code == "delimiter")
  }

  @Test func `keeps a line that holds only a backslash and a dot`() throws {
    let found = try scan("a\n1\n\\.\n2\n")
    #expect(found.rows == [["1"], ["\\."], ["2"]])
  }

  @Test func `skips blank lines but not an empty quoted field`() throws {
    #expect(try scan("\n\na\n\n\"\"\n\n1\n\n").rows == [[""], ["1"]])
  }

  @Test func `takes columns without a name at the end for blank`() throws {
    let scanner = try CSVScanner(bytes: Array("a;b;;\n1;2;;\n3;4\n5;6;7\n".utf8), file: "t.csv")
    #expect(scanner.header == ["a", "b"])
    #expect(try scanner.next() && scanner.raggedness == nil)
    #expect(try scanner.next() && scanner.raggedness == nil)
    #expect(try scanner.next() && scanner.raggedness?.contains("column 3") == true)
  }

  @Test func `tells a row with too few or too many fields and goes on`() throws {
    let scanner = try CSVScanner(bytes: Array("a;b\n1\n1;2;3\n1;2\n".utf8), file: "t.csv")
    #expect(try scanner.next() && scanner.raggedness?.contains("1 fields") == true)
    #expect(try scanner.next() && scanner.raggedness?.contains("3 fields") == true)
    #expect(try scanner.next() && scanner.raggedness == nil)
    #expect(try !scanner.next())
  }

  @Test(arguments: [
    ("", 0, "empty"), ("\n\n", 0, "empty"), ("1;2\n3;4\n", 1, "header"), ("a;;b\n", 1, "header"),
    ("a;b;A\n", 1, "header"), ("a;b\n1;\"x\ny", 2, "quote"), ("a;b\n1;x\"y\"\n", 2, "quote"),
    ("a;b\n1;\"x\"y\n", 2, "quote"), ("a;b\n1;2\n3", 3, "truncated"), ("a;b\n1;\u{0}\n", 2, "binary"),
  ])
  func `refuses with the line and a code`(text: String, line: Int, code: String) throws {
    let found = try refusal(of: text)
    #expect(found.code == code)
    #expect((found.line ?? 0) == line)
    #expect(found.message.count > 20)
  }

  @Test func `recognises workbooks and other binaries by their first bytes`() throws {
    #expect(
      try refusal(of: [0x50, 0x4B, 3, 4, 0, 0]).message == "this is an Excel workbook; save it as CSV UTF-8")
    #expect(
      try refusal(
        of: [0x50, 0x4B, 3, 4] + Array("mimetypeapplication/vnd.oasis.opendocument.spreadsheet".utf8)
      )
      .message.contains("OpenDocument"))
    #expect(try refusal(of: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).code == "binary")
    #expect(try refusal(of: [0x1F, 0x8B, 8]).code == "binary")
    #expect(try refusal(of: "%PDF-1.7\n").code == "binary")
    // UTF-16 without a mark has NUL bytes.
    #expect(try refusal(of: Array("a;b\n".utf16).flatMap { [UInt8($0 & 255), 0] }).code == "binary")
  }

  @Test func `refuses what is too long or too wide`() throws {
    let long = String(repeating: "x", count: CSVScanner.Limit.field + 1)
    #expect(try refusal(of: "a;b\n1;\(long)\n").code == "field-size")
    let unclosed = try refusal(of: "a;b\n1;\"\(long)\n")
    #expect(unclosed.code == "field-size" && unclosed.message.contains("closing quote"))
    #expect(try scan("a;b\n1;\(long.dropLast())\n").rows.count == 1)
    let cell = String(repeating: "x", count: 60_000)
    let wide = (0..<20).map { "c\($0)" }.joined(separator: ";")
    let row = Array(repeating: cell, count: 20).joined(separator: ";")
    #expect(try refusal(of: "\(wide)\n\(row)\n").code == "row-size")
    let columns = (0...200).map { "c\($0)" }.joined(separator: ";")
    #expect(try refusal(of: columns + "\n").code == "columns")
  }

  @Test func `says whether accents were read as UTF-8 or Windows-1252`() throws {
    let windows = Array("nom\n".utf8) + [0xE9, 0x20, 0x80, 0x9C, 0x0A]
    let scanner = try CSVScanner(bytes: windows, file: "t.csv")
    #expect(scanner.dialect.encoding == .windows1252)
    #expect(try scanner.next() && scanner.fields == ["é €œ"])
    #expect(try refusal(of: Array("a\n\n".utf8) + [0xE9, 0x81, 0x0A]).code == "encoding")
    let mixed = try refusal(of: Array("a\néèàç\n".utf8) + [0xE9, 0x0A])
    #expect(mixed.code == "encoding" && mixed.line == 3)
  }

  @Test(
    arguments: [[0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82]] as [[UInt8]])
  func `overlong forms, surrogates and cut characters are not UTF-8`(bytes: [UInt8]) throws {
    let text = Array("a\n".utf8) + bytes
    if let scanner = try? CSVScanner(bytes: text, file: "t.csv") {
      #expect(scanner.dialect.encoding == .windows1252)
    }
  }

  @Test func `refuses damaged UTF-16`() throws {
    #expect(try refusal(of: [0xFF, 0xFE, 0x61, 0, 0x0A, 0, 0x00, 0xDC, 0x0A, 0]).code == "encoding")
    #expect(try refusal(of: [0xFF, 0xFE, 0x61, 0, 0x0A, 0, 0x62]).code == "truncated")
    #expect(try refusal(of: [0xFE, 0xFF, 0, 0x61, 0, 0x0A, 0, 0]).code == "binary")
  }

  @Test func `gives the same records wherever the chunks are cut`() throws {
    let text = "sep=;\r\nnam\u{e9};\"b\"\"c\";d\r\n\"x\r\n\"\"é€😀\"\"\";2;\r\n\r\n;\"\";3\n4;5;\"\"\"\""
    let utf16 = Array(text.utf16)
    let encoded: [[UInt8]] = [
      Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8),
      [0xFF, 0xFE] + utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] },
      [0xFE, 0xFF] + utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] },
    ]
    let expected = try scan(encoded[0])
    #expect(expected.rows.count == 3)
    for bytes in encoded {
      for size in 1...bytes.count {
        let found = try scan(bytes, chunkSize: size)
        #expect(found == expected, "chunks of \(size)")
      }
    }
  }

  @Test func `gives the same refusals wherever the chunks are cut`() throws {
    for text in ["a;b\n1;\"x\ny", "a;b\n1;x\"y\n", "a;b\n1;\"x\"y\n", "a;b\r\n1;2\r\n3"] {
      let expected = try refusal(of: text)
      for size in 1...text.utf8.count {
        let error = #expect(throws: CaptureError.self) { _ = try scan(text, chunkSize: size) }
        #expect(error?.diagnostics == [expected], "chunks of \(size)")
      }
    }
  }
}
