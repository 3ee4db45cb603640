internal import Impact

extension FactFile {
  /// The value of a field in the first good row, or `nil` when there is none.
  ///
  /// - Throws: ``CaptureError`` when the file as a whole is refused.
  public func firstValue(of field: String) throws -> String? {
    guard let position = schema.fields.firstIndex(where: { $0.name == field }) else { return nil }
    var found: String?
    _ = try read { row in found = found ?? row[position] }
    return found
  }
}
