internal import Foundation
internal import Impact
internal import Yams

/// One file of definitions (YAML, or JSON, which YAML reads too), as a tree of nodes with their places.
///
/// Every scalar is taken as its text and typed by the reader of the file, so that `NO` stays `NO` and
/// `2026.10` keeps its zero. Anchors, aliases and tags are refused: they are how a small file becomes a
/// large one.
final class DefinitionFile {
  /// What a file of definitions may cost.
  enum Budget {
    static let size = 256 * 1024
    static let nodes = 50_000
    static let depth = 32
    /// Characters of a text, and of what names a thing in a title, a list or a chart.
    static let text = 5_000
    static let label = 200
    /// Mistakes told: whoever mends these may ask for the next.
    static let diagnostics = 50
    /// Characters of one sentence: what a file calls itself must not fill the screen.
    static let sentence = 600
  }

  /// The file as diagnostics name it.
  let path: String
  private(set) var diagnostics: [Diagnostic] = []
  /// The bytes, kept to find a place inside a text.
  private(set) var bytes: [UInt8] = []

  init(path: String) { self.path = path }

  /// The root of the file, or `nil` with the reason reported.
  func load() -> Node? {
    do { return root(of: try FileSource.contents(of: path, limit: Budget.size)) } catch let error
      as CaptureError
    {
      diagnostics += error.diagnostics
    } catch {
      report("file", "the file cannot be read (\(error))")
    }
    return nil
  }

  /// The root of these bytes, or `nil` with the reason reported.
  func root(of all: [UInt8]) -> Node? {
    // Some editors begin every UTF-8 file with a mark that is no part of the text.
    let bytes = Array(all.starts(with: [0xEF, 0xBB, 0xBF]) ? all.dropFirst(3) : all[...])
    guard bytes.count <= Budget.size else {
      report("size", "the file is larger than \(Budget.size / 1024) KiB; split it")
      return nil
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      report("encoding", "the file is not UTF-8; save it as UTF-8")
      return nil
    }
    if let place = DefinitionFile.reference(in: bytes) {
      report(
        "anchor", at: place,
        "anchors and aliases (& and *) are not allowed; write the value out, or rephrase a text where a word begins so"
      )
      return nil
    }
    self.bytes = bytes
    do {
      // The parser must outlive the walk: nodes only hold their anchors weakly.
      let parser = try Parser(yaml: text)
      guard let root = try parser.singleRoot() else {
        report("empty", "the file is empty; write its definition")
        return nil
      }
      var budget = Budget.nodes
      let isAcceptable = withExtendedLifetime(parser) { accepts(root, depth: 1, budget: &budget) }
      return isAcceptable ? root : nil
    } catch let error as YamlError {
      report(error)
    } catch {
      report("syntax", "the file cannot be read (\(error))")
    }
    return nil
  }

  /// Where an alias or an anchor may stand: `*` or `&` at the beginning of a word.
  ///
  /// It is searched in the bytes because the parser expands aliases while it reads, at a cost that doubles
  /// with every level. It knows nothing of quotes: a text may be refused by mistake, an alias never passes.
  private static func reference(in bytes: [UInt8]) -> (line: Int, column: Int)? {
    var line = 1
    var column = 0
    var isComment = false
    var isBeginning = true
    for (index, byte) in bytes.enumerated() {
      column += 1
      if byte == 0x0A || byte == 0x0D {
        if byte == 0x0A { line += 1 }
        (column, isComment, isBeginning) = (0, false, true)
        continue
      }
      if isBeginning, byte != 0x20 {
        isComment = byte == UInt8(ascii: "#")
        isBeginning = false
      }
      guard !isComment, byte == UInt8(ascii: "*") || byte == UInt8(ascii: "&") else { continue }
      let before = index == 0 ? 0x20 : bytes[index - 1]
      let after = index + 1 < bytes.count ? bytes[index + 1] : 0x20
      // YAML also breaks lines at U+0085, U+2028 and U+2029.
      let isUnicodeBreak =
        index > 1
        && (bytes[index - 2] == 0xC2 && before == 0x85
          || bytes[index - 2] == 0x80 && (before == 0xA8 || before == 0xA9))
      let startsWord =
        [0x20, 0x09, 0x0A, 0x0D].contains(before) || "[{,:-?".utf8.contains(before) || isUnicodeBreak
      let endsWord = [0x20, 0x09, 0x0A, 0x0D].contains(after)
      if startsWord, !endsWord { return (line, column) }
    }
    return nil
  }

