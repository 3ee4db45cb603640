import Impact
import Postgres
import Store
import TestSupport
import Testing

/// What adds up over time and over cooperations.
extension `Laws of every indicator` {
  // MARK: Since the start

  /// The totals that are added up since the start, and can but grow while no row is revised.
  private func totals(_ figure: Figure) -> [Double] {
    var found = [figure.value?.numerator, figure.value?.denominator].compactMap(\.self)
    if found.isEmpty, let number = figure.value?.number { found = [number] }
    return found
  }

  @Test(arguments: [1, UInt64.random(in: .min ... .max)])
  func `what is counted since the start never falls without a revision`(seed: UInt64) throws {
    let archive = try Fixture.archive()
    let catalogue = try Fixture.catalogue()
    let lasting = catalogue.indicators.filter { indicator in
      if case .cumulative = indicator.measure { return true }
      return indicator.window == .sinceStart && indicator.measure.incidence == nil
        && !indicator.measure.terms.isEmpty
    }
    #expect(!lasting.isEmpty)
    var facts = GeneratedFacts(seed: seed)
    var later: [(entity: String, rows: [GeneratedFacts.Row], of: String)] = []
    for plan in GeneratedFacts.plans {
      for (entity, rows) in facts.facts(of: plan) where !rows.isEmpty {
        let rows = rows.map(GeneratedFacts.canonical)
        let isHeldBack = ["material_flow", "clause_hours", "contribution"].contains(entity)
        let now = isHeldBack ? Array(rows.prefix(rows.count / 2)) : rows
        try archive.record(entity, now, of: plan.name, file: "\(plan.name)/\(entity).csv")
        if isHeldBack { later.append((entity, Array(rows.dropFirst(rows.count / 2)), plan.name)) }
      }
    }
    let before = FigureTable(try figures(archive))
    for (entity, rows, name) in later where !rows.isEmpty {
      try archive.record(entity, rows, of: name, file: "\(name)/\(entity)-later.csv")
    }
    let after = FigureTable(try figures(archive))
    var tried: Set<String> = []
    for indicator in lasting {
      for plan in GeneratedFacts.plans {
        let series = after.series(indicator.id, plan.name)
        for (figure, next) in zip(series, series.dropFirst()) {
          for (one, other) in zip(totals(figure), totals(next)) {
            #expect(other >= one, "seed \(seed): \(next.key) fell from \(one) to \(other)")
            if other > one { tried.insert(indicator.id) }
          }
        }
        // Rows that are added take nothing away from what was said.
        for figure in before.series(indicator.id, plan.name) where figure.value != nil {
          let now = try #require(after[figure.key])
          for (one, other) in zip(totals(figure), totals(now)) {
            #expect(other >= one, "seed \(seed): \(figure.key) was \(one) and is \(other)")
          }
        }
      }
    }
    expectAll(tried, of: lasting, "growth")
    // With a revision it may fall, and is seen to.
    let flow = try #require(
      try archive.connection.execute(
        """
        SELECT cooperation_id, month::text, material FROM fact.material_flow WHERE tonnes > 0
        ORDER BY month, cooperation_id, material LIMIT 1
        """
      ).first)
    let (name, month, material) = try flow.decode((String, String, String).self)
    try archive.record(
      "material_flow", [["month": month, "material": material, "tonnes": "0"]], of: name, file: "revision")
    let revised = FigureTable(try figures(archive))
    let fell = lasting.filter { indicator in
      guard let old = after.figure(indicator.id, name, Fixture.quarter)?.value,
        let new = revised.figure(indicator.id, name, Fixture.quarter)?.value
      else { return false }
      return new.number < old.number
    }
    #expect(fell.map(\.id) == ["tonnes-since-start"])
  }

  // MARK: Rates rolled up

  @Test(arguments: [1, UInt64.random(in: .min ... .max)])
  func `a rate rolled up is the ratio of sums, never the mean of rates`(seed: UInt64) throws {
    let archive = try Fixture.archive()
    var facts = GeneratedFacts(seed: seed)
    try facts.record(in: archive)
    let catalogue = try Fixture.catalogue()
    let all = try figures(archive).filter { $0.key.part == nil }
    let ratios = catalogue.indicators.filter {
      if case .ratio = $0.measure { return true }
      return $0.measure.expression?.division != nil
    }
    var byQuarter: [Quarter: [String: [Figure]]] = [:]
    for figure in all {
      byQuarter[figure.key.quarter, default: [:]][figure.key.indicator, default: []].append(figure)
    }
    var compared = 0
    for (quarter, figures) in byQuarter {
      compared += try rolledUp(catalogue, ratios, figures, "seed \(seed), \(quarter)").equal
    }
    #expect(compared > 500)
  }

  @Test(arguments: [1, UInt64.random(in: .min ... .max)])
  func `a rate rolled up of unequal cooperations is not the mean of theirs, whatever the rate`(seed: UInt64)
    throws
  {
    let catalogue = try Fixture.catalogue()
    var random = SplitMix(seed: seed)
    // A small one with a low rate and a large one with a high rate, by every definition that is not derived.
    let counted = catalogue.indicators.filter { $0.measure.expression == nil }
    let figures = counted.flatMap { indicator in
      [("small", 10...20, 1...3), ("middle", 100...200, 30...60), ("large", 1000...2000, 700...900)].map {
        name, below, above in
        let bottom = Double(Int.random(in: below, using: &random))
        let top = Double(Int.random(in: above, using: &random))
        var value = Figure.Value(number: bottom, count: Int(bottom))
        if case .ratio = indicator.measure {
          value = Figure.Value(number: top / bottom, numerator: top, denominator: bottom, count: Int(bottom))
        }
        return Figure(
          key: Figure.Key(indicator: indicator.id, cooperation: name, quarter: Fixture.quarter),
          content: .value(value), status: .final, indicatorVersion: indicator.version)
      }
    }
    let ratios = counted.filter { if case .ratio = $0.measure { true } else { false } }
    let found = try rolledUp(
      catalogue, ratios, Dictionary(grouping: figures, by: \.key.indicator), "seed \(seed)")
    expectAll(found.unlikeMean, of: ratios, "the ratio of sums")
  }

  /// Compares what a portfolio has of some ratios with the ratio of sums; tells how many are equal to it, and which of them
  /// the mean of the rates is not.
  private func rolledUp(
    _ catalogue: Catalogue, _ ratios: [Indicator], _ figures: [String: [Figure]], _ place: String
  ) throws -> (equal: Int, unlikeMean: Set<String>) {
    var (equal, unlikeMean) = (0, Set<String>())
    let portfolio = catalogue.portfolio(of: figures)
    for indicator in ratios {
      let parts = (figures[indicator.id] ?? []).compactMap(\.value)
      guard let found = portfolio.first(where: { $0.indicator == indicator.id }) else { continue }
      #expect(found.parts.count == parts.count, "\(place): \(indicator.id)")
      let tops = parts.compactMap(\.numerator)
      let bottoms = parts.compactMap(\.denominator)
      guard tops.count == parts.count, bottoms.count == parts.count, parts.count > 1 else { continue }
      let ratio = tops.reduce(0, +) / bottoms.reduce(0, +)
      let number = try #require(found.value?.number, "\(place): \(indicator.id)")
      #expect(
        abs(number - ratio) <= 1e-12 * max(1, abs(ratio)),
        "\(place): \(indicator.id) is \(number), the sums give \(ratio)")
      equal += 1
      let mean = parts.map(\.number).reduce(0, +) / Double(parts.count)
      if abs(number - mean) > 1e-6 { unlikeMean.insert(indicator.id) }
    }
    return (equal, unlikeMean)
  }
}
