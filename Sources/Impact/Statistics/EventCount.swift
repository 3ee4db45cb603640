/// A count of events that happen one by one (exits, meetings, trainings) and how far the number that such a
/// period yields may lie from it: a Poisson count.
public struct EventCount: Hashable, Sendable {
  /// Events counted, a whole number from 0.
  public let events: Double

  /// A count, or `nil` unless it is a whole number from 0.
  public init?(_ events: Double) {
    guard events >= 0, events == events.rounded(), events.isFinite else { return nil }
    self.events = events
  }

  /// Garwood's exact interval: `χ²(α/2, 2o)/2` to `χ²(1−α/2, 2o+2)/2` (Garwood 1936, Biometrika 28:437).
  ///
  /// - Parameter tails: the chance left outside, 0.05 for 95 %.
  /// - Returns: an interval that covers at least what it says.
  public func garwood(tails: Double = 0.05) -> Interval {
    Interval(
      low: events == 0 ? 0 : ChiSquare.quantile(tails / 2, freedom: 2 * events) / 2,
      high: ChiSquare.quantile(1 - tails / 2, freedom: 2 * events + 2) / 2)
  }

  /// Byar's interval, a closed form within two hundredths of an event of Garwood's from 3 events on.
  ///
  /// Breslow and Day 1987, IARC Scientific Publications 82, page 69:
  /// `o (1 − 1/9o − z/3√o)³` to `(o+1)(1 − 1/9(o+1) + z/3√(o+1))³`.
  ///
  /// - Parameter z: the normal quantile; 1.959964 is 95 %.
  /// - Returns: the interval.
  public func byar(z: Double = normalQuantile95) -> Interval {
    func bound(_ o: Double, _ z: Double) -> Double {
      let base = 1 - 1 / (9 * o) + z / (3 * o.squareRoot())
      return o * base * base * base
    }
    return Interval(low: events == 0 ? 0 : max(0, bound(events, -z)), high: bound(events + 1, z))
  }
}

extension EventCount {
  /// How many more events there were than in another count over an equal time, with the interval made from Byar's of each
  /// as Newcombe's is from Wilson's (Zou and Donner 2008, Statistics in Medicine 27:1693).
  public func difference(from other: EventCount) -> Difference {
    let estimate = events - other.events
    let own = byar()
    let their = other.byar()
    func spread(_ first: Double, _ second: Double) -> Double {
      (first * first + second * second).squareRoot()
    }
    return Difference(
      estimate: estimate,
      interval: Interval(
        low: estimate - spread(events - own.low, their.high - other.events),
        high: estimate + spread(own.high - events, other.events - their.low)))
  }
}
