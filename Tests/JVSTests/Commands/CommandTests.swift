import Capture
import Foundation
import Postgres
import Testing

/// Each command as a user meets it: what it says, where, and with which exit code.
///
/// One at a time: each starts processes that fill the machine.
@Suite(.serialized) struct CommandTests {
  @Test func `init prepares the store and can be run again`() async throws {
    try await Workplace.with(.empty) { place in
      let first = try await place.succeed("init")
      #expect(first.out == "The store is ready; its data folder is \(place.data).\n")
      #expect(first.err == "")
      #expect(FileManager.default.fileExists(atPath: place.data + "/inbox"))
      let batches = try place.count("SELECT count(*) FROM ops.batch")
      try await place.succeed("init")
      #expect(try place.count("SELECT count(*) FROM ops.batch") == batches)
    }
  }

  @Test func `a delivery is recorded once, and a second import says that it is known`() async throws {
    try await Workplace.with(.initialised) { place in
      let files = try place.writeDelivery()
      let first = try await place.succeed("import", files)
      #expect(first.out.contains("6 file(s), 0 of them already known: 10 rows read, 10 recorded"))
      let second = try await place.succeed("import", files)
      #expect(second.out.contains("6 file(s), 6 of them already known: 0 rows read, 0 recorded"))
      #expect(try place.count("SELECT count(*) FROM fact.exit") == 1)
    }
  }

  @Test func `a corrected row is a revision`() async throws {
    try await Workplace.with(.initialised) { place in
      try await place.succeed("import", place.writeDelivery())
      let correction = try place.write(
        "later/essai/exit-corrections.csv", "pathway,exited_on,motif\nP1-1,2026-03-31,9\n")
      let outcome = try await place.succeed("import", correction)
      #expect(outcome.out.contains("1 recorded (1 of them revisions)"))
      #expect(try place.count("SELECT count(*) FROM fact.exit") == 2)
    }
  }

  @Test func `the samples are recorded but for the four rows planted to be refused`() async throws {
    try await Workplace.with(.initialised) { place in
      let outcome = try await place.jvs(
        "import", Tool.root + "/Deploy/samples", "--rejects", place.folder + "/rejects")
      #expect(outcome.code == 65)
      let refused = outcome.err.split(separator: "\n").filter { $0.hasPrefix("refused: ") }
      for expected in [
        "recygo/2026T3/contribution.csv:10:", "recygo/2026T3/monthly_activity.csv:98:",
        "recygo/2026T3/monthly_activity.csv:99:", "recygo/2026T3/training.csv:11:",
      ] {
        #expect(refused.contains { $0.contains(expected) }, "\(expected) is not among \(refused)")
      }
      #expect(refused.count == 4)
      #expect(try place.count("SELECT count(*) FROM ops.reject") == 4)
    }
  }

  @Test func `check finds the project's definitions in order`() async throws {
    let outcome = try await Tool.jvs(["check", "--home", Tool.root])
    #expect(outcome.code == 0)
    #expect(outcome.out.hasPrefix("Indicators/ is in order"))
  }

  @Test func `check names the place of a mistake in a half-written definition`() async throws {
    let home = NSTemporaryDirectory() + "jvs-home-\(UInt64.random(in: .min ... .max))"
    defer { try? FileManager.default.removeItem(atPath: home) }
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    for name in ["Indicators", "SQL"] {
      try FileManager.default.copyItem(atPath: "\(Tool.root)/\(name)", toPath: "\(home)/\(name)")
    }
    let file = home + "/Indicators/exits/exits.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let half = text.prefix(text.count / 3)
    try Data(half.utf8).write(to: URL(fileURLWithPath: file))
    let outcome = try await Tool.jvs(["check", "--home", home])
    #expect(outcome.code == 65)
    #expect(outcome.out == "")
    #expect(outcome.err.contains(#/Indicators/exits/exits\.yaml:\d+:\d+: /#), "\(outcome.err)")
  }

  @Test func `check of files records nothing and names what would be refused`() async throws {
    let outcome = try await Tool.jvs(["check", "Deploy/samples/recygo", "--home", Tool.root])
    #expect(outcome.code == 65)
    #expect(outcome.err.contains("training.csv:11:"))
    #expect(try await Tool.jvs(["check", "Deploy/samples/lemon-aide", "--home", Tool.root]).code == 0)
  }

