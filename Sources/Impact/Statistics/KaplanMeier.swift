internal import Glibc  // exp, log, pow

/// The share for whom nothing has happened yet, when some are still waiting: `S(t) = Π (1 − d/n)` (Kaplan and Meier
/// 1958).
///
/// Any cause is an event. For one cause among several that exclude each other, use ``CumulativeIncidence``: 1 − S, with
/// the other causes taken for lost sight of, says far too much.
public struct KaplanMeier: Hashable, Sendable {
  /// The estimate from one moment to the next.
  public struct Step: Hashable, Sendable {
    /// The moment.
    public var time: Double
    /// People followed just before it.
    public var atRisk: Int
    /// Events at it.
    public var events: Int
    /// People last heard of at it.
    public var censored: Int
    /// The share for whom nothing has happened, 0–1.
    public var survival: Double
    /// Greenwood's sum `Σ d / n(n−d)`; infinite once nobody is left.
    public var greenwood: Double

    /// Greenwood's standard error: `S √Σ` (Greenwood 1926).
    public var error: Double { survival > 0 ? survival * greenwood.squareRoot() : 0 }

    /// The log-log interval, which stays inside 0–1: `S^exp(±z √Σ / ln S)` (Kalbfleisch and Prentice 1980).
    ///
    /// - Parameter z: the normal quantile; 1.959964 is 95 %.
    /// - Returns: the interval; `nil` before the first event and once nobody is left, where it has no meaning.
    public func interval(z: Double = normalQuantile95) -> Interval? {
      logLog(survival, error: greenwood.squareRoot() * survival, z: z)
    }
  }

  /// The steps, in order of time.
  public let steps: [Step]

  /// The estimate from everyone followed.
  public init(_ people: [TimeToEvent]) {
    var survival = 1.0
    var greenwood = 0.0
    steps = EventStep.steps(of: people).map { step in
      let d = Double(step.total)
      let n = Double(step.atRisk)
      survival *= 1 - d / n
      greenwood += d == 0 ? 0 : d / (n * (n - d))
      return Step(
        time: step.time, atRisk: step.atRisk, events: step.total, censored: step.censored,
        survival: survival, greenwood: greenwood)
    }
  }

  /// The first moment at which no more than half remain; `nil` when it has not come yet.
  public var median: Double? { steps.first { $0.survival <= 0.5 }?.time }
}

/// The interval of a share on the scale of ln(−ln): inside 0–1, whatever the error.
func logLog(_ share: Double, error: Double, z: Double) -> Interval? {
  guard share > 0, share < 1, error.isFinite else { return nil }
  let spread = z * error / (share * log(share))  // negative
  return Interval(low: pow(share, exp(-spread)), high: pow(share, exp(spread)))
}
