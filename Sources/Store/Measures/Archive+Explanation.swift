public import Impact
internal import Postgres

extension Archive {
  /// Why a figure cannot be explained.
  public enum Unexplained: Error, Equatable, CustomStringConvertible {
    /// The catalogue has no such indicator.
    case noIndicator(String)
    /// There is no figure at that place.
    case noFigure(cooperation: String, indicator: String, quarter: String)

    /// What is wrong and what to do.
    public var description: String {
      switch self {
      case .noIndicator(let id):
        "the catalogue has no indicator “\(id)”; jvs check lists them"
      case .noFigure(let cooperation, let indicator, let quarter):
        "there is no figure \(cooperation)/\(indicator)/\(quarter); "
          + "check the three names, and that jvs compute has run for the quarter"
      }
    }
  }

  /// Recounts a figure term by term and lists the rows behind it.
  ///
  /// - Parameters:
  ///   - key: the figure's place; a part of a breakdown narrows the rows to that part.
  ///   - catalogue: the definitions.
  ///   - perspective: what it is seen from.
  /// - Returns: the terms with their totals, statements and rows.
  /// - Throws: `Unexplained` when there is no such figure, or the database's error.
  public func explanation(
    of key: Figure.Key, catalogue: Catalogue, seen perspective: Perspective
  ) throws -> Explanation {
    guard let indicator = catalogue.definition(of: key) else {
      throw Unexplained.noIndicator(key.indicator)
    }
    let table = FigureTable(try figures(of: catalogue, seen: perspective))
    guard let figure = table[key] else {
      throw Unexplained.noFigure(
        cooperation: key.cooperation, indicator: key.indicator, quarter: key.quarter.description)
    }
    return try connection.transaction {
      try read(asOf: perspective.batch, cut: perspective.cut.description)
      _ = try makePeriods(upTo: perspective.quarter)
      let accounts = try indicator.measure.terms.map { term in
        try account(of: term, indicator: indicator, key: key, vocabulary: catalogue.vocabulary)
      }
      return Explanation(
        figure: figure, indicator: indicator, perspective: perspective, accounts: accounts,
        operands: (indicator.measure.expression?.indicators ?? []).compactMap {
          table.figure($0, key.cooperation, key.quarter)
        })
    }
  }

  private func account(
    of term: Term, indicator: Indicator, key: Figure.Key, vocabulary: Vocabulary
  ) throws -> Explanation.Account {
    guard let entity = vocabulary.entity(term.entity) else { throw UnknownEntity(name: term.entity) }
    let scan = Scan(term, of: indicator)
    let part: SQL =
      key.part.map { "coalesce(r.\(identifier: $0.field)::text, 'unknown') = \($0.value)" } ?? "true"
    let rows: SQL =
      """
      FROM period p JOIN measure.\(identifier: term.entity) r
        ON r.cooperation_id = p.cooperation_id AND \(fragment: scan.reachCondition(entity))
      JOIN ops.import i ON i.import_id = r.import_id
      WHERE p.cooperation_id = \(key.cooperation) AND p.quarter = \(key.quarter.description)
        AND \(fragment: part)
      """
    let total: SQL = "SELECT \(fragment: Scan.total(term))::float8 \(fragment: rows)"
    let found: Double? = try connection.execute(total)[0].decode()
    let used = try connection.execute(
      """
      SELECT i.file, r.source_line \(fragment: rows) AND \(fragment: Scan.condition(term))
      ORDER BY i.file, i.import_id, r.source_line
      """
    ).map { row in
      let (file, line) = try row.decode((String, Int).self)
      return Explanation.Source(file: file, line: line)
    }
    var leftOut: [(condition: Condition, rows: Int)] = []
    var earlier = term
    earlier.conditions = []
    for condition in term.conditions {
      var own = term
      own.conditions = [condition]
      let count: Int = try connection.execute(
        """
        SELECT count(*) \(fragment: rows) AND \(fragment: Scan.condition(earlier))
          AND (\(fragment: Scan.condition(own))) IS NOT TRUE
        """)[0].decode()
      leftOut.append((condition, count))
      earlier.conditions.append(condition)
    }
    return Explanation.Account(
      term: term, total: found, used: used, leftOut: leftOut, statement: total.text,
      parameters: total.values.map { $0.postgresText ?? "NULL" })
  }
}
