import Foundation
import Postgres
import Testing

/// `jvs indicators`: definitions listed, explained, tried and compared.
@Suite(.serialized) struct IndicatorsTests {
  /// A copy of the definitions, to be changed.
  private func home(of place: Workplace) throws -> String {
    let home = place.folder + "/home"
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    for folder in ["Indicators", "SQL"] {
      try FileManager.default.copyItem(atPath: "\(Tool.root)/\(folder)", toPath: "\(home)/\(folder)")
    }
    return home
  }

  /// Runs the command in a place, with the definitions of another home: the last one named counts.
  private func jvs(_ place: Workplace, _ home: String, _ arguments: String...) async throws -> Tool.Outcome {
    try await Tool.jvs(arguments + place.options(for: arguments) + ["--home", home])
  }

  private func edit(_ path: String, _ old: String, _ new: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try #require(text.contains(old), "\(old) in \(path)")
    try text.replacing(old, with: new).write(toFile: path, atomically: true, encoding: .utf8)
  }

  @Test func `list and show read the definitions in both languages, without a database`() async throws {
    let home = ["--home", Tool.root]
    let list = try await Tool.jvs(["indicators", "list", "--dimension", "exits", "--lang", "en"] + home)
    #expect(
      list.code == 0 && list.out.contains("Pathways and exits (exits)") && !list.out.contains("women-share"))
    let json = try await Tool.jvs(["indicators", "list", "--json"] + home)
    let all = try #require(JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [[String: Any]])
    #expect(all.count > 40 && all.allSatisfy { $0["version"] is Int })
    for (language, heading) in [("fr", "DONNÉES MANQUANTES"), ("en", "MISSING DATA")] {
      let sheet = try await Tool.jvs(["indicators", "show", "in-job-at-6-months", "--lang", language] + home)
      #expect(sheet.code == 0 && sheet.out.contains(heading) && sheet.out.contains("Wilson"))
      #expect(sheet.out.split(separator: "\n").allSatisfy { $0.count <= 110 })
    }
    for (id, parts) in [
      (
        "dynamic-exit-rate",
        ["81 days or more from entry", "presence threshold", "150 hours", "withdrawn", "exit_motif"]
      ),
      ("in-job-at-6-months", ["The latest exit of each person", "reasons 2", "81 days", "Retroactive"]),
      ("aide-au-poste-earned", ["1505", "13304", "capped at the volume"]),
      ("co2-avoided", ["Aluminium | 8.8 | 2008; since 2008-01-01"]),
      ("etp-annual", ["ACI | 1820;", "hours of a full-time"]),
      ("exits", ["None. ", "particular to IAE exits"]),
    ] {
      let sheet = try await Tool.jvs(
        ["indicators", "show", id, "--lang", "en", "--today", "2026-10-16"] + home)
      let text = sheet.out.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      for part in parts { #expect(text.contains(part), "\(part) in \(text)") }
      #expect(!text.contains("MAYOTTE"))
    }
    // What French readers see is French: labels for names of columns, their dates, their decimal comma.
    for (id, parts, absent) in [
      ("entries", ["compte chaque ligne « Parcours » : « Date d’entrée »."], ["court de", "started_on"]),
      ("participants-present", ["court de « Date d’entrée » à « Date de sortie »"], ["ended_on"]),
      ("co2-avoided", ["Aluminium | 8,8 | 2008 ; depuis le 01/01/2008"], ["8.8", "2008-01-01"]),
      ("community-return", ["× paramètre", "646,52 €, depuis le 01/04/2025"], [" * ", "646.52"]),
      ("absenteeism-rate", ["Numérateur et dénominateur : s’il n’y a aucune ligne"], ["SOURCE OFFICIELLE"]),
    ] {
      let sheet = try await Tool.jvs(["indicators", "show", id, "--today", "2026-10-16"] + home)
      let text = sheet.out.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      for part in parts { #expect(text.contains(part), "\(part) in \(text)") }
      for part in absent { #expect(!text.contains(part), "\(part) in \(text)") }
    }
    let unknown = try await Tool.jvs(["indicators", "show", "dynamic-exit-rat"] + home)
    #expect(unknown.code == 65 && unknown.err.contains("did you mean \"dynamic-exit-rate\"?"))
  }

  @Test func `sql binds every constant and spells none`() async throws {
    let outcome = try await Tool.jvs(["indicators", "sql", "dynamic-exit-rate", "--home", Tool.root])
    #expect(
      outcome.code == 0 && outcome.out.contains("FROM \"measure\".\"exits\" r")
        && outcome.out.contains("-- $1 = "))
    #expect(!outcome.out.split(separator: "\n").contains { !$0.hasPrefix("--") && $0.contains("durable") })
  }

  @Test
  func `a definition that does not give its own answer is refused with its place, before anything runs`()
    async throws
  {
    try await Workplace.with(.samples) { place in
      let home = try home(of: place)
      let test = try await jvs(place, home, "indicators", "test", "dynamic-exit-rate", "exits")
      #expect(test.code == 0 && test.out.contains("pass  exits/exits.yaml"), "\(test)")
      #expect(test.out.contains("2 of 2 example(s) give their answer."))
      let before = try figures(of: place)
      let file = "\(home)/Indicators/exits/dynamic-exit-rate.yaml"
      let line = try #require(
        try String(contentsOfFile: file, encoding: .utf8).split(
          separator: "\n", omittingEmptySubsequences: false
        )
        .firstIndex { $0.hasPrefix("  value: ") })
      try edit(file, "  value: ", "  value: 1")
      for command in [
        ["check"], ["compute"], ["indicators", "test"], ["nightly", "--site", place.site],
      ] {
        let outcome = try await Tool.jvs(command + place.options(for: command) + ["--home", home])
        #expect(outcome.code == 65, "\(command): \(outcome)")
        #expect(
          outcome.err.contains(
            "exits/dynamic-exit-rate.yaml:\(line + 1):10: the example does not come out: 1"),
          "\(command): \(outcome)")
      }
      #expect(try figures(of: place) == before)
    }
  }

  /// How many figures there are, and when they were computed.
  private func figures(of place: Workplace) throws -> [String] {
    try place.connection().execute(
      "SELECT coalesce(sum(figures), 0)::text FROM figure.computed UNION ALL SELECT count(*)::text FROM figure.release"
    ).map { try $0.decode() }
  }

  @Test func `a derived indicator is explained by its expression, its operands and its parameters`()
    async throws
  {
    try await Workplace.with(.samples) { place in
      let home = try home(of: place)
      try edit(
        "\(home)/Indicators/catalogue.yaml", "      - exits-examined\n",
        "      - exits-examined\n      - beyond\n")
      try """
      id: beyond
      version: 1
      label: { fr: "Sorties durables au-delà du repère", en: "Durable exits beyond the reference" }
      question: { fr: "De combien ?", en: "By how many?" }
      unit: count
      direction: higher
      kind: derived
      expression: exits - parameter(national_durable_exit_share) * exits
      source: { fr: "Essai", en: "Trial" }
      limits: { fr: "Essai", en: "Trial" }
      mappings: { sdg: "8.5" }
      example:
        text: { fr: "Quatre sorties : 3.", en: "Four exits: 3." }
        operands: { exits: 4 }
        parameters: { national_durable_exit_share: 0.25 }
        value: 3
      """.write(toFile: "\(home)/Indicators/exits/beyond.yaml", atomically: true, encoding: .utf8)
      #expect(try await jvs(place, home, "indicators", "test", "beyond").code == 0)
      let sheet = try await jvs(place, home, "indicators", "show", "beyond", "--today", "2026-10-16")
      #expect(
        sheet.out.contains("0,6") == false && sheet.out.contains("0,25 ")
          && sheet.out.contains("DGEFP 2008-21"))
      let sql = try await jvs(place, home, "indicators", "sql", "beyond")
      #expect(sql.out.contains("-- beyond = exits - parameter(national_durable_exit_share) * exits"))
      let diff = try await jvs(place, home, "indicators", "diff")
      #expect(diff.out.contains("beyond: new, "))
      let told = try await jvs(place, home, "explain", "lemon-aide/beyond/2026T3")
      #expect(told.code == 0 && told.out.contains("expression: exits - parameter"), "\(told)")
      #expect(
        told.out.contains("  exits, version 1 = ")
          && told.out.contains("  parameter national_durable_exit_share = 0.25"))
    }
  }

  @Test func `diff says what a changed definition does to the past, and keeps nothing`() async throws {
    try await Workplace.with(.samples) { place in
      let home = try home(of: place)
      let before = try await jvs(place, home, "indicators", "diff")
      #expect(
        before.code == 0 && before.out.contains("No definition differs, and no row of a reference table."),
        "\(before)")
      let file = "\(home)/Indicators/exits/exits.yaml"
      try edit(file, "count: exits", "count: exits, where: { class: durable }")
      try edit(file, "value: 3", "value: 1")
      try edit("\(home)/Indicators/exits/entries.yaml", "fr: \"Entrées en parcours\"", "fr: \"Entrées\"")
      let after = try await jvs(place, home, "indicators", "diff", "--limit", "3")
      #expect(
        after.code == 0 && after.out.contains("entries, version 1: written otherwise, no figure changes"))
      #expect(after.out.contains(#/exits, version 1: \d+ of \d+ figure\(s\) change/#))
      #expect(
        after.out.contains("raise it") && after.out.contains(#/\d{4}T\d  \d+ → \d+/#)
          && after.out.contains("more; --limit"))
      let json = try await jvs(place, home, "indicators", "diff", "exits", "--json")
      #expect(json.out.contains("\"needsVersion\":true") && !json.out.contains("\"entries\""))
      #expect(try await jvs(place, home, "indicators", "diff", "exitz").code == 65)
      let kept: Int = try place.connection().execute(
        "SELECT count(*) FROM figure.figure f JOIN figure.figure w USING (cooperation_id, indicator, quarter, part_field, part_value) WHERE f.release_id = '2026T3-r1' AND w.release_id = 'working' AND f.value IS DISTINCT FROM w.value"
      )[0].decode()
      #expect(kept == 0)
    }
  }

  @Test func `diff says what changed reference tables do to the past before they are recorded`() async throws
  {
    try await Workplace.with(.samples) { place in
      let home = try home(of: place)
      let before = try figures(of: place)
      try edit("\(home)/Indicators/reference/exit_motif.csv", ",durable,official", ",positive,official")
      try edit(
        "\(home)/Indicators/reference/parameter.csv", "national_durable_exit_share,2008-12-10,0.25",
        "national_durable_exit_share,2008-12-10,0.30")
      let diff = try await jvs(place, home, "indicators", "diff", "--limit", "2")
      #expect(diff.code == 0, "\(diff)")
      #expect(diff.out.contains(#/reference\/exit_motif.csv: \d+ row\(s\) differ/#), "\(diff.out)")
      #expect(diff.out.contains("  3, from 2014-01-01: class durable → positive"))
      #expect(
        diff.out.contains("  national_durable_exit_share, from 2008-12-10: value 0.25 → 0.3"), "\(diff.out)")
      #expect(diff.out.contains(#/durable-exit-rate, version 1: \d+ of \d+ figure\(s\) change/#))
      #expect(!diff.out.contains("raise it") && !diff.out.contains("\nentries, version"))
      #expect(diff.out.contains(#/0 definition\(s\) and \d+ reference row\(s\) differ/#))
      #expect(try figures(of: place) == before)
      // What it says of a figure is what a computation then gives.
      let json = try await jvs(
        place, home, "indicators", "diff", "durable-exit-rate", "--json", "--limit", "10000")
      let answer = try #require(JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [String: Any])
      let definitions = try #require(answer["definitions"] as? [[String: Any]])
      #expect(definitions.map { $0["indicator"] as? String } == ["durable-exit-rate"])
      let changes = try #require(definitions.first?["changes"] as? [[String: Any]])
      #expect(try await jvs(place, home, "compute", "--today", "2026-10-16").code == 0)
      for change in changes {
        let key = try #require(change["figure"] as? String).split(separator: "/").map(String.init)
        guard key.count == 3, let after = change["after"] as? [String: Any] else { continue }
        let value: Double? = try place.connection().execute(
          """
          SELECT value FROM figure.figure WHERE release_id = 'working' AND part_field = ''
            AND cooperation_id = \(key[0]) AND indicator = \(key[1]) AND quarter = \(key[2])
          """)[0].decode()
        #expect(value == after["value"] as? Double, "\(key)")
      }
      // Recorded since, they still differ from those of the release.
      let since = try await jvs(place, home, "indicators", "diff", "durable-exit-rate")
      #expect(since.out.contains("class durable → positive"))
    }
  }
}
