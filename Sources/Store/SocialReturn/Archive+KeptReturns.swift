public import Impact
internal import Postgres

extension Archive {
  /// The social returns kept under a release's name, by cooperation and year, as they were computed.
  ///
  /// - Parameter release: the release, or ``working``.
  /// - Returns: the returns; none when the release was made without a model of social return.
  /// - Throws: the database's error.
  public func yearReturns(in release: String) throws -> [YearReturn] {
    struct Place: Hashable {
      var cooperation: String
      var year: Int
    }
    var inputs: [Place: [YearReturn.Input]] = [:]
    for row in try connection.execute(
      """
      SELECT cooperation_id, year, name, nullif(organisation, ''), value, absence, unvalued
      FROM figure.social_return_input WHERE release_id = \(release) ORDER BY cooperation_id, year, ordinal
      """)
    {
      let (cooperation, year, name, organisation, value, absence, unvalued) = try row.decode(
        (String, Int, String, String?, Double?, String?, Int).self)
      inputs[Place(cooperation: cooperation, year: year), default: []].append(
        YearReturn.Input(
          name: name, organisation: organisation, value: value, absence: try Archive.absence(absence),
          unvalued: unvalued))
    }
    var outcomes: [Place: [YearReturn.Outcome]] = [:]
    for row in try connection.execute(
      """
      SELECT cooperation_id, year, outcome, quantity, absence, impact, present_value
      FROM figure.social_return_outcome WHERE release_id = \(release) ORDER BY cooperation_id, year, ordinal
      """)
    {
      let (cooperation, year, id, quantity, absence, impact, presentValue) = try row.decode(
        (String, Int, String, Double?, String?, Double?, Double?).self)
      outcomes[Place(cooperation: cooperation, year: year), default: []].append(
        YearReturn.Outcome(
          id: id, quantity: quantity, absence: try Archive.absence(absence), impact: impact,
          presentValue: presentValue))
    }
    return try connection.execute(
      """
      SELECT cooperation_id, year, ratio, corner_low, corner_high, absence, low, high, median, share_above_one,
        draws, seed
      FROM figure.social_return WHERE release_id = \(release) ORDER BY cooperation_id, year
      """
    ).map { row in
      let (cooperation, year, ratio, low, high, reason) = try (
        row.decode(String.self, at: 0), row.decode(Int.self, at: 1), row.decode(Double?.self, at: 2),
        row.decode(Double?.self, at: 3), row.decode(Double?.self, at: 4), row.decode(String?.self, at: 5)
      )
      let absence = try reason.map { text in
        guard let found = YearReturn.Absence(rawValue: text) else { throw Corrupt(what: "reason “\(text)”") }
        return found
      }
      var result: YearReturn.Result?
      if let ratio, let low, let high {
        result = YearReturn.Result(
          ratio: ratio, corners: Interval(low: low, high: high), uncertainty: try Archive.uncertainty(row))
      }
      let place = Place(cooperation: cooperation, year: year)
      return YearReturn(
        cooperation: cooperation, year: year, inputs: inputs[place] ?? [], outcomes: outcomes[place] ?? [],
        result: result, absence: absence)
    }
  }

  private static func absence(_ text: String?) throws -> Figure.Absence? {
    try text.map { text in
      guard let absence = Figure.Absence(rawValue: text) else { throw Corrupt(what: "absence “\(text)”") }
      return absence
    }
  }

  private static func uncertainty(_ row: Row) throws -> ImpactMap.Uncertainty? {
    let low: Double? = try row.decode(at: 6)
    guard let low else { return nil }
    let seed: Int = try row.decode(at: 11)
    return ImpactMap.Uncertainty(
      interval: Interval(low: low, high: try row.decode(at: 7)), median: try row.decode(at: 8),
      shareAboveOne: try row.decode(at: 9), draws: try row.decode(at: 10),
      seed: UInt64(UInt(bitPattern: seed)))
  }
}
