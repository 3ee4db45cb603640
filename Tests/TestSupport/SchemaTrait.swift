internal import Postgres
public import Testing

/// Gives each test a schema of its own, so that tests share one server and still run in parallel.
public struct SchemaTrait: TestTrait, SuiteTrait, TestScoping {
  /// The schema of the running test; empty outside one.
  @TaskLocal public static var name = ""

  /// Every test of a suite has it.
  public var isRecursive: Bool { true }

  /// Makes the schema, runs the test and drops the schema, whatever the outcome.
  public func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    guard testCase != nil else { return try await function() }  // the suite itself: nothing to set up
    let name = "test_\(UInt64.random(in: .min ... .max))"
    try TestDatabase.connect().run(script: "CREATE SCHEMA \(name)")
    defer {
      // On a new connection: the test may have broken or blocked its own.
      try? TestDatabase.connect().run(script: "DROP SCHEMA \(name) CASCADE")
    }
    try await Self.$name.withValue(name) { try await function() }
  }
}

extension Trait where Self == SchemaTrait {
  /// A schema of its own for each test.
  public static var schema: Self { Self() }
}
