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

  /// The statements that count the terms of a definition, one for each entity, window and breakdown.
  ///
  /// They read the table `period`: one row a cooperation and quarter. Where indicators share an entity and a
  /// window, one pass counts the terms of all of them, each as it stands here.
  ///
  /// - Parameters:
  ///   - definition: the definition; a derived one counts nothing itself.
  ///   - vocabulary: the words it uses.
  /// - Returns: the statements in a stable order.
  /// - Throws: when the definition names an entity the vocabulary does not have.
  public static func statements(of definition: Indicator, vocabulary: Vocabulary) throws -> [Statement] {
    try Scan.all(for: [definition]).map { scan, terms in
      let statement = try scan.statement(terms, vocabulary: vocabulary)
      return Statement(
        entity: scan.entity, field: scan.field, text: statement.text,
        parameters: statement.values.map { $0.postgresText ?? "NULL" })
    }
  }
}
