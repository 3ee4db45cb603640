import Testing

@testable import Impact

@Suite struct `Figures over a portfolio` {
  static let quarter = Quarter(index: 2026 * 4 + 2)
  static let rate = `Changes between quarters`.indicator(`Changes between quarters`.ratio, .percent)
  static let people = `Changes between quarters`.indicator(
    .distinct(Term(.distinct, of: "activity", field: "participant", absent: .unknown)), .people)

  static func figures(_ contents: [Figure.Content]) -> [Figure] {
    contents.enumerated().map { index, content in
      Figure(
        key: Figure.Key(indicator: "x", cooperation: "c\(index)", quarter: quarter), content: content,
        status: .final, indicatorVersion: 1)
    }
  }
  static func rates(_ counts: [(Double, Double)]) -> [Figure] {
    figures(counts.map { .value(`Changes between quarters`.rate($0, $1)) })
  }

  @Test func `a rate is the ratio of sums, in any order of cooperations, and never the mean of rates`() throws
  {
    var generator = SeededGenerator(seed: 12)
    for _ in 0..<300 {
      let counts = (0..<(2 + generator.below(6))).map { _ -> (Double, Double) in
        let n = 1 + generator.below(40)
        return (Double(generator.below(n + 1)), Double(n))
      }
      let figures = Self.rates(counts)
      let whole = try #require(PortfolioFigure(Self.rate, figures: figures))
      let (top, bottom) = counts.reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) }
      #expect(whole.value?.number == top / bottom)
      #expect(whole.value?.interval == Proportion(top, of: bottom)?.wilson())
      #expect(PortfolioFigure(Self.rate, figures: figures.reversed()) == whole)
      // Between the least and the greatest of its parts, and the mean of rates only where sizes or rates agree.
      let parts = counts.map { $0.0 / $0.1 }
      #expect(try #require(whole.value?.number) >= (parts.min() ?? 0) - 1e-12)
      #expect(try #require(whole.value?.number) <= (parts.max() ?? 1) + 1e-12)
    }
    let uneven = try #require(PortfolioFigure(Self.rate, figures: Self.rates([(1, 1), (0, 99)])))
    #expect(uneven.value?.number == 0.01)
  }

  @Test func `a masked or absent part is missing from the whole, and said to be`() throws {
    let figures = Self.figures([
      .value(`Changes between quarters`.rate(9, 20)), .absent(.tooFew), .absent(.notApplicable),
      .absent(.notCollected), .value(`Changes between quarters`.rate(6, 10)),
    ])
    let whole = try #require(PortfolioFigure(Self.rate, figures: figures))
    #expect(whole.value?.numerator == 15 && whole.value?.denominator == 30)
    #expect(whole.missing == ["c1", "c3"] && whole.parts.map(\.cooperation) == ["c0", "c4"])
    let masked = PortfolioFigure(
      Self.rate, figures: Self.figures([.absent(.noDenominator), .absent(.tooFew)]))
    #expect(masked?.content == .absent(.tooFew) && masked?.missing == ["c0", "c1"])
    #expect(masked?.sumOfParts == nil)
    #expect(PortfolioFigure(Self.rate, figures: Self.figures([.absent(.notApplicable)])) == nil)
    #expect(PortfolioFigure(Self.rate, figures: []) == nil)
  }

  @Test func `people are counted once, beside the sum of the parts`() throws {
    let figures = Self.figures([12, 8, 5].map { .value(Figure.Value(number: $0, count: Int($0))) })
    let whole = try #require(
      PortfolioFigure(Self.people, figures: figures, people: [.init(total: 23, unlinked: 0)]))
    #expect(whole.value?.number == 23 && whole.sumOfParts?.number == 25 && whole.people == .once)
    let unknown = try #require(PortfolioFigure(Self.people, figures: figures))
    #expect(unknown.value?.number == 25 && unknown.sumOfParts?.number == 25)
    #expect(unknown.people == .byCooperation)
    let partly = PortfolioFigure(Self.people, figures: figures, people: [.init(total: 24, unlinked: 3)])
    #expect(partly?.value?.number == 24 && partly?.people == .partly)
    // Nobody recognised anywhere: the count is no other than the sum, and says so.
    let nobody = PortfolioFigure(Self.people, figures: figures, people: [.init(total: 25, unlinked: 25)])
    #expect(nobody?.value?.number == 25 && nobody?.people == .byCooperation)
    // One cooperation counts its own people once.
    let alone = PortfolioFigure(Self.people, figures: Array(figures.prefix(1)))
    #expect(alone?.value?.number == 12 && alone?.people == .once)
    // With a part missing, the people of all would tell how many it had.
    let holed = figures + Self.figures([.absent(.tooFew)])
    let missing = PortfolioFigure(Self.people, figures: holed, people: [.init(total: 23, unlinked: 0)])
    #expect(missing?.value?.number == 25 && missing?.people == .byCooperation)
  }

  @Test func `a share of people divides those counted once, beside what the parts add up to`() throws {
    let term = Term(.distinct, of: "activity", field: "participant", absent: .unknown, rows: .linked)
    let share = `Changes between quarters`.indicator(
      .ratio(numerator: term, denominator: term, cohort: nil), .percent)
    let figures = Self.rates([(5, 10), (4, 10), (0, 4)])
    let whole = try #require(
      PortfolioFigure(
        share, figures: figures, people: [.init(total: 6, unlinked: 0), .init(total: 20, unlinked: 0)]))
    #expect(whole.value?.numerator == 6 && whole.value?.denominator == 20 && whole.value?.number == 0.3)
    #expect(whole.value?.interval == Proportion(6, of: 20)?.wilson() && whole.value?.count == 20)
    #expect(whole.sumOfParts?.numerator == 9 && whole.sumOfParts?.denominator == 24)
    #expect(whole.people == .once)
    // One of the two unknown is both unknown: a numerator counted once over a denominator that is not is no share.
    let half = try #require(
      PortfolioFigure(share, figures: figures, people: [.init(total: 6, unlinked: 0), nil]))
    #expect(half.value?.denominator == 24 && half.value?.numerator == 9 && half.people == .byCooperation)
  }

  @Test func `a rate that tells no people apart says nothing of them, and is the sum of its parts`() throws {
    let whole = try #require(PortfolioFigure(Self.rate, figures: Self.rates([(5, 10), (4, 10)])))
    let sum = try #require(whole.sumOfParts)
    #expect(whole.people == nil && sum.number == 0.45 && sum.numerator == 9 && sum.denominator == 20)
  }

  @Test func `what is derived is derived from the portfolio's figures, never added up or averaged`() throws {
    let catalogue = try DerivedPortfolio.catalogue()
    let figures = DerivedPortfolio.figures(
      aid: [100, 300, 50], exits: [1, 9, nil], derived: [100, 300.0 / 9, nil])
    let whole = try #require(catalogue.portfolio(of: figures).first { $0.indicator == "cost" })
    // (100 + 300) / (1 + 9): neither the mean of 100 and 33.3 nor with the third one's aid.
    #expect(whole.value?.number == 40 && whole.value?.numerator == 400 && whole.value?.denominator == 10)
    #expect(whole.parts.map(\.cooperation) == ["c0", "c1"] && whole.missing == ["c2"])
    #expect(whole.sumOfParts == nil && whole.people == nil)
    let none = DerivedPortfolio.figures(aid: [100], exits: [0], derived: [nil])
    let absent = catalogue.portfolio(of: none).first { $0.indicator == "cost" }
    #expect(absent?.absence == .noDenominator && absent?.parts.isEmpty == true)
  }

  @Test func `what partners send already added up adds up`() {
    let sent = `Changes between quarters`.indicator(
      .observed(Term(.sum, of: "observations", field: "value", absent: .unknown)), .count)
    let figures = Self.figures([3, 4].map { .value(Figure.Value(number: $0, count: 1)) })
    #expect(PortfolioFigure(sent, figures: figures)?.value == Figure.Value(number: 7, count: 2))
  }

  @Test func `mean durations add up by their rows`() throws {
    let days = `Changes between quarters`.indicator(
      .duration(Term(.mean, of: "exits", field: "length_days", absent: .unknown)), .days)
    let figures = Self.figures([
      .value(Figure.Value(number: 100, count: 1)), .value(Figure.Value(number: 200, count: 3)),
    ])
    #expect(PortfolioFigure(days, figures: figures)?.value?.number == 175)
  }
}

