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
    found.derivedChance = found.chance { name in named.filter { $0.name == name } }
    return found
  }

  @Test(arguments: [
    ("aid / exits", IntervalMethod.garwoodInverse), ("(aid + grant - 20) / exits", .garwoodInverse),
    ("parameter(share) * aid / exits", .garwoodInverse), ("max(aid, grant) / exits", .garwoodInverse),
    ("aid / (2 * exits)", .carried), ("aid / (exits + 1)", .carried), ("exits / aid", .carried),
    ("aid - exits", .carried), ("5 / exits", .garwoodInverse), ("1 - exits", .carried),
  ])
  func `has an interval where one number of events stands among sums`(
    expression: String, method: IntervalMethod
  ) throws {
    let found = try Self.derived(expression)
    #expect(found.derivedChance == .one("exits", .byar) && found.intervalMethod == method)
    #expect(found.intervalAbsence == nil)
    // A sum may be one of the same events, and a share of them moves with them.
    let share = try Self.derived(expression, unit: .percent)
    let hasSum = expression.contains("aid")
    #expect(share.intervalMethod == (hasSum ? nil : method))
    #expect(share.intervalAbsence == (hasSum ? .sharedRows : nil))
  }

  @Test(arguments: [
    ("(aid + exits) / exits", IntervalAbsence.sharedRows), ("people / exits", .sharedRows),
    ("aid / months", .linkedRows), ("months / exits", .linkedRows), ("aid / ever", .fullCount),
    ("aid / grant", .fullCount), ("people - ever", .fullCount), ("aid / unknown", .sharedRows),
  ])
  func `says why it has none`(expression: String, reason: IntervalAbsence) throws {
    let found = try Self.derived(expression)
    #expect(found.intervalMethod == nil && found.intervalAbsence == reason)
    #expect(found.intervalAbsence(of: Figure.Value(number: 1)) == reason)
    #expect(found.countsLinkedRows == (reason == .linkedRows))
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
    // Of 1, 3 and 10 events Garwood's are 0.0253178 to 5.5716434, 0.6186721 to 8.7672731, 4.7953887 to 18.3903560.
    for (exits, low, high) in [
      (1.0, 0.0253178, 5.5716434), (3, 0.6186721, 8.7672731), (10, 4.7953887, 18.390356),
    ] {
      let ends = try #require(try Self.figure("aid / exits", aid: 1500, exits: exits).value?.interval)
      #expect(abs(1500 / ends.high - low) < 1e-6 && abs(1500 / ends.low - high) < 1e-6, "\(ends)")
    }
    for exits in 1...60 {
      for aid in [0.01, 1, 999.5, 1_000_000] {
        let value = try #require(try Self.figure("aid / exits", aid: aid, exits: Double(exits)).value)
        let own = try #require(value.interval)
        let events = try #require(EventCount(Double(exits))?.garwood())
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

  @Test func `is the arithmetic at the ends of its one uncertain figure, turned where it falls`() throws {
    let events = try #require(EventCount(4)?.garwood())
    func interval(_ expression: String) throws -> Interval? {
      try Self.figure(expression, aid: 100, exits: 4).value?.interval
    }
    #expect(try interval("exits / aid") == Interval(low: events.low / 100, high: events.high / 100))
    #expect(try interval("aid - exits") == Interval(low: 100 - events.high, high: 100 - events.low))
    #expect(try interval("-exits") == Interval(low: -events.high, high: -events.low))
    #expect(try interval("max(exits, 4) * -1") == Interval(low: -events.high, high: -4))
    #expect(
      try interval("aid / (exits + 1)")
        == Interval(low: 100 / (events.high + 1), high: 100 / (events.low + 1)))
    // It may be nought where it divides: then nothing is ruled out.
    #expect(try interval("aid / (exits - 3)") == nil)
    let unbounded = try #require(try Self.figure("aid / (exits - 3)", aid: 100, exits: 4).value)
    #expect(try Self.derived("aid / (exits - 3)").intervalAbsence(of: unbounded) == .noneOfItsPart)
    // Whatever the expression, no draw of the number within its ends leaves those of the whole.
    var generator = SeededGenerator(seed: 41)
    for text in ["3 + aid / exits", "min(exits, 6) / aid - 2", "(aid - 2 * exits) / 7", "-(exits * aid)"] {
      let expression = try Measure.Expression.read(text).expression
      let ends = try #require(try interval(text))
      for _ in 0..<200 {
        let number = events.low + generator.unit() * (events.high - events.low)
        let value = try expression.value(
          indicator: { .success($0 == "aid" ? 100 : number) }, parameter: { _ in nil }
        ).get()
        #expect(ends.low - 1e-9 <= value && value <= ends.high + 1e-9, "\(text) \(number)")
      }
    }
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
