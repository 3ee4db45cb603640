import Impact
import Testing

/// A catalogue and a model of two outcomes, one of them for the worse, and one that begins a year later.
private enum Case {
  static let words = Localized(fr: "x", en: "x")

  static func indicator(
    _ id: String, _ measure: Measure, window: Window, unit: Unit = .count, breakdowns: [String] = []
  ) -> Indicator {
    Indicator(
      id: id, dimension: "exits", label: words, question: words, unit: unit, direction: .neutral,
      measure: measure, window: window, breakdowns: breakdowns, source: words, limits: words)
  }

  static let exits = Term(.count, of: "exits", absent: .zero)
  static let model = valuing(Estimate(low: 800, central: 1000, high: 1500))

  static func valuing(_ proxyOfJobs: Estimate?, rate: Double = 0.035) -> SocialReturnModel {
    typealias Model = SocialReturnModel
    func sourced(_ estimate: Estimate?) -> Model.Sourced {
      Model.Sourced(estimate ?? Estimate(0), source: "s")
    }
    func proxy(_ id: String, _ estimate: Estimate?) -> Model.Proxy {
      Model.Proxy(
        id: id, isEnabled: true, label: words, per: words,
        values: [
          Model.Proxy.Dated(
            from: Day(2020, 1, 1) ?? Day(daysSinceEpoch: 0), estimate: estimate ?? Estimate(0))
        ],
        source: "s")
    }
    return Model(
      version: 1, discountRate: sourced(Estimate(rate)), contributionKinds: ["grant"],
      inputs: [Model.Quantity(indicator: "aid")],
      sources: [Model.Source(id: "s", kind: .law, sureness: .official, date: "2025", title: words)],
      proxies: [proxy("job", proxyOfJobs), proxy("harm", Estimate(-100))],
      outcomes: [
        Model.Outcome(
          id: "jobs", label: words, stakeholder: words,
          quantity: Model.Quantity(
            indicator: "placements", part: Figure.Part(field: "class", value: "durable")), proxy: "job",
          deadweight: sourced(Estimate(low: 0.1, central: 0.2, high: 0.3)),
          displacement: sourced(Estimate(0)),
          attributionToOthers: sourced(Estimate(0.5)), dropOff: sourced(Estimate(0.1)), firstYear: 2,
          duration: 2),
        Model.Outcome(
          id: "harms", label: words, stakeholder: words, quantity: Model.Quantity(indicator: "incidents"),
          proxy: "harm", deadweight: sourced(Estimate(0)), displacement: sourced(Estimate(0)),
          attributionToOthers: sourced(Estimate(0)), dropOff: sourced(Estimate(0))),
      ])
  }

  static func catalogue(_ model: SocialReturnModel = model) -> Catalogue {
    let class_ = Vocabulary.Field(
      name: "class", kind: .category, label: words, values: [("durable", words), ("other", words)])
    return Catalogue(
      version: "1", dimensions: [],
      indicators: [
        indicator("placements", .count(exits), window: .rollingYear, breakdowns: ["class"]),
        indicator("incidents", .count(exits), window: .quarter),
        indicator("aid", .sum(exits), window: .quarter, unit: .euro),
      ],
      vocabulary: Vocabulary(entities: [
        Vocabulary.Entity(name: "exits", label: words, date: "exited_on", until: nil, fields: [class_])
      ]), scorecard: Scorecard(version: 1, minimumData: 0.5, minimumCount: 1, parts: []), digest: "d",
      socialReturn: model)
  }

  static func figure(
    _ indicator: String, _ quarter: Int, _ content: Figure.Content, part: String? = nil
  ) -> Figure {
    Figure(
      key: Figure.Key(
        indicator: indicator, cooperation: "c", quarter: Quarter(index: 2025 * 4 + quarter - 1),
        part: part.map { Figure.Part(field: "class", value: $0) }), content: content, status: .final,
      indicatorVersion: 1)
  }

  static func number(_ value: Double) -> Figure.Content { .value(Figure.Value(number: value)) }

  /// A year of 7 lasting jobs out of 10, of 1 + 0 + 2 + 0 incidents and of 4 × 500 € of aid.
  static func figures(
    jobs: Figure.Content? = number(7), whole: Figure.Content = number(10), incidents: [Figure.Content]? = nil,
    aid: [Figure.Content]? = nil, upTo last: Int = 4
  ) -> [Figure] {
    let incidents = incidents ?? [1, 0, 2, 0].map(number)
    let aid = aid ?? [500, 500, 500, 500].map(number)
    var made: [Figure] = []
    for quarter in 1...last {
      made.append(figure("placements", quarter, quarter == 4 ? whole : number(99)))
      if quarter == 4, let jobs { made.append(figure("placements", 4, jobs, part: "durable")) }
      made.append(figure("incidents", quarter, incidents[quarter - 1]))
      made.append(figure("aid", quarter, aid[quarter - 1]))
    }
    return made
  }

