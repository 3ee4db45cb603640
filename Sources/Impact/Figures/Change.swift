/// How much a figure changed since an earlier quarter, and how far the true change may lie from it.
///
/// Only between windows that share no day: two rolling years a quarter apart share nine months, and their difference
/// says nothing of its own.
public struct Change: Hashable, Sendable {
  /// The earlier quarter.
  public var since: Quarter
  /// Later minus earlier, in the indicator's unit; a rate as a share.
  public var estimate: Double
  /// 95 % interval of the change; `nil` where the same rows may stand in both quarters, or where nothing is left to chance.
  public var interval: Interval?
  /// How the interval was made.
  public var method: IntervalMethod?
  /// The chance of a change at least as unlikely, were nothing different; `nil` without an interval.
  public var p: Double?

  /// Whether the interval leaves out zero.
  public var isBeyondChance: Bool { interval.map { $0.low > 0 || $0.high < 0 } ?? false }

  /// The change between two figures of one indicator and cooperation; `nil` without both values, or when their windows
  /// overlap.
  public init?(from earlier: Figure, to later: Figure, of indicator: Indicator) {
    guard let before = earlier.value, let after = later.value, earlier.key.quarter < later.key.quarter,
      earlier.indicatorVersion == later.indicatorVersion,
      !indicator.windowsOverlap(earlier.key.quarter, later.key.quarter)
    else { return nil }
    since = earlier.key.quarter
    estimate = after.number - before.number
    guard indicator.countsSeparateRows, let test = Comparison(before, after, of: indicator) else { return }
    interval = test.difference.interval
    method = test.method
    p = test.p
  }
}

/// Two values of one indicator over different rows, compared.
struct Comparison {
  var difference: Difference
  var method: IntervalMethod
  /// Two-sided p-value.
  var p: Double

  /// The comparison that suits the indicator; `nil` when none does.
  init?(_ before: Figure.Value, _ after: Figure.Value, of indicator: Indicator) {
    switch indicator.intervalMethod {
    case .wilson:
      guard let earlier = before.proportion, let later = after.proportion,
        let test = TwoRatesTest(later, earlier)
      else { return nil }
      self.init(difference: later.difference(from: earlier), method: .newcombe, p: test.fisher)
    case .byar:
      guard let earlier = EventCount(before.number), let later = EventCount(after.number) else { return nil }
      self.init(
        difference: later.difference(from: earlier), method: .mover, p: TwoCountsTest(later, earlier).p)
    case .student:
      guard let earlier = before.sampleMean, let later = after.sampleMean,
        let (difference, p) = later.difference(from: earlier)
      else { return nil }
      self.init(difference: difference, method: .welch, p: p)
    default: return nil
    }
  }

  private init(difference: Difference, method: IntervalMethod, p: Double) {
    self.difference = difference
    self.method = method
    self.p = p
  }
}

extension Figure.Value {
  /// The rate as counts; `nil` when it is none.
  var proportion: Proportion? {
    numerator.flatMap { top in denominator.flatMap { Proportion(top, of: $0) } }
  }

  /// The mean with the variance its own interval was made from; `nil` without one.
  var sampleMean: SampleMean? {
    guard let count, count > 1, let interval else { return nil }
    return SampleMean(count: count, mean: number, student: interval)
  }
}

extension Indicator {
  /// Whether its figures of two quarters look at a day in common.
  public func windowsOverlap(_ one: Quarter, _ other: Quarter) -> Bool {
    guard one != other else { return true }
    if case .stock = measure { return false }
    guard !isCumulative, let start = window.start(endingWith: max(one, other)) else { return true }
    return start <= min(one, other).end
  }

  /// Whether a row counted in one window is never counted in another that shares no day with it.
  ///
  /// People present, or served, in two quarters are largely the same: a test that takes them for others would be wrong.
  public var countsSeparateRows: Bool {
    switch measure {
    case .count, .duration, .ratio:
      measure.terms.prefix(2).allSatisfy { $0.function == .count || $0.function == .mean }
    default: false
    }
  }
}
