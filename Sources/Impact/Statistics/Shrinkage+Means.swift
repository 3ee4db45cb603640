extension Shrinkage {
  /// Means of groups of equal size drawn towards their grand mean: James and Stein's estimate towards the mean,
  /// `m + c (y − m)` with `c = max(0, 1 − (k − 3) v / Σ (y − m)²)` (Efron and Morris 1975, JASA 70:311).
  ///
  /// - Parameters:
  ///   - means: the groups' means, at least four.
  ///   - variance: the sampling variance of each.
  /// - Returns: the estimates in the same order; `nil` below four groups.
  public static func means(_ means: [Double], variance: Double) -> [Double]? {
    guard means.count > 3 else { return nil }
    let centre = means.reduce(0, +) / Double(means.count)
    let spread = means.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
    guard spread > 0 else { return means }
    let kept = max(0, 1 - Double(means.count - 3) * variance / spread)
    return means.map { centre + kept * ($0 - centre) }
  }
}
