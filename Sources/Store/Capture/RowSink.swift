internal import Postgres

extension Archive {
  /// Where a reader of files puts its good rows: they go to the database as they come.
  ///
  /// Valid only inside the closure it is handed to.
  public struct RowSink: ~Copyable {
    // A value that cannot be copied cannot be lent to another either, except by its address.
    private let writer: UnsafeMutablePointer<CopyWriter>
    /// The only lines taken; `nil`: all of them.
    private let only: Set<Int>?
    /// Rows put, taken or not.
    private(set) var offered = 0

    init(_ writer: UnsafeMutablePointer<CopyWriter>, only: Set<Int>?) {
      self.writer = writer
      self.only = only
    }

    /// Rows taken.
    var taken: Int { writer.pointee.rows }

    /// Puts a row: its line, and its cells as canonical text in the order of the schema.
    public mutating func put(_ line: Int, _ cells: [String?]) throws {
      guard try begin(line) else { return }
      for cell in cells { try writer.pointee.field(cell) }
      try writer.pointee.endRow()
    }

    /// Begins a row at a line of the file; `false` when it is not wanted and must not be gone on with.
    public mutating func begin(_ line: Int) throws -> Bool {
      offered += 1
      if let only, !only.contains(line) { return false }
      try writer.pointee.field(line)
      return true
    }

    /// Puts the next cell of the begun row from the bytes of its canonical text; `nil` where nothing is known.
    public mutating func field(_ bytes: UnsafeBufferPointer<UInt8>?) throws {
      if let bytes { try writer.pointee.field(bytes: bytes) } else { writer.pointee.null() }
    }

    /// Ends the begun row.
    public mutating func end() throws { try writer.pointee.endRow() }
  }
}
