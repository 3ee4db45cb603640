/// What the names of a table's columns must be before any of its rows is read.
enum HeaderNames {
  /// - Throws: ``CaptureError`` when the names are no header, or one is missing or stands twice.
  static func check(_ header: [String], file: String, line: Int) throws {
    guard header.contains(where: { name in name.unicodeScalars.contains { $0.properties.isAlphabetic } })
    else {
      throw CaptureError(
        file, line: line, code: "header",
        "the first line is no header; begin the file with the names of its columns")
    }
    var seen: [String: Int] = [:]
    for (index, name) in header.enumerated() {
      guard !name.isEmpty else {
        throw CaptureError(
          file, line: line, column: index + 1, code: "header",
          "column \(index + 1) has no name; name it or remove it")
      }
      if let first = seen.updateValue(index + 1, forKey: name.lowercased()) {
        throw CaptureError(
          file, line: line, column: index + 1, field: name, code: "header",
          "the header names column \"\(name)\" twice (columns \(first) and \(index + 1)); keep one")
      }
    }
  }

  /// A name without the spaces around it.
  static func trimmed(_ name: String) -> String {
    var scalars = name.unicodeScalars[...]
    while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
    while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
    return String(String.UnicodeScalarView(scalars))
  }
}
