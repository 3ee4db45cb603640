import Impact
import Publication

/// The rows of a reference table as a reader at a terminal sees them.
struct ReferenceText {
  private let table: ReferenceTable
  private let language: Language
  private let vocabulary: Vocabulary
  /// Columns said otherwise, or that say nothing of a number.
  private static let aside = ["source", "sureness", "note", "nature", "label_en", "sensitive", "is_official"]

  /// The words for a table, whose codes are told by the labels of the vocabulary.
  init(_ table: ReferenceTable, in vocabulary: Vocabulary, language: Language) {
    self.table = table
    self.vocabulary = vocabulary
    self.language = language
  }

  /// A heading that names the table and its columns, then a line a row.
  ///
  /// - Parameters:
  ///   - rows: the rows.
  ///   - only: the values of a column they were chosen by; a single one is said once, with the name of the file.
  /// - Returns: the lines.
  func lines(of rows: [ReferenceTable.Row], only: [String: [String]] = [:]) -> [String] {
    let french = language == .french
    let same = only.compactMapValues { $0.count == 1 ? $0[0] : nil }
    let shown = table.columns.filter { !ReferenceText.aside.contains($0.name) && same[$0.name] == nil }
    let common = same.sorted { $0.key < $1.key }.map { ", \($0.key) = \($0.value)" }.joined()
    let heading =
      table.title[language] + " (reference/\(table.name).csv\(common)" + (french ? " ; " : "; ")
      + shown.map { $0.title[language] }.joined(separator: " | ") + ")"
    guard !rows.isEmpty else {
      return [heading + (french ? " : aucune ligne en vigueur." : ": no row in force.")]
    }
    return [heading + (french ? " :" : ":")]
      + rows.map { row in
        let cells = shown.compactMap { column in
          table.cell(column.name, of: row).map { words($0, in: column.name) }
        }.filter { !$0.isEmpty }
        let sureness = table.cell("sureness", of: row).flatMap(Parameter.Sureness.init(rawValue:))
        return [
          cells.joined(separator: " | "),
          (french ? "depuis le " : "since ") + ReferenceText.date(row.validFrom, in: language),
          sureness?.words(in: language) ?? "", table.cell("source", of: row) ?? "",
        ].filter { !$0.isEmpty }.joined(separator: french ? " ; " : "; ") + "."
      }
  }
}

extension ReferenceText {
  /// The label of a code that is a word of ours; codes of others, in capitals or digits, stay as they are.
  private func words(_ code: String, in column: String) -> String {
    guard code.first?.isLowercase == true else {
      // What is typed in French is set in French.
      return language == .french
        ? ReferenceText.number(code.replacing("'", with: "’"), in: language) : code
    }
    let label = vocabulary.entities.lazy.compactMap { entity in
      entity.field(column)?.values.first { $0.code == code }?.label
    }.first
    return label?[language] ?? code
  }
}

extension ReferenceText {
  /// A day as a sheet writes it: `01/04/2025` in French, `2025-04-01` in English.
  static func date(_ day: Day, in language: Language) -> String {
    let (year, month, date) = day.components
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return language == .french ? "\(two(date))/\(two(month))/\(year)" : day.description
  }

  /// A number as the language writes it; any other text as it is.
  static func number(_ text: String, in language: Language) -> String {
    language == .french && text.wholeMatch(of: /-?[0-9]+\.[0-9]+/) != nil
      ? text.replacing(".", with: ",") : text
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
