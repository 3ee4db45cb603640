public import Impact
internal import Postgres

extension Archive {
  /// What a definition gives on its own worked example, counted by the statements a computation runs.
  ///
  /// The rows stand in temporary tables, which go with the transaction: no fact is read, and nothing is kept.
  ///
  /// - Parameters:
  ///   - example: the case.
  ///   - definition: the definition.
  ///   - vocabulary: the words it uses.
  /// - Returns: a value or a reason, to be held against the example's.
  /// - Throws: the database's error.
  public func content(
    of example: WorkedExample, for definition: Indicator, vocabulary: Vocabulary
  ) throws -> Figure.Content {
    if let expression = definition.measure.expression { return example.content(of: definition, expression) }
    return try connection.transaction {
      try makeExamplePeriod()
      for name in Set(definition.measure.terms.map(\.entity)).sorted() {
        guard let entity = vocabulary.entity(name) else { throw UnknownEntity(name: name) }
        let day = definition.windowEnd(reportedFor: WorkedExample.quarter).start.adding(days: 40)
        try makeExampleTable(entity, example.rows[name] ?? [], on: day)
      }
      let totals = try definition.measure.terms.map { term in
        let statement = try Scan(term, of: definition).statement(
          [term], vocabulary: vocabulary, schema: "pg_temp")
        let row = try connection.execute(statement)[0]
        return TermTotal(
          total: try row.decode(at: 4), rows: try row.decode(at: 3), matching: try row.decode(at: 5))
      }
      for name in ["period"] + Set(definition.measure.terms.map(\.entity)).sorted() {
        try connection.execute("DROP TABLE pg_temp.\(identifier: name)")
      }
      return Figure.assembled(
        definition, totals: totals, isDelivered: true, appliesHere: true, shortfall: nil
      ).content
    }
  }

  private func makeExamplePeriod() throws {
    let quarter = WorkedExample.quarter
    try connection.execute(
      """
      CREATE TEMP TABLE period ON COMMIT DROP AS
      SELECT 'example' AS cooperation_id, \(quarter.description)::text AS quarter,
        \(quarter.start.description)::date AS starts, \(quarter.end.description)::date AS ends,
        \("\(quarter.year)-01-01")::date AS year_starts,
        \(quarter.advanced(by: -3).start.description)::date AS rolling_starts
      """)
  }

  private func makeExampleTable(
    _ entity: Vocabulary.Entity, _ rows: [[String: String]], on day: Day
  ) throws {
    var columns: [(name: String, type: SQL)] = entity.fields.map { field in
      let type: SQL =
        switch field.kind {
        case .boolean: "boolean"
        case .number: "numeric"
        case .date: "date"
        case .category, .code: "text"
        }
      return (field.name, type)
    }
    for name in [entity.date, entity.until].compactMap({ $0 }) where entity.field(name) == nil {
      columns.append((name, "date"))
    }
    let list = columns.map { "\(identifier: $0.name) \(fragment: $0.type)" as SQL }
    try connection.execute(
      """
      CREATE TEMP TABLE \(identifier: entity.name)
        (cooperation_id text NOT NULL DEFAULT 'example', \(fragment: list.joined(separator: ", ")))
        ON COMMIT DROP
      """)
    for row in rows {
      var cells = row
      if cells[entity.date] == nil { cells[entity.date] = day.description }
      let names = cells.keys.sorted()
      let values = names.map { "\(cells[$0])" as SQL }
      try connection.execute(
        """
        INSERT INTO pg_temp.\(identifier: entity.name)
          (\(fragment: names.map { "\(identifier: $0)" as SQL }.joined(separator: ", ")))
        VALUES (\(fragment: values.joined(separator: ", ")))
        """)
    }
  }
}
