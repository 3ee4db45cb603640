internal import Impact
internal import Postgres

extension Archive {
  /// Makes the social returns of some cooperations anew, from their working figures and the contributions as of the
  /// batch that was set.
  ///
  /// - Parameters:
  ///   - spans: the cooperations whose figures, contributions or model may have moved.
  ///   - catalogue: the definitions; without a model of social return there are no returns.
  ///   - last: the last quarter reported.
  /// - Throws: the database's error.
  func renewReturns(of spans: [Span], _ catalogue: Catalogue, upTo last: Quarter) throws {
    let size = 50
    for start in stride(from: 0, to: spans.count, by: size) {
      let some = Array(spans[start..<min(start + size, spans.count)])
      let names = some.map(\.cooperation)
      for table in Archive.returnTables {
        try connection.execute(
          """
          DELETE FROM figure.\(identifier: table.name)
          WHERE release_id = \(Archive.working) AND cooperation_id = ANY (\(names)::text[])
          """)
      }
      guard let model = catalogue.socialReturn else { continue }
      let figures = FigureTable(
        try workingFigures(of: names, model.inputs + model.counted.map(\.quantity)))
      let contributions = try valuedContributions(of: names)
      let returns = some.flatMap { span in
        YearReturn.all(
          model, catalogue: catalogue, cooperation: span.cooperation,
          quarters: span.quarters.map(Quarter.init(index:)), hasEnded: span.last < last,
          contributions: contributions[span.cooperation] ?? [:], figures: figures)
      }
      try keep(returns, as: Archive.working)
    }
  }

  /// The working figures of quantities: the whole of each, and the parts of the field it is counted by.
  private func workingFigures(of cooperations: [String], _ quantities: [SocialReturnModel.Quantity]) throws
    -> [Figure]
  {
    let fields = quantities.flatMap { [($0.indicator, ""), ($0.indicator, $0.part?.field ?? "")] }
    // The indicators are named twice so that they are looked up by key, whatever the planner knows of figures just made.
    return try connection.execute(
      """
      SELECT \(fragment: Archive.figureColumns) FROM figure.figure f
      WHERE release_id = \(Archive.working) AND cooperation_id = ANY (\(cooperations)::text[])
        AND indicator = ANY (\(Array(Set(fields.map(\.0))))::text[])
        AND (indicator, part_field) IN (
          SELECT * FROM unnest(\(fields.map(\.0))::text[], \(fields.map(\.1))::text[]))
      """
    ).map(Archive.figure)
  }

  /// Euros delivered, by cooperation, year, partner and kind, with the number of deliveries nobody valued.
  ///
  /// Sponsored time counts at cost, whatever its ceiling.
  private func valuedContributions(of cooperations: [String]) throws -> [String: [Int: [YearReturn.Input]]] {
    let rows = try connection.execute(
      """
      SELECT cooperation_id, extract(year FROM delivered_on)::int, organisation, kind,
        coalesce(sum(value_eur), 0)::float8, count(*) FILTER (WHERE value_eur IS NULL)
      FROM as_of.contribution WHERE cooperation_id = ANY (\(cooperations)::text[])
      GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
      """)
    var found: [String: [Int: [YearReturn.Input]]] = [:]
    for row in rows {
      let (cooperation, year, organisation, kind, value, unvalued) = try row.decode(
        (String, Int, String, String, Double, Int).self)
      found[cooperation, default: [:]][year, default: []].append(
        YearReturn.Input(name: kind, organisation: organisation, value: value, unvalued: unvalued))
    }
    return found
  }

  /// Tables of social returns and their columns.
  static let returnTables: [(name: String, columns: [String])] = [
    (
      "social_return",
      [
        "cooperation_id", "release_id", "year", "ratio", "corner_low", "corner_high", "low", "high", "median",
        "share_above_one", "draws", "seed", "absence",
      ]
    ),
    (
      "social_return_input",
      [
        "cooperation_id", "release_id", "year", "name", "organisation", "ordinal", "value", "absence",
        "unvalued",
      ]
    ),
    (
      "social_return_outcome",
      [
        "cooperation_id", "release_id", "year", "outcome", "ordinal", "quantity", "absence", "impact",
        "present_value",
      ]
    ),
  ]

  /// Keeps the working returns in a release being made, the last whole year of each cooperation with its interval.
  ///
  /// The draws are made once a release, since they cost more than all the rest.
  func freezeReturns(into release: String, _ model: SocialReturnModel?) throws {
    let working = try yearReturns(in: Archive.working)
    let last = Dictionary(
      working.filter(\.isWhole).map { ($0.cooperation, $0.year) }, uniquingKeysWith: max)
    try keep(
      working.map { one in
        guard let model, last[one.cooperation] == one.year else { return one }
        return one.drawn(model)
      }, as: release)
  }

  private func keep(_ returns: [YearReturn], as release: String) throws {
    guard !returns.isEmpty else { return }
    for table in Archive.returnTables {
      let list = table.columns.map { "\(identifier: $0)" as SQL }.joined()
      let stage = try stage(table.name, table.columns) { rows in
        for one in returns { try one.write(to: table.name, as: release, &rows) }
      }
      try connection.execute(
        """
        INSERT INTO figure.\(identifier: table.name) (\(fragment: list))
        SELECT \(fragment: list) FROM \(fragment: stage)
        """)
      // The same table may be staged again in this transaction.
      try connection.execute("DROP TABLE \(fragment: stage)")
    }
  }

  /// Whether a release's returns say what the working ones say; intervals follow from the rest.
  func workingReturns(equal release: String) throws -> Bool {
    let drawn = ["release_id", "low", "high", "median", "share_above_one", "draws", "seed"]
    return try Archive.returnTables.allSatisfy { table in
      let rest = table.columns.filter { !drawn.contains($0) }.map { "\(identifier: $0)" as SQL }.joined()
      func rows(_ name: String) -> SQL {
        "SELECT \(fragment: rest) FROM figure.\(identifier: table.name) WHERE release_id = \(name)"
      }
      let (here, there) = (rows(Archive.working), rows(release))
      return try connection.execute(
        """
        SELECT NOT EXISTS ((\(fragment: here) EXCEPT \(fragment: there))
          UNION ALL (\(fragment: there) EXCEPT \(fragment: here)))
        """)[0].decode()
    }
  }
}

extension YearReturn {
  /// Writes its rows of one of the three tables.
  fileprivate func write(to table: String, as release: String, _ rows: inout CopyWriter) throws {
    switch table {
    case "social_return":
      let drawn = result?.uncertainty
      try rows.row(
        cooperation, release, year, result?.ratio, result?.corners.low, result?.corners.high,
        drawn?.interval.low, drawn?.interval.high, drawn?.median, drawn?.shareAboveOne, drawn?.draws,
        drawn.map { Int(bitPattern: UInt($0.seed)) }, absence?.rawValue)
    case "social_return_input":
      for (ordinal, input) in inputs.enumerated() {
        try rows.row(
          cooperation, release, year, input.name, input.organisation ?? "", ordinal, input.value,
          input.absence?.rawValue, input.unvalued)
      }
    default:
      for (ordinal, outcome) in outcomes.enumerated() {
        try rows.row(
          cooperation, release, year, outcome.id, ordinal, outcome.quantity,
          outcome.absence?.rawValue, outcome.impact, outcome.presentValue)
      }
    }
  }
}
