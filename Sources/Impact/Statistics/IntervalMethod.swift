/// How the 95 % interval of a figure was made.
public enum IntervalMethod: String, Hashable, Sendable, CaseIterable {
  /// Wilson's score interval, for a rate of counts.
  case wilson
  /// Byar's interval of a Poisson count, for events that happen one by one.
  case byar
  /// An amount over the ends of Garwood's exact interval of what it is divided by, for a cost of one event.
  case garwoodInverse = "garwood-inverse"
  /// The ends of Garwood's exact interval of a number of events over an amount, for events in so many hours or euros.
  case garwoodRate = "garwood-rate"
  /// Student's interval, for a mean duration.
  case student
  /// Percentiles of a seeded bootstrap, for a median duration.
  case bootstrap
  /// The log-log interval of a cumulative incidence, with the variance of the delta method.
  case logLog = "log-log"
  /// The arithmetic of a derived figure at the ends of the interval of the one figure in it that chance moves.
  case carried
  /// The interval of a product of two shares from Wilson's of each, for the gap of two rates of the same events.
  case wilsonProduct = "wilson-product"
  /// Newcombe's hybrid score interval, for a difference of two rates.
  case newcombe
  /// The same construction on two of Byar's intervals, for a difference of two counts (Zou and Donner 2008).
  case mover
  /// Welch's interval, for a difference of two means.
  case welch
}

extension Indicator {
  /// How its figures' intervals are made; `nil` for what is left to no chance, or whose chance its rows do not tell
  /// (``intervalAbsence``).
  ///
  /// It follows from what is counted: the vocabulary says of each entity what its rows are to each other. People present
  /// or served are all there is to count, and so are euros, hours and tonnes. Exits and entries might as well have been a
  /// few more or fewer. Months of the same people, barriers of one person and files of one partner are not independent.
  public var intervalMethod: IntervalMethod? {
    switch measure {
    case .ratio(let top, let bottom, _):
      if isRatioOfCounts { return top.countsIndependently && bottom.countsIndependently ? .wilson : nil }
      if isCostOfEvents { return .garwoodInverse }
      return isRateOfEvents ? .garwoodRate : nil
    case .count(let term): return term.rows == .events && window != .sinceStart ? .byar : nil
    case .duration(let term):
      guard term.rows != .linked else { return nil }
      return term.function == .mean ? .student : .bootstrap
    case .incidence: return .logLog
    case .derived(let expression):
      switch derivedChance {
      case .one(let name, .byar):
        return expression.division?.bottom == .indicator(name) ? .garwoodInverse : .carried
      case .one: return .carried
      case .gap: return .wilsonProduct
      case .none, .linked, .several: return nil
      }
    default: return nil
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
    case .derived: return derivedChance == .linked
    default: return false
    }
  }

  /// Whether it divides an amount, known to the cent, by a number of events.
  private var isCostOfEvents: Bool {
    guard case .ratio(let top, let bottom, nil) = measure, unit != .percent else { return false }
    return top.function == .sum && bottom.function == .count && bottom.rows == .events
  }

  /// Whether it divides a number of events by an amount.
  private var isRateOfEvents: Bool {
    guard case .ratio(let top, let bottom, nil) = measure, unit != .percent, window != .sinceStart else {
      return false
    }
    return top.function == .count && top.rows == .events && bottom.function == .sum
  }

  /// The interval of a ratio of these totals; `nil` where it has none.
  func interval(ofRatio top: Double, to bottom: Double) -> Interval? {
    switch intervalMethod {
    case .wilson: return Proportion(top, of: bottom)?.wilson()
    case .garwoodInverse:
      guard let events = EventCount(bottom)?.garwood() else { return nil }
      return Interval(exactly: top).divided(by: events)
    case .garwoodRate: return EventCount(top)?.garwood().divided(by: Interval(exactly: bottom))
    default: return nil
    }
  }
}
