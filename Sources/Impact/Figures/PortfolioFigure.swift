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
  /// What the parts add up to, people seen in two cooperations twice; `nil` where they do not, as means and arithmetic.
  public var sumOfParts: Figure.Value?
  /// How people are counted over the cooperations; `nil` when the indicator tells no people apart.
  public var people: PeopleCounting?

  /// How people seen in several cooperations are counted.
  public enum PeopleCounting: String, Hashable, Sendable, CaseIterable {
    /// Each once.
    case once
    /// Each once where it is known who they are; some are not, and may be in it twice.
    case partly
    /// Once in each cooperation: they could not be told apart, or a cooperation is missing and what it has would be told.
    case byCooperation = "by-cooperation"
  }

  /// The people of one term over the whole portfolio.
  public struct People: Hashable, Sendable {
    /// Each once, those nobody can recognise elsewhere once a cooperation.
    public var total: Int
    /// Those nobody can recognise elsewhere.
    public var unlinked: Int
    /// People with how many of them are not known elsewhere.
    public init(total: Int, unlinked: Int) {
      self.total = total
      self.unlinked = unlinked
    }
  }

  /// The figure of a quarter; `nil` when no cooperation has a value, or when values of the kind do not add up.
  ///
  /// - Parameters:
  ///   - indicator: the definition.
  ///   - figures: the whole figures of the quarter, one a cooperation.
  ///   - people: for each term of the indicator, in order, its distinct people over the whole portfolio; `nil` for a term
  ///     that counts something else; empty where they are not known, or not to be told.
  public init?(_ indicator: Indicator, figures: [Figure], people: [People?] = []) {
    let applicable = figures.filter { $0.absence != .notApplicable }.sorted { $0.key < $1.key }
    let known = applicable.compactMap { figure in figure.value.map { (figure.key.cooperation, $0) } }
    guard let quarter = applicable.first?.key.quarter, !known.isEmpty,
      let value = PortfolioFigure.value(indicator, known.map(\.1))
    else { return nil }
    self.init(
      indicator: indicator.id, quarter: quarter, value: value,
      parts: known.map { (cooperation: $0.0, value: $0.1) },
      missing: applicable.filter { $0.value == nil }.map(\.key.cooperation))
    if case .duration = indicator.measure { return }
    sumOfParts = value
    countPeopleOnce(indicator, people)
  }

  init(
    indicator: String, quarter: Quarter, value: Figure.Value,
    parts: [(cooperation: String, value: Figure.Value)], missing: [String]
  ) {
    self.indicator = indicator
    self.quarter = quarter
    self.value = value
    self.parts = parts
    self.missing = missing
  }

  /// Puts people counted once in the place of their sums, as far as they are known.
  private mutating func countPeopleOnce(_ indicator: Indicator, _ people: [People?]) {
    let terms = indicator.measure.terms.prefix(2)
    let telling = terms.indices.filter { terms[$0].function == .distinct && terms[$0].field == "participant" }
    guard !telling.isEmpty else { return }
    self.people = parts.count + missing.count > 1 ? .byCooperation : .once
    // With a part missing, the people of all would tell how many it has.
    guard missing.isEmpty, parts.count > 1 else { return }
    var sums = [value.numerator ?? value.number, value.denominator ?? 0]
    var unlinked = false
    for index in telling {
      guard people.indices.contains(index), let found = people[index], Double(found.total) <= sums[index],
        found.unlinked < found.total || found.total == 0
      else { return }
      sums[index] = Double(found.total)
      unlinked = unlinked || found.unlinked > 0
    }
    if case .distinct = indicator.measure {
      value = Figure.Value(number: sums[0], count: Int(sums[0]))
    } else {
      guard sums[1] != 0 else { return }
      value = Figure.Value(
        number: sums[0] / sums[1], numerator: sums[0], denominator: sums[1],
        count: indicator.isRatioOfCounts ? Int(sums[1]) : value.count,
        interval: indicator.interval(ofRatio: sums[0], to: sums[1]))
    }
    self.people = unlinked ? .partly : .once
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
      && left.missing == right.missing && left.sumOfParts == right.sumOfParts && left.people == right.people
      && left.parts.elementsEqual(right.parts) { $0.cooperation == $1.cooperation && $0.value == $1.value }
  }
  /// Hashes the indicator, the quarter and the value.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(indicator)
    hasher.combine(quarter)
    hasher.combine(value)
  }
}
