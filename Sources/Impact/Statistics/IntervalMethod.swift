/// How the 95 % interval of a figure was made.
public enum IntervalMethod: String, Hashable, Sendable, CaseIterable {
  /// Wilson's score interval, for a rate of counts.
  case wilson
  /// Byar's interval of a Poisson count, for events that happen one by one.
  case byar
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
  /// How its figures' intervals are made; `nil` for what is fully counted and left to no chance.
  ///
  /// People present or served are all there is to count, and so are euros, hours and tonnes. Exits, entries, trainings
  /// and other events might as well have been a few more or fewer.
  public var intervalMethod: IntervalMethod? {
    switch measure {
    case .ratio: isRatioOfCounts ? .wilson : nil
    case .count(let term):
      term.function == .count && Indicator.eventEntities.contains(term.entity) && window != .sinceStart
        ? .byar : nil
    case .duration(let term): term.function == .mean ? .student : .bootstrap
    case .incidence: .logLog
    default: nil
    }
  }
}
