/// Rows of a binary COPY, made before it begins.
public final class BinaryRows: @unchecked Sendable {
  // Unchecked: nothing changes the memory from its making to its end.
  let bytes: UnsafeRawBufferPointer
  let columns: Int
  /// How many rows.
  public let rows: Int

  /// Takes over the memory.
  init(columns: Int, rows: Int, _ bytes: UnsafeRawBufferPointer) {
    self.columns = columns
    self.rows = rows
    self.bytes = bytes
  }

  deinit { bytes.deallocate() }
}
