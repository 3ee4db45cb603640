import Impact

/// Invented months that add up to the quarters of an edition, for every indicator that is counted by month.
enum SampleMonths {
  static func series(of figures: FigureTable, _ cooperations: [CooperationProfile]) -> [MonthlySeries] {
    cooperations.flatMap { cooperation in
      SampleCatalogue.catalogue.indicators.filter(\.isCountedByMonth).map { indicator in
        MonthlySeries(
          indicator: indicator.id, cooperation: cooperation.id,
          months: figures.series(indicator.id, cooperation.id).flatMap(months))
      }
    }
  }

  private static func months(of figure: Figure) -> [MonthlySeries.Month] {
    (0..<3).map { index in
      MonthlySeries.Month(
        start: figure.key.quarter.start.adding(months: index),
        content: figure.value.map { content($0, index) } ?? figure.content)
    }
  }

  /// A third of the quarter, the remainder of whole numbers going to the first months.
  private static func content(_ value: Figure.Value, _ index: Int) -> Figure.Content {
    func third(_ number: Double) -> Double {
      guard number == number.rounded() else { return number / 3 }
      let whole = (number / 3).rounded(.down)
      return Double(index) < number - 3 * whole ? whole + 1 : whole
    }
    guard let top = value.numerator, let bottom = value.denominator else {
      let number = third(value.number)
      return .value(Figure.Value(number: number, count: Int(number)))
    }
    let people = third(bottom)
    guard people > 0 else { return .absent(.noDenominator) }
    let count = min(third(top), people)
    return .value(
      Figure.Value(
        number: count / people, numerator: count, denominator: people, count: Int(people)))
  }
}
