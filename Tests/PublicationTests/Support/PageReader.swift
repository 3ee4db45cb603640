/// What a page says, read back from its bytes by rules stricter than a browser's.
struct PageReader {
  /// An opening tag with its attributes.
  struct Element {
    var name: String
    var attributes: [String: String]
    /// Where its content stands among the page's bytes of text.
    fileprivate var content: Range<Int>
  }

  /// Why the page is not well formed.
  struct Malformed: Error, CustomStringConvertible {
    var description: String
  }

  private(set) var elements: [Element] = []
  /// Every text of the page, unescaped, in order; style sheets left out.
  private var texts: [UInt8] = []

  /// Elements of SVG that may close themselves.
  private static let short: Set<String> = ["circle", "line", "path", "polygon", "rect", "use"]
  private static let void: Set<String> = ["meta", "link", "br", "hr", "img", "input"]

  /// Reads a page, or says where a tag is not closed, an attribute not quoted, a sign not escaped.
  init(_ bytes: [UInt8]) throws {
    let doctype = Array("<!DOCTYPE html>".utf8)
    var at = bytes.starts(with: doctype) ? doctype.count : 0
    var open: [Int] = []
    while at < bytes.count {
      let next = bytes[at...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
      if next > at {
        if open.last.map({ elements[$0].name }) != "style" {
          try texts.append(contentsOf: PageReader.unescaped(bytes[at..<next]))
        }
        at = next
        continue
      }
      guard let end = bytes[at...].firstIndex(of: UInt8(ascii: ">")) else {
        throw Malformed(description: "a tag without end")
      }
      let inside = bytes[(at + 1)..<end]
      at = end + 1
      if inside.first == UInt8(ascii: "/") {
        let name = String(decoding: inside.dropFirst(), as: UTF8.self)
        guard let last = open.popLast(), elements[last].name == name else {
          throw Malformed(description: "</\(name)> closes nothing that is open")
        }
        elements[last].content = elements[last].content.lowerBound..<texts.count
        continue
      }
      let isShort = inside.last == UInt8(ascii: "/")
      let element = try PageReader.element(isShort ? inside.dropLast() : inside, at: texts.count)
      if isShort, !PageReader.short.contains(element.name) {
        throw Malformed(description: "<\(element.name)/> stays open in HTML")
      }
      elements.append(element)
      if !isShort, !PageReader.void.contains(element.name) { open.append(elements.count - 1) }
    }
    if let last = open.last { throw Malformed(description: "<\(elements[last].name)> is never closed") }
  }

  /// The elements of that name.
  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  /// The text inside an element, with the text of what it holds.
  func text(of element: Element) -> String { String(decoding: texts[element.content], as: UTF8.self) }

  /// Everything a reader sees or hears.
  var text: String { all("body").map(text).joined() }

  private static func element(_ inside: ArraySlice<UInt8>, at place: Int) throws -> Element {
    let name = String(decoding: inside.prefix { $0 != 0x20 }, as: UTF8.self)
    var attributes: [String: String] = [:]
    var rest = inside.dropFirst(name.utf8.count)
    while let start = rest.firstIndex(where: { $0 != 0x20 && $0 != 0x0A }) {
      rest = rest[start...]
      let key = String(decoding: rest.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
      rest = rest.dropFirst(key.utf8.count)
      guard rest.starts(with: Array("=\"".utf8)) else {
        throw Malformed(description: "\(key) has no quoted value in <\(name)>")
      }
      rest = rest.dropFirst(2)
      let value = rest.prefix { $0 != UInt8(ascii: "\"") }
      rest = rest.dropFirst(value.count + 1)
      if attributes[key] != nil { throw Malformed(description: "\(key) twice in <\(name)>") }
      attributes[key] = String(decoding: try unescaped(value), as: UTF8.self)
    }
    return Element(name: name, attributes: attributes, content: place..<place)
  }

  private static let signs: [(name: [UInt8], sign: UInt8)] = [
    ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"),
  ].map { (Array($0.0.utf8), UInt8(ascii: $0.1)) }

  private static func unescaped(_ text: ArraySlice<UInt8>) throws -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(text.count)
    var rest = text
    while let byte = rest.first {
      switch byte {
      case UInt8(ascii: ">"): throw Malformed(description: "a bare > in the text")
      case UInt8(ascii: "&"):
        guard let known = signs.first(where: { rest.starts(with: $0.name) }) else {
          let near = String(decoding: rest.prefix(40), as: UTF8.self)
          throw Malformed(description: "a bare & in “\(near)”")
        }
        plain.append(known.sign)
        rest = rest.dropFirst(known.name.count)
      default:
        plain.append(byte)
        rest = rest.dropFirst()
      }
    }
    return plain
  }
}
