extension ImpactMap {
  /// Something the return depends on.
  public enum Parameter: String, Hashable, Sendable, CaseIterable {
    /// How many times the outcome happened.
    case quantity
    /// What each is worth.
    case proxy
    /// What would have happened anyway.
    case deadweight
    /// What was only moved.
    case displacement
    /// What is due to others.
    case attributionToOthers = "attribution-to-others"
    /// What is lost each year.
    case dropOff = "drop-off"
    /// How long it lasts.
    case duration
    /// The discount rate, the same for all outcomes.
    case discountRate = "discount-rate"
  }

  /// What the ratio becomes when one parameter moves and all others stay where they are.
  public struct Swing: Hashable, Sendable {
    /// What moves.
    public var parameter: Parameter
    /// The outcomes it moves for, which rest on one assumption; empty for all outcomes at once.
    public var outcomes: [String]
    /// The two ends it is moved to; for all outcomes at once, the step it is moved by.
    public var ends: (low: Double, high: Double) { (low, high) }
    /// The ratio at each end.
    public var ratios: (low: Double, high: Double) { (ratioAtLow, ratioAtHigh) }
    /// The distance between the two ratios.
    public var span: Double { abs(ratioAtHigh - ratioAtLow) }

    let low: Double
    let high: Double
    let ratioAtLow: Double
    let ratioAtHigh: Double
  }

  /// How far the ratio moves with each parameter alone, the widest first; empty when there is no ratio.
  ///
  /// Quantity, proxy, deadweight, displacement, attribution to others and drop-off between the ends of their ranges, for
  /// all outcomes that rest on the same assumption together; for each outcome a duration of one year. For all outcomes
  /// at once: deadweight 10 points less and more, which the practice of SROI always shows; and the discount rate between
  /// its ends.
  public var swings: [Swing] {
    guard absence == nil else { return [] }
    let points = outcomes.compactMap(Point.init(central:))
    func ratioWith(_ parameter: Parameter, _ places: [Int], _ value: Double) -> Double {
      ratio(points.moved(parameter, at: places, to: value), at: discountRate.central)
    }
    func swing(_ parameter: Parameter, _ places: [Int], _ low: Double, _ high: Double) -> Swing {
      Swing(
        parameter: parameter, outcomes: places.map { outcomes[$0].id }, low: low, high: high,
        ratioAtLow: ratioWith(parameter, places, low), ratioAtHigh: ratioWith(parameter, places, high))
    }
    var found = assumptions.filter { !$0.estimate.isCertain }.map {
      swing($0.parameter, $0.places, $0.estimate.low, $0.estimate.high)
    }
    for (place, outcome) in outcomes.enumerated() where outcome.duration > 1 {
      found.append(swing(.duration, [place], 1, Double(outcome.duration)))
    }
    func stepped(_ step: Double) -> Double {
      ratio(
        points.map { point in
          var moved = point
          moved.deadweight = min(1, max(0, point.deadweight + step))
          return moved
        }, at: discountRate.central)
    }
    found.append(
      Swing(
        parameter: .deadweight, outcomes: [], low: -0.1, high: 0.1, ratioAtLow: stepped(-0.1),
        ratioAtHigh: stepped(0.1)))
    if !discountRate.isCertain {
      found.append(
        Swing(
          parameter: .discountRate, outcomes: [], low: discountRate.low, high: discountRate.high,
          ratioAtLow: ratio(points, at: discountRate.low), ratioAtHigh: ratio(points, at: discountRate.high)))
    }
    // Swings of the same width keep the order of the map.
    return found.enumerated().sorted { ($1.element.span, $0.offset) < ($0.element.span, $1.offset) }
      .map(\.element)
  }

  /// The ratio with these parameters; the investment is not 0.
  func ratio(_ points: [Point], at rate: Double) -> Double {
    points.reduce(0) { $0 + $1.presentValue(at: rate) } / investment
  }

  /// The value of one parameter at which a euro put in brings a euro, all others at their central values.
  public struct BreakEven: Hashable, Sendable {
    /// What would have to change.
    public var parameter: Parameter
    /// The outcomes it would have to change for, which rest on one assumption.
    public var outcomes: [String]
    /// The value at which the ratio is 1.
    public var value: Double
    /// The value it has now.
    public var current: Double
  }

  /// The break-even value of a parameter of an outcome; `nil` when no value it may take gives a ratio of 1.
  ///
  /// The present value is linear in each parameter but drop-off, duration and discount rate; drop-off is found by
  /// halving, and the other two have none: years are whole, and the rate is not the cooperation's to choose.
  public func breakEven(of parameter: Parameter, for outcome: String) -> BreakEven? {
    outcomes.firstIndex { $0.id == outcome }.flatMap { breakEven(of: parameter, at: [$0]) }
  }

  /// The same for outcomes that rest on one assumption, moved together.
  private func breakEven(of parameter: Parameter, at places: [Int]) -> BreakEven? {
    guard absence == nil, let first = places.first else { return nil }
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
    case .dropOff: value = halved(excess)
    }
    return value.flatMap { value in
      outcomes[first].estimate(of: parameter).map {
        BreakEven(
          parameter: parameter, outcomes: places.map { outcomes[$0].id }, value: value, current: $0.central)
      }
    }
  }

  /// The break-even of the parameter that moves the ratio most, of those that have one.
  public var breakEven: BreakEven? {
    for swing in swings {
      let places = swing.outcomes.compactMap { id in outcomes.firstIndex { $0.id == id } }
      if let found = breakEven(of: swing.parameter, at: places) { return found }
    }
    return nil
  }

  /// Where a linear function is 0, between two limits.
  private func root(_ function: (Double) -> Double, from low: Double, to high: Double) -> Double? {
    let (atZero, atOne) = (function(0), function(1))
    guard atOne != atZero else { return nil }
    let value = -atZero / (atOne - atZero)
    return value.isFinite && value >= low && value <= high ? value : nil
  }

  /// Where a monotone function of a share is 0.
  private func halved(_ function: (Double) -> Double) -> Double? {
    var (low, high) = (0.0, 1.0)
    let (atLow, atHigh) = (function(low), function(high))
    if atLow == 0 { return low }
    if atHigh == 0 { return high }
    guard (atLow > 0) != (atHigh > 0) else { return nil }
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if (function(middle) > 0) == (atLow > 0) { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}

extension [ImpactMap.Point] {
  /// The same points with one parameter moved at some of them.
  fileprivate func moved(_ parameter: ImpactMap.Parameter, at places: [Int], to value: Double) -> Self {
    var moved = self
    for place in places { moved[place].set(parameter, to: value) }
    return moved
  }
}

extension ImpactMap.Point {
  mutating func set(_ parameter: ImpactMap.Parameter, to value: Double) {
    switch parameter {
    case .quantity: quantity = value
    case .proxy: proxy = value
    case .deadweight: deadweight = value
    case .displacement: displacement = value
    case .attributionToOthers: attributionToOthers = value
    case .dropOff: dropOff = value
    case .duration: duration = Int(value)
    case .discountRate: break
    }
  }
}
