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
      let rows = try connection.execute(
        """
        SELECT to_char(quarter, 'YYYY"T"Q'), organisation, kind, unit, promised::float8, promised_eur::float8,
          delivered::float8, delivered_eur::float8, coalesce(deliveries, 0)
        FROM measure.pledges
        WHERE cooperation_id = \(cooperation)
          AND quarter BETWEEN \(quarters.lowerBound.start.description)::date
            AND \(quarters.upperBound.end.description)::date
        ORDER BY quarter, organisation, kind, unit
        """)
      return try rows.map { row in
        let (name, organisation, kind, unit, promised, promisedValue, delivered, deliveredValue, deliveries) =
          try row.decode((String, String, String, String, Double?, Double?, Double?, Double?, Int).self)
        guard let quarter = Quarter(name) else { throw Corrupt(what: "pledge of \(name)") }
        return Pledge(
          organisation: organisation, kind: kind, unit: unit, quarter: quarter,
          promised: promised.map { Pledge.Side(quantity: $0, valueInEuros: promisedValue) },
          delivered: delivered.map { Pledge.Side(quantity: $0, valueInEuros: deliveredValue) },
          deliveries: deliveries)
      }
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
