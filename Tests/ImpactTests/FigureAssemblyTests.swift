import Testing

@testable import Impact

@Suite struct `From totals to a figure` {
  static func ratio(absent: Term.Fill = .zero, cohort: Bool = false) -> Indicator {
    let examined = Term(.count, of: "exits", absent: absent)
    return Indicator(
      id: "rate", dimension: "exits", label: Localized(fr: "x", en: "x"),
      question: Localized(fr: "x", en: "x"),
      unit: .percent, direction: .higher,
      measure: .ratio(
        numerator: Term(
          .count, of: "exits", where: [Condition("class", .oneOf(["durable"]))], absent: absent),
        denominator: examined,
        cohort: cohort ? Measure.Cohort(followed: examined, due: examined, observed: examined) : nil),
      appliesTo: ["EI"], source: Localized(fr: "x", en: "x"), limits: Localized(fr: "x", en: "x"))
  }

  static func totals(_ numbers: [Double?], rows: Int) -> [TermTotal] {
    numbers.map { TermTotal(total: $0, rows: rows, matching: Int($0 ?? 0)) }
  }

  @Test func `three in twenty-four is 12.5 per cent with its fraction and its interval`() throws {
    let content = Figure.assembled(
      Self.ratio(), totals: Self.totals([3, 24], rows: 30), isDelivered: true, appliesHere: true,
      shortfall: nil
    ).content
    guard case .value(let value) = content else { throw Missing() }
    #expect(value.number == 0.125 && value.numerator == 3 && value.denominator == 24 && value.count == 24)
    let interval = try #require(value.interval)
    #expect(abs(interval.low - 0.0434433) < 1e-6 && abs(interval.high - 0.3100388) < 1e-6)
  }

  @Test func `each absence has its own reason`() {
    func reason(
      _ totals: [TermTotal], _ indicator: Indicator = Self.ratio(), delivered: Bool = true,
      applies: Bool = true
    )
      -> Figure.Absence?
    {
      let assembled = Figure.assembled(
        indicator, totals: totals, isDelivered: delivered, appliesHere: applies, shortfall: nil)
      if case .absent(let absence) = assembled.content { return absence }
      return nil
    }
    #expect(reason(Self.totals([0, 0], rows: 3)) == .noDenominator)
    #expect(reason(Self.totals([0, 0], rows: 0)) == .noDenominator)
    #expect(reason(Self.totals([0, 0], rows: 0), delivered: false) == .notCollected)
    #expect(reason(Self.totals([0, 0], rows: 0), Self.ratio(absent: .unknown)) == .notCollected)
    #expect(reason(Self.totals([1, 2], rows: 2), applies: false) == .notApplicable)
    #expect(reason(Self.totals([0, 0, 6, 0, 0], rows: 6), Self.ratio(cohort: true)) == .notYetDue)
    #expect(reason(Self.totals([0, 0, 6, 4, 0], rows: 6), Self.ratio(cohort: true)) == .noDenominator)
  }

  @Test func `one row that may count or not leaves the whole open`() {
    for place in 0...1 {
      var totals = Self.totals([3, 24], rows: 30)
      totals[place].open = 1
      let content = Figure.assembled(
        Self.ratio(), totals: totals, isDelivered: true, appliesHere: true, shortfall: nil
      ).content
      #expect(content == .absent(.notCollected))
    }
  }

  @Test func `no totals make an absent denominator print a number`() {
    var generator = SeededGenerator(seed: 20_261_016)
    for _ in 0..<2_000 {
      let numerator = Bool.random(using: &generator) ? Double(Int.random(in: 0...5, using: &generator)) : nil
      let denominator =
        Bool.random(using: &generator) ? Double(Int.random(in: 0...5, using: &generator)) : nil
      let rows = Int.random(in: 0...3, using: &generator)
      let content = Figure.assembled(
        Self.ratio(absent: Bool.random(using: &generator) ? .zero : .unknown),
        totals: Self.totals([numerator, denominator], rows: rows),
        isDelivered: Bool.random(using: &generator), appliesHere: true, shortfall: nil
      ).content
      if case .value(let value) = content {
        #expect(value.denominator != 0 && value.denominator != nil && value.number.isFinite)
      }
    }
  }

  @Test func `a zero count is a value once the quarter was delivered`() throws {
    var indicator = Self.ratio()
    indicator.measure = .count(Term(.count, of: "exits", absent: .zero))
    indicator.unit = .count
    let delivered = Figure.assembled(
      indicator, totals: Self.totals([0], rows: 0), isDelivered: true, appliesHere: true, shortfall: nil)
    // None this quarter, and up to three or four might as well have been.
    #expect(
      delivered.content
        == .value(Figure.Value(number: 0, count: 0, interval: EventCount(0)?.byar())))
    let silent = Figure.assembled(
      indicator, totals: Self.totals([0], rows: 0), isDelivered: false, appliesHere: true, shortfall: nil)
    #expect(silent.content == .absent(.notCollected))
  }

  @Test func `a mean over nobody has no denominator rather than a value of zero`() {
    var indicator = Self.ratio()
    indicator.measure = .duration(Term(.mean, of: "exits", field: "length_days", absent: .zero))
    indicator.unit = .days
    let nobody = Figure.assembled(
      indicator, totals: Self.totals([nil], rows: 4), isDelivered: true, appliesHere: true, shortfall: nil)
    #expect(nobody.content == .absent(.noDenominator))
  }

  @Test func `rows that all lack the field add up to nothing known, not to zero`() {
    var indicator = Self.ratio()
    indicator.measure = .sum(Term(.sum, of: "activity", field: "hours_absent", absent: .zero))
    indicator.unit = .hours
    let unknown = Figure.assembled(
      indicator, totals: [TermTotal(total: nil, rows: 4, matching: 4)], isDelivered: true, appliesHere: true,
      shortfall: nil)
    #expect(unknown.content == .absent(.notCollected))
  }

  @Test func `rows about something else do not make an unknown zero`() {
    var indicator = Self.ratio()
    indicator.measure = .observed(
      Term(
        .sum, of: "observations", field: "value", where: [Condition("name", .oneOf(["x"]))], absent: .unknown)
    )
    let other = Figure.assembled(
      indicator, totals: [TermTotal(total: nil, rows: 3, matching: 0)], isDelivered: true, appliesHere: true,
      shortfall: nil)
    #expect(other.content == .absent(.notCollected))
  }

  struct Missing: Error {}
}
