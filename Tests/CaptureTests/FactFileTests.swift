import Impact
import Testing

@testable import Capture

private let sample = Localized(fr: "exemple", en: "example")

/// A schema with one field of every kind.
private let schema = FactSchema(
  name: "thing", title: sample, scope: .cooperation,
  fields: [
    .init(
      name: "code", kind: .string, title: sample, isRequired: true, pattern: "^[a-z0-9-]+$", maximumLength: 20
    ),
    .init(name: "kind", kind: .string, title: sample, allowed: ["EI", "ACI"]),
    .init(name: "votes", kind: .integer, title: sample, minimum: "0"),
    .init(name: "hours", kind: .number, title: sample, minimum: "-10", maximum: "300000"),
    .init(name: "rsa", kind: .boolean, title: sample),
    .init(name: "started_on", kind: .date, title: sample, minimum: "1990-01-01"),
    .init(name: "month", kind: .yearmonth, title: sample),
    .init(name: "note", kind: .string, title: sample),
  ], key: ["code"], references: [])

private func read(_ text: String, _ schema: FactSchema = schema) throws -> (
  rows: [FactRow], report: FactFile.Report
) {
  let folder = try TemporaryFolder()
  var rows: [FactRow] = []
  let report = try FactFile(path: folder.write("thing.csv", text), schema: schema).read { rows.append($0) }
  #expect(report.read == report.accepted + report.rejected)
  #expect(report.accepted == rows.count)
  return (rows, report)
}

