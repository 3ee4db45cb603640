/// A table of units × indicators × periods, flat in memory.
public struct Panel: Sendable {
  /// One place of the table.
  public enum Cell: Hashable, Sendable {
    /// A value.
    case value(Double)
    /// Nobody knows it.
    case missing
    /// It makes no sense for this unit.
    case notApplicable
  }

  /// How an unknown value is held.
  static let missing = Double.nan
  /// How a value without object is held.
  static let notApplicable = -Double.infinity

  /// The units, in order.
  public let units: [String]
  /// The periods, in order.
  public let periods: [String]
  /// The indicators, in order.
  public let indicators: [String]
  /// Period by period, unit by unit, indicator by indicator.
  private(set) var values: [Double]
  /// Whether the table has a row for a unit in a period.
  private var isPresent: [Bool]

  /// A table without any row.
  public init(units: [String], periods: [String], indicators: [String]) {
    self.units = units
    self.periods = periods
    self.indicators = indicators
    values = [Double](repeating: Panel.missing, count: units.count * periods.count * indicators.count)
    isPresent = [Bool](repeating: false, count: units.count * periods.count)
  }

  /// The place of a unit's first indicator in a period.
  @inline(__always)
  func row(_ period: Int, _ unit: Int) -> Int { (period * units.count + unit) * indicators.count }

  /// Whether there is a row for a unit in a period.
  public func hasRow(_ period: Int, _ unit: Int) -> Bool { isPresent[period * units.count + unit] }

  /// Notes that there is a row for a unit in a period, even an empty one.
  public mutating func addRow(_ period: Int, _ unit: Int) { isPresent[period * units.count + unit] = true }

  /// One place of the table; setting it adds the row.
  public subscript(period: Int, unit: Int, indicator: Int) -> Cell {
    get {
      let value = values[row(period, unit) + indicator]
      return value.isFinite ? .value(value) : value.isNaN ? .missing : .notApplicable
    }
    set {
      switch newValue {
      case .value(let value): values[row(period, unit) + indicator] = value
      case .missing: values[row(period, unit) + indicator] = Panel.missing
      case .notApplicable: values[row(period, unit) + indicator] = Panel.notApplicable
      }
      isPresent[period * units.count + unit] = true
    }
  }

  /// The known values of an indicator, in one period or in all.
  func known(_ indicator: Int, period: Int?) -> [Double] {
    var found: [Double] = []
    for period in period.map({ $0..<$0 + 1 }) ?? 0..<periods.count {
      var place = row(period, 0) + indicator
      for _ in units.indices {
        if values[place].isFinite { found.append(values[place]) }
        place += indicators.count
      }
    }
    return found
  }
}
