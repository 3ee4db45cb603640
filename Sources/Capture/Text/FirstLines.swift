/// What the first lines of a CSV file say of its delimiter, before any record is read.
enum FirstLines {
  private static let delimiters: [UInt8] = [0x3B, 0x2C, 0x09]

  /// Whether the text surely holds a `sep=` line and the whole header, or too much to be one.
  static func areWhole(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count <= 2 * CSVScanner.Limit.record else { return true }
    var newlines = 0
    var isQuoted = false
    var hasText = false
    for byte in text {
      if byte == 0x22 {
        isQuoted.toggle()
      } else if byte == 0x0A || byte == 0x0D, !isQuoted {
        if hasText { newlines += 1 }
        hasText = false
      } else {
        hasText = true
      }
      if newlines == 2 { return true }
    }
    return false
  }

  /// The delimiter named by a first line such as `sep=;`, and where the next line begins; `nil` when there is no such line.
  ///
  /// - Throws: ``CaptureError`` when it names no known delimiter.
  static func separator(
    of text: UnsafeBufferPointer<UInt8>, file: String
  ) throws -> (delimiter: UInt8, end: Int)? {
    guard text.count >= 4, String(decoding: text[0..<4], as: UTF8.self).lowercased() == "sep=" else {
      return nil
    }
    let line = text.prefix { $0 != 0x0A && $0 != 0x0D }
    guard line.count == 5, let byte = line.last, delimiters.contains(byte) else {
      throw CaptureError(
        file, line: 1, code: "delimiter",
        "the line sep= names no known delimiter; use sep=; or sep=, or a tab")
    }
    var end = line.count
    if end < text.count {
      end += text[end] == 0x0D && end + 1 < text.count && text[end + 1] == 0x0A ? 2 : 1
    }
    return (byte, end)
  }

  /// The delimiter found most often in the header outside quotes; `;` when there is none.
  static func guessedDelimiter(of text: UnsafeBufferPointer<UInt8>) -> UInt8 {
    var counts = [0, 0, 0]
    var isQuoted = false
    var hasText = false
    for byte in text {
      if byte == 0x22 {
        isQuoted.toggle()
      } else if !isQuoted {
        if byte == 0x0A || byte == 0x0D {
          if hasText { break }
          continue
        }
        if let index = delimiters.firstIndex(of: byte) { counts[index] += 1 }
      }
      hasText = true
    }
    let best = counts.max() ?? 0
    return delimiters[counts.firstIndex(of: best) ?? 0]
  }
}
