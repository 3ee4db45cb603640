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

  /// Cooperations counted by one statement: few enough to keep in memory, enough to share its planning.
  static let counted = 40

  /// Every figure of every cooperation, for each of its quarters up to the perspective's, in the order of keys.
  ///
  /// - Parameters:
  ///   - catalogue: the definitions.
  ///   - perspective: what they are seen from.
  ///   - cooperations: only these; all when `nil`.
  /// - Returns: the figures, whole and by part.
  /// - Throws: the database's error.
  public func figures(
    of catalogue: Catalogue, seen perspective: Perspective, cooperations: [String]? = nil
  ) throws -> [Figure] {
    try connection.transaction {
      try read(asOf: perspective.batch, cut: perspective.cut.description)
      var figures: [Figure] = []
      try eachFigures(
        of: catalogue.indicators, vocabulary: catalogue.vocabulary,
        spans: try spans(of: cooperations, upTo: perspective.quarter), upTo: perspective.quarter
      ) { _, found in figures += found }
      return figures.sorted { $0.key < $1.key }
    }
  }

  /// Counts some cooperations, a few at a time, and hands over the figures of each.
  ///
  /// Each entity is read once for all the indicators, windows and breakdowns that ask for it. Reads as of the
  /// batch and cut that were set.
  ///
  /// - Parameters:
  ///   - indicators: the definitions.
  ///   - vocabulary: their words.
  ///   - spans: the cooperations and their quarters.
  ///   - last: the last quarter reported.
  ///   - body: takes a cooperation's quarters and its figures, by indicator and quarter.
  /// - Throws: `UnknownEntity`, `TooLarge`, the database's error, or what `body` throws.
  func eachFigures(
    of indicators: [Indicator], vocabulary: Vocabulary, spans: [Span], upTo last: Quarter,
    _ body: (Span, [Figure]) throws -> Void
  ) throws {
    let plans = try CountPlans(indicators, vocabulary: vocabulary)
    let maker = FigureMaker(indicators, plans, upTo: last)
    for start in stride(from: 0, to: spans.count, by: Archive.counted) {
      let frame = CountFrame(
        spans: Array(spans[start..<min(start + Archive.counted, spans.count)]), last: last)
      for tally in try count(plans, frame) {
        try body(tally.span, maker.figures(of: tally) { _ in tally.span.first })
      }
    }
  }

  /// Runs the plans' statements for some cooperations.
  ///
  /// - Parameters:
  ///   - plans: what is counted.
  ///   - frame: the cooperations and their quarters.
  ///   - since: the first quarter an indicator is asked of a cooperation, by their places; `nil` asks for every
  ///     quarter. Rows too old to be in a window of it are not read.
  /// - Returns: what was counted, in the order of the frame.
  /// - Throws: `TooLarge` or the database's error.
  func count(
    _ plans: CountPlans, _ frame: CountFrame, since: ((_ indicator: Int, _ span: Span) -> Quarter?)? = nil
  ) throws -> [Tally] {
    var tallies = frame.spans.map { Tally($0, length: $0.origin.distance(to: frame.last) + 1) }
    for (index, plan) in plans.plans.enumerated() {
      let firsts = since.map { since in
        frame.spans.map { span in
          plans.askers[index].compactMap { since($0, span) }.min() ?? span.first
        }
      }
      try connection.stream(plan.statement(frame, since: firsts)) { row in
        let place: Int = try row.decode(at: 0)
        try tallies[place - 1].take(row, of: plan, at: index, words: frame.words)
      }
    }
    for index in tallies.indices { tallies[index].close() }
    return tallies
  }
}
