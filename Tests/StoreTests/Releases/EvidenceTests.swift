import Impact
import Store
import TestSupport
import Testing

/// What an edition carries beside its figures, so that pages can say how far to trust them.
@Suite(.archive) struct `Evidence behind the figures` {
  static let quarter = Quarter(2026, 3) ?? Quarter(index: 0)

  private func edition(_ archive: Archive, threshold: Int = 1) throws -> Edition {
    let catalogue = try Fixture.catalogue()
    try archive.recordSamples("2026T2")
    try archive.recordSamples("2026T3")
    _ = try archive.release(Self.quarter, catalogue: catalogue, definitions: [], software: "test")
    let release = try #require(try archive.releases().last)
    return try archive.edition(
      release, catalogue: catalogue,
      audience: Edition.Audience(id: "a", label: Localized(fr: "a", en: "a"), threshold: threshold))
  }

  @Test
  func
    `months add up to their quarters, groups to the people of their rate, people once to no more than the sum`()
    throws
  {
    let edition = try edition(try Fixture.archive())
    try months(edition)
    try groups(edition)
    try people(edition)
    try health(edition)
  }

  /// The release counts barriers of health and justice; nobody's edition has them.
  private func health(_ edition: Edition) throws {
    let archive = try Fixture.archive()
    let kept = Set(try archive.figures(in: edition.release.id).map { Indicator.name(of: $0.key.indicator) })
    let shown = Set(edition.figures.all.map { Indicator.name(of: $0.key.indicator) })
    let hidden: Set = ["counted-barriers", "counted-barriers-accompaniment-rate"]
    #expect(kept.subtracting(shown) == hidden)
    #expect(!edition.catalogue.definitions.contains { hidden.contains($0.name) })
  }

  private func months(_ edition: Edition) throws {
    var compared = 0
    for series in edition.months {
      let indicator = try #require(edition.catalogue.indicator(series.indicator))
      let profile = try #require(edition.cooperations.first { $0.id == series.cooperation })
      // Month after month, and none after the end.
      for (one, next) in zip(series.months, series.months.dropFirst()) {
        #expect(one.start.adding(months: 1) == next.start)
      }
      let end = min(profile.quarters.upperBound.end, profile.endedOn ?? profile.quarters.upperBound.end)
      #expect(series.months.allSatisfy { $0.start <= end })
      if case .duration = indicator.measure { continue }
      for quarter in Set(series.months.map(\.quarter)) {
        guard let figure = edition.figures.figure(series.indicator, series.cooperation, quarter)?.value else {
          continue
        }
        let own = series.months.filter { $0.quarter == quarter }.compactMap(\.value)
        if let numerator = figure.numerator, let denominator = figure.denominator {
          #expect(
            abs(own.compactMap(\.numerator).reduce(0, +) - numerator) < 1e-6, "\(series.indicator) \(quarter)"
          )
          #expect(abs(own.compactMap(\.denominator).reduce(0, +) - denominator) < 1e-6)
        } else {
          #expect(
            abs(own.reduce(0) { $0 + $1.number } - figure.number) < 1e-6, "\(series.indicator) \(quarter)")
        }
        compared += 1
      }
    }
    #expect(compared > 300)
  }

  private func groups(_ edition: Edition) throws {
    #expect(!edition.populations.isEmpty)
    for (name, population) in edition.populations {
      #expect(population.features == ["registration", "rsa", "age_group", "sex"])
      for (cooperation, own) in Dictionary(grouping: population.groups, by: \.cooperation) {
        guard let figure = edition.figures.figure(name, cooperation, Self.quarter)?.value else { continue }
        #expect(Double(own.reduce(0) { $0 + $1.events }) == figure.numerator)
        #expect(Double(own.reduce(0) { $0 + $1.people }) == figure.denominator)
      }
      let fairness = try fairness(of: name, edition)
      for standing in fairness.standings {
        let people = try #require(standing.ownPeople)
        // Nobody's people all have a like by all four features at once; everybody's do by some of them.
        let expected = try #require(standing.expected)
        #expect(people.isForItsPeople, "\(name) \(standing.cooperation)")
        #expect(people.features.count < population.features.count)
        #expect(expected.observed.trials + Double(people.withoutComparator) == standing.rate.trials)
      }
    }
  }

  private func fairness(of name: String, _ edition: Edition) throws -> Fairness {
    let figures = edition.figures.all.filter {
      $0.key.indicator == name && $0.key.part == nil && $0.key.quarter == Self.quarter
    }
    let indicator = try #require(edition.catalogue.indicator(name))
    return try #require(Fairness(indicator, figures: figures, population: edition.populations[name]))
  }

  @Test func `a receipt compares a rate as the page does, and no other figure`() throws {
    let archive = try Fixture.archive()
    let edition = try edition(archive)
    let catalogue = try Fixture.catalogue()
    let seen = Archive.Perspective(
      quarter: edition.release.quarter, cut: edition.release.cut, batch: edition.release.batch)
    func fairness(_ indicator: String, _ cooperation: String, _ part: Figure.Part? = nil) throws -> Fairness?
    {
      let key = Figure.Key(
        indicator: indicator, cooperation: cooperation, quarter: Self.quarter, part: part)
      return try archive.explanation(of: key, catalogue: catalogue, seen: seen).fairness
    }
    #expect(edition.populations.count > 1)
    for name in edition.populations.keys.sorted() {
      let page = try self.fairness(of: name, edition)
      for standing in page.standings {
        #expect(try fairness(name, standing.cooperation) == page, "\(name) \(standing.cooperation)")
      }
    }
    #expect(try fairness("dynamic-exit-rate", "recygo") == nil, "no headline: not compared")
    #expect(
      try fairness(
        "dynamic-exit-rate-rolling-year", "recygo", Figure.Part(field: "sex", value: "F")) == nil)
  }

  private func people(_ edition: Edition) throws {
    #expect(edition.people["participants-served"] != nil)
    for (name, people) in edition.people {
      let parts = edition.figures.all.filter {
        $0.key.indicator == name && $0.key.part == nil && $0.key.quarter == Self.quarter
      }.compactMap(\.value)
      let terms = try #require(edition.catalogue.indicator(name)).measure.terms
      #expect(people.count == terms.count)
      for (index, counted) in people.prefix(2).enumerated() {
        guard let counted else { continue }
        let own = parts.compactMap { index == 1 ? $0.denominator : $0.numerator ?? $0.number }
        #expect(counted.unlinked <= counted.total)
        #expect(Double(counted.total) <= own.reduce(0, +), "\(name)")
        #expect(Double(counted.total) >= (own.max() ?? 0), "\(name)")
      }
    }
    #expect(edition.people["women-share"]?.compactMap { $0 }.count == 2)
  }

  @Test func `an audience that sees masked figures gets no month, no group and nobody met twice`() throws {
    let edition = try edition(try Fixture.archive(), threshold: 5)
    #expect(edition.months.isEmpty && edition.populations.isEmpty && edition.people.isEmpty)
    #expect(edition.figures.all.contains { $0.absence == .tooFew })
  }
}
