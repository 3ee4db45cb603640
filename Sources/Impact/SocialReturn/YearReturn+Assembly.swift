extension YearReturn {
  /// The returns of a cooperation, one for each calendar year it has figures in, oldest first.
  ///
  /// - Parameters:
  ///   - model: values, deductions and what counts.
  ///   - catalogue: the definitions of the figures.
  ///   - cooperation: the cooperation's name in data.
  ///   - quarters: the quarters it has figures for, in order.
  ///   - hasEnded: whether it ends with the last of them.
  ///   - contributions: what partners delivered in a year: by year, in order of partner and kind.
  ///   - figures: its figures.
  /// - Returns: the returns, each with a ratio or the reason for having none.
  public static func all(
    _ model: SocialReturnModel, catalogue: Catalogue, cooperation: String, quarters: [Quarter],
    hasEnded: Bool, contributions: [Int: [Input]], figures: FigureTable
  ) -> [YearReturn] {
    let years = Set(quarters.map(\.year)).sorted()
    return years.map { year in
      let own = quarters.filter { $0.year == year }
      guard own.last?.number == 4 else {
        return YearReturn(
          cooperation: cooperation, year: year, inputs: [], outcomes: [],
          absence: hasEnded ? .ended : .notOver)
      }
      let place = Place(
        cooperation: cooperation, quarters: own, catalogue: catalogue, figures: figures)
      let given = (contributions[year] ?? []).filter { model.contributionKinds.contains($0.name) }
      let counted = model.inputs.map { input in
        let found = place.total(input)
        return Input(name: input.indicator, value: found.number, absence: found.absence)
      }
      let outcomes = model.counted.map { outcome in
        let found = place.total(outcome.quantity)
        return Outcome(id: outcome.id, quantity: found.number, absence: found.absence)
      }
      var made = YearReturn(
        cooperation: cooperation, year: year, inputs: given + counted, outcomes: outcomes)
      made.reckon(model)
      return made
    }
  }

  /// Fills in what the map comes to, or why there is nothing.
  private mutating func reckon(_ model: SocialReturnModel) {
    let relevant = outcomes.filter { $0.absence != .notApplicable }
    func values(_ outcome: Outcome) -> Bool {
      model.outcome(outcome.id).flatMap { model.proxy($0.proxy)?.estimate(in: year) } != nil
    }
    if relevant.isEmpty {
      absence = .noOutcome
    } else if relevant.contains(where: { $0.quantity == nil }) {
      absence = .unknownQuantity
    } else if !relevant.allSatisfy(values) {
      absence = .noProxy
    } else if let investment {
      if investment <= 0 { absence = .noInvestment }
    } else {
      absence = .unknownInvestment
    }
    guard absence == nil || absence == .noInvestment, let map = map(model) else { return }
    let found = map.socialReturn
    for row in found.rows {
      guard let index = outcomes.firstIndex(where: { $0.id == row.id }) else { continue }
      outcomes[index].impact = row.impact
      outcomes[index].presentValue = row.presentValue
    }
    guard let ratio = found.ratio, let corners = map.corners else { return }
    result = Result(ratio: ratio, corners: corners)
  }

  /// What an audience may see of it: nothing that figures masked for it could be found from.
  ///
  /// The quantities are read again from the figures the audience sees; where one of them is not there as it was, the
  /// return is masked whole, since its ratio, its present value and the other quantities would give it away.
  ///
  /// - Parameters:
  ///   - figures: the figures the audience sees.
  ///   - model: the model the return was made with.
  ///   - catalogue: the definitions of the figures.
  /// - Returns: the return, masked or whole.
  public func seen(through figures: FigureTable, _ model: SocialReturnModel, _ catalogue: Catalogue)
    -> YearReturn
  {
    let place = place(in: figures, catalogue)
    let isUnmasked =
      outcomes.allSatisfy { outcome in
        guard let quantity = model.outcome(outcome.id)?.quantity else { return false }
        return place.total(quantity) == Total(number: outcome.quantity, absence: outcome.absence)
      }
      && model.inputs.allSatisfy { input in
        let stored = inputs.first { $0.organisation == nil && $0.name == input.indicator }
        return stored.map { place.total(input) == Total(number: $0.value, absence: $0.absence) } ?? true
      }
    guard isWhole, !isUnmasked else { return self }
    return YearReturn(
      cooperation: cooperation, year: year, inputs: inputs.filter { $0.organisation != nil },
      outcomes: outcomes.map { Outcome(id: $0.id, quantity: nil, absence: .tooFew) }, absence: .tooFew)
  }
}

