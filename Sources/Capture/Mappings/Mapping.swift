public import Impact

/// How the columns of a file that another system exports become the fields of an entity, read from
/// `Indicators/mappings/<name>.yaml`.
///
///     let mapping = try Mapping(readingFrom: "Indicators/mappings/asp-emi.yaml", schemas: schemas)
///     try FactFile(path: "asp-emi.csv", schema: schema, mapping: mapping).read { row in … }
public struct Mapping: Hashable, Sendable {
  /// Where a field's value comes from.
  public enum Rule: Hashable, Sendable {
    /// One column, as it is.
    case column(String)
    /// One column whose codes stand for others; a code that is not listed is refused.
    case values(String, [String: String])
    /// One column in another unit.
    case unit(String, UnitConversion)
    /// A month from a column of years and one of month numbers.
    case month(year: String, month: String)
    /// Several columns, with a sign between them.
    case joined([String], separator: String)
    /// The same text in every row.
    case constant(String)

    /// The columns read.
    public var columns: [String] {
      switch self {
      case .column(let name), .values(let name, _), .unit(let name, _): [name]
      case .month(let year, let month): [year, month]
      case .joined(let names, _): names
      case .constant: []
      }
    }
  }

  /// One field of the entity.
  public struct Target: Hashable, Sendable {
    /// The field's name.
    public var field: String
    /// Where its value comes from.
    public var rule: Rule
  }

  /// A column that is left out on purpose.
  public struct Ignored: Hashable, Sendable {
    /// The column's name.
    public var column: String
    /// Why it is left out.
    public var reason: Localized
  }

  /// The mapping's name; also that of its file, and of the files it is for: `asp-emi.csv`, `asp-emi-07.csv`.
  public var name: String
  /// Raised whenever the mapping means something else.
  public var version: Int
  /// What the source file is.
  public var title: Localized
  /// Who publishes the file's format.
  public var source: Localized
  /// The entity its rows become.
  public var entity: String
  /// The sign between fields, when a file must be written with it.
  public var delimiter: Character?
  /// The encoding a file must be written in.
  public var encoding: TextEncoding?
  /// The fields, in the order of the file.
  public var targets: [Target]
  /// The columns left out on purpose.
  public var ignored: [Ignored]
  /// The fingerprint of its text, its version included: a file read by another text is another delivery.
  public var fingerprint: Fingerprint
}

/// From one unit to another of the same quantity, exact up to six decimals.
public struct UnitConversion: Hashable, Sendable {
  /// A unit a source may count in.
  public enum Unit: String, Hashable, Sendable, CaseIterable {
    /// Time.
    case seconds, minutes, hours
    /// Money.
    case centimes, euros, kiloeuros
    /// Mass.
    case grams, kilograms, tonnes
    /// Parts of a whole.
    case percent, share

    var quantity: String {
      switch self {
      case .seconds, .minutes, .hours: "time"
      case .centimes, .euros, .kiloeuros: "money"
      case .grams, .kilograms, .tonnes: "mass"
      case .percent, .share: "share"
      }
    }

    /// How many of the smallest unit of its quantity it is.
    var size: Int {
      switch self {
      case .seconds, .centimes, .grams, .percent: 1
      case .minutes: 60
      case .hours: 3_600
      case .euros, .share: 100
      case .kilograms: 1_000
      case .kiloeuros: 100_000
      case .tonnes: 1_000_000
      }
    }
  }

  /// The unit of the file.
  public var from: Unit
  /// The unit of the field.
  public var to: Unit

  static let decimals = 6

  /// A canonical number in the other unit, rounded half away from zero at the sixth decimal.
  func converted(_ number: String) -> String {
    var digits: [Int] = []
    var fraction = 0
    for byte in number.utf8 {
      if byte == UInt8(ascii: ".") { fraction = 1 }
      guard byte &- 0x30 <= 9 else { continue }
      digits.append(Int(byte - 0x30))
      if fraction > 0 { fraction += 1 }
    }
    let places = max(0, fraction - 1)
    digits += Array(repeating: 0, count: UnitConversion.decimals)
    // number · 10^(places + decimals) · from / to, digit by digit.
    var carry = 0
    for i in digits.indices.reversed() {
      carry += digits[i] * from.size
      digits[i] = carry % 10
      carry /= 10
    }
    while carry > 0 {
      digits.insert(carry % 10, at: 0)
      carry /= 10
    }
    var rest = 0
    for i in digits.indices {
      rest = rest * 10 + digits[i]
      digits[i] = rest / to.size
      rest %= to.size
    }
    // Drop the places, looking at the first dropped digit: `rest` alone only matters below it.
    let kept = digits.count - places
    let next = places > 0 ? digits[kept] : rest * 10 / to.size
    digits.removeLast(places)
    if next >= 5 {
      var i = digits.count - 1
      while i >= 0, digits[i] == 9 {
        digits[i] = 0
        i -= 1
      }
      if i < 0 { digits.insert(1, at: 0) } else { digits[i] += 1 }
    }
    var text = digits.map { UInt8(0x30 + $0) }
    text.insert(UInt8(ascii: "."), at: text.count - UnitConversion.decimals)
    while text.last == 0x30 { text.removeLast() }
    if text.last == UInt8(ascii: ".") { text.removeLast() }
    while text.count > 1, text[0] == 0x30, text[1] != UInt8(ascii: ".") { text.removeFirst() }
    if text.first == UInt8(ascii: ".") { text.insert(0x30, at: 0) }
    if number.utf8.first == UInt8(ascii: "-"), text != [0x30] { text.insert(UInt8(ascii: "-"), at: 0) }
    return String(decoding: text, as: UTF8.self)
  }
}
