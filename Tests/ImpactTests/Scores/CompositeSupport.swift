import Impact

/// A flat index: indicators below one node.
func flat(
  _ indicators: [Composite.Indicator], weights: [Double], aggregation: Aggregation = .arithmetic,
  normalisation: Normalisation = .goalposts(stretch: 1), scale: Scale = .hundred, minimumData: Double = 0
) throws -> Composite {
  let nodes =
    [Hierarchy.Node("index", below: nil)]
    + zip(indicators, weights).map { Hierarchy.Node($0.0.name, below: "index", weight: $0.1) }
  return try Composite(
    hierarchy: try Hierarchy(nodes), indicators: indicators, normalisation: normalisation, scale: scale,
    aggregations: nodes.map { _ in aggregation }, minimumData: minimumData)
}

/// A table of one or more periods; `nil` is missing.
func panel(_ indicators: [String], _ periods: [[(String, [Double?])]]) -> Panel {
  var panel = Panel(
    units: periods[0].map(\.0), periods: periods.indices.map { "period \($0)" }, indicators: indicators)
  for (period, rows) in periods.enumerated() {
    for (unit, row) in rows.enumerated() {
      for (indicator, value) in row.1.enumerated() {
        panel[period, unit, indicator] = value.map(Panel.Cell.value) ?? .missing
      }
    }
  }
  return panel
}

extension TechnologyAchievement {
  static func indicators(_ chosen: [Int] = Array(0..<8)) -> [Composite.Indicator] {
    chosen.map {
      Composite.Indicator(
        indicators[$0], goalposts: .init(low: goalposts[$0].worst, high: goalposts[$0].best))
    }
  }

  static var table: Panel { panel(indicators, [countries.map { ($0.name, $0.values) }]) }

  /// Scores of the countries under an index.
  static func scores(_ composite: Composite) throws -> [Double?] {
    let levels = try Study(composite, table).levels(0)
    return countries.indices.map { levels.value($0, composite.hierarchy.top) }
  }
}
