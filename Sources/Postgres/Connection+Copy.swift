internal import CLibpq

extension Connection {
  /// Streams rows into a `COPY … FROM STDIN` in the text format, and returns how many were stored.
  ///
  /// All or nothing: the COPY runs in a transaction (or a savepoint of the running one), and is undone
  /// when `body` throws, when the server refuses a row, and when the server did not store as many rows
  /// as were written.
  @discardableResult
  public func copyIn(
    _ statement: String, within limit: Duration? = nil, _ body: (inout CopyWriter) throws -> Void
  ) throws -> Int {
    try copyIn(SQL(trusted: statement), within: limit, body)
  }

  /// Streams rows into a `COPY … FROM STDIN` in the text format, and returns how many were stored.
  @discardableResult
  public func copyIn(
    _ statement: SQL, within limit: Duration? = nil, _ body: (inout CopyWriter) throws -> Void
  ) throws -> Int {
    try copyIn(statement, within: limit) { silence in
      var writer = CopyWriter(connection: self, silence: silence)
      try body(&writer)
      try writer.end()
      return writer.rows
    }
  }

  /// Streams rows into a `COPY … FROM STDIN (FORMAT binary)`, and returns how many were stored.
  ///
  /// All or nothing, as with the text format.
  ///
  /// - Parameters:
  ///   - statement: the COPY.
  ///   - columns: the number of columns it names.
  ///   - limit: how long the server may be silent.
  ///   - body: writes the rows.
  /// - Returns: the number of rows stored.
  /// - Throws: a ``PostgresError``, or whatever `body` throws.
  @discardableResult
  public func copyBinary(
    _ statement: SQL, columns: Int, within limit: Duration? = nil,
    _ body: (inout BinaryCopyWriter) throws -> Void
  ) throws -> Int {
    try copyIn(statement, within: limit) { silence in
      var writer = BinaryCopyWriter(connection: self, silence: silence, columns: columns)
      try body(&writer)
      try writer.end()
      return writer.rows
    }
  }

  private func copyIn(
    _ statement: SQL, within limit: Duration?, _ write: (_ silence: Duration?) throws -> Int
  ) throws -> Int {
    let sql = try copyText(statement)
    let silence = limit ?? deadline
    return try transaction {
      let (stored, written) = try exchange(sql, within: limit) { limit in
        try self.startCopy(sql, PGRES_COPY_IN, "COPY FROM STDIN", until: limit)
        let written: Int
        do {
          written = try write(silence)
        } catch {
          // The server is told that the COPY fails, and is heard out.
          let bound = ContinuousClock.now + Self.grace
          if PQstatus(self.handle) == CONNECTION_OK {
            try? self.endCopyIn(reason: "abandoned by the client", until: bound)
            try? self.drain(until: bound)
          }
          throw error
        }
        let limit = silence.map { ContinuousClock.now + $0 }
        try self.endCopyIn(reason: nil, until: limit)
        return (try self.finish(sql, until: limit).affected, written)
      }
      guard stored == written else {
        throw PostgresError(
          .server, "\(written) rows were sent and \(stored) stored: the COPY is undone", sql: sql
        )
      }
      return stored
    }
  }

  /// Streams `COPY … TO STDOUT` line by line; the bytes are valid inside `line` only.
  ///
  /// When `line` throws, the COPY is cancelled. Returns the number of lines.
  @discardableResult
  public func copyOut(
    _ statement: String, within limit: Duration? = nil, _ line: (UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws -> Int {
    try copyOut(SQL(trusted: statement), within: limit, line)
  }

  /// Streams `COPY … TO STDOUT` line by line; the bytes are valid inside `line` only.
  @discardableResult
  public func copyOut(
    _ statement: SQL, within limit: Duration? = nil, _ line: (UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws -> Int {
    let sql = try copyText(statement)
    let silence = limit ?? deadline
    return try exchange(sql, within: limit) { limit in
      try self.startCopy(sql, PGRES_COPY_OUT, "COPY TO STDOUT", until: limit)
      var lines = 0
      func take(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        lines += 1
        do { try line(bytes) } catch { throw Abandoned(error) }
      }
      while try self.copyData(until: silence.map { ContinuousClock.now + $0 }, take) {}
      _ = try self.finish(sql, until: silence.map { ContinuousClock.now + $0 })
      return lines
    }
  }

  private func copyText(_ statement: SQL) throws -> String {
    guard statement.values.isEmpty else {
      throw PostgresError(.usage, "a COPY takes no parameters: copy a query from a view or a temporary table")
    }
    try refuseNUL(statement.text)
    return statement.text
  }

  private func startCopy(
    _ sql: String, _ expected: ExecStatusType, _ name: String, until limit: ContinuousClock.Instant?
  ) throws {
    guard PQsendQuery(handle, sql) == 1 else { throw lost(sql: sql) }
    try flush(until: limit)
    guard let result = try nextResult(until: limit) else { throw lost(sql: sql) }
    let owned = Rows.Handle(result)
    guard owned.status != expected else { return }
    if owned.status == PGRES_FATAL_ERROR {
      let error = owned.error(sql: sql)
      while let rest = try nextResult(until: limit) { PQclear(rest) }
      throw settled(error)
    }
    // A COPY the other way round, or no COPY at all: `exchange` brings it to its end.
    throw PostgresError(.usage, "the statement is no \(name)", sql: sql)
  }

  /// Sends a part of the rows, waiting until the server takes it.
  func putCopyData(_ bytes: UnsafeRawBufferPointer, within silence: Duration?) throws {
    let limit = silence.map { ContinuousClock.now + $0 }
    while true {
      let sent = PQputCopyData(
        handle, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count))
      switch sent {
      case 1: return try flush(until: limit)
      case 0: try waitToPut(until: limit)
      default: throw lost()
      }
    }
  }

  /// Ends the rows, with a reason when the server is to forget them.
  func endCopyIn(reason: String?, until limit: ContinuousClock.Instant?) throws {
    while true {
      switch PQputCopyEnd(handle, reason) {
      case 1: return try flush(until: limit)
      case 0: try waitToPut(until: limit)
      default: throw lost()
      }
    }
  }

  private func waitToPut(until limit: ContinuousClock.Instant?) throws {
    let ready = try wait(reading: true, writing: true, until: limit)
    if ready.canRead, PQconsumeInput(handle) == 0 { throw lost() }
  }

  /// Calls `body` with the next line of a COPY OUT; false at its end.
  func copyData(
    until limit: ContinuousClock.Instant?, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws -> Bool {
    while true {
      var buffer: UnsafeMutablePointer<CChar>?
      let length = PQgetCopyData(handle, &buffer, 1)
      defer { PQfreemem(buffer) }
      switch length {
      case 0:
        _ = try wait(reading: true, writing: false, until: limit)
        if PQconsumeInput(handle) == 0, PQstatus(handle) == CONNECTION_OK { throw lost() }
        if PQstatus(handle) != CONNECTION_OK { return false }  // the result to come says why
      case -1: return false
      case ..<0: throw lost()
      default:
        let start = UnsafeRawPointer(buffer)?.assumingMemoryBound(to: UInt8.self)
        try body(UnsafeBufferPointer(start: start, count: Int(length)))
        return true
      }
    }
  }
}
