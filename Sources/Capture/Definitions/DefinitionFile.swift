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
}
