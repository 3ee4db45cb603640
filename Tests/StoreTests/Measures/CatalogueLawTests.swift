import Impact
import Postgres
import Store
import TestSupport
import Testing

/// Laws that hold of every indicator of the catalogue, whatever it counts; a new one is put to them as it is added.
@Suite(.archive) struct `Laws of every indicator` {
  private static func perspective(_ archive: Archive) throws -> Archive.Perspective {
    Archive.Perspective(
      quarter: Fixture.quarter, cut: ReleaseCalendar.cut(of: Fixture.quarter), batch: try archive.lastBatch())
  }

  private func figures(_ archive: Archive, of cooperations: [String]? = nil) throws -> [Figure] {
    try archive.figures(
      of: try Fixture.catalogue(), seen: try Self.perspective(archive), cooperations: cooperations)
  }

  /// Some indicators that were tried, so that a law nothing was put to is seen.
  private func expectAll(
    _ tried: Set<String>, of indicators: [Indicator], _ law: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let missing = Set(indicators.map(\.id)).subtracting(tried).sorted()
    #expect(missing.isEmpty, "\(law) is not tried for \(missing)", sourceLocation: sourceLocation)
  }

  // MARK: The order of rows

  @Test(arguments: [1, UInt64.random(in: .min ... .max)])
  func `the order of rows never matters`(seed: UInt64) throws {
    let archive = try Fixture.archive()
    var random = SplitMix(seed: seed)
    for plan in GeneratedFacts.plans {
      var facts = GeneratedFacts(seed: seed)
      let all = facts.facts(of: plan).filter { !$0.rows.isEmpty }
      for isShuffled in [false, true] {
        let name = isShuffled ? "mixed-\(plan.name)" : plan.name
        for (entity, rows) in all {
          var rows = rows.map(GeneratedFacts.canonical)
          if entity == "cooperation" { rows[0]["cooperation"] = name }
          if isShuffled { rows.shuffle(using: &random) }
          try archive.record(entity, rows, of: name, file: "\(name)/\(entity).csv")
        }
        // Some are said again otherwise, in whatever order too.
        var revised = all.filter { $0.entity == "exit" }.flatMap(\.rows).map(GeneratedFacts.canonical)
        for place in revised.indices { revised[place]["motif"] = place.isMultiple(of: 3) ? "10" : "3" }
        revised = revised.filter { ($0["exited_on"] ?? "") <= "2025-09-20" }
        revised.append(["pathway": "NOBODY", "exited_on": "2025-03-03"])
        if isShuffled { revised.shuffle(using: &random) }
        try archive.record(
          "exit", revised, of: name, file: "\(name)/exit-again.csv", today: try #require(Day(2025, 9, 20)))
      }
    }
    let all = try figures(archive)
    let table = FigureTable(all)
    let catalogue = try Fixture.catalogue()
    var tried: Set<String> = []
    for figure in all where !figure.key.cooperation.hasPrefix("mixed-") {
      var key = figure.key
      key.cooperation = "mixed-\(key.cooperation)"
      let other = try #require(table[key], "seed \(seed): \(figure.key) is missing when rows are mixed")
      #expect(
        same(figure.content, other.content, isBootstrapped: isMedian(catalogue, figure)),
        "seed \(seed): \(figure.key): \(figure.content) and \(other.content)")
      #expect(figure.maturity == other.maturity, "seed \(seed): \(figure.key)")
      if figure.value != nil { tried.insert(figure.key.indicator) }
    }
    #expect(all.count == 2 * all.filter { !$0.key.cooperation.hasPrefix("mixed-") }.count)
    expectAll(tried, of: catalogue.indicators, "the order of rows")
  }

  private func isMedian(_ catalogue: Catalogue, _ figure: Figure) -> Bool {
    catalogue.indicator(figure.key.indicator)?.measure.terms.first?.function == .median
  }

  /// Whether two contents are the same, to the last bit.
  ///
  /// A bootstrap is seeded by the figure's own key, so the intervals of two
  /// cooperations differ.
  private func same(_ one: Figure.Content, _ other: Figure.Content, isBootstrapped: Bool) -> Bool {
    guard isBootstrapped, case .value(var one) = one, case .value(var other) = other else {
      return one == other
    }
    (one.interval, other.interval) = (nil, nil)
    return one == other
  }

  // MARK: Breakdowns

