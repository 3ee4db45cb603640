internal import Impact

/// A cell of a table of numbers.
enum NumberCell {
  case value(Double)
  case missing
  case notApplicable
  case wrong

  private static let powers: [Double] = (0...22).map { exponent in
    (0..<exponent).reduce(1.0) { power, _ in power * 10 }
  }

  /// Reads a cell.
  ///
  /// Digits with one dot and at most fifteen of them are a whole number over a power of ten, both exact, so one
  /// division rounds rightly (Clinger 1990); everything else is read as text.
  init(_ text: Span<UInt8>) {
    var start = 0
    var end = text.count
    while start < end, text[start] == 0x20 { start += 1 }
    while end > start, text[end - 1] == 0x20 { end -= 1 }
    guard start < end else {
      self = .missing
      return
    }
    var index = start
    let isNegative = text[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    var (mantissa, digits, decimals) = (0, 0, -1)
    while index < end {
      let byte = text[index]
      if byte >= 0x30, byte <= 0x39 {
        mantissa = mantissa &* 10 &+ Int(byte &- 0x30)
        digits += 1
        if decimals >= 0 { decimals += 1 }
      } else if byte == UInt8(ascii: "."), decimals < 0 {
        decimals = 0
      } else {
        break
      }
      if digits > 15 { break }
      index += 1
    }
    if index == end, digits > 0, decimals != 0 {
      let magnitude = Double(mantissa) / NumberCell.powers[max(0, decimals)]
      self = .value(isNegative ? -magnitude : magnitude)
      return
    }
    self.init(text: String(copying: text.extracting(start..<end)))
  }

  private init(text: String) {
    switch text.lowercased() {
    case "na", "n/a", "nan", "..", ".", "null": self = .missing
    case "not-applicable": self = .notApplicable
    default:
      // Exponents, as programs write very small numbers.
      if let value = Double(text), value.isFinite,
        text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) })
      {
        self = .value(value)
        return
      }
      let bytes = Array(text.utf8)
      if case .value(let canonical) = NumberText.decimal(bytes.span), let value = Double(canonical) {
        self = .value(value)
      } else {
        self = .wrong
      }
    }
  }
}
