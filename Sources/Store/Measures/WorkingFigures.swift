internal import Impact
internal import Postgres

/// Writes the working figures and scores of the cooperations to be renewed, a few at a time.
final class WorkingFigures {
  private let catalogue: Catalogue
  private let renewal: Renewal
  private let last: Quarter
  private let archive: Archive
  /// The indicators scores are made of, by name.
  private let scored: [String]
  /// Cooperations counted.
  private(set) var counted = 0

  private var connection: Connection { archive.connection }

  init(_ catalogue: Catalogue, _ renewal: Renewal, upTo last: Quarter, in archive: Archive) throws {
    self.catalogue = catalogue
    self.renewal = renewal
    self.last = last
    self.archive = archive
    scored = Set(catalogue.scorecard.parts.flatMap { $0.components.map(\.indicator) }).sorted()
    for table in FigureTableColumns.all {
      try connection.execute(
        """
        CREATE TEMP TABLE \(fragment: table.stage) ON COMMIT DROP AS
        SELECT \(fragment: table.list) FROM figure.\(identifier: table.name) LIMIT 0
        """)
    }
  }

  /// Computes and writes; tells how many figures were written.
  func renew() throws -> Int {
    var figures = 0
    // Cooperations of which the same indicators are asked are counted together: each entity is read only where
    // one of them needs it.
    let names = catalogue.indicators.map(\.name)
    var groups: [(asked: [String], spans: [Span])] = []
    var places: [[String]: Int] = [:]
    for span in renewal.spans {
      let asked = names.filter { renewal.since($0, span) != nil }
      if let place = places[asked] {
        groups[place].spans.append(span)
      } else {
        places[asked] = groups.count
        groups.append((asked, [span]))
      }
    }
    for (asked, spans) in groups {
      let limited = catalogue.limited(to: asked)
      let maker = try FigureMaker(limited, upTo: last)
      let definitions = limited.definitions
      let some = Archive.counted(definitions.count)
      for start in stride(from: 0, to: spans.count, by: some) {
        let frame = CountFrame(
          spans[start..<min(start + some, spans.count)], upTo: last, reach: maker.plans.reach)
        let tallies =
          renewal.isWhole
          ? try archive.count(maker.plans, frame)
          : try archive.count(maker.plans, frame) { self.renewal.since(definitions[$0].name, $1) }
        figures += try replace(tallies, limited, maker)
        counted += frame.spans.count
      }
    }
    return figures
  }

  private func replace(_ tallies: [Tally], _ limited: Catalogue, _ maker: FigureMaker) throws -> Int {
    var scores: [Score] = []
    var written = 0
    let indicators = limited.indicators.map(\.name)
    if !renewal.isWhole { try delete(tallies.map(\.span), limited.definitions) }
    let old = try kept(tallies.map(\.span))
    try fill(.figure) { rows in
      for tally in tallies {
        var since: [String: Quarter] = [:]
        for name in indicators { since[name] = renewal.since(name, tally.span) }
        let figures = maker.figures(of: tally) { since[$0] }
        for figure in figures { try WorkingFigures.write(figure, to: &rows) }
        written += figures.count
        scores += self.scores(tally.span, figures, old)
      }
    }
    try fill(.score) { rows in
      for score in scores { try WorkingFigures.write(score, to: &rows) }
    }
    try fill(.component) { rows in
      for score in scores {
        for (ordinal, part) in score.contributions.enumerated() {
          try WorkingFigures.write(part, ordinal, of: score, to: &rows)
        }
      }
    }
    try archive.keep(tallies.map(\.span))
    return written
  }

  // MARK: What was there

  /// The first quarter of a cooperation whose scores are made again.
  private func firstScored(_ span: Span) -> Quarter {
    if renewal.isWhole || renewal.isScorecardNew || !renewal.goneIndicators.isEmpty { return span.first }
    return catalogue.indicators.compactMap { renewal.since($0.name, span) }.min() ?? span.last.next
  }

  private func delete(_ spans: [Span], _ definitions: [Indicator]) throws {
    var places: [(cooperation: String, indicator: String, quarter: String)] = []
    for span in spans {
      for definition in definitions {
        guard let since = renewal.since(definition.name, span) else { continue }
        // Quarters before the first one are of a cooperation that begins later than it did.
        let from = since == span.first ? "" : since.description
        // A definition's figures are under its own name, or beside it while a newer one is in force.
        let beside = Indicator.id(definition.name, version: definition.version)
        for name in [definition.name, beside] { places.append((span.cooperation, name, from)) }
      }
    }
    try connection.execute(
      """
      DELETE FROM figure.figure f
      USING unnest(\(places.map(\.cooperation))::text[], \(places.map(\.indicator))::text[],
        \(places.map(\.quarter))::text[]) AS p(cooperation_id, indicator, quarter)
      WHERE f.release_id = \(Archive.working) AND f.cooperation_id = p.cooperation_id
        AND f.indicator = p.indicator AND f.quarter >= p.quarter
      """)
    let firsts = spans.map { span -> String in
      let first = firstScored(span)
      return first == span.first ? "" : first.description
    }
    for table in ["score", "score_component"] {
      try connection.execute(
        """
        DELETE FROM figure.\(identifier: table) f
        USING unnest(\(spans.map(\.cooperation))::text[], \(firsts)::text[]) AS p(cooperation_id, quarter)
        WHERE f.release_id = \(Archive.working) AND f.cooperation_id = p.cooperation_id AND f.quarter >= p.quarter
        """)
    }
  }

