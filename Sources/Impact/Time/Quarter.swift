/// A civil quarter (*trimestre*): the period of every figure, review and release.
///
/// Written `2026T3` in data, in both languages; pages print `T3 2026` in French and `Q3 2026` in English.
public struct Quarter: Hashable, Comparable, Sendable {
  /// Quarters since the first quarter of year 0: order and difference are integer arithmetic.
  public let index: Int

  /// The quarter `index` quarters after the first of year 0.
  public init(index: Int) { self.index = index }

  /// Quarter `number` (1–4) of `year`, or `nil` when `number` is outside 1–4.
  public init?(_ year: Int, _ number: Int) {
    guard (1...4).contains(number), (1...9999).contains(year) else { return nil }
    index = year * 4 + number - 1
  }

  /// The quarter that contains `day`.
  public init(containing day: Day) {
    let (year, month, _) = day.components
    index = year * 4 + (month - 1) / 3
  }

  /// The quarter written `2026T3`, or `nil` when the text is anything else.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 6, bytes[4] == UInt8(ascii: "T") else { return nil }
    var year = 0
    for byte in bytes[0..<4] {
      guard (0x30...0x39).contains(byte) else { return nil }
      year = year * 10 + Int(byte - 0x30)
    }
    self.init(year, Int(bytes[5]) - 0x30)
  }

  /// The year the quarter belongs to.
  public var year: Int { index / 4 }
  /// 1 to 4.
  public var number: Int { index % 4 + 1 }
  /// The quarter's first day.
  public var start: Day { Day(unchecked: year, index % 4 * 3 + 1, 1) }
  /// The quarter's last day.
  public var end: Day { next.start.adding(days: -1) }
  /// The quarter after this one.
  public var next: Quarter { Quarter(index: index + 1) }
  /// The quarter `count` quarters later; earlier when negative.
  public func advanced(by count: Int) -> Quarter { Quarter(index: index + count) }
  /// Quarters from this one to `other`, positive when `other` is later.
  public func distance(to other: Quarter) -> Int { other.index - index }

  /// Earlier or later in time.
  public static func < (left: Quarter, right: Quarter) -> Bool { left.index < right.index }
}

extension Quarter: CustomStringConvertible {
  /// `2026T3`.
  public var description: String {
    let digits = String(year)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "T\(number)"
  }
}