  private func accepts(_ node: Node, depth: Int, budget: inout Int) -> Bool {
    budget -= 1
    guard budget >= 0 else {
      report("budget", at: node, "the file has more than \(Budget.nodes) values; split it")
      return false
    }
    guard depth <= Budget.depth else {
      report("budget", at: node, "the file is nested deeper than \(Budget.depth) levels; flatten it")
      return false
    }
    guard node.anchor == nil else {
      report("anchor", at: node, "anchors are not allowed; write the value out")
      return false
    }
    switch node {
    case .scalar(let scalar):
      guard isReadable(scalar.string, at: node) else { return false }
      let tag = "\(scalar.tag)"
      guard tag.isEmpty || (tag == "tag:yaml.org,2002:str" && scalar.style != .plain) else {
        report("tag", at: node, "tags (!) are not allowed; remove it")
        return false
      }
      return true
    case .sequence(let sequence):
      guard "\(sequence.tag)".isEmpty else {
        report("tag", at: node, "tags (!) are not allowed; remove it")
        return false
      }
      return sequence.allSatisfy { accepts($0, depth: depth + 1, budget: &budget) }
    case .mapping(let mapping):
      guard "\(mapping.tag)".isEmpty else {
        report("tag", at: node, "tags (!) are not allowed; remove it")
        return false
      }
      return mapping.allSatisfy {
        acceptsKey($0.key) && accepts($0.value, depth: depth + 1, budget: &budget)
      }
    case .alias:
      report("anchor", at: node, "aliases are not allowed; write the value out")
      return false
    }
  }

  /// Whether a key is a word.
  ///
  /// The parser has already resolved its type to look for duplicates, so a standard tag tells nothing there;
  /// it changes nothing either, since keys are read as text.
  private func acceptsKey(_ node: Node) -> Bool {
    guard let scalar = node.scalar, node.anchor == nil else {
      report("key", at: node, "a key must be a plain word")
      return false
    }
    guard isReadable(scalar.string, at: node) else { return false }
    let tag = "\(scalar.tag)"
    guard tag.isEmpty || tag.hasPrefix("tag:yaml.org,2002:") else {
      report("tag", at: node, "tags (!) are not allowed; remove it")
      return false
    }
    return true
  }

  // MARK: Reports

  func report(_ code: String, at node: Node? = nil, _ message: String) {
    report(code, at: node?.mark.map { (line: $0.line, column: $0.column) }, message)
  }

  /// Leaves out what follows from another mistake.
  func forget(_ reports: Range<Int>) { diagnostics.removeSubrange(reports) }

  func report(_ code: String, at place: (line: Int, column: Int)?, _ message: String) {
    guard diagnostics.count < Budget.diagnostics else {
      if diagnostics.count == Budget.diagnostics {
        diagnostics.append(
          Diagnostic(file: path, code: "budget", message: "the file has more mistakes; mend these first"))
      }
      return
    }
    diagnostics.append(
      Diagnostic(
        file: path, line: place?.line, column: place?.column, code: code,
        message: DefinitionFile.plain(message)
      ))
  }

