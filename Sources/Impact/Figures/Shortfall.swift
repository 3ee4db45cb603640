extension Indicator {
  /// Why its window is not whole for a cooperation, so that what it adds up must not pass for a year; `nil` when it is.
  ///
  /// A rolling year is four quarters. While it begins before the first quarter delivered there is no figure, whatever the
  /// silence of its terms was declared to mean: three quarters of income are not a year of income, and the rise to four
  /// is no rise. It is `not-yet-due` for a cooperation younger than its window, whose first year has not passed, and
  /// `not-collected` for an older one, of which quarters are missing.
  ///
  /// A year to date begins with a cooperation that begins within it: nothing was before. It is `not-collected` when the
  /// cooperation is older than the year and its first quarters are missing. A quarter, a stock, and what is counted since
  /// the start have no earlier quarter to miss.
  ///
  /// - Parameters:
  ///   - quarter: the quarter it is reported for; a shift of the window is taken into account.
  ///   - first: the first quarter for which the cooperation delivered anything.
  ///   - startedOn: the cooperation's first day.
  /// - Returns: `not-yet-due`, `not-collected`, or `nil` when the window is whole.
  public func shortfall(
    reportedFor quarter: Quarter, deliveredSince first: Quarter, startedOn: Day
  ) -> Figure.Absence? {
    if case .stock = measure { return nil }
    guard window == .rollingYear || window == .yearToDate,
      let start = window.start(endingWith: windowEnd(reportedFor: quarter)), start < first.start
    else { return nil }
    let isYoung = startedOn >= start
    if window == .yearToDate { return isYoung ? nil : .notCollected }
    return isYoung ? .notYetDue : .notCollected
  }
}
