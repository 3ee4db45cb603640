import Testing

@testable import Impact

/// Figures of a portfolio that those of its cooperations do not tell.
@Suite struct `All the people of a portfolio together` {
  private typealias Own = `Figures over a portfolio`

  private static let incidence = `Changes between quarters`.indicator(
    .incidence(
      Measure.Incidence(
        cohort: Term(.time, of: "journeys", field: "days", absent: .zero, rows: .people),
        ended: [Condition("cause", .known(true))], event: [Condition("cause", .oneOf(["durable"]))],
        months: 12)),
    .percent, window: .rollingYear)
  private static let median = `Changes between quarters`.indicator(
    .duration(Term(.median, of: "exits", field: "length_days", absent: .unknown)), .days)
  private static let mean = `Changes between quarters`.indicator(
    .duration(Term(.mean, of: "exits", field: "length_days", absent: .unknown)), .days)

  private static func rows(_ people: [TimeToEvent]) -> [LifeTable.Row] {
    people.map { person in
      LifeTable.Row(
        days: Int(person.time), events: person.cause == 1 ? 1 : 0, others: person.cause > 1 ? 1 : 0,
        censored: person.cause == 0 ? 1 : 0, due: 1, observed: 1)
    }
  }

  /// The figure of a cooperation of these people, as it is made.
  private static func figure(_ people: [TimeToEvent]) -> Figure.Content {
    let terms = [0, 1, 2].map { _ in
      TermTotal(total: 1, rows: 1, matching: 1, lives: LifeTable(rows(people)))
    }
    return Figure.assembled(incidence, totals: terms, isDelivered: true, appliesHere: true, shortfall: nil)
      .content
  }

  @Test func `an incidence is the estimator on everybody at once, and no mean of the cooperations'`() throws {
    var generator = SeededGenerator(seed: 31)
    var (unlikeMean, unlikeRatio) = (0, 0)
    for _ in 0..<200 {
      let groups = (0..<2 + generator.below(4)).map { group -> [TimeToEvent] in
        // Each has a tempo of its own, and somebody followed to the end.
        (0..<4 + generator.below(30)).map { _ in
          TimeToEvent(time: Double(generator.below(120 * (group + 1))), cause: generator.below(4))
        } + [TimeToEvent(time: 366, cause: 0)]
      }
      let figures = Own.figures(groups.map(Self.figure))
      #expect(figures.allSatisfy { $0.value != nil })
      let pool = PortfolioFigure.Pool(
        of: figures.map(\.key.cooperation).reversed(),
        .lives(LifeTable(groups.shuffled(using: &generator).flatMap(Self.rows))))
      let whole = try #require(PortfolioFigure(Self.incidence, figures: figures, pool: pool))
      let value = try #require(whole.value)
      let everybody = groups.flatMap(\.self)
      let step = try #require(CumulativeIncidence(everybody).step(at: 365))
      expectEqual(value.number, step.incidence[1] ?? 0, within: 1e-12)
      #expect(value.interval == step.interval(of: 1))
      #expect(value.count == everybody.count && value.denominator == Double(everybody.count))
      #expect(value.numerator == Double(everybody.count { $0.cause == 1 && $0.time <= 365 }))
      // What adds up stands beside it, and nothing else does.
      #expect(whole.sumOfParts?.numerator == value.numerator && whole.sumOfParts?.count == value.count)
      #expect(whole.sumOfParts?.number == nil)
      let parts = figures.compactMap(\.value)
      let mean = parts.reduce(0) { $0 + $1.number * Double($1.count ?? 0) } / Double(everybody.count)
      if abs(mean - value.number) > 1e-6 { unlikeMean += 1 }
      if abs((value.numerator ?? 0) / Double(everybody.count) - value.number) > 1e-6 { unlikeRatio += 1 }
      #expect(PortfolioFigure(Self.incidence, figures: figures.reversed(), pool: pool) == whole)
    }
    #expect(unlikeMean > 190 && unlikeRatio > 190)
  }

