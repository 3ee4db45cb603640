extension ImpactMap {
  /// The value of one parameter at which a euro put in brings a euro, all others at their central values.
  public struct BreakEven: Hashable, Sendable {
    /// What would have to change.
    public var parameter: Parameter
    /// The outcomes it would have to change for, which rest on one assumption; empty for all outcomes at once.
    public var outcomes: [String]
    /// The value at which the ratio is 1; for all outcomes at once, the step by which the parameter would move.
    public var value: Double
    /// The value it has now; for all outcomes at once 0, no step.
    public var current: Double
  }

  /// The break-even of the parameter that moves the ratio most; where it has none, of the next ones too, down to the
  /// first that has one.
  ///
  /// Only parameters that move the ratio at all, the widest first. None of the last has one when no parameter does. A
  /// duration and the discount rate are given without one: years are whole, and the rate is not the cooperation's to
  /// choose.
  public var breakEvens: [(swing: Swing, breakEven: BreakEven?)] {
    var found: [(swing: Swing, breakEven: BreakEven?)] = []
    for swing in swings where swing.span > 0 {
      let breakEven = breakEven(of: swing)
      found.append((swing, breakEven))
      if breakEven != nil { break }
    }
    return found
  }

  /// The break-even of the parameter that moves the ratio most, of those that have one.
  public var breakEven: BreakEven? { breakEvens.last?.breakEven }

  /// The break-even value of a parameter of an outcome; `nil` when no value it may take gives a ratio of 1.
  ///
  /// The present value is linear in each parameter but drop-off, duration and discount rate; in what is left after
  /// drop-off it is a polynomial, whose place nearest to the present value is taken. The other two have none.
  public func breakEven(of parameter: Parameter, for outcome: String) -> BreakEven? {
    outcomes.firstIndex { $0.id == outcome }.flatMap { breakEven(of: parameter, at: [$0]) }
  }

  private func breakEven(of swing: Swing) -> BreakEven? {
    guard !swing.outcomes.isEmpty else {
      guard swing.parameter == .deadweight, let step = breakEvenStep else { return nil }
      return BreakEven(parameter: .deadweight, outcomes: [], value: step, current: 0)
    }
    return breakEven(
      of: swing.parameter,
      at: swing.outcomes.compactMap { id in outcomes.firstIndex { $0.id == id } })
  }

  /// The same for outcomes that rest on one assumption, moved together.
  private func breakEven(of parameter: Parameter, at places: [Int]) -> BreakEven? {
    guard absence == nil, let first = places.first,
      let current = outcomes[first].estimate(of: parameter)?.central
    else { return nil }
    let points = outcomes.compactMap(Point.init(central:))
    func excess(_ value: Double) -> Double {
      ratio(points.moved(parameter, at: places, to: value), at: discountRate.central) - 1
    }
    let value: Double?
    switch parameter {
    case .duration, .discountRate: value = nil
    case .quantity: value = root(excess, from: 0, to: .infinity)
    case .proxy: value = root(excess, from: -.infinity, to: .infinity)
    case .deadweight, .displacement, .attributionToOthers: value = root(excess, from: 0, to: 1)
    case .dropOff:
      let kept = excessInKept(points, at: places).roots(from: 0, to: 1)
      value = kept.map { 1 - $0 }.min { abs($0 - current) < abs($1 - current) }
    }
    return value.map {
      BreakEven(parameter: parameter, outcomes: places.map { outcomes[$0].id }, value: $0, current: current)
    }
  }

  /// The ratio less 1, in the share of an effect that some outcomes keep from each year to the next.
  private func excessInKept(_ points: [Point], at places: [Int]) -> Polynomial {
    let rate = discountRate.central
    let moving = places.map { points[$0] }
    // With all of it lost, only the first year is left.
    var coefficients = [ratio(points.moved(.dropOff, at: places, to: 1), at: rate) - 1]
    for age in 1..<max(1, moving.map(\.duration).max() ?? 1) {
      let aged = moving.filter { age < $0.duration }.map { point in
        var kept = point
        kept.dropOff = 0
        kept.firstYear += age
        kept.duration = 1
        return kept
      }
      coefficients.append(ratio(aged, at: rate))
    }
    return Polynomial(coefficients: coefficients)
  }

  /// The step nearest to none by which deadweight would have to move for all outcomes at once, each staying a share.
  private var breakEvenStep: Double? {
    let points = outcomes.compactMap(Point.init(central:))
    func excess(_ step: Double) -> Double { ratio(points.stepped(by: step), at: discountRate.central) - 1 }
    // Where one of them reaches 0 or 1 the slope changes; between two such steps the ratio is linear.
    let bends = Set(points.flatMap { [-$0.deadweight, 1 - $0.deadweight] }).union([-1, 1]).sorted()
    let found = zip(bends, bends.dropFirst()).compactMap { low, high -> Double? in
      let (atLow, atHigh) = (excess(low), excess(high))
      if atLow == 0 { return low }
      guard atHigh == 0 || (atLow > 0) != (atHigh > 0) else { return nil }
      return low + (high - low) * atLow / (atLow - atHigh)
    }
    return found.min { abs($0) < abs($1) }
  }

  /// Where a linear function is 0, between two limits.
  private func root(_ function: (Double) -> Double, from low: Double, to high: Double) -> Double? {
    let (atZero, atOne) = (function(0), function(1))
    guard atOne != atZero else { return nil }
    let value = -atZero / (atOne - atZero)
    return value.isFinite && value >= low && value <= high ? value : nil
  }
}
