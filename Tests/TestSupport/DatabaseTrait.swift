internal import Glibc
public import Postgres
public import Testing

/// Gives each test a migrated database of its own, copied from a template made once a process.
///
/// The store's schemas have fixed names, so a schema a test would not do.
public struct DatabaseTrait: TestTrait, SuiteTrait, TestScoping {
  /// The database of the running test; empty outside one.
  @TaskLocal public static var name = ""

  /// Brings an empty database to the shape a test expects.
  public let prepare: @Sendable (Connection) throws -> Void

  /// A database copied from a template made by `prepare`.
  public init(prepare: @escaping @Sendable (Connection) throws -> Void) { self.prepare = prepare }

  /// Every test of a suite has it.
  public var isRecursive: Bool { true }

  /// Makes the database, runs the test and drops the database, whatever the outcome.
  public func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    guard testCase != nil else { return try await function() }  // the suite itself: nothing to set up
    let template = try await Templates.shared.name(prepare)
    let name = "test_\(UInt64.random(in: .min ... .max))"
    try TestDatabase.connect().execute("CREATE DATABASE \(identifier: name) TEMPLATE \(identifier: template)")
    defer {
      _ = try? TestDatabase.connect().execute("DROP DATABASE \(identifier: name) WITH (FORCE)")
    }
    try await Self.$name.withValue(name) { try await function() }
  }

  /// One template a process; an actor, because tests ask for it at once.
  private actor Templates {
    static let shared = Templates()
    private var made: String?

    func name(_ prepare: @Sendable (Connection) throws -> Void) throws -> String {
      if let made { return made }
      // Named after the process, so that a template left by a killed run is replaced, not used.
      let name = "template_\(getpid())"
      let admin = try TestDatabase.connect()
      try admin.execute("DROP DATABASE IF EXISTS \(identifier: name) WITH (FORCE)")
      try admin.execute("CREATE DATABASE \(identifier: name)")
      let connection = try TestDatabase.connect(database: name)
      try prepare(connection)
      connection.close()
      made = name
      return name
    }
  }
}

extension TestDatabase {
  /// A connection to another database of the same server.
  public static func connect(database: String) throws -> Connection {
    var parameters = try patientParameters
    parameters["dbname"] = database
    return try Connection(parameters, deadline: .seconds(60))
  }
}
