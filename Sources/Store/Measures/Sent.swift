internal import Impact
internal import Postgres

/// The tables a cooperation has sent, and the quarter from which no row of each means that none happened.
///
/// A table speaks once a file of it was received, be it an empty one. One that came with the first hours, or before, speaks of
/// every quarter; one that came in a later quarter speaks from the quarter before on, since a file is about what has passed:
/// nobody knows what it would have held of earlier ones.
struct Sent: Hashable {
  /// The table whose rows say which quarters are delivered.
  private static let hours = "monthly_activity"

  /// By table, the first quarter it speaks of; `nil` when every table speaks of every quarter.
  private var since: [String: Quarter]?

  /// Every table, of every quarter.
  static let everything = Sent(since: nil)

  private init(since: [String: Quarter]?) { self.since = since }

  /// What a cooperation has sent.
  ///
  /// - Parameters:
  ///   - receptions: the first day each table was received; one without a day is not held against what it says.
  ///   - first: the cooperation's first quarter.
  init(_ receptions: [String: Day?], from first: Quarter) {
    let start = (receptions[Self.hours] ?? nil).map(Quarter.init(containing:))
    since = receptions.mapValues { day in
      guard let quarter = day.map(Quarter.init(containing:)), let start, quarter > start else { return first }
      return max(first, quarter.advanced(by: -1))
    }
  }

  /// What was kept of it.
  init?(_ texts: [String]) {
    var since: [String: Quarter] = [:]
    for text in texts {
      let words = text.split(separator: " ")
      guard words.count == 2, let quarter = Quarter(String(words[1])) else { return nil }
      since[String(words[0])] = quarter
    }
    self.since = since
  }

  /// As it is kept: each table with its quarter, in order of table.
  var texts: [String] { (since ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" } }

  /// The tables that speak otherwise than before.
  func tables(differingFrom other: Sent) -> Set<String> {
    let (own, others) = (since ?? [:], other.since ?? [:])
    return Set(own.keys).union(others.keys).filter { own[$0] != others[$0] }
  }

  /// Whether no row of what these tables tell means none, from a quarter on.
  func tells(_ tables: [String], since quarter: Quarter) -> Bool {
    guard let since else { return true }
    return tables.allSatisfy { table in since[table].map { $0 <= quarter } ?? false }
  }
}

extension Span {
  /// The terms of an indicator, by place, of which no row says nothing for a quarter: a file that would tell of them had not
  /// been sent for all of the window.
  ///
  /// - Parameters:
  ///   - indicator: the definition.
  ///   - told: for each of its terms, the files that tell of its rows.
  ///   - quarter: the quarter reported.
  /// - Returns: the places of those terms.
  func unsent(_ indicator: Indicator, _ told: [[String]], at quarter: Quarter) -> Set<Int> {
    let end = indicator.windowEnd(reportedFor: quarter)
    let isStock = if case .stock = indicator.measure { true } else { false }
    let start =
      isStock
      ? end
      : indicator.reportingWindow.start(endingWith: end).map(Quarter.init(containing:)) ?? first
    return Set(told.indices.filter { !sent.tells(told[$0], since: max(first, start)) })
  }
}

extension Vocabulary {
  /// For each term of an indicator, the files that tell of its rows.
  func told(_ indicator: Indicator) -> [[String]] {
    indicator.measure.terms.map { entity($0.entity)?.toldIn ?? [] }
  }
}

extension Archive {
  /// The first day each table of some cooperations was received, as of the batch.
  ///
  /// - Parameter names: the cooperations.
  /// - Returns: by cooperation and table, the day; `nil` where a file of it has none.
  /// - Throws: the database's error.
  func receptions(of names: [String]) throws -> [String: [String: Day?]] {
    var found: [String: [String: Day?]] = [:]
    for row in try connection.execute(
      """
      SELECT cooperation_id, entity, CASE WHEN bool_and(received_on IS NOT NULL) THEN min(received_on) END::text
      FROM ops.import
      WHERE cooperation_id = ANY (\(names)::text[]) AND batch <= current_setting('jvs.as_of')::bigint
      GROUP BY 1, 2
      """)
    {
      let (cooperation, table, day) = try row.decode((String, String, String?).self)
      found[cooperation, default: [:]].updateValue(day.flatMap { Day($0) }, forKey: table)
    }
    return found
  }
}
