internal import Impact
internal import Postgres

/// Agreed shares make the whole of a result.
extension Recording {
  /// Judges the shares agreed once the file is taken, instead of at the end of the transaction, so that the file is refused
  /// with a sentence and what else the transaction holds is not.
  ///
  /// - Throws: `Archive.Refusal.sharesNotWhole`, or the database's error.
  func requireWholeShares() throws {
    guard ["partnership", "sharing_rule"].contains(source.schema.name) else { return }
    do {
      try connection.execute("SET CONSTRAINTS fact.agreed_shares IMMEDIATE")
    } catch let error as PostgresError where error.state == "23000" {
      throw Archive.Refusal.sharesNotWhole(error.message)
    }
    try connection.execute("SET CONSTRAINTS fact.agreed_shares DEFERRED")
  }
}