  /// A sentence on one line, with what is too long for one cut out of its middle.
  private static func plain(_ message: String) -> String {
    let clean = String(
      String.UnicodeScalarView(
        message.unicodeScalars.map { scalar in
          switch scalar.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator: " "
          default: scalar
          }
        }))
    guard clean.count > Budget.sentence else { return clean }
    return clean.prefix(Budget.sentence * 2 / 3) + " … " + clean.suffix(Budget.sentence / 3)
  }

  private func report(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      if SyntaxFault.isTooDeep(problem) {
        report("budget", at: (mark.line, mark.column), SyntaxFault.sentence(for: problem))
      } else if let cause = SyntaxFault.cause(in: bytes, before: mark.line) {
        report("syntax", at: cause.place, cause.sentence)
      } else {
        report("syntax", at: (mark.line, mark.column), SyntaxFault.sentence(for: problem))
      }
    case .duplicatedKeysInMapping(let keys, let context):
      report(
        "duplicate", at: (context.mark.line, context.mark.column),
        "the key \(keys.map { "\"\($0)\"" }.joined(separator: ", ")) stands twice; keep one")
    case .reader(let problem, _, _, _):
      report("syntax", at: SyntaxFault.control(in: bytes), SyntaxFault.sentence(for: problem))
    default: report("syntax", "the file cannot be read; check that it is whole")
    }
  }

  // MARK: Values

  /// The entries of a mapping whose keys are all known and whose required keys are all there.
  func entries(
    of node: Node, in what: String, required: [String], optional: [String] = []
  ) -> [String: Node]? {
    guard case .mapping(let mapping) = node else {
      report("type", at: node, "\(what) must be a mapping with \(DefinitionFile.list(required + optional))")
      return nil
    }
    var found: [String: Node] = [:]
    for (key, value) in mapping {
      guard let name = key.scalar?.string else {
        report("key", at: key, "a key of \(what) must be a word")
        continue
      }
      guard (required + optional).contains(name) else {
        let hint = NearestName.hint(for: name, among: required + optional)
        report(
          "key", at: key, "\(what) has no key \"\(name)\"\(hint.isEmpty ? "; remove it" : hint)")
        continue
      }
      found[name] = value
    }
    let missing = required.filter { found[$0] == nil }
    if !missing.isEmpty {
      report("missing", at: node, "\(what) lacks \(DefinitionFile.list(missing)); add it")
    }
    return found
  }

  /// The values of a list; none, with one report, when there are more than `most`.
  func items(of node: Node?, in what: String, atMost most: Int = Int.max) -> [Node] {
    guard let node else { return [] }
    guard case .sequence(let sequence) = node else {
      report("type", at: node, "\(what) must be a list; write it between [ and ]")
      return []
    }
    guard sequence.count <= most else {
      report("budget", at: node, "\(what) may list \(most) values at most, not \(sequence.count); shorten it")
      return []
    }
    return Array(sequence)
  }

  /// A text that is not empty, of no more characters than a reader can take in.
  func text(_ node: Node?, _ what: String, atMost most: Int = Budget.text) -> String? {
    guard let node else { return nil }
    guard let scalar = node.scalar else {
      report("type", at: node, "\(what) must be a text")
      return nil
    }
    guard scalar.string.contains(where: { !$0.isWhitespace }) else {
      report("missing", at: node, "\(what) is empty; write it")
      return nil
    }
    guard scalar.string.count <= most else {
      report(
        "budget", at: node, "\(what) has \(scalar.string.count) characters; write it in \(most) at most")
      return nil
    }
    return scalar.string
  }

  /// The same text in both languages.
  func localized(_ node: Node?, _ what: String, atMost most: Int = Budget.text) -> Localized? {
    guard let node, let entries = entries(of: node, in: what, required: ["fr", "en"]) else { return nil }
    guard let french = text(entries["fr"], "\(what) in French", atMost: most),
      let english = text(entries["en"], "\(what) in English", atMost: most)
    else { return nil }
    return Localized(fr: french, en: english)
  }

  /// A whole number within bounds.
  func integer(_ node: Node?, _ what: String, atLeast least: Int) -> Int? {
    guard let node else { return nil }
    guard let text = node.scalar?.string, let value = Int(text), text == String(value), value >= least else {
      report("type", at: node, "\(what) must be a whole number, \(least) or more")
      return nil
    }
    return value
  }

  /// A decimal number written with digits and a dot, as text.
  func decimalText(_ node: Node?, _ what: String) -> String? {
    guard let node else { return nil }
    guard let text = node.scalar?.string, DefinitionFile.isDecimal(text) else {
      report("type", at: node, "\(what) must be a number such as 12 or 0.5")
      return nil
    }
    return text
  }

  /// A decimal number written with digits and a dot.
  func decimal(_ node: Node?, _ what: String) -> Double? {
    decimalText(node, what).flatMap(Double.init)
  }

  /// `true` or `false`.
  func boolean(_ node: Node?, _ what: String) -> Bool? {
    guard let node else { return nil }
    switch node.scalar?.string {
    case "true": return true
    case "false": return false
    default:
      report("type", at: node, "\(what) must be true or false")
      return nil
    }
  }

  /// One of a closed list of words.
  func choice<Value: RawRepresentable & CaseIterable>(_ node: Node?, _ what: String, _ type: Value.Type)
    -> Value?
  where Value.RawValue == String {
    guard let node, let text = text(node, what) else { return nil }
    if let value = Value(rawValue: text) { return value }
    let known = Value.allCases.map(\.rawValue)
    report(
      "value", at: node,
      "\(what) cannot be \"\(text)\"\(NearestName.hint(for: text, among: known)); use \(DefinitionFile.list(known, "or"))"
    )
    return nil
  }

  static func isDecimal(_ text: String) -> Bool {
    var digits = text.utf8[...]
    if digits.first == UInt8(ascii: "-") { digits = digits.dropFirst() }
    let parts = digits.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    return digits.count <= 30
      && parts.allSatisfy { part in !part.isEmpty && part.allSatisfy { (0x30...0x39).contains($0) } }
  }

  /// `a, b and c`.
  static func list(_ names: [String], _ last: String = "and") -> String {
    names.count < 2
      ? names.joined() : names.dropLast().joined(separator: ", ") + " \(last) " + (names.last ?? "")
  }
}
