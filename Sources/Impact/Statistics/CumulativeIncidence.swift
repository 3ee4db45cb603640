/// The share to whom each of several events that exclude each other has happened by a time (durable job, transition,
/// another exit): Aalen and Johansen's estimator `Σ S(t−) d_k / n` (Aalen and Johansen 1978).
///
/// Whoever left another way can no longer find the job from here, and is not taken for still looking.
public struct CumulativeIncidence: Hashable, Sendable {
  /// The estimates from one moment to the next.
  public struct Step: Hashable, Sendable {
    /// The moment.
    public var time: Double
    /// People followed just before it.
    public var atRisk: Int
    /// Events at it, by cause.
    public var events: [Int: Int]
    /// People last heard of at it.
    public var censored: Int
    /// The share to whom nothing has happened.
    public var survival: Double
    /// The share to whom each cause has happened; with `survival`, their sum is 1.
    public var incidence: [Int: Double]
    /// Standard errors of the incidences.
    public var errors: [Int: Double]

    /// The log-log interval of a cause's incidence, `F^exp(±z σ / F ln F)`, inside 0–1; as R and lifelines give it.
    ///
    /// - Parameters:
    ///   - cause: the kind of event.
    ///   - z: the normal quantile; 1.959964 is 95 %.
    /// - Returns: the interval; `nil` before the first event of the cause.
    public func interval(of cause: Int, z: Double = normalQuantile95) -> Interval? {
      guard let share = incidence[cause], let error = errors[cause] else { return nil }
      return logLog(share, error: error, z: z)
    }
  }

  /// The kinds of events met, in order.
  public let causes: [Int]
  /// The steps, in order of time.
  public let steps: [Step]

  /// The estimates from everyone followed; their errors are those of ``IncidenceSum``.
  public init(_ people: [TimeToEvent]) {
    let causes = Set(people.map(\.cause)).subtracting([0]).sorted()
    var sums: [Int: IncidenceSum] = [:]
    for cause in causes { sums[cause] = IncidenceSum() }
    var survival = 1.0
    self.causes = causes
    steps = EventStep.steps(of: people).map { step in
      let n = Double(step.atRisk)
      let d = Double(step.total)
      for cause in causes {
        guard var own = sums[cause] else { continue }
        own.add(Double(step.events[cause] ?? 0), ofEnds: d, atRisk: n, waiting: survival)
        sums[cause] = own
      }
      survival *= 1 - d / n
      return Step(
        time: step.time, atRisk: step.atRisk, events: step.events, censored: step.censored,
        survival: survival, incidence: sums.mapValues(\.share),
        errors: sums.mapValues { $0.variance.squareRoot() })
    }
  }

  /// The state at a time: the last step at or before it; `nil` before the first.
  public func step(at time: Double) -> Step? { steps.last { $0.time <= time } }

  /// The first time by which a cause has happened to that share of everyone; `nil` when it has not yet.
  public func time(to share: Double, of cause: Int) -> Double? {
    steps.first { ($0.incidence[cause] ?? 0) >= share }?.time
  }
}

/// The incidence of one cause and its variance, in sums that a later time only adds to.
///
/// The variance is the delta method's, as printed by Marubini and Valsecchi (1995, §10.5) and by lifelines:
/// `Σ (F(t)−F(tᵢ))² d/n(n−d) + Σ S(tᵢ₋)² d_k(n−d_k)/n³ − 2 Σ (F(t)−F(tᵢ)) S(tᵢ₋) d_k/n²`.
struct IncidenceSum {
  /// The share to whom the cause has happened.
  private(set) var share = 0.0
  // Σ a, Σ a F, Σ a F², Σ c, Σ b, Σ b F of the three sums above, with F at each moment.
  private var a = 0.0
  private var aF = 0.0
  private var aFF = 0.0
  private var c = 0.0
  private var b = 0.0
  private var bF = 0.0

  /// Its variance.
  var variance: Double {
    let spread = share * share * a - 2 * share * aF + aFF
    return max(0, spread + c - 2 * (share * b - bF))
  }

  /// Adds a moment.
  ///
  /// - Parameters:
  ///   - dk: events of the cause.
  ///   - d: events of any cause.
  ///   - n: people followed just before.
  ///   - survival: the share to whom nothing had happened just before.
  mutating func add(_ dk: Double, ofEnds d: Double, atRisk n: Double, waiting survival: Double) {
    share += survival * dk / n
    // Once nobody is left no later time uses the term, and its own factor (F − F) is 0.
    let a = d > 0 && n > d ? d / (n * (n - d)) : 0
    self.a += a
    aF += a * share
    aFF += a * share * share
    c += survival * survival * dk * (n - dk) / (n * n * n)
    let b = survival * dk / (n * n)
    self.b += b
    bF += b * share
  }
}
