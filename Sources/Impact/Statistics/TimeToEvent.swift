/// How long one person was followed, and what ended it.
public struct TimeToEvent: Hashable, Sendable {
  /// Time from the beginning to the event, or to the last news, in one unit throughout.
  public var time: Double
  /// The kind of event, from 1; 0 when nothing had happened at the last news (*censuré*).
  public var cause: Int

  /// A time with what ended it.
  public init(time: Double, cause: Int) {
    self.time = time
    self.cause = cause
  }
}

/// What happened at one moment of a follow-up.
struct EventStep {
  var time: Double
  var atRisk: Int
  var events: [Int: Int]  // by cause
  var censored: Int

  var total: Int { events.values.reduce(0, +) }

  /// The moments in order of time; whoever is censored at a moment is still at risk in it.
  static func steps(of people: [TimeToEvent]) -> [EventStep] {
    var steps: [EventStep] = []
    var atRisk = people.count
    let sorted = people.sorted { ($0.time, $0.cause) < ($1.time, $1.cause) }
    var index = 0
    while index < sorted.count {
      let time = sorted[index].time
      var step = EventStep(time: time, atRisk: atRisk, events: [:], censored: 0)
      while index < sorted.count, sorted[index].time == time {
        if sorted[index].cause == 0 {
          step.censored += 1
        } else {
          step.events[sorted[index].cause, default: 0] += 1
        }
        index += 1
      }
      atRisk -= step.total + step.censored
      steps.append(step)
    }
    return steps
  }
}
