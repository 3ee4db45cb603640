internal import CLibpq
internal import Glibc

/// Writes the rows of a `COPY … FROM STDIN (FORMAT binary)`: the server reads numbers and dates as they are
/// kept, which costs it about half of what reading their text does.
///
/// A row is ``beginRow()``, each of its columns in turn with the writer of the column's type, and ``endRow()``.
/// A column written as another type than its own is refused by the server, or read as nonsense: the types are
/// the caller's to know.
public struct BinaryCopyWriter: ~Copyable {
  private static let chunk = 1 << 16

  private let connection: Connection
  private let silence: Duration?
  private let columns: Int
  private var buffer: [UInt8] = []
  private var written = 0
  private var isInRow = false
  /// The rows written so far.
  public private(set) var rows = 0

  init(connection: Connection, silence: Duration?, columns: Int) {
    self.connection = connection
    self.silence = silence
    self.columns = columns
    buffer.reserveCapacity(Self.chunk * 2)
    // Signature, no flags, no extension.
    buffer += [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00]
    append(Int32(0))
    append(Int32(0))
  }

  /// Begins a row.
  public mutating func beginRow() {
    append(Int16(truncatingIfNeeded: columns))
    written = 0
    isInRow = true
  }

  /// Writes NULL as the next column.
  public mutating func null() { header(-1) }

  /// Writes the next column of type `text` from its bytes in UTF-8.
  public mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    if let start = bytes.baseAddress, memchr(start, 0, bytes.count) != nil {
      throw PostgresError(
        .usage,
        "row \(rows + 1), column \(written + 1) of the COPY holds the character U+0000, which PostgreSQL cannot store"
      )
    }
    header(Int32(bytes.count))
    buffer.append(contentsOf: bytes)
  }

  /// Writes the next column of type `integer`.
  public mutating func integer(_ value: Int32) {
    header(4)
    append(value)
  }

  /// Writes the next column of type `integer`, or NULL; a number too large traps.
  public mutating func integer(_ value: Int?) {
    if let value { integer(Int32(value)) } else { null() }
  }

  /// Writes the next column of type `double precision`, or NULL.
  public mutating func double(_ value: Double?) {
    guard let value else { return null() }
    header(8)
    append(value.bitPattern)
  }

  /// Writes the next column of type `text`, or NULL.
  public mutating func text(_ value: String?) throws {
    guard var value else { return null() }
    try value.withUTF8 { try text($0) }
  }

  /// Writes the next column of type `boolean`.
  public mutating func boolean(_ value: Bool) {
    header(1)
    buffer.append(value ? 1 : 0)
  }

  /// Writes the next column of type `date`, as days since 1970-01-01.
  public mutating func date(daysSinceEpoch: Int) {
    header(4)
    append(Int32(truncatingIfNeeded: daysSinceEpoch - 10_957))  // the server counts from 2000-01-01
  }

  /// Writes the next column of type `numeric` from digits with at most one dot and a minus sign before them.
  public mutating func numeric(_ digits: UnsafeBufferPointer<UInt8>) throws {
    let isNegative = digits.first == UInt8(ascii: "-")
    let start = isNegative ? 1 : 0
    let dot = digits[start...].firstIndex(of: UInt8(ascii: ".")) ?? digits.count
    let scale = max(0, digits.count - dot - 1)
    guard dot > start, digits.count <= 1000,
      digits.indices.allSatisfy({ $0 < start || $0 == dot || digits[$0] &- 0x30 <= 9 })
    else {
      throw PostgresError(.usage, "row \(rows + 1), column \(written + 1) of the COPY is no number")
    }
    // Four decimal digits a unit, counted from the dot both ways.
    let wholeUnits = (dot - start + 3) / 4
    let units = wholeUnits + (scale + 3) / 4
    func digit(_ place: Int) -> Int {
      // Place 0 is the first digit after the dot, -1 the last before it.
      let index = place < 0 ? dot + place : dot + 1 + place
      return index >= start && index < digits.count ? Int(digits[index] - 0x30) : 0
    }
    func unit(_ number: Int) -> Int {
      let first = (number - wholeUnits) * 4
      return ((digit(first) * 10 + digit(first + 1)) * 10 + digit(first + 2)) * 10 + digit(first + 3)
    }
    var low = 0
    var high = units
    while low < high, unit(low) == 0 { low += 1 }
    while high > low, unit(high - 1) == 0 { high -= 1 }
    let count = high - low
    header(Int32(8 + count * 2))
    append(Int16(count))
    append(Int16(count == 0 ? 0 : wholeUnits - 1 - low))
    append(Int16(bitPattern: isNegative && count > 0 ? 0x4000 : 0))
    append(Int16(scale))
    for number in low..<high { append(Int16(unit(number))) }
  }

  /// Ends the row.
  ///
  /// - Throws: a ``PostgresError`` of usage when it has too few or too many columns.
  public mutating func endRow() throws {
    guard isInRow, written == columns else {
      throw PostgresError(.usage, "row \(rows + 1) of the COPY has \(written) of \(columns) columns")
    }
    isInRow = false
    rows += 1
    if buffer.count >= Self.chunk { try flush() }
  }

  /// Sends what is written so far; a row that was begun and not ended is an error.
  mutating func end() throws {
    guard !isInRow else {
      throw PostgresError(.usage, "row \(rows + 1) of the COPY was begun and not ended")
    }
    append(Int16(-1))
    try flush()
  }

  private mutating func flush() throws {
    try connection.putCopyData(buffer, within: silence)
    buffer.removeAll(keepingCapacity: true)
  }

  private mutating func header(_ length: Int32) {
    written += 1
    append(length)
  }

  private mutating func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.bigEndian) { buffer.append(contentsOf: $0) }
  }
}
