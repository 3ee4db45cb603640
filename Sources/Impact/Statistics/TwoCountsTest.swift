/// Whether two counts of events differ by more than chance.
public struct TwoCountsTest: Hashable, Sendable {
  private let first: EventCount
  private let second: EventCount
  private let share: Double

  /// A test of two counts, the first over `exposure` times as long a period as the second.
  public init(_ first: EventCount, _ second: EventCount, exposure: Double = 1) {
    self.first = first
    self.second = second
    share = exposure / (1 + exposure)
  }

  /// The exact two-sided p-value: given their total, the first count is binomial (Przyborowski and Wilenski
  /// 1940); two-sided by the splits no likelier than the one observed.
  public var p: Double {
    let total = Int(first.events + second.events)
    let split = Binomial(trials: total, chance: share)
    let observed = Int(first.events)
    let limit = split.mass(observed) * (1 + 1e-7)  // ties that rounding would tell apart
    let mode = Int(Double(total + 1) * share)
    // The chances rise to the mode and fall after it: each tail begins where they pass the observed one.
    if observed <= mode {
      var from = mode + 1
      var to = total + 1
      while from < to {
        let middle = from + (to - from) / 2
        if split.mass(middle) <= limit { to = middle } else { from = middle + 1 }
      }
      guard split.mass(mode) > limit else { return 1 }
      return min(1, split.atMost(observed) + split.atLeast(from))
    }
    var from = -1
    var to = mode
    while from < to {
      let middle = to - (to - from) / 2
      if split.mass(middle) <= limit { from = middle } else { to = middle - 1 }
    }
    guard split.mass(mode) > limit else { return 1 }
    return min(1, split.atLeast(observed) + split.atMost(from))
  }
}
