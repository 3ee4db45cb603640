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
    func stepped(_ step: Double) -> Double { ratio(points.stepped(by: step), at: discountRate.central) }
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
}

extension [ImpactMap.Point] {
  /// The same points with one parameter moved at some of them.
  func moved(_ parameter: ImpactMap.Parameter, at places: [Int], to value: Double) -> Self {
    var moved = self
    for place in places { moved[place].set(parameter, to: value) }
    return moved
  }

  /// The same points with so much more deadweight each, which stays a share.
  func stepped(by step: Double) -> Self {
    map { point in
      var moved = point
      moved.deadweight = Swift.min(1, Swift.max(0, point.deadweight + step))
      return moved
    }
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
