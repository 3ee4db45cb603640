import Foundation
import Postgres
import Testing

/// What is refused: one clear sentence that names the place and the way out, and nothing half recorded.
///
/// One at a time: each starts processes that fill the machine.
@Suite(.serialized) struct RefusalTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var file: String
    var bytes: [UInt8]
    /// What the sentence must hold: the place, then the way out.
    var says: [String]

    init(_ name: String, _ file: String, _ bytes: [UInt8], _ says: String...) {
      testDescription = name
      self.file = file
      self.bytes = bytes
      self.says = says
    }

    init(_ name: String, _ file: String, _ text: String, _ says: String...) {
      testDescription = name
      self.file = file
      bytes = Array(text.utf8)
      self.says = says
    }
  }

  static let cases = [
    Case(
      "a picture", "essai/exit-a.csv", [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13],
      "essai/exit-a.csv", "save it as CSV UTF-8"),
    Case(
      "a workbook", "essai/exit-b.csv", [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8, 0], "essai/exit-b.csv",
      "save it again as .xlsx"),
    Case(
      "UTF-16", "essai/exit-c.csv", "pathway,exited_on\n".utf8.flatMap { [$0, 0] }, "essai/exit-c.csv",
      "save it as CSV UTF-8"),
    Case(
      "an unknown cooperation", "ailleurs/exit.csv", "pathway,exited_on\nP2-1,2026-01-01\n",
      "ailleurs/exit.csv", "“ailleurs” is unknown (known: essai)", "--cooperation"),
    Case(
      "a date that does not exist", "essai/exit-d.csv", "pathway,exited_on\nP2-1,2026-02-30\n",
      "essai/exit-d.csv:2:2: ", "correct it"),
    Case(
      "a name that is no entity", "essai/sorties.csv", "pathway,exited_on\nP2-1,2026-02-28\n",
      "essai/sorties.csv", "name the file <entity>.csv"),
    Case(
      "a header without a required column", "essai/exit-e.csv", "pathway,motif\nP2-1,7\n",
      "essai/exit-e.csv:1", "\"exited_on\" is missing", "add it"),
    Case(
      "a quote never closed", "essai/organisation-f.csv",
      "organisation,name,siret,kind\nautre,\"Autre,,EI\n", "essai/organisation-f.csv:2:", "close it"),
    Case(
      "a reference to nothing", "essai/exit-g.csv", "pathway,exited_on\nP9-1,2026-02-28\n",
      "essai/exit-g.csv:2:1: ", "send the pathway first"),
  ]

  @Test(arguments: cases) func `bad input`(_ input: Case) async throws {
    try await Workplace.with(.initialised) { place in
      try await place.succeed("import", place.writeDelivery(), "--quiet")
      let facts = try place.count("SELECT count(*) FROM ops.batch")
      let file = try place.write("bad/" + input.file, input.bytes)
      let outcome = try await place.jvs("import", file)
      #expect(outcome.code == 65)
      let lines = outcome.err.split(separator: "\n")
      #expect(lines.filter { $0.hasPrefix("refused: ") }.count == 1, "one sentence: \(outcome.err)")
      // A file that could be read has its sum and its rejects file beside the sentence.
      let isRead = lines.contains { $0.contains(": 1 row read = 0 recorded + 0 unchanged + 1 refused") }
      #expect(lines.count == (isRead ? 3 : 1), "\(outcome.err)")
      #expect(isRead == outcome.err.contains(".rejects.csv; mend them there"))
      for part in input.says { #expect(outcome.err.contains(part), "“\(part)” is not in: \(outcome.err)") }
      #expect(!outcome.err.contains("Error") && !outcome.err.contains("nil"), "words, not a dump")
      #expect(try place.count("SELECT count(*) FROM ops.batch") == facts, "nothing is half recorded")
    }
  }

  @Test func `a file that is not there`() async throws {
    try await Workplace.with(.initialised) { place in
      let outcome = try await place.jvs("import", place.folder + "/nothing.csv")
      #expect(outcome.code == 65)
      #expect(
        outcome.err
          == "refused: \(place.folder)/nothing.csv: there is no such file or folder; check its name\n")
    }
  }

  @Test func `Windows accents are read, with a remark`() async throws {
    try await Workplace.with(.initialised) { place in
      try await place.succeed("import", place.writeDelivery(), "--quiet")
      let bytes = Array("organisation,name,siret,kind\nautre,Caf".utf8) + [0xE9] + Array(",,EI\n".utf8)
      let outcome = try await place.succeed("import", place.write("essai/organisation-2.csv", bytes))
      #expect(outcome.err.contains("read as Windows-1252; check its accents"))
      #expect(try place.count("SELECT count(*) FROM fact.organisation WHERE name = 'Café'") == 1)
    }
  }

  @Test(arguments: [
    ["nonsense"], ["import"], ["publish"], ["release", "--quarter", "2026T5"],
    ["compute", "--today", "hier"],
    ["check", "--quiet", "--verbose"], ["compute", "--nonsense"], ["check", "--home", "/nonexistent"],
    ["db", "start", "--database", "dbname=x"],
  ])
  func `a usage error ends with 64`(_ arguments: [String]) async throws {
    let outcome = try await Tool.jvs(arguments)
    #expect(outcome.code == 64)
    #expect(outcome.out == "")
    #expect(!outcome.err.isEmpty)
  }

  @Test func `no database ends with 69 and the way out`() async throws {
    let folder = NSTemporaryDirectory() + "jvs-none-\(UInt64.random(in: .min ... .max))"
    let common = ["--data", folder, "--home", Tool.root]
    let absent = try await Tool.jvs(["compute"] + common)
    #expect(absent.code == 69)
    #expect(
      absent.err == "jvs: there is no database in \(folder); run jvs init, or name one with --database\n")
    #expect(!FileManager.default.fileExists(atPath: folder), "asking makes nothing")
    let unreachable = try await Tool.jvs(["compute", "--database", "host=/nonexistent"] + common)
    #expect(unreachable.code == 69)
    #expect(unreachable.err.contains("run jvs doctor"))
  }

  @Test func `a database without tables ends with 69 and names the command`() async throws {
    try await Workplace.with(.empty) { place in
      let outcome = try await place.jvs("compute")
      #expect(outcome.code == 69)
      #expect(outcome.err.contains("run jvs db migrate"))
    }
  }

  @Test func `an unknown release, figure, audience or cooperation is named with those there are`()
    async throws
  {
    try await Workplace.with(.samples) { place in
      let release = try await place.jvs("publish", "--site", place.site, "--release", "2026T9-r1")
      #expect(release.code == 65)
      #expect(release.err.contains("known: 2026T2-r1, 2026T3-r1"))
      let audience = try await place.jvs("publish", "--site", place.site, "--audience", "nobody")
      #expect(audience.code == 64)
      #expect(audience.err.contains("known: internal, funder"))
      #expect(!FileManager.default.fileExists(atPath: place.site))
      #expect(try await place.jvs("explain", "lemon-aide/nothing/2026T3").code == 65)
      #expect(try await place.jvs("explain", "nobody/exits/2026T3").code == 65)
      #expect(try await place.jvs("explain", "lemon-aide").code == 64)
      #expect(try await place.jvs("explain", "2026T9-r1/lemon-aide/exits/2026T3").code == 65)
    }
  }
}
