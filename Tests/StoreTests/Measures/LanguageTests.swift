import Impact
import Store
import TestSupport
import Testing

/// What the definition language says, against the database.
@Suite(.archive) struct `The language on facts` {
  private static let text = Localized(fr: "x", en: "x")

  private static func indicator(
    _ id: String, version: Int = 1, _ measure: Measure, window: Window = .quarter, shift: Int = 0,
    forms: [String] = [], from: String? = nil, to: String? = nil
  ) -> Indicator {
    Indicator(
      id: id, version: version, dimension: "exits", label: text, question: text, unit: .count,
      direction: .neutral, measure: measure, window: window, shift: shift, appliesToForms: forms,
      validFrom: from.flatMap { Quarter($0) }, validTo: to.flatMap { Quarter($0) }, source: text, limits: text
    )
  }

  private static func exits(_ conditions: [Condition] = []) -> Measure {
    .count(Term(.count, of: "exits", where: conditions, absent: .zero))
  }

  /// The figures of these definitions for the fixture's cooperation, one person leaving in each month of 2025 up
  /// to September, each after a longer stay.
  private func figures(
    _ indicators: [Indicator], earlier: [Indicator] = [], parameters: [Parameter] = []
  ) throws -> FigureTable {
    let archive = try Fixture.archive()
    try archive.recordCooperation()
    for month in 1...9 {
      let exit = try #require(Day(2025, month, 20))
      try archive.recordPathway(
        "P\(month)", started: exit.adding(days: -100 * month), exited: exit, motif: month < 4 ? 3 : 7)
    }
    var catalogue = try Fixture.catalogue()
    catalogue.indicators = indicators
    catalogue.earlier = earlier
    catalogue.parameters = parameters
    let seen = Archive.Perspective(
      quarter: Fixture.quarter, cut: ReleaseCalendar.cut(of: Fixture.quarter), batch: try archive.lastBatch())
    return FigureTable(try archive.figures(of: catalogue, seen: seen))
  }

  private func number(_ table: FigureTable, _ id: String, _ quarter: String = "2025T3") throws -> Double? {
    table.figure(id, "test", try #require(Quarter(quarter)))?.value?.number
  }

  @Test func `a shifted window holds the rows of earlier quarters, whole`() throws {
    let table = try figures([
      Self.indicator("now", Self.exits()), Self.indicator("earlier", Self.exits(), shift: 1),
      Self.indicator("two", Self.exits(), shift: 2),
      Self.indicator("year", Self.exits(), window: .rollingYear, shift: 1),
      Self.indicator("date", Self.exits(), window: .yearToDate, shift: 1),
      Self.indicator("start", Self.exits(), window: .sinceStart, shift: 2),
      Self.indicator("present", .stock(Term(.stock, of: "pathways", absent: .zero)), shift: 1),
      Self.indicator("still", .stock(Term(.stock, of: "pathways", absent: .zero))),
    ])
    let found = try ["now", "earlier", "two", "year", "date", "start"].map { try number(table, $0) }
    #expect(found == [3, 3, 3, 6, 6, 3])
    // Whoever leaves in July, August or September was there on 30 June.
    #expect(try number(table, "present") == 3 && number(table, "still") == 0)
    // A quarter's shifted figure is the unshifted one of the quarter before, in every quarter.
    for quarter in table.series("earlier", "test").map(\.key.quarter).dropFirst() {
      let before = table.figure("now", "test", quarter.advanced(by: -1))
      #expect(table.figure("earlier", "test", quarter)?.content == before?.content, "\(quarter)")
    }
    #expect(try number(table, "date", "2025T1") != nil)
  }

  @Test func `a median is the middle, and a number is tested by equality`() throws {
    let table = try figures([
      Self.indicator(
        "median", .duration(Term(.median, of: "exits", field: "length_days", absent: .zero)),
        window: .yearToDate),
      Self.indicator(
        "mean", .duration(Term(.mean, of: "exits", field: "length_days", absent: .zero)), window: .yearToDate),
      Self.indicator("equal", Self.exits([Condition("length_days", .equalTo("800.0"))]), window: .yearToDate),
      Self.indicator(
        "none",
        .duration(
          Term(
            .median, of: "exits", field: "length_days", where: [Condition("length_days", .lessThan("0"))],
            absent: .zero))),
    ])
    #expect(try number(table, "median") == 500 && number(table, "mean") == 500 && number(table, "equal") == 1)
    #expect(table.figure("none", "test", Fixture.quarter)?.absence == .noDenominator)
  }

  @Test func `a derived figure is made after the others, and a form of cooperation limits it`() throws {
    let cost = try Measure.Expression.read("parameter(price) * 12 / durable").expression
    let price = Parameter(
      name: "price", label: Self.text, unit: "€",
      values: [
        .init(
          validFrom: try #require(Day("2025-07-01")), text: "10", number: 10, source: "s", sureness: .weak)
      ])
    let durable = Self.exits([Condition("class", .oneOf(["durable"]))])
    let table = try figures(
      [
        Self.indicator("cost", .derived(cost), window: .yearToDate),
        Self.indicator("durable", durable, window: .yearToDate),
        Self.indicator("elsewhere", durable, forms: ["gme_conjoint"]),
        Self.indicator("here", durable, forms: ["jvs"]),
      ], parameters: [price])
    let value = try #require(table.figure("cost", "test", Fixture.quarter)?.value)
    #expect(value.number == 40 && value.numerator == 120 && value.denominator == 3 && value.count == 3)
    #expect(table.figure("cost", "test", try #require(Quarter("2025T2")))?.absence == .notCollected)
    #expect(table.figure("elsewhere", "test", Fixture.quarter)?.absence == .notApplicable)
    #expect(table.figure("here", "test", Fixture.quarter)?.value?.number == 0)
  }

  @Test func `two versions are both computed on their overlap and each keeps its quarters`() throws {
    let table = try figures(
      [Self.indicator("x", version: 2, Self.exits(), from: "2025T2")],
      earlier: [
        Self.indicator("x@1", version: 1, Self.exits([Condition("class", .oneOf(["durable"]))]), to: "2025T2")
      ])
    func told(_ id: String, _ quarter: String) throws -> [Double?] {
      let figure = table.figure(id, "test", try #require(Quarter(quarter)))
      return [figure?.value?.number, figure.map { Double($0.indicatorVersion) }]
    }
    #expect(try told("x", "2025T1") == [3, 1] && told("x@1", "2025T1") == [nil, nil])
    #expect(try told("x", "2025T2") == [3, 2] && told("x@1", "2025T2") == [0, 1])
    #expect(try told("x", "2025T3") == [3, 2] && told("x@1", "2025T3") == [nil, nil])
  }

  @Test(arguments: [(1, 0.0), (2, 0), (3, 1), (6, 2)])
  func `a day within some months falls after the quarter and no later`(months: Int, expected: Double) throws {
    let definition = Self.indicator(
      "ending",
      .stock(Term(.stock, of: "passes", where: [Condition("ended_on", .withinMonths(months))], absent: .zero))
    )
    let example = WorkedExample(
      text: Self.text,
      rows: [
        "passes": ["2025-09-30", "2025-12-31", "2026-01-01", "2026-04-01"].map {
          ["started_on": "2024-01-01", "ended_on": $0]
        }
      ], value: expected)
    let content = try Fixture.archive().content(
      of: example, for: definition, vocabulary: try Fixture.catalogue().vocabulary)
    #expect(example.difference(from: content) == nil)
  }
}
