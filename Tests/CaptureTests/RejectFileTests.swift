import Foundation
import Impact
import Testing

@testable import Capture

private let sample = Localized(fr: "exemple", en: "example")

private let schema = FactSchema(
  name: "thing", title: sample, scope: .cooperation,
  fields: [
    .init(
      name: "code", kind: .string, title: sample, isRequired: true,
      pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$"),
    .init(name: "kind", kind: .string, title: sample, allowed: ["EI", "ACI"]),
    .init(name: "hours", kind: .number, title: sample, minimum: "-10"),
    .init(name: "started_on", kind: .date, title: sample),
    .init(name: "note", kind: .string, title: sample),
  ], key: ["code"], references: [])

/// What a file was and what its rejects file is.
private struct Refusal {
  var report: FactFile.Report
  /// Rows delivered, by line.
  var rows: [Int: [String?]] = [:]
  var text = ""
  var written: RejectFile.Written
  var bytes: [UInt8] = []

  /// Reads a file; `later` are lines the store refuses.
  init(_ bytes: [UInt8], later: [Int: String] = [:]) throws {
    let folder = try TemporaryFolder()
    let file = try FactFile(path: folder.write("thing.csv", bytes: bytes), schema: schema)
    var rows: [Int: [String?]] = [:]
    report = try file.read { rows[$0.line] = $0.values }
    let store = later.sorted { $0.key < $1.key }.map { line, sentence in
      Diagnostic(
        file: "thing.csv", line: line, field: "code", code: "duplicate-key", message: "twice",
        french: sentence)
    }
    let rejects = RejectFile(of: file, refusals: Refusals(store), surplus: report.surplus)
    var out: [UInt8] = []
    written = try rejects.write { out += $0 }
    self.rows = rows
    self.bytes = out
    text = String(decoding: out.dropFirst(3), as: UTF8.self)
  }

  init(_ text: String, later: [Int: String] = [:]) throws { try self.init(Array(text.utf8), later: later) }

  /// The rejects file read as any import file is.
  func again() throws -> Refusal { try Refusal(bytes) }

  /// The table of the file: a row a record.
  var table: [[String]] {
    get throws {
      let scanner = try CSVScanner(bytes: bytes, file: "thing.rejects.csv")
      var rows = [scanner.header]
      while try scanner.next() { rows.append(scanner.fields) }
      return rows
    }
  }
}

@Suite struct `A rejects file` {
  @Test func `holds the refused rows as they were written, with line, field and reason`() throws {
    let refusal = try Refusal(
      "kind,code,hours,extra\nEI,a,1,x\nXX,b,2,y\nEI,\"c\"\"\",\"1,5\",\"two\nlines\"\nEI,d,douze,z\n")
    #expect(refusal.bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    let table = try refusal.table
    #expect(
      table.map { $0.prefix(4) } == [
        ["kind", "code", "hours", "extra"], ["XX", "b", "2", "y"], ["EI", "c\"", "1,5", "two\nlines"],
        ["EI", "d", "douze", "z"],
      ])
    #expect(
      table.map { $0.suffix(3).dropLast() } == [
        ["_line", "_field"], ["3", "kind"], ["4", "code"], ["6", "hours"],
      ])
    #expect(
      table[1].last
        == "un texte qui n’est pas un des codes de « kind » se trouve ici ; écrire EI ou ACI (la feuille « Mode d’emploi » du modèle les explique)"
    )
    #expect(
      table[3].last
        == "un texte se trouve où il faut un nombre ; écrire des chiffres seulement, ou laisser vide")
    #expect(refusal.text.hasPrefix("kind,code,hours,extra,_line,_field,_reason\r\n"), "the same delimiter")
    #expect(refusal.written == RejectFile.Written(rows: 3, fingerprint: refusal.report.fingerprint))
  }

  @Test func `holds what only the store could refuse, whatever was wrong elsewhere`() throws {
    let refusal = try Refusal("code;note\na;x\na;y\nb!;z\nc;w\n", later: [3: "deux fois", 5: "inconnue"])
    let table = try refusal.table
    #expect(table.dropFirst().map { $0[0] } == ["a", "b!", "c"])
    #expect(table.dropFirst().map { $0[2] } == ["3", "4", "5"])
    #expect(table[1].last == "deux fois" && table[3].last == "inconnue")
  }

  @Test func `never copies personal data, in a cell or in a column of names`() throws {
    let refusal = try Refusal(
      "code;nom;note\na;DUPONT;jean.dupont@exemple.fr\n!;MARTIN;ok\nb;DURAND;06 12 34 56 78;x;y\n")
    for secret in ["DUPONT", "MARTIN", "DURAND", "jean", "06 12", "nom;"] {
      #expect(!refusal.text.contains(secret), "\(secret) was copied")
    }
    let table = try refusal.table
    #expect(table.map { $0.suffix(3).first } == ["_line", "2", "3", "4"])
    #expect(table[1][0] == "" && table[1].last?.contains("une adresse électronique") == true)
    #expect(table[2][0] == "!" && table[2][1] == "ok")
    // Listed without their cells, such rows say nothing when the file is imported as it is.
    #expect(try refusal.again().report.read == 1)
  }

  @Test func `keeps the cells of a row that has too many`() throws {
    let refusal = try Refusal("code;hours\na;1;2;3\nb\nc;1;2;=3\n")
    #expect(
      try refusal.table == [
        ["code", "hours", "_surplus_1", "_surplus_2", "_line", "_field", "_reason"],
        [
          "a", "1", "2", "3", "2", "",
          "cette ligne a 4 cellules et l’en-tête 2 colonnes nommées ; vérifier ses séparateurs et ses guillemets",
        ],
        [
          "b", "", "", "", "3", "",
          "cette ligne a 1 cellules et l’en-tête 2 colonnes nommées ; vérifier ses séparateurs et ses guillemets",
        ],
        [
          "c", "1", "2", "'=3", "4", "",
          "cette ligne a 4 cellules et l’en-tête 2 colonnes nommées ; vérifier ses séparateurs et ses guillemets",
        ],
      ])
    let wide = try Refusal("code;hours\na" + String(repeating: ";1", count: 900) + "\n")
    #expect(try wide.table[1].count == 2 + 20 + 3, "a row far too wide is bounded, and read without harm")
  }

  @Test(arguments: [
    ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("\u{FF1D}1", "'\u{FF1D}1"), (" =1", "'=1"), ("-x", "'-x"),
    ("'=1", "'=1"), ("plain", "plain"),
  ])
  func `disarms a formula, and reading gives the text back`(value: String, cell: String) throws {
    let refusal = try Refusal("code;note\na;\(value)\n", later: [2: "encore"])
    #expect(try refusal.table[1][1] == cell)
    #expect(try refusal.again().rows[2]?.last == refusal.rows[2]?.last)
  }

  @Test func `a number stays a number`() throws {
    let refusal = try Refusal("code;hours\n!;-5,2\n!;-x\n!;=1+1\n")
    #expect(try refusal.table.dropFirst().map { $0[1] } == ["-5,2", "'-x", "'=1+1"])
  }

  @Test func `of a rejects file has its own remarks, not those of before`() throws {
    let refusal = try Refusal("code;hours;_checked\n!;1;2;3\nb;douze;oui\n").again()
    #expect(refusal.report.diagnostics.allSatisfy { $0.severity == .error }, "no remark on _ columns")
    let header = try refusal.again().table[0]
    #expect(header == ["code", "hours", "_checked", "_line", "_field", "_reason"])
  }

  @Test func `of a workbook is a text that refuses what the workbook refused`() throws {
    let workbook = WorkbookBytes([
      ["code", "hours", "started_on", "note", "_mine"],
      ["a", .number("0.25", style: WorkbookBytes.Style.duration), .none, "=1+1", "x"],
      ["b", .number("12345678901234567890"), .none, "ok"], ["c", .number("7"), .none, "bien"],
      [
        "d", .none, .number("46022", style: WorkbookBytes.Style.date),
        .number("46022", style: WorkbookBytes.Style.date),
      ],
      ["!", .number("1.5"), .number("46022", style: WorkbookBytes.Style.date), "dernier"],
    ])
    let refusal = try Refusal(workbook.bytes, later: [4: "encore"])
    let table = try refusal.table
    #expect(
      table.map { $0.dropLast() } == [
        ["code", "hours", "started_on", "note", "_mine", "_line", "_field"],
        ["a", "#VALEUR!", "", "'=1+1", "x", "2", "hours"], ["b", "#VALEUR!", "", "ok", "", "3", "hours"],
        ["c", "7", "", "bien", "", "4", "code"], ["d", "", "2025-12-31", "#VALEUR!", "", "5", "note"],
        ["!", "1.5", "2025-12-31", "dernier", "", "6", "code"],
      ])
    #expect(
      table[1].last
        == "une heure ou une durée se trouve où il faut un nombre ; écrire les heures en nombre décimal, comme 35,5"
    )
    let again = try refusal.again()
    #expect(again.report.rejected == 4)
    #expect(again.rows.values.map { $0 } == [["c", nil, "7", nil, "bien"]])
  }

  @Test func `has columns of remarks that are never taken for a field by their title`() throws {
    let field = FactSchema.Field(name: "begun", kind: .date, title: Localized(fr: "Ligne", en: "Line"))
    let match = try HeaderMatch(
      ["_line", "Ligne"],
      FactSchema(
        name: "x", title: sample, scope: .cooperation, fields: [field], key: ["begun"], references: []),
      file: "x.csv", line: 1)
    #expect(match.fields == [nil, 0])
  }

  @Test func `lists a header that is repeated, which nobody can mend by typing`() throws {
    let refusal = try Refusal("code;note\na;x\ncode;note\n")
    #expect(try refusal.table[1].prefix(3) == ["", "", "3"])
    #expect(try refusal.again().report.read == 0)
  }

  @Test func `has no end of rows`() throws {
    let rows = (0..<25_000).map { "c\($0);x" }.joined(separator: "\n")
    let refusal = try Refusal("code;hours\n" + rows)
    #expect(refusal.written.rows == 25_000)
    #expect(try refusal.table.count == 25_001)
  }

  @Test(arguments: 0..<200)
  func `read as it is, refuses what was refused and delivers what only the store refused`(seed: Int) throws {
    var random = SeededGenerator(UInt64(seed))
    let encoding = try #require(TextEncoding.allCases.randomElement(using: &random))
    let writer = TableWriter(
      delimiter: try #require([";", ",", "\t"].randomElement(using: &random)),
      newline: try #require(["\n", "\r\n", "\r"].randomElement(using: &random)),
      quotesAll: Bool.random(using: &random), encoding: encoding)
    func pick(_ values: [String]) -> String { values.randomElement(using: &random) ?? "" }
    let rows = (0..<30).map { index in
      [
        pick(["a\(index)", "a\(index)", "", "é", "=x"]), pick(["EI", "ei", "", "ACI"]),
        pick(["1 234,5", "-3", "-30", "+4", "x", "", "=1"]), pick(["31/12/2025", "12/31/2025", "", "45999"]),
        pick(["été", "=1+1", "-2", "'=a", "a;b,c\t\"d\"", "deux\nlignes", " @x ", "", "#N/A"]),
      ]
    }
    let header = ["code", "kind", "hours", "started_on", "note"]
    let bytes = writer.bytes([header] + rows)
    let first = try Refusal(bytes)
    let later = first.rows.keys.sorted().filter { _ in Bool.random(using: &random) }
    let refusal = try Refusal(bytes, later: Dictionary(uniqueKeysWithValues: later.map { ($0, "encore") }))
    #expect(refusal.written.rows == first.report.rejected + later.count)
    let again = try refusal.again()
    #expect(again.report.rejected == first.report.rejected)
    #expect(
      again.report.diagnostics.map(\.code) == first.report.diagnostics.filter { $0.line != nil }.map(\.code))
    let delivered = again.rows.sorted { $0.key < $1.key }.map(\.value)
    #expect(delivered == later.compactMap { first.rows[$0] })
  }

  @Test func `is named after its source, so that it can be imported`() throws {
    for (source, name) in [
      ("in/exit.csv", "exit.rejects.csv"), ("exit-corrections.csv", "exit-corrections.rejects.csv"),
      ("exit.rejects.csv", "exit.rejects.rejects.csv"), ("suivi 2026.xlsx", "exit-suivi 2026.rejects.csv"),
      ("exits.csv", "exit-exits.rejects.csv"),
    ] {
      #expect(RejectFile.name(for: source, entity: "exit") == name)
    }
  }
}
