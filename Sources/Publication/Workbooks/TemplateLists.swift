internal import CXLSXWriter
internal import Impact

/// The sheet of the lists that are too long to stand in a check itself, each with what its codes mean.
struct TemplateLists {
  /// The name of the sheet.
  static let name = "Listes"
  /// The longest list a check can hold, in characters, commas included.
  static let inlineLimit = 255

  private var ranges: [String: String] = [:]

  /// Adds the sheet, if any column needs it.
  init(_ template: FactTemplate, in book: Workbook) throws {
    let long = template.columns.filter { !TemplateLists.fitsInline($0) }
    guard !long.isEmpty else { return }
    let sheet = try book.sheet(TemplateLists.name)
    let bold = try book.format { format_set_bold($0) }
    for (index, column) in long.enumerated() {
      let place = lxw_col_t(index * 2)
      try book.check(worksheet_set_column(sheet, place, place, 24, nil))
      try book.check(worksheet_set_column(sheet, place + 1, place + 1, 48, nil))
      try book.check(worksheet_write_string(sheet, 0, place, column.field.name, bold))
      for (line, code) in column.codes.enumerated() {
        let row = lxw_row_t(line + 1)
        // A list of numbers is matched with numbers only.
        if column.field.kind == .integer || column.field.kind == .number, let number = Double(code.text) {
          try book.check(worksheet_write_number(sheet, row, place, number, nil))
        } else {
          try book.check(worksheet_write_string(sheet, row, place, code.text, nil))
        }
        if let meaning = code.meaning {
          try book.check(worksheet_write_string(sheet, row, place + 1, meaning.french, nil))
        }
      }
      let letter = TemplateLists.letters(Int(place))
      ranges[column.field.name] =
        "=\(TemplateLists.name)!$\(letter)$2:$\(letter)$\(column.codes.count + 1)"
    }
    worksheet_freeze_panes(sheet, 1, 0)
  }

  /// Where a column's list stands; `nil` when it stands in the check.
  func range(of column: String) -> String? { ranges[column] }

  private static func fitsInline(_ column: FactTemplate.Column) -> Bool {
    // A comma in a code would part it in two.
    !column.codes.contains { $0.text.contains(",") }
      && column.codes.map(\.text).joined(separator: ",").utf16.count <= inlineLimit
  }

  /// `A` for 0, `AA` for 26.
  private static func letters(_ index: Int) -> String {
    let last = Character(UnicodeScalar(UInt8(0x41 + index % 26)))
    return index < 26 ? String(last) : letters(index / 26 - 1) + String(last)
  }
}
