internal import Impact
internal import Postgres

/// Writes the working figures and scores of the cooperations to be renewed, a few at a time.
///
/// Three things go on at once: the server counts some cooperations, figures are made of those counted before, and the server
/// stores the figures of those before them.
final class WorkingFigures {
  private let catalogue: Catalogue
  private let renewal: Renewal
  private let perspective: Archive.Perspective
  private let archive: Archive
  private let scores: WorkingScores
  /// The sessions that count, in turns; none where this one counts too.
  private let counters: [Counter]
  /// Cooperations counted.
  private(set) var counted = 0

  private var connection: Connection { archive.connection }

  /// Renews the working figures of an archive.
  ///
  /// - Parameters:
  ///   - catalogue: the definitions.
  ///   - renewal: what is computed again.
  ///   - perspective: what figures are seen from.
  ///   - archive: where they are written; its transaction is running.
  ///   - isShared: whether another session sees the same facts.
  /// - Throws: the database's error.
  init(
    _ catalogue: Catalogue, _ renewal: Renewal, seen perspective: Archive.Perspective, in archive: Archive,
    isShared: Bool
  ) throws {
    self.catalogue = catalogue
    self.renewal = renewal
    self.perspective = perspective
    self.archive = archive
    scores = WorkingScores(catalogue)
    // A second session is for speed only: where the server has none to give, the first one counts too.
    let isWorthIt = isShared && renewal.spans.count > Counter.worth
    // Of everything, figures are as long in the making as in the counting. Of a few quarters they are not, and where a
    // window needs the rows before, counting is nearly all there is to do: two sessions share it.
    counters = (0..<(isWorthIt ? renewal.isWhole ? 1 : 2 : 0)).compactMap { _ in
      (try? archive.connection.another()).map { Counter($0, perspective) }
    }
    for table in [WorkingTable.figure] + WorkingTable.scores { try table.stage(in: archive.connection) }
  }

  /// Some cooperations that are counted together, and what is asked of them.
  private struct Some: Sendable {
    var limited: Catalogue
    var maker: FigureMaker
    var spans: [Span]
  }

  /// Computes and writes; tells how many figures were written.
  func renew() throws -> Int {
    var figures = 0
    var making: Ahead<Made>?
    let all = try parts()
    // Two counts are always waited for, so that a counting session never waits for what is written.
    var toCount = all[...]
    var counting: [Ahead<[Tally]>] = []
    func countAhead() {
      guard !counters.isEmpty else { return }
      while counting.count < 2 * counters.count, let some = toCount.popFirst() {
        let counter = counters[toCount.startIndex % counters.count]
        counting.append(counter.count(some.maker.plans, some.spans, since: since(some)))
      }
    }
    countAhead()
    for some in all {
      let tallies = try counting.isEmpty ? count(some) : counting.removeFirst().value()
      countAhead()
      let next = try make(tallies, some)
      figures += try write(making)
      making = next
    }
    return try figures + write(making)
  }

  /// The cooperations, a few at a time.
  ///
  /// Those of which the same indicators are asked are counted together: each entity is read only where one of them
  /// needs it.
  private func parts() throws -> [Some] {
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
    return try groups.flatMap { asked, spans -> [Some] in
      let limited = catalogue.limited(to: asked)
      let maker = try FigureMaker(limited, upTo: perspective.quarter)
      let quarters = spans.map { span in
        (asked.compactMap { renewal.since($0, span) }.min() ?? span.last).distance(to: span.last) + 1
      }
      // Enough groups that every session has some.
      let share = (spans.count + 2 * counters.count) / (2 * counters.count + 1)
      let few = min(Archive.counted(limited.definitions.count, quarters.max() ?? 0), max(1, share))
      return stride(from: 0, to: spans.count, by: few).map { start in
        Some(limited: limited, maker: maker, spans: Array(spans[start..<min(start + few, spans.count)]))
      }
    }
  }

  /// The first quarter an indicator is asked of a cooperation; `nil` when all of them are.
  private func since(_ some: Some) -> (@Sendable (_ indicator: Int, _ span: Span) -> Quarter?)? {
    guard !renewal.isWhole else { return nil }
    let (renewal, names) = (renewal, some.limited.definitions.map(\.name))
    return { renewal.since(names[$0], $1) }
  }

  private func count(_ some: Some) throws -> [Tally] {
    try archive.count(some.maker.plans, some.spans, upTo: perspective.quarter, since: since(some))
  }

  /// What was made of some cooperations, to be written.
  private struct Made: Sendable {
    var spans: [Span]
    var figures: BinaryRows
    /// By how many figures each cooperation has more than before.
    var more: [Int]
    var scores = WorkingScores.Made()
  }

