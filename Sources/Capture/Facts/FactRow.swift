/// One row of an import file, ready to be recorded.
public struct FactRow: Hashable, Sendable {
  /// The line the row begins at.
  public var line: Int
  private let cells: CellTexts

  /// A row with its values.
  public init(line: Int, values: [String?]) {
    self.line = line
    var cells = CellTexts(count: values.count)
    for (field, value) in values.enumerated() {
      guard let value else { continue }
      let start = cells.bytes.count
      cells.bytes += Array(value.utf8)
      cells.close(field, from: start)
    }
    self.cells = cells
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
    withBytes(of: field) { bytes in bytes.map { String(decoding: $0, as: UTF8.self) } }
  }

  /// Gives the bytes of a field's canonical text in UTF-8; `nil` where nothing is known.
  public func withBytes<Result>(
    of field: Int, _ body: (UnsafeBufferPointer<UInt8>?) throws -> Result
  ) rethrows -> Result {
    try cells.withBytes(of: field, body)
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

/// The texts of a row's cells in one stretch of bytes, made anew for each row without a new allocation.
struct CellTexts: Sendable {
  var bytes: [UInt8] = []
  private var places: [Range<Int>]

  init(count: Int) { places = Array(repeating: 0..<0, count: count) }

  var count: Int { places.count }

  /// Whether a byte outside ASCII is among them.
  var hasForeign: Bool { bytes.contains { $0 >= 0x80 } }

  mutating func reset() {
    bytes.removeAll(keepingCapacity: true)
    for i in places.indices { places[i] = 0..<0 }
  }

  /// Makes the bytes from `start` on those of a field.
  mutating func close(_ field: Int, from start: Int) { places[field] = start..<bytes.count }

  // A canonical text is never empty: no bytes is nothing known.
  func withBytes<Result>(
    of field: Int, _ body: (UnsafeBufferPointer<UInt8>?) throws -> Result
  ) rethrows -> Result {
    let place = places[field]
    guard !place.isEmpty else { return try body(nil) }
    return try bytes.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[place])) }
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
