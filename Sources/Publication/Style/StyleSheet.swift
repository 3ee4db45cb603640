/// The one style sheet of the pages, inlined in each so that a page stands alone.
///
/// Tokens, then elements, then page parts, then charts, then adaptations (narrow, dark, forced colours,
/// print). It states the rules of the design: ink says what happened, colour only what it means.
enum StyleSheet {
  /// The sheet without comments and without the white space that says nothing.
  static let minified: [UInt8] = {
    var out: [UInt8] = []
    var isComment = false
    var previous: UInt8 = 0
    for byte in source.utf8 {
      if isComment {
        if previous == UInt8(ascii: "*"), byte == UInt8(ascii: "/") {
          isComment = false
          previous = 0
          continue
        }
      } else if previous == UInt8(ascii: "/"), byte == UInt8(ascii: "*") {
        isComment = true
        out.removeLast()
      } else if byte == 0x0A {
        // A line end inside a value separates words; after a brace or a semicolon it separates nothing.
        if let last = out.last, !"{};, \n".utf8.contains(last) { out.append(0x20) }
      } else if byte == UInt8(ascii: "}"), out.last == UInt8(ascii: ";") {
        // The last rule of a block needs no semicolon.
        out.removeLast()
        out.append(byte)
      } else if byte == UInt8(ascii: "{"), out.last == 0x20 {
        out.removeLast()
        out.append(byte)
      } else if byte != 0x20 || !(out.last.map { " {};:,\n".utf8.contains($0) } ?? true) {
        out.append(byte)
      }
      previous = byte
    }
    return out
  }()

  private static let source = [base, parts, charts, media].joined(separator: "\n")
}
