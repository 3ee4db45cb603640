import Foundation
import Postgres
import Testing

/// History, reviews, targets and the audit chain, as their reader meets them.
@Suite(.serialized) struct ReviewTests {
  @Test func `history tells a fact's revisions, and helps with a misspelt key`() async throws {
    try await Workplace.with(.samples) { place in
      let key: String = try place.connection().execute(
        """
        SELECT pathway FROM fact.exit WHERE cooperation_id = 'acces-inclusive-tech'
        GROUP BY pathway HAVING count(*) > 1 ORDER BY 1 LIMIT 1
        """)[0].decode()
      let told = try await place.succeed("history", "exit", key, "--cooperation", "acces-inclusive-tech")
      #expect(told.out.contains("revision 2") && told.out.contains("superseded by"), "\(told.out)")
      #expect(told.out.contains("exit-corrections.csv") && told.out.contains("→"))
      let json = try await place.succeed(
        "history", "exit", key, "--cooperation", "acces-inclusive-tech", "--json"
      ).json()
      #expect(((json as? [String: Any])?["revisions"] as? [Any])?.count == 2)
      let misspelt = try await place.jvs(
        "history", "exit", String(key.dropLast()) + "9", "--cooperation", "acces-inclusive-tech")
      #expect(misspelt.code == 65 && misspelt.err.contains("did you mean \"AIT-"), "\(misspelt.err)")
      #expect(try await place.jvs("history", "exits", "x").err.contains("did you mean \"exit\""))
      #expect(try await place.jvs("history", "exit", key).code == 64)
      let file = try await place.succeed("history", "--import", "exit-corrections.csv", "--limit", "1")
      #expect(file.out.contains("revised") && file.out.contains("rows in all"))
      #expect(try await place.jvs("history", "--import", "exit-corection.csv").err.contains("did you mean"))
    }
  }

  @Test func `a quarter takes two people, and what comes after is listed`() async throws {
    try await Workplace.with(.samples) { place in
      let quarter = ["--cooperation", "lemon-aide", "--quarter", "2026T3"]
      func period(_ act: String, _ by: String, _ more: [String] = []) async throws -> Tool.Outcome {
        try await Tool.jvs(
          ["period", act] + quarter + ["--by", by] + more + place.options(for: ["period", act]))
      }
      #expect(try await period("submit", "Awa Diallo").code == 0)
      let alone = try await period("validate", "awa diallo")
      #expect(alone.code == 65 && alone.err.contains("ask somebody else"))
      #expect(try await period("validate", "Jean Martin").code == 0)
      let status = try await place.succeed("period", "status").out
      #expect(status.contains("lemon-aide 2026T3  validated") && status.contains("by Jean Martin"))
      #expect(try await period("reopen", "Awa Diallo").err.contains("needs a reason"))
      #expect(try await place.succeed("period", "late").out.contains("Nothing arrived"))
      try await place.succeed(
        "import", "--cooperation", "lemon-aide",
        place.write("finance_line.csv", "month,category,amount_eur\n2026-08,turnover,1\n"))
      let late = try await place.succeed("period", "late").out
      #expect(late.contains("lemon-aide 2026T3  finance_line: 1 row(s) recorded"), "\(late)")
      #expect(try await place.succeed("release", "--quarter", "2026T3").out.contains("2026T3-r2 released"))
      #expect(try await place.succeed("audit", "verify").out.hasPrefix("Everything holds"))
    }
  }

