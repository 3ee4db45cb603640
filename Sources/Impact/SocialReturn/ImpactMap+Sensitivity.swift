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
    /// The outcome it moves for; `nil` for all outcomes at once.
    public var outcome: String?
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
  /// For each outcome: quantity, proxy, deadweight, displacement, attribution to others and drop-off between the ends
  /// of their ranges, and a duration of one year. For all outcomes at once: deadweight 10 points less and more, which
  /// the practice of SROI always shows; and the discount rate between its ends.
  public var swings: [Swing] {
    guard absence == nil else { return [] }
    let points = outcomes.compactMap(Point.init(central:))
    var found: [Swing] = []
    for (index, outcome) in outcomes.enumerated() {
      for parameter in Parameter.allCases {
        guard let ends = ends(of: parameter, outcome) else { continue }
        func ratio(_ value: Double) -> Double {
          var moved = points
          moved[index].set(parameter, to: value)
          return self.ratio(moved, at: discountRate.central)
        }
        found.append(
          Swing(
            parameter: parameter, outcome: outcome.id, low: ends.low, high: ends.high,
            ratioAtLow: ratio(ends.low),
            ratioAtHigh: ratio(ends.high)))
      }
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
        parameter: .deadweight, outcome: nil, low: -0.1, high: 0.1, ratioAtLow: stepped(-0.1),
        ratioAtHigh: stepped(0.1)))
    if !discountRate.isCertain {
      found.append(
        Swing(
          parameter: .discountRate, outcome: nil, low: discountRate.low, high: discountRate.high,
          ratioAtLow: ratio(points, at: discountRate.low), ratioAtHigh: ratio(points, at: discountRate.high)))
    }
    // Swings of the same width keep the order of the map.
    return found.enumerated().sorted { ($1.element.span, $0.offset) < ($0.element.span, $1.offset) }
      .map(\.element)
  }

  /// The two ends of a parameter of an outcome; `nil` when it does not move.
  private func ends(of parameter: Parameter, _ outcome: Outcome) -> (low: Double, high: Double)? {
    let estimate: Estimate? =
      switch parameter {
      case .quantity: outcome.quantity
      case .proxy: outcome.proxy
      case .deadweight: outcome.deadweight
      case .displacement: outcome.displacement
      case .attributionToOthers: outcome.attributionToOthers
      case .dropOff: outcome.dropOff
      case .duration:
        outcome.duration > 1 ? Estimate(low: 1, central: 1, high: Double(outcome.duration)) : nil
      case .discountRate: nil
      }
    return estimate.flatMap { $0.isCertain ? nil : ($0.low, $0.high) }
  }

  /// The ratio with these parameters; the investment is not 0.
  func ratio(_ points: [Point], at rate: Double) -> Double {
    points.reduce(0) { $0 + $1.presentValue(at: rate) } / investment
  }

  /// The value of one parameter at which a euro put in brings a euro, all others at their central values.
  public struct BreakEven: Hashable, Sendable {
    /// What would have to change.
    public var parameter: Parameter
    /// The outcome it would have to change for.
    public var outcome: String
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
    guard absence == nil, let index = outcomes.firstIndex(where: { $0.id == outcome }) else { return nil }
    let points = outcomes.compactMap(Point.init(central:))
    func excess(_ value: Double) -> Double {
      var moved = points
      moved[index].set(parameter, to: value)
      return ratio(moved, at: discountRate.central) - 1
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
      points[index].get(parameter).map {
        BreakEven(parameter: parameter, outcome: outcome, value: value, current: $0)
      }
    }
  }

  /// The break-even of the parameter that moves the ratio most, of those that have one.
  public var breakEven: BreakEven? {
    for swing in swings {
      if let outcome = swing.outcome, let found = breakEven(of: swing.parameter, for: outcome) {
        return found
      }
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

  func get(_ parameter: ImpactMap.Parameter) -> Double? {
    switch parameter {
    case .quantity: quantity
    case .proxy: proxy
    case .deadweight: deadweight
    case .displacement: displacement
    case .attributionToOthers: attributionToOthers
    case .dropOff: dropOff
    case .duration: Double(duration)
    case .discountRate: nil
    }
  }
}
