extension WorkedExample {
  /// The quarter every example is reported for: a row that says nothing of its date happens in it.
  public static let quarter = Quarter(index: 2025 * 4 + 2)

  /// The first quarter delivered in every example: old enough that every window is whole.
  public static let first = Quarter(index: quarter.index - 16)

  /// The day of a row that says nothing of its date: well inside the window's last quarter.
  public static func day(of definition: Indicator) -> Day {
    definition.windowEnd(reportedFor: quarter).start.adding(days: 40)
  }

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

  /// What of a content is not as the example expects.
  public struct Difference: Hashable, Sendable, CustomStringConvertible {
    /// What an example expects of a figure.
    public enum Part: String, Hashable, Sendable {
      /// Its value.
      case value
      /// Its numerator.
      case numerator
      /// Its denominator.
      case denominator
    }

    /// What is not as expected.
    public var part: Part
    /// What was expected and what was found, in words.
    public var description: String
  }

  /// Why a content is not what the example expects; `nil` when it is.
  ///
  /// Examples are written with the digits a person would write, so a half of a thousandth is forgiven.
  public func difference(from content: Figure.Content) -> Difference? {
    guard let value else {
      if case .value(let found) = content {
        return Difference(
          part: .value, description: "no value was expected, \(found.number.written) was found")
      }
      return nil
    }
    guard case .value(let found) = content else {
      if case .absent(let reason) = content {
        return Difference(
          part: .value, description: "\(value.written) was expected, no value was found: \(reason.rawValue)")
      }
      return nil
    }
    let pairs: [(Difference.Part, Double?, Double?)] = [
      (.value, value, found.number), (.numerator, numerator, found.numerator),
      (.denominator, denominator, found.denominator),
    ]
    for (part, expected, number) in pairs {
      guard let expected else { continue }
      let role = part == .value ? "" : " as \(part.rawValue)"
      guard let number else {
        return Difference(part: part, description: "\(expected.written) was expected\(role), none was found")
      }
      // Written so that what is no number is no match either.
      if !(abs(number - expected) <= 5e-4 * max(1, abs(expected))) {
        let isShare = part == .value && isPercentage(expected, number)
        return Difference(
          part: part,
          description: "\(expected.written) was expected\(role), \(number.written) was found"
            + (isShare ? "; a percentage is written as a share, \(number.written)" : ""))
      }
    }
    return nil
  }

  /// Whether a hundred times what was found was expected: a percentage where a share is written.
  private func isPercentage(_ expected: Double, _ found: Double) -> Bool {
    abs(found) <= 1 && found != 0 && abs(expected / 100 - found) <= 5e-3
  }
}

extension Double {
  /// The number as a person writes it: `25`, not `25.0`.
  fileprivate var written: String {
    let text = "\(self)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
