import Testing

@testable import Impact

/// The gap of two rates of the same events, one among more rows than the other.
@Suite struct `Gaps of nested rates` {
  private func gap(_ events: Double, _ fewer: Double, _ more: Double) throws -> Interval {
    let (first, second) = (Proportion(events, of: fewer), Proportion(events, of: more))
    let (few, many) = (try #require(first), try #require(second))
    return try #require(few.gap(amongMore: many))
  }

  @Test func `is a product of two shares, with an end at Wilson's where one of them is none or all`() throws {
    // Nobody undocumented: as many may have been as Wilson's interval of 0 in 20 lets through.
    let none = try gap(15, 20, 20)
    let (rate, left) = (try #require(Proportion(15, of: 20)), try #require(Proportion(0, of: 20)))
    #expect(none.low == 0)
    let own = rate.wilson().high - 0.75
    let other = left.wilson().high
    expectEqual(none.high, (0.75 * 0.75 * other * other + own * own * other * other).squareRoot())
    // 15 of 20 by one, 15 of 25 by the other: 15 points.
    let some = try gap(15, 20, 25)
    #expect(some.low > 0 && some.low < 0.15 && 0.15 < some.high && some.high < 0.35)
    #expect(try gap(150, 200, 250).high - gap(150, 200, 250).low < some.high - some.low)
  }

  @Test func `is none of rates that are not of the same events`() throws {
    let rate = try #require(Proportion(15, of: 20))
    let (less, fewer) = (try #require(Proportion(14, of: 25)), try #require(Proportion(15, of: 19)))
    #expect(rate.gap(amongMore: less) == nil && rate.gap(amongMore: fewer) == nil)
  }

  @Test(arguments: [(20, 0.8, 0.6), (30, 0.9, 0.5), (60, 0.7, 0.3), (200, 0.95, 0.75)])
  func `contains the truth about 95 times in 100`(exits: Int, documented: Double, dynamic: Double) throws {
    var generator = SeededGenerator(seed: 77)
    let truth = dynamic * (1 - documented)
    var (inside, runs) = (0, 0)
    for _ in 0..<4000 {
      let known = (0..<exits).count { _ in generator.unit() < documented }
      guard known > 0 else { continue }
      let events = (0..<known).count { _ in generator.unit() < dynamic }
      let ends = try gap(Double(events), Double(known), Double(exits))
      runs += 1
      if ends.low <= truth, truth <= ends.high { inside += 1 }
    }
    let share = Double(inside) / Double(runs)
    #expect((0.935...0.995).contains(share), "\(share)")
  }

  @Test func `of a figure comes from the counts of the two it names`() throws {
    let text = Localized(fr: "x", en: "x")
    func rate(_ id: String) -> Indicator {
      Indicator(
        id: id, dimension: "d", label: text, question: text, unit: .percent, direction: .higher,
        measure: `Changes between quarters`.ratio, source: text, limits: text)
    }
    let expression = try Measure.Expression.read("a - b").expression
    var definition = rate("gap")
    definition.measure = .derived(expression)
    func judged(_ isNested: Bool) -> Indicator {
      var found = definition
      found.isNested = isNested
      found.derivedChance = found.chance { [rate($0)] }
      return found
    }
    #expect(judged(false).derivedChance == .several && judged(false).intervalAbsence == .sharedRows)
    let nested = judged(true)
    #expect(
      nested.derivedChance == .gap(among: "a", amongMore: "b") && nested.intervalMethod == .wilsonProduct)
    func figure(_ second: Double) -> Figure.Value? {
      let quarter = Quarter(index: 8106)
      func operand(_ id: String, _ events: Double, _ rows: Double) -> Figure {
        Figure(
          key: Figure.Key(indicator: id, cooperation: "c", quarter: quarter),
          content: .value(`Changes between quarters`.rate(events, rows)), status: .final, indicatorVersion: 1)
      }
      return Figure(
        derived: nested, expression, operands: ["a": operand("a", 15, 20), "b": operand("b", second, 25)],
        key: Figure.Key(indicator: "gap", cooperation: "c", quarter: quarter), appliesHere: true
      ) { _ in nil }.value
    }
    #expect(try figure(15)?.interval == gap(15, 20, 25))
    let other = try #require(figure(14))
    #expect(other.interval == nil && nested.intervalAbsence(of: other) == .sharedRows)
  }
}
