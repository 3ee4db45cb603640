internal import Yams

extension DefinitionFile {
  /// The place of a byte of a text in the file, past quotes, indents and folded lines; the place of the text
  /// itself where it is written otherwise than it reads, as with escapes.
  ///
  /// - Parameters:
  ///   - offset: bytes of the text before it.
  ///   - node: the text.
  /// - Returns: line and column, from 1; `nil` for a node without a place.
  func place(ofByte offset: Int, in node: Node) -> (line: Int, column: Int)? {
    guard let mark = node.mark, let scalar = node.scalar else { return nil }
    let start = (line: mark.line, column: mark.column)
    guard var cursor = Cursor(bytes, at: start) else { return start }
    switch scalar.style {
    case .singleQuoted, .doubleQuoted: cursor.advance()
    case .literal, .folded: cursor.skipLine()
    case .plain, .any: break
    }
    let text = Array(scalar.string.utf8)
    // Blanks may be written otherwise; everything else is written as it reads.
    for byte in text.prefix(offset) where !Cursor.isBlank(byte) {
      cursor.skipBlanks()
      guard cursor.byte == byte else { return start }
      cursor.advance()
    }
    if text.dropFirst(offset).contains(where: { !Cursor.isBlank($0) }) { cursor.skipBlanks() }
    return (cursor.line, cursor.column)
  }
}

/// A place in bytes, with its line and its column in characters, both from 1.
private struct Cursor {
  private let bytes: [UInt8]
  private var index = 0
  private(set) var line = 1
  private(set) var column = 1

  static func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }

  /// The cursor at a place, or `nil` when the bytes end before it.
  init?(_ bytes: [UInt8], at place: (line: Int, column: Int)) {
    self.bytes = bytes
    while line < place.line || line == place.line && column < place.column {
      guard index < bytes.count, line <= place.line else { return nil }
      advance()
    }
  }

  var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

  mutating func advance() {
    guard let byte else { return }
    index += 1
    if byte == 0x0A {
      line += 1
      column = 1
    } else if byte & 0xC0 != 0x80 {
      column += 1
    }
    // The rest of a character is no place of its own.
    while let next = self.byte, next & 0xC0 == 0x80 { index += 1 }
  }

  mutating func skipBlanks() {
    while let byte, Cursor.isBlank(byte) { advance() }
  }

  mutating func skipLine() {
    let present = line
    while byte != nil, line == present { advance() }
  }
}
