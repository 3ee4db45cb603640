/// A JSON text with its members in the order they are written here, so that the same release is the same bytes.
indirect enum JSON: Sendable {
  case object([(name: String, value: JSON)])
  case array([JSON])
  case string(String)
  case number(Double)
  case integer(Int)
  case boolean(Bool)
  case null

  /// A text, or `null`.
  static func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

  /// The bytes of the file: UTF-8, two spaces a level, a closing line end.
  func rendered() -> [UInt8] {
    var out: [UInt8] = []
    write(into: &out, depth: 0)
    out.append(0x0A)
    return out
  }

  private func write(into out: inout [UInt8], depth: Int) {
    switch self {
    case .object(let members):
      JSON.list(members, "{", "}", into: &out, depth: depth) { member, out in
        JSON.write(member.name, into: &out)
        out += ": ".utf8
        member.value.write(into: &out, depth: depth + 1)
      }
    case .array(let items):
      JSON.list(items, "[", "]", into: &out, depth: depth) { $0.write(into: &$1, depth: depth + 1) }
    case .string(let text): JSON.write(text, into: &out)
    case .number(let number): out += DecimalText(number).plain.utf8
    case .integer(let number): out += String(number).utf8
    case .boolean(let isTrue): out += (isTrue ? "true" : "false").utf8
    case .null: out += "null".utf8
    }
  }

  private static func list<Item>(
    _ items: [Item], _ opening: String, _ closing: String, into out: inout [UInt8], depth: Int,
    _ write: (Item, inout [UInt8]) -> Void
  ) {
    out += opening.utf8
    for (index, item) in items.enumerated() {
      if index > 0 { out.append(UInt8(ascii: ",")) }
      line(depth + 1, into: &out)
      write(item, &out)
    }
    if !items.isEmpty { line(depth, into: &out) }
    out += closing.utf8
  }

  private static func line(_ depth: Int, into out: inout [UInt8]) {
    out.append(0x0A)
    out += repeatElement(0x20, count: depth * 2)
  }

  /// A string with the escapes that RFC 8259 requires.
  private static func write(_ text: String, into out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): out += "\\\"".utf8
      case UInt8(ascii: "\\"): out += "\\\\".utf8
      case 0x0A: out += "\\n".utf8
      case 0x0D: out += "\\r".utf8
      case 0x09: out += "\\t".utf8
      case 0x00..<0x20:
        let digits = String(byte, radix: 16)
        out += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
  }
}
