internal import Impact

/// A day of a worksheet, kept as the number of days since an epoch.
enum SerialDate {
  enum Epoch {
    /// Day 1 is 1 January 1900, and day 60 the 29 February 1900 that never was.
    case from1900
    /// Day 0 is 1 January 1904, as spreadsheets for the Macintosh counted.
    case from1904
  }

  /// `2025-12-31`, followed by `T08:30` when the cell also holds a time; `nil` outside the spreadsheet's
  /// calendar, which ends with the year 9999.
  static func text(_ serial: Double, _ epoch: Epoch) -> String? {
    guard serial.isFinite, serial >= 0, serial < 2_958_466 else { return nil }
    // The noise of arithmetic on days is far below a second.
    let minutes = (serial * 1440).rounded()
    let isMidnight = abs(serial - serial.rounded()) * 86_400 < 0.5
    let day = Int(isMidnight ? serial.rounded() : (minutes / 1440).rounded(.down))
    let time = isMidnight ? 0 : Int(minutes) - day * 1440
    var text: String
    switch (epoch, day) {
    // These two are days of the spreadsheet only; the calendar refuses them.
    case (.from1900, 0): text = "1900-01-00"
    case (.from1900, 60): text = "1900-02-29"
    case (.from1900, ..<60): text = iso(Day(1899, 12, 31), day)
    case (.from1900, _): text = iso(Day(1899, 12, 30), day)
    case (.from1904, _): text = iso(Day(1904, 1, 1), day)
    }
    if !isMidnight { text += "T\(two(time / 60)):\(two(time % 60))" }
    return text
  }

  private static func iso(_ epoch: Day?, _ days: Int) -> String {
    let (year, month, day) = (epoch ?? Day(daysSinceEpoch: 0)).adding(days: days).components
    return "\(year)-\(two(month))-\(two(day))"
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
