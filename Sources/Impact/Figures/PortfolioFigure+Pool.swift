extension PortfolioFigure {
  /// What rows of several cooperations are when they are taken for one: for figures that those of the parts do not tell.
  ///
  /// It holds numbers of rows by their days and nothing else, however many rows there are.
  public struct Pool: Hashable, Sendable {
    /// The rows.
    public enum Rows: Hashable, Sendable {
      /// Everyone followed, at risk together.
      case lives(LifeTable)
      /// The different values, each with how often it was met.
      case values([Value])
    }

    /// A value with how often it was met.
    public struct Value: Hashable, Sendable {
      /// The value, in the indicator's unit.
      public var number: Double
      /// How many rows have it.
      public var count: Int
      /// A value met so many times.
      public init(_ number: Double, count: Int) {
        self.number = number
        self.count = count
      }
    }

    /// The cooperations whose rows they are, in order of name.
    public var cooperations: [String]
    /// The rows.
    public var rows: Rows

    /// The rows of these cooperations, in any order.
    public init(of cooperations: [String], _ rows: Rows) {
      self.cooperations = cooperations.sorted()
      self.rows = rows
    }

    /// The least number of cooperations that are pooled for readers who may not see small numbers.
    ///
    /// A pool tells more than its parts do. Of two, each could take out its own rows and be left with the other's
    /// (Handbook on Statistical Disclosure Control, §4.2); of three, with those of two others together.
    public static let leastCooperations = 3
  }

  /// The figure of the rows of all parts taken together; why there is none where they are not to be told.
  ///
  /// - Parameters:
  ///   - indicator: the definition.
  ///   - quarter: the quarter.
  ///   - parts: the cooperations with their values.
  ///   - pool: their rows.
  /// - Returns: the value, of one cooperation its own; `too-few` without a pool; `not-collected` where the rows are no longer
  ///   those the parts were made of.
  static func pooled(
    _ indicator: Indicator, _ quarter: Quarter, _ parts: [(cooperation: String, value: Figure.Value)],
    _ pool: Pool?
  ) -> Figure.Content {
    if parts.count == 1 { return .value(parts[0].value) }
    guard let pool else { return .absent(.tooFew) }
    let sum = Sum(parts.map(\.value))
    guard pool.cooperations == parts.map(\.cooperation) else { return .absent(.notCollected) }
    switch (indicator.measure, pool.rows) {
    case (.incidence(let incidence), .lives(let lives)):
      guard let found = lives.incidence(within: incidence.days), Double(found.events) == sum.numerator,
        Double(lives.people) == sum.denominator
      else { return .absent(.notCollected) }
      return .value(
        Figure.Value(
          number: found.share, numerator: Double(found.events), denominator: Double(lives.people),
          count: lives.people, interval: found.interval()))
    case (.duration, .values(let values)):
      guard let sample = SampleMedian(counted: values.map { ($0.number, $0.count) }),
        sample.count == sum.count
      else { return .absent(.notCollected) }
      let key = Figure.Key(indicator: indicator.id, cooperation: "", quarter: quarter)
      return .value(
        Figure.Value(
          number: sample.median, count: sample.count,
          interval: indicator.intervalMethod == .bootstrap ? sample.bootstrap(seed: key.seed) : nil))
    default: return .absent(.notCollected)
    }
  }
}