  /// What the parts of a breakdown lack to be the whole, in words; empty when they add up.
  private func faults(_ indicator: Indicator, whole: Figure, parts: [Figure]) -> [String] {
    guard let value = whole.value else { return [] }
    let values = parts.compactMap(\.value)
    func close(_ one: Double, _ other: Double) -> Bool { abs(one - other) <= 1e-9 * max(1, abs(other)) }
    var faults: [String] = []
    func mustBe(_ what: String, _ sum: Double, _ total: Double?) {
      guard let total, !close(sum, total) else { return }
      faults.append("\(what) of the parts is \(sum), of the whole \(total)")
    }
    if let maturity = whole.maturity {
      let all = parts.compactMap(\.maturity)
      mustBe("followed", Double(all.map(\.followed).reduce(0, +)), Double(maturity.followed))
      mustBe("due", Double(all.map(\.due).reduce(0, +)), Double(maturity.due))
      mustBe("observed", Double(all.map(\.observed).reduce(0, +)), Double(maturity.observed))
    }
    switch indicator.measure {
    case .count, .distinct, .sum, .stock, .cumulative, .observed:
      mustBe("the number", values.map(\.number).reduce(0, +), value.number)
    case .ratio:
      mustBe("the denominator", values.compactMap(\.denominator).reduce(0, +), value.denominator)
      // A part whose denominator is 0 shows no numerator: what it has of the whole's is not in the sum.
      guard !parts.contains(where: { $0.absence == .noDenominator && !isWithin(indicator) }) else { break }
      mustBe("the numerator", values.compactMap(\.numerator).reduce(0, +), value.numerator)
    case .duration(let term):
      mustBe(
        "the number of rows", values.compactMap(\.count).map(Double.init).reduce(0, +),
        value.count.map(Double.init))
      // Half of the parts' rows are not below the sum of their medians.
      guard term.function == .mean, let count = value.count else { break }
      mustBe(
        "the days", values.map { $0.number * Double($0.count ?? 0) }.reduce(0, +),
        value.number * Double(count))
    case .incidence:
      // The days of all are not those of a part, so shares of parts do not add up; the people do, and are in the maturity.
      break
    case .derived: faults.append("a derived indicator has no breakdown")
    }
    return faults
  }

  /// Why the parts of a breakdown need not add up to the whole, in words; `nil` when they must.
  ///
  /// A part of which a term has no row has no value where the definition says that no row is unknown (`absent: unknown`), or
  /// nothing to divide by: what its other term counts is of the whole and shown in no part.
  private func excuse(_ indicator: Indicator, _ parts: [Figure]) -> String? {
    let isUnknown = parts.contains { $0.absence == .notCollected }
    if isUnknown, indicator.measure.terms.contains(where: { $0.absent == .unknown }) {
      return "a part without a row is unknown"
    }
    return nil
  }

  /// Whether all that is above is below, so that nothing is above nothing.
  private func isWithin(_ indicator: Indicator) -> Bool {
    guard case .ratio(let numerator, let denominator, _) = indicator.measure else { return true }
    return indicator.isNested
      || numerator.entity == denominator.entity
        && denominator.conditions.allSatisfy(numerator.conditions.contains)
  }

  @Test(arguments: [1, UInt64.random(in: .min ... .max)])
  func `breakdowns sum to the whole`(seed: UInt64) throws {
    let archive = try Fixture.archive()
    var facts = GeneratedFacts(seed: seed)
    try facts.record(in: archive)
    let catalogue = try Fixture.catalogue()
    let broken = catalogue.indicators.filter { !$0.breakdowns.isEmpty }
    let places = Dictionary(grouping: try figures(archive)) {
      Figure.Key(indicator: $0.key.indicator, cooperation: $0.key.cooperation, quarter: $0.key.quarter)
    }
    var tried: Set<String> = []
    for indicator in broken {
      // Persons told apart have one value of each field they are broken down by: else they would be in two parts.
      for term in indicator.measure.terms where term.function == .distinct {
        let fixed = catalogue.vocabulary.entity(term.entity)?.fixed[term.field ?? ""] ?? []
        #expect(indicator.breakdowns.allSatisfy(fixed.contains), "\(indicator.id)")
      }
      for (key, all) in places where key.indicator == indicator.id {
        guard let whole = all.first(where: { $0.key.part == nil }), whole.value != nil else { continue }
        for field in indicator.breakdowns {
          let parts = all.filter { $0.key.part?.field == field }
          guard excuse(indicator, parts) == nil else { continue }
          let found = faults(indicator, whole: whole, parts: parts)
          #expect(found.isEmpty, "seed \(seed): \(key) by \(field): \(found)")
          // The law can be broken: without its first part of any weight, the sum is not the whole.
          guard
            let place = parts.firstIndex(where: {
              $0.value.map { ($0.denominator ?? 0) > 0 || $0.number > 0 && $0.denominator == nil } ?? false
            })
          else { continue }
          var fewer = parts
          fewer.remove(at: place)
          #expect(
            !faults(indicator, whole: whole, parts: fewer).isEmpty,
            "seed \(seed): \(key) by \(field) adds up without a part")
          tried.insert(indicator.id)
        }
      }
    }
    expectAll(tried, of: broken, "the sum of a breakdown")
  }

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
      #expect(
        abs(found.value.number - ratio) <= 1e-12 * max(1, abs(ratio)),
        "\(place): \(indicator.id) is \(found.value.number), the sums give \(ratio)")
      equal += 1
      let mean = parts.map(\.number).reduce(0, +) / Double(parts.count)
      if abs(found.value.number - mean) > 1e-6 { unlikeMean.insert(indicator.id) }
    }
    return (equal, unlikeMean)
  }
}