  static let gifts: [Int: [YearReturn.Input]] = [
    2025: [
      YearReturn.Input(name: "grant", organisation: "a", value: 3000),
      YearReturn.Input(name: "grant", organisation: "b", value: 0, unvalued: 2),
      // Bought and paid for: not among the kinds that count.
      YearReturn.Input(name: "entrusted_turnover", organisation: "a", value: 90_000),
    ]
  ]

  static func all(
    _ figures: [Figure], gifts: [Int: [YearReturn.Input]] = gifts, hasEnded: Bool = false,
    model: SocialReturnModel = model
  ) -> [YearReturn] {
    let quarters = Set(figures.map(\.key.quarter)).sorted()
    return YearReturn.all(
      model, catalogue: catalogue(model), cooperation: "c", quarters: quarters, hasEnded: hasEnded,
      contributions: gifts, figures: FigureTable(figures))
  }
}

@Suite struct `The return of a year` {
  @Test func `is its map by hand: what came in, what changed, what is deducted, year by year`() throws {
    let made = try #require(Case.all(Case.figures()).first)
    #expect(made.year == 2025 && made.absence == nil)
    #expect(made.investment == 5000 && made.unvalued == 2 && made.contributions == ["a": 3000, "b": 0])
    #expect(made.outcomes.map(\.quantity) == [7, 3])
    // 7 × 1 000 × 0.8 × 0.5 = 2 800 in year 2, 2 520 in year 3; three incidents of −100 in year 1.
    let jobs = 2800 / (1.035 * 1.035) + 2520 / (1.035 * 1.035 * 1.035)
    let harms = -300 / 1.035
    #expect(made.outcomes[0].impact.map { abs($0 - 2800) < 1e-9 } == true)
    #expect(made.outcomes[1].impact == -300)
    let result = try #require(made.result)
    #expect(abs(result.ratio - (jobs + harms) / 5000) < 1e-12)
    #expect(made.presentValue.map { abs($0 - jobs - harms) < 1e-9 } == true)
    #expect(result.corners.low < result.ratio && result.ratio < result.corners.high)
    #expect(result.uncertainty == nil)
    let drawn = try #require(made.drawn(Case.model).result?.uncertainty)
    #expect(drawn.interval.low >= result.corners.low && drawn.interval.high <= result.corners.high)
    #expect(made.map(Case.model)?.socialReturn.ratio == result.ratio)
  }

  @Test func `a part nobody has is none of a whole that is known`() throws {
    let made = try #require(Case.all(Case.figures(jobs: nil, whole: Case.number(4))).first)
    #expect(made.outcomes[0].quantity == 0 && made.outcomes[0].impact == 0)
    #expect((made.result?.ratio ?? 1) < 0)
  }

