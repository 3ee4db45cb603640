internal import CLibpq

/// Writes the rows of a `COPY … FROM STDIN` in the text format.
///
/// A row is either one call of `row`, or its fields one after the other and ``endRow()``.
public struct CopyWriter: ~Copyable {
  private static let chunk = 1 << 16

  private let connection: Connection
  private let silence: Duration?
  private var buffer: [UInt8] = []
  private var rowStart = 0
  private var column = 0
  /// The rows written so far.
  public private(set) var rows = 0

  init(connection: Connection, silence: Duration?) {
    self.connection = connection
    self.silence = silence
    buffer.reserveCapacity(Self.chunk * 2)
  }

  /// Writes one row of values.
  public mutating func row<each Column: PostgresEncodable>(_ columns: repeat each Column) throws {
    for column in repeat each columns { try field(column) }
    try endRow()
  }

  /// Writes one row of texts as the types of the columns spell them; nil is NULL.
  public mutating func row(texts: [String?]) throws {
    for text in texts { try field(text) }
    try endRow()
  }

  /// Writes the next field of a row.
  public mutating func field(_ value: some PostgresEncodable) throws {
    guard var text = value.postgresText else { return null() }
    // The buffer of the string is used as it is, without a copy.
    let isClean = text.withUTF8 { append($0) }
    guard isClean else { throw refused() }
  }

  /// Writes the next field of a row from the bytes of its text in UTF-8.
  public mutating func field(bytes: UnsafeBufferPointer<UInt8>) throws {
    guard append(bytes) else { throw refused() }
  }

  /// Writes the next field of a row from the bytes of its text in UTF-8.
  public mutating func field(bytes: some Collection<UInt8>) throws {
    if let isClean = bytes.withContiguousStorageIfAvailable({ append($0) }) {
      guard isClean else { throw refused() }
    } else {
      try field(bytes: ContiguousArray(bytes))
    }
  }

  /// Writes NULL as the next field of a row.
  public mutating func null() {
    separate()
    buffer.append(UInt8(ascii: "\\"))
    buffer.append(UInt8(ascii: "N"))
  }

  /// Ends the row.
  public mutating func endRow() throws {
    buffer.append(UInt8(ascii: "\n"))
    rowStart = buffer.count
    column = 0
    rows += 1
    if buffer.count >= Self.chunk { try flush() }
  }

  /// Sends what is written so far; a row that was begun and not ended is an error.
  mutating func end() throws {
    guard column == 0 else {
      throw PostgresError(.usage, "row \(rows + 1) of the COPY was begun and not ended")
    }
    try flush()
  }

  private mutating func flush() throws {
    guard !buffer.isEmpty else { return }
    try buffer.withUnsafeBytes { try connection.putCopyData($0, within: silence) }
    buffer.removeAll(keepingCapacity: true)
    rowStart = 0
  }

  private mutating func separate() {
    if column > 0 { buffer.append(UInt8(ascii: "\t")) }
    column += 1
  }

  /// Appends the escaped bytes; false when one of them is NUL.
  private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    separate()
    var start = 0
    for index in bytes.indices {
      let escape: UInt8
      switch bytes[index] {
      case 0: return false
      case UInt8(ascii: "\t"): escape = UInt8(ascii: "t")
      case UInt8(ascii: "\n"): escape = UInt8(ascii: "n")
      case UInt8(ascii: "\r"): escape = UInt8(ascii: "r")
      case UInt8(ascii: "\\"): escape = UInt8(ascii: "\\")
      default: continue
      }
      buffer.append(contentsOf: bytes[start..<index])
      buffer.append(UInt8(ascii: "\\"))
      buffer.append(escape)
      start = index + 1
    }
    buffer.append(contentsOf: bytes[start...])
    return true
  }

  /// Takes the begun row back, so that a caller who goes on writes whole rows only.
  private mutating func refused() -> PostgresError {
    let place = column
    buffer.removeLast(buffer.count - rowStart)
    column = 0
    return PostgresError(
      .usage,
      "row \(rows + 1), column \(place) of the COPY holds the character U+0000, which PostgreSQL cannot store"
    )
  }
}
