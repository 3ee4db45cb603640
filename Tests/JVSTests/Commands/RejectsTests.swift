import Foundation
import Postgres
import Testing

/// The refused rows come back to the partner, who mends them and sends them again.
///
/// One at a time: each starts processes that fill the machine.
@Suite(.serialized) struct RejectsTests {
  /// Twelve rows, of which ten have a mistake each of another kind.
  static let mistaken = """
    pathway;month;hours_worked;hours_absent;remarque
    P1-1;2025-04;100;;bon
    P1-1;2025-13;100;;mois
    P1-1;mai 2026;100;;mois en lettres
    P1-1;2025-06;1,2,3;;virgules
    P1-1;2025-07;cent;;lettres
    P1-1;2025-08;400;;trop
    P1-1;2025-09;;;vide
    P1-1;2025-10;100;-5;négatif
    P1-1;2025-04;101;;deux fois
    P9-9;2025-11;100;;inconnu
    P2-1;2025-06;100;1;2;trop de cellules
    P2-1;2025-05;100;;=bon+1

    """
  /// What a partner types over each mistake.
  static let mending = [
    ("P1-1;2025-13;", "P1-1;2025-05;"), ("mai 2026;100", "2025-12;100"), ("1,2,3", "1,2"),
    (";cent;", ";100;"),
    (";400;", ";40;"), ("2025-09;;", "2025-09;0;"), (";-5;", ";5;"), ("P1-1;2025-04;101", "P2-1;2025-04;101"),
    ("P9-9", "P2-1"), (";1;2;trop de cellules", ";1,2;trop de cellules;"),
  ]

  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  @Test func `a file with ten mistakes is mended in its rejects file, and every row is then known`()
    async throws
  {
    try await Workplace.with(.initialised) { place in
      try await place.succeed("import", place.writeDelivery(), "--quiet")
      let before = try place.count("SELECT count(*) FROM fact.monthly_activity")
      let file = try place.write("files/essai/monthly_activity-2026.csv", RejectsTests.mistaken)
      let first = try await place.jvs("import", file)
      #expect(first.code == 65)
      #expect(
        first.err.contains(
          "monthly_activity-2026.csv: 12 rows read = 2 recorded + 0 unchanged + 10 refused\n"))
      let rejects = place.folder + "/files/essai/monthly_activity-2026.rejects.csv"
      #expect(
        first.err.contains("the refused rows are in \(rejects); mend them there, then import that file\n"))
      let mode = try FileManager.default.attributesOfItem(atPath: rejects)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      var table = try text(rejects)
      #expect(table.split(separator: "\r\n").count == 11)
      for (mistake, mended) in RejectsTests.mending {
        #expect(table.contains(mistake), "\(mistake) is not in \(table)")
        table = table.replacing(mistake, with: mended)
      }
      try Data(table.utf8).write(to: URL(fileURLWithPath: rejects))
      let second = try await place.succeed("import", rejects)
      #expect(second.out.contains("10 rows read, 10 recorded (0 of them revisions), 0 unchanged, 0 refused"))
      #expect(!second.err.contains("_reason"), "its own columns are worth no remark")
      #expect(try place.count("SELECT count(*) FROM fact.monthly_activity") == before + 12)
      #expect(
        !FileManager.default.fileExists(
          atPath: rejects.replacing(".rejects.csv", with: ".rejects.rejects.csv")))
    }
  }

  @Test func `a folder imported again leaves alone what is being mended, and says so`() async throws {
    try await Workplace.with(.initialised) { place in
      try await place.succeed("import", place.writeDelivery(), "--quiet")
      try place.write("files/essai/exit-2.csv", "pathway,exited_on\nP2-1,2026-02-30\n")
      #expect(try await place.jvs("import", place.folder + "/files").code == 65)
      let rejects = try place.write("files/essai/exit-2.rejects.csv", "half mended")
      let before = try Workplace.snapshot(place.folder)
      let again = try await place.jvs("import", place.folder + "/files")
      #expect(again.code == 65, "what was refused still is")
      #expect(
        again.err.contains("exit-2.csv, already imported: 1 row read = 0 recorded + 0 unchanged + 1 refused"))
      #expect(again.err.contains("the refused rows are in \(rejects); mend them there"))
      #expect(
        again.err.contains("exit-2.rejects.csv: these are the refused rows of an earlier import; mend them"))
      #expect(again.out.contains("7 file(s), 7 of them already known"))
      #expect(try Workplace.snapshot(place.folder) == before)
      try FileManager.default.removeItem(atPath: rejects)
      #expect(try await place.jvs("import", place.folder + "/files").code == 65)
      #expect(try text(rejects).contains("P2-1,2026-02-30,2,exited_on,"), "what is lost is written again")
    }
  }

  @Test func `a mended rejects file is not replaced by an import that reads it too`() async throws {
    try await Workplace.with(.initialised) { place in
      try await place.succeed("import", place.writeDelivery(), "--quiet")
      let file = try place.write("files/essai/exit-2.csv", "pathway,exited_on\nP2-1,2026-02-30\n")
      let mended = try place.write("files/essai/exit-2.rejects.csv", "pathway,exited_on\nP2-1,2026-02-28\n")
      let outcome = try await place.jvs("import", file, mended, "--json")
      let answers = try #require(try outcome.json() as? [[String: Any]])
      #expect(answers.map { $0["recorded"] as? Int } == [0, 1])
      #expect(answers[0]["rejectsFile"] as? String == place.folder + "/files/essai/exit-2-2.rejects.csv")
      #expect(answers[0]["omittedRemarks"] as? Int == 0)
      #expect(answers[1]["rejectsFile"] == nil)
      let remarks = try #require(answers[0]["remarks"] as? [[String: Any]])
      #expect((remarks.first?["french"] as? String)?.hasPrefix("ce jour n’existe pas") == true)
    }
  }

  @Test func `another folder keeps files of one name apart, each under its cooperation`() async throws {
    try await Workplace.with(.initialised) { place in
      try await place.succeed("import", place.writeDelivery(), "--quiet")
      for quarter in ["T1", "T2"] {
        try place.write("more/essai/\(quarter)/exit.csv", "pathway,exited_on\nP2-1,\(quarter)\n")
      }
      let outcome = try await place.jvs("import", place.folder + "/more", "--rejects", place.folder + "/back")
      #expect(outcome.code == 65)
      let found = try FileManager.default.subpathsOfDirectory(atPath: place.folder + "/back").sorted()
      #expect(
        found == [
          "essai", "essai/T1", "essai/T1/exit.rejects.csv", "essai/T2", "essai/T2/exit.rejects.csv",
        ])
      #expect(
        try FileManager.default.subpathsOfDirectory(atPath: place.folder + "/more").allSatisfy {
          !$0.contains("rejects")
        })
    }
  }

  @Test func `a place that cannot be written costs no recorded row`() async throws {
    try await Workplace.with(.initialised) { place in
      try await place.succeed("import", place.writeDelivery(), "--quiet")
      let file = try place.write(
        "files/essai/exit-2.csv", "pathway,exited_on\nP2-1,2026-02-28\nP1-1,2026-02-30\n")
      let taken = try place.write("taken", "a file, not a folder")
      let outcome = try await place.jvs("import", file, "--rejects", taken)
      #expect(outcome.code == 65)
      #expect(outcome.err.contains("could not be written"))
      #expect(outcome.err.contains("name a folder with --rejects"))
      #expect(outcome.out.contains("2 rows read, 1 recorded"))
    }
  }

  @Test func `the night puts the refused rows beside the settled file, and its report names them`()
    async throws
  {
    try await Workplace.with(.initialised) { place in
      try await place.succeed("import", place.writeDelivery(), "--quiet")
      try place.write("data/inbox/essai/exit-2.csv", "pathway,exited_on\nP2-1,2026-02-30\n")
      try await place.succeed("nightly", "--site", place.site, "--today", "2026-04-20")
      let done = place.data + "/done/2026-04-20/essai"
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: done).sorted() == [
          "exit-2.csv", "exit-2.csv.report.txt", "exit-2.rejects.csv",
        ])
      let report = try text(done + "/exit-2.csv.report.txt")
      #expect(
        report == """
          essai/exit-2.csv: 1 row read = 0 recorded + 0 unchanged + 1 refused
          refused: essai/exit-2.csv:2:2: the calendar has no such day; correct it, like 31/12/2025
          the refused rows are in exit-2.rejects.csv; mend them there, then import that file

          """)
      #expect(try FileManager.default.contentsOfDirectory(atPath: place.data + "/inbox/essai").isEmpty)
    }
  }

  @Test func `many remarks alike are one line with their number`() async throws {
    try await Workplace.with(.initialised) { place in
      try await place.succeed("import", place.writeDelivery(), "--quiet")
      let rows = (0..<1_500).map { "P1-1;2026-01;x\($0 % 7 == 0 ? "" : "y")" }.joined(separator: "\n")
      let file = try place.write(
        "files/essai/monthly_activity-x.csv", "pathway;month;hours_worked\nP2-1;2026-01;-1\n" + rows)
      let outcome = try await place.jvs("import", file)
      let lines = outcome.err.split(separator: "\n")
      #expect(lines.count == 5, "\(outcome.err)")
      #expect(lines[0].contains(":2:3: a number less than 0, the least of \"hours_worked\""))
      #expect(
        lines[1].hasSuffix(
          ":3:3: a text stands where a number is expected; write digits only, or leave the cell empty (999 rows like this in hours_worked; this is the first)"
        ))
      #expect(lines[2].hasPrefix("… and 501 more remarks about "))
      #expect(lines[3].hasSuffix(": 1501 rows read = 0 recorded + 0 unchanged + 1501 refused"))
    }
  }

  @Test func `every refused row is in the rejects file, however many there are`() async throws {
    try await Workplace.with(.initialised) { place in
      try await place.succeed("import", place.writeDelivery(), "--quiet")
      let before = try place.count("SELECT count(*) FROM fact.monthly_activity")
      // Of three thousand rows 2 500 are of somebody unknown; 1 250 others cannot be read.
      let rows = (0..<3_750).map { row in
        let (year, month) = (1_990 + row / 3 % 500 / 12, row / 3 % 12 + 1)
        let code = row % 3 == 2 ? "P1-1" : "INCONNU\(row)"
        return "\(code);\(year)-\(month < 10 ? "0" : "")\(month);\(row % 3 == 2 ? "x" : "7")"
      }
      let file = try place.write(
        "files/essai/monthly_activity-tout.csv",
        "pathway;month;hours_worked\n" + rows.joined(separator: "\n") + "\n")
      let outcome = try await place.jvs("import", file)
      #expect(outcome.code == 65)
      #expect(outcome.err.contains("3750 rows read = 0 recorded + 0 unchanged + 3750 refused"))
      #expect(
        outcome.err.contains("… and 1750 more remarks about \(file); its rejects file has every refused row"),
        "\(outcome.err)")
      #expect(outcome.err.contains("(at least 1000 rows like this in pathway; this is the first)"))
      let rejects = try text(place.folder + "/files/essai/monthly_activity-tout.rejects.csv")
      let refused = rejects.split(separator: "\r\n").dropFirst()
      #expect(refused.count == 3_750)
      #expect(refused.filter { $0.contains("n’est pas un code connu (pathway)") }.count == 2_500)
      #expect(try place.count("SELECT count(*) FROM fact.monthly_activity") == before)
      #expect(try place.count("SELECT count(*) FROM ops.reject") <= 2_000)
    }
  }
}
