public import Impact
internal import Postgres

extension Archive {
  /// A statement that a computation runs.
  public struct Statement: Hashable, Sendable {
    /// The entity counted.
    public var entity: String
    /// The field broken down by; `nil` for the whole.
    public var field: String?
    /// The statement, with `$n` in the place of constants.
    public var text: String
    /// The constants, in order.
    public var parameters: [String]
  }

  /// The statements that count the terms of a definition, as they run for one cooperation and a quarter.
  ///
  /// One for each entity; what is bound to its quarter (medians, conditions on the quarter) has one for each
  /// breakdown, over the table `period` of one row a cooperation and quarter. Where indicators share an entity,
  /// one pass counts the terms of all of them, each as it stands here.
  ///
  /// - Parameters:
  ///   - definition: the definition; a derived one counts nothing itself.
  ///   - vocabulary: the words it uses.
  /// - Returns: the statements in a stable order.
  /// - Throws: when the definition names an entity the vocabulary does not have.
  public static func statements(of definition: Indicator, vocabulary: Vocabulary) throws -> [Statement] {
    let plans = try CountPlans([definition], vocabulary: vocabulary)
    let quarter = WorkedExample.quarter
    let span = Span(
      cooperation: "cooperation", kind: "", form: "", started: quarter.start, ended: nil,
      delivered: [quarter],
      upTo: quarter)
    func statement(_ entity: String, _ field: String?, _ sql: SQL) -> Statement {
      Statement(
        entity: entity, field: field, text: sql.text, parameters: sql.values.map { $0.postgresText ?? "NULL" }
      )
    }
    return plans.plans.map { plan in
      let frame = CountFrame([span].compactMap(\.self), upTo: quarter, reach: plan.reach)
      return statement(plan.entity.name, nil, plan.statement(frame))
    }
      + (try plans.scans.map { scan, terms in
        statement(scan.entity, scan.field, try scan.statement(terms, vocabulary: vocabulary))
      })
  }
}
