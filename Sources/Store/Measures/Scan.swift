internal import Impact
internal import Postgres

/// One pass over one entity's rows, quarter by quarter, for terms that cannot be added up over quarters.
///
/// These are medians, and conditions on the quarter itself; every other term is counted by a `CountPlan`.
struct Scan: Hashable {
  /// Which rows a quarter's window takes.
  enum Reach: Hashable {
    /// Rows dated inside the window, which ends so many quarters before the period.
    case window(Window, shift: Int)
    /// Rows running on the last day of the quarter that many quarters before the period.
    case standing(shift: Int)
  }

  var entity: String
  var reach: Reach
  /// The field broken down by; `nil` for the whole.
  var field: String?

  /// The scan a term of an indicator belongs to.
  init(_ term: Term, in window: Window, shift: Int = 0, by field: String? = nil) {
    entity = term.entity
    reach = term.function == .stock ? .standing(shift: shift) : .window(window, shift: shift)
    self.field = field
  }

  /// The scan a term belongs to in an indicator.
  init(_ term: Term, of indicator: Indicator, by field: String? = nil) {
    self.init(term, in: indicator.reportingWindow, shift: indicator.shift, by: field)
  }

  /// The statement that counts the terms for every period of the table `period`.
  ///
  /// Columns: cooperation, quarter, part of the breakdown if any, rows, then for each term its total, the number of
  /// matching rows, those that might match and, for a median, its values.
  ///
  /// - Parameters:
  ///   - terms: what to count.
  ///   - vocabulary: the words definitions use.
  ///   - schema: where the entities are; a worked example has its own.
  /// - Returns: the statement.
  /// - Throws: `UnknownEntity`.
  func statement(_ terms: [Term], vocabulary: Vocabulary, schema: String = Archive.measures) throws -> SQL {
    guard let known = vocabulary.entity(entity) else { throw UnknownEntity(name: entity) }
    let part: SQL = field.map { "coalesce(r.\(identifier: $0)::text, 'unknown')" } ?? "''::text"
    let totals = terms.map { term in
      """
      \(fragment: Scan.total(term))::float8, count(r.cooperation_id) \(fragment: Scan.filter(term)), \
      \(fragment: Scan.open(term, known)), \(fragment: Scan.values(term))
      """ as SQL
    }
    // One cooperation after another: a view then reads no other's rows.
    return """
      SELECT t.* FROM (SELECT DISTINCT cooperation_id FROM period) AS c CROSS JOIN LATERAL (
      SELECT p.cooperation_id, p.quarter, \(fragment: part), count(r.cooperation_id),
        \(fragment: totals.joined(separator: ",\n  "))
      FROM period p
      JOIN \(identifier: schema).\(identifier: entity) r
        ON r.cooperation_id = c.cooperation_id AND \(fragment: reachCondition(known))
      WHERE p.cooperation_id = c.cooperation_id
      GROUP BY 1, 2, 3) t
      """
  }

  /// What makes a row of `r` belong to the period `p`.
  func reachCondition(_ known: Vocabulary.Entity) -> SQL {
    let date: SQL = "r.\(identifier: known.date)"
    switch reach {
    case .standing(let shift):
      let ends = Scan.ends(shift)
      guard let until = known.until else { return "\(fragment: date) <= \(fragment: ends)" }
      return
        "\(fragment: date) <= \(fragment: ends) AND (r.\(identifier: until) IS NULL OR r.\(identifier: until) > \(fragment: ends))"
    case .window(.sinceStart, let shift):
      return "\(fragment: date) <= \(fragment: Scan.ends(shift))"
    case .window(let window, let shift):
      return
        "\(fragment: date) BETWEEN \(fragment: Scan.starts(window, shift)) AND \(fragment: Scan.ends(shift))"
    }
  }

  /// The first day of a window; a quarter begins with a month, so that whole months lead to whole quarters.
  private static func starts(_ window: Window, _ shift: Int) -> SQL {
    let column: SQL =
      switch window {
      case .rollingYear: "p.rolling_starts"
      case .yearToDate where shift == 0: "p.year_starts"
      case .quarter, .yearToDate, .sinceStart: "p.starts"
      }
    guard shift > 0 else { return column }
    let earlier: SQL = "(\(fragment: column) - make_interval(months => \(shift * 3)))::date"
    return window == .yearToDate ? "date_trunc('year', \(fragment: earlier)::timestamp)::date" : earlier
  }

  /// The last day of a window.
  private static func ends(_ shift: Int) -> SQL {
    shift == 0 ? "p.ends" : "((p.starts - make_interval(months => \(shift * 3 - 3)))::date - 1)"
  }

  /// The total of a term, `NULL` when nothing matches a sum or a mean.
  static func total(_ term: Term) -> SQL {
    let column: SQL = term.field.map { "r.\(identifier: $0)" } ?? "r.cooperation_id"
    let aggregate: SQL =
      switch term.function {
      case .count, .stock, .time: "count(r.cooperation_id)"
      case .distinct: "count(DISTINCT \(fragment: column))"
      case .sum: "sum(\(fragment: column))"
      case .mean: "avg(\(fragment: column))"
      case .median: "percentile_cont(0.5) WITHIN GROUP (ORDER BY \(fragment: column))"
      }
    return "\(fragment: aggregate) \(fragment: filter(term))"
  }

  /// The values a median is taken of, which tell how far it can be trusted.
  private static func values(_ term: Term) -> SQL {
    guard term.function == .median, let field = term.field else { return "NULL::float8[]" }
    let column: SQL = "r.\(identifier: field)"
    return """
      array_agg(\(fragment: column)::float8 ORDER BY \(fragment: column))
        FILTER (WHERE \(fragment: column) IS NOT NULL AND \(fragment: condition(term)))
      """
  }

  private static func filter(_ term: Term) -> SQL {
    term.conditions.isEmpty ? "" : "FILTER (WHERE \(fragment: condition(term)))"
  }

  /// The rows that might match, for all that is known.
  static func open(_ term: Term, _ entity: Vocabulary.Entity) -> SQL {
    let lists = entity.opening(term).map { list in
      "(\(fragment: list.map(\.judgement).joined(separator: " AND ")))" as SQL
    }
    guard !lists.isEmpty else { return "0::bigint" }
    return "count(r.cooperation_id) FILTER (WHERE \(fragment: lists.joined(separator: " OR ")))"
  }

  /// All the conditions of a term on a row `r` and its period `p`; every constant is a bound parameter.
  static func condition(_ term: Term) -> SQL {
    guard !term.conditions.isEmpty else { return "true" }
    return term.conditions.map(\.judgement).joined(separator: " AND ")
  }
}
