import Impact
import Testing

@testable import Publication

/// The drawings at the edges of their data, kept as text to be compared line by line.
struct ChartSnapshotTests {
  /// Without months, where charts of quarters are the judges.
  private static let album = {
    var edition = SampleEdition.whole
    edition.months = []
    return Album(edition)
  }()

  private func reader(_ language: Language = .french) -> Reader {
    Reader(album: Self.album, language: language, path: "indicators/x.html")
  }

  private func chart(_ indicator: String, _ cooperation: String, _ language: Language = .french) throws
    -> [UInt8]
  {
    let edition = SampleEdition.whole
    let definition = try #require(edition.catalogue.indicator(indicator))
    let profile = try #require(edition.cooperations.first { $0.id == cooperation })
    let judgement = try #require(Self.album.judgement(definition, profile))
    return SignalChart(reader: reader(language), judgement: judgement, id: "f").figure().rendered()
  }

  @Test func `a rate with limits that follow n and a target that moved`() throws {
    try expectSnapshot(try chart("dynamic-exit-rate", SampleEdition.canal), named: "signal-limits.html")
  }

  @Test func `a concern, with its points beyond the limits`() throws {
    try expectSnapshot(
      try chart("etp-realisation-rate", SampleEdition.canal, .english), named: "signal-concern.html")
  }

  @Test func `months with limits that follow n`() throws {
    let album = Album(SampleEdition.whole)
    let judged = album.edition.cooperations.lazy.flatMap { cooperation in
      album.edition.catalogue.indicators.compactMap { album.judgement($0, cooperation) }
    }.first { $0.signal.basis == .months && $0.signal.mean != nil && $0.judgedOn.isRatioOfCounts }
    let judgement = try #require(judged)
    let reader = Reader(album: album, language: .french, path: "indicators/x.html")
    try expectSnapshot(
      MonthChart(reader: reader, judgement: judgement, id: "f").figure().rendered(), named: "months.html")
  }

  @Test func `two gaps and a last quarter without a value`() throws {
    try expectSnapshot(
      try chart("training-hours-per-person", SampleEdition.jardins), named: "signal-gaps.html")
  }

  @Test func `one point`() throws {
    try expectSnapshot(try chart("qpv-share", SampleEdition.canal, .english), named: "signal-one-point.html")
  }

  @Test func `all values equal`() throws {
    try expectSnapshot(try chart("etp-realisation-rate", SampleEdition.jardins), named: "signal-equal.html")
  }

  @Test func `negative values`() throws {
    try expectSnapshot(try chart("operating-result", SampleEdition.canal), named: "signal-negative.html")
  }

  @Test
  func
    `an interval that reaches far beyond the values is cut and said, and one that does not is drawn whole`()
    throws
  {
    let definition = try #require(SampleEdition.whole.catalogue.indicator("operating-result"))
    let profile = try #require(SampleEdition.whole.cooperations.first { $0.id == SampleEdition.canal })
    func drawn(_ times: Double) throws -> String {
      var edition = SampleEdition.whole
      edition.months = []
      var left = 0
      edition.figures = FigureTable(
        edition.figures.all.compactMap { figure in
          guard figure.key.indicator == "operating-result", figure.key.cooperation == SampleEdition.canal
          else {
            return figure
          }
          guard case .value(var value) = figure.content, left < 4 else { return nil }
          left += 1
          value.number = 100
          // One quarter of the four reaches that far.
          value.interval = Interval(low: 90, high: left == 2 ? 100 * times : 110)
          var figure = figure
          figure.content = .value(value)
          return figure
        })
      let album = Album(edition)
      let judgement = try #require(album.judgement(definition, profile))
      let reader = Reader(album: album, language: .english, path: "indicators/x.html")
      let bytes = SignalChart(reader: reader, judgement: judgement, id: "f").figure().rendered()
      return String(decoding: bytes, as: UTF8.self)
    }
    #expect(try drawn(76).contains("Interval cut: its ends are in the table."))
    #expect(try !drawn(5.6).contains("Interval cut"))
  }

  @Test func `no value at all is a sentence, not a drawing`() throws {
    let bytes = try chart("steering-meetings", SampleEdition.canal)
    #expect(!String(decoding: bytes, as: UTF8.self).contains("<svg role"))
    try expectSnapshot(bytes, named: "signal-empty.html")
  }

  @Test func `bars whose parts are zero, thin and wide`() throws {
    let bars = [
      StackedBars.Bar(
        label: "À la sortie",
        segments: [
          StackedBars.Segment(label: "Emploi durable", count: 60, fill: "c1"),
          StackedBars.Segment(label: "Transition", count: 0, fill: "c2"),
          StackedBars.Segment(label: "Retrait", count: 1, fill: "c0"),
          StackedBars.Segment(label: "Un libellé bien trop long pour sa part", count: 9, fill: "cd"),
        ]),
      StackedBars.Bar(label: "Rien", segments: []),
    ]
    try expectSnapshot(
      StackedBars(reader: reader(), id: "g", title: "Parcours", bars: bars).markup.rendered(),
      named: "stacked-bars.html")
  }

  @Test func `promises without delivery, deliveries without promise, long names`() throws {
    let rows = [
      PledgeBars.Row(
        label: "Expertise sociale et accompagnement des encadrants techniques d’insertion", promised: 10_000,
        delivered: nil),
      PledgeBars.Row(label: "Don en nature", promised: nil, delivered: 1800.5),
      PledgeBars.Row(label: "Mécénat", promised: 12_000, delivered: 0),
    ]
    try expectSnapshot(
      PledgeBars(reader: reader(), id: "g", title: "Apports", rows: rows).markup.rendered(),
      named: "pledge-bars.html")
  }

  @Test func `intervals that touch 0 and 100 per cent`() throws {
    let definition = try #require(SampleEdition.whole.catalogue.indicator("women-share"))
    let rows = [(0.0, 4.0), (4, 4), (3, 7)].map { successes, people in
      DotRows.Row(
        label: "Coopération à \(Int(people)) personnes",
        value: Figure.Value(
          number: successes / people, numerator: successes, denominator: people, count: Int(people),
          interval: Proportion(successes, of: people)?.wilson()), isOpen: people == 7)
    }
    try expectSnapshot(
      DotRows(reader: reader(.english), id: "g", title: "Women", indicator: definition, rows: rows)
        .markup.rendered(), named: "dot-rows.html")
  }
}
