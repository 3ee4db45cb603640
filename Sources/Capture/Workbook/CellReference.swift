/// The names spreadsheets give cells: `B5`.
enum CellReference {
  /// Most rows and columns of a worksheet.
  static let lastRow = 1_048_576
  static let lastColumn = 16_384

  /// The column, from 0, and the row, from 1, of `B5`; `nil` beyond the last cell a spreadsheet has.
  static func place(_ reference: String) -> (column: Int, row: Int)? {
    var column = 0
    var row = 0
    for byte in reference.utf8 {
      switch byte {
      case 0x41...0x5A where row == 0: column = column * 26 + Int(byte - 0x40)
      case 0x30...0x39 where column > 0: row = row * 10 + Int(byte - 0x30)
      default: return nil
      }
      guard column <= lastColumn, row <= lastRow else { return nil }
    }
    return column > 0 && row > 0 ? (column - 1, row) : nil
  }

  /// The letters of a column counted from 0.
  static func letters(of column: Int) -> String {
    var letters: [UInt8] = []
    var rest = column + 1
    while rest > 0 {
      letters.append(UInt8(0x41 + (rest - 1) % 26))
      rest = (rest - 1) / 26
    }
    return String(decoding: letters.reversed(), as: UTF8.self)
  }
}
