import Capture
import Foundation
import Impact
import Postgres
import Store

/// One partner's file on its way into the store.
struct FileImport {
  /// Where it is.
  var path: String
  /// What reports and the store call it.
  var name: String
  /// Its shape.
  var schema: FactSchema
  /// The sheet with its rows, in a workbook of several entities.
  var sheet: String?
  /// How its columns become fields, when another system has written it.
  var mapping: Mapping?
  /// The day its rows are judged on.
  var today: Day
  /// The shapes of facts that point to its own.
  var referrers: [FactSchema] = []
  /// Which facts are about participants: what was erased of somebody who asked to be forgotten does not come
  /// back with a later delivery.
  var personal: PersonalFacts?

  /// Records it; good rows in, bad rows out, and everything said in the receipt.
  ///
  /// `heard` is told how the file reads, when it is read at all: a known file is not.
  func record(
    in archive: Archive, cooperation: String?, isComplete: Bool = false,
    heard: (FactFile.Report) -> Void = { _ in }
  ) throws -> Archive.Receipt {
    let file = FactFile(path: path, schema: schema, mapping: mapping, sheet: sheet)
    let survey = try file.survey()
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    let source = Archive.Source(
      cooperation: cooperation, schema: schema, file: name, sha256: digest(of: survey.fingerprint).hex,
      today: today,
      size: size,
      isComplete: isComplete,
      referrers: referrers)
    return try archive.connection.transaction {
      let receipt = try record(source, file, survey, in: archive, heard)
      if let cooperation, let personal, receipt.recorded > 0 {
        try archive.redactForgotten(of: cooperation, facts: personal, on: .todayInParis())
      }
      return receipt
    }
  }

  private func record(
    _ source: Archive.Source, _ file: FactFile, _ survey: FactFile.Survey, in archive: Archive,
    _ heard: (FactFile.Report) -> Void
  ) throws -> Archive.Receipt {
    try archive.record(source) { sink in
      let report = try file.read(after: survey) { row in
        guard try sink.begin(row.line) else { return }
        try row.forEachCell { try sink.field($0) }
        try sink.end()
      }
      guard report.fingerprint == survey.fingerprint else {
        throw CaptureError([
          Diagnostic(
            file: name, code: "changed",
            message: "the file changed while it was read; wait until it is complete, then import it again")
        ])
      }
      heard(report)
      return Archive.Reading(
        read: report.read, refused: report.rejected,
        diagnostics: report.diagnostics.map { $0.renamed(name) },
        omitted: report.omittedDiagnostics)
    }
  }
}

extension FileImport {
  /// What makes a delivery the same as an earlier one: its bytes, and the mapping that says what they mean.
  private func digest(of bytes: Fingerprint) -> Fingerprint {
    guard let mapping else { return bytes }
    return Fingerprint(of: Array("\(bytes.hex) \(mapping.fingerprint.hex)".utf8))
  }
}

extension Diagnostic {
  /// The same remark about the file under another name.
  func renamed(_ name: String) -> Diagnostic {
    var copy = self
    copy.file = name
    return copy
  }
}
