internal import Impact
internal import Postgres

extension Archive {
  /// The indicators that can be counted month by month, from each cooperation's first month of activity to the end of its
  /// last quarter, or to its own end.
  ///
  /// One statement an entity counts every term of every month. A month is judged by the rules of a quarter: nothing in a
  /// month that was delivered is zero where the definition says so, in one that was not it is unknown. Reads as of the
  /// batch and cut that were set.
  ///
  /// - Parameters:
  ///   - catalogue: the definitions.
  ///   - profiles: the cooperations.
  /// - Returns: a series for each indicator that applies and has a value, by cooperation and indicator.
  /// - Throws: the database's error.
  func months(of catalogue: Catalogue, _ profiles: [CooperationProfile]) throws -> [MonthlySeries] {
    let indicators = catalogue.indicators.filter(\.isCountedByMonth)
    let names = profiles.map(\.id)
    let last = profiles.map(\.quarters.upperBound.end).max()
    guard !indicators.isEmpty, let last else { return [] }
    var counted: [String: [Day: [Term: TermTotal]]] = [:]
    for (entity, terms) in MonthScan.terms(of: indicators) {
      guard let known = catalogue.vocabulary.entity(entity) else { throw UnknownEntity(name: entity) }
      let statement = MonthScan.statement(terms, of: known, cooperations: names, until: last)
      for row in try connection.execute(statement) {
        let cooperation: String = try row.decode(at: 0)
        let monthText: String = try row.decode(at: 1)
        let rows: Int = try row.decode(at: 2)
        guard let month = Day(monthText) else { throw Corrupt(what: "month of \(cooperation)") }
        for (index, term) in terms.enumerated() {
          let column = 3 + 5 * index
          counted[cooperation, default: [:]][month, default: [:]][term] = TermTotal(
            total: try row.decode(at: column), rows: rows, matching: try row.decode(at: column + 1),
            open: try row.decode(at: column + 2), known: try row.decode(at: column + 3),
            squares: try row.decode(at: column + 4))
        }
      }
    }
    let delivered = try deliveredMonths(of: names)
    let receptions = try receptions(of: names)
    return profiles.flatMap { profile -> [MonthlySeries] in
      guard let own = delivered[profile.id], let first = own.min() else { return [] }
      let end = min(profile.quarters.upperBound.end, profile.endedOn ?? profile.quarters.upperBound.end)
      let months = Array(sequence(first: first) { $0.adding(months: 1) }.prefix { $0 <= end })
      let sent = Sent(receptions[profile.id] ?? [:], from: Quarter(containing: first))
      return indicators.compactMap { indicator in
        let told = catalogue.vocabulary.told(indicator)
        guard indicator.applies(toKind: profile.kind, form: profile.form.rawValue) else { return nil }
        let series = MonthlySeries(
          indicator: indicator.id, cooperation: profile.id,
          months: months.map { month in
            let totals = indicator.measure.terms.map { term in
              counted[profile.id]?[month]?[term] ?? TermTotal(total: nil, rows: 0, matching: 0)
            }
            let unsent = told.indices.filter { !sent.tells(told[$0], since: Quarter(containing: month)) }
            return MonthlySeries.Month(
              start: month,
              content: Figure.assembled(
                indicator, totals: totals, isDelivered: own.contains(month), unsent: Set(unsent),
                appliesHere: true, shortfall: nil
              ).content)
          })
        return series.months.contains { $0.value != nil } ? series : nil
      }
    }
  }

  /// The months in which each cooperation sent activity.
  private func deliveredMonths(of cooperations: [String]) throws -> [String: Set<Day>] {
    let rows = try connection.execute(
      """
      SELECT DISTINCT cooperation_id, date_trunc('month', month)::date::text FROM as_of.monthly_activity
      WHERE cooperation_id = ANY (\(cooperations)::text[])
      """)
    var found: [String: Set<Day>] = [:]
    for row in rows {
      let (cooperation, text) = try row.decode((String, String).self)
      guard let month = Day(text) else { throw Corrupt(what: "month of \(cooperation)") }
      found[cooperation, default: []].insert(month)
    }
    return found
  }
}

/// One pass over one entity that counts terms month by month.
private enum MonthScan {
  /// The terms of indicators by entity, each once, in a stable order.
  static func terms(of indicators: [Indicator]) -> [(entity: String, terms: [Term])] {
    var found: [String: [Term]] = [:]
    for term in indicators.flatMap(\.measure.terms) where found[term.entity]?.contains(term) != true {
      found[term.entity, default: []].append(term)
    }
    return found.sorted { $0.key < $1.key }.map { (entity: $0.key, terms: $0.value) }
  }

  /// Columns: cooperation, first day of the month, rows, then for each term its total, the rows that match, those that
  /// might, those of them that have the field, and the sum of its squares.
  static func statement(
    _ terms: [Term], of entity: Vocabulary.Entity, cooperations: [String], until last: Day
  ) -> SQL {
    let date: SQL = "r.\(identifier: entity.date)"
    let columns = terms.map { term -> SQL in
      let filter: SQL = "FILTER (WHERE \(fragment: Scan.condition(term)))"
      let spread: SQL =
        if term.function == .mean, let field = term.field {
          """
          count(r.\(identifier: field)) \(fragment: filter),
          (sum(r.\(identifier: field)::numeric * r.\(identifier: field)) \(fragment: filter))::float8
          """
        } else {
          "NULL::bigint, NULL::float8"
        }
      return """
        \(fragment: Scan.total(term))::float8, count(*) \(fragment: filter), \
        \(fragment: Scan.open(term, entity)), \(fragment: spread)
        """
    }
    return """
      SELECT r.cooperation_id, date_trunc('month', \(fragment: date))::date::text, count(*),
        \(fragment: columns.joined(separator: ",\n  "))
      FROM measure.\(identifier: entity.name) r
      WHERE r.cooperation_id = ANY (\(cooperations)::text[]) AND \(fragment: date) <= \(last.description)::date
      GROUP BY 1, 2
      """
  }
}
