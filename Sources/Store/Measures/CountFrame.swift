internal import Impact
internal import Postgres

/// The quarters of one cooperation: from its first month of activity to the quarter reported, or its own end.
///
/// One that never sent activity begins with its own first quarter: every figure of it then says why it has no value, where
/// there would otherwise be nothing to read.
struct Span {
  var cooperation: String
  /// Its kind of structure.
  var kind: String
  /// Its own form.
  var form: String
  var first: Quarter
  /// The last quarter it is reported for.
  var last: Quarter
  /// Quarters somebody sent activity for.
  var delivered: Set<Quarter>
  /// The tables somebody sent, and from when on no row of them means none.
  var sent: Sent
  /// The cooperation's own first day.
  var started: Day
  /// The cooperation's own last day, if it has one.
  var ended: Day?

  /// The quarters up to a last one; `nil` when there are none, as of a cooperation that begins later.
  init?(
    cooperation: String, kind: String, form: String, started: Day, ended: Day?, delivered: Set<Quarter>,
    upTo last: Quarter, sent: (_ first: Quarter) -> Sent = { _ in .everything }
  ) {
    let end = min(ended.map(Quarter.init(containing:)) ?? last, last)
    let first = delivered.min() ?? Quarter(containing: started)
    guard first <= end else { return nil }
    self.cooperation = cooperation
    self.kind = kind
    self.form = form
    self.started = started
    self.ended = ended
    self.delivered = delivered
    self.sent = sent(first)
    self.first = first
    self.last = end
  }

  /// The quarters reported.
  var quarters: ClosedRange<Int> { first.index...max(first.index, last.index) }
}

/// The cooperations counted by one statement, and the quarters it counts of each.
struct CountFrame {
  /// The last quarter of all.
  let last: Quarter
  /// The cooperations' names.
  let cooperations: [String]
  /// Of each cooperation the quarter that stands for itself and everything before: place 0 of each series.
  let origins: [Quarter]

  /// Cooperations of which windows are asked for from some quarters on.
  ///
  /// - Parameters:
  ///   - spans: the cooperations.
  ///   - since: the first quarter asked of each; `nil` asks for all of its quarters.
  ///   - last: the last quarter.
  ///   - reach: quarters a window may reach back before the quarter it is reported for.
  init(_ spans: some Sequence<Span>, since: [Quarter]? = nil, upTo last: Quarter, reach: Int) {
    self.last = last
    cooperations = spans.map(\.cooperation)
    origins = (since ?? spans.map(\.first)).map { $0.advanced(by: -reach - 1) }
  }

  private var earliest: Quarter { origins.min() ?? last }

  /// Place of each cooperation's first quarter among the quarters of `starts`.
  var offsets: [Int] { origins.map { earliest.distance(to: $0) } }
  /// Of each cooperation the first day a window may ask for.
  var oldest: [String] { origins.map { $0.next.start.description } }
  /// First days of the quarters after the earliest, and of the one after the last.
  var starts: [String] {
    (earliest.index..<last.index + 1).map { Quarter(index: $0 + 1).start.description }
  }
  /// The last day of all.
  var end: Day { last.end }
  /// Quarters of the longest series.
  var length: Int { earliest.distance(to: last) + 1 }
  /// Words a set of quarters takes.
  var words: Int { max(1, (length + CountPlan.wordBits - 1) / CountPlan.wordBits) }
}

extension Archive {
  /// The cooperations known as of the batch, in order of name, with their quarters.
  ///
  /// - Parameters:
  ///   - names: only these; all when `nil`.
  ///   - last: the last quarter reported.
  /// - Returns: their quarters.
  /// - Throws: the database's error.
  func spans(of names: [String]? = nil, upTo last: Quarter) throws -> [Span] {
    let rows = try connection.execute(
      """
      SELECT c.cooperation_id, c.kind, c.form, c.started_on::text, c.ended_on::text, a.months
      FROM as_of.cooperation c
      CROSS JOIN LATERAL (
        SELECT array_agg(m.month::text) AS months FROM (
          SELECT DISTINCT month FROM as_of.monthly_activity a WHERE a.cooperation_id = c.cooperation_id) m) a
      WHERE \(names == nil) OR c.cooperation_id = ANY (\(names ?? [])::text[])
      ORDER BY c.cooperation_id
      """)
    let receptions = try receptions(of: rows.map { try $0.decode(at: 0) })
    return try rows.compactMap { row in
      let (name, kind, form, begun, ended, months) = try row.decode(
        (String, String, String, String, String?, [String]?).self)
      guard let started = Day(begun) else { throw Corrupt(what: "first day of \(name)") }
      let delivered = Set((months ?? []).compactMap { Day($0).map(Quarter.init(containing:)) })
      return Span(
        cooperation: name, kind: kind, form: form, started: started, ended: ended.flatMap { Day($0) },
        delivered: delivered,
        upTo: last
      ) { Sent(receptions[name] ?? [:], from: $0) }
    }
  }
}