@Suite struct `Rates compared fairly` {
  private let rate = `Figures over a portfolio`.rate

  /// People told apart by one feature.
  private func apart(_ groups: [Fairness.Group]) -> Fairness.Population {
    Fairness.Population(features: ["distance"], groups: groups)
  }

  @Test func `whoever receives those furthest from a job is compared with their like`() throws {
    // In both, half of the near and a tenth of the far leave for a job; the second receives the far.
    let groups = [
      Fairness.Group(cooperation: "c0", values: ["near"], events: 40, people: 80),
      Fairness.Group(cooperation: "c0", values: ["far"], events: 2, people: 20),
      Fairness.Group(cooperation: "c1", values: ["near"], events: 10, people: 20),
      Fairness.Group(cooperation: "c1", values: ["far"], events: 8, people: 80),
    ]
    let figures = `Figures over a portfolio`.rates([(42, 100), (18, 100)])
    let fairness = try #require(Fairness(rate, figures: figures, population: apart(groups)))
    // Side by side, one looks good and the other bad.
    #expect(fairness.standings.allSatisfy { $0.flag != .inside })
    for standing in fairness.standings {
      let expected = try #require(standing.expected)
      // The others' common rate weighs as two people, beside 20 of them.
      expectEqual(expected.rate, standing.rate.share, within: 0.03)
      #expect(expected.range.low < standing.rate.share && standing.rate.share < expected.range.high)
      #expect(standing.withoutComparator == 0 && expected.observed == standing.rate)
      let ratio = try #require(expected.ratio)
      #expect(ratio.interval.low < 1 && 1 < ratio.interval.high)
    }
  }

