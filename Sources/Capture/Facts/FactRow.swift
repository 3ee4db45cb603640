/// One row of an import file, ready to be recorded.
public struct FactRow: Hashable, Sendable {
  /// The line the row begins at.
  public var line: Int
  private let cells: CellTexts

  /// A row with its values.
  public init(line: Int, values: [String?]) {
    self.line = line
    cells = CellTexts(count: values.count)
    for (field, value) in values.enumerated() {
      guard let value else { continue }
      cells.put(field, value)
    }
  }

  init(line: Int, cells: CellTexts) {
    self.line = line
    self.cells = cells
  }

  /// Canonical texts in the order of the schema's fields; `nil` where nothing is known.
  public var values: [String?] { (0..<count).map { self[$0] } }

  /// The number of fields.
  public var count: Int { cells.count }

  /// The canonical text of a field; `nil` where nothing is known.
  public subscript(field: Int) -> String? {
    cells[field].map { String(decoding: $0, as: UTF8.self) }
  }

  /// Gives the bytes of each field's canonical text in UTF-8, in order; `nil` where nothing is known.
  public func forEachCell(_ body: (UnsafeBufferPointer<UInt8>?) throws -> Void) rethrows {
    for field in 0..<cells.count { try body(cells[field]) }
  }

  /// The same cells are the same row, whatever order they were read in.
  public static func == (left: FactRow, right: FactRow) -> Bool {
    left.line == right.line && left.values == right.values
  }

  /// Adds what makes rows equal.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(line)
    hasher.combine(values)
  }
}

/// The texts of a row's cells in one stretch of bytes, used again for the next row once nobody holds this one.
///
/// Sent between threads only inside a row, and a row's cells never change: the reader that fills them asks first
/// whether it is the only one to hold them.
final class CellTexts: @unchecked Sendable {
  @exclusivity(unchecked) var bytes = ByteBuffer()
  /// Whether a byte outside ASCII is among them.
  @exclusivity(unchecked) private(set) var hasForeign = false
  let count: Int
  private let places: UnsafeMutablePointer<(start: Int, end: Int)>

  init(count: Int) {
    self.count = count
    places = .allocate(capacity: max(count, 1))
    places.initialize(repeating: (0, 0), count: count)
  }

  deinit { places.deallocate() }

  func reset() {
    bytes.removeAll()
    hasForeign = false
    for field in 0..<count { places[field] = (0, 0) }
  }

  /// Makes the bytes from `start` on those of a field.
  func close(_ field: Int, from start: Int) {
    precondition(field >= 0 && field < count)
    places[field] = (start, bytes.count)
  }

  /// The same with a text.
  func put(_ field: Int, _ text: String) {
    let start = bytes.count
    for byte in text.utf8 {
      if byte >= 0x80 { hasForeign = true }
      bytes.append(byte)
    }
    close(field, from: start)
  }

  /// The bytes of a field, valid until the cells change; `nil` when there are none: a canonical text is never
  /// empty.
  subscript(field: Int) -> UnsafeBufferPointer<UInt8>? {
    precondition(field >= 0 && field < count)
    let place = places[field]
    guard place.end > place.start else { return nil }
    return UnsafeBufferPointer(rebasing: bytes.bytes[place.start..<place.end])
  }

  /// Whether a text holds signs of UTF-8 encoded twice.
  static func isTwiceEncoded(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var last: (UInt8, UInt8, UInt8) = (0, 0, 0)
    for byte in bytes {
      if last == (0xC3, 0x83, 0xC2), byte >= 0xA0 { return true }
      last = (last.1, last.2, byte)
    }
    return false
  }
}
