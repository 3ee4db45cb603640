import Foundation
import Postgres
import Testing

/// `jvs import` on terms: as a trial, all or nothing, or as the whole truth.
@Suite struct `Importing on terms` {
  private static let rows: SQL = "SELECT count(*) FROM fact.organisation WHERE batch_to = 9223372036854775807"
  private static let good = "organisation,name,kind\nun,Un,EI\ndeux,Deux,EI\n"
  private static let bad = "organisation,name,kind\ntrois,Trois,EI\nquatre,Quatre,AUTRE CHOSE\n"

  @Test func `a dry run tells all of it and records nothing`() async throws {
    try await Workplace.with(.initialised) { place in
      let folder = try place.writeDelivery()
      let before = try place.count("SELECT count(*) FROM ops.import")
      let trial = try await place.jvs("import", "--dry-run", folder)
      #expect(trial.out.contains("nothing was recorded"))
      #expect(try place.count("SELECT count(*) FROM ops.import") == before)
      #expect(try place.count("SELECT count(*) FROM fact.cooperation") == 0)
      let real = try await place.jvs("import", folder)
      #expect(real.code == trial.code)
      // The counts of the trial are those of the import.
      #expect(trial.out.hasSuffix(real.out), "\(trial.out)\n\(real.out)")
    }
  }

  @Test func `all or nothing: one refused row, and no file is recorded`() async throws {
    try await Workplace.with(.initialised) { place in
      try await place.succeed("import", try place.writeDelivery())
      let before = try place.count(Self.rows)
      let one = try place.write("all/essai/organisation-a.csv", Self.good)
      let two = try place.write("all/essai/organisation-b.csv", Self.bad)
      let refused = try await place.jvs("import", "--all-or-nothing", one, two)
      #expect(refused.code == 65)
      #expect(refused.out.contains("Nothing was recorded"))
      #expect(try place.count(Self.rows) == before)
      let taken = try await place.jvs("import", one, two)
      #expect(taken.code == 65)
      #expect(try place.count(Self.rows) == before + 3)
    }
  }

  @Test func `a complete file closes what it lacks, and two for one table are refused`() async throws {
    try await Workplace.with(.initialised) { place in
      try await place.succeed("import", try place.writeDelivery())
      let before = try place.count(Self.rows)
      let one = try place.write("all/essai/organisation-a.csv", Self.good)
      let whole = try place.write(
        "all/essai/organisation-b.csv", "organisation,name,kind\nun,Un,EI\nemployeur,Employeur,EI\n")
      let hole = try place.write("all/essai/organisation-c.csv", "organisation,name,kind\nun,Un,EI\n")
      try await place.succeed("import", one)
      #expect(try place.count(Self.rows) == before + 2)
      #expect(try await place.jvs("import", "--complete", one, whole).code == 64)
      // Pathways still name the employer that this file lacks.
      let refused = try await place.jvs("import", "--complete", hole)
      #expect(refused.code == 65)
      #expect(refused.err.contains("pathway"))
      #expect(try place.count(Self.rows) == before + 2)
      let closed = try await place.succeed("import", "--complete", whole)
      #expect(closed.out.contains("closed"))
      #expect(try place.count(Self.rows) == 2)
    }
  }
}
