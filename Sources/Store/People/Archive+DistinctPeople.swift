public import Impact
internal import Postgres

extension Archive {
  /// How many people a portfolio served, each once, beside what its parts add up to.
  public struct DistinctPeople: Hashable, Sendable {
    /// People served by at least one of the cooperations.
    public var total: Int
    /// People served by each, in order of name.
    public var parts: [(cooperation: String, people: Int)]
    /// Participants whose surrogate is not known: each counts as a person of their own.
    public var unlinked: Int

    /// What the parts add up to: people served twice are in it twice.
    public var sumOfParts: Int { parts.reduce(0) { $0 + $1.people } }
    /// How many of the sum are people already counted elsewhere.
    public var countedTwice: Int { sumOfParts - total }

    /// Equal when every count is.
    public static func == (left: DistinctPeople, right: DistinctPeople) -> Bool {
      left.total == right.total && left.unlinked == right.unlinked
        && left.parts.elementsEqual(right.parts) {
          $0.cooperation == $1.cooperation && $0.people == $1.people
        }
    }

    /// Hashes the total and the sum.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(total)
      hasher.combine(sumOfParts)
    }
  }

  /// The people who worked at least an hour in a quarter, over several cooperations.
  ///
  /// - Parameters:
  ///   - cooperations: the cooperations; all of them when `nil`.
  ///   - quarter: the quarter.
  ///   - batch: what was known; the last batch when `nil`.
  /// - Returns: the total, each person once, and the parts.
  /// - Throws: the database's error.
  public func distinctPeople(
    across cooperations: [String]? = nil, in quarter: Quarter, asOf batch: Int? = nil
  ) throws -> DistinctPeople {
    try connection.transaction {
      try read(asOf: batch ?? lastBatch(), cut: ReleaseCalendar.cut(of: quarter).description)
      let rows = try connection.execute(
        """
        SELECT CASE WHEN grouping(a.cooperation_id) = 0 THEN a.cooperation_id END, count(DISTINCT a.person),
          count(DISTINCT a.person) FILTER (WHERE a.person = a.cooperation_id || '/' || a.participant)
        FROM measure.activity a
        WHERE a.month BETWEEN \(quarter.start.description)::date AND \(quarter.end.description)::date
          AND a.hours_worked >= 1
          AND (\(cooperations == nil) OR a.cooperation_id = ANY (\(cooperations ?? [])::text[]))
        GROUP BY GROUPING SETS ((a.cooperation_id), ()) ORDER BY 1 NULLS LAST
        """)
      var people = DistinctPeople(total: 0, parts: [], unlinked: 0)
      for row in rows {
        let (cooperation, count, unlinked) = try row.decode((String?, Int, Int).self)
        if let cooperation {
          people.parts.append((cooperation, count))
        } else {
          (people.total, people.unlinked) = (count, unlinked)
        }
      }
      return people
    }
  }
}
