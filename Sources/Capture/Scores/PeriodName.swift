internal import Impact

/// The name of a period in a table, and where it stands in time.
struct PeriodName: Hashable, Sendable {
  /// How a period is written.
  ///
  /// Periods of one table are written alike: a year and a month have no order.
  enum Form: String, Hashable, Sendable {
    /// A year, or any whole number: 2025, or 1, 2, 3.
    case number = "a year or a number"
    /// 2025S2, 2025H2, S2 2025.
    case halfYear = "a half-year"
    /// 2025T3, 2025Q3, T3 2025, Q3 2025.
    case quarter = "a quarter"
    /// 2025-09 or 2025-9.
    case month = "a month"
    /// 2025-09-30 or 30/09/2025.
    case day = "a date"
  }

  /// How it is written.
  let form: Form
  /// Its place among the periods of its form.
  let place: Int

  /// The forms that are read, for a sentence.
  static let forms = "2025, 2025S2, 2025T3 (or 2025Q3, Q3 2025), 2025-09, 2025-09-30 or 30/09/2025"

  /// A name that is read as a period; `nil` when it is none.
  init?(_ text: String) {
    if let number = Int(text) {
      (form, place) = (.number, number)
    } else if let day = PeriodName.day(text) {
      (form, place) = (.day, day.daysSinceEpoch)
    } else if let (year, month) = PeriodName.month(text) {
      (form, place) = (.month, year * 12 + month - 1)
    } else if let (form, place) = PeriodName.partOfYear(text) {
      (self.form, self.place) = (form, place)
    } else {
      return nil
    }
  }

  private static func day(_ text: String) -> Day? {
    if let day = Day(text) { return day }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[2].utf8.count == 4, parts[0].utf8.count <= 2, parts[1].utf8.count <= 2,
      let day = digits(parts[0]), let month = digits(parts[1]), let year = digits(parts[2])
    else { return nil }
    return Day(year, month, day)
  }

  private static func month(_ text: String) -> (year: Int, month: Int)? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count <= 2, let year = digits(parts[0]),
      let month = digits(parts[1]), (1...12).contains(month)
    else { return nil }
    return (year, month)
  }

  /// A quarter or a half-year: its letter and number before or after the year, with a space, a hyphen or nothing.
  private static func partOfYear(_ text: String) -> (Form, Int)? {
    let bytes = text.uppercased().utf8.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "-") }
    guard bytes.count == 6 else { return nil }
    let isAfter = bytes[0] < UInt8(ascii: "A")
    let (year, part) = isAfter ? (bytes[0..<4], bytes[4..<6]) : (bytes[2..<6], bytes[0..<2])
    guard let year = digits(Substring(decoding: year, as: UTF8.self)), let letter = part.first,
      let last = part.last, last > 0x30
    else { return nil }
    let number = Int(last) - 0x30
    switch letter {
    case UInt8(ascii: "T"), UInt8(ascii: "Q"): return number <= 4 ? (.quarter, year * 4 + number - 1) : nil
    case UInt8(ascii: "S"), UInt8(ascii: "H"): return number <= 2 ? (.halfYear, year * 2 + number - 1) : nil
    default: return nil
    }
  }

  /// Digits and nothing else as a number.
  private static func digits(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
  }
}

/// The periods of a table in order of time.
struct PeriodOrder {
  /// Positions of the names, the earliest first.
  let positions: [Int]

  /// The order of these names.
  ///
  /// - Parameters:
  ///   - names: the names as they stand in the table, each once.
  ///   - lines: the line each first stands in.
  ///   - column: the column, from 1.
  ///   - file: the table.
  /// - Throws: ``CaptureError`` naming the line of a name that is no period, is written otherwise than the first, or
  ///   names the same period as another.
  init(_ names: [String], lines: [Int], column: Int, file: String) throws {
    // One period stands in no order, whatever it is called.
    guard names.count > 1 else {
      positions = Array(names.indices)
      return
    }
    func refuse(_ position: Int, _ message: String) -> CaptureError {
      CaptureError([
        Diagnostic(file: file, line: lines[position], column: column, code: "period", message: message)
      ])
    }
    var read: [PeriodName] = []
    var seen: [PeriodName: Int] = [:]
    for (position, name) in names.enumerated() {
      guard let period = PeriodName(name) else {
        throw refuse(
          position,
          "\"\(name)\" is no period whose place in time is known; write periods as \(PeriodName.forms), or number "
            + "them 1, 2, 3")
      }
      if let first = read.first, first.form != period.form {
        throw refuse(
          position,
          "\"\(name)\" is \(period.form.rawValue), and \"\(names[0])\" is \(first.form.rawValue); write all periods "
            + "alike")
      }
      if let other = seen.updateValue(position, forKey: period) {
        throw refuse(
          position, "\"\(name)\" and \"\(names[other])\" name the same period; write it in one way")
      }
      read.append(period)
    }
    positions = names.indices.sorted { read[$0].place < read[$1].place }
  }
}
