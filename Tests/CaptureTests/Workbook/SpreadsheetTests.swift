import Foundation
import Impact
import Testing

@testable import Capture

/// Templates filled in by hand in a French spreadsheet and saved by it (LibreOffice 7.4): typed dates, decimal
/// commas, an empty row, a narrow space in a number, a total, and mistakes.
@Suite struct `Files a spreadsheet has saved` {
  private static let folder = Corpus.folder + "/libreoffice"

  private static func read(_ name: String, _ entity: String) throws -> (
    rows: [[String]], report: FactFile.Report
  ) {
    let schemas = try SchemaSet(readingFrom: Corpus.folder + "/../../../Indicators/schemas")
    let schema = try #require(schemas.schema(named: entity))
    var rows: [[String]] = []
    let report = try FactFile(path: "\(folder)/\(name)", schema: schema).read { row in
      rows.append(row.values.map { $0 ?? "" })
    }
    return (rows, report)
  }

  private static let good = [
    "A-2026-01 lemon-tri entrusted_turnover 2026-07-15 12500.5 eur 12500.5 invoice",
    "A-2026-02 face skills_volunteering 2026-08-03 18 hours 360 declared_proxy",
    "A-2026-03 lemon-tri skills_sponsorship 2026-09-10 35 hours 2187.5 cost",
  ]
  /// The store refuses these: a code twice, an organisation nobody knows, a value of what is not valued.
  private static let later = [
    "A-2026-01 lemon-tri in_kind 2026-08-22 2 items 1800 book_value",
    "A-2026-08 danone-ecosysteme grant 2026-08-25 4000 eur 4000 face_value",
    "A-2026-10 face job_offer 2026-09-01 2 people 100 not_valued",
  ]
  private static let spaced = "A-2026-11 danone-ecosystem grant 2026-09-02 1250 eur 1250 face_value"

  private static let said = [
    "enum:6 kind", "type:7 delivered_on", "minimum:8 value_eur", "required:9 contribution",
    "pattern:11 organisation", "number:13 quantity",
  ]

  private func places(_ report: FactFile.Report) -> [String] {
    report.diagnostics.filter { $0.severity == .error }.map {
      "\($0.code):\($0.line ?? 0)" + ($0.field.map { " \($0)" } ?? "")
    }
  }

  @Test func `a workbook gives its right rows, and a remark for each mistake`() throws {
    let (rows, report) = try Self.read("contribution.xlsx", "contribution")
    #expect(rows.map { $0.prefix(8).joined(separator: " ") } == Self.good + Self.later + [Self.spaced])
    #expect(rows[2][8...] == ["Relevé signé", "5", "1900", "3500"])
    #expect(places(report) == Self.said + ["total:16"])
    #expect(report.diagnostics.allSatisfy { $0.severity == .warning || $0.french?.contains(" ; ") ?? false })
  }

  @Test func `Windows-1252 has no narrow space: the remark says so, and the rest is the same`() throws {
    let (rows, report) = try Self.read("contribution.csv", "contribution")
    #expect(rows.map { $0.prefix(8).joined(separator: " ") } == Self.good + Self.later)
    #expect(places(report) == Self.said + ["number:15 quantity", "number:15 value_eur", "total:16"])
    let lost = try #require(report.diagnostics.first { $0.line == 15 })
    #expect(lost.french?.contains("point d’interrogation") ?? false)
  }

  @Test func `months and hours as people write them`() throws {
    let (rows, report) = try Self.read("monthly_activity.xlsx", "monthly_activity")
    #expect(
      rows.map { $0.joined(separator: " ") } == [
        "LEM-0101-1 2026-07-01 120.5 7", "LEM-0102-1 2026-08-01 98 3.5", "LEM-0103-1 2026-07-01 110 0",
        "LEM-0104-1 2026-07-01 105.25 ", "LEM-9999-1 2026-07-01 80 0",
      ])
    #expect(places(report) == ["maximum:7 hours_worked", "date:8 month", "type:9 hours_worked"])
    #expect(report.diagnostics.contains { $0.french?.contains("7,5 pour 7 h 30") ?? false })
  }

  @Test func `exits as people write them`() throws {
    let (rows, report) = try Self.read("exit.xlsx", "exit")
    #expect(
      rows.map { $0.joined(separator: " ") } == [
        "LEM-0101-1 2026-08-31 9 lemon-tri", "LEM-0104-1 2026-09-15  ",
      ])
    #expect(places(report) == ["date:3 exited_on", "type:4 motif"])
  }

  @Test(arguments: [
    ("Total", true), ("TOTAUX :", true), ("Sous-total", true), ("Total\u{A0}:", true),
    ("total général", true),
    ("Totale", false), ("T1", false),
  ])
  func `a row called a total is told to be one, when it cannot be read`(_ word: String, _ isTotal: Bool)
    throws
  {
    let schemas = try SchemaSet(readingFrom: Corpus.folder + "/../../../Indicators/schemas")
    let schema = try #require(schemas.schema(named: "monthly_activity"))
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "monthly_activity.csv", bytes: Array("pathway;month;hours_worked\n\(word);;120\n".utf8))
    let report = try FactFile(path: path, schema: schema).read { _ in }
    #expect(report.read == 1 && report.rejected == 1)
    #expect((report.diagnostics.map(\.code) == ["total"]) == isTotal, "\(report.diagnostics)")
  }
}
