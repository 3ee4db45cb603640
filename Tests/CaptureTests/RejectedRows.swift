import Impact
import Testing

@testable import Capture

/// The cells of the refused rows of a file, as its rejects file has them: without line, fields and reasons.
func rejectedRows(
  of bytes: [UInt8], _ schema: FactSchema, mapping: Mapping? = nil
) throws -> [[String]] {
  let folder = try TemporaryFolder()
  let file = FactFile(path: try folder.write("source", bytes: bytes), schema: schema, mapping: mapping)
  let report = try file.read { _ in }
  var written: [UInt8] = []
  let count = try RejectFile(of: file, refusals: Refusals(), surplus: report.surplus)
    .write { written += $0 }.rows
  let scanner = try CSVScanner(bytes: written, file: "rejects")
  var rows: [[String]] = []
  while try scanner.next() { rows.append(Array(scanner.fields.dropLast(3))) }
  #expect(rows.count == count && count == report.rejected)
  return rows
}
