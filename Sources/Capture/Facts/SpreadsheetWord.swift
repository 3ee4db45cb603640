/// A word a spreadsheet or its user writes where a value is missing.
enum SpreadsheetWord {
  /// `#N/A` and the like.
  case error
  /// `N/C` and the like.
  case placeholder

  private static let errors: Set<String> = [
    "#N/A", "#REF!", "#VALUE!", "#VALEUR!", "#DIV/0!", "#NAME?", "#NOM?", "#NULL!", "#NUL!", "#NUM!",
    "#NOMBRE!",
    "#SPILL!", "#CALC!", "#########",
  ]
  private static let placeholders: Set<String> = [
    "N/C", "N/A", "NC", "NA", "N.C.", "N.A.", "NR", "ND", "N/D", "-", "--", "?", "NULL", "NONE", "VIDE",
    "INCONNU",
  ]

  /// - Parameter word: the whole cell, in capitals.
  init?(_ word: String) {
    if SpreadsheetWord.errors.contains(word) {
      self = .error
    } else if SpreadsheetWord.placeholders.contains(word) {
      self = .placeholder
    } else {
      return nil
    }
  }
}
