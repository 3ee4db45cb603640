internal import Impact
internal import Postgres

/// One pass over one entity's rows that answers every term sharing the entity, the window and the breakdown.
struct Scan: Hashable {
  /// Which rows a quarter's window takes.
  enum Reach: Hashable {
    /// Rows dated inside the window.
    case window(Window)
    /// Rows running on the quarter's last day.
    case standing
  }

  var entity: String
  var reach: Reach
  /// The field broken down by; `nil` for the whole.
  var field: String?

  /// The scan a term of an indicator belongs to.
  init(_ term: Term, in window: Window, by field: String? = nil) {
    entity = term.entity
    reach = term.function == .stock ? .standing : .window(window)
    self.field = field
  }

  /// Every scan a catalogue needs, with its terms, in a stable order.
  static func all(for indicators: [Indicator]) -> [(scan: Scan, terms: [Term])] {
    var order: [Scan] = []
    var terms: [Scan: [Term]] = [:]
    func add(_ term: Term, to scan: Scan) {
      if terms[scan] == nil { order.append(scan) }
      if terms[scan]?.contains(term) != true { terms[scan, default: []].append(term) }
    }
    for indicator in indicators {
      for term in indicator.measure.terms {
        add(term, to: Scan(term, in: indicator.reportingWindow))
        for field in indicator.breakdowns {
          add(term, to: Scan(term, in: indicator.reportingWindow, by: field))
        }
      }
    }
    return order.map { ($0, terms[$0] ?? []) }
  }

  /// The statement that counts the terms for every period of the table `period`.
  ///
  /// Columns: cooperation, quarter, part of the breakdown if any, rows, then for each term its total and the
  /// number of matching rows.
  func statement(_ terms: [Term], vocabulary: Vocabulary) throws -> SQL {
    guard let known = vocabulary.entity(entity) else { throw UnknownEntity(name: entity) }
    let part: SQL = field.map { "coalesce(r.\(identifier: $0)::text, 'unknown')" } ?? "''::text"
    let totals = terms.map { term in
      "\(fragment: Scan.total(term))::float8, count(r.cooperation_id) \(fragment: Scan.filter(term))" as SQL
    }
    let join: SQL = field == nil ? "LEFT JOIN" : "JOIN"
    return """
      SELECT p.cooperation_id, p.quarter, \(fragment: part), count(r.cooperation_id),
        \(fragment: totals.joined(separator: ",\n  "))
      FROM period p
      \(fragment: join) measure.\(identifier: entity) r
        ON r.cooperation_id = p.cooperation_id AND \(fragment: reachCondition(known))
      GROUP BY 1, 2, 3
      """
  }

  /// What makes a row of `r` belong to the period `p`.
  func reachCondition(_ known: Vocabulary.Entity) -> SQL {
    let date: SQL = "r.\(identifier: known.date)"
    switch reach {
    case .standing:
      guard let until = known.until else { return "\(fragment: date) <= p.ends" }
      return
        "\(fragment: date) <= p.ends AND (r.\(identifier: until) IS NULL OR r.\(identifier: until) > p.ends)"
    case .window(.quarter):
      return "\(fragment: date) BETWEEN p.starts AND p.ends"
    case .window(.yearToDate):
      return "\(fragment: date) BETWEEN p.year_starts AND p.ends"
    case .window(.rollingYear):
      return "\(fragment: date) BETWEEN p.rolling_starts AND p.ends"
    case .window(.sinceStart):
      return "\(fragment: date) <= p.ends"
    }
  }

  /// The total of a term, `NULL` when nothing matches a sum or a mean.
  static func total(_ term: Term) -> SQL {
    let column: SQL = term.field.map { "r.\(identifier: $0)" } ?? "r.cooperation_id"
    let aggregate: SQL =
      switch term.function {
      case .count, .stock: "count(r.cooperation_id)"
      case .distinct: "count(DISTINCT \(fragment: column))"
      case .sum: "sum(\(fragment: column))"
      case .mean: "avg(\(fragment: column))"
      }
    return "\(fragment: aggregate) \(fragment: filter(term))"
  }

  private static func filter(_ term: Term) -> SQL {
    term.conditions.isEmpty ? "" : "FILTER (WHERE \(fragment: condition(term)))"
  }

  /// All the conditions of a term on a row `r`; every constant is a bound parameter.
  static func condition(_ term: Term) -> SQL {
    guard !term.conditions.isEmpty else { return "true" }
    return term.conditions.map { condition -> SQL in
      let column: SQL = "r.\(identifier: condition.field)"
      switch condition.test {
      case .oneOf(let values): return "\(fragment: column)::text = ANY (\(values)::text[])"
      case .isTrue(true): return "\(fragment: column)"
      case .isTrue(false): return "NOT \(fragment: column)"
      case .atLeast(let number): return "\(fragment: column) >= \(number)::numeric"
      case .lessThan(let number): return "\(fragment: column) < \(number)::numeric"
      case .known(true): return "\(fragment: column) IS NOT NULL"
      case .known(false): return "\(fragment: column) IS NULL"
      }
    }.joined(separator: " AND ")
  }
}

/// A definition names an entity the vocabulary does not have: the catalogue was not checked.
struct UnknownEntity: Error, CustomStringConvertible {
  var name: String
  var description: String { "the entity “\(name)” is not in Indicators/facts.yaml; run jvs check" }
}

extension Indicator {
  /// The window its terms are counted in: a cumulative total always runs from the beginning.
  var reportingWindow: Window {
    if case .cumulative = measure { .sinceStart } else { window }
  }
}
