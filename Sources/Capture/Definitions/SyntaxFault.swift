internal import Yams

/// What is wrong with the form of a file, in words of those who write definitions.
enum SyntaxFault {
  static func isTooDeep(_ problem: String) -> Bool { problem.hasPrefix("Maximum nesting level") }

  /// What the parser says, by the beginning of its words, and what to do about it.
  private static let sentences: [(problem: String, sentence: String)] = [
    ("Maximum nesting level", "the file is nested too deep; flatten it"),
    ("but found another document", "a second document begins here (---); keep one in the file"),
    (
      "did not find expected ',' or ']'",
      "a list opened with [ is not closed; separate its values with commas and end it with ]"
    ),
    (
      "did not find expected ',' or '}'",
      "a mapping opened with { is not closed; separate its keys with commas and end it with }"
    ),
    (
      "did not find expected '-' indicator",
      "the lines of a list begin with - at the same column; align this one"
    ),
    (
      "did not find expected key",
      "the keys of a mapping begin at the same column; align this one, or put the text before it between quotes"
    ),
    (
      "did not find expected <document start>",
      "a key or a list is expected here; write the file as keys and values"
    ),
    ("did not find expected node content", "a value is expected here; write it"),
    (
      "mapping values are not allowed",
      "a colon begins a second value on this line; give the key before it its colon, or put the text between quotes"
    ),
    ("mapping keys are not allowed", "a key cannot begin here; put it on a line of its own"),
    (
      "block sequence entries are not allowed",
      "a line of a list cannot begin here; put it on a line of its own"
    ),
    ("could not find expected ':'", "a key lacks its colon; write “key: value”"),
    ("found a tab character", "the indent is a tab; write spaces"),
    (
      "found character that cannot start any token",
      "no value begins with this character; put the text between quotes"
    ),
    ("found unexpected end of stream", "a text in quotes is not closed; end it with the same quote"),
    ("found unexpected document indicator", "a text in quotes is not closed; end it with the same quote"),
    ("found unknown escape character", "no character is written so after \\; write \\\\ for a backslash"),
    (
      "did not find expected hexdecimal number",
      "a character’s code after \\ is hexadecimal digits; correct it"
    ),
    ("found invalid Unicode character escape code", "the code after \\ is no character’s; correct it"),
    ("control characters are not allowed", "a control character stands in the file; remove it"),
  ]

  /// Characters that look like a space and are none, as word processors and web pages write them.
  private static let falseSpaces: [UInt32] = [0x00A0, 0x2002, 0x2003, 0x2007, 0x2009, 0x202F, 0x3000]

  /// What must have led the parser astray before the line where it noticed: a line that is indented by something else than
  /// spaces, or the one line whose text in quotes has no end.
  static func cause(
    in bytes: [UInt8], before last: Int
  ) -> (place: (line: Int, column: Int), sentence: String)? {
    let lines = bytes.split(separator: 0x0A, maxSplits: last, omittingEmptySubsequences: false).prefix(last)
    var open: [(line: Int, column: Int)] = []
    for (index, bytes) in lines.enumerated() {
      let line = String(decoding: bytes, as: UTF8.self).unicodeScalars
      for (column, scalar) in line.prefix(while: { isBlank($0) }).enumerated() where scalar != " " {
        return (
          (index + 1, column + 1),
          scalar == "\t"
            ? "the indent is a tab; write spaces"
            : "the indent is a space of another kind, U+\(code(of: scalar)); write plain spaces"
        )
      }
      if let column = unclosedQuote(in: line) { open.append((index + 1, column)) }
    }
    // Two such lines may be the two ends of one text.
    guard let place = open.first, open.count == 1 else { return nil }
    return (place, "a text in quotes is not closed on this line; end it with the same quote")
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t" || falseSpaces.contains(scalar.value)
  }

  /// The column of a double quote that opens a text and has no fellow on its line.
  private static func unclosedQuote(in line: String.UnicodeScalarView) -> Int? {
    var opened: Int?
    var isEscaped = false
    for (index, scalar) in line.enumerated() {
      if opened == nil, scalar == "#" || scalar == "'" { return nil }
      if scalar == "\"", !isEscaped { opened = opened == nil ? index + 1 : nil }
      isEscaped = opened != nil && scalar == "\\" && !isEscaped
    }
    return opened
  }

  /// Where the first control character stands, which YAML takes nowhere.
  static func control(in bytes: [UInt8]) -> (line: Int, column: Int)? {
    var place = (line: 1, column: 0)
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      place.column += 1
      if scalar == "\n" {
        place = (place.line + 1, 0)
      } else if scalar.properties.generalCategory == .control, ![0x09, 0x0D, 0x85].contains(scalar.value) {
        return place
      }
    }
    return nil
  }

  /// The number of a character as Unicode writes it, such as `00A0`.
  static func code(of scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// The sentence for a problem of the parser.
  static func sentence(for problem: String) -> String {
    sentences.first { problem.hasPrefix($0.problem) }?.sentence
      ?? "the file cannot be read from here on; check quotes, colons, brackets and indents"
  }
}

extension DefinitionFile {
  /// Whether a text holds nothing that is not seen; the first such character is reported.
  ///
  /// Control characters move the cursor or colour a terminal, marks of direction show a text in another order than it is
  /// written in.
  func isReadable(_ text: String, at node: Node) -> Bool {
    let hidden = text.unicodeScalars.first { scalar in
      switch scalar.properties.generalCategory {
      case .control: scalar != "\n" && scalar != "\t"
      case .lineSeparator, .paragraphSeparator: true
      default: scalar.properties.isBidiControl
      }
    }
    guard let hidden else { return true }
    report(
      "character", at: node,
      "the text holds a character that is not seen, U+\(SyntaxFault.code(of: hidden)); remove it")
    return false
  }
}
