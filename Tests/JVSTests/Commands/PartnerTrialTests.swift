import Foundation
import Postgres
import Testing

/// A partner's files, as a spreadsheet saves them, through the whole command.
@Suite(.serialized) struct `A partner's files` {
  private static let corpus = Tool.root + "/Tests/CaptureTests/Corpus/libreoffice"

  private func copy(_ name: String, to place: Workplace) throws -> String {
    let folder = place.folder + "/files/lemon-aide"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: "\(Self.corpus)/\(name)", toPath: "\(folder)/\(name)")
    return "\(folder)/\(name)"
  }

  @Test func `a template filled in with ten mistakes ends as its four right rows and ten remarks`()
    async throws
  {
    try await Workplace.with(.samples) { place in
      let file = try copy("contribution.xlsx", to: place)
      let outcome = try await place.jvs("import", file, "--json")
      #expect(outcome.code == 65)
      let answer = try #require((outcome.json() as? [[String: Any]])?.first)
      let remarks = try #require(answer["remarks"] as? [[String: Any]])
      let refused = remarks.filter { $0["severity"] as? String == "error" }
      #expect(
        refused.compactMap { remark in (remark["line"] as? Int).map { "\($0) \(remark["code"] ?? "")" } } == [
          "6 enum", "7 type", "8 minimum", "9 required", "10 duplicate-key", "11 pattern", "12 reference",
          "13 number", "14 contribution-value-of-not-valued", "16 total",
        ])
      // Each says in French what is wrong, then what to do.
      #expect(refused.allSatisfy { ($0["french"] as? String)?.contains(" ; ") ?? false }, "\(refused)")
      #expect(answer["read"] as? Int == 14 && answer["recorded"] as? Int == 4)
      let stored: [String] = try place.connection().execute(
        """
        SELECT concat_ws(' ', contribution, organisation, kind, delivered_on, quantity, value_eur)
        FROM fact.contribution
        WHERE cooperation_id = 'lemon-aide' AND contribution LIKE 'A-2026-%' AND batch_to = 9223372036854775807
        ORDER BY contribution
        """
      ).map { try $0.decode() }
      #expect(
        stored == [
          "A-2026-01 lemon-tri entrusted_turnover 2026-07-15 12500.5 12500.5",
          "A-2026-02 face skills_volunteering 2026-08-03 18 360",
          "A-2026-03 lemon-tri skills_sponsorship 2026-09-10 35 2187.5",
          "A-2026-11 danone-ecosystem grant 2026-09-02 1250 1250",
        ])
      let rejects = try String(
        contentsOfFile: place.folder + "/files/lemon-aide/contribution.rejects.csv", encoding: .utf8)
      #expect(rejects.split(whereSeparator: \.isNewline).count == 11)
      #expect(rejects.contains("Lemon Tri;in_kind;2026-08-22"))
    }
  }

  @Test func `rows about a quarter already released are told, on the terminal and to a machine`() async throws
  {
    try await Workplace.with(.samples) { place in
      let late = "month,category,amount_eur\n2026-08,turnover,1\n2026-12,turnover,2\n"
      let file = try place.write("files/lemon-aide/finance_line-late.csv", late)
      let told = try await place.succeed("import", file)
      #expect(
        told.err.contains("1 row recorded is about a quarter already released, validated or closed"),
        "\(told.err)")
      #expect(told.out.contains("1 recorded about quarters already released"), "\(told.out)")
      let other = try place.write(
        "files/lemon-aide/finance_line-later.csv", late.replacing("turnover", with: "subsidy"))
      let answer = try await place.succeed("import", other, "--json").json() as? [[String: Any]]
      #expect(answer?.first?["late"] as? Int == 1)
      let remark = try #require((answer?.first?["remarks"] as? [[String: Any]])?.first)
      #expect(remark["code"] as? String == "late" && remark["severity"] as? String == "warning")
      #expect((remark["french"] as? String)?.contains("rectification") ?? false)
      // Of a quarter to come, nothing is late.
      let next = try place.write(
        "files/lemon-aide/finance_line-next.csv", "month,category,amount_eur\n2026-11,turnover,2\n")
      #expect(try await place.succeed("import", next).err.isEmpty)
    }
  }

  @Test func `a mapping that means something else reads a known file anew`() async throws {
    try await Workplace.with(.initialised) { place in
      try await place.succeed("import", try place.writeDelivery())
      let home = place.folder + "/home"
      try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
      for name in ["Indicators", "SQL"] {
        try FileManager.default.copyItem(atPath: "\(Tool.root)/\(name)", toPath: "\(home)/\(name)")
      }
      let file = try place.write(
        "files/essai/asp-emi-05.csv",
        "emi_ctr_id;emi_sme_annee;emi_sme_mois;emi_nb_heures_travail\nP2-1;2026;5;90\n")
      func imported() async throws -> String {
        let arguments = ["import", file]
        let options = try place.options(for: arguments).map { $0 == Tool.root ? home : $0 }
        let outcome = try await Tool.jvs(arguments + options)
        #expect(outcome.code == 0, "\(outcome.err)")
        return outcome.out
      }
      #expect(try await imported().contains("1 rows read, 1 recorded"))
      #expect(try await imported().contains("1 of them already known"))
      // Another version alone: read again, and nothing is new.
      let path = home + "/Indicators/mappings/asp-emi.yaml"
      var mapping = try String(contentsOfFile: path, encoding: .utf8)
      mapping = mapping.replacing("version: 1", with: "version: 2")
      try mapping.write(toFile: path, atomically: true, encoding: .utf8)
      #expect(
        try await imported().contains(
          "0 of them already known: 1 rows read, 0 recorded (0 of them revisions), 1 unchanged"))
      #expect(try await imported().contains("1 of them already known"))
      // Another meaning: the same bytes are a correction.
      mapping = mapping.replacing(
        "{ to: hours_worked, from: emi_nb_heures_travail }",
        with: "{ to: hours_worked, from: emi_nb_heures_travail, unit: { from: minutes, to: hours } }")
      try mapping.write(toFile: path, atomically: true, encoding: .utf8)
      #expect(try await imported().contains("1 rows read, 1 recorded (1 of them revisions)"))
      #expect(
        try place.count(
          "SELECT hours_worked::float8::int * 10 FROM fact.monthly_activity WHERE pathway = 'P2-1' AND month = '2026-05-01' AND batch_to = 9223372036854775807"
        ) == 20)
    }
  }
}
