internal import CLibpq

/// A statement the server has parsed once, to be run many times on its connection.
public final class PreparedStatement {
  private let connection: Connection
  private let name: String
  private let text: String

  init(connection: Connection, name: String, text: String) {
    self.connection = connection
    self.name = name
    self.text = text
  }

  /// Runs the statement with a value for each of its numbered parameters.
  @discardableResult
  public func execute<each Value: PostgresEncodable & Sendable>(
    _ values: repeat each Value, within limit: Duration? = nil
  ) throws -> Rows {
    var list: [any PostgresEncodable & Sendable] = []
    for value in repeat each values { list.append(value) }
    let texts = try connection.texts(of: list, sql: text)
    return try connection.exchange(text, within: limit) { limit in
      let sent = withCStrings(texts) {
        PQsendQueryPrepared(self.connection.handle, self.name, Int32($0.count), $0, nil, nil, 0)
      }
      guard sent == 1 else { throw self.connection.lost(sql: self.text) }
      return try self.connection.finish(self.text, until: limit)
    }
  }

  /// Lets the server forget the statement, which otherwise lasts as long as the connection.
  public func deallocate() throws {
    try connection.execute("DEALLOCATE \(identifier: name)")
  }
}

@available(*, unavailable) extension PreparedStatement: Sendable {}

extension Connection {
  /// Lets the server parse a statement with `$1`, `$2`… written in its text, to run it many times.
  public func prepare(_ statement: SQL, within limit: Duration? = nil) throws -> PreparedStatement {
    let text = statement.text
    guard statement.values.isEmpty else {
      throw PostgresError(
        .usage, "a prepared statement has $1, $2… in its text, and no values yet", sql: text)
    }
    try refuseNUL(text)
    preparedCount += 1
    let name = "jvs_\(preparedCount)"
    return try exchange(text, within: limit) { limit in
      guard PQsendPrepare(self.handle, name, text, 0, nil) == 1 else { throw self.lost(sql: text) }
      _ = try self.finish(text, until: limit)
      return PreparedStatement(connection: self, name: name, text: text)
    }
  }
}
