import Foundation
import Postgres
import Testing

/// The night run: files received, done once, alone, and whole after any end.
@Suite struct NightlyTests {
  private func deliver(_ quarter: String, to place: Workplace, cooperations: [String] = ["lemon-aide", "recygo"])
    throws
  {
    for cooperation in cooperations {
      let inbox = "\(place.data)/inbox/\(cooperation)"
      try FileManager.default.createDirectory(atPath: inbox, withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        atPath: "\(Tool.root)/Deploy/samples/\(cooperation)/\(quarter)", toPath: "\(inbox)/\(quarter)")
    }
  }

  private func files(_ folder: String) -> [String] {
    ((try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? [])
      .filter { $0.hasSuffix(".csv") || $0.hasSuffix(".txt") }.sorted()
  }

  @Test func `files go to done or refused with their reports, and a second night has nothing new`() async throws {
    try await Workplace.with(.initialised) { place in
      try deliver("2026T2", to: place)
      try await place.succeed("nightly", "--site", place.site, "--today", "2026-07-16", "--quiet")
      try deliver("2026T3", to: place)
      try place.write("data/inbox/recygo/exit-vide.csv", [0x50, 0x4B, 3, 4])
      try place.write("data/inbox/recygo/exit-on-its-way.csv.part", "pathway,exi")
      let night = try await place.succeed("nightly", "--site", place.site, "--today", "2026-10-16", "--json")
      let steps = try #require(try (night.json() as? [String: Any])?["steps"] as? [String: String])
      #expect(steps["release"] == "2026T3-r1")
      #expect(steps["import"]?.contains("4 rows and 1 whole file(s) refused") == true)

      let done = files(place.data + "/done/2026-10-16")
      #expect(done.contains("recygo/2026T3/exit.csv"))
      let report = try String(
        contentsOfFile: place.data + "/done/2026-10-16/recygo/2026T3/training.csv.report.txt",
        encoding: .utf8)
      #expect(report.contains("training.csv:11:3: "))
      #expect(
        files(place.data + "/refused/2026-10-16") == [
          "recygo/exit-vide.csv", "recygo/exit-vide.csv.report.txt",
        ])
      #expect(files(place.data + "/inbox") == [])
      #expect(FileManager.default.fileExists(atPath: place.data + "/inbox/recygo/exit-on-its-way.csv.part"))

      let tree = SiteTree(path: place.site)
      try tree.verify()
      #expect(try tree.current().hasPrefix("2026T3-r1-"))
      let before = try Workplace.snapshot(place.folder)
      let batches = try place.count("SELECT count(*) FROM ops.batch")
      let again = try await place.succeed("nightly", "--site", place.site, "--today", "2026-10-16")
      #expect(again.out.contains("import: the inbox is empty"))
      #expect(again.out.contains("publish: 2026T3-r1 is already public"))
      #expect(again.err == "")
      #expect(try Workplace.snapshot(place.folder) == before, "no file is written again")
      #expect(try place.count("SELECT count(*) FROM ops.batch") == batches)
      #expect(try place.count("SELECT count(*) FROM figure.release") == 2)
      #expect(try await place.succeed("doctor", "--max-age", "26").out.contains("succeeded 0 hour(s) ago"))
    }
  }

  @Test func `a second run at the same time ends with 75 and names the holder`() async throws {
    try await Workplace.with(.initialised) { place in
      try deliver("2026T2", to: place, cooperations: ["lemon-aide"])
      let gate = try place.connection()
      try gate.run(script: "BEGIN; LOCK TABLE fact.cooperation IN ACCESS EXCLUSIVE MODE")
      let first = try place.start("nightly", "--site", place.site, "--today", "2026-07-16")
      try await place.untilBlocked()
      let second = try await place.jvs("nightly", "--site", place.site, "--today", "2026-07-16")
      #expect(second.code == 75)
      #expect(second.err.contains("the lock is held by “jvs nightly”, run 1, process \(first.pid) on "))
      #expect(second.err.split(separator: "\n").count == 1)
      try gate.run(script: "COMMIT")
      gate.close()
      #expect(try await first.finish().code == 0)
      try SiteTree(path: place.site).verify()
    }
  }

  @Test func `a killed run is abandoned, and the next one is complete`() async throws {
    try await Workplace.with(.initialised) { place in
      try deliver("2026T2", to: place, cooperations: ["lemon-aide"])
      // Half-way: some files are recorded and moved, the exits are not.
      let gate = try place.connection()
      try gate.run(script: "BEGIN; LOCK TABLE fact.exit IN ACCESS EXCLUSIVE MODE")
      let killed = try place.start("nightly", "--site", place.site, "--today", "2026-07-16")
      try await place.untilBlocked()
      killed.send(SIGKILL)
      #expect(try await killed.finish().code == 128 + SIGKILL)
      gate.close()  // which gives the table back
      #expect(try await place.sessionsLeft() == 0, "the backend of a killed run leaves by itself")
      #expect(!FileManager.default.fileExists(atPath: place.site + "/index.html"))

      try await place.succeed("nightly", "--site", place.site, "--today", "2026-07-16")
      #expect(try place.count("SELECT count(*) FROM ops.run WHERE state = 'abandoned'") == 1)
      #expect(try place.count("SELECT count(*) FROM ops.run WHERE state = 'done'") == 1)
      try SiteTree(path: place.site).verify()

      // As if nothing had happened: the same figures as a run that nobody killed.
      try await Workplace.with(.initialised) { calm in
        try deliver("2026T2", to: calm, cooperations: ["lemon-aide"])
        try await calm.succeed("nightly", "--site", calm.site, "--today", "2026-07-16")
        let name = "lemon-aide/exits/2026T2"
        let one = try await place.succeed("explain", name, "--json").json() as? [String: Any]
        let other = try await calm.succeed("explain", name, "--json").json() as? [String: Any]
        #expect(one?["value"] as? Double == other?["value"] as? Double)
        #expect(
          try place.count("SELECT count(*) FROM fact.exit") == calm.count("SELECT count(*) FROM fact.exit"))
      }
    }
  }
}
