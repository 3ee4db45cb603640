internal import Glibc  // strtod: correctly rounded

/// A sum of decimal numbers without any rounding, so that the order of rows never shows and a window is the
/// difference of two running totals.
///
/// Digits beyond the twentieth decimal, which only quotients have, are left out.
struct ExactSum: Hashable {
  /// Decimals kept at most.
  static let mostDecimals = 20

  /// The digits; the number is `mantissa / 10^scale`.
  private(set) var mantissa: Int128
  /// Decimals.
  private(set) var scale: Int

  /// Zero.
  static let zero = ExactSum(mantissa: 0, scale: 0)

  private init(mantissa: Int128, scale: Int) {
    self.mantissa = mantissa
    self.scale = scale
  }

  /// The number PostgreSQL writes as these bytes; `nil` when it is no plain decimal, or has more digits than
  /// any sum of facts.
  init?(decimal bytes: UnsafeBufferPointer<UInt8>) {
    var digits: Int128 = 0
    var decimals = 0
    var isFraction = false
    var isNegative = false
    guard !bytes.isEmpty else { return nil }
    // Most numbers fit a machine word; the wide one is taken only once they do not.
    var word: UInt64 = 0
    var wordDigits = 0
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "-") where index == 0: isNegative = true
      case UInt8(ascii: ".") where !isFraction: isFraction = true
      case 0x30...0x39:
        if isFraction {
          guard decimals < ExactSum.mostDecimals else { continue }
          decimals += 1
        }
        if wordDigits < 18 {
          word = word * 10 + UInt64(byte - 0x30)
          wordDigits += 1
        } else {
          if wordDigits == 18 {
            digits = Int128(word)
            wordDigits += 1
          }
          let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
          let (sum, carry) = product.addingReportingOverflow(Int128(byte - 0x30))
          guard !overflow, !carry else { return nil }
          digits = sum
        }
      default: return nil
      }
    }
    if wordDigits <= 18 { digits = Int128(word) }
    mantissa = isNegative ? -digits : digits
    scale = decimals
  }

  /// The same number with more decimals.
  private func widened(to decimals: Int) -> Int128 {
    decimals > scale ? mantissa * ExactSum.power(decimals - scale) : mantissa
  }

  /// Ten to a power from 0 to 38.
  private static func power(_ exponent: Int) -> Int128 { powers[exponent] }
  private static let powers: [Int128] = (0...38).map { exponent in
    (0..<exponent).reduce(Int128(1)) { product, _ in product * 10 }
  }

  static func + (left: ExactSum, right: ExactSum) -> ExactSum {
    let scale = max(left.scale, right.scale)
    return ExactSum(mantissa: left.widened(to: scale) + right.widened(to: scale), scale: scale)
  }

  static func - (left: ExactSum, right: ExactSum) -> ExactSum {
    let scale = max(left.scale, right.scale)
    return ExactSum(mantissa: left.widened(to: scale) - right.widened(to: scale), scale: scale)
  }

  /// The number times itself; `nil` when it has more digits than are kept.
  var squared: ExactSum? {
    let (product, overflow) = mantissa.multipliedReportingOverflow(by: mantissa)
    guard !overflow, 2 * scale <= ExactSum.mostDecimals else { return nil }
    return ExactSum(mantissa: product, scale: 2 * scale)
  }

  /// The nearest floating-point number.
  var number: Double {
    guard let digits = Int64(exactly: mantissa) else { return parsed(mantissa) }
    if abs(digits) <= 1 << 53, scale <= 22 { return Double(digits) / ExactSum.exactPowers[scale] }
    return parsed(mantissa)
  }

  private static let exactPowers: [Double] = (0...22).map { exponent in
    (0..<exponent).reduce(1.0) { product, _ in product * 10 }
  }

  private func parsed(_ digits: Int128) -> Double { strtod("\(digits)e-\(scale)", nil) }
}
