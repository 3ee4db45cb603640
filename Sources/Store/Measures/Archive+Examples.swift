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
      let quarter = WorkedExample.quarter
      try read(asOf: 0, cut: ReleaseCalendar.cut(of: quarter).description)
      // The case is the definition's own: whom it applies to, when, and what else there is do not matter here.
      var alone = definition
      alone.id = definition.name
      (alone.appliesTo, alone.appliesToForms, alone.breakdowns) = ([], [], [])
      (alone.validFrom, alone.validTo) = (nil, nil)
      let names = Set(definition.measure.terms.map(\.entity)).sorted()
      for name in names {
        guard let entity = vocabulary.entity(name) else { throw UnknownEntity(name: name) }
        try makeExampleTable(entity, example.rows[name] ?? [], on: WorkedExample.day(of: definition))
      }
      let catalogue = Catalogue(
        version: "", dimensions: [], indicators: [alone], vocabulary: vocabulary,
        scorecard: Scorecard(version: 1, minimumData: 0, minimumCount: 0, parts: []), digest: "")
      let first = WorkedExample.first
      let delivered = Set((first.index...quarter.index).map(Quarter.init(index:)))
      let span = Span(
        cooperation: "example", kind: "", form: "", started: first.start,
        ended: nil,
        delivered: delivered, upTo: quarter)
      var found: Figure.Content?
      try eachFigures(
        of: catalogue, spans: [span].compactMap(\.self), upTo: quarter, schema: "pg_temp"
      ) { _, figures in found = figures.first { $0.key.quarter == quarter }?.content }
      for name in names { try connection.execute("DROP TABLE pg_temp.\(identifier: name)") }
      return found ?? .absent(.notCollected)
    }
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
