internal import Impact

/// What needs no column to be told of a cell.
extension CellReader {
  /// The canonical text of a value, or `nil` when it is none of that type.
  static func canonical(_ text: String, _ kind: FactSchema.Kind) -> String? {
    let bytes = Array(text.utf8)
    switch kind {
    case .string: return text
    case .integer: if case .value(let value) = NumberText.integer(bytes.span) { return value }
    case .number: if case .value(let value) = NumberText.decimal(bytes.span) { return value }
    case .boolean: return boolean(bytes.span)
    case .date: if case .value(let value) = DateText.day(bytes.span) { return value }
    case .yearmonth: if case .value(let value) = DateText.month(bytes.span) { return value }
    }
    return nil
  }

  /// `t` or `f`.
  static func boolean(_ cell: Span<UInt8>) -> String? {
    guard cell.count <= 5 else { return nil }
    if cell.count == 1 {
      switch cell[0] {
      case UInt8(ascii: "1"): return "t"
      case UInt8(ascii: "0"): return "f"
      default: return nil
      }
    }
    switch String(copying: cell).lowercased() {
    case "oui", "yes", "vrai", "true": return "t"
    case "non", "no", "faux", "false": return "f"
    default: return nil
    }
  }

  /// The bytes of a cell between spaces of every kind people paste.
  static func trimmedRange(_ cell: Span<UInt8>) -> Range<Int> {
    var start = 0
    var end = cell.count
    while start < end {
      let byte = cell[start]
      if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
        start += 1
      } else if byte == 0xC2, end - start >= 2, cell[start + 1] == 0xA0 {
        start += 2
      } else if byte == 0xE2, end - start >= 3, cell[start + 1] == 0x80, cell[start + 2] == 0xAF {
        start += 3
      } else {
        break
      }
    }
    while end > start {
      let byte = cell[end - 1]
      if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
        end -= 1
      } else if byte == 0xA0, end - start >= 2, cell[end - 2] == 0xC2 {
        end -= 2
      } else if byte == 0xAF, end - start >= 3, cell[end - 2] == 0x80, cell[end - 3] == 0xE2 {
        end -= 3
      } else {
        break
      }
    }
    return start..<end
  }

  /// Whether a text is a long number as a spreadsheet shows it: `1,23457E+14`.
  static func isShortened(_ cell: Span<UInt8>) -> Bool {
    let count = cell.count
    guard (5...24).contains(count), cell[count - 3] == UInt8(ascii: "+"), cell[count - 4] | 0x20 == 0x65
    else {
      return false
    }
    for i in 0..<count {
      let isDigit = cell[i] &- 0x30 <= 9
      switch i {
      case 1 where count > 5: guard cell[i] == 0x2C || cell[i] == 0x2E else { return false }
      case count - 4, count - 3: continue
      default: guard isDigit else { return false }
      }
    }
    return true
  }

  /// How many bytes stand before the decimals of a plainly written number; all of them in anything else.
  static func wholeLength(_ cell: Span<UInt8>) -> Int {
    var mark: Int?
    for i in 0..<cell.count {
      if cell[i] == UInt8(ascii: ".") || cell[i] == UInt8(ascii: ","), mark == nil {
        mark = i
      } else if cell[i] &- 0x30 > 9, i > 0 || cell[i] != UInt8(ascii: "-") {
        return cell.count
      }
    }
    return mark ?? cell.count
  }
}
