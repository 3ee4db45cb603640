internal import Glibc
public import Postgres

/// The database the tests run on, named by `JVS_TEST_DATABASE`.
public enum TestDatabase {
  /// Said when the variable is not set: a test that cannot run has failed.
  public struct NotNamed: Error, CustomStringConvertible {
    /// How to run.
    public var description: String {
      "JVS_TEST_DATABASE names no database: run the tests with Deploy/test,"
        + " or set it to the address of an empty one (postgresql://user@host:5432/database)."
    }
  }

  /// Where the database is.
  public static var parameters: Connection.Parameters {
    get throws {
      guard let address = getenv("JVS_TEST_DATABASE").map({ String(cString: $0) }), !address.isEmpty
      else { throw NotNamed() }
      return try Connection.Parameters(conninfo: address)
    }
  }

  /// Where a test's own sessions are.
  ///
  /// They may sit idle in a transaction, or wait for a lock, for as long as a busy machine makes them: the server's
  /// limits are for what is tested, not for the test around it.
  static var patientParameters: Connection.Parameters {
    get throws {
      var parameters = try parameters
      let limits = "-c idle_in_transaction_session_timeout=0 -c lock_timeout=0"
      parameters["options"] = [parameters["options"], limits].compactMap(\.self).joined(separator: " ")
      return parameters
    }
  }

  /// A connection that sees the schema of the running test only.
  public static func connect(deadline: Duration? = .seconds(60)) throws -> Connection {
    let connection = try Connection(patientParameters, deadline: deadline)
    if !SchemaTrait.name.isEmpty {
      try connection.run(script: "SET search_path TO \(SchemaTrait.name)")
    }
    return connection
  }
}
