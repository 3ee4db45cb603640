/// What a rate would be if each of a cooperation's groups of people did as the same group does everywhere.
///
/// *Standardisation indirecte*: `E = Σ n_s r_s` over groups (strata) s, with the portfolio's rates r (Breslow and Day
/// 1987, IARC Scientific Publications 82, ch. 2).
///
/// It says whether a rate is high or low for the people received, and removes no other difference.
public struct IndirectStandardisation: Hashable, Sendable {
  /// Events and people of one stratum.
  public struct Stratum: Hashable, Sendable {
    /// Events of the cooperation in it.
    public var events: Double
    /// People of the cooperation in it.
    public var people: Double
    /// The portfolio's rate in it.
    public var standard: Proportion

    /// A stratum with the portfolio's rate.
    public init(events: Double, people: Double, standard: Proportion) {
      self.events = events
      self.people = people
      self.standard = standard
    }
  }

  /// Events that happened.
  public let observed: Double
  /// Events the portfolio's rates would give.
  public let expected: Double
  /// People in all strata.
  public let people: Double
  /// The chance variation of the events, were the portfolio's rates true: `Σ n r (1 − r)`.
  public let variance: Double
  private let strata: [Stratum]

  /// The standardisation over strata; `nil` unless somebody is in them and their counts are whole.
  public init?(_ strata: [Stratum]) {
    let people = strata.reduce(0) { $0 + $1.people }
    guard people > 0,
      strata.allSatisfy({
        $0.events >= 0 && $0.events <= $0.people && $0.events == $0.events.rounded()
          && $0.people == $0.people.rounded()
      })
    else { return nil }
    self.strata = strata
    self.people = people
    observed = strata.reduce(0) { $0 + $1.events }
    expected = strata.reduce(0) { $0 + $1.people * $1.standard.share }
    variance = strata.reduce(0) { $0 + $1.people * $1.standard.share * (1 - $1.standard.share) }
  }

  /// The expected rate, 0–1.
  public var expectedRate: Double { expected / people }

  /// Where the rate would lie by chance, were the portfolio's rates true: the exact law of a sum of binomials up to
  /// 2 000 people, its normal approximation beyond.
  ///
  /// - Parameter tails: the chance left outside, at most; 0.05 for 95 %.
  /// - Returns: the smallest and greatest rate that chance alone makes usual.
  public func expectedRange(tails: Double = 0.05) -> Interval {
    guard people <= 2000 else {
      let spread = NormalDistribution.quantile(1 - tails / 2) * variance.squareRoot()
      return Interval(
        low: max(0, expected - spread) / people, high: min(people, expected + spread) / people)
    }
    let masses = law
    var low = 0
    var below = masses[0]
    while below <= tails / 2, low + 1 < masses.count {
      low += 1
      below += masses[low]
    }
    var high = masses.count - 1
    var above = masses[high]
    while above <= tails / 2, high > 0 {
      high -= 1
      above += masses[high]
    }
    return Interval(low: Double(low) / people, high: Double(high) / people)
  }

  /// Observed over expected, with Byar's interval of the observed count; `nil` when nothing is expected.
  ///
  /// - Parameter z: the normal quantile; 1.959964 is 95 %.
  /// - Returns: the ratio and its interval.
  public func ratio(z: Double = normalQuantile95) -> (value: Double, interval: Interval)? {
    guard expected > 0, let interval = EventCount(observed)?.byar(z: z) else { return nil }
    return (
      observed / expected, Interval(low: interval.low / expected, high: interval.high / expected)
    )
  }

  /// The chance of each number of events: the binomial laws of the strata, one after the other.
  private var law: [Double] {
    var masses = [1.0]
    for stratum in strata where stratum.people > 0 {
      let own = Binomial(trials: Int(stratum.people), chance: stratum.standard.share)
      let chances = (0...own.trials).map(own.mass)
      var next = [Double](repeating: 0, count: masses.count + own.trials)
      for (index, mass) in masses.enumerated() {
        for (more, chance) in chances.enumerated() { next[index + more] += mass * chance }
      }
      masses = next
    }
    return masses
  }
}
