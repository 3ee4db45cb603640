import Impact
import Postgres
import Store
import TestSupport
import Testing

@Suite(.archive) struct `The run ledger` {
  private func begin(_ archive: Archive) throws -> Archive.Run {
    try archive.beginRun("nightly", on: Fixture.day, host: "machine", process: 4711)
  }

  @Test func `a second run is told who holds the lock, and may start once it is free`() throws {
    let first = try Fixture.archive()
    let second = try Fixture.archive()
    let run = try begin(first)
    do {
      _ = try begin(second)
      Issue.record("two runs at once")
    } catch let busy as Archive.Busy {
      #expect(
        busy.description.contains("jvs nightly") && busy.description.contains("process 4711 on machine"))
    }
    try first.end(run)
    let next = try begin(second)
    #expect(try second.holdsLock() && !first.holdsLock())
    try second.end(next)
  }

  @Test func `a run whose session died is marked abandoned by the next`() throws {
    let first = try Fixture.archive()
    _ = try begin(first)
    first.connection.close()
    let second = try Fixture.archive()
    var run: Archive.Run?
    // The server notices the closed session in its own time.
    for _ in 0..<2_000 where run == nil { run = try? begin(second) }
    try #require(run != nil)
    let states: [String] = try second.connection.execute("SELECT state FROM ops.run ORDER BY run_id")
      .map { try $0.decode() }
    #expect(states == ["abandoned", "running"])
  }

  @Test func `a terminated session no longer holds the lock, whatever it believes`() throws {
    let first = try Fixture.archive()
    _ = try begin(first)
    let second = try Fixture.archive()
    try second.connection.execute("SELECT pg_terminate_backend(\(first.connection.backendPID))")
    #expect(throws: (any Error).self) { try first.holdsLock() }
  }

  @Test func `steps and their outcomes are kept`() throws {
    let archive = try Fixture.archive()
    let run = try begin(archive)
    try archive.begin("import", of: run)
    try archive.end("import", of: run, .nothingNew, detail: "the inbox is empty")
    try archive.end(run, failed: "no room")
    let (outcome, state, message) = try archive.connection.execute(
      "SELECT s.outcome, r.state, r.message FROM ops.run r JOIN ops.run_step s USING (run_id)")[0]
      .decode((String, String, String).self)
    #expect((outcome, state, message) == ("nothing-new", "failed", "no room"))
    #expect(try archive.hoursSinceLastSuccess("nightly") == nil)
  }
}
