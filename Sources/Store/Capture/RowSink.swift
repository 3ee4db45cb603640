internal import Impact
internal import Postgres

extension Archive {
  /// Where a reader of files puts its good rows: they go to the database as they come.
  ///
  /// Valid only inside the closure it is handed to.
  public struct RowSink: ~Copyable {
    // A value that cannot be copied cannot be lent to another either, except by its address.
    private let writer: UnsafeMutablePointer<BinaryCopyWriter>
    private let kinds: [FactSchema.Kind]
    /// The only lines taken; `nil`: all of them.
    private let only: Set<Int>?
    private var column = 0
    /// Rows put, taken or not.
    private(set) var offered = 0

    init(_ writer: UnsafeMutablePointer<BinaryCopyWriter>, _ schema: FactSchema, only: Set<Int>?) {
      self.writer = writer
      self.only = only
      kinds = schema.fields.map(\.kind)
    }

    /// Rows taken.
    var taken: Int { writer.pointee.rows }

    /// Puts a row: its line, and its cells as canonical text in the order of the schema.
    ///
    /// - Throws: ``NotCanonical``, or the database's error.
    public mutating func put(_ line: Int, _ cells: [String?]) throws {
      guard try begin(line) else { return }
      for cell in cells {
        guard var cell else {
          try field(nil)
          continue
        }
        try cell.withUTF8 { try field($0) }
      }
      try end()
    }

    /// Begins a row at a line of the file; `false` when it is not wanted and must not be gone on with.
    ///
    /// - Throws: ``NotCanonical`` when there are more lines than a store can count.
    public mutating func begin(_ line: Int) throws -> Bool {
      offered += 1
      if let only, !only.contains(line) { return false }
      guard let number = Int32(exactly: line) else { throw NotCanonical(column: 0) }
      writer.pointee.beginRow()
      writer.pointee.integer(number)
      column = 0
      return true
    }

    /// Puts the next cell of the begun row from the bytes of its canonical text; `nil` where nothing is known.
    ///
    /// - Throws: ``NotCanonical`` when the text is not one of the field's type.
    public mutating func field(_ bytes: UnsafeBufferPointer<UInt8>?) throws {
      defer { column += 1 }
      guard column < kinds.count else { throw NotCanonical(column: column) }
      guard let bytes else { return writer.pointee.null() }
      switch kinds[column] {
      case .string: try writer.pointee.text(bytes)
      case .number: try writer.pointee.numeric(bytes)
      case .integer:
        guard let value = Int32(String(decoding: bytes, as: UTF8.self)) else {
          throw NotCanonical(column: column)
        }
        writer.pointee.integer(value)
      case .boolean:
        guard bytes.count == 1, bytes[0] == 0x74 || bytes[0] == 0x66 else {
          throw NotCanonical(column: column)
        }
        writer.pointee.boolean(bytes[0] == 0x74)
      case .date, .yearmonth:
        guard let day = RowSink.day(bytes) else { throw NotCanonical(column: column) }
        writer.pointee.date(daysSinceEpoch: day.daysSinceEpoch)
      }
    }

    /// Ends the begun row.
    public mutating func end() throws { try writer.pointee.endRow() }

    // Written out, since it is done for every row.
    private static func day(_ bytes: UnsafeBufferPointer<UInt8>) -> Day? {
      guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
      var parts: (year: Int, month: Int, day: Int) = (0, 0, 0)
      for i in 0..<10 where i != 4 && i != 7 {
        let digit = Int(bytes[i]) - 0x30
        guard digit >= 0, digit <= 9 else { return nil }
        if i < 4 {
          parts.year = parts.year * 10 + digit
        } else if i < 7 {
          parts.month = parts.month * 10 + digit
        } else {
          parts.day = parts.day * 10 + digit
        }
      }
      return Day(parts.year, parts.month, parts.day)
    }

    /// A reader put a text that is none of the field's type: a defect of the reader.
    public struct NotCanonical: Error, CustomStringConvertible {
      /// The column, from 0.
      public var column: Int
      /// What is wrong.
      public var description: String { "column \(column + 1) of a row is not written canonically" }
    }
  }
}