  @Test func `compute, release and publish do nothing twice`() async throws {
    try await Workplace.with(.samples) { place in
      #expect(
        try await place.succeed("compute", "--quarter", "2026T2").out.contains("figures computed again"))
      #expect(
        try await place.succeed("compute", "--quarter", "2026T3").out.contains("figures computed again"))
      let computed = try await place.succeed("compute", "--quarter", "2026T3")
      #expect(computed.out == "Nothing new since the last computation.\n")
      let released = try await place.succeed("release", "--quarter", "2026T3")
      #expect(released.out == "2026T3-r1 already says exactly this.\n")
      #expect(try place.count("SELECT count(*) FROM figure.release") == 2)

      #expect(try await place.succeed("publish", "--site", place.site).out.contains("2026T3-r1 published"))
      let tree = SiteTree(path: place.site)
      try tree.verify()
      let before = try Workplace.snapshot(place.site)
      let again = try await place.succeed("publish", "--site", place.site)
      #expect(again.out.contains("2026T3-r1 is already published"))
      #expect(try Workplace.snapshot(place.site) == before)

      // The same bytes elsewhere: nothing of the place or the hour is in them.
      let other = place.folder + "/elsewhere"
      try await place.succeed("publish", "--site", other)
      #expect(
        FileManager.default.contentsEqual(atPath: place.site + "/releases", andPath: other + "/releases"))
      for name in ["index.html", "latest.json"] {
        #expect(
          FileManager.default.contentsEqual(atPath: "\(place.site)/\(name)", andPath: "\(other)/\(name)"))
      }
    }
  }

  @Test func `an older release can be published, and a funder's edition is another one`() async throws {
    try await Workplace.with(.samples) { place in
      try await place.succeed("publish", "--site", place.site)
      try await place.succeed("publish", "--site", place.site, "--release", "2026T2-r1")
      let tree = SiteTree(path: place.site)
      #expect(try tree.current().hasPrefix("2026T2-r1-internal-"))
      #expect(tree.folders.count == 2)
      try await place.succeed("publish", "--site", place.folder + "/funders", "--audience", "funder")
      #expect(try SiteTree(path: place.folder + "/funders").current().contains("-funder-"))
      try tree.verify()
    }
  }

  @Test func `explain gives the value, the rows and the statement`() async throws {
    try await Workplace.with(.samples) { place in
      let name = "2026T3-r1/lemon-aide/dynamic-exit-rate/2026T3"
      let text = try await place.succeed("explain", name).out
      for expected in [
        "figure", "definition  dynamic-exit-rate", "in words    Rapport de deux totaux", "release 2026T3-r1",
        "row(s) used", "SELECT",
      ] {
        #expect(text.contains(expected), "\(expected) is missing from \(text)")
      }
      let object = try #require(try await place.succeed("explain", name, "--json").json() as? [String: Any])
      #expect(object["value"] as? Double != nil)
      let accounts = try #require(object["accounts"] as? [[String: Any]])
      for account in accounts {
        let statement = try #require(account["statement"] as? String)
        #expect(statement.contains("SELECT") && !statement.contains("lemon-aide"), "values are bound")
        let used = try #require(account["used"] as? [[String: Any]])
        #expect(used.allSatisfy { ($0["line"] as? Int ?? 0) > 1 })
        #expect(Double(used.count) == account["total"] as? Double)
        // As jvs explain --help tells to check it.
        let rows = used.map { row in
          ["importNumber", "line", "day", "share"].compactMap { row[$0].map { "\($0)" } }
            .joined(separator: "/") + "\n"
        }.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
        #expect(account["sha256"] as? String == Fingerprint(of: Array(rows.joined().utf8)).hex)
      }
      let part = try await place.succeed("explain", "lemon-aide/exits/2026T3/class=durable", "--json")
      #expect(try (part.json() as? [String: Any])?["value"] as? Double != nil)
    }
  }

  @Test func `explain says which figures one of the portfolio is made from`() async throws {
    try await Workplace.with(.samples) { place in
      let name = "2026T3-r1/portfolio/dynamic-exit-rate-rolling-year/2026T3"
      let text = try await place.succeed("explain", name).out
      // 9 of 17, 14 of 21 and 19 of 23: counted apart from the files.
      #expect(
        text.contains("(42 / 61)") && text.contains("lemon-aide  0.5294117647058824 (9 / 17)"), "\(text)")
      let object = try #require(try await place.succeed("explain", name, "--json").json() as? [String: Any])
      #expect(object["numerator"] as? Double == 42 && object["denominator"] as? Double == 61)
      #expect((object["parts"] as? [[String: Any]])?.count == 3)
    }
  }

  @Test func `explain says why the figures of the parts alone do not give one of the portfolio`() async throws
  {
    try await Workplace.with(.samples) { place in
      for (indicator, said, hasValue) in [
        ("pathway-length", "mean of all rows", true),
        ("durable-pathway-length", "made of all their rows together", false),
        ("durable-job-within-12-months", "made of all their rows together", false),
        ("method-gap", "arithmetic is done on the portfolio's figures", false),
      ] {
        let name = "2026T3-r1/portfolio/\(indicator)/2026T3"
        let text = try await place.succeed("explain", name).out
        #expect(text.contains(said) && text.contains("made from:"), "\(text)")
        let object = try #require(try await place.succeed("explain", name, "--json").json() as? [String: Any])
        #expect((object["value"] is Double) == hasValue, "\(indicator): \(object)")
      }
    }
  }

  @Test func `explain names what a misspelt figure may have meant`() async throws {
    try await Workplace.with(.samples) { place in
      for (figure, sentence) in [
        ("portfolio/exits/2026T3/class=durable", "the portfolio has no parts by “class”"),
        ("portfolio/exit/2026T3", "did you mean \"exits\"?"),
        ("lemon-aid/exits/2026T3", "did you mean \"lemon-aide\"?"),
        ("lemon-aide/exit/2026T3", "did you mean \"exits\"?; jvs indicators list names them"),
        ("lemon-aide/exits/2026T3/clas=durable", "did you mean \"class\"?; it is by class, sex"),
        ("lemon-aide/exits/2026T3/class=durables", "did you mean \"durable\"?; use durable, "),
        ("lemon-aide/method-gap/2026T3/sex=F", "it has no parts"),
      ] {
        let run = try await place.jvs("explain", figure)
        #expect(run.code == 65 && run.err.contains(sentence), "\(run.err)")
      }
    }
  }

  @Test func `explain says by what the people of a rate were told apart, and how many have no like`()
    async throws
  {
    try await Workplace.with(.samples) { place in
      let name = "2026T3-r1/recygo/dynamic-exit-rate-rolling-year/2026T3"
      let text = try await place.succeed("explain", name).out
      for expected in [
        "beside the other cooperations / à publics comparables:", "over this and 2 other cooperation(s)",
        "for its people / pour son public",
        "registration (Ancienneté à France Travail à l’entrée / Time registered at France Travail at entry); rsa (",
        "without a like 1 of 23 people / sans équivalent ailleurs",
        "nobody told apart 0, + registration 1, + rsa 1, + age_group 6, + sex 12;",
      ] {
        #expect(text.contains(expected), "\(expected) is missing from \(text)")
      }
      let object = try #require(try await place.succeed("explain", name, "--json").json() as? [String: Any])
      let comparison = try #require(object["comparison"] as? [String: Any])
      #expect(comparison["comparedWith"] as? String == "like" && comparison["cooperations"] as? Int == 3)
      let features = try #require(comparison["features"] as? [[String: String]])
      #expect(features.map { $0["name"] } == ["registration", "rsa"])
      #expect(features.allSatisfy { $0["fr"] != nil && $0["en"] != nil })
      #expect(comparison["withoutComparatorByFeature"] as? [Int] == [0, 1, 1, 6, 12])
      // 19 of 23 leave for a job, one of them without a like; the others make 0.623 of the 22 expected, worked out apart.
      let rate = try #require(comparison["expectedRate"] as? Double)
      #expect(abs(rate - 0.623029748029748) < 1e-12)
      #expect(
        comparison["comparedNumerator"] as? Double == 18 && comparison["comparedDenominator"] as? Double == 22
      )
    }
  }

  @Test func `doctor and db status answer in JSON`() async throws {
    try await Workplace.with(.initialised) { place in
      let findings = try #require(try await place.succeed("doctor", "--json").json() as? [[String: Any]])
      #expect(findings.map { $0["subject"] as? String } == ["definitions", "store", "rights", "last night"])
      let late = try await place.jvs("doctor", "--max-age", "26")
      #expect(late.code == 69, "no night has succeeded")

      // The private server of another folder, which there is not: a state, not an error.
      let status = try await Tool.jvs(["db", "status", "--data", place.data, "--home", Tool.root, "--json"])
      #expect(status.code == 0)
      #expect(try (status.json() as? [String: Any])?["state"] as? String == "absent")
    }
  }

  @Test func `the private database lives as long as it is used, or as asked`() async throws {
    // A short path: the name of a socket has 107 bytes at most.
    let data = "/tmp/jvs-private-\(UInt32.random(in: .min ... .max))"
    let common = ["--data", data, "--home", Tool.root, "--json"]
    func state() async throws -> [String: Any] {
      let status = try await Tool.jvs(["db", "status"] + common)
      return try #require(try status.json() as? [String: Any])
    }
    #expect(try await Tool.jvs(["init"] + common).code == 0)
    #expect(try await state()["state"] as? String == "stopped", "the last to leave stops it")
    #expect(try await Tool.jvs(["db", "start"] + common).code == 0)
    #expect(try await Tool.jvs(["doctor"] + common).code == 0)
    let running = try await state()
    #expect(running["state"] as? String == "running", "a command does not stop what was started")
    #expect(running["socket"] as? String == data + "/socket")
    #expect(try await Tool.jvs(["db", "stop"] + common).code == 0)
    #expect(try await state()["state"] as? String == "stopped")
    try FileManager.default.removeItem(atPath: data)
  }

  @Test func `quiet says nothing on success and everything refused`() async throws {
    try await Workplace.with(.initialised) { place in
      let files = try place.writeDelivery()
      for arguments in [
        ["init"], ["import", files], ["check"], ["check", files], ["compute", "--quarter", "2026T1"],
        ["release", "--quarter", "2026T1"], ["publish", "--site", place.site],
        ["explain", "essai/exits/2026T1"], ["db", "migrate"], ["doctor"],
        ["nightly", "--site", place.site, "--today", "2026-04-20"],
      ] {
        // check reads no database and takes no address of one, like any command that ignores an option.
        let outcome = try await Tool.jvs(arguments + ["--quiet"] + place.options(for: arguments))
        #expect(outcome.code == 0, "\(arguments): \(outcome.err)")
        #expect(outcome.out == "" && outcome.err == "", "\(arguments) said \(outcome.out)\(outcome.err)")
      }
      let bad = try place.write("bad/essai/exit.csv", "pathway,exited_on\nP1-1,2026-02-30\n")
      let outcome = try await place.jvs("import", bad, "--quiet")
      #expect(outcome.code == 65)
      #expect(outcome.err.contains("exit.csv:2:2: "), "a refusal is an error, and errors are said")
    }
  }

  @Test func `JSON is one value on standard output and nothing else`() async throws {
    try await Workplace.with(.initialised) { place in
      let files = try place.writeDelivery()
      for arguments in [
        ["import", files], ["check"], ["check", files], ["compute", "--quarter", "2026T1"],
        ["release", "--quarter", "2026T1"], ["publish", "--site", place.site],
        ["explain", "essai/exits/2026T1"], ["db", "migrate"], ["doctor"], ["init"],
        ["nightly", "--site", place.site, "--today", "2026-04-20"],
      ] {
        let outcome = try await Tool.jvs(arguments + ["--json"] + place.options(for: arguments))
        #expect(outcome.code == 0, "\(arguments): \(outcome.err)")
        _ = try outcome.json()
        #expect(!outcome.err.contains("\r") && !outcome.err.contains("\u{1B}"), "no progress in \(arguments)")
      }
    }
  }

  @Test func `output that cannot be written is no success`() async throws {
    let outcome = try await Tool.start(
      "/bin/sh", ["-c", "\"$0\" check --home \"$1\" >/dev/full", Tool.binary(), Tool.root]
    ).finish()
    #expect(outcome.code == 73)
    #expect(outcome.err.contains("could not be written"))
  }
}
