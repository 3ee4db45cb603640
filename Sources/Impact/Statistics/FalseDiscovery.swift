/// Control of the share of false alarms among many tests made at once.
///
/// Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57:289.
public struct FalseDiscovery: Hashable, Sendable {
  /// For each test, in the order given, the smallest rate of false alarms at which it is still kept.
  public let adjusted: [Double]

  /// The p-values of every test of one review, each 0–1.
  public init(_ values: [Double]) {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var adjusted = [Double](repeating: 1, count: values.count)
    var least = 1.0
    for (rank, index) in order.enumerated().reversed() {
      least = min(least, values[index] * Double(values.count) / Double(rank + 1))
      adjusted[index] = least
    }
    self.adjusted = adjusted
  }

  /// Which tests are kept when at most that share of the kept ones may be false.
  ///
  /// - Parameter rate: the share of false alarms borne, 0–1.
  /// - Returns: one answer a test, in the order given.
  public func kept(at rate: Double) -> [Bool] { adjusted.map { $0 <= rate } }
}
