public import Impact

/// A table of units × indicators (× periods), read from a CSV file for an index.
public struct IndexTable: Sendable {
  /// The file, as the user named it.
  public let file: String
  /// The values.
  public let panel: Panel
  /// Columns that are neither the unit, the period nor an indicator, and were not read.
  public let ignored: [String]
  /// The line of each row, period by period, unit by unit; 0 for none.
  private let lines: [Int32]

  /// Reads a table.
  ///
  /// Periods are put in order of time; where it cannot be told from their names, the table is refused. A cell that is
  /// empty or says `NA`, `n/a`, `..` or `nan` is missing; `not-applicable` is what it says. The file is read twice,
  /// first for the names, so that memory holds the values once.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - definition: names the columns.
  /// - Throws: ``CaptureError`` with every mistake and its place, up to a hundred.
  public init(path: String, definition: IndexDefinition) throws {
    file = path
    let scanner = try CSVScanner(path: path)
    let columns = try IndexColumns(scanner, definition)
    ignored = columns.ignored
    var units = NameList()
    var periods = NameList()
    var periodLines: [Int] = []
    while try scanner.next() {
      if let reason = scanner.raggedness {
        throw CaptureError(path, line: scanner.line, code: "ragged", reason)
      }
      units.add(scanner.field(columns.unit))
      let period = columns.period.map { scanner.field($0) } ?? ""
      // A row without its period is refused when the file is read again.
      if columns.period != nil, period.isEmpty { continue }
      if periods.add(period) { periodLines.append(scanner.line) }
    }
    guard !units.names.isEmpty else {
      throw CaptureError(path, code: "empty", "the table has no row below its header; add the units")
    }
    let order = try PeriodOrder(
      periods.names, lines: periodLines, column: (columns.period ?? 0) + 1, file: path
    ).positions
    var places = [Int](repeating: 0, count: order.count)
    for (place, original) in order.enumerated() { places[original] = place }
    var panel = Panel(
      units: units.names, periods: order.map { periods.names[$0] },
      indicators: definition.composite.indicators.map(\.name))
    var lines = [Int32](repeating: 0, count: units.names.count * order.count)
    var problems: [Diagnostic] = []
    let again = try CSVScanner(path: path)
    while try again.next(), problems.count < 100 {
      let name = again.field(columns.unit)
      guard !name.isEmpty else {
        problems.append(
          Diagnostic(
            file: path, line: again.line, column: columns.unit + 1, code: "unit",
            message: "this row does not name its unit; name it or remove the row"))
        continue
      }
      if let column = columns.period, again.field(column).isEmpty {
        problems.append(
          Diagnostic(
            file: path, line: again.line, column: column + 1, code: "period",
            message: "this row does not name its period; name it or remove the row"))
        continue
      }
      guard let unit = units.position(of: name),
        let period = periods.position(of: columns.period.map { again.field($0) } ?? "")
      else { throw CaptureError(path, code: "changed", "the file changed while it was read; start again") }
      let place = places[period] * units.names.count + unit
      guard lines[place] == 0 else {
        problems.append(
          Diagnostic(
            file: path, line: again.line, column: columns.unit + 1, code: "duplicate",
            message:
              "this unit\(columns.period == nil ? "" : " and period") already stand\(columns.period == nil ? "s" : "") in line "
              + "\(lines[place]); keep one row"))
        continue
      }
      lines[place] = Int32(clamping: again.line)
      panel.addRow(places[period], unit)
      for (indicator, column) in columns.indicators.enumerated() {
        switch again.withField(column, NumberCell.init) {
        case .value(let value): panel[places[period], unit, indicator] = .value(value)
        case .missing: break
        case .notApplicable: panel[places[period], unit, indicator] = .notApplicable
        case .wrong:
          problems.append(
            Diagnostic(
              file: path, line: again.line, column: column + 1, field: again.header[column], code: "type",
              message:
                "this is no number; write one such as 12.5, or leave the cell empty when nobody knows it"))
        }
      }
    }
    guard problems.isEmpty else { throw CaptureError(problems) }
    self.panel = panel
    self.lines = lines
  }

  /// The line of a unit's row, in a period or in the only one.
  func line(of unit: String, in period: String?) -> Int? {
    guard let unit = panel.units.firstIndex(of: unit),
      let period = period.map({ panel.periods.firstIndex(of: $0) }) ?? 0
    else { return nil }
    let line = lines[period * panel.units.count + unit]
    return line == 0 ? nil : Int(line)
  }
}

/// Where the columns of an index stand in a table.
private struct IndexColumns {
  let unit: Int
  let period: Int?
  let indicators: [Int]
  let ignored: [String]

  init(_ scanner: CSVScanner, _ definition: IndexDefinition) throws {
    let header = scanner.header
    var problems: [Diagnostic] = []
    func find(_ name: String) -> Int {
      if let column = header.firstIndex(of: name) { return column }
      problems.append(
        Diagnostic(
          file: scanner.file, line: scanner.headerLine, code: "header",
          message: "the table has no column \"\(name)\"\(NearestName.hint(for: name, among: header)); "
            + "\(definition.file) names it"))
      return 0
    }
    unit = definition.unitColumn.map(find) ?? 0
    period = definition.periodColumn.map(find)
    indicators = definition.composite.indicators.map { find($0.name) }
    guard problems.isEmpty else { throw CaptureError(problems) }
    let used = Set(indicators + [unit] + (period.map { [$0] } ?? []))
    ignored = header.indices.filter { !used.contains($0) }.map { header[$0] }
  }
}

/// Names in the order they appear, each once.
private struct NameList {
  private(set) var names: [String] = []
  private var positions: [String: Int] = [:]

  /// Adds a name; whether it is new.
  @discardableResult
  mutating func add(_ name: String) -> Bool {
    guard positions[name] == nil else { return false }
    positions[name] = names.count
    names.append(name)
    return true
  }

  func position(of name: String) -> Int? { positions[name] }
}
