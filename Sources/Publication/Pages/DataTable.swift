internal import Impact

/// A table of figures inside a labelled, focusable region, which scrolls or folds where the screen is narrower.
///
/// Folded, each row is a block: its heading, then its cells in their order, each with the name of its column. What matters
/// most therefore stands in the first columns. A display of another kind takes a table's meaning from it in some browsers;
/// the roles of a table that folds give it back to whoever hears it.
struct DataTable {
  /// How a table is shown where its columns have no room beside each other.
  enum Fold: String {
    /// Each cell under the name of its column, side by side as they fit.
    case cells = "fold"
    /// As `cells`, for rows whose heading is a sentence.
    case sentences = "fold prose"
    /// As `cells`, three short ones side by side.
    case shortCells = "fold brief"
    /// The first cell on the line of the row's heading, the others in running text: for long series of short rows.
    case lines = "fold line"
  }

  /// The columns whose names the style sheet hands to their cells.
  static let named = 8

  /// A column: its name, and how it is shown.
  struct Column {
    /// What it is called; folded, what each of its cells is called.
    var name: String
    /// What stands above it when that is more than its name.
    var heading: Markup?
    /// Whether it holds numbers, which stand right.
    var isNumber = false
    /// Whether its cells take the whole width when folded; a narrow one that follows may then stand before it.
    var isWide = false
  }

  /// A cell, with its class if it has one.
  struct Cell {
    var content: Markup
    var kind: String?
  }

  var caption: String
  /// The class of the table.
  var kind: String?
  /// The first is that of the rows' headings.
  var columns: [Column]
  var rows: [[Cell]]
  /// `nil` where the columns fit: then the table only scrolls.
  var fold: Fold?

  /// Said once for the table where every column but the first is of numbers.
  private var isAllNumbers: Bool { columns.count > 1 && columns.dropFirst().allSatisfy(\.isNumber) }

  var markup: Markup {
    let kinds = [kind, isAllNumbers ? "nums" : nil, fold?.rawValue].compactMap(\.self)
    return H.div(.class("scroll"), .role("region"), Attribute("tabindex", "0"), .label(caption)) {
      H.table(kinds.isEmpty ? nil : .class(kinds.joined(separator: " ")), role("table"), names) {
        H.caption(text: caption)
        H.thead(role("rowgroup")) {
          H.tr(role("row")) {
            for column in columns {
              H.th(heading("columnheader", "col"), kind(of: column, nil)) {
                column.heading ?? .text(column.name)
              }
            }
          }
        }
        H.tbody(role("rowgroup")) { for row in rows { markup(of: row) } }
      }
    }
  }

  private func markup(of row: [Cell]) -> Markup {
    H.tr(role("row")) {
      for (index, (cell, column)) in zip(row, columns).enumerated() {
        if index == 0 {
          H.th(heading("rowheader", "row"), kind(of: column, cell)) { cell.content }
        } else {
          H.td(role("cell"), kind(of: column, cell), name(of: column, at: index)) { cell.content }
        }
      }
    }
  }

  private func role(_ name: String) -> Attribute? { fold == nil ? nil : .role(name) }

  /// What a heading is of, said once: a role says it as well as a scope.
  private func heading(_ name: String, _ scope: String) -> Attribute { role(name) ?? .scope(scope) }

  /// The names of the columns, once for the table: the style sheet gives each cell its own.
  private var names: Attribute? {
    guard fold != nil else { return nil }
    return .style(
      columns.enumerated().dropFirst().prefix(Self.named - 1).map { index, column in
        "--h\(index + 1):\(Self.string(column.name))"
      }.joined(separator: ";"))
  }

  /// The name of a column the style sheet has no place for, said in the cell.
  private func name(of column: Column, at index: Int) -> Attribute? {
    fold == nil || index < Self.named ? nil : .style("--h:\(Self.string(column.name))")
  }

  /// A text as CSS writes it.
  private static func string(_ text: String) -> String {
    var out = "'"
    for scalar in text.unicodeScalars {
      switch scalar {
      case "'", "\\": out += "\\\(scalar)"
      case _ where scalar.value < 0x20: out += "\\\(String(scalar.value, radix: 16)) "
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "'"
  }

  private func kind(of column: Column, _ cell: Cell?) -> Attribute? {
    let kinds = [
      column.isNumber && !isAllNumbers ? "num" : nil, column.isWide && cell != nil ? "all" : nil, cell?.kind,
    ].compactMap(\.self)
    return kinds.isEmpty ? nil : .class(kinds.joined(separator: " "))
  }
}

extension Reader {
  /// A plain table: the first cell of each row is its heading, the others are numbers.
  ///
  /// The first `text` columns after it hold text all the same. A table of five columns or more folds on a phone, and
  /// a shorter one that is told to; its columns at the places `wide` then take the whole width.
  func table(
    caption: String, head: [String], rows: [[Markup]], numbers: Bool = true, text: Int = 0,
    fold: DataTable.Fold? = nil, wide: Set<Int> = []
  ) -> Markup {
    DataTable(
      caption: caption,
      columns: head.enumerated().map { index, name in
        DataTable.Column(name: name, isNumber: numbers && index > text, isWide: wide.contains(index))
      },
      rows: rows.map { row in row.map { DataTable.Cell(content: $0) } },
      fold: fold ?? (head.count > 4 ? .cells : nil)
    ).markup
  }
}
