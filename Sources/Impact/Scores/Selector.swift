/// Finds the few order statistics a band needs, without sorting the rest.
struct Selector {
  /// Low, high, median, lowest and highest of the first values, which it reorders; `NaN` when there are none.
  func band(_ values: inout [Double], _ count: Int) -> [Double] {
    guard count > 0 else { return [.nan, .nan, .nan, .nan, .nan] }
    return values.withUnsafeMutableBufferPointer { values in
      var (least, greatest) = (values[0], values[0])
      for index in 1..<max(1, count) {
        least = min(least, values[index])
        greatest = max(greatest, values[index])
      }
      // Afterwards nothing before the middle is greater than what comes after it, so that the others are each looked for
      // in one half.
      let median = quantile(0.5, values, 0, count - 1, count)
      let middle = Int(0.5 * Double(count - 1))
      let low = quantile(0.05, values, 0, middle, count)
      let high = quantile(0.95, values, middle, count - 1, count)
      return [low, high, median, least, greatest]
    }
  }

  /// The quantile of the first values, which it reorders, linear between neighbours (Hyndman and Fan 1996, type 7).
  func quantile(_ share: Double, _ values: inout [Double], _ count: Int) -> Double {
    values.withUnsafeMutableBufferPointer { quantile(share, $0, 0, count - 1, count) }
  }

  /// The quantile, whose place is from `first` to `last`, where the values are that sorting would put there.
  private func quantile(
    _ share: Double, _ values: UnsafeMutableBufferPointer<Double>, _ first: Int, _ last: Int, _ count: Int
  ) -> Double {
    let place = share * Double(count - 1)
    let low = Int(place)
    select(low, values, first, last)
    guard low + 1 < count else { return values[low] }
    // The next one is the least of those above.
    var next = values[low + 1]
    for index in (low + 1)...(low < last ? last : count - 1) { next = min(next, values[index]) }
    return values[low] + (place - Double(low)) * (next - values[low])
  }

  /// Hoare's selection: afterwards the value at `place` is the one sorting would put there.
  private func select(_ place: Int, _ values: UnsafeMutableBufferPointer<Double>, _ first: Int, _ last: Int) {
    var (low, high) = (first, last)
    while low < high {
      let pivot = pivot(for: place, values, low, high)
      var (left, right) = (low, high)
      while left <= right {
        while values[left] < pivot { left += 1 }
        while values[right] > pivot { right -= 1 }
        if left <= right {
          values.swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if place <= right { high = right } else if place >= left { low = left } else { return }
    }
  }

  /// A value that stands near `place`: of nine values evenly spread, the one whose place among them is the same share.
  ///
  /// So most of the rest is gone after one pass, where the middle value would leave half of it.
  @inline(__always)
  private func pivot(
    for place: Int, _ values: UnsafeMutableBufferPointer<Double>, _ low: Int, _ high: Int
  ) -> Double {
    let length = high - low
    guard length > 40 else { return values[(low + high) / 2] }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 9) { sample in
      for index in 0..<9 {
        let value = values[low + length * index / 8]
        var hole = index
        while hole > 0, sample[hole - 1] > value {
          sample[hole] = sample[hole - 1]
          hole -= 1
        }
        sample[hole] = value
      }
      return sample[8 * (place - low) / length]
    }
  }
}
