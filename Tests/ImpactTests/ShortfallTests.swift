import Impact
import Testing

@Suite struct `A year that is not whole` {
  static func sum(_ window: Window, shift: Int = 0, stock: Bool = false) -> Indicator {
    let term = Term(.sum, of: "finance", field: "amount_eur", absent: .zero)
    var indicator = Indicator(
      id: "income", dimension: "economy", label: Localized(fr: "x", en: "x"),
      question: Localized(fr: "x", en: "x"), unit: .euro, direction: .higher,
      measure: stock ? .stock(term) : .sum(term), appliesTo: [], source: Localized(fr: "x", en: "x"),
      limits: Localized(fr: "x", en: "x"))
    indicator.window = window
    indicator.shift = shift
    return indicator
  }

  static let first = Quarter(index: 2023 * 4)
  static func reasons(_ indicator: Indicator, startedOn: Day, quarters: Int = 8) -> [Figure.Absence?] {
    (0..<quarters).map {
      indicator.shortfall(
        reportedFor: first.advanced(by: $0), deliveredSince: first, startedOn: startedOn)
    }
  }

  @Test func `three quarters of income are not a year of income`() throws {
    let old = try #require(Day(2016, 7, 1))
    let young = try #require(Day(2023, 2, 15))
    #expect(
      Self.reasons(Self.sum(.rollingYear), startedOn: old, quarters: 5)
        == [.notCollected, .notCollected, .notCollected, nil, nil])
    #expect(
      Self.reasons(Self.sum(.rollingYear), startedOn: young, quarters: 5)
        == [.notYetDue, .notYetDue, .notYetDue, nil, nil])
    // What is observed six months later has its first whole year six months later.
    #expect(
      Self.reasons(Self.sum(.rollingYear, shift: 2), startedOn: young)
        == [.notYetDue, .notYetDue, .notYetDue, .notYetDue, .notYetDue, nil, nil, nil])
  }

  @Test
  func `a year to date begins with the cooperation, and is short only when its first quarters are missing`()
    throws
  {
    let middle = Quarter(index: 2023 * 4 + 2)
    func reason(_ quarter: Quarter, startedOn: Day?) throws -> Figure.Absence? {
      Self.sum(.yearToDate).shortfall(
        reportedFor: quarter, deliveredSince: middle, startedOn: try #require(startedOn))
    }
    #expect(try reason(middle, startedOn: Day(2020, 1, 1)) == .notCollected)
    #expect(try reason(middle.advanced(by: 1), startedOn: Day(2022, 12, 31)) == .notCollected)
    #expect(try reason(middle.advanced(by: 2), startedOn: Day(2020, 1, 1)) == nil)
    #expect(try reason(middle, startedOn: Day(2023, 1, 1)) == nil)
    #expect(try reason(middle, startedOn: Day(2023, 7, 3)) == nil)
  }

  @Test func `a quarter, a stock and a total since the start have no earlier quarter to miss`() throws {
    let old = try #require(Day(2016, 7, 1))
    for indicator in [
      Self.sum(.quarter), Self.sum(.quarter, shift: 2), Self.sum(.sinceStart),
      Self.sum(.rollingYear, stock: true),
    ] {
      #expect(Self.reasons(indicator, startedOn: old).allSatisfy { $0 == nil })
    }
  }

  /// Whatever the totals, the start and the shift: a value over a rolling year rests on four delivered quarters, and
  /// no change begins or ends with less.
  @Test func `no totals make a short year print a number, and nothing is compared with one`() throws {
    var generator = SeededGenerator(seed: 20_261_129)
    for _ in 0..<2_000 {
      let indicator = Self.sum(.rollingYear, shift: Int.random(in: 0...4, using: &generator))
      let started = Day(daysSinceEpoch: 19_000 + Int.random(in: 0...700, using: &generator))
      let first = Quarter(containing: started).advanced(by: Int.random(in: 0...3, using: &generator))
      let figures = (0..<16).map { index in
        let quarter = first.advanced(by: index)
        return Figure(
          key: Figure.Key(indicator: "income", cooperation: "c", quarter: quarter),
          content: Figure.assembled(
            indicator,
            totals: [TermTotal(total: Double.random(in: 0...1e6, using: &generator), rows: 3, matching: 3)],
            isDelivered: true, appliesHere: true,
            shortfall: indicator.shortfall(reportedFor: quarter, deliveredSince: first, startedOn: started)
          ).content, status: .final, indicatorVersion: 1)
      }
      for (index, figure) in figures.enumerated() {
        #expect((figure.value != nil) == (index - indicator.shift >= 3))
        for later in figures[index...] {
          if let change = Change(from: figure, to: later, of: indicator) {
            #expect(index - indicator.shift >= 3 && change.since == figure.key.quarter)
          }
        }
      }
    }
  }
}
