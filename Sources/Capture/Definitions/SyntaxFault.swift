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
      "a colon begins a second value on this line; put the text between quotes"
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
    let digits = String(hidden.value, radix: 16, uppercase: true)
    let code = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    report("character", at: node, "the text holds a character that is not seen, U+\(code); remove it")
    return false
  }
}
