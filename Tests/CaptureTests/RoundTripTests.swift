import Capture
import Impact
import Testing

/// A small seeded generator (SplitMix64), so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Writes tables in every dialect a partner may send.
struct TableWriter {
  var delimiter = ";"
  var newline = "\n"
  var quotesAll = false
  var endsWithNewline = true
  var encoding = TextEncoding.utf8

  func bytes(_ rows: [[String]]) -> [UInt8] {
    var text = rows.map { row in row.map(field).joined(separator: delimiter) }.joined(separator: newline)
    if endsWithNewline { text += newline }
    return encode(text)
  }

  func encode(_ text: String) -> [UInt8] {
    switch encoding {
    case .utf8: Array(text.utf8)
    case .markedUTF8: [0xEF, 0xBB, 0xBF] + Array(text.utf8)
    case .utf16LittleEndian: [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    case .utf16BigEndian: [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    case .windows1252:
      text.unicodeScalars.map { scalar in
        switch scalar {
        case "€": 0x80
        case "’": 0x92
        case "œ": 0x9C
        default: UInt8(scalar.value)
        }
      }
    }
  }

  private func field(_ value: String) -> String {
    let needsQuotes = value.isEmpty || value.contains { "\";,\t\n\r".contains($0) || $0.isNewline }
    guard quotesAll || needsQuotes else { return value }
    return "\"" + value.replacing("\"", with: "\"\"") + "\""
  }
}

@Suite struct `Round trips` {
  @Test(arguments: 0..<300)
  func `a random table written in any dialect reads back equal`(seed: Int) throws {
    var random = SeededGenerator(UInt64(seed))
    let encoding = try #require(TextEncoding.allCases.randomElement(using: &random))
    let alphabet = Array(
      encoding == .windows1252 ? "ab Z0\";,\t\n\ré’€œ\\.'=" : "ab Z0\";,\t\n\ré’€œ\\.'=日😀\u{301}\u{202F}")
    let writer = TableWriter(
      delimiter: try #require([";", ",", "\t"].randomElement(using: &random)),
      newline: try #require(["\n", "\r\n", "\r"].randomElement(using: &random)),
      quotesAll: Bool.random(using: &random), endsWithNewline: Bool.random(using: &random), encoding: encoding
    )
    let width = Int.random(in: 1...6, using: &random)
    // The é makes sure that Windows-1252 is not valid UTF-8.
    let header = (0..<width).map { "é_\($0)" }
    let rows = (0..<Int.random(in: 0...12, using: &random)).map { _ in
      (0..<width).map { _ in
        String(
          (0..<Int.random(in: 0...9, using: &random)).compactMap { _ in alphabet.randomElement(using: &random)
          })
      }
    }
    let found = try scan(
      writer.bytes([header] + rows),
      chunkSize: try #require([1, 2, 3, 7, 64, 4096].randomElement(using: &random)))
    #expect(found.header == header)
    // Bytes are compared: Swift holds texts equal that differ in composition.
    #expect(found.rows.map { $0.map { Array($0.utf8) } } == rows.map { $0.map { Array($0.utf8) } })
  }

  @Test func `the same 50 rows in every dialect give the same canonical rows`() throws {
    let schema = FactSchema(
      name: "activity", title: Localized(fr: "a", en: "a"), scope: .cooperation,
      fields: [
        .init(name: "pathway", kind: .string, title: Localized(fr: "a", en: "a"), isRequired: true),
        .init(name: "month", kind: .yearmonth, title: Localized(fr: "a", en: "a")),
        .init(name: "started_on", kind: .date, title: Localized(fr: "a", en: "a")),
        .init(name: "hours", kind: .number, title: Localized(fr: "a", en: "a")),
        .init(name: "rsa", kind: .boolean, title: Localized(fr: "a", en: "a")),
        .init(name: "note", kind: .string, title: Localized(fr: "a", en: "a")),
      ], key: ["pathway"], references: [])
    func table(_ isFrench: Bool, space: String) -> [[String]] {
      [["Pathway", "month", "started_on", "hours", "RSA", "note"]]
        + (1...50).map { row in
          let month = row % 12 + 1
          let day = row % 28 + 1
          func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
          return [
            "p-\(row)", isFrench ? "\(two(month))/2025" : "2025-\(two(month))",
            isFrench ? "\(two(day))/\(two(month))/2025" : "2025-\(two(month))-\(two(day))",
            isFrench ? "1\(space)2\(two(row)),50" : "12\(two(row)).5",
            isFrench ? (row % 2 == 0 ? "oui" : "Non") : (row % 2 == 0 ? "true" : "0"),
            row % 5 == 0 ? "" : "l’été, \"\(row)\"; 5 €",
          ]
        }
    }
    func canonical(_ bytes: [UInt8]) throws -> [FactRow] {
      let folder = try TemporaryFolder()
      var rows: [FactRow] = []
      let report = try FactFile(path: folder.write("activity.csv", bytes: bytes), schema: schema).read {
        rows.append($0)
      }
      #expect(report.rejected == 0 && report.accepted == 50 && report.read == 50)
      return rows
    }
    let expected = try canonical(TableWriter().bytes(table(false, space: "")))
    #expect(
      expected[0].values == ["p-1", "2025-02-01", "2025-02-02", "1201.5", "f", "l’été, \"1\"; 5 €"])
    #expect(expected[4].values[5] == nil)
    var variants: [[UInt8]] = []
    for encoding in TextEncoding.allCases {
      let space = encoding == .windows1252 ? "\u{A0}" : "\u{202F}"
      variants.append(TableWriter(encoding: encoding).bytes(table(true, space: space)))
      variants.append(
        TableWriter(delimiter: "\t", newline: "\r\n", quotesAll: true, encoding: encoding).bytes(
          table(true, space: " ")))
      variants.append(
        TableWriter(delimiter: ",", newline: "\r", endsWithNewline: false, encoding: encoding).bytes(
          table(false, space: "")))
    }
    variants.append(Array("sep=;\r\n".utf8) + TableWriter(newline: "\r\n").bytes(table(true, space: " ")))
    for variant in variants { #expect(try canonical(variant).map(\.values) == expected.map(\.values)) }
    // The same table as four libraries and settings write it, compressed and styled.
    for name in ["openpyxl", "xlsxwriter", "1904", "constant-memory"] {
      let bytes = try Corpus.bytes("table-\(name).xlsx")
      #expect(try canonical(bytes).map(\.values) == expected.map(\.values), "\(name)")
    }
  }
}
