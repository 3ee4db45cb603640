import Foundation
import Impact
import Testing

@testable import Capture

/// What a file of the corpus must come to, as `Corpus/expected.json` says it.
struct ExpectedFile: Decodable, Sendable, CustomTestStringConvertible {
  /// The file's name.
  var file: String
  /// What its trap is.
  var why: String
  /// `code` or `code:line` when the file is refused as a whole.
  var refused: String?
  /// The good rows; an empty text where nothing is known.
  var rows: [[String]]?
  /// What is said of the others, in order: `code` or `code:line`.
  var said: [String]?

  var testDescription: String { "\(file): \(why)" }

  static let all: [ExpectedFile] = {
    do {
      return try JSONDecoder().decode([ExpectedFile].self, from: Data(Corpus.bytes("expected.json")))
    } catch {
      fatalError("Corpus/expected.json cannot be read: \(error)")
    }
  }()
}

@Suite struct `The corpus` {
  private static let schema = FactSchema(
    name: "thing", title: Localized(fr: "Chose", en: "Thing"), scope: .cooperation,
    fields: [
      .init(name: "code", kind: .string, title: Localized(fr: "Le code", en: "The code"), isRequired: true),
      .init(name: "votes", kind: .integer, title: Localized(fr: "Les voix", en: "The votes"), minimum: "0"),
      .init(name: "hours", kind: .number, title: Localized(fr: "Les heures", en: "The hours")),
      .init(name: "rsa", kind: .boolean, title: Localized(fr: "RSA", en: "RSA")),
      .init(name: "started_on", kind: .date, title: Localized(fr: "Le début", en: "The start")),
      .init(name: "month", kind: .yearmonth, title: Localized(fr: "Le mois", en: "The month")),
      .init(name: "note", kind: .string, title: Localized(fr: "La note", en: "The note"), maximumLength: 300),
    ], key: ["code"], references: [])

  private static func place(_ diagnostic: Diagnostic) -> String {
    diagnostic.code + (diagnostic.line.map { ":\($0)" } ?? "")
  }

  @Test(arguments: ExpectedFile.all)
  func `gives the right values or a clear error, file by file`(expected: ExpectedFile) throws {
    let file = FactFile(path: Corpus.folder + "/" + expected.file, schema: Self.schema)
    var rows: [FactRow] = []
    do {
      let report = try file.read { rows.append($0) }
      #expect(expected.refused == nil, "refused was expected")
      #expect(
        rows.map { row in row.values.map { Array(($0 ?? "").utf8) } }
          == expected.rows?.map { $0.map { Array($0.utf8) } })
      #expect(report.diagnostics.map(Self.place) == expected.said)
      #expect(report.read == report.accepted + report.rejected && report.accepted == rows.count)
      for diagnostic in report.diagnostics { check(diagnostic) }
    } catch let error as CaptureError {
      #expect(error.diagnostics.map(Self.place) == expected.refused.map { [$0] } ?? [], "\(error)")
      for diagnostic in error.diagnostics { check(diagnostic) }
    }
  }

  /// A sentence that says what to do, about the file as it was named.
  private func check(_ diagnostic: Diagnostic) {
    #expect(diagnostic.file.hasPrefix(Corpus.folder))
    #expect(diagnostic.message.count > 20 && diagnostic.message.utf8.allSatisfy { $0 >= 0x20 })
  }

  @Test func `holds at least sixty texts, all of them expected`() throws {
    let listed = Set(ExpectedFile.all.map(\.file))
    #expect(listed.count == ExpectedFile.all.count && listed.count >= 60)
    // Workbooks, the sample of a mapping and the list itself are other tests'.
    let kept = Set(try FileManager.default.contentsOfDirectory(atPath: Corpus.folder)).filter {
      $0.hasSuffix(".csv") && $0 != "asp-emi.csv"
    }
    #expect(kept == listed)
  }
}
