/// The columns of a file while it is read: which field each is, what reads its cells, how many of them say something.
///
/// Asked for every cell, so they are plain memory: an array of readers would have one retained and released for each.
final class ReadColumns {
  private struct Column {
    var field: Int
    /// `nil` for a column that is not read.
    var reader: Unmanaged<CellReader>?
    var filled: Int
  }

  /// The number of columns.
  let count: Int
  // Holds the readers the columns name.
  private let readers: [CellReader]
  private let columns: UnsafeMutablePointer<Column>

  /// - Parameters:
  ///   - fields: the field of each column, `nil` where it has none.
  ///   - readers: what reads each field.
  init(_ fields: [Int?], _ readers: [CellReader]) {
    count = fields.count
    self.readers = readers
    columns = .allocate(capacity: max(fields.count, 1))
    for (column, field) in fields.enumerated() {
      let reader = field.map { Unmanaged.passUnretained(readers[$0]) }
      (columns + column).initialize(to: Column(field: field ?? -1, reader: reader, filled: 0))
    }
  }

  deinit { columns.deallocate() }

  /// The field of a column and what reads its cells, which lives as long as this does.
  subscript(column: Int) -> (field: Int, reader: Unmanaged<CellReader>?) {
    precondition(column >= 0 && column < count)
    return (columns[column].field, columns[column].reader)
  }

  /// Counts a cell that says something.
  func count(_ column: Int) {
    precondition(column >= 0 && column < count)
    columns[column].filled += 1
  }

  /// Cells of a column that say something.
  func filled(_ column: Int) -> Int {
    precondition(column >= 0 && column < count)
    return columns[column].filled
  }
}