  @Test func `without a number there is a reason, never 0`() throws {
    func reason(
      _ figures: [Figure], gifts: [Int: [YearReturn.Input]] = Case.gifts, hasEnded: Bool = false,
      model: SocialReturnModel = Case.model
    ) throws -> YearReturn.Absence? {
      let made = try #require(Case.all(figures, gifts: gifts, hasEnded: hasEnded, model: model).first)
      #expect(made.result == nil)
      return made.absence
    }
    #expect(try reason(Case.figures(upTo: 3)) == .notOver)
    #expect(try reason(Case.figures(upTo: 3), hasEnded: true) == .ended)
    let nothing = [Figure.Content](repeating: Case.number(0), count: 4)
    #expect(try reason(Case.figures(aid: nothing), gifts: [:]) == .noInvestment)
    let unknown = [Case.number(1), .absent(.notCollected), Case.number(1), Case.number(1)]
    #expect(try reason(Case.figures(aid: unknown)) == .unknownInvestment)
    #expect(try reason(Case.figures(incidents: unknown)) == .unknownQuantity)
    #expect(try reason(Case.figures(jobs: nil, whole: .absent(.notCollected))) == .unknownQuantity)
    let foreign = [Figure.Content](repeating: .absent(.notApplicable), count: 4)
    #expect(
      try reason(Case.figures(jobs: nil, whole: .absent(.notApplicable), incidents: foreign)) == .noOutcome)
    var late = Case.model
    late.proxies[0].values[0].from = try #require(Day(2026, 1, 1))
    #expect(try reason(Case.figures(), model: late) == .noProxy)
  }

  @Test func `a repaid sum counts against, and an outcome without object is left out`() throws {
    let repaid = [-200, 0, -100, 0].map { Case.number($0) }
    let made = try #require(Case.all(Case.figures(incidents: repaid)).first)
    // Minus three incidents of −100 € are 300 € to the good.
    #expect(made.outcomes[1].impact.map { abs($0 - 30_000) < 1e-9 } == true)
    let foreign = [Figure.Content](repeating: .absent(.notApplicable), count: 4)
    let without = try #require(Case.all(Case.figures(incidents: foreign)).first)
    #expect(without.absence == nil && without.outcomes[1].absence == .notApplicable)
    #expect((without.result?.ratio ?? 0) > 0)
    let negative = [-6000, 500, 500, 500].map { Case.number($0) }
    #expect(Case.all(Case.figures(aid: negative)).first?.absence == .noInvestment)
    let smaller = [-1000, 500, 500, 500].map { Case.number($0) }
    #expect(Case.all(Case.figures(aid: smaller)).first?.investment == 3500)
    #expect(Case.all(Case.figures(aid: smaller)).first?.result != nil)
  }

  @Test func `a mask on any figure it rests on masks all of it`() throws {
    let figures = Case.figures()
    let made = try #require(Case.all(figures).first)
    let catalogue = Case.catalogue()
    #expect(made.seen(through: FigureTable(figures), Case.model, catalogue) == made)
    func seen(_ change: (inout Figure) -> Void) -> YearReturn {
      let changed = figures.map { figure in
        var copy = figure
        change(&copy)
        return copy
      }
      return made.seen(through: FigureTable(changed), Case.model, catalogue)
    }
    for place in ["placements durable 4", "incidents 1", "incidents 3"] {
      let masked = seen { figure in
        let name = [figure.key.indicator, figure.key.part?.value, "\(figure.key.quarter.number)"]
          .compactMap(\.self).joined(separator: " ")
        if name == place { figure.content = .absent(.tooFew) }
      }
      #expect(masked.absence == .tooFew && masked.result == nil, "\(place)")
      #expect(masked.outcomes.allSatisfy { $0.quantity == nil && $0.impact == nil && $0.presentValue == nil })
      #expect(masked.inputs.allSatisfy { $0.organisation != nil })
    }
    // A part that is none, in a breakdown of which another part is masked, is masked too.
    let none = Case.figures(jobs: nil) + [Case.figure("placements", 4, Case.number(10), part: "other")]
    let zero = try #require(Case.all(none).first)
    let other = none.map { figure in
      var copy = figure
      if figure.key.part?.value == "other" { copy.content = .absent(.tooFew) }
      return copy
    }
    #expect(zero.outcomes[0].quantity == 0)
    #expect(zero.seen(through: FigureTable(other), Case.model, catalogue).absence == .tooFew)
  }

  @Test(arguments: UInt64(1)...40) func `more of a good, less deducted or less put in never lowers it`(
    seed: UInt64
  )
    throws
  {
    var generator = SeededGenerator(seed: seed)
    func ratio(jobs: Double, proxy: Double, gift: Double, rate: Double) throws -> Double {
      let model = Case.valuing(Estimate(proxy), rate: rate)
      let made = Case.all(
        Case.figures(jobs: Case.number(jobs)),
        gifts: [2025: [YearReturn.Input(name: "grant", organisation: "a", value: gift)]], model: model)
      return try #require(made.first?.result?.ratio)
    }
    // No harm outweighs it: the return is above 0, where more put in can only lower it.
    let jobs = Double(2 + generator.below(30))
    let (proxy, gift, rate) = (
      500 + generator.unit() * 9000, generator.unit() * 9000, generator.unit() * 0.2
    )
    let before = try ratio(jobs: jobs, proxy: proxy, gift: gift, rate: rate)
    try #require(before > 0)
    #expect(try ratio(jobs: jobs + 1, proxy: proxy, gift: gift, rate: rate) > before)
    #expect(try ratio(jobs: jobs, proxy: proxy * 1.1, gift: gift, rate: rate) > before)
    #expect(try ratio(jobs: jobs, proxy: proxy, gift: gift + 1, rate: rate) < before)
  }
}