extension YearReturn {
  /// How many times something happened in the year, also what the model does not count, or why that is not known.
  ///
  /// - Parameters:
  ///   - quantity: the figure, whole or a part.
  ///   - figures: the figures its reader may see.
  ///   - catalogue: their definitions.
  /// - Returns: the year's number, or the reason for having none.
  public func number(
    of quantity: SocialReturnModel.Quantity, in figures: FigureTable, _ catalogue: Catalogue
  ) -> (number: Double?, absence: Figure.Absence?) {
    let total = place(in: figures, catalogue).total(quantity)
    return (total.number, total.absence)
  }

  /// The figures of the year: of the quarters that have any.
  private func place(in figures: FigureTable, _ catalogue: Catalogue) -> Place {
    let quarters = (1...4).compactMap { Quarter(year, $0) }.filter { quarter in
      catalogue.indicators.contains { figures.figure($0.id, cooperation, quarter) != nil }
    }
    return Place(cooperation: cooperation, quarters: quarters, catalogue: catalogue, figures: figures)
  }
}

/// What a year's figures add up to.
private struct Total: Hashable {
  var number: Double?
  var absence: Figure.Absence?
}

/// The figures of one cooperation's year.
private struct Place {
  let cooperation: String
  /// The year's quarters that have figures, in order.
  let quarters: [Quarter]
  let catalogue: Catalogue
  let figures: FigureTable

  /// The year's total of a figure, or why it has none.
  func total(_ quantity: SocialReturnModel.Quantity) -> Total {
    let window = catalogue.indicator(quantity.indicator)?.window ?? .quarter
    let read = window == .quarter ? quarters : Array(quarters.suffix(1))
    let contents = read.map { content(quantity, at: $0) }
    let absences = contents.compactMap { if case .absent(let reason) = $0 { reason } else { nil } }
    if contents.isEmpty { return Total(absence: .notCollected) }
    if absences.count == contents.count, let first = absences.first { return Total(absence: first) }
    if let unknown = absences.first(where: { $0 != .notApplicable }) { return Total(absence: unknown) }
    return Total(
      number: contents.reduce(0) { sum, content in
        if case .value(let value) = content { sum + value.number } else { sum }
      })
  }

  private func content(_ quantity: SocialReturnModel.Quantity, at quarter: Quarter) -> Figure.Content {
    guard let whole = figures.figure(quantity.indicator, cooperation, quarter) else {
      return .absent(.notCollected)
    }
    guard let part = quantity.part, whole.value != nil else { return whole.content }
    func figure(_ value: String) -> Figure? {
      figures.figure(
        quantity.indicator, cooperation, quarter, part: Figure.Part(field: part.field, value: value))
    }
    if let own = figure(part.value) { return own.content }
    // A part nobody has is none of a whole that is known, unless the breakdown is masked.
    let isMasked = catalogue.values(of: part.field, in: quantity.indicator).contains {
      figure($0)?.absence == .tooFew
    }
    return isMasked ? .absent(.tooFew) : .value(Figure.Value(number: 0))
  }
}

extension Catalogue {
  /// The values a field may have where an indicator is broken down by it, the unknown one included.
  fileprivate func values(of field: String, in indicator: String) -> [String] {
    let entities = self.indicator(indicator)?.measure.terms.map(\.entity) ?? []
    let known = entities.flatMap { vocabulary.entity($0)?.field(field)?.values.map(\.code) ?? [] }
    return Array(Set(known)).sorted() + ["true", "false", "unknown"]
  }
}
