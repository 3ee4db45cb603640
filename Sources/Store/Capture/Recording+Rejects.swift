internal import Impact
internal import Postgres

extension Recording {
  /// Keeps where and why rows of an import were refused.
  ///
  /// One INSERT: where rows are protected, PostgreSQL takes no COPY.
  func logRejects(_ errors: [Diagnostic], of importID: Int) throws {
    guard !errors.isEmpty else { return }
    try connection.execute(
      """
      INSERT INTO ops.reject (import_id, ordinal, line, field, code, message)
      SELECT \(importID), r.ordinal, r.line, r.field, r.code, r.message
      FROM unnest(\(errors.map(\.line))::integer[], \(errors.map(\.field))::text[],
        \(errors.map(\.code))::text[], \(errors.map(\.message))::text[])
        WITH ORDINALITY AS r(line, field, code, message, ordinal)
      """)
  }
}
