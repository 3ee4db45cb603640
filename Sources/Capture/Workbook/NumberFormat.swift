/// What a cell's number format says its number is.
enum NumberFormat: Hashable {
  case number
  /// Written with at least this many digits: a code whose zeros at the left are only shown.
  case padded(Int)
  case percent
  /// A day, with or without a time.
  case date
  /// A month of a year, without a day.
  case month
  /// A time of day or a duration, without a day.
  case time

  /// The format every spreadsheet knows by its number; `nil` for one of the workbook's own.
  init?(builtIn id: Int) {
    switch id {
    case 9, 10: self = .percent
    case 17, 55: self = .month
    case 14...16, 22, 27...31, 34...36, 50...54, 56...58: self = .date
    case 18...21, 32, 33, 45...47: self = .time
    case 0..<164: self = .number
    default: return nil
    }
  }

  /// The format of a code such as `dd/mm/yyyy` or `# ##0,00 "€"`.
  init(code: String) {
    let signs = NumberFormat.signs(of: code)
    if !signs.isEmpty, signs.allSatisfy({ $0 == UInt8(ascii: "0") }), signs.count > 1 {
      self = .padded(signs.count)
      return
    }
    func has(_ letters: StaticString) -> Bool {
      letters.withUTF8Buffer { letters in signs.contains { letters.contains($0) } }
    }
    if signs.starts(with: Array("general".utf8)) || signs.starts(with: Array("standard".utf8)) {
      self = .number
    } else if has("dj") {
      self = .date
    } else if has("hs") {
      self = has("y") ? .date : .time
    } else if has("y") {
      // A year alone still stands for a day, whose month nobody sees.
      self = has("m") ? .month : .date
    } else if has("m"), !has("0#?") {
      self = .month
    } else {
      self = has("%") ? .percent : .number
    }
  }

  /// The signs that mean something in the first section of a code, in lower case: without texts in quotes,
  /// escaped signs, colours and locales, but with elapsed time (`[h]`).
  private static func signs(of code: String) -> [UInt8] {
    var found: [UInt8] = []
    var bytes = Array(code.utf8.prefix(1_000))[...]
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: ";"): return found
      case UInt8(ascii: "\""): bytes = bytes.drop { $0 != UInt8(ascii: "\"") }.dropFirst()
      case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"): bytes = bytes.dropFirst()
      case UInt8(ascii: "["):
        let inside = bytes.prefix { $0 != UInt8(ascii: "]") }.map { $0 | 0x20 }
        bytes = bytes.dropFirst(inside.count + 1)
        if let first = inside.first, "hms".utf8.contains(first), inside.allSatisfy({ $0 == first }) {
          found.append(UInt8(ascii: "h"))
        }
      case 0x41...0x5A: found.append(byte | 0x20)
      default: found.append(byte)
      }
    }
    return found
  }
}

/// Reads the formats of cells from `styles.xml`.
final class StylesHandler: MarkupHandler {
  /// The format of each cell style, by its index.
  private(set) var formats: [NumberFormat] = []
  private var codes: [Int: NumberFormat] = [:]
  private var isInCellFormats = false
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  func start(_ name: String, _ attributes: [String: String]) throws {
    switch name {
    case "numFmt":
      if codes.count < limit, let id = attributes["numFmtId"].flatMap({ Int($0) }),
        let code = attributes["formatCode"]
      {
        codes[id] = NumberFormat(code: code)
      }
    case "cellXfs": isInCellFormats = true
    case "xf":
      guard isInCellFormats, formats.count < limit else { return }
      let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
      formats.append(codes[id] ?? NumberFormat(builtIn: id) ?? .number)
    default: break
    }
  }

  func end(_ name: String) { if name == "cellXfs" { isInCellFormats = false } }
}
