/// A table of official amounts, bases, factors or classes (*table de référence*), with the dates of its rows.
///
/// Read from `Indicators/reference/<name>.csv`. A row holds from its date until the next one with the same key.
public struct ReferenceTable: Hashable, Sendable {
  /// A column.
  public struct Column: Hashable, Sendable {
    /// Its name in the file.
    public var name: String
    /// What it means.
    public var title: Localized

    /// A column with its meaning.
    public init(name: String, title: Localized) {
      self.name = name
      self.title = title
    }
  }

  /// A row with the first day it holds.
  public struct Row: Hashable, Sendable {
    /// The first day it holds.
    public var validFrom: Day
    /// Its cells, in the order of the columns; empty where nothing is written.
    public var cells: [String]

    /// A row with its cells.
    public init(validFrom: Day, cells: [String]) {
      self.validFrom = validFrom
      self.cells = cells
    }
  }

  /// Its name, also the file's and the table's in the schema `reference`.
  public var name: String
  /// What a row is.
  public var title: Localized
  /// Its columns, but for the date.
  public var columns: [Column]
  /// The columns that tell one subject from another.
  public var key: [String]
  /// Its rows, in the order of the file.
  public var rows: [Row]

  /// A table with its rows.
  public init(name: String, title: Localized, columns: [Column], key: [String], rows: [Row]) {
    self.name = name
    self.title = title
    self.columns = columns
    self.key = key
    self.rows = rows
  }

  /// The cell of a row.
  public func cell(_ column: String, of row: Row) -> String? {
    columns.firstIndex { $0.name == column }.map { row.cells[$0] }
  }

  /// The rows in force on some day of a stretch of time, both ends included.
  ///
  /// - Parameters:
  ///   - first: its first day; `nil` for the beginning of everything.
  ///   - last: its last day.
  ///   - values: the only values of a column that are wanted; a column without an entry is not limited.
  /// - Returns: the rows, subjects in the order of the file, each by date.
  public func inForce(
    from first: Day?, to last: Day, only values: [String: [String]] = [:]
  ) -> [Row] {
    func subject(_ row: Row) -> [String] { key.map { cell($0, of: row) ?? "" } }
    let wanted = rows.filter { row in
      row.validFrom <= last
        && values.allSatisfy { column, allowed in cell(column, of: row).map(allowed.contains) ?? true }
    }
    var order: [[String]] = []
    var byKey: [[String]: [Row]] = [:]
    for row in wanted {
      if byKey[subject(row)] == nil { order.append(subject(row)) }
      byKey[subject(row), default: []].append(row)
    }
    return order.flatMap { subject -> [Row] in
      let dated = (byKey[subject] ?? []).sorted { $0.validFrom < $1.validFrom }
      let began = first.flatMap { first in dated.lastIndex { $0.validFrom <= first } } ?? 0
      return Array(dated[began...])
    }
  }
}
