internal import CLibpq
internal import Glibc

/// Writes the rows of a `COPY … FROM STDIN (FORMAT binary)`: the server reads numbers and dates as they are
/// kept, which costs it about half of what reading their text does.
///
/// A row is ``beginRow()``, each of its columns in turn with the writer of the column's type, and ``endRow()``.
/// A column written as another type than its own is refused by the server, or read as nonsense: the types are
/// the caller's to know.
///
/// Rows can also be made before their COPY begins, and by another thread: those of ``init(columns:)`` stay in memory until
/// ``take()`` hands them over for ``append(_:)``.
public struct BinaryCopyWriter: ~Copyable {
  private static let chunk = 1 << 16

  /// Where rows are sent as they are written; `nil` keeps them.
  private let connection: Connection?
  private let silence: Duration?
  private let columns: Int
  // Memory of its own: a row is some dozen small pieces, and an array is asked for each of them whether it is shared.
  private var buffer: UnsafeMutableRawPointer
  private var capacity = Self.chunk * 2
  private var count = 0
  private var written = 0
  private var isInRow = false
  /// The rows written so far.
  public private(set) var rows = 0

  init(connection: Connection, silence: Duration?, columns: Int) {
    self.connection = connection
    self.silence = silence
    self.columns = columns
    buffer = .allocate(byteCount: capacity, alignment: 8)
    // Signature, no flags, no extension.
    let signature: [UInt8] = [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00]
    signature.withUnsafeBytes { append($0) }
    append(Int32(0))
    append(Int32(0))
  }

  /// Begins rows that are kept in memory.
  ///
  /// - Parameter columns: the number of columns of a row.
  public init(columns: Int) {
    connection = nil
    silence = nil
    self.columns = columns
    buffer = .allocate(byteCount: capacity, alignment: 8)
  }

  deinit { buffer.deallocate() }

  /// Hands over the rows kept in memory, and begins anew.
  ///
  /// - Returns: the rows.
  /// - Throws: a ``PostgresError`` of usage when a row was begun and not ended.
  public mutating func take() throws -> BinaryRows {
    guard !isInRow else { throw unfinished() }
    let taken = BinaryRows(columns: columns, rows: rows, UnsafeRawBufferPointer(start: buffer, count: count))
    buffer = .allocate(byteCount: Self.chunk, alignment: 8)
    capacity = Self.chunk
    count = 0
    rows = 0
    return taken
  }

  /// Writes rows made before.
  ///
  /// - Parameter more: the rows.
  /// - Throws: a ``PostgresError``, of usage when they have another number of columns or a row was begun and not ended.
  public mutating func append(_ more: BinaryRows) throws {
    guard !isInRow else { throw unfinished() }
    guard more.columns == columns else {
      throw PostgresError(.usage, "rows of \(more.columns) columns are none of a COPY of \(columns)")
    }
    rows += more.rows
    guard let connection else { return append(more.bytes) }
    try flush()
    var sent = 0
    while sent < more.bytes.count {
      let end = min(sent + Self.chunk, more.bytes.count)
      try connection.putCopyData(UnsafeRawBufferPointer(rebasing: more.bytes[sent..<end]), within: silence)
      sent = end
    }
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
    append(UnsafeRawBufferPointer(bytes))
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
    append(UInt8(value ? 1 : 0))
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
    guard dot > start, digits.count <= 1000 else { throw notANumber() }
    let scale = max(0, digits.count - dot - 1)
    // Four decimal digits a unit, counted from the dot both ways; zeros at either end are not sent.
    reserve(16 + digits.count)
    let head = count
    var end = head + 12
    var weight = (dot - start + 3) / 4 - 1
    var isEmpty = true
    var last = end
    var unit: UInt16 = 0
    var missing = (dot - start - 1) % 4 + 1
    for index in start..<digits.count where index != dot {
      let digit = digits[index] &- 0x30
      guard digit <= 9 else { throw notANumber() }
      unit = unit * 10 + UInt16(digit)
      missing -= 1
      // A fraction may end within a unit.
      if index == digits.count - 1, index > dot {
        while missing > 0 {
          unit *= 10
          missing -= 1
        }
      }
      guard missing == 0 else { continue }
      if isEmpty, unit == 0 {
        weight -= 1
      } else {
        isEmpty = false
        buffer.storeBytes(of: unit.bigEndian, toByteOffset: end, as: UInt16.self)
        end += 2
        if unit != 0 { last = end }
      }
      unit = 0
      missing = 4
    }
    header(Int32(last - head - 4))
    append(Int16((last - head - 12) / 2))
    append(Int16(isEmpty ? 0 : weight))
    append(Int16(bitPattern: isNegative && !isEmpty ? 0x4000 : 0))
    append(Int16(scale))
    count = last
  }

  private func notANumber() -> PostgresError {
    PostgresError(.usage, "row \(rows + 1), column \(written + 1) of the COPY is no number")
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
    if count >= Self.chunk { try flush() }
  }

  /// Sends what is written so far; a row that was begun and not ended is an error.
  mutating func end() throws {
    guard !isInRow else { throw unfinished() }
    append(Int16(-1))
    try flush()
  }

  private func unfinished() -> PostgresError {
    PostgresError(.usage, "row \(rows + 1) of the COPY was begun and not ended")
  }

  private mutating func flush() throws {
    guard let connection else { return }
    try connection.putCopyData(UnsafeRawBufferPointer(start: buffer, count: count), within: silence)
    count = 0
  }

  private mutating func header(_ length: Int32) {
    written += 1
    append(length)
  }

  @inline(__always) private mutating func append(_ value: some FixedWidthInteger) {
    let size = MemoryLayout.size(ofValue: value)
    reserve(size)
    buffer.storeBytes(of: value.bigEndian, toByteOffset: count, as: type(of: value))
    count += size
  }

  @inline(__always) private mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress else { return }
    reserve(bytes.count)
    (buffer + count).copyMemory(from: source, byteCount: bytes.count)
    count += bytes.count
  }

  @inline(__always) private mutating func reserve(_ more: Int) {
    if capacity - count < more { grow(by: more) }
  }

  @inline(never) private mutating func grow(by more: Int) {
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
    larger.copyMemory(from: buffer, byteCount: count)
    buffer.deallocate()
    buffer = larger
  }
}
