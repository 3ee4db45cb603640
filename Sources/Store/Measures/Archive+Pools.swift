internal import Impact
internal import Postgres

extension Archive {
  /// The rows of several cooperations together, for each indicator whose figures do not tell the portfolio's.
  ///
  /// Only of cooperations that have a value among `figures`, so that nothing is made from one that is masked. The database
  /// adds the rows up by their days: none of them comes out of it. Reads as of the batch and cut that were set.
  ///
  /// - Parameters:
  ///   - catalogue: the definitions.
  ///   - quarter: the quarter.
  ///   - figures: the figures as their reader sees them.
  ///   - least: the least number of cooperations that are pooled.
  /// - Returns: the rows by indicator; none for one that fewer cooperations have.
  /// - Throws: `UnknownEntity` or the database's error.
  func pools(
    of catalogue: Catalogue, in quarter: Quarter, _ figures: FigureTable, fromCooperations least: Int
  ) throws -> [String: PortfolioFigure.Pool] {
    let pooled = catalogue.indicators.filter(\.portfolioMethod.isOfRows)
    let shown = figures.all.filter { figure in
      figure.key.part == nil && figure.key.quarter == quarter && figure.value != nil
    }
    let names = Dictionary(grouping: shown, by: \.key.indicator).mapValues { $0.map(\.key.cooperation) }
    var found: [String: PortfolioFigure.Pool] = [:]
    for indicator in pooled {
      guard let own = names[indicator.id], own.count >= least else { continue }
      found[indicator.id] = PortfolioFigure.Pool(
        of: own, try pooledRows(of: indicator, in: catalogue, quarter, own))
    }
    return found
  }

  private func pooledRows(
    of indicator: Indicator, in catalogue: Catalogue, _ quarter: Quarter, _ cooperations: [String]
  ) throws -> PortfolioFigure.Pool.Rows {
    func rows(_ term: Term, days: (SQL) -> SQL, _ counts: [SQL]) throws -> Rows {
      guard let entity = catalogue.vocabulary.entity(term.entity) else {
        throw UnknownEntity(name: term.entity)
      }
      let last = indicator.windowEnd(reportedFor: quarter)
      let date: SQL = "r.\(identifier: entity.date)"
      let field: SQL = "r.\(identifier: term.field ?? entity.date)"
      let start: SQL =
        indicator.window.start(endingWith: last).map {
          "AND \(fragment: date) >= \($0.description)::date"
        } ?? ""
      let names = counts.indices.map { "n\($0)" }
      let columns = zip(counts, names).map { "\(fragment: $0) AS \(identifier: $1)" as SQL }
      let sums = names.map { "sum(c.\(identifier: $0))::bigint" as SQL }
      // One cooperation after another: a view then reads no other's rows.
      return try connection.execute(
        """
        SELECT c.days, \(fragment: sums.joined())
        FROM unnest(\(cooperations)::text[]) AS p(cooperation_id) CROSS JOIN LATERAL (
          SELECT \(fragment: days(field)) AS days, \(fragment: columns.joined())
          FROM (
            SELECT r.*, current_setting('jvs.cut')::date - \(fragment: date) AS could_be
            FROM measure.\(identifier: entity.name) r
            WHERE r.cooperation_id = p.cooperation_id AND \(fragment: date) <= \(last.end.description)::date \(fragment: start)
            OFFSET 0) r
          WHERE \(fragment: field) IS NOT NULL AND \(fragment: Archive.judged(term, quarter)) GROUP BY 1) c
        GROUP BY 1 ORDER BY 1
        """)
    }
    switch indicator.measure {
    case .incidence(let incidence):
      let (terms, horizon) = (incidence.terms, SQL(trusted: "\(incidence.days)"))
      func these(_ place: Int) -> SQL {
        place < terms.count ? Archive.judged(terms[place], quarter) : "false"
      }
      let (event, ended, lost) = (these(0), these(2), these(3))
      let length: SQL = "floor(r.\(identifier: incidence.cohort.field ?? "days"))"
      let found = try rows(
        incidence.cohort,
        // Beyond the horizon days are no longer told apart.
        days: { "least(greatest(floor(\(fragment: $0)), 0), \(fragment: horizon) + 1)::int" },
        [
          "count(*)", "count(*) FILTER (WHERE \(fragment: ended))",
          "count(*) FILTER (WHERE \(fragment: event))",
          "count(*) FILTER (WHERE r.could_be >= \(fragment: horizon))",
          """
          count(*) FILTER (WHERE r.could_be >= \(fragment: horizon) AND \(fragment: length) <= \(fragment: horizon)
            AND (\(fragment: lost) OR \(fragment: length) < \(fragment: horizon) AND (\(fragment: ended)) IS NOT TRUE))
          """,
        ])
      return .lives(
        LifeTable(
          try found.map { row in
            let (days, people, ended, events, due, missing) = try row.decode(
              (Int, Int, Int, Int, Int, Int).self)
            return LifeTable.Row(
              days: days, events: events, others: ended - events, censored: people - ended, due: due,
              observed: due - missing)
          }))
    default:
      guard let term = indicator.measure.terms.first else { return .values([]) }
      return .values(
        try rows(term, days: { "\(fragment: $0)::float8" }, ["count(*)"]).map { row in
          let (days, count) = try row.decode((Double, Int).self)
          return PortfolioFigure.Pool.Value(days, count: count)
        })
    }
  }

  /// All the conditions of a term on a row `r`, for a quarter.
  private static func judged(_ term: Term, _ quarter: Quarter) -> SQL {
    guard !term.conditions.isEmpty else { return "true" }
    let ends: SQL = "\(quarter.end.description)::date"
    return term.conditions.map { "(\(fragment: $0.judgement(quarterEnd: ends)))" as SQL }
      .joined(separator: " AND ")
  }
}
