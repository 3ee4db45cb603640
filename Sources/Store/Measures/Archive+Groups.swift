internal import Impact
internal import Postgres

extension Archive {
  /// The people behind each rate that is compared, by cooperation and group, in the window that ends with a quarter.
  ///
  /// Reads as of the batch and cut that were set.
  ///
  /// - Parameters:
  ///   - catalogue: the definitions.
  ///   - quarter: the quarter.
  /// - Returns: the people by indicator; none for an indicator whose rows do not tell people apart.
  /// - Throws: the database's error.
  func populations(
    of catalogue: Catalogue, in quarter: Quarter
  ) throws -> [String: Fairness.Population] {
    var found: [String: Fairness.Population] = [:]
    for indicator in catalogue.indicators {
      found[indicator.id] = try population(of: indicator, in: catalogue, quarter)
    }
    return found
  }

  /// The people behind a rate that is compared, by cooperation and group; `nil` of any other, or when its rows do not tell
  /// people apart.
  ///
  /// Reads as of the batch and cut that were set.
  func population(
    of indicator: Indicator, in catalogue: Catalogue, _ quarter: Quarter
  ) throws -> Fairness.Population? {
    let features = catalogue.features(comparing: indicator).map(\.name)
    guard !features.isEmpty, case .ratio(let numerator, let denominator, nil) = indicator.measure else {
      return nil
    }
    guard let entity = catalogue.vocabulary.entity(denominator.entity) else {
      throw UnknownEntity(name: denominator.entity)
    }
    // A window may end before the quarter it is reported for.
    let last = indicator.windowEnd(reportedFor: quarter)
    guard let start = indicator.window.start(endingWith: last) else { return nil }
    let values = features.map { "coalesce(r.\(identifier: $0)::text, 'unknown')" as SQL }
    let date: SQL = "r.\(identifier: entity.date)"
    let rows = try connection.execute(
      """
      SELECT r.cooperation_id, count(*) FILTER (WHERE \(fragment: Scan.condition(numerator))), count(*),
        \(fragment: values.joined())
      FROM measure.\(identifier: entity.name) r
      WHERE \(fragment: date) BETWEEN \(start.description)::date AND \(last.end.description)::date
        AND \(fragment: Scan.condition(denominator))
      GROUP BY r.cooperation_id, \(fragment: values.joined())
      """)
    let groups = try rows.map { row in
      Fairness.Group(
        cooperation: try row.decode(at: 0),
        values: try features.indices.map { try row.decode(String.self, at: 3 + $0) },
        events: try row.decode(at: 1), people: try row.decode(at: 2))
    }
    return Fairness.Population(
      features: features,
      groups: groups.sorted {
        ($0.cooperation, $0.values.joined(separator: "\u{0}"))
          < ($1.cooperation, $1.values.joined(separator: "\u{0}"))
      })
  }

  /// People counted once over all cooperations, for each term that counts people once inside each.
  ///
  /// Reads as of the batch and cut that were set. A participant whose surrogate is not known counts as a person of their own,
  /// and is told among the unlinked.
  ///
  /// - Parameters:
  ///   - catalogue: the definitions.
  ///   - quarter: the quarter.
  ///   - cooperations: those whose figures are added up, and their kinds.
  /// - Returns: people by indicator, one for each of its terms in order; `nil` for a term that counts something else.
  /// - Throws: the database's error.
  func people(
    of catalogue: Catalogue, in quarter: Quarter, _ cooperations: [CooperationProfile]
  ) throws -> [String: [PortfolioFigure.People?]] {
    /// Many shares divide by the same people, who are counted once for all of them.
    struct Count: Hashable {
      var term: Term
      var window: Window
      var last: Quarter
      var cooperations: [String]
    }
    var counts: [Count: PortfolioFigure.People] = [:]
    var found: [String: [PortfolioFigure.People?]] = [:]
    for indicator in catalogue.indicators {
      let terms = indicator.measure.terms
      guard terms.contains(where: { $0.function == .distinct && $0.field == "participant" }) else { continue }
      let names = cooperations.filter { cooperation in
        cooperation.quarters.contains(quarter)
          && indicator.applies(toKind: cooperation.kind, form: cooperation.form.rawValue)
      }.map(\.id)
      found[indicator.id] = try terms.enumerated().map { place, term in
        // A portfolio's figure does not tell how many are asked.
        guard place < 2 || indicator.measure.asked == nil, term.function == .distinct,
          term.field == "participant",
          let entity = catalogue.vocabulary.entity(term.entity), entity.field("person") != nil
        else { return nil }
        let count = Count(
          term: term, window: indicator.window, last: indicator.windowEnd(reportedFor: quarter),
          cooperations: names)
        if let known = counts[count] { return known }
        let people = try people(of: term, entity, count.window, endingWith: count.last, names)
        counts[count] = people
        return people
      }
    }
    return found
  }

  private func people(
    of term: Term, _ entity: Vocabulary.Entity, _ window: Window, endingWith last: Quarter,
    _ cooperations: [String]
  ) throws -> PortfolioFigure.People {
    let date: SQL = "r.\(identifier: entity.date)"
    let start: SQL =
      window.start(endingWith: last).map { "AND \(fragment: date) >= \($0.description)::date" } ?? ""
    let (total, unlinked): (Int, Int) = try connection.execute(
      """
      SELECT count(DISTINCT r.person),
        count(DISTINCT r.person) FILTER (WHERE r.person = r.cooperation_id || '/' || r.participant)
      FROM measure.\(identifier: entity.name) r
      WHERE r.cooperation_id = ANY (\(cooperations)::text[]) AND \(fragment: date) <= \(last.end.description)::date
        \(fragment: start) AND \(fragment: Scan.condition(term))
      """)[0].decode((Int, Int).self)
    return PortfolioFigure.People(total: total, unlinked: unlinked)
  }
}
