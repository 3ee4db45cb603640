internal import Impact
internal import Postgres

extension Archive {
  /// The reference rows in force in a figure's window that its fields are computed with, as recorded: the files may
  /// have changed since.
  func references(
    of indicator: Indicator, in catalogue: Catalogue, key: Figure.Key
  ) throws -> [ReferenceTable] {
    let last = indicator.windowEnd(reportedFor: key.quarter)
    let first = indicator.reportingWindow.start(endingWith: last)
    return try catalogue.tables(of: indicator).map { table, only in
      var recorded = try rows(of: table, in: "as_of.\(identifier: table.name)")
      recorded.rows = recorded.inForce(from: first, to: last.end, only: only)
      return recorded
    }
  }
  /// The rows of a reference table, each cell as the database writes it.
  func rows(of table: ReferenceTable, in place: SQL) throws -> ReferenceTable {
    var columns: SQL = "valid_from::text"
    for column in table.columns {
      columns = "\(fragment: columns), coalesce(\(identifier: column.name)::text, '')"
    }
    var found = table
    found.rows = try connection.execute(
      "SELECT ARRAY[\(fragment: columns)]::text[] FROM \(fragment: place) ORDER BY source_line, valid_from"
    ).compactMap { row -> ReferenceTable.Row? in
      let cells: [String] = try row.decode()
      guard let day = cells.first.flatMap({ Day($0) }) else { return nil }
      return ReferenceTable.Row(validFrom: day, cells: Array(cells.dropFirst()))
    }
    return found
  }
}
