import Foundation

enum Cell {
  case text(String), integer(Int), hundredths(Int), date(Day), month(Month), yes(Bool), empty

  static func maybe(_ text: String?) -> Cell { text.map { .text($0) } ?? .empty }
  static func maybe(_ number: Int?) -> Cell { number.map { .integer($0) } ?? .empty }
  static func maybe(_ value: Bool?) -> Cell { value.map { .yes($0) } ?? .empty }
}

/// How one partner's software writes its files.
struct Dialect {
  var separator = ","
  var decimal = "."
  var slashedDates = false
  var mark = false
}

func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

func written(_ cell: Cell, _ dialect: Dialect) -> String {
  switch cell {
  case .text(let text):
    let special = text.contains(dialect.separator) || text.contains("\"") || text.contains("\n")
    return special ? "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : text
  case .integer(let number): return String(number)
  case .hundredths(let number):
    let sign = number < 0 ? "-" : ""
    let (whole, rest) = abs(number).quotientAndRemainder(dividingBy: 100)
    if rest == 0 { return "\(sign)\(whole)" }
    let decimal = dialect.separator == "," ? "." : dialect.decimal
    return "\(sign)\(whole)\(decimal)" + (rest % 10 == 0 ? String(rest / 10) : two(rest))
  case .date(let day):
    let (year, month, number) = civil(day)
    return dialect.slashedDates
      ? "\(two(number))/\(two(month))/\(year)" : "\(year)-\(two(month))-\(two(number))"
  case .month(let month): return "\(month / 12)-\(two(month % 12 + 1))"
  case .yes(let value): return value ? "true" : "false"
  case .empty: return ""
  }
}
