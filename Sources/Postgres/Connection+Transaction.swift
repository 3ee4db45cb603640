internal import CLibpq
internal import Glibc

extension Connection {
  /// How much a transaction sees of others that commit meanwhile.
  public enum Isolation: String, Sendable {
    /// Each statement sees what was committed before it.
    case readCommitted = "READ COMMITTED"
    /// The whole transaction sees what was committed before its first statement.
    case repeatableRead = "REPEATABLE READ"
    /// As if transactions ran one after another; may fail with ``SQLState/serializationFailure``.
    case serializable = "SERIALIZABLE"
  }

  /// Runs `body` in a transaction: committed when it returns, rolled back when it throws.
  ///
  /// Inside another transaction it is a savepoint. A transaction in which a statement failed cannot be
  /// committed even if `body` swallowed the error: that throws ``SQLState/failedTransaction``.
  @discardableResult
  public func transaction<R>(
    isolation: Isolation? = nil, readOnly: Bool = false, _ body: () throws -> R
  ) throws -> R {
    guard transactionDepth == 0 else {
      guard isolation == nil, !readOnly else {
        throw PostgresError(.usage, "an inner transaction has the isolation of the outer one")
      }
      return try savepoint(body)
    }
    // The caller may have written BEGIN in a script of its own.
    guard isClosed || PQtransactionStatus(handle) != PQTRANS_INTRANS else { return try savepoint(body) }
    var begin = "BEGIN"
    if let isolation { begin += " ISOLATION LEVEL \(isolation.rawValue)" }
    if readOnly { begin += " READ ONLY" }
    try execute(SQL(trusted: begin))
    transactionDepth += 1
    defer { transactionDepth -= 1 }
    let value: R
    do {
      value = try body()
    } catch {
      rollBack()
      throw error
    }
    guard isUsable, PQtransactionStatus(handle) != PQTRANS_IDLE else {
      throw isUsable
        ? PostgresError(.usage, "the transaction was ended inside its own closure")
        : PostgresError(.connection, "the connection was lost inside the transaction, which is undone")
    }
    try commit()
    return value
  }

  /// Runs `body` in a transaction, and the whole of it again after a serialization failure or a deadlock.
  ///
  /// At most `attempts` times, with pauses of 50 ms that double each time, up to 2 s, half of it by chance.
  /// `body` must do nothing that cannot be done twice.
  @discardableResult
  public func retryingTransaction<R>(
    attempts: Int = 5, isolation: Isolation? = nil, _ body: () throws -> R
  ) throws -> R {
    var attempt = 1
    while true {
      do {
        return try transaction(isolation: isolation, body)
      } catch {
        guard let failure = error as? PostgresError, failure.isConflict, isUsable, transactionDepth == 0,
          attempt < attempts
        else { throw error }
        let full = min(2_000_000, 50_000 << min(attempt - 1, 10))
        usleep(UInt32(Double(full) * Double.random(in: 0.5...1.5)))
        attempt += 1
      }
    }
  }

  private func savepoint<R>(_ body: () throws -> R) throws -> R {
    transactionDepth += 1
    defer { transactionDepth -= 1 }
    let name: SQL = "\(identifier: "jvs_\(transactionDepth)")"
    try execute("SAVEPOINT \(fragment: name)")
    do {
      let value = try body()
      try execute("RELEASE SAVEPOINT \(fragment: name)")
      return value
    } catch {
      // Where this fails the outer transaction fails too, and says so when it commits.
      if isUsable {
        _ = try? execute("ROLLBACK TO SAVEPOINT \(fragment: name)")
        _ = try? execute("RELEASE SAVEPOINT \(fragment: name)")
      }
      throw error
    }
  }

  private func commit() throws {
    do {
      let done = try execute("COMMIT")
      // After a failed statement the server answers COMMIT with ROLLBACK, and with no error.
      guard done.tag == "COMMIT" else {
        throw PostgresError(
          .server, "the transaction was rolled back, since a statement in it had failed",
          state: .failedTransaction
        )
      }
    } catch {
      if isUsable, PQtransactionStatus(handle) != PQTRANS_IDLE { rollBack() }
      guard var failure = error as? PostgresError, failure.origin == .connection || failure.origin == .timeout
      else { throw error }
      failure.isOutcomeUnknown = true
      failure.message += "; whether the transaction was committed is not known"
      throw failure
    }
  }

  private func rollBack() {
    guard isUsable, PQtransactionStatus(handle) != PQTRANS_IDLE else { return }
    do { try execute("ROLLBACK") } catch { isBroken = true }
  }
}
