/// An indicator counted month by month, from the beginning of a cooperation: what control charts are made of.
///
/// Quarters would need three years to say anything; the events behind them are dated, so that months do in one.
public struct MonthlySeries: Hashable, Sendable {
  /// One month.
  public struct Month: Hashable, Sendable {
    /// Its first day.
    public var start: Day
    /// What was counted in it, or why nothing was.
    public var content: Figure.Content
    /// A month with its content.
    public init(start: Day, content: Figure.Content) {
      self.start = start
      self.content = content
    }
    /// The value, when there is one.
    public var value: Figure.Value? { if case .value(let value) = content { value } else { nil } }
    /// The quarter it belongs to.
    public var quarter: Quarter { Quarter(containing: start) }
  }

  /// The indicator's name.
  public var indicator: String
  /// The cooperation's name in data.
  public var cooperation: String
  /// The months in order, without holes.
  public var months: [Month]

  /// A series of months.
  public init(indicator: String, cooperation: String, months: [Month]) {
    self.indicator = indicator
    self.cooperation = cooperation
    self.months = months
  }
}

extension Indicator {
  /// Entities about people each row of which falls on one day or in one month.
  private static let monthlyEntities: Set<String> = [
    "pathways", "activity", "exits", "follow_ups", "trainings",
  ]

  /// Whether each row it counts falls on one day, so that it can be counted month by month.
  ///
  /// Rows that last, people counted once, and rows that speak of a whole quarter cannot.
  public var isCountedByMonth: Bool {
    guard window == .quarter, shift == 0, !measure.terms.isEmpty,
      measure.terms.allSatisfy({ Indicator.monthlyEntities.contains($0.entity) })
    else { return false }
    func isDated(_ term: Term) -> Bool { [.count, .sum, .mean].contains(term.function) }
    switch measure {
    case .count(let term), .sum(let term), .duration(let term): return isDated(term)
    case .ratio(let numerator, let denominator, let cohort):
      return cohort == nil && isDated(numerator) && isDated(denominator)
    default: return false
    }
  }
}

extension Edition {
  /// The months of an indicator for a cooperation.
  public func months(_ indicator: String, _ cooperation: String) -> MonthlySeries? {
    months.first { $0.indicator == indicator && $0.cooperation == cooperation }
  }
}
