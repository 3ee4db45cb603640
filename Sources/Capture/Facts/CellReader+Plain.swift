internal import Impact

/// Most cells are written plainly: these are turned into canonical text without a string being made of them.
/// Whatever is not plain is left to the long way, which alone refuses; what is plain means the same in both.
extension CellReader {
  /// Appends the canonical text of a plainly written cell, nothing for an empty one; `false` when the cell must
  /// be read the long way.
  func appendPlain(_ cell: Span<UInt8>, to text: inout ByteBuffer) -> Bool {
    guard !cell.isEmpty else { return !isRequired }
    switch kind {
    case .string: return appendText(cell, to: &text)
    case .integer: return appendNumber(cell, isWhole: true, to: &text)
    case .number: return appendNumber(cell, isWhole: false, to: &text)
    case .date: return appendDay(cell, to: &text)
    case .yearmonth: return appendMonth(cell, to: &text)
    case .boolean: return false
    }
  }

  // Plain: visible ASCII within the bounds, and nothing that may be personal data, a spreadsheet's error, a
  // word for "unknown" or the apostrophe of an export.
  private func appendText(_ cell: Span<UInt8>, to text: inout ByteBuffer) -> Bool {
    let count = cell.count
    guard count <= plainLength, cell[0] > 0x20, cell[count - 1] > 0x20, cell[0] != 0x27 else { return false }
    if count <= 9, CellReader.mayBeSpecial(cell[0]) { return false }
    // Perhaps a number a spreadsheet has shortened.
    if count >= 5, cell[count - 3] == UInt8(ascii: "+") { return false }
    // About a person, words are weighed; so is the one code that is recorded of nobody.
    if isPersonal, isFreeText || count == 12 && cell[0] | 0x20 == UInt8(ascii: "d") { return false }
    var digits = 0
    for i in 0..<count {
      let byte = cell[i]
      guard byte >= 0x20, byte < 0x7F, byte != 0x40 else { return false }
      if byte &- 0x30 <= 9 { digits += 1 }
    }
    guard digits < 10 else { return false }
    if let pattern, !pattern.matches(cell) { return false }
    if isEnumerated, !isAllowed(cell) { return false }
    append(cell, to: &text)
    return true
  }

