/// Keeps a spreadsheet from running a text as a formula (CWE-1236).
///
/// An apostrophe before the text disarms it; reading takes exactly one apostrophe off again.
enum FormulaGuard {
  /// Whether a spreadsheet may take these bytes for a formula.
  static func startsFormula(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count > 0 else { return false }
    if "=+-@\t\r".utf8.contains(bytes[0]) { return true }
    // ＝ ＋ － ＠, the wide forms of the same signs.
    guard bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBC else { return false }
    return bytes[2] == 0x9D || bytes[2] == 0x8B || bytes[2] == 0x8D || bytes[2] == 0xA0
  }

  /// The text as a cell that no spreadsheet runs; a number stays one where texts are not expected.
  static func guarded(_ text: String, isText: Bool) -> String {
    let bytes = Array(text.utf8)
    let trimmed = bytes[CellReader.trimmedRange(bytes.span)]
    let cell = Array(trimmed)
    guard startsFormula(cell.span) else { return text }
    if !isText, case .value = NumberText.decimal(cell.span) { return text }
    return "'" + String(decoding: cell, as: UTF8.self)
  }
}
