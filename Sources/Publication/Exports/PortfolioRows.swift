internal import Impact

/// Indicators over all the cooperations shown, a row each.
struct PortfolioRows {
  let table: CSV

  init(_ album: Album) {
    let edition = album.edition
    let names = Names(edition)
    let nature = DataNature(isSample: edition.isSample).rawValue
    table = CSV(
      [
        "release", "indicator", "label_fr", "label_en", "quarter", "unit", "value", "numerator",
        "denominator",
        "n", "low", "high", "interval_method", "interval_absence", "absence", "portfolio_method",
        "sum_of_parts",
        "sum_of_parts_numerator",
        "sum_of_parts_denominator", "sum_of_parts_n", "people_counted", "cooperations",
        "cooperations_missing", "data_nature",
      ],
      rows: album.portfolio.map { figure in
        let indicator = names.indicator(figure.indicator)
        let value = figure.value
        return [
          .text(edition.release.id), .text(figure.indicator), .text(indicator?.label.french),
          .text(indicator?.label.english), .text(figure.quarter.description), .text(indicator?.unit.rawValue),
          .number(value?.number), .number(value?.numerator), .number(value?.denominator),
          .integer(value?.count), .number(value?.interval?.low), .number(value?.interval?.high),
          .text(value?.interval == nil ? nil : indicator?.intervalMethod?.rawValue),
          .text(value.flatMap { indicator?.intervalAbsence(of: $0)?.rawValue }),
          .text(figure.absence?.rawValue), .text(indicator?.portfolioMethod.rawValue),
          .number(figure.sumOfParts?.number), .number(figure.sumOfParts?.numerator),
          .number(figure.sumOfParts?.denominator), .integer(figure.sumOfParts?.count),
          .text(figure.people?.rawValue),
          .integer(figure.parts.count), .integer(figure.missing.count),
          .text(nature),
        ]
      })
  }
}
