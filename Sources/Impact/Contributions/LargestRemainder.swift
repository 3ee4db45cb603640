/// Whole numbers that share a total as nearly as they can (largest remainder, also Hamilton's method).
public enum LargestRemainder {
  /// Shares a whole total in proportion to weights.
  ///
  /// Each place first gets the whole part of its due; what is left goes, one each, to the largest remainders. A tie goes
  /// to the place that stands first: put places in order of their names, so that the same shares come out every time.
  ///
  /// - Parameters:
  ///   - total: what is shared; not negative.
  ///   - weights: what each place is due in proportion to; none negative.
  /// - Returns: whole numbers whose sum is `total`; `nil` when the weights sum to 0.
  public static func shares(of total: Int, by weights: [Double]) -> [Int]? {
    let sum = weights.reduce(0, +)
    guard total >= 0, sum > 0, sum.isFinite, weights.allSatisfy({ $0 >= 0 }) else { return nil }
    // The product first: 32 × 45 ÷ 300 is exact where 45 ÷ 300 is not.
    let dues = weights.map { Double(total) * $0 / sum }
    var shares = dues.map { Int($0) }
    let left = total - shares.reduce(0, +)
    let order = dues.indices.sorted { one, other in
      let (first, second) = (dues[one] - Double(shares[one]), dues[other] - Double(shares[other]))
      return first == second ? one < other : first > second
    }
    for index in order.prefix(max(0, left)) { shares[index] += 1 }
    return shares
  }
}
