internal import Foundation

/// A number of a worksheet as the text its author sees when the cell is selected.
///
/// A spreadsheet keeps binary doubles but shows, and lets one type, 15 significant digits: 0.1 + 0.2 is
/// stored as 0.30000000000000004 and means 0.3. Beyond 15 digits it has already replaced what was typed.
enum SheetNumber {
  enum Outcome: Equatable {
    case value(String)
    /// More than 15 digits before the decimal sign.
    case tooLong
    case malformed
  }

  private static let digits = 15

  /// The decimal text of a stored number, times ten to the power `shift`.
  static func text(_ raw: some StringProtocol, shift: Int = 0) -> Outcome {
    guard var parts = Parts(raw) else { return .malformed }
    if parts.digits.count > digits {
      guard let number = Double(String(raw)), number.isFinite,
        let rounded = Parts(String(format: "%.\(digits - 1)e", number))
      else { return .malformed }
      parts = rounded
    }
    parts.exponent += shift
    if parts.digits.isEmpty { return .value("0") }
    if parts.digits.count + parts.exponent > digits { return .tooLong }
    guard parts.exponent > -400 else { return .malformed }
    return .value(parts.text)
  }

  /// Digits without zeros at either end, times ten to the power `exponent`.
  private struct Parts {
    var isNegative = false
    var digits: [UInt8] = []
    var exponent = 0

    init?(_ raw: some StringProtocol) {
      var bytes = Array(raw.utf8)[...]
      guard bytes.count <= 60 else { return nil }
      if bytes.first == UInt8(ascii: "-") {
        isNegative = true
        bytes.removeFirst()
      }
      var hasDigits = false
      var hasPoint = false
      while let byte = bytes.first, byte | 0x20 != UInt8(ascii: "e") {
        bytes.removeFirst()
        if byte == UInt8(ascii: "."), !hasPoint {
          hasPoint = true
          continue
        }
        guard byte &- 0x30 <= 9 else { return nil }
        hasDigits = true
        digits.append(byte)
        if hasPoint { exponent -= 1 }
      }
      guard hasDigits else { return nil }
      if !bytes.isEmpty {
        guard let power = Int(String(decoding: bytes.dropFirst(), as: UTF8.self)), abs(power) <= 1_000 else {
          return nil
        }
        exponent += power
      }
      while digits.last == 0x30 {
        digits.removeLast()
        exponent += 1
      }
      digits = Array(digits.drop { $0 == 0x30 })
      if digits.isEmpty { exponent = 0 }
    }

    var text: String {
      var text: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
      let whole = digits.count + exponent
      if whole <= 0 {
        text += [0x30, UInt8(ascii: ".")]
        text += Array(repeating: 0x30, count: -whole)
        text += digits
      } else if exponent >= 0 {
        text += digits
        text += Array(repeating: 0x30, count: exponent)
      } else {
        text += digits[..<whole]
        text.append(UInt8(ascii: "."))
        text += digits[whole...]
      }
      return String(decoding: text, as: UTF8.self)
    }
  }
}
