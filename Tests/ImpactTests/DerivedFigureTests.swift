import Testing

@testable import Impact

private let text = Localized(fr: "x", en: "x")
private let quarter = Quarter(index: 2026 * 4 + 1)

private func definition(
  _ id: String, version: Int = 1, _ measure: Measure, from: Quarter? = nil, to: Quarter? = nil
) -> Indicator {
  Indicator(
    id: id, version: version, dimension: "d", label: text, question: text, unit: .euro, direction: .neutral,
    measure: measure, validFrom: from, validTo: to, source: text, limits: text)
}

private func derived(_ id: String, _ expression: String, version: Int = 1) throws -> Indicator {
  definition(id, version: version, .derived(try Measure.Expression.read(expression).expression))
}

private let counted = Measure.count(Term(.count, of: "exits", absent: .zero))

private func catalogue(
  _ indicators: [Indicator], earlier: [Indicator] = [], parameters: [Parameter] = []
) -> Catalogue {
  Catalogue(
    version: "1", dimensions: [], indicators: indicators, vocabulary: Vocabulary(entities: []),
    scorecard: Scorecard(version: 1, minimumData: 0, minimumCount: 0, parts: []), digest: "",
    earlier: earlier,
    parameters: parameters)
}

private func figure(
  _ id: String, _ number: Double?, count: Int? = nil, status: Figure.Status = .final,
  in quarter: Quarter = quarter
) -> Figure {
  Figure(
    key: Figure.Key(indicator: id, cooperation: "c", quarter: quarter),
    content: number.map { .value(Figure.Value(number: $0, count: count)) } ?? .absent(.notCollected),
    status: status, indicatorVersion: 1)
}

@Suite struct `Derived figures` {
  @Test func `a ratio keeps its two sides and what it rests on`() throws {
    let whole = catalogue([
      definition("aid", counted), definition("exits", counted), try derived("cost", "(aid + 500) / exits"),
    ])
    let found = whole.derivedFigures(from: [
      figure("aid", 1000), figure("exits", 3, count: 3, status: .provisional),
    ]) { _, _ in true }
    let value = try #require(found.first?.value)
    #expect(found.count == 1 && found[0].key.indicator == "cost" && found[0].status == .provisional)
    #expect(value.number == 500 && value.numerator == 1500 && value.denominator == 3 && value.count == 3)
  }

  @Test func `no exit, no file and no reason to apply are three different absences`() throws {
    let whole = catalogue([
      definition("aid", counted), definition("exits", counted), try derived("cost", "aid / exits"),
    ])
    func absence(_ figures: [Figure], applies: Bool = true) -> Figure.Absence? {
      whole.derivedFigures(from: figures) { _, _ in applies }.first?.absence
    }
    #expect(absence([figure("aid", 1000), figure("exits", 0)]) == .noDenominator)
    #expect(absence([figure("aid", 0), figure("exits", nil)]) == .notCollected)
    #expect(absence([figure("aid", 1000)]) == .notCollected)
    #expect(absence([figure("aid", 1000), figure("exits", 2)], applies: false) == .notApplicable)
  }

  @Test func `indicators derived from derived ones come after them, whatever the order of the pages`() throws
  {
    let whole = catalogue([try derived("c", "b * 2"), try derived("b", "a + 1"), definition("a", counted)])
    let found = whole.derivedFigures(from: [figure("a", 4)]) { _, _ in true }
    #expect(Dictionary(found.map { ($0.key.indicator, $0.value?.number) }) { $1 } == ["b": 5, "c": 10])
    let circle = catalogue([
      try derived("x", "y + a"), try derived("y", "x"), definition("a", counted), try derived("z", "a"),
    ])
    let (order, circular) = circle.derivationOrder()
    #expect(order.map(\.id) == ["z"] && circular.map(\.id) == ["x", "y"])
    #expect(catalogue([try derived("x", "x")]).derivationOrder().circular.map(\.id) == ["x"])
  }

