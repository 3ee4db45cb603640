extension Measure.Expression {
  /// How often it names an indicator.
  public func times(_ name: String) -> Int {
    switch self {
    case .indicator(let own): own == name ? 1 : 0
    case .number, .parameter: 0
    case .negated(let inner): inner.times(name)
    case .operation(_, let left, let right): left.times(name) + right.times(name)
    case .choice(_, let values): values.reduce(0) { $0 + $1.times(name) }
    }
  }

  /// The values it takes while what it names goes over intervals (Moore 1966, interval arithmetic): exactly these where each
  /// that is no single number is named once.
  ///
  /// - Parameters:
  ///   - indicator: the interval of another indicator.
  ///   - parameter: the value of a parameter, `nil` when none is in force.
  /// - Returns: the values; `nil` where one is missing, or a divisor may be zero.
  func interval(indicator: (String) -> Interval?, parameter: (String) -> Double?) -> Interval? {
    switch self {
    case .number(let text): return Double(text).map(Interval.init(exactly:))
    case .indicator(let name): return indicator(name)
    case .parameter(let name): return parameter(name).map(Interval.init(exactly:))
    case .negated(let inner):
      return inner.interval(indicator: indicator, parameter: parameter).map {
        Interval(low: 0 - $0.high, high: 0 - $0.low)
      }
    case .operation(let operation, let left, let right):
      guard let left = left.interval(indicator: indicator, parameter: parameter),
        let right = right.interval(indicator: indicator, parameter: parameter)
      else { return nil }
      switch operation {
      case .add: return Interval(low: left.low + right.low, high: left.high + right.high)
      case .subtract: return Interval(low: left.low - right.high, high: left.high - right.low)
      case .multiply: return left.multiplied(by: right)
      case .divide: return left.divided(by: right)
      }
    case .choice(let choice, let values):
      let all = values.compactMap { $0.interval(indicator: indicator, parameter: parameter) }
      guard all.count == values.count, var found = all.first else { return nil }
      for one in all.dropFirst() {
        found =
          choice == .least
          ? Interval(low: min(found.low, one.low), high: min(found.high, one.high))
          : Interval(low: max(found.low, one.low), high: max(found.high, one.high))
      }
      return found
    }
  }
}

extension Interval {
  /// A single number, known exactly.
  init(exactly number: Double) { self.init(low: number, high: number) }

  /// The products of a number of each.
  func multiplied(by other: Interval) -> Interval {
    let corners = [low * other.low, low * other.high, high * other.low, high * other.high]
    return Interval(low: corners.min() ?? .nan, high: corners.max() ?? .nan)
  }

  /// The quotients of a number of each; `nil` where the divisor may be zero.
  func divided(by other: Interval) -> Interval? {
    guard other.low > 0 || other.high < 0 else { return nil }
    let corners = [low / other.low, low / other.high, high / other.low, high / other.high]
    return Interval(low: corners.min() ?? .nan, high: corners.max() ?? .nan)
  }
}
