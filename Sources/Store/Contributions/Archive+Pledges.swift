public import Impact
internal import Postgres

extension Archive {
  /// What the partners of a cooperation promised and delivered, quarter by quarter.
  ///
  /// - Parameters:
  ///   - cooperation: the cooperation's name in data.
  ///   - quarters: the quarters asked for.
  ///   - batch: the facts are read as of this batch.
  /// - Returns: one pledge for each organisation, kind, unit and quarter something is known of, in order of
  ///   quarter, organisation, kind and unit.
  /// - Throws: the database's error.
  public func pledges(of cooperation: String, in quarters: ClosedRange<Quarter>, asOf batch: Int) throws
    -> [Pledge]
  {
    try connection.transaction {
      try connection.execute("SELECT set_config('jvs.as_of', \(String(batch)), true)")
      return try pledges(in: quarters, where: "cooperation_id = \(cooperation)")
    }
  }

  /// What partners promised and delivered in some quarters, of the cooperations `condition` keeps; read as of
  /// the batch in force.
  func pledges(in quarters: ClosedRange<Quarter>, where condition: SQL = "true") throws -> [Pledge] {
    try connection.execute(
      """
      SELECT cooperation_id, to_char(quarter, 'YYYY"T"Q'), organisation, kind, unit, coalesce(deliveries, 0),
        promised::float8, promised_eur::float8, promised_people, promised_methods,
        delivered::float8, delivered_eur::float8, delivered_people, delivered_methods,
        delivered_capped_eur::float8, delivered_market_eur::float8
      FROM measure.pledges
      WHERE \(fragment: condition)
        AND quarter BETWEEN \(quarters.lowerBound.start.description)::date
          AND \(quarters.upperBound.end.description)::date
      ORDER BY cooperation_id, quarter, organisation, kind, unit
      """
    ).map { row in
      let name: String = try row.decode(at: 1)
      guard let quarter = Quarter(name) else { throw Corrupt(what: "pledge of \(name)") }
      func side(at column: Int, capped: Double?, market: Double?) throws -> Pledge.Side? {
        let quantity: Double? = try row.decode(at: column)
        guard let quantity else { return nil }
        return Pledge.Side(
          quantity: quantity, valueInEuros: try row.decode(at: column + 1), cappedValueInEuros: capped,
          marketValueInEuros: market, people: try row.decode(at: column + 2),
          methods: try row.decode(at: column + 3))
      }
      return Pledge(
        cooperation: try row.decode(at: 0), organisation: try row.decode(at: 2), kind: try row.decode(at: 3),
        unit: try row.decode(at: 4), quarter: quarter,
        promised: try side(at: 6, capped: nil, market: nil),
        delivered: try side(at: 10, capped: row.decode(at: 14), market: row.decode(at: 15)),
        deliveries: try row.decode(at: 5))
    }
  }

  /// The name an organisation bore on a day: its dated name of then, else the one it is known by.
  ///
  /// - Parameters:
  ///   - organisation: its name in data.
  ///   - cooperation: the cooperation that knows it.
  ///   - day: the day.
  ///   - batch: the facts are read as of this batch.
  /// - Returns: the name; `nil` when the cooperation knows no such organisation.
  /// - Throws: the database's error.
  public func name(of organisation: String, in cooperation: String, on day: Day, asOf batch: Int) throws
    -> String?
  {
    try connection.transaction {
      try connection.execute("SELECT set_config('jvs.as_of', \(String(batch)), true)")
      return try connection.execute(
        "SELECT measure.name_of(\(cooperation), \(organisation), \(day.description)::date)")[0].decode()
    }
  }
}
