/// What a page says, read back from its bytes by rules stricter than a browser's.
struct PageReader {
  /// An opening tag with its attributes.
  struct Element {
    var name: String
    var attributes: [String: String]
    /// The text inside it, with the text of what it holds.
    var text: String
    /// The names of what it stands in, outermost first.
    var ancestors: [String]
  }

  /// Why the page is not well formed.
  struct Malformed: Error, CustomStringConvertible {
    var description: String
  }

  private(set) var elements: [Element] = []

  private static let void: Set<String> = ["meta", "link", "br", "hr", "img", "input"]

  /// Reads a page, or says where a tag is not closed, an attribute not quoted, a sign not escaped.
  init(_ bytes: [UInt8]) throws {
    var rest = Substring(String(decoding: bytes, as: UTF8.self))
    if rest.hasPrefix("<!DOCTYPE html>") { rest = rest.dropFirst(15) }
    var open: [Int] = []
    while let character = rest.first {
      guard character == "<" else {
        let text = rest.prefix { $0 != "<" }
        rest = rest.dropFirst(text.count)
        if text.contains(">"), !open.contains(where: { elements[$0].name == "style" }) {
          throw Malformed(description: "a bare > in “\(text.prefix(60))”")
        }
        let plain = try PageReader.unescaped(text)
        for index in open { elements[index].text += plain }
        continue
      }
      guard let end = rest.firstIndex(of: ">") else { throw Malformed(description: "a tag without end") }
      let inside = rest[rest.index(after: rest.startIndex)..<end]
      rest = rest[rest.index(after: end)...]
      if inside.hasPrefix("/") {
        guard let last = open.popLast(), elements[last].name == inside.dropFirst() else {
          throw Malformed(description: "</\(inside.dropFirst())> closes nothing that is open")
        }
        continue
      }
      let element = try PageReader.element(inside, in: open.map { elements[$0].name })
      elements.append(element)
      if !PageReader.void.contains(element.name) { open.append(elements.count - 1) }
    }
    if let last = open.last { throw Malformed(description: "<\(elements[last].name)> is never closed") }
  }

  /// The elements of that name.
  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  /// Everything a reader sees or hears: texts without the style sheet.
  var text: String { all("body").map(\.text).joined() }

  private static func element(_ inside: Substring, in ancestors: [String]) throws -> Element {
    let name = inside.prefix { !$0.isWhitespace }
    var attributes: [String: String] = [:]
    var rest = inside.dropFirst(name.count)
    while let start = rest.firstIndex(where: { !$0.isWhitespace }) {
      rest = rest[start...]
      let key = rest.prefix { $0 != "=" }
      rest = rest.dropFirst(key.count)
      guard rest.hasPrefix("=\"") else {
        throw Malformed(description: "\(key) has no quoted value in <\(name)>")
      }
      rest = rest.dropFirst(2)
      let value = rest.prefix { $0 != "\"" }
      rest = rest.dropFirst(value.count + 1)
      if attributes[String(key)] != nil { throw Malformed(description: "\(key) twice in <\(name)>") }
      attributes[String(key)] = try unescaped(value)
    }
    return Element(name: String(name), attributes: attributes, text: "", ancestors: ancestors)
  }

  private static func unescaped(_ text: Substring) throws -> String {
    guard text.contains("&") else { return String(text) }
    var plain = ""
    var rest = text
    while let at = rest.firstIndex(of: "&") {
      plain += rest[..<at]
      rest = rest[at...]
      let known = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'")]
      guard let (name, sign) = known.first(where: { rest.hasPrefix($0.0) }) else {
        throw Malformed(description: "a bare & in “\(rest.prefix(40))”")
      }
      plain += sign
      rest = rest.dropFirst(name.count)
    }
    return plain + rest
  }
}
