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

  /// A connection that sees the schema of the running test only.
  public static func connect(deadline: Duration? = .seconds(60)) throws -> Connection {
    let connection = try Connection(parameters, deadline: deadline)
    if !SchemaTrait.name.isEmpty {
      try connection.run(script: "SET search_path TO \(SchemaTrait.name)")
    }
    return connection
  }
}
