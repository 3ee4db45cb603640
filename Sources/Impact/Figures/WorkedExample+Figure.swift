extension WorkedExample {
  /// The quarter every example is reported for: a row that says nothing of its date happens in it.
  public static let quarter = Quarter(index: 2025 * 4 + 2)

  /// What a derived indicator gives on the operands and parameters of its example.
  public func content(of definition: Indicator, _ expression: Measure.Expression) -> Figure.Content {
    func figure(_ name: String, _ value: Double?) -> Figure {
      Figure(
        key: Figure.Key(indicator: name, cooperation: "example", quarter: WorkedExample.quarter),
        content: value.map { .value(Figure.Value(number: $0)) } ?? .absent(.notCollected), status: .final,
        indicatorVersion: 1)
    }
    let given = Dictionary(operands.map { ($0.key, figure($0.key, $0.value)) }) { first, _ in first }
    return Figure(
      derived: definition, expression, operands: given,
      key: Figure.Key(indicator: definition.id, cooperation: "example", quarter: WorkedExample.quarter),
      appliesHere: true
    ) { parameters[$0] }.content
  }

  /// Why a content is not what the example expects; `nil` when it is.
  ///
  /// Examples are written with the digits a person would write, so a half of a thousandth is forgiven.
  public func difference(from content: Figure.Content) -> String? {
    guard let value else {
      if case .value(let found) = content { return "no value was expected, \(found.number) was found" }
      return nil
    }
    guard case .value(let found) = content else {
      if case .absent(let reason) = content {
        return "\(value) was expected, no value was found: \(reason.rawValue)"
      }
      return nil
    }
    let pairs: [(String, Double?, Double?)] = [
      ("", value, found.number), (" as numerator", numerator, found.numerator),
      (" as denominator", denominator, found.denominator),
    ]
    for (role, expected, number) in pairs {
      guard let expected else { continue }
      guard let number else { return "\(expected) was expected\(role), none was found" }
      if abs(number - expected) > 5e-4 * max(1, abs(expected)) {
        return "\(expected) was expected\(role), \(number) was found"
      }
    }
    return nil
  }
}
