import Impact
import Publication

/// The rows of a reference table as a reader at a terminal sees them.
struct ReferenceText {
  private let table: ReferenceTable
  private let language: Language
  /// Columns said otherwise, or that say nothing of a number.
  private static let aside = ["source", "sureness", "note", "nature", "label_en", "sensitive", "is_official"]

  init(_ table: ReferenceTable, language: Language) {
    self.table = table
    self.language = language
  }

  /// A heading that names the table and its columns, then a line a row; nothing without a row.
  func lines(of rows: [ReferenceTable.Row]) -> [String] {
    let french = language == .french
    let shown = table.columns.filter { !ReferenceText.aside.contains($0.name) }
    let heading =
      table.title[language] + " (reference/\(table.name).csv ; "
      + shown.map { $0.title[language] }.joined(separator: ", ") + ")"
    guard !rows.isEmpty else {
      return [heading + (french ? " : aucune ligne en vigueur." : ": no row in force.")]
    }
    return [heading + (french ? " :" : ":")]
      + rows.map { row in
        let cells = shown.compactMap { table.cell($0.name, of: row) }.filter { !$0.isEmpty }
        let sureness = table.cell("sureness", of: row).flatMap(Parameter.Sureness.init(rawValue:))
        return [
          cells.joined(separator: ", "),
          (french ? "depuis le " : "since ") + row.validFrom.description,
          sureness?.words(in: language) ?? "", table.cell("source", of: row) ?? "",
        ].filter { !$0.isEmpty }.joined(separator: " ; ") + "."
      }
  }
}

extension Parameter.Sureness {
  /// How sure a value is, in words.
  func words(in language: Language) -> String {
    switch self {
    case .official: language == .french ? "texte officiel" : "official text"
    case .secondary: language == .french ? "source secondaire" : "secondary source"
    case .inference: language == .french ? "déduit" : "inferred"
    case .weak: language == .french ? "à confirmer" : "to be confirmed"
    }
  }
}
