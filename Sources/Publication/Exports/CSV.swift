/// A table of values separated by a character (RFC 4180): UTF-8, CRLF, quotes only where they are needed.
struct CSV: Sendable {
  /// How a reader's software expects tables.
  enum Dialect: Sendable {
    /// Comma, decimal point: for programs.
    case standard
    /// Semicolon, decimal comma, byte order mark: opens in a French Excel by a double click.
    case excelFrench
  }

  /// One value of a row; `nil` is an empty cell.
  enum Cell: Hashable, Sendable {
    case text(String?)
    case number(Double?)
    case integer(Int?)
  }

  private let header: [String]
  private let rows: [[Cell]]

  /// A table of rows in the order of its header.
  init(_ header: [String], rows: [[Cell]]) {
    self.header = header
    self.rows = rows
  }

  /// The bytes of the file.
  func rendered(_ dialect: Dialect = .standard) -> [UInt8] {
    var out: [UInt8] = dialect == .excelFrench ? [0xEF, 0xBB, 0xBF] : []
    for row in [header.map(Cell.text)] + rows {
      for (index, cell) in row.enumerated() {
        if index > 0 { out.append(dialect.separator) }
        switch cell {
        case .text(let text): if let text { dialect.write(CSV.guarded(text), into: &out) }
        case .number(let number): if let number { out += dialect.decimal(number).utf8 }
        case .integer(let number): if let number { out += String(number).utf8 }
        }
      }
      out += [0x0D, 0x0A]
    }
    return out
  }

  /// A text that a spreadsheet would run as a formula, disarmed by an apostrophe (CWE-1236).
  ///
  /// Numbers never come here: −5.2 stays a number.
  static func guarded(_ text: String) -> String {
    // The first scalar, not the first character: a combining mark after "=" stops no spreadsheet.
    guard let first = text.unicodeScalars.first, formulaStarts.contains(first) else { return text }
    return "'" + text
  }

  private static let formulaStarts: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "\t", "\r", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
  ]
}

extension CSV.Dialect {
  fileprivate var separator: UInt8 { self == .standard ? UInt8(ascii: ",") : UInt8(ascii: ";") }

  fileprivate func decimal(_ number: Double) -> String {
    let plain = DecimalText(number).plain
    return self == .standard ? plain : String(plain.map { $0 == "." ? "," : $0 })
  }

  fileprivate func write(_ text: String, into out: inout [UInt8]) {
    let quote = UInt8(ascii: "\"")
    guard text.utf8.contains(where: { [separator, quote, 0x0D, 0x0A].contains($0) }) else {
      out += text.utf8
      return
    }
    out.append(quote)
    for byte in text.utf8 {
      if byte == quote { out.append(quote) }
      out.append(byte)
    }
    out.append(quote)
  }
}
