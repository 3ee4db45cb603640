public import Impact
internal import Postgres

extension Archive {
  /// Keeps the figures of an edition as its audience was given them, for funders' own logins to read.
  ///
  /// Once kept they never change: an edition of the same release with other masks would give away, by
  /// comparison, what one of the two hides.
  ///
  /// - Parameter edition: what was published, after masking; not the internal one.
  /// - Returns: whether what is kept says what the edition says; `false` when the audience was given the same
  ///   release with other figures before, which are then the ones kept.
  /// - Throws: the database's error; then nothing is kept.
  public func keepPublished(_ edition: Edition) throws -> Bool {
    let columns = [
      "cooperation_id", "release_id", "audience", "indicator", "indicator_version", "quarter", "part_field",
      "part_value", "value", "numerator", "denominator", "n", "low", "high", "absence", "status", "followed",
      "due", "observed",
    ]
    return try connection.transaction {
      let stage = try stage("published", columns) { rows in
        for figure in edition.figures.all {
          let (key, value) = (figure.key, figure.value)
          try rows.row(
            key.cooperation, edition.release.id, edition.audience.id, key.indicator, figure.indicatorVersion,
            key.quarter.description, key.part?.field ?? "", key.part?.value ?? "", value?.number,
            value?.numerator, value?.denominator, value?.count, value?.interval?.low, value?.interval?.high,
            figure.absence?.rawValue, figure.status.rawValue, figure.maturity?.followed,
            figure.maturity?.due, figure.maturity?.observed)
        }
      }
      let list = columns.map { "\(identifier: $0)" as SQL }.joined()
      let kept: SQL =
        """
        SELECT \(fragment: list) FROM figure.published
        WHERE release_id = \(edition.release.id) AND audience = \(edition.audience.id)
        """
      let given: SQL = "SELECT \(fragment: list) FROM \(fragment: stage)"
      try connection.execute(
        """
        INSERT INTO figure.published (\(fragment: list))
        \(fragment: given) WHERE NOT EXISTS (\(fragment: kept)) ON CONFLICT DO NOTHING
        """)
      return try connection.execute(
        """
        SELECT NOT EXISTS ((\(fragment: kept) EXCEPT \(fragment: given))
          UNION ALL (\(fragment: given) EXCEPT \(fragment: kept)))
        """)[0].decode()
    }
  }
}
