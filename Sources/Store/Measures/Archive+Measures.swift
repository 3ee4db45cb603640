public import Impact
internal import Postgres

extension Archive {
  /// What figures are computed for: a quarter, what was known, and when.
  public struct Perspective: Hashable, Sendable {
    /// The last quarter reported.
    public var quarter: Quarter
    /// The day on which observation dates are judged.
    public var cut: Day
    /// The batch of facts.
    public var batch: Int

    /// A perspective on the facts.
    public init(quarter: Quarter, cut: Day, batch: Int) {
      self.quarter = quarter
      self.cut = cut
      self.batch = batch
    }
  }

  /// Cooperations counted by one statement: few enough to keep in memory what is counted of them, enough to share its
  /// planning.
  ///
  /// - Parameters:
  ///   - definitions: how many definitions are counted for each.
  ///   - quarters: the most quarters of one that are asked for; from 40 on it no longer matters.
  /// - Returns: how many, at least one.
  static func counted(_ definitions: Int, _ quarters: Int = 40) -> Int {
    max(1, min(40, 350 * 40 / (max(1, definitions) * max(1, min(40, quarters)))))
  }

  /// Every figure of every cooperation, for each of its quarters up to the perspective's, in the order of keys.
  ///
  /// - Parameters:
  ///   - catalogue: the definitions.
  ///   - perspective: what they are seen from.
  ///   - cooperations: only these; all when `nil`.
  ///   - tables: reference tables read instead of those recorded; nothing of them is kept.
  /// - Returns: the figures, whole and by part.
  /// - Throws: the database's error.
  public func figures(
    of catalogue: Catalogue, seen perspective: Perspective, cooperations: [String]? = nil,
    with tables: [ReferenceTable] = []
  ) throws -> [Figure] {
    try connection.transaction {
      try read(asOf: perspective.batch, cut: perspective.cut.description)
      var figures: [Figure] = []
      let entities = Set(catalogue.definitions.flatMap(\.measure.terms).map(\.entity))
      if !tables.isEmpty { try makeTrial(of: tables, entities: entities) }
      try eachFigures(
        of: catalogue, spans: try spans(of: cooperations, upTo: perspective.quarter),
        upTo: perspective.quarter, schema: tables.isEmpty ? Archive.measures : "pg_temp"
      ) { _, found in figures += found }
      if !tables.isEmpty { try dropTrial(of: tables, entities: entities) }
      return figures.sorted { $0.key < $1.key }
    }
  }

  /// Counts some cooperations, a few at a time, and hands over the figures of each.
  ///
  /// Each entity is read once for all the indicators, windows and breakdowns that ask for it. Reads as of the
  /// batch and cut that were set.
  ///
  /// - Parameters:
  ///   - catalogue: the definitions.
  ///   - spans: the cooperations and their quarters.
  ///   - last: the last quarter reported.
  ///   - schema: where the entities are; a worked example has its own.
  ///   - since: the first quarter wanted; every quarter of each cooperation when `nil`.
  ///   - body: takes a cooperation's quarters and its figures, by indicator and quarter.
  /// - Throws: `UnknownEntity`, `TooLarge`, the database's error, or what `body` throws.
  func eachFigures(
    of catalogue: Catalogue, spans: [Span], upTo last: Quarter, schema: String = Archive.measures,
    since: Quarter? = nil, _ body: (Span, [Figure]) throws -> Void
  ) throws {
    let maker = try FigureMaker(catalogue, upTo: last)
    let some = Archive.counted(catalogue.definitions.count)
    func first(_ span: Span) -> Quarter { since.map { max($0, span.first) } ?? span.first }
    for start in stride(from: 0, to: spans.count, by: some) {
      let few = Array(spans[start..<min(start + some, spans.count)])
      let asked = since.map { _ in { (_: Int, span: Span) -> Quarter? in first(span) } }
      for tally in try count(maker.plans, few, upTo: last, schema: schema, since: asked) {
        try body(tally.span, maker.figures(of: tally) { _ in first(tally.span) })
      }
    }
  }

  /// Runs the plans' statements for some cooperations.
  ///
  /// - Parameters:
  ///   - plans: what is counted.
  ///   - spans: the cooperations and their quarters.
  ///   - last: the last quarter.
  ///   - schema: where the entities are; a worked example has its own.
  ///   - isRepeated: whether the same is counted of other cooperations in this session.
  ///   - since: the first quarter an indicator is asked of a cooperation, by their places; `nil` asks for every
  ///     quarter. Nothing is counted that is too old to be in a window of it.
  /// - Returns: what was counted, in the order of the spans.
  /// - Throws: `TooLarge` or the database's error.
  func count(
    _ plans: CountPlans, _ spans: [Span], upTo last: Quarter, schema: String = Archive.measures,
    isRepeated: Bool = false,
    since: ((_ indicator: Int, _ span: Span) -> Quarter?)? = nil
  ) throws -> [Tally] {
    var tallies = spans.map { Tally($0, upTo: last) }
    func first(_ askers: [Int], _ span: Span) -> Quarter {
      guard let since else { return span.first }
      return askers.compactMap { since($0, span) }.min() ?? span.first
    }
    let madeSince = try since == nil || schema != Archive.measures ? [] : entitiesMadeSince()
    for (index, plan) in plans.plans.enumerated() {
      let frame = CountFrame(
        spans, since: spans.map { first(plans.askers[index], $0) }, upTo: last, reach: plan.reach)
      let statement = plan.statement(
        frame, isBounded: since != nil, madeSince: madeSince, schema: schema
      )
      let words = frame.words
      try connection.stream(statement, isRepeated: isRepeated) { row in
        let place: Int = try row.decode(at: 0)
        try tallies[place - 1].take(row, of: plan, at: index, from: frame.origins[place - 1], words: words)
      }
    }
    if !plans.scans.isEmpty {
      let places = Dictionary(
        uniqueKeysWithValues: spans.enumerated().map { ($0.element.cooperation, $0.offset) })
      try makePeriods(spans) { first(plans.scanAskers.flatMap(\.self), $0) }
      for (index, (scan, terms)) in plans.scans.enumerated() {
        try connection.stream(scan.statement(terms, vocabulary: plans.vocabulary, schema: schema)) { row in
          guard let place = places[try row.decode(at: 0)] else { return }
          try tallies[place].take(row, ofScan: index, terms: terms.count)
        }
      }
      try connection.execute("DROP TABLE pg_temp.period")
    }
    for index in tallies.indices { tallies[index].close() }
    return tallies
  }

  /// Makes the temporary table `period`, which scans read: one row a cooperation and quarter.
  private func makePeriods(_ spans: [Span], since: (Span) -> Quarter) throws {
    let all = spans.flatMap { span in
      span.quarters.filter { $0 >= since(span).index }.map { (span.cooperation, Quarter(index: $0)) }
    }
    try connection.execute(
      """
      CREATE TEMP TABLE period ON COMMIT DROP AS
      SELECT p.cooperation_id, p.quarter, p.starts, (p.starts + interval '3 months' - interval '1 day')::date AS ends,
        date_trunc('year', p.starts)::date AS year_starts, (p.starts - interval '9 months')::date AS rolling_starts
      FROM unnest(\(all.map(\.0))::text[], \(all.map(\.1.description))::text[],
        \(all.map(\.1.start.description))::date[]) AS p(cooperation_id, quarter, starts)
      """)
  }
}
