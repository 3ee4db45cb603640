/// A value read from the text of one column.
public protocol PostgresDecodable {
  /// Reads the text of a column; `bytes` is nil for NULL.
  init(postgresBytes bytes: UnsafeBufferPointer<UInt8>?) throws(CellError)

  /// Reads an array of the values; only bytes differ from an array literal.
  static func postgresArray(_ bytes: UnsafeBufferPointer<UInt8>) throws(CellError) -> [Self]
}

/// Why the text of a column is not a value; never holds the text, which may be a person's data.
public enum CellError: Error, Sendable {
  /// The column is NULL and the type is not optional.
  case unexpectedNull
  /// The text does not spell a value of the type.
  case malformed
  /// The value does not fit the type.
  case outOfRange
}

extension PostgresDecodable {
  /// Reads an array literal of one dimension, as `{a,"b c",NULL}`.
  public static func postgresArray(_ bytes: UnsafeBufferPointer<UInt8>) throws(CellError) -> [Self] {
    var reader = ArrayLiteral(bytes)
    var elements: [Self] = []
    while let element = try reader.next() {
      switch element {
      case .null: elements.append(try Self(postgresBytes: nil))
      case .text(let text):
        // A Result carries the typed error across the closure.
        let read = text.withUnsafeBufferPointer { buffer -> Result<Self, CellError> in
          do throws(CellError) {
            return .success(try Self(postgresBytes: buffer))
          } catch {
            return .failure(error)
          }
        }
        elements.append(try read.get())
      }
    }
    return elements
  }
}

/// Reads the elements of `{…}` one by one.
private struct ArrayLiteral {
  enum Element {
    case null
    case text([UInt8])
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0
  private var isOpen = false

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func next() throws(CellError) -> Element? {
    if !isOpen {
      // Bounds other than 1… are written before the braces: [0:2]={…}.
      if bytes.first == UInt8(ascii: "["), let equals = bytes.firstIndex(of: UInt8(ascii: "=")) {
        index = equals + 1
      }
      guard take() == UInt8(ascii: "{") else { throw .malformed }
      isOpen = true
      if peek == UInt8(ascii: "}") { return try end() }
    } else {
      switch take() {
      case UInt8(ascii: ","): break
      case UInt8(ascii: "}"):
        index -= 1
        return try end()
      default: throw .malformed
      }
    }
    return try element()
  }

  private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func take() -> UInt8? {
    guard let byte = peek else { return nil }
    index += 1
    return byte
  }

  private mutating func end() throws(CellError) -> Element? {
    guard index == bytes.count - 1 else { throw .malformed }
    return nil
  }

  private mutating func element() throws(CellError) -> Element {
    var text: [UInt8] = []
    if peek == UInt8(ascii: "\"") {
      index += 1
      while let byte = take() {
        if byte == UInt8(ascii: "\"") { return .text(text) }
        if byte == UInt8(ascii: "\\") {
          guard let escaped = take() else { throw .malformed }
          text.append(escaped)
        } else {
          text.append(byte)
        }
      }
      throw .malformed
    }
    while let byte = peek, byte != UInt8(ascii: ","), byte != UInt8(ascii: "}") {
      // An inner brace is a second dimension, which no type here stands for.
      guard byte != UInt8(ascii: "{"), byte != UInt8(ascii: "\"") else { throw .malformed }
      index += 1
      if byte == UInt8(ascii: "\\") {
        guard let escaped = take() else { throw .malformed }
        text.append(escaped)
      } else {
        text.append(byte)
      }
    }
    guard !text.isEmpty else { throw .malformed }
    return text == Array("NULL".utf8) ? .null : .text(text)
  }
}

extension String: PostgresDecodable {
  /// Reads the text as it is.
  public init(postgresBytes bytes: UnsafeBufferPointer<UInt8>?) throws(CellError) {
    guard let bytes else { throw .unexpectedNull }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .malformed }
    self = text
  }
}

extension FixedWidthInteger {
  /// Reads decimal digits with an optional minus sign; a number too large is an error, never wrapped.
  init(decimalBytes bytes: UnsafeBufferPointer<UInt8>?) throws(CellError) {
    guard let bytes else { throw .unexpectedNull }
    let isNegative = bytes.first == UInt8(ascii: "-")
    var index = isNegative ? 1 : 0
    guard index < bytes.count else { throw .malformed }
    var value: Self = 0
    while index < bytes.count {
      let digit = bytes[index] &- 48
      guard digit < 10 else { throw .malformed }
      let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
      // Summed on the side of the sign, so that the smallest number can be read too.
      let (sum, tooFar) =
        isNegative
        ? product.subtractingReportingOverflow(Self(digit))
        : product.addingReportingOverflow(Self(digit))
      guard !tooLarge, !tooFar else { throw .outOfRange }
      value = sum
      index += 1
    }
    self = value
  }
}

