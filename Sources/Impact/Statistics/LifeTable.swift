/// People by the days they were followed and what ended it (*table de survie*): all that a cumulative incidence needs.
public struct LifeTable: Hashable, Sendable {
  /// Those followed the same number of days.
  public struct Row: Hashable, Sendable {
    /// Days from the beginning to the end, or to the last news.
    public var days: Int
    /// Those to whom the event waited for happened.
    public var events: Int
    /// Those to whom something else happened, which rules it out.
    public var others: Int
    /// Those to whom nothing had happened at the last news (*censurés*).
    public var censored: Int
    /// Those of all these who began long enough ago to be followed to the horizon.
    public var due: Int
    /// Those of the due whose state at the horizon is known.
    public var observed: Int

    /// People followed so many days.
    public init(days: Int, events: Int, others: Int, censored: Int, due: Int, observed: Int) {
      self.days = days
      self.events = events
      self.others = others
      self.censored = censored
      self.due = due
      self.observed = observed
    }
  }

  /// The incidence of the event at a horizon.
  public struct Estimate: Hashable, Sendable {
    /// The share to whom the event has happened, 0–1.
    public var share: Double
    /// Its standard error, by the delta method.
    public var error: Double
    /// Events seen up to the horizon.
    public var events: Int

    /// The log-log interval, inside 0–1; `nil` before the first event and once it has happened to all, where it has no
    /// meaning.
    ///
    /// - Parameter z: the normal quantile; 1.959964 is 95 %.
    /// - Returns: the interval.
    public func interval(z: Double = normalQuantile95) -> Interval? {
      // Shares that add up to 1 may come out a rounding below.
      share < 1 - 1e-12 ? logLog(share, error: error, z: z) : nil
    }
  }

  /// The rows, in order of days, each number of days once.
  public let rows: [Row]

  /// A table of these rows, in any order; rows of the same days are added up.
  public init(_ rows: [Row]) {
    var merged: [Row] = []
    merged.reserveCapacity(rows.count)
    for row in rows.sorted(by: { $0.days < $1.days }) {
      guard let last = merged.last, last.days == row.days else {
        merged.append(row)
        continue
      }
      merged[merged.count - 1] = Row(
        days: row.days, events: last.events + row.events, others: last.others + row.others,
        censored: last.censored + row.censored, due: last.due + row.due,
        observed: last.observed + row.observed)
    }
    self.rows = merged
  }

  /// Everyone followed.
  public var people: Int { rows.reduce(0) { $0 + $1.events + $1.others + $1.censored } }
  /// Those who began long enough ago to be followed to the horizon.
  public var due: Int { rows.reduce(0) { $0 + $1.due } }
  /// Those of the due whose state at the horizon is known.
  public var observed: Int { rows.reduce(0) { $0 + $1.observed } }

  /// The share to whom the event has happened within so many days, by Aalen and Johansen's estimator: the numbers of
  /// ``CumulativeIncidence``, for one cause and one time.
  ///
  /// - Parameter horizon: days from the beginning.
  /// - Returns: the estimate; `nil` when some still wait and nobody was followed to the horizon, beyond which the
  ///   estimator says nothing.
  public func incidence(within horizon: Int) -> Estimate? {
    guard let last = rows.last else { return nil }
    var sum = IncidenceSum()
    var survival = 1.0
    var atRisk = people
    var events = 0
    for row in rows {
      guard row.days <= horizon else { break }
      let n = Double(atRisk)
      let ends = Double(row.events + row.others)
      sum.add(Double(row.events), ofEnds: ends, atRisk: n, waiting: survival)
      survival *= 1 - ends / n
      atRisk -= row.events + row.others + row.censored
      events += row.events
    }
    guard last.days >= horizon || survival == 0 else { return nil }
    return Estimate(share: min(1, sum.share), error: sum.variance.squareRoot(), events: events)
  }
}