  /// Begins to make the figures and scores of cooperations.
  private func make(_ tallies: [Tally], _ some: Some) throws -> Ahead<Made> {
    let (limited, maker) = (some.limited, some.maker)
    let spans = tallies.map(\.span)
    let indicators = limited.indicators.map(\.name)
    let gone = renewal.isWhole ? [:] : try delete(spans, limited.definitions)
    let old = try kept(spans)
    let wanted = spans.map { span in
      let asked = indicators.compactMap { name in renewal.since(name, span).map { (name, $0) } }
      return (since: Dictionary(uniqueKeysWithValues: asked), scored: firstScored(span))
    }
    return Ahead { [scores] in
      var rows = BinaryCopyWriter(columns: WorkingTable.figure.columns.count)
      var made = WorkingScores.Made()
      var more: [Int] = []
      for (tally, wanted) in zip(tallies, wanted) {
        let figures = maker.figures(of: tally) { wanted.since[$0] }
        more.append(figures.count - (gone[tally.span.cooperation] ?? 0))
        for figure in figures { try WorkingFigures.write(figure, to: &rows) }
        try scores.add(tally.span, from: wanted.scored, figures, old, to: &made)
      }
      return Made(spans: spans, figures: try rows.take(), more: more, scores: made)
    }
  }

  /// Writes what was made, and tells how many figures.
  private func write(_ making: Ahead<Made>?) throws -> Int {
    guard let made = try making?.value() else { return 0 }
    try WorkingTable.figure.fill(in: connection, made.figures)
    try scores.write(made.scores, in: connection)
    try archive.keep(made.spans, more: made.more)
    counted += made.spans.count
    return made.figures.rows
  }

  // MARK: What was there

  /// The first quarter of a cooperation whose scores are made again.
  private func firstScored(_ span: Span) -> Quarter {
    if renewal.isWhole || renewal.isScorecardNew || !renewal.goneIndicators.isEmpty || scores.isRelative {
      return span.first
    }
    return catalogue.indicators.compactMap { renewal.since($0.name, span) }.min() ?? span.last.next
  }

  /// Takes out the figures and scores that are computed again; tells how many figures of each cooperation.
  private func delete(_ spans: [Span], _ definitions: [Indicator]) throws -> [String: Int] {
    var places: [(cooperation: String, indicator: String, quarter: String)] = []
    for span in spans {
      for name in renewal.goneIndicators { places.append((span.cooperation, name, "")) }
      for definition in definitions {
        guard let since = renewal.since(definition.name, span) else { continue }
        // Quarters before the first one are of a cooperation that begins later than it did.
        let from = since == span.first ? "" : since.description
        // A definition's figures are under its own name, or beside it while a newer one is in force.
        let beside = Indicator.id(definition.name, version: definition.version)
        for name in [definition.name, beside] { places.append((span.cooperation, name, from)) }
      }
    }
    let gone = try connection.execute(
      """
      WITH gone AS (
        DELETE FROM figure.figure f
        USING unnest(\(places.map(\.cooperation))::text[], \(places.map(\.indicator))::text[],
          \(places.map(\.quarter))::text[]) AS p(cooperation_id, indicator, quarter)
        WHERE f.release_id = \(Archive.working) AND f.cooperation_id = p.cooperation_id
          AND f.indicator = p.indicator AND f.quarter >= p.quarter
        RETURNING f.cooperation_id)
      SELECT cooperation_id, count(*) FROM gone GROUP BY 1
      """
    ).map { try $0.decode((String, Int).self) }
    let firsts = spans.map { span -> String in
      let first = firstScored(span)
      return first == span.first ? "" : first.description
    }
    for table in Archive.scoreTables {
      try connection.execute(
        """
        DELETE FROM figure.\(identifier: table) f
        USING unnest(\(spans.map(\.cooperation))::text[], \(firsts)::text[]) AS p(cooperation_id, quarter)
        WHERE f.release_id = \(Archive.working) AND f.cooperation_id = p.cooperation_id AND f.quarter >= p.quarter
        """)
    }
    return Dictionary(uniqueKeysWithValues: gone)
  }

  /// Figures that scores need and that are not computed again, by key: those of the year before too, which
  /// changes are told from.
  private func kept(_ spans: [Span]) throws -> [Figure.Key: Figure] {
    guard !renewal.isWhole else { return [:] }
    let firsts = spans.map { firstScored($0).advanced(by: -WorkingScores.reach).description }
    let rows = try connection.execute(
      """
      SELECT \(fragment: Archive.figureColumns) FROM figure.figure f
      JOIN unnest(\(spans.map(\.cooperation))::text[], \(firsts)::text[]) AS p(cooperation, first)
        ON f.cooperation_id = p.cooperation AND f.quarter >= p.first
      WHERE f.release_id = \(Archive.working) AND f.indicator = ANY (\(scores.indicators)::text[]) AND f.part_field = ''
      """)
    return try Dictionary(
      rows.map { row in
        let figure = try Archive.figure(row)
        return (figure.key, figure)
      }, uniquingKeysWith: { first, _ in first })
  }

  // MARK: Writing

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
}
