internal import Impact
internal import Postgres

extension RuleBook {
  /// What one reading of a large landing tells of all its rows.
  ///
  /// Nearly every file has nothing to be told, and then it is read once instead of once for each question.
  struct Screening {
    /// Rows that point to nothing known, for each reference of the schema.
    var dangling: [Int] = []
    /// Rows that break a condition, by how bad that is.
    var broken: [Diagnostic.Severity: Int] = [:]
  }

  /// Counts the rows there is something to be told of.
  func screening() throws -> Screening {
    let severities = [Diagnostic.Severity.error, .warning]
    let conditions = severities.map { severity in
      self.conditions(of: rules.filter { $0.severity == severity })
    }
    var joins: [RuleGround.Join] = []
    for join in conditions.flatMap({ $0.joins }) where !joins.contains(where: { $0.name == join.name }) {
      joins.append(join)
    }
    var texts = joins.map { $0.text(ground) }
    var counted: [SQL] = []
    for (index, reference) in schema.references.enumerated() {
      let given = reference.fields.map { "s.\(identifier: $0) IS NOT NULL" as SQL }
      // What a rule has joined already is not looked up a second time.
      let joined = joins.first { $0.answers(reference) && reference.entity != schema.name }
      let alias = joined.map { SQL(trusted: $0.name) } ?? SQL(trusted: "r\(index)")
      if joined == nil { texts.append(known(reference, as: alias)) }
      counted.append(
        "\(fragment: given.joined(separator: " AND ")) AND \(fragment: alias).\(identifier: reference.targetFields[0]) IS NULL"
      )
    }
    counted += conditions.map { list in
      list.rows.isEmpty
        ? "false" : list.rows.map { "(\(fragment: $0.condition))" as SQL }.joined(separator: " OR ")
    }
    let counts = try withoutLoops {
      try connection.execute(
        """
        WITH own AS (\(fragment: own))
        SELECT ARRAY[\(fragment: counted.map { "count(*) FILTER (WHERE \(fragment: $0))" }.joined(separator: ", "))]
        FROM \(fragment: landing) s \(fragment: texts.joined(separator: " "))
        """)[0].decode([Int].self)
    }
    var screening = Screening()
    screening.dangling = Array(counts.prefix(schema.references.count))
    for (severity, count) in zip(severities, counts.dropFirst(schema.references.count)) {
      screening.broken[severity] = count
    }
    return screening
  }

  /// Whether rules of a severity look at more than a row and what is joined to it.
  func looksBeyondRows(_ severity: Diagnostic.Severity) -> Bool {
    rules.contains { rule in
      guard rule.severity == severity, case .lines = rule.test else { return false }
      return true
    }
  }

  /// The known rows a reference may point to, each once: what is joined to tell whether it points to nothing.
  private func known(_ reference: FactSchema.Reference, as alias: SQL) -> SQL {
    let pairs = zip(reference.targetFields, reference.fields).map { target, own in
      "\(fragment: alias).\(identifier: target) = s.\(identifier: own)" as SQL
    }
    return """
      LEFT JOIN (SELECT DISTINCT \(fragment: FactSchema.list(reference.targetFields)) FROM fact.\(identifier: reference.entity)
        WHERE cooperation_id = \(ground.cooperation) AND batch_to = \(Archive.never)) \(fragment: alias)
        ON \(fragment: pairs.joined(separator: " AND "))
      """
  }
}
