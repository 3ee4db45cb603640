/// When a quarter's data are cut and its release is due.
public enum ReleaseCalendar {
  /// Days between the end of a quarter and its cut, left to partners to send their files.
  public static let daysToCut = 15

  /// The day a quarter's data are cut: 15 October for the third quarter.
  public static func cut(of quarter: Quarter) -> Day { quarter.end.adding(days: daysToCut) }

  /// The last quarter whose cut has passed on `day`: its release is due the day after the cut.
  public static func lastDue(on day: Day) -> Quarter {
    let running = Quarter(containing: day)
    var quarter = running
    while cut(of: quarter) >= day { quarter = quarter.advanced(by: -1) }
    return quarter
  }
}
