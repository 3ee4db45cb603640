extension Catalogue {
  /// Every indicator in force over all the cooperations, in the order of the catalogue.
  ///
  /// A derived one is its arithmetic on the portfolio's figures of the indicators it names, over the cooperations that have
  /// a value of it themselves: never a mean, nor a sum, of what was derived for each.
  ///
  /// - Parameters:
  ///   - figures: the whole figures of one quarter, by indicator.
  ///   - people: distinct people over the whole portfolio for each term of an indicator, where they are known.
  ///   - pools: the rows of all that have a value, of each indicator whose figures do not tell the portfolio's.
  /// - Returns: a figure, or why there is none, for each indicator that applies to a cooperation.
  public func portfolio(
    of figures: [String: [Figure]], people: [String: [PortfolioFigure.People?]] = [:],
    pools: [String: PortfolioFigure.Pool] = [:]
  ) -> [PortfolioFigure] {
    indicators.compactMap { portfolioFigure($0, figures, people, pools) }
  }

  private func portfolioFigure(
    _ indicator: Indicator, _ figures: [String: [Figure]], _ people: [String: [PortfolioFigure.People?]],
    _ pools: [String: PortfolioFigure.Pool]
  ) -> PortfolioFigure? {
    let own = figures[indicator.id] ?? []
    guard let expression = indicator.measure.expression else {
      return PortfolioFigure(
        indicator, figures: own, people: people[indicator.id] ?? [], pool: pools[indicator.id])
    }
    let applicable = own.filter { $0.absence != .notApplicable }.sorted { $0.key < $1.key }
    guard let quarter = applicable.first?.key.quarter else { return nil }
    var figure = PortfolioFigure(indicator: indicator.id, quarter: quarter, applicable)
    guard !figure.parts.isEmpty else { return figure }
    let names = Set(figure.parts.map(\.cooperation))
    var operands: [String: Figure] = [:]
    var counted: [PortfolioFigure.PeopleCounting] = []
    // Definitions that name themselves are refused when the catalogue is read, so that this ends.
    for name in expression.indicators {
      let shown = figures.mapValues { $0.filter { names.contains($0.key.cooperation) } }
      guard let operand = self.indicator(name),
        // What is known of people is of all the cooperations: of fewer it is nothing.
        let found = portfolioFigure(operand, shown, names.count == applicable.count ? people : [:], pools)
      else { return figure }
      counted += found.people.map { [$0] } ?? []
      operands[name] = Figure(
        key: Figure.Key(indicator: name, cooperation: "", quarter: quarter),
        // A part without a value would be left out of one operand and not of another.
        content: found.parts.count == names.count ? found.content : .absent(.notCollected),
        status: .provisional, indicatorVersion: operand.version)
    }
    figure.content =
      Figure(
        derived: indicator, expression, operands: operands,
        key: Figure.Key(indicator: indicator.id, cooperation: "", quarter: quarter), appliesHere: true
      ) { name in parameters.first { $0.name == name }?.value(on: quarter.end)?.number }.content
    let order: [PortfolioFigure.PeopleCounting] = [.byCooperation, .partly, .once]
    figure.people = order.first(where: counted.contains)
    return figure
  }
}
