import Foundation
import Testing

/// `jvs sroi`, as its reader meets it.
@Suite(.serialized) struct SROICommandTests {
  @Test func `the map of a year is printed with what is deducted, and the same for a machine`() async throws {
    try await Workplace.with(.samples) { place in
      let told = try await place.succeed("sroi", "--cooperation", "lemon-aide").out
      #expect(told.hasPrefix("lemon-aide, 2025, release 2026T3-r1, sroi.yaml version 1\n"), "\(told)")
      for part in [
        "put in: lemon-tri ", "put in: public-aid-rolling-year: ", "rsa-after-exit: ",
        "attribution to others 0.25",
        "drop-off 0.3, years 2–4", "seed 20160301",
      ] {
        #expect(told.contains(part), "\(part): \(told)")
      }
      #expect(!told.contains("job-deprivation"))
      let json =
        try await place.succeed("sroi", "--cooperation", "lemon-aide", "--json").json() as? [String: Any]
      #expect(json?["year"] as? Int == 2025 && (json?["ratio"] as? Double ?? 0) > 0)
      #expect((json?["outcomes"] as? [Any])?.count == 4)

      let running = try await place.succeed("sroi", "--cooperation", "lemon-aide", "--year", "2026").out
      #expect(running.contains("no ratio: not-over"))
      let over = try await place.succeed("sroi", "--cooperation", "gme-plaine-commune").out
      #expect(over.contains("gme-plaine-commune, 2021"))
    }
  }

  @Test func `what does not exist is refused with the way out`() async throws {
    try await Workplace.with(.samples) { place in
      let name = try await place.jvs("sroi", "--cooperation", "lemon-aid")
      #expect(name.code == 65 && name.err.contains("did you mean \"lemon-aide\""))
      let year = try await place.jvs("sroi", "--cooperation", "lemon-aide", "--year", "2015")
      #expect(year.code == 65 && year.err.contains("2024, 2025, 2026"), "\(year.err)")
      let release = try await place.jvs("sroi", "--cooperation", "lemon-aide", "--release", "2026T9-r1")
      #expect(release.code == 65 && release.err.contains("known: 2026T"), "\(release.err)")
    }
  }
}
