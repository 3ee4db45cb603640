/// Finds the few order statistics a band needs, without sorting the rest, and without memory once it has run.
struct Selector: Sendable {
  /// The least value taken; `NaN` when there is none.
  private(set) var least = Double.nan
  /// The greatest value taken; `NaN` when there is none.
  private(set) var greatest = Double.nan
  private var count = 0
  /// The values, bin by bin.
  private var values: [Double] = []
  /// Where each bin ends.
  private var ends: [Int32] = []
  private var bins = 0

  /// Takes finite values, in place of those before.
  mutating func take(_ taken: UnsafeBufferPointer<Double>) {
    count = taken.count
    (least, greatest) = Selector.ends(of: taken)
    bins = max(1, count / 2)
    if values.count < count { values = [Double](repeating: 0, count: count) }
    if ends.count < bins { ends = [Int32](repeating: 0, count: bins) }
    guard count > 0 else { return }
    let (place, bins) = (Bins(bins, from: least, to: greatest), bins)
    values.withUnsafeMutableBufferPointer { values in
      ends.withUnsafeMutableBufferPointer { ends in
        let ends = UnsafeMutableBufferPointer(rebasing: ends[..<bins])
        ends.update(repeating: 0)
        for value in taken { ends[place[value]] &+= 1 }
        Bins.begin(ends)
        for value in taken {
          let bin = place[value]
          values[Int(ends[bin])] = value
          ends[bin] &+= 1
        }
      }
    }
  }

  /// Takes finite values, in place of those before.
  mutating func take(_ taken: [Double]) { taken.withUnsafeBufferPointer { take($0) } }

  /// The quantile of the values taken, linear between neighbours (Hyndman and Fan 1996, type 7); `NaN` of none.
  mutating func quantile(_ share: Double) -> Double {
    guard count > 0 else { return .nan }
    let place = share * Double(count - 1)
    let low = Int(place)
    let value = ordered(low)
    guard low + 1 < count else { return value }
    return value + (place - Double(low)) * (ordered(low + 1) - value)
  }

  /// The value that sorting would put at a place.
  private mutating func ordered(_ place: Int) -> Double {
    // The first bin that ends after the place.
    var (low, high) = (0, bins - 1)
    while low < high {
      let middle = (low + high) / 2
      if Int(ends[middle]) <= place { low = middle + 1 } else { high = middle }
    }
    let first = low > 0 ? Int(ends[low - 1]) : 0
    let end = Int(ends[low])
    return values.withUnsafeMutableBufferPointer { values in
      let bin = UnsafeMutableBufferPointer(rebasing: values[first..<end])
      Bins.sort(bin)
      return bin[place - first]
    }
  }

  /// The least and the greatest of some values.
  private static func ends(of values: UnsafeBufferPointer<Double>) -> (least: Double, greatest: Double) {
    guard let first = values.first else { return (.nan, .nan) }
    // Four at a time: each comparison would wait for the one before.
    var least = SIMD4(repeating: first)
    var greatest = least
    var index = 0
    while index + 4 <= values.count {
      let next = SIMD4(values[index], values[index + 1], values[index + 2], values[index + 3])
      least.replace(with: next, where: next .< least)
      greatest.replace(with: next, where: next .> greatest)
      index += 4
    }
    var (low, high) = (least.min(), greatest.max())
    for value in values[index...] {
      low = min(low, value)
      high = max(high, value)
    }
    return (low, high)
  }
}