  private static func mayBeSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x23, 0x4E, 0x6E, 0x56, 0x76, 0x49, 0x69, 0x2D, 0x3F: true  // # N n V v I i - ?
    default: false
    }
  }

  private func isAllowed(_ cell: Span<UInt8>) -> Bool {
    search: for candidate in allowedBytes where candidate.count == cell.count {
      for i in 0..<cell.count where candidate[i] != cell[i] { continue search }
      return true
    }
    return false
  }

  // Plain: at most nine digits without a needless zero before them, and at most one decimal sign.
  private func appendNumber(_ cell: Span<UInt8>, isWhole: Bool, to text: inout ByteBuffer) -> Bool {
    guard cell.count <= 10, !isEnumerated || isWhole else { return false }
    var value = 0
    var digits = 0
    var decimals = -1
    for i in 0..<cell.count {
      let byte = cell[i]
      if byte &- 0x30 <= 9 {
        value = value * 10 + Int(byte &- 0x30)
        digits += 1
        if decimals >= 0 { decimals += 1 }
      } else if byte == 0x2E || byte == 0x2C, decimals < 0, digits > 0, !isWhole {
        decimals = 0
      } else {
        return false
      }
    }
    let whole = digits - max(decimals, 0)
    guard digits > 0, digits <= 9, decimals != 0, cell[0] != 0x30 || whole == 1 else { return false }
    // Trailing zeros of a fraction say nothing.
    var kept = max(decimals, 0)
    while kept > 0, cell[cell.count - 1 - (decimals - kept)] == 0x30 { kept -= 1 }
    guard isWithinBounds(value, decimals: max(decimals, 0)) else { return false }
    if isEnumerated, !isAllowed(cell) { return false }
    append(cell.extracting(0..<whole), to: &text)
    if kept > 0 {
      text.append(0x2E)
      append(cell.extracting((whole + 1)..<(whole + 1 + kept)), to: &text)
    }
    return true
  }

  /// Whether `value` over a power of ten is surely within the bounds: compared as whole numbers, so exactly.
  private func isWithinBounds(_ value: Int, decimals: Int) -> Bool {
    guard hasPlainBounds else { return false }
    var scale = 1
    for _ in 0..<decimals { scale *= 10 }
    if let least = plainMinimum, value < least * scale { return false }
    if let most = plainMaximum, value > most * scale { return false }
    return true
  }

  // Plain: 2025-12-31 or 31/12/2025.
  private func appendDay(_ cell: Span<UInt8>, to text: inout ByteBuffer) -> Bool {
    guard cell.count == 10 else { return false }
    if cell[4] == 0x2D, cell[7] == 0x2D {
      guard let year = CellReader.number(cell, 0..<4), let month = CellReader.number(cell, 5..<7),
        let day = CellReader.number(cell, 8..<10)
      else { return false }
      return append(year, month, day, to: &text)
    }
    guard cell[2] == 0x2F, cell[5] == 0x2F, let day = CellReader.number(cell, 0..<2),
      let month = CellReader.number(cell, 3..<5), let year = CellReader.number(cell, 6..<10)
    else { return false }
    return append(year, month, day, to: &text)
  }

  // Plain: 2025-12, 12/2025 or the first day as 2025-12-01.
  private func appendMonth(_ cell: Span<UInt8>, to text: inout ByteBuffer) -> Bool {
    guard cell.count == 7 else {
      guard cell.count == 10, cell[8] == 0x30, cell[9] == 0x31, cell[4] == 0x2D else { return false }
      return appendDay(cell, to: &text)
    }
    if cell[4] == 0x2D, let year = CellReader.number(cell, 0..<4), let month = CellReader.number(cell, 5..<7)
    {
      return append(year, month, 1, to: &text)
    }
    guard cell[2] == 0x2F, let month = CellReader.number(cell, 0..<2),
      let year = CellReader.number(cell, 3..<7)
    else { return false }
    return append(year, month, 1, to: &text)
  }

  private static func number(_ cell: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var value = 0
    for i in range {
      guard cell[i] &- 0x30 <= 9 else { return nil }
      value = value * 10 + Int(cell[i] &- 0x30)
    }
    return value
  }

  private func append(_ year: Int, _ month: Int, _ day: Int, to text: inout ByteBuffer) -> Bool {
    guard (1900...2100).contains(year), (1...12).contains(month), day >= 1,
      day <= 28 || Day(year, month, day) != nil
    else { return false }
    let key = year * 10_000 + month * 100 + day
    guard hasPlainBounds, key >= plainMinimum ?? 0, key <= plainMaximum ?? .max, !isEnumerated else {
      return false
    }
    func digit(_ number: Int) -> UInt8 { UInt8(truncatingIfNeeded: 0x30 + number % 10) }
    text.append(digit(year / 1000))
    text.append(digit(year / 100))
    text.append(digit(year / 10))
    text.append(digit(year))
    text.append(0x2D)
    text.append(digit(month / 10))
    text.append(digit(month))
    text.append(0x2D)
    text.append(digit(day / 10))
    text.append(digit(day))
    return true
  }

  private func append(_ cell: Span<UInt8>, to text: inout ByteBuffer) {
    text.append(cell)
  }

  /// A bound as a plain whole number: of a date, its digits; `nil` when it is none.
  static func plainBound(_ text: String, _ kind: FactSchema.Kind) -> Int? {
    switch kind {
    case .integer, .number:
      guard let value = Int(text), abs(value) <= 1_000_000_000 else { return nil }
      return value
    case .date, .yearmonth:
      guard let parts = Day(text)?.components else { return nil }
      return parts.year * 10_000 + parts.month * 100 + parts.day
    case .string, .boolean: return nil
    }
  }
}
