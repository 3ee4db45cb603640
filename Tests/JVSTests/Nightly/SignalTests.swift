import Foundation
import Postgres
import Testing

/// SIGTERM and SIGINT: the command says so, undoes what was not finished and leaves nobody behind.
@Suite struct SignalTests {
  @Test(arguments: [SIGTERM, SIGINT]) func `an import stopped by a signal is undone`(_ signal: Int32) async throws {
    try await Workplace.with(.initialised) { place in
      let files = try place.writeDelivery()
      let gate = try place.connection()
      try gate.run(script: "BEGIN; LOCK TABLE fact.exit IN ACCESS EXCLUSIVE MODE")
      let run = try place.start("import", files)
      try await place.untilBlocked()
      run.send(signal)
      let outcome = try await run.finish(within: .seconds(20))
      #expect(outcome.code == 128 + signal)
      #expect(outcome.err.hasPrefix("jvs: stopped by SIG"))
      gate.close()
      #expect(try await place.sessionsLeft() == 0)
      #expect(try place.count("SELECT count(*) FROM fact.exit") == 0)
      try await place.succeed("import", files)
      #expect(try place.count("SELECT count(*) FROM fact.exit") == 1)
    }
  }

  @Test func `a night stopped by SIGTERM ends with 75 and says so in the ledger`() async throws {
    try await Workplace.with(.initialised) { place in
      _ = try place.writeDelivery(to: "data/inbox/essai")
      let gate = try place.connection()
      try gate.run(script: "BEGIN; LOCK TABLE fact.exit IN ACCESS EXCLUSIVE MODE")
      let run = try place.start("nightly", "--site", place.site, "--today", "2026-04-20")
      try await place.untilBlocked()
      run.send(SIGTERM)
      #expect(try await run.finish(within: .seconds(20)).code == 75)
      gate.close()
      #expect(try await place.sessionsLeft() == 0)
      #expect(
        try place.count("SELECT count(*) FROM ops.run WHERE state = 'failed' AND message LIKE 'stopped by%'")
          == 1)
      try await place.succeed("nightly", "--site", place.site, "--today", "2026-04-20")
      try SiteTree(path: place.site).verify()
    }
  }
}
