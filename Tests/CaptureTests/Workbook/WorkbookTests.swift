import Impact
import Testing

@testable import Capture

private func title(_ name: String) -> Localized { Localized(fr: "Le \(name) é", en: "The \(name)") }

private let schema = FactSchema(
  name: "thing", title: Localized(fr: "Chose", en: "Thing"), scope: .cooperation,
  fields: [
    .init(name: "code", kind: .string, title: title("code"), isRequired: true, maximumLength: 40),
    .init(name: "votes", kind: .integer, title: title("votes")),
    .init(name: "hours", kind: .number, title: title("hours")),
    .init(name: "rsa", kind: .boolean, title: title("rsa")),
    .init(name: "started_on", kind: .date, title: title("started_on")),
    .init(name: "month", kind: .yearmonth, title: title("month")),
    .init(name: "note", kind: .string, title: title("note")),
  ], key: ["code"], references: [])

func read(
  _ workbook: WorkbookBytes, _ schema: FactSchema = schema, sheet: String? = nil, name: String = "thing.xlsx"
) throws -> (rows: [FactRow], report: FactFile.Report) {
  let folder = try TemporaryFolder()
  var rows: [FactRow] = []
  let report = try FactFile(path: folder.write(name, bytes: workbook.bytes), schema: schema, sheet: sheet)
    .read { rows.append($0) }
  #expect(report.read == report.accepted + report.rejected)
  #expect(report.accepted == rows.count)
  return (rows, report)
}

/// The canonical text of one cell, or the code of its refusal after a `!`.
private func cell(_ field: String, _ value: WorkbookBytes.Cell, epoch1904: Bool = false) throws -> String? {
  var workbook = WorkbookBytes([["code", .shared(field)], ["a", value]])
  workbook.usesEpoch1904 = epoch1904
  let (rows, report) = try read(workbook)
  if let row = rows.first { return row.values[schema.fields.firstIndex { $0.name == field } ?? 0] }
  let diagnostic = try #require(report.diagnostics.first)
  #expect(diagnostic.line == 2 && diagnostic.column == 2 && diagnostic.field == field)
  return "!" + diagnostic.code
}

private typealias Style = WorkbookBytes.Style

