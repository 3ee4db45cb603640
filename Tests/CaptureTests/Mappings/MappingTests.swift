import Foundation
import Impact
import Testing

@testable import Capture

private let indicators = Corpus.folder + "/../../../Indicators"

private func title(_ name: String) -> Localized { Localized(fr: name, en: name) }

private let thing = """
  {
    "name": "thing", "title": "Chose", "title_en": "Thing", "scope": "cooperation", "rank": 1,
    "fields": [
      {"name": "code", "type": "string", "title": "Code", "title_en": "Code"},
      {"name": "kind", "type": "string", "title": "Genre", "title_en": "Kind", "constraints": {"enum": ["EI", "ACI"]}},
      {"name": "hours", "type": "number", "title": "Heures", "title_en": "Hours", "constraints": {"minimum": 0}},
      {"name": "month", "type": "yearmonth", "title": "Mois", "title_en": "Month"},
      {"name": "note", "type": "string", "title": "Note", "title_en": "Note", "constraints": {"maxLength": 20}}
    ],
    "primaryKey": ["code"]
  }
  """

private let source = """
  name: paie
  version: 1
  title: { fr: "Paie", en: "Payroll" }
  source: { fr: "Un logiciel", en: "Some software" }
  entity: thing
  columns:
    - { to: code, from: [site, dossier], combine: text, separator: "-" }
    - { to: kind, from: type, values: { "1": EI, "2": ACI } }
    - { to: hours, from: minutes, unit: { from: minutes, to: hours } }
    - { to: month, from: [an, mois], combine: month }
    - { to: note, constant: "paie" }
  ignored:
    - { column: nom, reason: { fr: "Donnée personnelle", en: "Personal data" } }
  """

private func schemas() throws -> SchemaSet {
  let folder = try TemporaryFolder(["thing.json": thing])
  return try withExtendedLifetime(folder) { try SchemaSet(readingFrom: folder.path) }
}

private func mapping(_ text: String = source) throws -> Mapping {
  let folder = try TemporaryFolder(["paie.yaml": text])
  return try withExtendedLifetime(folder) {
    try Mapping(readingFrom: folder.path + "/paie.yaml", schemas: schemas())
  }
}

private func read(_ bytes: [UInt8], _ mapping: Mapping) throws -> (rows: [FactRow], report: FactFile.Report) {
  let schema = try #require(try schemas().schema(named: "thing"))
  let folder = try TemporaryFolder()
  var rows: [FactRow] = []
  let report = try FactFile(path: folder.write("paie.csv", bytes: bytes), schema: schema, mapping: mapping)
    .read { rows.append($0) }
  #expect(report.read == report.accepted + report.rejected && report.accepted == rows.count)
  return (rows, report)
}

private let header = "Nom;site;DOSSIER;type;minutes;an;mois\n"

