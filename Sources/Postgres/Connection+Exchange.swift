internal import CLibpq

/// The caller's closure threw in the middle of an answer: the statement is to be cancelled.
struct Abandoned: Error {
  let cause: any Error
  init(_ cause: any Error) { self.cause = cause }
}

extension Connection {
  /// How long a statement that failed on our side may take to come to its end.
  static let grace: Duration = .seconds(2)

  /// Sends one statement and reads its answer, and leaves the connection idle or marked broken.
  func exchange<R>(
    _ sql: String, within limit: Duration?, _ body: (ContinuousClock.Instant?) throws -> R
  ) throws -> R {
    guard !isClosed else { throw PostgresError(.usage, "the connection is closed", sql: sql) }
    guard !isBusy else {
      throw PostgresError(.usage, "the connection is still reading the answer of another statement", sql: sql)
    }
    guard !isBroken else {
      throw PostgresError(.connection, "the connection is no longer usable: open another one", sql: sql)
    }
    guard PQstatus(handle) == CONNECTION_OK else { throw lost(sql: sql) }
    isBusy = true
    defer { isBusy = false }
    do {
      return try body((limit ?? deadline).map { ContinuousClock.now + $0 })
    } catch let abandoned as Abandoned {
      endExchange()
      throw abandoned.cause
    } catch var error as PostgresError where error.origin == .timeout {
      endExchange()
      error.sql = sql
      error.message +=
        isBroken
        ? "; the connection is given up" : "; the statement was cancelled and the connection still serves"
      throw error
    } catch {
      endExchange()
      throw error
    }
  }

  /// Brings the connection back to idle after a failure, with a cancellation and within the grace.
  private func endExchange() {
    guard PQstatus(handle) == CONNECTION_OK else { return isBroken = true }
    // PQtransactionStatus is active exactly while a statement is under way.
    guard PQtransactionStatus(handle) == PQTRANS_ACTIVE else { return drainIdle() }
    canceller.cancel(within: Self.grace)
    do {
      try drain(until: ContinuousClock.now + Self.grace)
    } catch {
      isBroken = true
    }
  }

  /// Takes the NULL that ends a statement which has ended already.
  private func drainIdle() {
    do { try drain(until: ContinuousClock.now + Self.grace) } catch { isBroken = true }
  }

  /// Throws away what is left of the answer.
  func drain(until limit: ContinuousClock.Instant) throws {
    while let result = try nextResult(until: limit) {
      defer { PQclear(result) }
      switch PQresultStatus(result) {
      case PGRES_COPY_IN, PGRES_COPY_BOTH: try endCopyIn(reason: "abandoned by the client", until: limit)
      case PGRES_COPY_OUT: while try copyData(until: limit, { _ in }) {}
      default: break
      }
    }
  }

  /// Reads every result of a statement; the last rows, or the first error, are its outcome.
  func finish(_ sql: String, until limit: ContinuousClock.Instant?) throws -> Rows {
    try flush(until: limit)
    var rows: Rows?
    var failure: PostgresError?
    while let result = try nextResult(until: limit) {
      let owned = Rows.Handle(result)
      switch owned.status {
      case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY, PGRES_SINGLE_TUPLE: rows = Rows(owned)
      case PGRES_COPY_IN, PGRES_COPY_BOTH:
        failure = failure ?? PostgresError(.usage, "a COPY FROM STDIN is run with copyIn", sql: sql)
        try endCopyIn(reason: "not run with copyIn", until: limit)
      case PGRES_COPY_OUT:
        failure = failure ?? PostgresError(.usage, "a COPY TO STDOUT is run with copyOut", sql: sql)
        while try copyData(until: limit, { _ in }) {}
      default: failure = failure ?? owned.error(sql: sql)  // the first counts, the rest follow from it
      }
    }
    if let failure { throw settled(failure) }
    guard let rows else { throw lost(sql: sql) }
    return rows
  }

  /// An error of the server with which the connection went away is one of the connection.
  func settled(_ error: PostgresError) -> PostgresError {
    var error = error
    if PQstatus(handle) != CONNECTION_OK {
      isBroken = true
      error.origin = .connection
    }
    return error
  }

  /// Sends what libpq holds back, reading meanwhile so that neither side waits for the other.
  func flush(until limit: ContinuousClock.Instant?) throws {
    while true {
      switch PQflush(handle) {
      case 0: return
      case 1:
        let ready = try wait(reading: true, writing: true, until: limit)
        if ready.canRead, PQconsumeInput(handle) == 0 {
          // What the server said before it left is read as a result.
          return try leave()
        }
      default: return try leave()
      }
    }
  }

  /// The next result of the statement; nil at its end.
  func nextResult(until limit: ContinuousClock.Instant?) throws -> OpaquePointer? {
    while PQisBusy(handle) == 1 {
      _ = try wait(reading: true, writing: false, until: limit)
      if PQconsumeInput(handle) == 0 {
        try leave()
        break
      }
    }
    return PQgetResult(handle)  // cannot block: not busy, or the connection is gone
  }

  /// Goes on only if libpq knows that the connection is gone, since it then answers without waiting.
  private func leave() throws {
    guard PQstatus(handle) != CONNECTION_OK else {
      isBroken = true
      throw lost()
    }
  }

  func wait(reading: Bool, writing: Bool, until limit: ContinuousClock.Instant?) throws -> Socket.Readiness {
    guard
      let ready = try Socket(PQsocket(handle)).wait(reading: reading, writing: writing, until: limit)
    else {
      throw PostgresError(.timeout, "the server did not answer in time")
    }
    return ready
  }

  func lost(sql: String? = nil) -> PostgresError {
    let message = String(cString: PQerrorMessage(handle)).trimmed
    return PostgresError(
      .connection, message.isEmpty ? "the connection to the server was lost" : message, sql: sql)
  }
}
