internal import Impact

/// Writes numbers, dates and quarters for readers of one language.
struct Numbers: Sendable {
  let language: Language

  /// U+202F, which French sets in thousands and before `%`.
  static let narrowSpace = "\u{202F}"
  /// U+00A0, which French sets before a colon and a unit.
  static let space = "\u{A0}"

  /// A number with that many decimals, rounded half away from zero in decimal.
  func number(_ value: Double, decimals: Int = 0) -> String {
    grouped(DecimalText(value).rounded(to: decimals))
  }

  /// A number with at most that many decimals, without closing zeros.
  func short(_ value: Double, decimals: Int = 1) -> String {
    let rounded = DecimalText(value).rounded(to: decimals)
    return grouped(rounded.contains(".") ? rounded.trimmingZeros : rounded)
  }

  /// A share as a percentage.
  func percent(_ share: Double, decimals: Int = 1) -> String {
    let text = grouped(DecimalText(share).scaled(by: 2).rounded(to: decimals))
    return language == .french ? text + Numbers.narrowSpace + "%" : text + "%"
  }

  /// A share as a percentage without closing zeros: `65 %`, `62,5 %`.
  func shortPercent(_ share: Double) -> String {
    let rounded = DecimalText(share).scaled(by: 2).rounded(to: 1)
    let text = grouped(rounded.trimmingZeros)
    return language == .french ? text + Numbers.narrowSpace + "%" : text + "%"
  }

  /// A range of shares, the sign written once.
  func percentRange(_ low: Double, _ high: Double, decimals: Int = 1) -> String {
    let ends = [low, high].map { grouped(DecimalText($0).scaled(by: 2).rounded(to: decimals)) }
    return language == .french
      ? "\(ends[0])\(Numbers.space)–\(Numbers.space)\(ends[1])\(Numbers.narrowSpace)%"
      : "\(ends[0])–\(ends[1])%"
  }

  /// A day in full: `31 mars 2026`, `31 March 2026`.
  func day(_ day: Day) -> String {
    let (year, month, date) = day.components
    let name = Numbers.months[language == .french ? 0 : 1][month - 1]
    let first = language == .french && date == 1 ? "1er" : String(date)
    return "\(first)\(Numbers.space)\(name) \(year)"
  }

  /// A month: `mars 2026`, `March 2026`.
  func month(_ day: Day) -> String {
    let (year, month, _) = day.components
    return "\(Numbers.months[language == .french ? 0 : 1][month - 1]) \(year)"
  }

  /// A quarter: `T1 2026`, `Q1 2026`.
  func quarter(_ quarter: Quarter) -> String {
    "\(quarterLetter)\(quarter.number)\(Numbers.space)\(quarter.year)"
  }

  /// The letter of quarters.
  var quarterLetter: String { language == .french ? "T" : "Q" }

  /// A colon with its space.
  var colon: String { language == .french ? Numbers.space + ": " : ": " }

  /// French text with the spaces that must not break a line: before `;`, `:`, `?`, `!` and `%`, inside `« »`.
  static func typeset(_ french: String) -> String {
    var text = ""
    text.reserveCapacity(french.utf8.count + 8)
    var rest = french[...]
    while let character = rest.first {
      rest = rest.dropFirst()
      switch (character, rest.first) {
      case (" ", ";"), (" ", "?"), (" ", "!"), (" ", "%"): text += narrowSpace
      case (" ", ":"), (" ", "»"): text += space
      case ("«", " "):
        text += "«" + space
        rest = rest.dropFirst()
      default: text.append(character)
      }
    }
    return text
  }

  private static let months = [
    [
      "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
      "novembre",
      "décembre",
    ],
    [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
      "November",
      "December",
    ],
  ]

  /// Sets the language's decimal mark and thousands, and a true minus.
  private func grouped(_ plain: String) -> String {
    let isNegative = plain.hasPrefix("-")
    let parts = plain.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
    let whole = Array(parts.first ?? "0")
    var groups: [String] = []
    var end = whole.count
    while end > 0 {
      groups.insert(String(whole[max(0, end - 3)..<end]), at: 0)
      end -= 3
    }
    let thousands = language == .french ? Numbers.narrowSpace : ","
    var text = groups.joined(separator: thousands)
    if parts.count > 1 { text += (language == .french ? "," : ".") + parts[1] }
    return isNegative && text.contains(where: { $0 >= "1" && $0 <= "9" }) ? "\u{2212}" + text : text
  }
}

/// The shortest decimal text of a number, so that rounding happens in decimal: 56.25 is 56.3, never 56.2.
struct DecimalText {
  private let isNegative: Bool
  private let digits: [UInt8]
  /// The place of the decimal point: value = 0.digits × 10^point.
  private let point: Int

  /// The decimal text of a finite number; anything else has none and is written 0 by nobody's choice, so
  /// it must not come here.
  init(_ value: Double) {
    precondition(value.isFinite, "only finite numbers are published")
    isNegative = value < 0
    var digits: [UInt8] = []
    var point: Int?
    var exponent = 0
    let text = Array("\(value.magnitude)".utf8)
    var index = 0
    while index < text.count {
      switch text[index] {
      case 0x30...0x39: digits.append(text[index] - 0x30)
      case UInt8(ascii: "."): point = digits.count
      default:
        exponent = Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
        index = text.count
      }
      index += 1
    }
    self.point = (point ?? digits.count) + exponent
    self.digits = digits
  }

  private init(isNegative: Bool, digits: [UInt8], point: Int) {
    self.isNegative = isNegative
    self.digits = digits
    self.point = point
  }

  /// The number times ten to the power of `places`.
  func scaled(by places: Int) -> DecimalText {
    DecimalText(isNegative: isNegative, digits: digits, point: point + places)
  }

  /// Every digit of the number and no other, with a dot and never an exponent: 1e-05 is 0.00001.
  var plain: String {
    let text = rounded(to: max(0, digits.count - point))
    return text.contains(".") ? text.trimmingZeros : text
  }

  /// The number with that many decimals, half away from zero, with a dot.
  func rounded(to decimals: Int) -> String {
    var all = digits
    var point = point
    if point < 0 {
      all.insert(contentsOf: repeatElement(0, count: -point), at: 0)
      point = 0
    }
    let wanted = point + decimals
    while all.count <= wanted { all.append(0) }
    let up = all[wanted] >= 5
    all.removeSubrange(wanted...)
    if up {
      var index = all.count - 1
      while index >= 0, all[index] == 9 {
        all[index] = 0
        index -= 1
      }
      if index >= 0 {
        all[index] += 1
      } else {
        all.insert(1, at: 0)
        point += 1
      }
    }
    var whole = all[..<point].drop { $0 == 0 }.map { Character(Unicode.Scalar($0 + 0x30)) }
    if whole.isEmpty { whole = ["0"] }
    let rest = all[point...].map { Character(Unicode.Scalar($0 + 0x30)) }
    let isZero = whole == ["0"] && rest.allSatisfy { $0 == "0" }
    return (isNegative && !isZero ? "-" : "") + String(whole) + (decimals > 0 ? "." + String(rest) : "")
  }
}

extension String {
  /// The text without closing zeros after a decimal point.
  fileprivate var trimmingZeros: String {
    var text = Substring(self)
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return String(text)
  }
}
