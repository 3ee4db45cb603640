internal import Impact
internal import Postgres

/// An empty file says that there is nothing to say.
extension Recording {
  /// Whether an empty file is the first of its table: from then on, no row of it means none.
  func isFirstWord(_ receipt: Archive.Receipt) throws -> Bool {
    guard receipt.read == 0, let cooperation = source.cooperation else { return false }
    return try connection.execute(
      """
      SELECT NOT EXISTS (
        SELECT FROM ops.import
        WHERE cooperation_id = \(cooperation) AND entity = \(schema.name) AND batch IS NOT NULL)
      """)[0].decode()
  }
}
