import Testing

@testable import Impact

@Suite struct `What an audience may not see` {
  static let rate = `From totals to a figure`.ratio()

  static func figure(
    _ id: String, _ numerator: Double, _ denominator: Double, part: Figure.Part? = nil
  ) -> Figure {
    Figure(
      key: Figure.Key(indicator: id, cooperation: "c", quarter: Quarter(index: 8106), part: part),
      content: .value(
        Figure.Value(
          number: numerator / denominator, numerator: numerator, denominator: denominator,
          count: Int(denominator))),
      status: .final, indicatorVersion: 1)
  }

  @Test(arguments: [
    (3.0, 24.0, true), (21, 24, true), (8, 24, false), (0, 24, false), (24, 24, false), (2, 4, true),
  ])
  func `a rate needs enough people on both sides`(numerator: Double, denominator: Double, isMasked: Bool) {
    let seen = Disclosure(threshold: 5).masked(
      [Self.figure("rate", numerator, denominator)], indicators: ["rate": Self.rate])
    #expect((seen[0].absence == .tooFew) == isMasked)
  }

  @Test func `one small part takes the whole breakdown with it`() {
    let parts = [("F", 3.0), ("M", 12.0)].map { value, count in
      Self.figure("rate", count, 20, part: Figure.Part(field: "sex", value: value))
    }
    let seen = Disclosure(threshold: 5).masked(
      parts + [Self.figure("rate", 12, 24)], indicators: ["rate": Self.rate])
    #expect(seen.map(\.absence) == [.tooFew, .tooFew, nil])
  }

  @Test func `counts that divide the same exits are masked together, others are not`() {
    func count(_ id: String, _ conditions: [Condition]) -> Indicator {
      var indicator = Self.rate
      indicator.id = id
      indicator.unit = .count
      indicator.window = .rollingYear
      indicator.measure = .count(Term(.count, of: "exits", where: conditions, absent: .zero))
      return indicator
    }
    let indicators = [
      count("job", [Condition("motif", .oneOf(["3", "9"]))]),
      count("elsewhere", [Condition("motif", .oneOf(["7"]))]),
      count("unknown", [Condition("motif", .known(false))]),
      count("women", [Condition("sex", .oneOf(["F"]))]),
      count("job-bridge", [Condition("bridge", .isTrue(true)), Condition("motif", .oneOf(["3"]))]),
      count("all", []),
    ]
    func seen(_ numbers: [Double]) -> [Bool] {
      let figures = zip(indicators, numbers).map { indicator, number in
        var figure = Self.figure(indicator.id, number, 1)
        figure.content = .value(Figure.Value(number: number, count: Int(number)))
        return figure
      }
      return Disclosure(threshold: 5).masked(
        figures, indicators: Dictionary(uniqueKeysWithValues: indicators.map { ($0.id, $0) })
      ).map { $0.absence == .tooFew }
    }
    #expect(seen([12, 9, 6, 9, 8, 27]) == [false, false, false, false, false, false])
    #expect(seen([12, 9, 2, 9, 8, 23]) == [true, true, true, false, false, false])
    #expect(seen([12, 9, 6, 3, 8, 27]) == [false, false, false, true, false, false])
    #expect(seen([12, 9, 6, 9, 1, 27]) == [false, false, false, false, true, false])
  }

  @Test(arguments: [(0, true), (1, false), (4, false), (5, true)])
  func `few unknown answers are not told, nor those of other parts, from which they could be had`(
    unknown: Int, isTold: Bool
  ) {
    var share = Self.rate
    func people(_ conditions: [Condition]) -> Term {
      Term(.distinct, of: "activity", field: "participant", where: conditions, absent: .zero)
    }
    share.measure = .ratio(
      numerator: people([Condition("rsa", .isTrue(true))]),
      denominator: people([Condition("rsa", .known(true))]), cohort: nil)
    let parts = [("F", unknown), ("M", 7)].map { value, lost in
      var figure = Self.figure("rate", 10, 20, part: Figure.Part(field: "sex", value: value))
      figure.maturity = Figure.Maturity(followed: 20 + lost, due: 20 + lost, observed: 20)
      return figure
    }
    let seen = Disclosure(threshold: 5).masked(parts, indicators: ["rate": share])
    #expect(seen.map { $0.value != nil } == [true, true])
    #expect(seen.map { $0.maturity != nil } == [isTold, isTold])
    // Whom nothing is asked of is a cohort's business.
    let cohort = Disclosure(threshold: 5).masked(parts, indicators: ["rate": Self.rate])
    #expect(cohort.map { $0.maturity != nil } == [true, true])
  }

  @Test func `masking leaves no trace of the number`() {
    let seen = Disclosure(threshold: 5).masked([Self.figure("rate", 3, 24)], indicators: ["rate": Self.rate])
    #expect(seen[0].value == nil && seen[0].maturity == nil)
  }

  @Test func `a threshold of one masks nothing`() {
    let all = [Self.figure("rate", 1, 2)]
    #expect(Disclosure(threshold: 1).masked(all, indicators: [:]) == all)
  }

  @Test func `a figure without its definition is treated as unsafe`() {
    let seen = Disclosure(threshold: 5).masked([Self.figure("unknown", 12, 24)], indicators: [:])
    #expect(seen[0].absence == .tooFew)
  }

  @Test(arguments: Indicator.personalEntities.sorted())
  func `a few rows about people are masked, whatever they are about`(entity: String) {
    var indicator = Self.rate
    indicator.unit = .count
    indicator.measure = .count(Term(.count, of: entity, absent: .zero))
    func seen(_ rows: Double) -> Figure.Absence? {
      var figure = Self.figure("rate", rows, 1)
      figure.content = .value(Figure.Value(number: rows, count: Int(rows)))
      return Disclosure(threshold: 5).masked([figure], indicators: ["rate": indicator])[0].absence
    }
    #expect(seen(3) == .tooFew && seen(12) == nil)
  }
}
