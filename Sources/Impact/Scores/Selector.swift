/// Finds the few order statistics a band needs, without sorting the rest.
struct Selector {
  /// Low, high, median, lowest and highest of the first values, which it reorders; `NaN` when there are none.
  func band(_ values: inout [Double], _ count: Int) -> [Double] {
    guard count > 0 else { return [.nan, .nan, .nan, .nan, .nan] }
    var (least, greatest) = (values[0], values[0])
    for index in 1..<max(1, count) {
      least = min(least, values[index])
      greatest = max(greatest, values[index])
    }
    let low = quantile(0.05, &values, count)
    let high = quantile(0.95, &values, count)
    let median = quantile(0.5, &values, count)
    return [low, high, median, least, greatest]
  }

  /// The quantile of the first values, which it reorders, linear between neighbours (Hyndman and Fan 1996, type 7).
  func quantile(_ share: Double, _ values: inout [Double], _ count: Int) -> Double {
    let place = share * Double(count - 1)
    let low = Int(place)
    select(low, &values, count)
    guard low + 1 < count else { return values[low] }
    // The next one is the least of those above.
    var next = values[low + 1]
    for index in (low + 1)..<count { next = min(next, values[index]) }
    return values[low] + (place - Double(low)) * (next - values[low])
  }

  /// Hoare's selection: afterwards the value at `place` is the one sorting would put there.
  private func select(_ place: Int, _ values: inout [Double], _ count: Int) {
    var (low, high) = (0, count - 1)
    while low < high {
      let pivot = values[(low + high) / 2]
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
}
