/// Whether two groups wait equally long: the log-rank test (Mantel 1966; Peto and Peto 1972).
public struct LogRank: Hashable, Sendable {
  /// χ² with one degree of freedom.
  public let statistic: Double
  /// Its p-value.
  public var p: Double { ChiSquare.upper(statistic, freedom: 1) }

  /// The test of two groups; `nil` when no moment can tell them apart.
  public init?(_ first: [TimeToEvent], _ second: [TimeToEvent]) {
    let own = EventStep.steps(of: first)
    let both = EventStep.steps(of: first + second)
    var observed = 0.0
    var expected = 0.0
    var variance = 0.0
    var next = 0
    for step in both {
      while next < own.count, own[next].time < step.time { next += 1 }
      let atRisk = next < own.count ? Double(own[next].atRisk) : 0
      if next < own.count, own[next].time == step.time { observed += Double(own[next].total) }
      let n = Double(step.atRisk)
      let d = Double(step.total)
      expected += d * atRisk / n
      if n > 1 { variance += d * (atRisk / n) * (1 - atRisk / n) * (n - d) / (n - 1) }
    }
    guard variance > 0 else { return nil }
    statistic = (observed - expected) * (observed - expected) / variance
  }
}
