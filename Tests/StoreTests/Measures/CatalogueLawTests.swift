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

  func figures(_ archive: Archive, of cooperations: [String]? = nil) throws -> [Figure] {
    try archive.figures(
      of: try Fixture.catalogue(), seen: try Self.perspective(archive), cooperations: cooperations)
  }

  /// Some indicators that were tried, so that a law nothing was put to is seen.
  func expectAll(
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
    if seed == 1 { expectAll(tried, of: catalogue.indicators, "the order of rows") }
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
  /// A part of which a term has no row has no value where the definition says that no row is unknown (`absent: unknown`), nor
  /// has one none of whose rows has the field that is summed: what its other term counts is of the whole and shown in no part.
  private func excuse(_ indicator: Indicator, _ parts: [Figure]) -> String? {
    guard parts.contains(where: { $0.absence == .notCollected }) else { return nil }
    let terms = indicator.measure.terms
    if terms.contains(where: { $0.absent == .unknown }) { return "a part without a row is unknown" }
    if terms.contains(where: { $0.function == .sum }) {
      return "a part none of whose rows has a value is unknown"
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
    if seed == 1 { expectAll(tried, of: broken, "the sum of a breakdown") }
  }
}
