extension PortfolioFigure {
  /// How a portfolio's figure is made of many cooperations'.
  public enum Method: String, Hashable, Sendable, CaseIterable {
    /// The sum of what the parts count.
    case sum
    /// People told apart over all the cooperations, each once.
    case distinctPeople = "distinct-people"
    /// The sum of the numerators over that of the denominators, people once in either where they can be told apart.
    case ratioOfSums = "ratio-of-sums"
    /// The mean over all rows: the parts' means, each weighing as its rows.
    case pooledMean = "pooled-mean"
    /// The median of all rows taken together.
    case pooledMedian = "pooled-median"
    /// Aalen and Johansen's estimator on one life table of everyone followed.
    case pooledLifeTable = "pooled-life-table"
    /// The indicator's own arithmetic on the portfolio's figures of those it names.
    case derived

    /// Whether it needs the rows of all the cooperations, since their figures do not tell it.
    public var isOfRows: Bool { self == .pooledMedian || self == .pooledLifeTable }
  }
}

extension Indicator {
  /// How its figure of a portfolio is made: never as the mean of the cooperations' figures.
  public var portfolioMethod: PortfolioFigure.Method {
    switch measure {
    case .count, .stock, .sum, .cumulative, .observed: .sum
    case .distinct(let term): term.field == "participant" ? .distinctPeople : .sum
    case .ratio: .ratioOfSums
    case .duration(let term): term.function == .median ? .pooledMedian : .pooledMean
    case .incidence: .pooledLifeTable
    case .derived: .derived
    }
  }
}