/// The canonical text of one cell, or the code of its refusal after a `!`.
private func cell(_ field: String, _ value: String) throws -> String? {
  let quoted = "\"" + value.replacing("\"", with: "\"\"") + "\""
  let (rows, report) = try read("code;\(field)\na;\(quoted)\n")
  if let row = rows.first { return row.values[schema.fields.firstIndex { $0.name == field } ?? 0] }
  let diagnostic = try #require(report.diagnostics.first)
  #expect(diagnostic.line == 2 && diagnostic.column == 2 && diagnostic.field == field)
  if value.count > 3 { #expect(!diagnostic.message.contains(value), "a message must not repeat the value") }
  return "!" + diagnostic.code
}

@Suite struct `An import file` {
  @Test(
    arguments: [
      ("1 234,50", "1234.5"), ("1\u{A0}234,50", "1234.5"), ("1\u{202F}234.50", "1234.5"),
      ("1.234,50", "1234.5"),
      ("1,234.50", "1234.5"), ("12.345.678,9", "!maximum"), ("1,234,567", "!maximum"),
      ("\u{2212}5,2", "-5.2"),
      ("-5", "-5"), ("+7", "7"), ("0,10", "0.1"), ("007", "7"), ("-0", "0"), (" 12 ", "12"), ("", nil),
      ("300000", "300000"),
      ("300000.0000000000000001", "!maximum"), ("-10.1", "!minimum"), ("12 34", "!number"),
      ("1,2,3", "!number"),
      ("1 234.567,8", "!number"), ("1.2,3.4", "!number"), ("1,5E+03", "!number"), ("12 %", "!number"),
      ("12 €", "!number"), ("(12)", "!number"), ("douze", "!type"), ("12 h", "!type"), ("5,", "!type"),
      (",5", "!type"),
      ("#N/A", "!spreadsheet-error"), ("#REF!", "!spreadsheet-error"), ("N/C", "!placeholder"),
      ("-", "!placeholder"), ("12.0612345678", "12.0612345678"), ("0,0612345678", "0.0612345678"),
      ("0612345678", "!personal-data"), ("0612345678,5", "!personal-data"),
      ("06.12.34.56.78", "!personal-data"),
    ] as [(String, String?)])
  func `reads numbers as people write them`(text: String, expected: String?) throws {
    #expect(try cell("hours", text) == expected)
  }

  @Test(arguments: [
    ("12", "12"), ("1 200", "1200"), ("5,0", "5"), ("1.000", "!number"), ("1,5", "!number"),
    ("-1", "!minimum"),
    ("2147483647", "2147483647"), ("2147483648", "!range"), ("99999999999999999999", "!range"),
    ("vrai", "!type"),
  ])
  func `reads whole numbers, and refuses thousands that may be decimals`(text: String, expected: String)
    throws
  {
    #expect(try cell("votes", text) == expected)
  }

  @Test(arguments: [
    ("31/12/2025", "2025-12-31"), ("2025-12-31", "2025-12-31"), ("1/3/2025", "2025-03-01"),
    ("29/02/2024", "2024-02-29"),
    ("29/02/2025", "!date"), ("31/04/2025", "!date"), ("12/31/2025", "!date"), ("31/12/25", "!date"),
    ("45999", "!date"), ("31.12.2025", "!date"), ("2025-12-31 00:00:00", "!date"), ("2025/12/31", "!date"),
    ("31/12/0202", "!range"), ("1989-12-31", "!minimum"), ("hier", "!type"), ("00/12/2025", "!date"),
    ("-", "!placeholder"),
  ])
  func `reads days, and refuses those that can be read in two ways`(text: String, expected: String) throws {
    #expect(try cell("started_on", text) == expected)
  }

  @Test(arguments: [
    ("2025-03", "2025-03-01"), ("03/2025", "2025-03-01"), ("2025-03-01", "2025-03-01"),
    ("01/03/2025", "2025-03-01"),
    ("2025-03-15", "!date"), ("13/2025", "!date"), ("03/25", "!date"), ("mars 2025", "!type"),
    ("45717", "!date"),
  ])
  func `reads months as their first day`(text: String, expected: String) throws {
    #expect(try cell("month", text) == expected)
  }

  @Test(arguments: [
    ("oui", "t"), ("YES", "t"), ("Vrai", "t"), ("true", "t"), ("1", "t"), ("non", "f"), ("no", "f"),
    ("FAUX", "f"),
    ("false", "f"), ("0", "f"), ("x", "!boolean"), ("2", "!type"), ("peut-être", "!type"),
    ("N/A", "!placeholder"),
  ])
  func `reads yes and no`(text: String, expected: String) throws {
    #expect(try cell("rsa", text) == expected)
  }

  @Test(arguments: [
    ("été", "été"), ("e\u{301}te\u{301}", "été"), ("'=1+1", "=1+1"), ("'abc", "'abc"),
    ("a\u{7}b", "!characters"),
    ("a\u{202E}b", "!characters"), ("#REF!", "!spreadsheet-error"), ("N/C", "!placeholder"), ("NC", "NC"),
    ("\\.", "\\."), ("'-", "!placeholder"), ("'= 1", "= 1"), ("'\tx", "x"),
  ])
  func `reads texts in one form`(text: String, expected: String) throws {
    let found = try #require(try cell("note", text))
    #expect(Array(found.utf8) == Array(expected.utf8))
  }

  @Test func `holds every constraint, and says line, table column, field and code`() throws {
    let (rows, report) = try read(
      "kind;code;hours\nEI;a-1;2\nXX;b;2\nEI;B;2\nEI;\(String(repeating: "c", count: 21));2\nEI;;2\nEI;a-1\\n;2\n"
    )
    #expect(rows == [FactRow(line: 2, values: ["a-1", "EI", nil, "2", nil, nil, nil, nil])])
    #expect(report.diagnostics.map(\.code) == ["enum", "pattern", "length", "required", "pattern"])
    #expect(report.diagnostics.map(\.line) == [3, 4, 5, 6, 7])
    #expect(report.diagnostics.map(\.column) == [1, 2, 2, 2, 2])
    #expect(report.diagnostics.map(\.field) == ["kind", "code", "code", "code", "code"])
  }

  @Test func `a pattern matches whole texts only`() throws {
    let (rows, report) = try read("code\n\"a\n\"\n\"a\nb\"\n")
    // Spaces around a cell are not part of it; those inside are.
    #expect(rows.map(\.values[0]) == ["a"])
    #expect(report.diagnostics.map(\.code) == ["pattern"])
  }

  @Test func `takes columns in any order and case, and names those it does not know`() throws {
    let (rows, report) = try read(" Hours ;CODE;hourz;nom\n2;a;3;4\n")
    #expect(rows.first?.values == ["a", nil, nil, "2", nil, nil, nil, nil])
    #expect(report.diagnostics.map(\.severity) == [.warning, .warning])
    #expect(report.diagnostics.map(\.field) == ["hourz", "nom"])
    #expect(report.diagnostics.map(\.code) == ["unknown-column", "personal-data"])
    let (_, other) = try read("code;vots\na;1\n")
    #expect(other.diagnostics.first?.message.contains("did you mean \"votes\"?") == true)
  }

  @Test func `refuses the whole file when a required column is missing`() throws {
    let error = #expect(throws: CaptureError.self) { _ = try read("cod;hours\na;1\n") }
    #expect(error?.diagnostics.first?.code == "missing-column")
    #expect(error?.diagnostics.first?.message.contains("\"cod\" may be meant") == true)
  }

  @Test func `refuses ragged rows and keeps the others; empty rows say nothing`() throws {
    let (rows, report) = try read("code;hours\na;1\nb\n;\n \u{A0}; \nc;1;2\nd;4\n")
    #expect(rows.map(\.line) == [2, 7])
    #expect(report.diagnostics.map(\.code) == ["ragged", "ragged"])
    #expect(report.diagnostics.map(\.line) == [3, 6])
    #expect(report.read == 4)
  }

  @Test func `warns of Windows-1252 and of accents encoded twice`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("thing.csv", bytes: Array("code;note\na;".utf8) + [0xE9, 0x0A])
    var rows: [FactRow] = []
    let report = try FactFile(path: path, schema: schema).read { rows.append($0) }
    #expect(rows.first?.values.last == "é")
    #expect(report.form.encoding == .windows1252)
    #expect(report.diagnostics.map(\.code) == ["encoding"])
    #expect(report.fingerprint == Fingerprint(of: Array("code;note\na;".utf8) + [0xE9, 0x0A]))
    let (_, twice) = try read("code;note\na;Ã©tÃ©\n")
    #expect(twice.diagnostics.map(\.code) == ["encoding"])
    #expect(twice.accepted == 1)
  }

  @Test func `keeps a thousand diagnostics and counts the rest`() throws {
    let (_, report) = try read("code;hours\n" + String(repeating: "a;x\n", count: 1500) + "b;1\n")
    #expect(report.diagnostics.count == 1000 && report.omittedDiagnostics == 500)
    #expect(report.rejected == 1500 && report.accepted == 1)
  }

  @Test func `an error of the caller stops the reading`() throws {
    struct Stop: Error {}
    let folder = try TemporaryFolder()
    let file = FactFile(path: try folder.write("thing.csv", "code\na\nb\n"), schema: schema)
    #expect(throws: Stop.self) { _ = try file.read { _ in throw Stop() } }
    #expect(throws: CaptureError.self) {
      _ = try FactFile(path: folder.path + "/no.csv", schema: schema).read { _ in }
    }
    #expect(throws: CaptureError.self) { _ = try FactFile(path: folder.path, schema: schema).read { _ in } }
  }
}

