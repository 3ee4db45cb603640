internal import CXLSXWriter
internal import Impact

/// A template as a workbook: the sheet to fill in, its lists, and how to fill it in.
struct TemplateWorkbook {
  private let template: FactTemplate

  init(_ template: FactTemplate) { self.template = template }

  /// The bytes of the workbook; the same template is the same bytes.
  func bytes() throws -> [UInt8] {
    let book = try Workbook(title: "\(template.title.french) / \(template.title.english)")
    let sheet = try book.sheet(template.name)
    let guide = try book.sheet(TemplateGuide.name)
    let lists = try TemplateLists(template, in: book)
    worksheet_set_comments_author(sheet, "jvs")
    worksheet_freeze_panes(sheet, 1, 0)
    let header = try HeaderFormats(book)
    for (index, column) in template.columns.enumerated() {
      let place = lxw_col_t(index)
      try book.check(
        worksheet_set_column(sheet, place, place, width(of: column), try format(of: column.field, in: book)))
      try book.check(
        worksheet_write_string(
          sheet, 0, place, column.field.name, column.field.isRequired ? header.required : header.optional))
      try note(on: column, at: place, of: sheet, in: book)
      try TemplateCheck(column, list: lists.range(of: column.field.name)).add(to: sheet, at: place, in: book)
    }
    try TemplateGuide(template).write(to: guide, in: book)
    worksheet_activate(sheet)
    return try book.bytes()
  }

  private func width(of column: FactTemplate.Column) -> Double {
    let longest = ([column.field.name, column.field.example ?? ""] + column.codes.map(\.text)).map(\.count)
      .max()
    return Double(min(max(longest ?? 0, 10) + 3, 40))
  }

  /// Texts are kept as texts, so that 00822 keeps its zeros; days and months are shown as the importer reads
  /// them when the sheet is saved as CSV.
  private func format(of field: FactSchema.Field, in book: Workbook) throws -> Workbook.Format {
    try book.format { format in
      switch field.kind {
      case .string, .boolean: format_set_num_format_index(format, 49)  // text
      case .integer: format_set_num_format_index(format, 1)  // whole
      case .number: break
      case .date: format_set_num_format(format, "dd/mm/yyyy")
      case .yearmonth: format_set_num_format(format, "yyyy-mm")
      }
    }
  }

  private func note(
    on column: FactTemplate.Column, at place: lxw_col_t, of sheet: Workbook.Sheet, in book: Workbook
  ) throws {
    let words = TemplateWords(column)
    let lines = [
      column.field.title.french, column.field.title.english, "",
      "Type : \(words.format.french) / \(words.format.english)",
      words.example.map { "Exemple / Example: \($0)" },
      "\(words.required.french) / \(words.required.english)",
      words.reference.map { "\($0.french) / \($0.english)" },
    ].compactMap(\.self).map(Numbers.typeset)
    var options = lxw_comment_options()
    options.width = 340
    options.height = UInt16(40 + 16 * lines.map { 1 + $0.count / 52 }.reduce(0, +))
    try book.check(worksheet_write_comment_opt(sheet, 0, place, lines.joined(separator: "\n"), &options))
  }
}

/// The looks of the names of columns: a required one differs by its shape too, not only by its colour.
private struct HeaderFormats {
  let required: Workbook.Format
  let optional: Workbook.Format

  init(_ book: Workbook) throws {
    required = try book.format { format in
      format_set_bold(format)
      format_set_font_color(format, 0xFFFFFF)
      format_set_bg_color(format, 0x1F4E5F)
      format_set_bottom(format, UInt8(LXW_BORDER_THICK.rawValue))
    }
    optional = try book.format { format in
      format_set_italic(format)
      format_set_bg_color(format, 0xE6EEF1)
      format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
    }
  }
}
