internal import Impact
internal import Yams

/// What the nodes of a file say, each mistake reported with its place.
extension DefinitionFile {
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