  @Test func `nobody sets the standard they are held to`() throws {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<100 {
      var groups: [Fairness.Group] = []
      var counts: [(Double, Double)] = []
      for cooperation in 0..<4 {
        var (x, n) = (0, 0)
        for value in ["a", "b", "c"] {
          let people = 1 + generator.below(9)
          let events = generator.below(people + 1)
          groups.append(
            Fairness.Group(cooperation: "c\(cooperation)", values: [value], events: events, people: people))
          (x, n) = (x + events, n + people)
        }
        counts.append((Double(x), Double(n)))
      }
      let figures = `Figures over a portfolio`.rates(counts)
      let fairness = try #require(Fairness(rate, figures: figures, population: apart(groups)))
      // Whatever one of them does, the same is expected of it, and more or less of the others.
      let own = generator.below(4)
      var altered = groups
      for index in altered.indices where altered[index].cooperation == "c\(own)" {
        altered[index].events = generator.below(altered[index].people + 1)
      }
      counts[own].0 = Double(
        altered.filter { $0.cooperation == "c\(own)" }.reduce(0) { $0 + $1.events })
      let other = try #require(
        Fairness(rate, figures: `Figures over a portfolio`.rates(counts), population: apart(altered)))
      let (before, after) = (fairness.standings[own].expected, other.standings[own].expected)
      #expect(before != nil && before?.rate == after?.rate && before?.range == after?.range)
      for standing in fairness.standings {
        let expected = try #require(standing.expected)
        #expect(expected.range.low <= expected.rate && expected.rate <= expected.range.high)
      }
      // Neither order of groups nor of cooperations matters.
      #expect(Fairness(rate, figures: figures.reversed(), population: apart(groups.reversed())) == fairness)
    }
  }

  @Test func `groups that are not the people of the rate expect nothing, and others set no standard`() throws
  {
    let figures = `Figures over a portfolio`.rates([(10, 20), (12, 30)])
    let groups = [
      Fairness.Group(cooperation: "c0", values: ["a"], events: 10, people: 20),
      Fairness.Group(cooperation: "c1", values: ["a"], events: 12, people: 29),
      Fairness.Group(cooperation: "elsewhere", values: ["a"], events: 900, people: 900),
    ]
    let fairness = try #require(Fairness(rate, figures: figures, population: apart(groups)))
    // 12 of 29 elsewhere, and the common rate of those, (12 + ½) / 30, as two people more.
    expectEqual(fairness.standings[0].expected?.rate, (12 + 2 * 12.5 / 30) / 31)
    #expect(fairness.standings[1].ownPeople == nil && fairness.standings[1].withoutComparator == nil)
  }

  @Test
  func
    `people without a like elsewhere are counted, left out, and too many of them are held to everyone elsewhere`()
    throws
  {
    func standing(alone: Int, of people: Int) throws -> Fairness.Standing {
      let groups = [
        Fairness.Group(cooperation: "c0", values: ["a"], events: 5, people: people - alone),
        Fairness.Group(cooperation: "c0", values: ["only here"], events: alone, people: alone),
        Fairness.Group(cooperation: "c1", values: ["a"], events: 12, people: 30),
        Fairness.Group(cooperation: "c1", values: ["only there"], events: 0, people: 10),
      ]
      let figures = `Figures over a portfolio`.rates([(Double(5 + alone), Double(people)), (12, 40)])
      return try #require(Fairness(rate, figures: figures, population: apart(groups))?.standings.first)
    }
    let few = try standing(alone: 4, of: 20)
    #expect(few.withoutComparator == 4)
    let expected = try #require(few.expected)
    #expect(expected.observed == Proportion(5, of: 16))
    expectEqual(expected.rate, (12 + 2 * 12.5 / 41) / 32)
    #expect(few.ownPeople?.features == ["distance"])
    for alone in [5, 15] {
      let many = try standing(alone: alone, of: 20)
      #expect(many.ownPeople?.unmatched == [0, alone] && many.ownPeople?.features == [])
      // The plain rate of the others, and everybody in it.
      #expect(many.withoutComparator == 0 && many.expected?.rate == 12.0 / 40)
      #expect(many.expected?.observed == many.rate)
    }
  }

  @Test func `a shrunken rate lies between the raw and the common one, nearer the common for the smaller`()
    throws
  {
    let figures = `Figures over a portfolio`.rates([(1, 2), (30, 40), (2, 30), (20, 40), (35, 40)])
    let fairness = try #require(Fairness(rate, figures: figures))
    var kept: [Double: Double] = [:]
    for standing in fairness.standings {
      let shrunken = try #require(standing.shrunken)
      let (raw, common) = (standing.rate.share, fairness.common.share)
      #expect(min(raw, common) <= shrunken.estimate && shrunken.estimate <= max(raw, common))
      #expect(shrunken.interval.low < shrunken.estimate && shrunken.estimate < shrunken.interval.high)
      kept[standing.rate.trials] = abs(shrunken.estimate - common) / max(1e-9, abs(raw - common))
    }
    #expect(try #require(kept[2]) < #require(kept[40]))
  }

  @Test
  func `rates that do not differ share the common one and its interval; extremes are drawn all the same`()
    throws
  {
    let alike = try #require(
      Fairness(rate, figures: `Figures over a portfolio`.rates([(5, 10), (10, 20), (15, 30)])))
    #expect(alike.standings.allSatisfy { $0.shrunken?.estimate == 0.5 && $0.flag == .inside })
    #expect(alike.standings.first?.shrunken?.interval == alike.common.wilson())
    let extremes = try #require(
      Fairness(rate, figures: `Figures over a portfolio`.rates([(0, 10), (10, 10)])))
    #expect(extremes.standings.allSatisfy { ($0.shrunken?.estimate ?? .nan).isFinite && $0.flag == .alarm })
    for counts in [[(0.0, 10.0), (0, 4)], [(10, 10), (4, 4)]] {
      let same = try #require(Fairness(rate, figures: `Figures over a portfolio`.rates(counts)))
      #expect(same.standings.allSatisfy { $0.shrunken == nil && $0.flag == .inside })
    }
    #expect(Fairness(rate, figures: `Figures over a portfolio`.rates([(5, 10)])) == nil)
  }
}

