import Capture
import Foundation
import Impact
import Store

/// One partner's file on its way into the store.
struct FileImport {
  /// Where it is.
  var path: String
  /// What reports call it.
  var name: String
  /// Its shape.
  var schema: FactSchema

  /// Records it; good rows in, bad rows out, and everything said in the receipt.
  func record(in archive: Archive, cooperation: String?, isComplete: Bool = false) throws -> Archive.Receipt {
    let file = try FactFile(path: path, name: name, schema: schema)
    let source = Archive.Source(
      cooperation: cooperation, schema: schema, file: name, sha256: file.fingerprint.hex,
      isComplete: isComplete)
    return try archive.record(source) { put in
      let report = try file.read { row in try put(row.line, row.values) }
      return Archive.Reading(read: report.read, refused: report.rejected, diagnostics: report.diagnostics)
    }
  }
}