@Suite struct `A mapping` {
  @Test func `renames, joins, converts, combines and fills, and names the columns of the file`() throws {
    let bytes = Array(
      (header + """
        Dupont;A;1;1;90;2026;7
        Dupont;A;2;2;100,5;2026;07
        ;;;;;;
        Durand;A;3;;;;
        Durand;A;4;9;1;2026;7
        Durand;A;5;1;-1;2026;7
        Durand;A;6;1;1 h;2026;7
        Durand;A;7;1;1;26;7
        Durand;;8;1;1;2026;13

        """).utf8)
    let (rows, report) = try read(bytes, mapping())
    #expect(rows.map(\.line) == [2, 3, 5])
    #expect(
      rows.map(\.values) == [
        ["A-1", "EI", "1.5", "2026-07-01", "paie"], ["A-2", "ACI", "1.675", "2026-07-01", "paie"],
        ["A-3", nil, nil, nil, "paie"],
      ])
    #expect(report.diagnostics.map(\.line) == [6, 7, 8, 9, 10, 10])
    #expect(report.diagnostics.map(\.code) == ["value", "minimum", "type", "date", "required", "date"])
    #expect(
      report.diagnostics.map(\.field) == [
        "type", "minutes", "minutes", "an + mois", "site + dossier", "an + mois",
      ])
    #expect(report.diagnostics.map(\.column) == [4, 5, 5, 6, 2, 6])
    // What the mapping leaves out is never copied.
    let schema = try #require(try schemas().schema(named: "thing"))
    let rejected = try rejectedRows(of: bytes, schema, mapping: mapping())
    #expect(rejected.first == ["A", "4", "9", "1", "2026", "7"])
    #expect(!"\(report)\(rejected)".contains("Durand"))
  }

  @Test func `reads a workbook too`() throws {
    let (rows, _) = try read(
      WorkbookBytes([
        ["nom", "site", "dossier", "type", "minutes", "an", "mois"],
        ["Dupont", "A", .number("1"), .number("1"), .number("90"), .number("2026"), .number("7")],
        ["Dupont", "A", .number("2"), .number("1"), .error("#N/A"), .number("2026"), .number("7")],
      ]).bytes, mapping())
    #expect(rows.map(\.values) == [["A-1", "EI", "1.5", "2026-07-01", "paie"]])
  }

  @Test func `says which columns it does not know and refuses a file without those it needs`() throws {
    let (rows, report) = try read(
      Array("nom;site;dossier;type;minutes;an;mois;code;prime\nD;A;1;1;1;2026;7;x;2\n".utf8), mapping())
    #expect(rows.map { $0[0] } == ["A-1"])
    #expect(
      report.diagnostics.map(\.field) == ["code", "prime"] && report.diagnostics.map(\.column) == [8, 9])
    #expect(report.diagnostics.allSatisfy { $0.code == "unknown-column" && $0.severity == .warning })
    let error = #expect(throws: CaptureError.self) {
      _ = try read(Array("nom;site;dosier;type;minutes;an;mois\n".utf8), mapping())
    }
    #expect(
      error?.diagnostics.map(\.code) == ["missing-column"] && error?.diagnostics.map(\.field) == ["dossier"])
    #expect(error?.diagnostics.first?.message.contains("\"dosier\" may be meant") == true)
    let (_, other) = try read(Array("nom;site;dossier;minutes;an;mois\nD;A;1;1;2026;7\n".utf8), mapping())
    #expect(other.diagnostics.map(\.field) == ["type"] && other.accepted == 1)
  }

  @Test func `refuses personal data, ragged rows and another dialect than it declares`() throws {
    let bytes = Array(
      (header + "D;A;jean@exemple.fr;1;1;2026;7\nD;A;1;1;1;2026;7;8\nD;A;0612345678;1;1;2026;7\n").utf8)
    let (rows, report) = try read(bytes, mapping())
    #expect(rows.isEmpty)
    #expect(report.diagnostics.map(\.code) == ["personal-data", "personal-data", "ragged", "personal-data"])
    #expect(report.diagnostics.first?.message.contains("every cell of the column \"site + dossier\"") == true)
    let schema = try #require(try schemas().schema(named: "thing"))
    #expect(try rejectedRows(of: bytes, schema, mapping: mapping()).joined().allSatisfy(\.isEmpty))
    let declared = try mapping(
      source.replacing("entity: thing", with: "entity: thing\ndelimiter: tab\nencoding: UTF-8"))
    #expect(declared.delimiter == "\t" && declared.encoding == .utf8)
    let error = #expect(throws: CaptureError.self) { _ = try read(Array(header.utf8), declared) }
    #expect(error?.diagnostics.map(\.code) == ["delimiter"])
    let tabs = [0xEF, 0xBB, 0xBF] + Array(header.replacing(";", with: "\t").utf8)
    let other = #expect(throws: CaptureError.self) { _ = try read(tabs, declared) }
    #expect(other?.diagnostics.map(\.code) == ["encoding"])
  }

  @Test(arguments: [
    ("entity: thing", "entity: thin", 5, "entity", "did you mean \"thing\"?"),
    ("to: hours", "to: hour", 9, "field", "did you mean \"hours\"?"),
    ("entity: thing", "entiti: thing", 5, "key", "did you mean \"entity\"?"),
    ("from: type", "form: type", 8, "key", "did you mean \"from\"?"),
    ("to: kind", "to: code", 8, "duplicate", "twice"),
    ("\"2\": ACI", "\"2\": ACII", 8, "value", "no value of \"kind\""),
    ("from: minutes, to: hours }", "from: minutes, to: euros }", 9, "value", "cannot become"),
    ("from: minutes, to: hours }", "from: minuts, to: hours }", 9, "value", "did you mean \"minutes\"?"),
    ("combine: month", "combine: mont", 10, "value", "did you mean \"month\"?"),
    ("[an, mois]", "[an]", 10, "value", "several"),
    ("constant: \"paie\"", "constant: \"\"", 11, "missing", "empty"),
    (
      "constant: \"paie\"", "constant: \"\(String(repeating: "x", count: 21))\"", 11, "value",
      "a text of more than"
    ),
    ("constant: \"paie\"", "constant: \"a\", from: b", 11, "key", "beside constant"),
    ("column: nom", "column: type", 13, "duplicate", "already listed"),
    ("version: 1", "version: 0", 2, "type", "whole"),
    ("name: paie", "name: autre", 1, "name", "\"paie\""),
    ("name: paie", "name: thing-x", 1, "name", "after its source"),
    (
      "- { to: code, from: [site, dossier], combine: text, separator: \"-\" }", "- { to: note, from: x }", 7,
      "missing", "\"code\""
    ),
    ("combine: text, separator: \"-\"", "separator: \"-\"", 7, "value", "combine"),
    ("entity: thing", "entity: thing\ndelimiter: \"|\"", 6, "value", "use ;"),
    (
      "unit: { from: minutes, to: hours }", "unit: { from: minutes, to: hours }, values: { a: b }", 9, "key",
      "beside values"
    ),
  ])
  func `is refused with line, code and the nearest name`(
    old: String, new: String, line: Int, code: String, hint: String
  ) throws {
    #expect(source.contains(old))
    let error = #expect(throws: CaptureError.self) { _ = try mapping(source.replacing(old, with: new)) }
    #expect(
      error?.diagnostics.contains { $0.code == code && $0.line == line && $0.message.contains(hint) } == true,
      "\(error?.description ?? "")")
  }

  @Test func `of the ASP is shipped and reads a sample of its monthly file`() throws {
    let schemas = try SchemaSet(readingFrom: indicators + "/schemas")
    let mappings = try Mapping.all(readingFrom: indicators + "/mappings", schemas: schemas)
    let mapping = try #require(mappings.first { $0.name == "asp-emi" })
    let schema = try #require(schemas.schema(named: mapping.entity))
    let found = ImportFile.discover(
      in: [Corpus.folder + "/asp-emi.csv"], schemas: schemas, mappings: mappings)
    #expect(found.files.map(\.mapping) == [mapping] && found.files.map(\.entity) == ["monthly_activity"])
    var rows: [FactRow] = []
    let report = try FactFile(path: Corpus.folder + "/asp-emi.csv", schema: schema, mapping: mapping).read {
      rows.append($0)
    }
    #expect(
      rows.map(\.values) == [
        ["780011", "2026-05-01", "113.75", nil], ["780012", "2026-05-01", "151.67", nil],
        ["780013", "2026-05-01", "0", nil], ["780011", "2026-06-01", "97.5", nil],
      ])
    #expect(report.diagnostics.map(\.line) == [6, 7, 8, 9, 10])
    #expect(report.diagnostics.map(\.code) == ["date", "date", "required", "maximum", "spreadsheet-error"])
    #expect(
      report.diagnostics.map(\.field) == [
        "emi_sme_annee + emi_sme_mois", "emi_sme_annee + emi_sme_mois", "emi_ctr_id", "emi_nb_heures_travail",
        "emi_nb_heures_travail",
      ])
    #expect(!"\(report)".contains("4100"), "the person's identifier stands nowhere")
  }

  @Test func `is chosen by the name of the file`() throws {
    let schemas = try schemas()
    let folder = try TemporaryFolder([
      "paie.csv": "", "paie-2026-07.csv": "", "paie-bis.xlsx": "", "paiement.csv": "",
      "mappings/paie.yaml": source,
      "mappings/paie-bis.yaml": source.replacing("name: paie", with: "name: paie-bis"),
    ])
    let mappings = try Mapping.all(readingFrom: folder.path + "/mappings", schemas: schemas)
    let found = ImportFile.discover(
      in: ["paie.csv", "paie-2026-07.csv", "paie-bis.xlsx", "paiement.csv"].map { folder.path + "/" + $0 },
      schemas: schemas, mappings: mappings)
    #expect(found.files.compactMap(\.mapping?.name).sorted() == ["paie", "paie", "paie-bis"])
    #expect(found.files.map(\.suffix).contains("2026-07") && found.diagnostics.map(\.code) == ["entity"])
    #expect(try Mapping.all(readingFrom: folder.path + "/none", schemas: schemas) == [])
  }

  @Test func `converts units exactly, and back, up to six decimals`() {
    typealias Unit = UnitConversion.Unit
    func convert(_ number: String, _ from: Unit, _ to: Unit) -> String {
      UnitConversion(from: from, to: to).converted(number)
    }
    #expect(convert("90", .minutes, .hours) == "1.5" && convert("100", .minutes, .hours) == "1.666667")
    #expect(convert("1", .seconds, .hours) == "0.000278" && convert("-7", .minutes, .hours) == "-0.116667")
    #expect(convert("0", .grams, .tonnes) == "0" && convert("0.0000001", .hours, .hours) == "0")
    #expect(convert("0.0000005", .hours, .hours) == "0.000001" && convert("0.9999999", .euros, .euros) == "1")
    #expect(convert("12.345", .kilograms, .grams) == "12345" && convert("1", .share, .percent) == "100")
    #expect(convert("999999999999999999999999", .kiloeuros, .centimes) == "99999999999999999999999900000")
    for seed in 0..<500 {
      var random = SeededGenerator(UInt64(seed))
      let whole = Int.random(in: 0...1_000_000, using: &random)
      let text = "\(whole)"
      for (small, large) in [(Unit.minutes, Unit.hours), (.centimes, .euros), (.grams, .tonnes)] {
        #expect(convert(text, large, small) == "\(whole * large.size / small.size)")
        #expect(convert(convert(text, large, small), small, large) == text)
        let hours = Double(convert(text, small, large)) ?? -1
        #expect(abs(hours - Double(whole) * Double(small.size) / Double(large.size)) <= 0.000_000_6)
      }
    }
  }
}
