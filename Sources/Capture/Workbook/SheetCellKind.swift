internal import Impact

/// What a cell was in the sheet.
enum SheetCellKind {
  case text, number, date, month, time
  case error, uncomputed, tooLong, outOfCalendar

  /// Why such a cell cannot stand in a field, or `nil` when its text decides.
  func refusal(as field: FactSchema.Field) -> CellReader.Problem? {
    func problem(_ code: String, fr french: String, en english: String) -> CellReader.Problem {
      CellReader.Problem(code: code, message: Localized(fr: french, en: english))
    }
    let expected =
      switch field.kind {
      case .string: Localized(fr: "un texte", en: "a text")
      case .integer: Localized(fr: "un nombre entier", en: "a whole number")
      case .number: Localized(fr: "un nombre", en: "a number")
      case .boolean: Localized(fr: "oui ou non", en: "yes or no")
      case .date: Localized(fr: "une date", en: "a date")
      case .yearmonth: Localized(fr: "un mois", en: "a month")
      }
    switch self {
    case .text, .number: return nil
    case .error:
      return problem(
        "spreadsheet-error",
        fr: "une erreur de tableur se trouve ici ; corriger la formule et enregistrer de nouveau",
        en: "a spreadsheet error stands here; correct the formula and save the file again")
    case .uncomputed:
      return problem(
        "formula",
        fr: "une formule jamais calculée se trouve ici ; ouvrir le fichier dans un tableur et l’enregistrer",
        en: "a formula stands here that was never computed; open the file in a spreadsheet and save it")
    case .tooLong:
      return problem(
        "number",
        fr:
          "ce nombre a plus de 15 chiffres et le tableur a remplacé les derniers ; donner le format texte à la colonne et le retaper",
        en:
          "this number has more than 15 digits, and a spreadsheet has replaced the last ones; give the column the text format and type it again"
      )
    case .outOfCalendar:
      return problem(
        "range", fr: "une date dont l’année n’est pas entre 1900 et 2100 se trouve ici ; la corriger",
        en: "a date whose year is not between 1900 and 2100 stands here; correct it")
    case .time:
      return problem(
        "time",
        fr:
          "une heure ou une durée se trouve où il faut \(expected.french) ; écrire les heures en nombre décimal, comme 35,5",
        en:
          "a time or a duration stands where \(expected.english) is expected; write hours as a decimal number, like 35.5"
      )
    case .date where field.kind == .date || field.kind == .yearmonth: return nil
    case .month where field.kind == .yearmonth: return nil
    case .month where field.kind == .date:
      return problem(
        "date", fr: "un mois se trouve où il faut une date ; écrire comme 31/12/2025",
        en: "a month stands where a date is expected; write it like 31/12/2025")
    case .date, .month:
      return problem(
        "date",
        fr:
          "le tableur tient une date où il faut \(expected.french), comme il fait de textes tels que 3-4 ; donner le format texte à la colonne et retaper",
        en:
          "the spreadsheet holds a date where \(expected.english) is expected, as it does with texts like 3-4; give the column the text format and type it again"
      )
    }
  }
}