@Suite struct `Personal data` {
  @Test func `is refused in any column, and its value appears nowhere`() throws {
    // An invented number with its right key.
    let nir = "185057800608491"
    let spaced = "1 85 05 78 006 084 " + nir.suffix(2)
    let values = [
      nir, spaced, "vu avec \(nir).", "1850578006084", "jean.dupont@exemple.fr", "tel. 06 12 34 56 78",
      "0612345678",
      "+33 6 12 34 56 78", "01.23.45.67.89", "+33(0)6 non, 0033612345678", "tél. :\u{A0}06 12 34 56 78",
      "tél.\u{202F}0612345678", "« 0612345678»",
      "«0612345678»", "x–0612345678…", "n°\(nir)’",
    ]
    for value in values {
      let (rows, report) = try read("code;note;autre\na;\(value);\nb;;\(value)\nc;ok;ok\n")
      #expect(rows.map(\.line) == [4], "\(value)")
      #expect(report.diagnostics.filter { $0.severity == .error }.allSatisfy { $0.code == "personal-data" })
      #expect(!"\(report)".contains(value))
    }
  }

  @Test(arguments: [
    "185057800608401", "12345678900012", "552 100 554 00025", "2026T3", "réunion du 12/03/2026 à 14:30",
    "@ l'atelier",
    "convention 093210012", "10 000 000 000", "a@b", "lot 1234567890",
  ])
  func `is not seen where there is none`(value: String) throws {
    #expect(try read("code;note\na;\(value)\n").rows.count == 1)
  }

  @Test func `that fills a column names the column`() throws {
    let rows = (0..<3).map { "a-\($0);0612345\($0)78\n" }.joined()
    let (_, report) = try read("code;contact\n" + rows)
    #expect(report.diagnostics.first?.message.contains("every cell of the column \"contact\"") == true)
    #expect(report.rejected == 3)
  }
}