/// Three indicators over a few cooperations, the third of which is the first over the second.
private enum DerivedPortfolio {
  static func catalogue() throws -> Catalogue {
    let count = Measure.count(Term(.count, of: "exits", absent: .zero))
    func named(_ id: String, _ measure: Measure) -> Indicator {
      var indicator = `Changes between quarters`.indicator(measure, .count)
      indicator.id = id
      return indicator
    }
    let cost = Measure.derived(try Measure.Expression.read("aid / exits").expression)
    return Catalogue(
      version: "1", dimensions: [],
      indicators: [named("aid", count), named("exits", count), named("cost", cost)],
      vocabulary: Vocabulary(entities: []),
      scorecard: Scorecard(version: 1, minimumData: 0, minimumCount: 0, parts: []), digest: "")
  }

  static func figures(aid: [Double?], exits: [Double?], derived: [Double?]) -> [String: [Figure]] {
    func named(_ id: String, _ numbers: [Double?], missing: Figure.Absence) -> [Figure] {
      `Figures over a portfolio`.figures(
        numbers.map { number in
          number.map { .value(Figure.Value(number: $0, count: 1)) } ?? .absent(missing)
        }
      ).map { figure in
        var figure = figure
        figure.key.indicator = id
        return figure
      }
    }
    return [
      "aid": named("aid", aid, missing: .notCollected),
      "exits": named("exits", exits, missing: .notCollected),
      "cost": named("cost", derived, missing: .noDenominator),
    ]
  }
}