  /// Figures that scores need and that are not computed again, by key.
  private func kept(_ spans: [Span]) throws -> [Figure.Key: Figure] {
    guard !renewal.isWhole else { return [:] }
    let firsts = spans.map { firstScored($0).description }
    let rows = try connection.execute(
      """
      SELECT \(fragment: Archive.figureColumns) FROM figure.figure f
      JOIN unnest(\(spans.map(\.cooperation))::text[], \(firsts)::text[]) AS p(cooperation, first)
        ON f.cooperation_id = p.cooperation AND f.quarter >= p.first
      WHERE f.release_id = \(Archive.working) AND f.indicator = ANY (\(scored)::text[]) AND f.part_field = ''
      """)
    return try Dictionary(
      rows.map { row in
        let figure = try Archive.figure(row)
        return (figure.key, figure)
      }, uniquingKeysWith: { first, _ in first })
  }

  private func scores(_ span: Span, _ figures: [Figure], _ old: [Figure.Key: Figure]) -> [Score] {
    let first = firstScored(span)
    guard first <= span.last else { return [] }
    let names = Set(scored)
    var known = old
    for figure in figures where figure.key.part == nil && names.contains(figure.key.indicator) {
      known[figure.key] = figure
    }
    return (first.index...span.last.index).flatMap { index in
      let quarter = Quarter(index: index)
      return Score.scores(catalogue.scorecard, cooperation: span.cooperation, quarter: quarter) {
        known[Figure.Key(indicator: $0, cooperation: span.cooperation, quarter: quarter)]
      }
    }
  }

  // MARK: Writing

  /// Fills the table of this session and adds it to the table of figures.
  private func fill(
    _ table: FigureTableColumns, _ rows: (inout BinaryCopyWriter) throws -> Void
  ) throws {
    try connection.copyBinary(
      "COPY \(fragment: table.stage) (\(fragment: table.list)) FROM STDIN (FORMAT binary)",
      columns: table.columns.count, rows)
    try connection.execute(
      """
      INSERT INTO figure.\(identifier: table.name) (\(fragment: table.list))
      SELECT \(fragment: table.list) FROM \(fragment: table.stage)
      """)
    try connection.execute("TRUNCATE \(fragment: table.stage)")
  }

  private static func write(_ figure: Figure, to rows: inout BinaryCopyWriter) throws {
    let (key, value) = (figure.key, figure.value)
    rows.beginRow()
    try rows.text(key.cooperation)
    try rows.text(Archive.working)
    try rows.text(key.indicator)
    rows.integer(Int32(figure.indicatorVersion))
    try rows.text(key.quarter.description)
    try rows.text(key.part?.field ?? "")
    try rows.text(key.part?.value ?? "")
    rows.double(value?.number)
    rows.double(value?.numerator)
    rows.double(value?.denominator)
    rows.integer(value?.count)
    rows.double(value?.interval?.low)
    rows.double(value?.interval?.high)
    try rows.text(figure.absence?.rawValue)
    try rows.text(figure.status.rawValue)
    rows.integer(figure.maturity?.followed)
    rows.integer(figure.maturity?.due)
    rows.integer(figure.maturity?.observed)
    try rows.endRow()
  }

  private static func write(_ score: Score, to rows: inout BinaryCopyWriter) throws {
    rows.beginRow()
    try rows.text(score.cooperation)
    try rows.text(Archive.working)
    try rows.text(score.quarter.description)
    try rows.text(score.dimension ?? "")
    rows.double(score.value)
    try rows.text(score.absence?.rawValue)
    rows.double(score.coverage)
    try rows.endRow()
  }

  private static func write(
    _ part: Score.Contribution, _ ordinal: Int, of score: Score, to rows: inout BinaryCopyWriter
  ) throws {
    rows.beginRow()
    try rows.text(score.cooperation)
    try rows.text(Archive.working)
    try rows.text(score.quarter.description)
    try rows.text(score.dimension ?? "")
    try rows.text(part.indicator)
    rows.integer(Int32(ordinal))
    rows.double(part.value)
    rows.double(part.normalised)
    rows.double(part.weight)
    try rows.endRow()
  }
}

/// A table of figures and its columns, in the order they are written.
private struct FigureTableColumns {
  var name: String
  var columns: [String]

  var list: SQL { columns.map { "\(identifier: $0)" as SQL }.joined() }
  var stage: SQL { "\(identifier: "computed_" + name)" }

  static let figure = FigureTableColumns(
    name: "figure",
    columns: [
      "cooperation_id", "release_id", "indicator", "indicator_version", "quarter", "part_field", "part_value",
      "value", "numerator", "denominator", "n", "low", "high", "absence", "status", "followed", "due",
      "observed",
    ])
  static let score = FigureTableColumns(
    name: "score",
    columns: ["cooperation_id", "release_id", "quarter", "dimension", "value", "absence", "coverage"])
  static let component = FigureTableColumns(
    name: "score_component",
    columns: [
      "cooperation_id", "release_id", "quarter", "dimension", "indicator", "ordinal", "value", "normalised",
      "weight",
    ])
  static let all = [figure, score, component]
}