@Suite struct `A workbook` {
  @Test func `is read like a CSV file, with the rows and columns of its sheet`() throws {
    let (rows, report) = try read(
      WorkbookBytes([
        [], ["Code", "hours", "rsa", "started_on", "month", "note", ""],
        [
          "a-1", .number("35.5"), .boolean(true), .number("46022", style: Style.date),
          .number("45717", style: Style.month), .inline(" l’été & <co> "),
        ],
        [], ["", .none, .inline(" \u{A0}")],
        ["b", .number("x".isEmpty ? "" : "12"), .boolean(false), .none, "2025-03", "", .none, .none],
        ["c", .shared("1 234,50"), "oui", "31/12/2025", .none, "déjà"],
      ]))
    #expect(report.diagnostics == [])
    #expect(
      report.form == .workbook(sheet: "Feuil1") && report.header == "Code;hours;rsa;started_on;month;note")
    #expect(rows.map(\.line) == [3, 6, 7])
    #expect(
      rows.map(\.values) == [
        ["a-1", nil, "35.5", "t", "2025-12-31", "2025-03-01", "l’été & <co>"],
        ["b", nil, "12", "f", nil, "2025-03-01", nil],
        ["c", nil, "1234.5", "t", "2025-12-31", nil, "déjà"],
      ])
  }

  @Test(
    arguments: [
      ("0.30000000000000004", "0.3"), ("0.1", "0.1"), ("1E3", "1000"), ("1.5E-3", "0.0015"), ("-0", "0"),
      ("1234.5600000000001", "1234.56"), ("2.2999999999999998", "2.3"),
      ("123456789012345", "123456789012345"),
      ("12345678901.123456", "12345678901.1235"), ("0", "0"), ("-5.20", "-5.2"), ("100", "100"),
      ("999999999999999.9", "!number"), ("1234567890123456", "!number"),
      ("1.2345678901234499E+16", "!number"),
    ] as [(String, String)])
  func `gives numbers as they were typed, or refuses those the spreadsheet has changed`(
    stored: String, expected: String
  ) throws {
    #expect(try cell("hours", .number(stored)) == expected)
  }

  @Test func `keeps long codes, and refuses those of more than 15 digits`() throws {
    #expect(try cell("note", .number("12345678900012")) == "12345678900012")
    #expect(try cell("note", .number("1.2345678900012E13")) == "12345678900012")
    #expect(try cell("note", .number("12345678901234567")) == "!number")
    #expect(try cell("note", .number("1.23456789012345E+16")) == "!number")
    #expect(try cell("note", .shared("12345678901234567")) == "12345678901234567")
    #expect(try cell("note", .number("1000", style: Style.postcode)) == "01000")
    #expect(try cell("note", .number("185057800608491")) == "!personal-data")
  }

  @Test(arguments: [
    ("46022", Style.date, "2025-12-31"), ("46022.0000001", Style.date, "2025-12-31"),
    ("46021.9999999", Style.date, "2025-12-31"), ("46022", Style.longDate, "2025-12-31"),
    ("46022", Style.dateTime, "2025-12-31"), ("46022.5", Style.dateTime, "!date"),
    ("1", Style.date, "1900-01-01"),
    ("59", Style.date, "1900-02-28"), ("60", Style.date, "!date"), ("61", Style.date, "1900-03-01"),
    ("0", Style.date, "!date"), ("-1", Style.date, "!range"), ("2958465", Style.date, "!range"),
    ("9999999999", Style.date, "!range"), ("73415", Style.date, "2100-12-31"),
    ("73416", Style.date, "!range"),
    ("45716", Style.date, "2025-02-28"), ("45351", Style.date, "2024-02-29"), ("46022", 0, "!date"),
    ("45717", Style.month, "!date"), ("0.5", Style.duration, "!time"),
  ])
  func `gives days by their format`(serial: String, style: Int, expected: String) throws {
    #expect(try cell("started_on", .number(serial, style: style)) == expected)
  }

  @Test func `counts days from 1904 when it says so`() throws {
    #expect(try cell("started_on", .number("0", style: Style.date), epoch1904: true) == "1904-01-01")
    #expect(try cell("started_on", .number("44560", style: Style.date), epoch1904: true) == "2025-12-31")
    #expect(try cell("started_on", .number("60", style: Style.date), epoch1904: true) == "1904-03-01")
    #expect(try cell("month", .number("44255", style: Style.month), epoch1904: true) == "2025-03-01")
  }

  @Test func `gives months, whatever their hidden day`() throws {
    #expect(try cell("month", .number("45717", style: Style.month)) == "2025-03-01")
    #expect(try cell("month", .number("45731", style: Style.month)) == "2025-03-01")
    #expect(try cell("month", .number("45717", style: Style.date)) == "2025-03-01")
    #expect(try cell("month", .number("45731", style: Style.date)) == "!date")
    #expect(try cell("month", .number("45731")) == "!date")
    #expect(try cell("month", .shared("03/2025")) == "2025-03-01")
    #expect(
      try cell("month", .raw(attributes: "r=\"B2\" t=\"d\"", inside: "<v>2025-03-01T00:00:00</v>"))
        == "2025-03-01")
  }

  @Test func `refuses what a spreadsheet has changed behind the author's back`() throws {
    // "3-4" became a date, hours became a duration, and 12 % is 0.12.
    #expect(try cell("note", .number("46022", style: Style.date)) == "!date")
    #expect(try cell("votes", .number("46022", style: Style.date)) == "!date")
    #expect(try cell("hours", .number("1.4791666666666667", style: Style.duration)) == "!time")
    #expect(try cell("hours", .number("0.12", style: Style.percent)) == "!number")
    #expect(try cell("note", .number("0.12", style: Style.percent)) == "12%")
    #expect(try cell("hours", .number("1234.5", style: Style.euros)) == "1234.5")
    #expect(try cell("hours", .number("35.5", style: Style.hoursWithUnit)) == "35.5")
    #expect(try cell("votes", .number("1.234")) == "!number")
    #expect(try cell("votes", .number("1234")) == "1234")
    #expect(try cell("rsa", .number("1")) == "t")
    #expect(try cell("rsa", .number("2")) == "!type")
    #expect(try cell("hours", .boolean(true)) == "!type")
  }

  @Test(arguments: [
    "#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA", "#BUSY!",
  ])
  func `refuses error cells in any column`(name: String) throws {
    for field in ["note", "hours", "started_on", "rsa"] {
      #expect(try cell(field, .error(name)) == "!spreadsheet-error")
    }
  }

  @Test func `reads the computed value of formulas and says so once a column`() throws {
    let (rows, report) = try read(
      WorkbookBytes([
        ["code", "hours", "note"], ["a", .formula("1+1", value: "2"), "x"],
        [
          "b", .formula("0.1+0.2", value: "0.30000000000000004"),
          .formula("\"a\"&\"b\"", value: "ab", type: "str"),
        ],
        ["c", .formula("SUM(A1)", value: nil), "x"],
        ["d", .formula("1/0", value: "#DIV/0!", type: "e"), "x"],
        ["e", "", .formula("\"\"", value: "", type: "str")],
      ]))
    #expect(rows.map(\.line) == [2, 3, 6])
    #expect(rows.map(\.values[2]) == ["2", "0.3", nil])
    #expect(rows.map(\.values[6]) == ["x", "ab", nil])
    #expect(report.diagnostics.map(\.code) == ["formula", "spreadsheet-error", "formula", "formula"])
    #expect(report.diagnostics.map(\.severity) == [.error, .error, .warning, .warning])
    #expect(
      report.diagnostics.map(\.line) == [4, 5, 2, 3]
        && report.diagnostics.map(\.field) == ["hours", "hours", "hours", "note"])
  }

  @Test func `chooses the sheet called like the entity, else the first shown, else the one named`() throws {
    func sheet(_ name: String, _ code: String, _ state: String = "visible") -> WorkbookBytes.Sheet {
      WorkbookBytes.Sheet(name: name, rows: [["code"], [.shared(code)]], state: state)
    }
    func codes(_ sheets: [WorkbookBytes.Sheet], _ name: String? = nil) throws -> [String?] {
      try read(WorkbookBytes(sheets: sheets), sheet: name).rows.map(\.values[0])
    }
    let notes = WorkbookBytes.Sheet(name: "À lire", rows: [["notes"], ["bonjour"]])
    #expect(try codes([notes, sheet("Thing", "t")]) == ["t"])
    #expect(try codes([notes, sheet("CHOSE", "c")]) == ["c"])
    #expect(try codes([sheet("listes", "l", "hidden"), sheet("Feuil1", "f")]) == ["f"])
    #expect(try codes([sheet("Feuil1", "f"), sheet("Feuil2", "g")], "feuil2") == ["g"])
    let (_, report) = try read(WorkbookBytes(sheets: [sheet("Feuil1", "f"), sheet("Feuil2", "g")]))
    #expect(report.diagnostics.map(\.code) == ["sheet"] && report.diagnostics[0].severity == .warning)
    let error = #expect(throws: CaptureError.self) { _ = try codes([sheet("Feuil1", "f")], "Feuil2") }
    #expect(error?.diagnostics.first?.message.contains("did you mean \"Feuil1\"?") == true)
  }

  @Test func `is known by its content, whatever its name`() throws {
    let workbook = WorkbookBytes([["code"], ["a"]])
    #expect(try read(workbook, name: "thing.csv").rows.count == 1)
    let folder = try TemporaryFolder()
    let path = try folder.write("thing.xlsx", "code\na\n")
    #expect(try FactFile(path: path, schema: schema).read { _ in }.accepted == 1)
    #expect(throws: CaptureError.self) {
      _ = try FactFile(path: path, schema: schema, sheet: "x").read { _ in }
    }
  }

  @Test func `may use prefixes, rich text, phonetics and escapes, and count wrongly`() throws {
    var workbook = WorkbookBytes([["code", "note"], ["a", "b"]])
    workbook.prefix = "x"
    workbook.sharedCount = "4000000000"
    #expect(try read(workbook).rows.map(\.values[6]) == ["b"])
    workbook = WorkbookBytes([
      ["code", "note"],
      [.raw(attributes: "t=\"s\"", inside: "<v> 2 </v>"), .raw(attributes: "t=\"s\"", inside: "<v>3</v>")],
    ])
    workbook.parts = [
      (
        "xl/sharedStrings.xml",
        "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>code</t></si><si><t>note</t></si><si><r><t>a</t></r><r><rPr><b/></rPr><t>-b</t></r><rPh sb=\"0\" eb=\"1\"><t>kana</t></rPh></si><si><t xml:space=\"preserve\">l1_x000D_&#10;l2 _x0041_ _xyz_ <![CDATA[<&]]></t></si></sst>"
      )
    ]
    #expect(try read(workbook).rows.map(\.values[0]) == ["a-b"])
    #expect(try read(workbook).rows.map(\.values[6]) == ["l1\r\nl2 A _xyz_ <&"])
  }

  @Test func `takes the titles of fields for their names`() throws {
    let (rows, report) = try read(WorkbookBytes([["le CODE e", "The  Hours"], ["a", .number("2")]]))
    #expect(rows.map(\.values[2]) == ["2"] && report.diagnostics.isEmpty)
    let error = #expect(throws: CaptureError.self) {
      _ = try read(WorkbookBytes([["code", "hours", "The hours"], ["a", .number("2")]]))
    }
    #expect(error?.diagnostics.map(\.code) == ["header"] && error?.diagnostics.map(\.column) == [3])
  }

  @Test(
    arguments: [
      ("General", .number), ("0.00", .number), ("dd/mm/yyyy", .date), ("jj/mm/aaaa", .date),
      ("mmm-yy", .month),
      ("mm/aaaa", .month), ("yyyy", .date), ("[h]:mm", .time), ("h:mm AM/PM", .time), ("mm:ss.0", .time),
      ("d/m/yy h:mm", .date), ("0%", .percent), ("#,##0.00 [$€-40C]", .number),
      ("[Red]-0.00;[Blue]0", .number),
      ("0.00\" jours\"", .number), ("00000", .padded(5)), ("@", .number), ("0.00E+00", .number),
      ("[$-F800]dddd, mmmm dd, yyyy", .date), ("\\d0", .number), ("\"unterminated", .number),
      ("[unterminated", .number),
      ("", .number), ("Standard", .number), ("mmmm", .month),
    ] as [(String, NumberFormat)])
  func `understands the codes of number formats`(code: String, expected: NumberFormat) {
    #expect(NumberFormat(code: code) == expected)
  }
}
