/// What chance does to a derived indicator, as the definitions it names say.
public enum DerivedChance: Hashable, Sendable {
  /// Nothing: all it names is counted in full.
  case none
  /// It moves one figure, named once, among amounts that it does not; with how that one's interval is made.
  case one(String, IntervalMethod)
  /// It moves two rates, the first less the second, of the same events: the second counts them among more rows.
  case gap(among: String, amongMore: String)
  /// It moves one whose rows are linked, so that how much is not known.
  case linked
  /// It moves several, or one named twice, which may rest on the same people.
  case several
}

extension Indicator {
  /// What chance does to it, by the definitions it names; ``DerivedChance/none`` of one that counts rows itself.
  ///
  /// Amounts are sums, which chance does not move. In a share an amount may be of the same rows as what it is divided by,
  /// and moves with it.
  ///
  /// - Parameter named: every version of an indicator, by its name; of derived ones with their own chance.
  /// - Returns: what chance does.
  public func chance(of named: (String) -> [Indicator]) -> DerivedChance {
    guard let expression = measure.expression else { return .none }
    let operands = expression.indicators.map { (name: $0, versions: named($0)) }
    guard operands.allSatisfy({ !$0.versions.isEmpty }) else { return .several }
    let moved = operands.filter { $0.versions.contains { $0.intervalAbsence != .fullCount } }
    guard let only = moved.first else { return .none }
    if isNested, case .operation(.subtract, .indicator(let first), .indicator(let second)) = expression,
      first != second, operands.allSatisfy({ $0.versions.allSatisfy { $0.intervalMethod == .wilson } })
    {
      return .gap(among: first, amongMore: second)
    }
    if moved.contains(where: { $0.versions.contains(where: \.countsLinkedRows) }) { return .linked }
    let amounts = operands.filter { $0.name != only.name }
    guard moved.count == 1, expression.times(only.name) == 1,
      unit != .percent || amounts.isEmpty,
      amounts.allSatisfy({ $0.versions.allSatisfy(\.isAmount) }),
      let method = only.versions[0].intervalMethod,
      only.versions.allSatisfy({ $0.intervalMethod == method })
    else { return .several }
    return .one(only.name, method)
  }

  private var isAmount: Bool { ["sum", "cumulative", "observed"].contains(measure.kind) }
}

extension DerivedChance {
  /// The interval of a derived figure from those of what it is made of; `nil` where it has none.
  ///
  /// - Parameters:
  ///   - expression: its arithmetic.
  ///   - operands: the values of the indicators it names.
  ///   - parameter: the value of a parameter.
  /// - Returns: the interval.
  func interval(
    of expression: Measure.Expression, _ operands: (String) -> Figure.Value?, parameter: (String) -> Double?
  ) -> Interval? {
    switch self {
    case .none, .linked, .several: return nil
    case .one(let moved, let method):
      return expression.interval(
        indicator: { name in
          guard let value = operands(name) else { return nil }
          guard name == moved else { return Interval(exactly: value.number) }
          guard let own = value.interval else { return nil }
          // Byar's lower end is rough for one or two events, and what is divided by it all the more.
          return method == .byar ? EventCount(value.number)?.garwood() : own
        }, parameter: parameter)
    case .gap(let first, let second):
      guard let few = operands(first)?.proportion, let many = operands(second)?.proportion else { return nil }
      return few.gap(amongMore: many)
    }
  }
}

extension Proportion {
  /// How much higher this rate is than that of the same events among more rows; `nil` unless both count the same events.
  ///
  /// The gap `x/m − x/n` is a product of two shares, `x/m · (1 − m/n)`, of which the second is what the first does not count.
  /// Given m the two shares are independent. The variance of a product is `p²V(q) + q²V(p) + V(p)V(q)` (Goodman 1960, JASA
  /// 55:708); it is put on either side from Wilson's ends of each share (Zou and Donner 2008, MOVER), and the interval kept
  /// from 0 to 1.
  ///
  /// - Parameter more: the rate among more rows.
  /// - Returns: the interval.
  func gap(amongMore more: Proportion) -> Interval? {
    guard successes == more.successes, trials <= more.trials,
      let left = Proportion(more.trials - trials, of: more.trials)
    else { return nil }
    let (p, q) = (share, left.share)
    let (own, other) = (wilson(), left.wilson())
    func spread(_ a: Double, _ b: Double) -> Double {
      (p * p * b * b + q * q * a * a + a * a * b * b).squareRoot()
    }
    return Interval(
      low: max(0, p * q - spread(p - own.low, q - other.low)),
      high: min(1, p * q + spread(own.high - p, other.high - q)))
  }
}