  @Test func `a median is that of all values, with the interval of all values`() throws {
    var generator = SeededGenerator(seed: 32)
    var unlikeMean = 0
    for _ in 0..<100 {
      let groups = (0..<2 + generator.below(4)).map { group in
        (0..<1 + generator.below(20)).map { _ in Double(generator.below(60 * (group + 1))) }
      }
      let figures = Own.figures(
        groups.map { .value(Figure.Value(number: SampleMedian($0)?.median ?? 0, count: $0.count)) })
      let all = groups.flatMap(\.self)
      let met = Dictionary(all.map { ($0, 1) }, uniquingKeysWith: +)
      let pool = PortfolioFigure.Pool(
        of: figures.map(\.key.cooperation),
        .values(met.map { PortfolioFigure.Pool.Value($0.key, count: $0.value) }))
      let whole = try #require(PortfolioFigure(Self.median, figures: figures, pool: pool))
      let sorted = all.sorted()
      let middle = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
      #expect(whole.value?.number == middle && whole.value?.count == all.count)
      let seed = Figure.Key(indicator: Self.median.id, cooperation: "", quarter: Own.quarter).seed
      // The same draws as from the values written out one by one.
      #expect(
        whole.value?.interval
          == (all.count < 6 ? nil : Bootstrap(all, statistic: Bootstrap.median, seed: seed)?.percentile()))
      #expect(whole.sumOfParts?.number == nil && whole.sumOfParts?.count == all.count)
      let mean = figures.compactMap(\.value).reduce(0) { $0 + $1.number } / Double(groups.count)
      if abs(mean - middle) > 1e-6 { unlikeMean += 1 }
    }
    #expect(unlikeMean > 70)
  }

  @Test func `a mean has Student's interval of all values, had from those of the cooperations`() throws {
    var generator = SeededGenerator(seed: 33)
    for _ in 0..<200 {
      let groups = (0..<2 + generator.below(4)).map { _ in
        (0..<1 + generator.below(9)).map { _ in Double(generator.below(900)) }
      }
      let figures = Own.figures(
        try groups.map { values in
          let sample = try #require(SampleMean(values))
          return .value(Figure.Value(number: sample.mean, count: values.count, interval: sample.student()))
        })
      let whole = try #require(PortfolioFigure(Self.mean, figures: figures)?.value)
      let all = try #require(SampleMean(groups.flatMap(\.self)))
      expectEqual(whole.number, all.mean)
      expectEqual(whole.interval?.low, all.student()?.low ?? .nan, within: 1e-7)
      expectEqual(whole.interval?.high, all.student()?.high ?? .nan, within: 1e-7)
    }
    // Of one whose spread is not known, nothing is known of all.
    let silent = Own.figures([
      .value(Figure.Value(number: 100, count: 3)),
      .value(Figure.Value(number: 200, count: 3, interval: SampleMean([190, 200, 210])?.student())),
    ])
    #expect(PortfolioFigure(Self.mean, figures: silent)?.value?.number == 150)
    #expect(PortfolioFigure(Self.mean, figures: silent)?.value?.interval == nil)
  }

  @Test func `rows that are not those of the figures make none, and neither does what is not to be told`()
    throws
  {
    let people = [[(200.0, 1), (366, 0), (366, 0)], [(100.0, 2), (366, 0)]].map { group in
      group.map { TimeToEvent(time: $0.0, cause: $0.1) }
    }
    let figures = Own.figures(people.map(Self.figure))
    func whole(_ names: [String], _ rows: [TimeToEvent]) -> PortfolioFigure? {
      PortfolioFigure(
        Self.incidence, figures: figures,
        pool: PortfolioFigure.Pool(of: names, .lives(LifeTable(Self.rows(rows)))))
    }
    let all = people.flatMap(\.self)
    #expect(whole(["c0", "c1"], all)?.value?.denominator == 5)
    // One more, one less, one of another cooperation; and one whose exit was told otherwise since.
    #expect(whole(["c0", "c1"], all + [TimeToEvent(time: 9, cause: 0)])?.absence == .notCollected)
    #expect(whole(["c0", "c1"], Array(all.dropLast()))?.absence == .notCollected)
    #expect(whole(["c0", "c2"], all)?.absence == .notCollected)
    #expect(
      whole(["c0", "c1"], all.map { TimeToEvent(time: $0.time, cause: min($0.cause, 1)) })?.value == nil)
    let untold = PortfolioFigure(Self.incidence, figures: figures)
    #expect(untold?.absence == .tooFew && untold?.sumOfParts?.denominator == 5)
    // Of one cooperation it is that one's own.
    let alone = PortfolioFigure(Self.incidence, figures: Array(figures.prefix(1)))
    #expect(alone?.value == figures[0].value && alone?.value != nil)
  }
}
