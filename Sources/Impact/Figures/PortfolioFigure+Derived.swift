extension Catalogue {
  /// Every indicator in force over all the cooperations, in the order of the catalogue.
  ///
  /// A derived one is its arithmetic on the portfolio's figures of the indicators it names, over the cooperations that have
  /// a value of it themselves: never a mean, nor a sum, of what was derived for each.
  ///
  /// - Parameters:
  ///   - figures: the whole figures of one quarter, by indicator.
  ///   - people: distinct people over the whole portfolio for each term of an indicator, where they are known.
  /// - Returns: the figures there are.
  public func portfolio(
    of figures: [String: [Figure]], people: [String: [PortfolioFigure.People?]] = [:]
  ) -> [PortfolioFigure] {
    indicators.compactMap { portfolioFigure($0, figures, people) }
  }

  private func portfolioFigure(
    _ indicator: Indicator, _ figures: [String: [Figure]], _ people: [String: [PortfolioFigure.People?]]
  ) -> PortfolioFigure? {
    let own = figures[indicator.id] ?? []
    guard let expression = indicator.measure.expression else {
      return PortfolioFigure(indicator, figures: own, people: people[indicator.id] ?? [])
    }
    let applicable = own.filter { $0.absence != .notApplicable }.sorted { $0.key < $1.key }
    let known = applicable.compactMap { figure in figure.value.map { (figure.key.cooperation, $0) } }
    guard let quarter = applicable.first?.key.quarter, !known.isEmpty else { return nil }
    let names = Set(known.map(\.0))
    var operands: [String: Figure] = [:]
    var counted: [PortfolioFigure.PeopleCounting] = []
    // Definitions that name themselves are refused when the catalogue is read, so that this ends.
    for name in expression.indicators {
      let shown = figures.mapValues { $0.filter { names.contains($0.key.cooperation) } }
      guard let operand = self.indicator(name),
        // What is known of people is of all the cooperations: of fewer it is nothing.
        let found = portfolioFigure(operand, shown, names.count == applicable.count ? people : [:]),
        found.parts.count == names.count
      else { return nil }
      counted += found.people.map { [$0] } ?? []
      operands[name] = Figure(
        key: Figure.Key(indicator: name, cooperation: "", quarter: quarter), content: .value(found.value),
        status: .provisional, indicatorVersion: operand.version)
    }
    let derived = Figure(
      derived: indicator, expression, operands: operands,
      key: Figure.Key(indicator: indicator.id, cooperation: "", quarter: quarter), appliesHere: true
    ) { name in parameters.first { $0.name == name }?.value(on: quarter.end)?.number }
    guard let value = derived.value else { return nil }
    var figure = PortfolioFigure(
      indicator: indicator.id, quarter: quarter, value: value,
      parts: known.map { (cooperation: $0.0, value: $0.1) },
      missing: applicable.filter { $0.value == nil }.map(\.key.cooperation))
    let order: [PortfolioFigure.PeopleCounting] = [.byCooperation, .partly, .once]
    figure.people = order.first(where: counted.contains)
    return figure
  }
}
