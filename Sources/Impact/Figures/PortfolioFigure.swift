/// An indicator over all the cooperations an edition shows: a ratio of sums, a sum, people counted once, or what all their
/// rows give together (`Method`).
///
/// Never a mean of the cooperations' figures, and never made from one the edition does not show, so that no masked one can
/// be had by subtraction.
public struct PortfolioFigure: Hashable, Sendable {
  /// The indicator's name.
  public var indicator: String
  /// The quarter.
  public var quarter: Quarter
  /// The portfolio's value, or the reason why there is none.
  public var content: Figure.Content
  /// The cooperations it is made of, in order of name, each with its own value.
  public var parts: [(cooperation: String, value: Figure.Value)]
  /// Cooperations the indicator applies to that have no value, or whose value is masked.
  public var missing: [String]
  /// What the parts add up to, people seen in two cooperations twice; `nil` of what is derived, whose parts do not add up.
  public var sumOfParts: Sum?
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

  /// What the figures of several cooperations add up to, as far as they do.
  public struct Sum: Hashable, Sendable {
    /// The sum of what they count, or the ratio of the two sums; `nil` where values do not add up, as durations and incidences.
    public var number: Double?
    /// The sum of the numerators; of incidences, the events seen.
    public var numerator: Double?
    /// The sum of the denominators; of incidences, the people followed.
    public var denominator: Double?
    /// The rows or people they rest on.
    public var count: Int?

    /// What values add up to but their own numbers; a part that lacks a number leaves the sum without.
    init(_ values: [Figure.Value]) {
      func all<Number: AdditiveArithmetic>(_ part: (Figure.Value) -> Number?) -> Number? {
        let found = values.compactMap(part)
        return found.count == values.count ? found.reduce(.zero, +) : nil
      }
      numerator = all(\.numerator)
      denominator = all(\.denominator)
      count = all(\.count)
    }
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

  /// The portfolio's value; `nil` where there is none.
  public var value: Figure.Value? { if case .value(let value) = content { value } else { nil } }
  /// Why there is no value; `nil` where there is one.
  public var absence: Figure.Absence? { if case .absent(let reason) = content { reason } else { nil } }

  /// The figure of a quarter; `nil` when the indicator applies to no cooperation.
  ///
  /// - Parameters:
  ///   - indicator: the definition.
  ///   - figures: the whole figures of the quarter, one a cooperation.
  ///   - people: for each term of the indicator, in order, its distinct people over the whole portfolio; `nil` for a term
  ///     that counts something else; empty where they are not known, or not to be told.
  ///   - pool: for a median or an incidence, the rows of the cooperations that have a value; `nil` where they are not to be
  ///     told.
  public init?(_ indicator: Indicator, figures: [Figure], people: [People?] = [], pool: Pool? = nil) {
    let applicable = figures.filter { $0.absence != .notApplicable }.sorted { $0.key < $1.key }
    guard let quarter = applicable.first?.key.quarter else { return nil }
    self.init(indicator: indicator.id, quarter: quarter, applicable)
    guard !parts.isEmpty else { return }
    var sum = Sum(parts.map(\.value))
    switch indicator.portfolioMethod {
    case .pooledMedian, .pooledLifeTable:
      content = PortfolioFigure.pooled(indicator, quarter, parts, pool)
    case .derived: return
    case .sum, .distinctPeople, .ratioOfSums, .pooledMean:
      content = PortfolioFigure.content(indicator, sum, parts.map(\.value))
      if indicator.portfolioMethod != .pooledMean { sum.number = value?.number }
    }
    sumOfParts = sum
    countPeopleOnce(indicator, people)
  }

  /// The figure of these parts before it is made, with the reason that stands where none of them has a value.
  init(indicator: String, quarter: Quarter, _ applicable: [Figure]) {
    self.indicator = indicator
    self.quarter = quarter
    parts = applicable.compactMap { figure in figure.value.map { (figure.key.cooperation, $0) } }
    missing = applicable.filter { $0.value == nil }.map(\.key.cooperation)
    // What may be masked is said to be, then what may still come.
    let order: [Figure.Absence] = [.tooFew, .notYetDue, .notCollected, .noDenominator]
    let reasons = Set(applicable.compactMap(\.absence))
    content = .absent(order.first(where: reasons.contains) ?? .notCollected)
  }

  /// Puts people counted once in the place of their sums, as far as they are known.
  private mutating func countPeopleOnce(_ indicator: Indicator, _ people: [People?]) {
    let terms = indicator.measure.terms.prefix(2)
    let telling = terms.indices.filter { terms[$0].function == .distinct && terms[$0].field == "participant" }
    guard !telling.isEmpty else { return }
    self.people = parts.count + missing.count > 1 ? .byCooperation : .once
    // With a part missing, the people of all would tell how many it has.
    guard missing.isEmpty, parts.count > 1, let value else { return }
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
      content = .value(Figure.Value(number: sums[0], count: Int(sums[0])))
    } else {
      guard sums[1] != 0 else { return }
      content = .value(
        Figure.Value(
          number: sums[0] / sums[1], numerator: sums[0], denominator: sums[1],
          count: indicator.isRatioOfCounts ? Int(sums[1]) : value.count,
          interval: indicator.interval(ofRatio: sums[0], to: sums[1])))
    }
    self.people = unlinked ? .partly : .once
  }

  /// What the values of the parts tell of all their rows.
  private static func content(_ indicator: Indicator, _ sum: Sum, _ values: [Figure.Value]) -> Figure.Content
  {
    let total = values.reduce(0) { $0 + $1.number }
    switch indicator.measure {
    case .ratio:
      guard let top = sum.numerator, let bottom = sum.denominator, bottom != 0 else {
        return .absent(.noDenominator)
      }
      return .value(
        Figure.Value(
          number: top / bottom, numerator: top, denominator: bottom,
          count: values.reduce(0) { $0 + ($1.count ?? 0) },
          interval: indicator.interval(ofRatio: top, to: bottom)))
    case .count, .distinct, .stock:
      return .value(
        Figure.Value(
          number: total, count: Int(total),
          interval: indicator.intervalMethod == .byar ? EventCount(total)?.byar() : nil))
    case .duration:
      // A mean over rows adds up by its rows, and so does its variance.
      guard let rows = sum.count, rows > 0 else { return .absent(.noDenominator) }
      let days = values.reduce(0) { $0 + $1.number * Double($1.count ?? 0) }
      let samples = values.compactMap { $0.count == 1 ? SampleMean(single: $0.number) : $0.sampleMean }
      let isKnown = indicator.intervalMethod == .student && samples.count == values.count
      return .value(
        Figure.Value(
          number: days / Double(rows), count: rows,
          interval: isKnown ? SampleMean(pooling: samples)?.student() : nil))
    default:
      return .value(Figure.Value(number: total, count: values.reduce(0) { $0 + ($1.count ?? 0) }))
    }
  }

  /// Equal when every part is.
  public static func == (left: PortfolioFigure, right: PortfolioFigure) -> Bool {
    left.indicator == right.indicator && left.quarter == right.quarter && left.content == right.content
      && left.missing == right.missing && left.sumOfParts == right.sumOfParts && left.people == right.people
      && left.parts.elementsEqual(right.parts) { $0.cooperation == $1.cooperation && $0.value == $1.value }
  }
  /// Hashes the indicator, the quarter and the content.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(indicator)
    hasher.combine(quarter)
    hasher.combine(content)
  }
}
