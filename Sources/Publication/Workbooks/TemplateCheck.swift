internal import CXLSXWriter
internal import Impact

/// What Excel itself refuses in a column, before the file is ever sent.
struct TemplateCheck {
  private let column: FactTemplate.Column
  private let list: String?

  /// - Parameters:
  ///   - column: what is filled in.
  ///   - list: the range of its list, when it is too long to stand in the check.
  init(_ column: FactTemplate.Column, list: String?) {
    self.column = column
    self.list = list
  }

  /// Adds the check to every cell below the header.
  func add(to sheet: Workbook.Sheet, at place: lxw_col_t, in book: Workbook) throws {
    var check = lxw_data_validation()
    check.ignore_blank = UInt8(LXW_VALIDATION_ON.rawValue)
    check.show_error = UInt8(LXW_VALIDATION_ON.rawValue)
    check.error_type = UInt8(LXW_VALIDATION_ERROR_TYPE_STOP.rawValue)
    check.error_title = book.keep("Valeur refusée")
    check.error_message = book.keep(TemplateWords(column).refusal)
    let last = lxw_row_t(LXW_ROW_MAX - 1)
    guard !column.codes.isEmpty else {
      guard setBounds(of: &check) else { return }
      try book.check(worksheet_data_validation_range(sheet, 1, place, last, place, &check))
      return
    }
    check.dropdown = UInt8(LXW_VALIDATION_ON.rawValue)
    if let list {
      check.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
      check.value_formula = book.keep(list)
      try book.check(worksheet_data_validation_range(sheet, 1, place, last, place, &check))
    } else {
      var codes: [UnsafeMutablePointer<CChar>?] = column.codes.map { book.keep($0.text) } + [nil]
      try codes.withUnsafeMutableBufferPointer { codes in
        check.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
        check.value_list = codes.baseAddress
        try book.check(worksheet_data_validation_range(sheet, 1, place, last, place, &check))
      }
    }
  }

  /// Sets type and bounds; `false` when any text will do.
  private func setBounds(of check: inout lxw_data_validation) -> Bool {
    let field = column.field
    check.criteria = UInt8(LXW_VALIDATION_CRITERIA_BETWEEN.rawValue)
    switch field.kind {
    case .integer, .number:
      let isWhole = field.kind == .integer
      check.validate = UInt8(
        isWhole ? LXW_VALIDATION_TYPE_INTEGER.rawValue : LXW_VALIDATION_TYPE_DECIMAL.rawValue)
      // Without bounds of its own a column still takes numbers only.
      let most: Double = isWhole ? 2_147_483_647 : 1e15
      check.minimum_number = field.minimum.flatMap { Double($0) } ?? -most
      check.maximum_number = field.maximum.flatMap { Double($0) } ?? most
    case .date, .yearmonth:
      check.validate = UInt8(LXW_VALIDATION_TYPE_DATE.rawValue)
      // The years the importer reads.
      check.minimum_datetime =
        TemplateCheck.day(field.minimum)
        ?? lxw_datetime(
          year: 1900, month: 1, day: 1, hour: 0, min: 0, sec: 0)
      check.maximum_datetime =
        TemplateCheck.day(field.maximum)
        ?? lxw_datetime(
          year: 2100, month: 12, day: 31, hour: 0, min: 0, sec: 0)
    case .string:
      guard let most = field.maximumLength else { return false }
      check.validate = UInt8(LXW_VALIDATION_TYPE_LENGTH.rawValue)
      check.minimum_number = 1
      check.maximum_number = Double(most)
    case .boolean: return false
    }
    return true
  }

  private static func day(_ text: String?) -> lxw_datetime? {
    let parts = (text ?? "").split(separator: "-").compactMap { Int32($0) }
    guard parts.count == 3 else { return nil }
    return lxw_datetime(year: parts[0], month: parts[1], day: parts[2], hour: 0, min: 0, sec: 0)
  }
}
