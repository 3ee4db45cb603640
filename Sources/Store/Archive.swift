public import Postgres

/// The indicator store (*entrepôt*): facts with their history, figures, releases, the run ledger.
///
/// One archive speaks through one connection and belongs to whoever opened it.
public final class Archive {
  /// The connection every statement goes through.
  public let connection: Connection

  /// The archive behind a connection to a migrated database.
  public init(_ connection: Connection) { self.connection = connection }

  /// The batch that never comes: a fact that still stands is current until then.
  static let never = Int.max

  /// The number of the last batch recorded; 0 before the first.
  public func lastBatch() throws -> Int {
    try connection.execute("SELECT number FROM ops.batch_counter")[0].decode()
  }

  /// Makes the as-of views read a batch, and the follow-ups a cut, until the end of the transaction.
  func read(asOf batch: Int, cut: String) throws {
    try connection.execute(
      "SELECT set_config('jvs.as_of', \(String(batch)), true), set_config('jvs.cut', \(cut), true)")
  }
}
