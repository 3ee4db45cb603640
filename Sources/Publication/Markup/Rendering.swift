extension Markup {
  /// UTF-8 of the tree, one block element a line: made to be compared line by line.
  func rendered() -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(1 << 16)
    write(into: &out)
    return out
  }

  private func write(into out: inout [UInt8]) {
    switch storage {
    case .text(let text): out.append(escaping: text)
    case .raw(let text): out.append(text)
    case .styleSheet: out.append(contentsOf: StyleSheet.minified)
    case .group(let nodes): for node in nodes { node.write(into: &out) }
    case .element(let tag, let attributes, let content):
      // White space between blocks shows nowhere; between inline elements it would.
      if tag.isBlock, out.last == UInt8(ascii: ">") { out.append(0x0A) }
      out.append(UInt8(ascii: "<"))
      out.append(tag.name)
      for attribute in attributes {
        out.append(UInt8(ascii: " "))
        out.append(attribute.name)
        out.append(contentsOf: [UInt8(ascii: "="), UInt8(ascii: "\"")])
        out.append(escaping: attribute.value)
        out.append(UInt8(ascii: "\""))
      }
      if tag.isShort, content.isEmpty {
        out.append("/>")
        return
      }
      out.append(UInt8(ascii: ">"))
      guard !tag.isVoid else { return }
      for node in content { node.write(into: &out) }
      out.append(contentsOf: [UInt8(ascii: "<"), UInt8(ascii: "/")])
      out.append(tag.name)
      out.append(UInt8(ascii: ">"))
    }
  }
}

extension [UInt8] {
  mutating func append(_ text: StaticString) { text.withUTF8Buffer { append(contentsOf: $0) } }

  /// Appends text with the five characters of HTML escaped and control characters dropped.
  mutating func append(escaping text: String) {
    var text = text
    text.withUTF8 { bytes in
      for byte in bytes {
        switch byte {
        case UInt8(ascii: "&"): append("&amp;")
        case UInt8(ascii: "<"): append("&lt;")
        case UInt8(ascii: ">"): append("&gt;")
        case UInt8(ascii: "\""): append("&quot;")
        case UInt8(ascii: "'"): append("&#39;")
        case 0x00..<0x09, 0x0B..<0x20, 0x7F: break
        default: append(byte)
        }
      }
    }
  }
}
