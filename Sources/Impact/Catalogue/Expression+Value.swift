extension Measure.Expression {
  /// A number, or the reason why there is none.
  public typealias Outcome = Result<Double, Absent>

  /// A reason for the absence of a number.
  public struct Absent: Error, Hashable, Sendable {
    /// The reason.
    public var reason: Figure.Absence
    /// A missing number, for that reason.
    public init(_ reason: Figure.Absence) { self.reason = reason }
  }

  /// The value of the expression.
  ///
  /// A missing operand makes the whole missing, whatever it is multiplied by; a division by zero, and a result
  /// too great to be a number, have no denominator. When several operands are missing the reason is the
  /// gravest, so that the order of the terms changes nothing.
  ///
  /// - Parameters:
  ///   - indicator: the value of another indicator.
  ///   - parameter: the value of a parameter, `nil` when none is in force.
  /// - Returns: the number or the reason why there is none.
  public func value(
    indicator: (String) -> Outcome, parameter: (String) -> Double?
  ) -> Outcome {
    switch self {
    case .number(let text): return Double(text).map(Outcome.success) ?? .failure(Absent(.notCollected))
    case .indicator(let name): return indicator(name)
    case .parameter(let name):
      return parameter(name).map(Outcome.success) ?? .failure(Absent(.notCollected))
    case .negated(let inner):
      return inner.value(indicator: indicator, parameter: parameter).map { 0 - $0 }
    case .operation(let operation, let left, let right):
      let sides = [left, right].map { $0.value(indicator: indicator, parameter: parameter) }
      return Measure.Expression.combined(sides) { operation.result($0[0], $0[1]) }
    case .choice(let choice, let values):
      let all = values.map { $0.value(indicator: indicator, parameter: parameter) }
      return Measure.Expression.combined(all) { choice == .least ? $0.min() : $0.max() }
    }
  }

  private static func combined(_ outcomes: [Outcome], _ result: ([Double]) -> Double?) -> Outcome {
    let reasons = outcomes.compactMap { if case .failure(let absent) = $0 { absent.reason } else { nil } }
    if let gravest = reasons.min(by: { $0.gravity < $1.gravity }) { return .failure(Absent(gravest)) }
    let numbers = outcomes.compactMap { try? $0.get() }
    guard let number = result(numbers), number.isFinite else { return .failure(Absent(.noDenominator)) }
    return .success(number)
  }
}

extension Measure.Expression.Operation {
  fileprivate func result(_ left: Double, _ right: Double) -> Double? {
    switch self {
    case .add: left + right
    case .subtract: left - right
    case .multiply: left * right
    case .divide: right == 0 ? nil : left / right
    }
  }
}

extension Figure.Absence {
  /// Its place among reasons when several hold: what can never be known first, what is only hidden last.
  fileprivate var gravity: Int {
    switch self {
    case .notApplicable: 0
    case .notCollected: 1
    case .notYetDue: 2
    case .noDenominator: 3
    case .tooFew: 4
    }
  }
}
