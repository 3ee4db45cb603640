internal import CXLSXWriter
internal import Impact

/// The sheet that explains how to fill in the other one.
struct TemplateGuide {
  /// The name of the sheet.
  static let name = "Mode d’emploi"

  private let template: FactTemplate

  init(_ template: FactTemplate) { self.template = template }

  func write(to sheet: Workbook.Sheet, in book: Workbook) throws {
    let title = try book.format { format in
      format_set_bold(format)
      format_set_font_size(format, 14)
    }
    let bold = try book.format { format in
      format_set_bold(format)
      format_set_text_wrap(format)
      format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
      format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
    }
    let plain = try book.format { format in
      format_set_text_wrap(format)
      format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
      // A code of digits is shown as it is written.
      format_set_num_format(format, "@")
    }
    worksheet_set_landscape(sheet)
    worksheet_set_paper(sheet, 9)  // A4
    worksheet_fit_to_pages(sheet, 1, 0)
    for (column, width) in [22.0, 46, 46, 40, 40, 16, 26, 26].enumerated() {
      try book.check(worksheet_set_column(sheet, lxw_col_t(column), lxw_col_t(column), width, nil))
    }
    var row: lxw_row_t = 0
    func line(_ cells: [String?], _ format: Workbook.Format) throws {
      for (column, cell) in cells.enumerated() {
        guard let cell else { continue }
        try book.check(worksheet_write_string(sheet, row, lxw_col_t(column), Numbers.typeset(cell), format))
      }
      row += 1
    }
    try line(["\(template.title.french) / \(template.title.english)"], title)
    row += 1
    for rule in rules { try line([nil, rule.french, rule.english], plain) }
    row += 1
    try line(
      [
        "Colonne / Column", "Sens", "Meaning", "Format", "Format (English)", "Exemple / Example",
        "Obligatoire", "Required",
      ], bold)
    for column in template.columns {
      let words = TemplateWords(column)
      let isKey = column.isKey ? Localized(fr: "fait partie de la clé", en: "part of the key") : nil
      let facts = [words.format, words.reference, isKey].compactMap(\.self)
      try line(
        [
          column.field.name, column.field.title.french, column.field.title.english,
          facts.map(\.french).joined(separator: " ; "), facts.map(\.english).joined(separator: "; "),
          words.example,
          words.required.french, words.required.english,
        ], plain)
    }
    row += 1
    let coded = template.columns.filter { !$0.codes.isEmpty && $0.field.kind != .boolean }
    guard !coded.isEmpty else { return }
    try line(["Colonne / Column", "Sens du code", "Meaning of the code", "Code"], bold)
    for column in coded {
      for code in column.codes {
        try line(
          [column.field.name, code.meaning?.french ?? "–", code.meaning?.english ?? "–", code.text], plain)
      }
    }
  }

  /// What to do when there is nothing to say.
  private var silence: [Localized] {
    guard template.isOfCooperation else { return [] }
    return [
      Localized(
        fr:
          "Rien à déclarer ? Envoyer la feuille sans aucune ligne : tant qu’elle n’est jamais venue, personne ne sait "
          + "s’il n’y a rien eu.",
        en:
          "Nothing to report? Send the sheet without a row: as long as it never came, nobody knows whether nothing "
          + "happened.")
    ]
  }

  /// What holds for the whole sheet.
  private var rules: [Localized] {
    let key = template.key.joined(separator: ", ")
    let references = template.columns.filter { $0.reference != nil }
    return [
      Localized(
        fr: "Remplir la feuille « \(template.name) », une ligne par cas, sans changer la première ligne. "
          + "Les colonnes en gras sur fond sombre sont obligatoires ; les autres restent vides quand on ne sait pas.",
        en:
          "Fill in the sheet “\(template.name)”, one case a row, and leave its first row as it is. Columns in "
          + "bold on a dark ground are required; the others stay empty when the answer is not known."),
      Localized(
        fr: "Vide veut dire inconnu ; zéro veut dire zéro. Ne pas écrire N/C, – ou néant.",
        en: "Empty means unknown; zero means zero. Do not write N/A, – or none."),
    ]
      + silence + [
        Localized(
          fr:
            "Deux lignes ne peuvent avoir les mêmes valeurs dans : \(key). Pour corriger une ligne, la renvoyer avec "
            + "ces mêmes valeurs et les autres corrigées.",
          en:
            "Two rows cannot have the same values in: \(key). To correct a row, send it again with these same "
            + "values and the others corrected.")
      ]
      + references.map { column in
        let entity = column.reference ?? ""
        return Localized(
          fr:
            "Chaque « \(column.field.name) » doit être connu par le fichier \(entity), envoyé avant celui-ci.",
          en: "Each “\(column.field.name)” must be known from the file \(entity), sent before this one.")
      } + [
        Localized(
          fr: "Une colonne dont le nom commence par _ n’est pas lue : elle peut servir à des remarques.",
          en: "A column whose name begins with _ is not read: it may hold remarks."), FactTemplate.privacy,
      ]
  }
}
