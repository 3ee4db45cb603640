/// How the 95 % interval of a figure was made.
public enum IntervalMethod: String, Hashable, Sendable, CaseIterable {
  /// Wilson's score interval, for a rate of counts.
  case wilson
  /// Byar's interval of a Poisson count, for events that happen one by one.
  case byar
  /// An amount over the ends of Byar's interval of what it is divided by, for a cost of one event.
  case byarInverse = "byar-inverse"
  /// Student's interval, for a mean duration.
  case student
  /// Percentiles of a seeded bootstrap, for a median duration.
  case bootstrap
  /// The log-log interval of a cumulative incidence, with the variance of the delta method.
  case logLog = "log-log"
  /// Newcombe's hybrid score interval, for a difference of two rates.
  case newcombe
  /// The same construction on two of Byar's intervals, for a difference of two counts (Zou and Donner 2008).
  case mover
  /// Welch's interval, for a difference of two means.
  case welch
}

extension Indicator {
  /// How its figures' intervals are made; `nil` for what is left to no chance, or whose chance its rows do not tell.
  ///
  /// It follows from what is counted: the vocabulary says of each entity what its rows are to each other. People present
  /// or served are all there is to count, and so are euros, hours and tonnes. Exits and entries might as well have been a
  /// few more or fewer. Months of the same people, barriers of one person and files of one partner are not independent.
  public var intervalMethod: IntervalMethod? {
    switch measure {
    case .ratio(let top, let bottom, _):
      if isRatioOfCounts { return top.countsIndependently && bottom.countsIndependently ? .wilson : nil }
      return isCostOfEvents ? .byarInverse : nil
    case .count(let term): return term.rows == .events && window != .sinceStart ? .byar : nil
    case .duration(let term):
      guard term.rows != .linked else { return nil }
      return term.function == .mean ? .student : .bootstrap
    case .incidence: return .logLog
    case .derived: return isDerivedCost ? .byarInverse : nil
    default: return nil
    }
  }

  /// Whether, derived, it divides amounts known to the cent by one number of events.
  ///
  /// The amounts are sums, which chance does not move; the number is a count whose interval is Byar's. What they make is
  /// then as sure as that number: a falling function of it alone.
  ///
  /// - Parameter named: every version of an indicator, by its name.
  /// - Returns: `false` for what counts rows itself, and for any other arithmetic.
  public func isCost(of named: (String) -> [Indicator]) -> Bool {
    guard unit != .percent, let (top, bottom) = measure.expression?.division,
      case .indicator(let events) = bottom, !top.indicators.isEmpty
    else { return false }
    let counts = named(events)
    let amounts = top.indicators.map(named)
    return !counts.isEmpty && counts.allSatisfy { $0.intervalMethod == .byar }
      && amounts.allSatisfy { versions in
        !versions.isEmpty
          && versions.allSatisfy { ["sum", "cumulative", "observed"].contains($0.measure.kind) }
      }
  }

  /// Whether its rows are linked, so that the interval others of its kind have would say too much.
  public var countsLinkedRows: Bool {
    guard intervalMethod == nil else { return false }
    switch measure {
    case .count(let term): return term.rows == .linked
    case .ratio(let top, let bottom, _):
      return isRatioOfCounts && !(top.countsIndependently && bottom.countsIndependently)
    case .duration: return true
    default: return false
    }
  }

  /// Whether it divides an amount, known to the cent, by a number of events.
  private var isCostOfEvents: Bool {
    guard case .ratio(let top, let bottom, nil) = measure, unit != .percent else { return false }
    return top.function == .sum && bottom.function == .count && bottom.rows == .events
  }

  /// The interval of a ratio of these totals; `nil` where it has none.
  func interval(ofRatio top: Double, to bottom: Double) -> Interval? {
    switch intervalMethod {
    case .wilson: return Proportion(top, of: bottom)?.wilson()
    case .byarInverse:
      guard let events = EventCount(bottom)?.byar(), events.low > 0 else { return nil }
      // The more events the nearer to zero, from whichever side the amount comes.
      let ends = (top / events.high, top / events.low)
      return Interval(low: min(ends.0, ends.1), high: max(ends.0, ends.1))
    default: return nil
    }
  }
}
