/// A value that can be sent as a text-format parameter or COPY column; `nil` is SQL NULL.
public protocol PostgresEncodable {
  /// The value as PostgreSQL spells it, or nil for NULL.
  var postgresText: String? { get }

  /// An array of the values as PostgreSQL spells it; only bytes differ from an array literal.
  static func postgresArrayText(of elements: [Self]) -> String
}

extension PostgresEncodable {
  /// An array literal: `{"a","b",NULL}`.
  public static func postgresArrayText(of elements: [Self]) -> String {
    var bytes: [UInt8] = [UInt8(ascii: "{")]
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      guard let text = element.postgresText else {
        bytes.append(contentsOf: "NULL".utf8)
        continue
      }
      // Always quoted: so nothing in the text can be taken for NULL, a brace or a comma.
      bytes.append(UInt8(ascii: "\""))
      for byte in text.utf8 {
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
        bytes.append(byte)
      }
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: "}"))
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension String: PostgresEncodable {
  /// The text itself.
  public var postgresText: String? { self }
}

extension Int: PostgresEncodable {
  /// The decimal digits.
  public var postgresText: String? { String(self) }
}

extension Int64: PostgresEncodable {
  /// The decimal digits.
  public var postgresText: String? { String(self) }
}

extension Int32: PostgresEncodable {
  /// The decimal digits.
  public var postgresText: String? { String(self) }
}

extension Double: PostgresEncodable {
  /// The shortest digits that read back as the same number.
  public var postgresText: String? {
    if isNaN { return "NaN" }
    if isInfinite { return self < 0 ? "-Infinity" : "Infinity" }
    return description
  }
}

extension Bool: PostgresEncodable {
  /// `t` or `f`.
  public var postgresText: String? { self ? "t" : "f" }
}

extension UInt8: PostgresEncodable {
  /// The decimal digits; an array of bytes is a `bytea`.
  public var postgresText: String? { String(self) }

  /// The hexadecimal spelling of `bytea`: `\x00ff`.
  public static func postgresArrayText(of elements: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var bytes: [UInt8] = Array("\\x".utf8)
    bytes.reserveCapacity(2 + elements.count * 2)
    for byte in elements {
      bytes.append(digits[Int(byte >> 4)])
      bytes.append(digits[Int(byte & 15)])
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// An array is one parameter, of one dimension: `WHERE code = ANY(\(codes))`. `[UInt8]` is a `bytea`.
extension Array: PostgresEncodable where Element: PostgresEncodable {
  /// The array literal.
  public var postgresText: String? { Element.postgresArrayText(of: self) }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
  /// The text of the value, or nil for NULL.
  public var postgresText: String? { self?.postgresText }
}
