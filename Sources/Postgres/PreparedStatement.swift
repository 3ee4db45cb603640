internal import CLibpq

/// A statement the server has parsed, under the name it goes by on its connection.
struct PreparedStatement {
  let name: String
  let text: String
}

extension Connection {
  /// The statement of this text, which the server parses the first time it is asked for; it lasts as long as the connection.
  func prepared(_ text: String, until limit: ContinuousClock.Instant?) throws -> PreparedStatement {
    if let known = preparedStatements[text] { return known }
    let statement = PreparedStatement(name: "jvs_\(preparedStatements.count + 1)", text: text)
    guard PQsendPrepare(handle, statement.name, text, 0, nil) == 1 else { throw lost(sql: text) }
    _ = try finish(text, until: limit)
    preparedStatements[text] = statement
    return statement
  }

  func send(_ statement: PreparedStatement, _ values: [String?]) throws {
    let sent = withCStrings(values) {
      PQsendQueryPrepared(handle, statement.name, Int32($0.count), $0, nil, nil, 0)
    }
    guard sent == 1 else {
      throw PQstatus(handle) == CONNECTION_OK
        ? PostgresError(.usage, String(cString: PQerrorMessage(handle)).trimmed, sql: statement.text) : lost()
    }
  }
}