  @Test func `verification finds a row changed by hand, and a digest noted from a published page`()
    async throws
  {
    try await Workplace.with(.samples) { place in
      try await place.succeed("publish", "--site", place.site)
      let latest = try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(fileURLWithPath: place.site + "/latest.json")))
      let folder = try #require((latest as? [String: Any])?["folder"] as? String)
      let manifest = try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(fileURLWithPath: "\(place.site)/\(folder)/manifest.json")))
      let digest = try #require((manifest as? [String: Any])?["release_digest"] as? String)
      let page = try String(contentsOfFile: "\(place.site)/\(folder)/fr/index.html", encoding: .utf8)
      #expect(page.contains(digest))
      let sound = try await place.succeed("audit", "verify", "--head", digest)
      #expect(sound.out.contains("is the digest of release 2026T3-r1"), "\(sound.out)")
      #expect(try await place.jvs("audit", "verify", "--head", String(repeating: "0", count: 64)).code == 65)
      #expect(try await place.jvs("audit", "verify", "--head", "xyz").code == 64)
      #expect(try await place.succeed("audit", "log", "--kind", "publication").out.contains("2026T3-r1"))
      try place.connection().run(
        script: """
          SET session_replication_role = replica;
          UPDATE fact.exit SET motif = 7 WHERE (cooperation_id, pathway) IN (
            SELECT cooperation_id, pathway FROM fact.exit WHERE motif <> 7 ORDER BY 1, 2 LIMIT 1);
          """)
      let broken = try await place.jvs("audit", "verify")
      #expect(broken.code == 65 && broken.err.contains("fact.exit, import "), "\(broken.err)")
      #expect(broken.err.contains("the row was changed"))
    }
  }

  @Test func `targets are printed with every decision`() async throws {
    try await Workplace.with(.samples) { place in
      let told = try await place.succeed(
        "targets", "--cooperation", "lemon-aide", "--quarter", "2026T3", "--today", "2026-10-15")
      #expect(
        told.out.contains("dynamic-exit-rate-rolling-year, 2026T3: first 0.65 (reach), current 0.62 (reach)"))
      #expect(told.out.contains("by Comité de pilotage"))
      #expect(told.out.contains("% of the target (value 0."), "\(told.out)")
      #expect(told.out.contains("release 2026T3-r1)"))
      let lower = try await place.succeed("targets", "--cooperation", "recygo", "--quarter", "2026T3")
      #expect(lower.out.contains("undefined, nobody said where the value started (baseline)"), "\(lower.out)")
      #expect(told.out.contains("No target set: ") && told.out.contains("women-share"))
      // A decision taken since the first delivery is not known on the day before it.
      let before = try await place.succeed(
        "targets", "--cooperation", "lemon-aide", "--quarter", "2026T3", "--today", "2026-09-16")
      #expect(
        before.out.contains(
          "dynamic-exit-rate-rolling-year, 2026T3: first 0.65 (reach), current 0.65 (reach)"))
      let file = try place.write(
        "files/lemon-aide/target-zero.csv",
        """
        indicator;from_quarter;value;decided_on;reason;decision;kind;baseline;decided_by
        women-share;2026T3;0;2026-10-01;error;Comité;keep_at_zero;;Comité
        qpv-share;2026T3;0;2026-10-01;error;Comité;reduce_to_zero;1;Comité
        senior-share;2026T3;0,5;2026-10-01;error;Comité;keep_at_zero;;Comité
        typo-share;2026T3;0,5;2026-10-01;error;Comité;;;Comité

        """)
      let refused = try await place.jvs("import", file)
      #expect(refused.code == 65 && refused.err.contains("target-zero.csv:4:4: a target to keep at zero"))
      let zero =
        try await place.succeed(
          "targets", "--cooperation", "lemon-aide", "--quarter", "2026T3", "--today", "2026-10-15", "--json"
        ).json() as? [[String: Any]]
      func progress(_ indicator: String) -> [String: Any]? {
        zero?.first { $0["indicator"] as? String == indicator }?["progress"] as? [String: Any]
      }
      #expect(progress("women-share")?["state"] as? String == "off")
      #expect(progress("qpv-share")?["state"] as? String == "covered")
      #expect(progress("typo-share")?["reason"] as? String == "no-value")
      #expect(progress("senior-share")?["reason"] as? String == "no-target")
      let none = try await place.succeed("targets", "--cooperation", "lemon-aide", "--quarter", "2019T1")
      #expect(none.out.contains("no target set"))
      #expect(try await place.jvs("targets", "--cooperation", "lemon-aid").err.contains("did you mean"))
    }
  }
}
