/// An indicator over all the cooperations an edition shows: a ratio of sums, a sum, or people counted once.
///
/// Never a mean of rates, and never made from a figure the edition does not show, so that no masked one can be had by
/// subtraction.
public struct PortfolioFigure: Hashable, Sendable {
  /// The indicator's name.
  public var indicator: String
  /// The quarter.
  public var quarter: Quarter
  /// The portfolio's value.
  public var value: Figure.Value
  /// The cooperations it is made of, in order of name, each with its own value.
  public var parts: [(cooperation: String, value: Figure.Value)]
  /// Cooperations the indicator applies to that have no value, or whose value is masked.
  public var missing: [String]
  /// What the parts add up to where people are counted once: those seen in two cooperations are in it twice; `nil` when
  /// the value is that sum.
  public var sumOfParts: Double?

  /// The figure of a quarter; `nil` when no cooperation has a value, or when values of the kind do not add up.
  ///
  /// - Parameters:
  ///   - indicator: the definition.
  ///   - figures: the whole figures of the quarter, one a cooperation.
  ///   - people: distinct people over the whole portfolio, where they are known.
  public init?(_ indicator: Indicator, figures: [Figure], people: Int? = nil) {
    let applicable = figures.filter { $0.absence != .notApplicable }.sorted { $0.key < $1.key }
    let known = applicable.compactMap { figure in figure.value.map { (figure.key.cooperation, $0) } }
    guard let quarter = applicable.first?.key.quarter, !known.isEmpty,
      let value = PortfolioFigure.value(indicator, known.map(\.1))
    else { return nil }
    self.indicator = indicator.id
    self.quarter = quarter
    self.value = value
    parts = known.map { (cooperation: $0.0, value: $0.1) }
    missing = applicable.filter { $0.value == nil }.map(\.key.cooperation)
    if case .distinct = indicator.measure, let people, missing.isEmpty, Double(people) <= value.number {
      sumOfParts = value.number
      self.value = Figure.Value(number: Double(people), count: people)
    }
  }

  private static func value(_ indicator: Indicator, _ values: [Figure.Value]) -> Figure.Value? {
    let total = values.reduce(0) { $0 + $1.number }
    switch indicator.measure {
    case .ratio:
      let tops = values.compactMap(\.numerator)
      let bottoms = values.compactMap(\.denominator)
      guard tops.count == values.count, bottoms.count == values.count else { return nil }
      let (top, bottom) = (tops.reduce(0, +), bottoms.reduce(0, +))
      guard bottom != 0 else { return nil }
      return Figure.Value(
        number: top / bottom, numerator: top, denominator: bottom,
        count: values.reduce(0) { $0 + ($1.count ?? 0) },
        interval: indicator.interval(ofRatio: top, to: bottom))
    case .count, .distinct, .stock:
      return Figure.Value(
        number: total, count: Int(total),
        interval: indicator.intervalMethod == .byar ? EventCount(total)?.byar() : nil)
    case .sum, .cumulative:
      return Figure.Value(number: total, count: values.reduce(0) { $0 + ($1.count ?? 0) })
    case .duration(let term):
      // A mean over rows adds up by its rows; a median does not.
      let counts = values.compactMap(\.count)
      let rows = counts.reduce(0, +)
      guard term.function == .mean, counts.count == values.count, rows > 0 else { return nil }
      let days = values.reduce(0) { $0 + $1.number * Double($1.count ?? 0) }
      return Figure.Value(number: days / Double(rows), count: rows)
    default: return nil
    }
  }

  /// Equal when every part is.
  public static func == (left: PortfolioFigure, right: PortfolioFigure) -> Bool {
    left.indicator == right.indicator && left.quarter == right.quarter && left.value == right.value
      && left.missing == right.missing && left.sumOfParts == right.sumOfParts
      && left.parts.elementsEqual(right.parts) { $0.cooperation == $1.cooperation && $0.value == $1.value }
  }
  /// Hashes the indicator, the quarter and the value.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(indicator)
    hasher.combine(quarter)
    hasher.combine(value)
  }
}
