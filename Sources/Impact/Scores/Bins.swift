/// Equal bins between the least and the greatest of some values.
///
/// A greater value never stands in an earlier bin, whatever the rounding. So once values lie bin by bin, only those of
/// one bin are left to be sorted, few of them unless nearly all lie close together.
struct Bins {
  private let least: Double
  private let factor: Double
  private let last: Int

  /// So many bins; all in the first where values do not differ, or by more than a number can tell.
  init(_ count: Int, from least: Double, to greatest: Double) {
    let factor = Double(count - 1) / (greatest - least)
    self.least = least
    self.factor = factor.isFinite ? factor : 0
    last = count - 1
  }

  /// The bin of a value that is one of those.
  @inline(__always)
  subscript(value: Double) -> Int {
    // The last bits of a number above 2⁵² are the whole number it was rounded to.
    let bits = ((value - least) * factor + 0x1p52).bitPattern
    return min(last, Int(truncatingIfNeeded: bits & 0xFFFF_FFFF))
  }

  /// Turns the number of values in each bin into where each bin begins.
  static func begin(_ counts: UnsafeMutableBufferPointer<Int32>) {
    var sum: Int32 = 0
    for bin in counts.indices {
      let own = counts[bin]
      counts[bin] = sum
      sum &+= own
    }
  }

  /// Sorts values that lie bin by bin, or those of one bin: each is near its place, unless nearly all share a bin.
  @inline(__always)
  static func sort<Element: Comparable>(_ values: UnsafeMutableBufferPointer<Element>) {
    var moves = values.count * 8
    var next = 1
    while next < values.count {
      let element = values[next]
      var hole = next
      while hole > 0, element < values[hole - 1] {
        values[hole] = values[hole - 1]
        hole -= 1
      }
      values[hole] = element
      moves -= next - hole
      guard moves > 0 else {
        var values = values
        return values.sort()
      }
      next += 1
    }
  }
}
