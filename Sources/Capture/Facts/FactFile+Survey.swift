extension FactFile {
  /// What a first reading of a file from end to end tells.
  public struct Survey: Sendable {
    /// The fingerprint of its bytes.
    public let fingerprint: Fingerprint
    /// How a text is encoded; `nil` for a workbook.
    let inspection: Inspection?
  }

  /// Reads the file once from end to end, without looking at its rows.
  ///
  /// - Throws: ``CaptureError`` when the file cannot be read.
  public func survey() throws -> Survey {
    let source = try FileSource(path: path)
    guard try !FactFile.isWorkbook(source) else {
      return Survey(fingerprint: try Fingerprint(ofFileAt: path), inspection: nil)
    }
    let inspection = try Inspection(source, file: path, chunkSize: FactFile.chunk)
    return Survey(fingerprint: inspection.fingerprint, inspection: inspection)
  }
}
