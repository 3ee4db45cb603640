/// The stretch of time an indicator looks at when it is reported for a quarter.
public enum Window: String, Hashable, Sendable, CaseIterable {
  /// The quarter itself.
  case quarter
  /// From 1 January to the end of the quarter.
  case yearToDate = "year-to-date"
  /// The quarter and the three before it (*12 mois glissants*).
  case rollingYear = "rolling-year"
  /// From the beginning of the cooperation to the end of the quarter.
  case sinceStart = "since-start"

  /// First day of the window that ends with `quarter`; `nil` when the window has no beginning.
  public func start(endingWith quarter: Quarter) -> Day? {
    switch self {
    case .quarter: quarter.start
    case .yearToDate: Quarter(index: quarter.year * 4).start
    case .rollingYear: quarter.advanced(by: -3).start
    case .sinceStart: nil
    }
  }
}