  @Test func `the parameter in force on the quarter's last day is used, and none before the first`() throws {
    func dated(_ day: String, _ number: Double) throws -> Parameter.Dated {
      Parameter.Dated(
        validFrom: try #require(Day(day)), text: "\(number)", number: number, source: "s", sureness: .weak)
    }
    let parameter = Parameter(
      name: "price", label: text, unit: "€", values: [try dated("2026-06-30", 3), try dated("2026-07-01", 5)])
    let whole = catalogue(
      [definition("a", counted), try derived("b", "a * parameter(price)")], parameters: [parameter])
    let found = whole.derivedFigures(
      from: [-1, 0, 1].map { figure("a", 10, in: quarter.advanced(by: $0)) }
    ) { _, _ in true }.sorted { $0.key < $1.key }
    #expect(found.map { $0.value?.number } == [nil, 30, 50] && found[0].absence == .notCollected)
  }

  @Test func `the order of the figures changes nothing`() throws {
    let whole = catalogue([
      definition("a", counted), definition("b", counted), try derived("c", "a / b"),
      try derived("d", "c - a"),
    ])
    let figures = (0..<20).flatMap { step in
      [
        figure("a", Double(step), in: quarter.advanced(by: step)),
        figure("b", Double(step % 3), in: quarter.advanced(by: step)),
      ]
    }
    let expected = whole.derivedFigures(from: figures) { _, _ in true }.sorted { $0.key < $1.key }
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<10 {
      let shuffled = figures.shuffled(using: &generator)
      #expect(whole.derivedFigures(from: shuffled) { _, _ in true }.sorted { $0.key < $1.key } == expected)
    }
  }
}

@Suite struct `Versions of a definition` {
  private let t1 = Quarter(index: 2026 * 4)

  private func versions() -> Catalogue {
    catalogue(
      [definition("x", version: 2, counted, from: t1)],
      earlier: [definition("x@1", version: 1, counted, to: t1.next)])
  }

  @Test func `on an overlap both are computed, the newer under the indicator's name`() {
    let whole = versions()
    let (new, old) = (whole.indicators[0], whole.earlier[0])
    #expect(whole.figureName(of: old, at: t1.advanced(by: -1)) == "x")
    #expect(whole.figureName(of: new, at: t1.advanced(by: -1)) == nil)
    for quarter in [t1, t1.next] {
      #expect(
        whole.figureName(of: new, at: quarter) == "x" && whole.figureName(of: old, at: quarter) == "x@1")
    }
    #expect(whole.figureName(of: new, at: t1.advanced(by: 2)) == "x")
    #expect(whole.figureName(of: old, at: t1.advanced(by: 2)) == nil)
    let before = Figure.Key(indicator: "x", cooperation: "c", quarter: t1.advanced(by: -1))
    #expect(whole.definition(of: before)?.version == 1)
    #expect(whole.definition(of: Figure.Key(indicator: "x@1", cooperation: "c", quarter: t1))?.version == 1)
    #expect(whole.definition(of: Figure.Key(indicator: "x", cooperation: "c", quarter: t1))?.version == 2)
  }

  @Test func `where no version is in force the newest says that it does not apply`() {
    let whole = catalogue([definition("x", counted, from: t1)])
    #expect(whole.figureName(of: whole.indicators[0], at: t1.advanced(by: -1)) == "x")
    #expect(!whole.indicators[0].isInForce(at: t1.advanced(by: -1)) && whole.indicators[0].isInForce(at: t1))
  }

  @Test func `an indicator applies by kind of structure and by form of cooperation`() {
    var indicator = definition("x", counted)
    #expect(indicator.applies(toKind: "EI", form: "jvs"))
    indicator.appliesTo = ["EI", "ACI"]
    indicator.appliesToForms = ["gme_conjoint"]
    #expect(indicator.applies(toKind: "ACI", form: "gme_conjoint"))
    #expect(
      !indicator.applies(toKind: "ACI", form: "jvs") && !indicator.applies(toKind: "EA", form: "gme_conjoint")
    )
  }
}

@Suite struct `Masking what is derived or stands beside` {
  private let people = Measure.count(Term(.count, of: "exits", absent: .zero))

  @Test func `a derived figure is masked with any of its operands, through as many steps as there are`()
    throws
  {
    let indicators = [
      definition("exits", people),
      definition("aid", .sum(Term(.sum, of: "finance", field: "amount_eur", absent: .unknown))),
      try derived("cost", "aid / exits"), try derived("twice", "cost * 2"), try derived("other", "aid * 2"),
    ]
    let figures = [
      figure("aid", 900, count: 12), figure("exits", 3, count: 3), figure("cost", 300), figure("twice", 600),
      figure("other", 1800),
    ]
    let seen = Disclosure(threshold: 5).masked(
      figures, indicators: Dictionary(indicators.map { ($0.id, $0) }) { $1 })
    #expect(seen.map { $0.value == nil } == [false, true, true, true, false])
  }

  @Test func `two versions of a count are masked together`() {
    let indicators = [
      "exits": definition("exits", version: 2, people), "exits@1": definition("exits@1", people),
    ]
    let seen = Disclosure(threshold: 5).masked(
      [figure("exits", 4, count: 4), figure("exits@1", 6, count: 6)], indicators: indicators)
    #expect(seen.allSatisfy { $0.absence == .tooFew })
  }
}