extension Int: PostgresDecodable {
  /// Reads decimal digits.
  public init(postgresBytes bytes: UnsafeBufferPointer<UInt8>?) throws(CellError) {
    try self.init(decimalBytes: bytes)
  }
}

extension Int64: PostgresDecodable {
  /// Reads decimal digits.
  public init(postgresBytes bytes: UnsafeBufferPointer<UInt8>?) throws(CellError) {
    try self.init(decimalBytes: bytes)
  }
}

extension Int32: PostgresDecodable {
  /// Reads decimal digits.
  public init(postgresBytes bytes: UnsafeBufferPointer<UInt8>?) throws(CellError) {
    try self.init(decimalBytes: bytes)
  }
}

extension Double: PostgresDecodable {
  /// Reads a number, `NaN`, `Infinity` or `-Infinity`.
  public init(postgresBytes bytes: UnsafeBufferPointer<UInt8>?) throws(CellError) {
    guard let bytes else { throw .unexpectedNull }
    switch bytes.count <= 9 ? String(decoding: bytes, as: UTF8.self) : "" {
    case "NaN": self = .nan
    case "Infinity": self = .infinity
    case "-Infinity": self = -.infinity
    default:
      // Only the characters of a decimal number: Swift would also read "0x1p3" and "inf".
      let isDecimal = bytes.allSatisfy { byte in
        (48...57).contains(byte) || byte == 43 || byte == 45 || byte == 46 || byte == 69 || byte == 101
      }
      guard isDecimal, let value = Double(String(decoding: bytes, as: UTF8.self)) else { throw .malformed }
      guard value.isFinite else { throw .outOfRange }
      self = value
    }
  }
}

extension Bool: PostgresDecodable {
  /// Reads `t` or `f`.
  public init(postgresBytes bytes: UnsafeBufferPointer<UInt8>?) throws(CellError) {
    guard let bytes else { throw .unexpectedNull }
    guard bytes.count == 1 else { throw .malformed }
    switch bytes[0] {
    case UInt8(ascii: "t"): self = true
    case UInt8(ascii: "f"): self = false
    default: throw .malformed
    }
  }
}

extension UInt8: PostgresDecodable {
  /// Reads decimal digits; an array of bytes is a `bytea`.
  public init(postgresBytes bytes: UnsafeBufferPointer<UInt8>?) throws(CellError) {
    try self.init(decimalBytes: bytes)
  }

  /// Reads the hexadecimal spelling of `bytea`.
  public static func postgresArray(_ bytes: UnsafeBufferPointer<UInt8>) throws(CellError) -> [UInt8] {
    guard bytes.count >= 2, bytes.count.isMultiple(of: 2), bytes[0] == UInt8(ascii: "\\"),
      bytes[1] == UInt8(ascii: "x")
    else { throw .malformed }
    var value: [UInt8] = []
    value.reserveCapacity(bytes.count / 2 - 1)
    var index = 2
    while index < bytes.count {
      value.append(try digit(bytes[index]) << 4 | digit(bytes[index + 1]))
      index += 2
    }
    return value
  }

  private static func digit(_ byte: UInt8) throws(CellError) -> UInt8 {
    switch byte {
    case 48...57: return byte - 48
    case 97...102: return byte - 87
    case 65...70: return byte - 55
    default: throw .malformed
    }
  }
}

/// Reads an array of one dimension. `[UInt8]` is a `bytea`.
extension Array: PostgresDecodable where Element: PostgresDecodable {
  /// Reads the array literal.
  public init(postgresBytes bytes: UnsafeBufferPointer<UInt8>?) throws(CellError) {
    guard let bytes else { throw .unexpectedNull }
    self = try Element.postgresArray(bytes)
  }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
  /// Reads NULL as nil.
  public init(postgresBytes bytes: UnsafeBufferPointer<UInt8>?) throws(CellError) {
    self = bytes == nil ? nil : try Wrapped(postgresBytes: bytes)
  }
}
