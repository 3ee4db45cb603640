/// What another edition of a reference table says otherwise in one row (*ligne d'une table de référence*).
public struct ReferenceChange: Hashable, Sendable {
  /// A cell that differs.
  public struct Cell: Hashable, Sendable {
    /// Its column.
    public var column: String
    /// What was written; empty for nothing, `nil` when there was no such row.
    public var before: String?
    /// What is written now; empty for nothing, `nil` when there is no such row.
    public var after: String?

    /// A cell with what it said and what it says.
    public init(column: String, before: String?, after: String?) {
      self.column = column
      self.before = before
      self.after = after
    }
  }

  /// The table.
  public var table: String
  /// What tells the row from others, in the order of the table's key: `kind` and `EI`.
  public var subject: [String]
  /// The first day the row holds.
  public var validFrom: Day
  /// The cells that differ, in the order of the columns; of a row that is new or gone all that are written.
  public var cells: [Cell]

  /// Whether there was no such row.
  public var isNew: Bool { cells.allSatisfy { $0.before == nil } }
  /// Whether there is no such row any more.
  public var isGone: Bool { cells.allSatisfy { $0.after == nil } }
}

extension ReferenceTable {
  /// The rows that this edition of the table says otherwise than an earlier one: changed, new or gone.
  ///
  /// - Parameter old: the same table before, of the same columns.
  /// - Returns: the changes, by subject and date.
  public func changes(since old: ReferenceTable) -> [ReferenceChange] {
    struct Place: Hashable, Comparable {
      var subject: [String]
      var day: Day
      static func < (left: Place, right: Place) -> Bool {
        left.subject == right.subject
          ? left.day < right.day : left.subject.lexicographicallyPrecedes(right.subject)
      }
    }
    func places(_ table: ReferenceTable) -> [Place: Row] {
      Dictionary(
        table.rows.map { row in
          (Place(subject: key.map { table.cell($0, of: row) ?? "" }, day: row.validFrom), row)
        }
      ) { $1 }
    }
    let (before, after) = (places(old), places(self))
    return Set(before.keys).union(after.keys).sorted().compactMap { place in
      let cells = columns.map(\.name).filter { !key.contains($0) }.compactMap {
        column -> ReferenceChange.Cell? in
        let cell = ReferenceChange.Cell(
          column: column, before: before[place].map { old.cell(column, of: $0) ?? "" },
          after: after[place].map { self.cell(column, of: $0) ?? "" })
        // Of a row that is there on one side only, an empty cell tells nothing.
        return cell.before == cell.after || (cell.before ?? "") == (cell.after ?? "") ? nil : cell
      }
      let isOnOneSide = before[place] == nil || after[place] == nil
      guard !cells.isEmpty || isOnOneSide else { return nil }
      return ReferenceChange(table: name, subject: place.subject, validFrom: place.day, cells: cells)
    }
  }
}
