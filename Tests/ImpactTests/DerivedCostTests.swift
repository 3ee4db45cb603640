import Testing

@testable import Impact

/// Amounts divided by a number of events, by arithmetic on the indicators of both.
@Suite struct `A derived cost` {
  private static let text = Localized(fr: "x", en: "x")
  private static let quarter = Quarter(index: 2026 * 4 + 1)

  private static func definition(
    _ id: String, _ measure: Measure, unit: Unit = .euro, window: Window = .quarter
  )
    -> Indicator
  {
    Indicator(
      id: id, dimension: "d", label: text, question: text, unit: unit, direction: .neutral, measure: measure,
      window: window, source: text, limits: text)
  }

  private static let sum = Measure.sum(Term(.sum, of: "finance", field: "eur", absent: .zero, rows: .linked))
  private static let count = Measure.count(Term(.count, of: "exits", absent: .zero, rows: .events))
  private static let named = [
    definition("aid", sum), definition("grant", sum), definition("exits", count, unit: .count),
    definition("months", .count(Term(.count, of: "months", absent: .zero, rows: .linked)), unit: .count),
    definition("ever", count, unit: .count, window: .sinceStart),
    definition("people", .distinct(Term(.distinct, of: "exits", field: "participant", absent: .zero))),
  ]

  private static func derived(_ expression: String, unit: Unit = .euro) throws -> Indicator {
    var found = definition(
      "cost", .derived(try Measure.Expression.read(expression).expression), unit: unit)
    found.isDerivedCost = found.isCost { name in named.filter { $0.name == name } }
    return found
  }

  @Test(arguments: [
    ("aid / exits", true), ("(aid + grant - 20) / exits", true), ("parameter(share) * aid / exits", true),
    ("max(aid, grant) / exits", true), ("aid / (2 * exits)", false), ("aid / (exits + 1)", false),
    ("exits / aid", false), ("(aid + exits) / exits", false), ("aid / months", false), ("aid / ever", false),
    ("aid / grant", false), ("people / exits", false), ("5 / exits", false), ("aid - exits", false),
    ("aid / unknown", false),
  ])
  func `has an interval only where sums alone stand over one number of events`(
    expression: String, isCost: Bool
  ) throws {
    let found = try Self.derived(expression)
    #expect(found.isDerivedCost == isCost && found.intervalMethod == (isCost ? .byarInverse : nil))
    #expect(try Self.derived(expression, unit: .percent).intervalMethod == nil)
  }

  private static func figure(_ expression: String, aid: Double?, exits: Double?, isCounted: Bool = true)
    throws
    -> Figure
  {
    func operand(_ id: String, _ number: Double?, _ interval: Interval?) -> Figure {
      Figure(
        key: Figure.Key(indicator: id, cooperation: "c", quarter: quarter),
        content: number.map { .value(Figure.Value(number: $0, count: Int($0), interval: interval)) }
          ?? .absent(.notCollected), status: .final, indicatorVersion: 1)
    }
    let definition = try derived(expression)
    return Figure(
      derived: definition, try Measure.Expression.read(expression).expression,
      operands: [
        "aid": operand("aid", aid, nil),
        "exits": operand("exits", exits, isCounted ? exits.flatMap { EventCount($0)?.byar() } : nil),
      ],
      key: Figure.Key(indicator: "cost", cooperation: "c", quarter: quarter), appliesHere: true
    ) { $0 == "share" ? 0.5 : nil }
  }

  @Test func `is as sure as its number of events, the ends turned round`() throws {
    // 3 events: Byar's 0.602971 to 8.765350 (Breslow and Day 1987, z = 1.959964).
    let three = try #require(try Self.figure("aid / exits", aid: 1500, exits: 3).value)
    let ends = try #require(three.interval)
    #expect(abs(ends.low - 1500 / 8.765350) < 1e-3 && abs(ends.high - 1500 / 0.602971) < 1e-1, "\(ends)")
    for exits in 1...60 {
      for aid in [0.01, 1, 999.5, 1_000_000] {
        let value = try #require(try Self.figure("aid / exits", aid: aid, exits: Double(exits)).value)
        let own = try #require(value.interval)
        let events = try #require(EventCount(Double(exits))?.byar())
        #expect(own.low == aid / events.high && own.high == aid / events.low)
        #expect(own.low < value.number && value.number < own.high)
        // The same as that of a ratio that counts both itself.
        let ratio = Self.definition(
          "ratio",
          .ratio(
            numerator: Term(.sum, of: "finance", field: "eur", absent: .zero, rows: .linked),
            denominator: Term(.count, of: "exits", absent: .zero, rows: .events), cohort: nil))
        #expect(ratio.interval(ofRatio: aid, to: Double(exits)) == own)
        // A half of it is half as much, and what is owed instead of spent is its mirror image.
        let half = try #require(
          try Self.figure("parameter(share) * aid / exits", aid: aid, exits: Double(exits)).value?.interval)
        #expect(half.low == own.low / 2 && half.high == own.high / 2)
        let owed = try #require(
          try Self.figure("aid / exits", aid: -aid, exits: Double(exits)).value?.interval)
        #expect(owed.low == -own.high && owed.high == -own.low)
      }
    }
    // The more events, the surer.
    func width(_ exits: Double) throws -> Double {
      let value = try #require(try Self.figure("aid / exits", aid: 1000, exits: exits).value)
      return try #require(value.interval.map { ($0.high - $0.low) / value.number })
    }
    for exits in 1...40 { #expect(try width(Double(exits)) > width(Double(exits + 1))) }
  }

  @Test func `without events or without what it is made of has no number and no interval`() throws {
    #expect(try Self.figure("aid / exits", aid: 1500, exits: 0).absence == .noDenominator)
    #expect(try Self.figure("aid / exits", aid: nil, exits: 3).absence == .notCollected)
    #expect(try Self.figure("aid / exits", aid: 1500, exits: nil).absence == .notCollected)
    // Nothing given is as sure as can be.
    #expect(try Self.figure("aid / exits", aid: 0, exits: 3).value?.interval == Interval(low: 0, high: 0))
    let masked = try #require(try Self.figure("aid / exits", aid: 1500, exits: 3, isCounted: false).value)
    #expect(masked.number == 500 && masked.interval == nil)
  }
}
