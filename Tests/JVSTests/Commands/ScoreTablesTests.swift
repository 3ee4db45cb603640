import Foundation
import Testing

/// What `jvs score` refuses, leaves out or tells apart, with its sentence.
@Suite(.serialized) struct ScoreTablesTests {
  private static let copeland = """
    aggregation: copeland
    normalisation: none
    nodes:
      - { name: top }
      - { name: a, parent: top }
      - { name: b, parent: top }
      - { name: c, parent: top }

    """
  private static let three = "unit,a,b,c\nu,3,3,1\nv,2,2,3\nw,1,1,2\n"

  private static func score(
    _ yaml: String, _ csv: String, _ more: [String] = [],
    _ check: (Tool.Outcome, _ folder: String) throws -> Void
  ) async throws {
    try await ScoreTests.with(["i.yaml": yaml, "t.csv": csv]) { folder in
      try check(
        try await Tool.jvs(["score", "t.csv", "--scorecard", "i.yaml"] + more, folder: folder), folder)
    }
  }

  @Test func `Copeland's rule scores a table, nothing else being tried`() async throws {
    try await Self.score(Self.copeland, Self.three) { outcome, _ in
      #expect(outcome.code == 0, "\(outcome.err)")
      #expect(ScoreTests.rows(outcome.out).map { $0["score"] } == ["2.0", "0.0", "-2.0"])
    }
  }

  @Test(arguments: ["changes", "influences"])
  func `what moved a score by Copeland's rule is refused by name, and left out of all with a remark`(
    _ table: String
  ) async throws {
    try await Self.score(Self.copeland, Self.three, ["--tables", table, "--output", "."]) { outcome, folder in
      #expect(outcome.code == 64 && outcome.err.contains("Copeland's rule"), "\(outcome.err)")
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/\(table).csv"))
    }
    try await Self.score(Self.copeland, Self.three, ["--tables", "all", "--output", "."]) { outcome, folder in
      #expect(outcome.code == 0 && outcome.err.contains("\(table).csv is not written"), "\(outcome.err)")
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/\(table).csv"))
      let written = try String(contentsOfFile: "\(folder)/outranking.csv", encoding: .utf8)
      #expect(ScoreTests.rows(written).count == 6)
    }
  }

  @Test func `Copeland's rule with a section sensitivity is refused with its line`() async throws {
    try await Self.score(Self.copeland + "sensitivity: { weights: [equal] }\n", Self.three) { outcome, _ in
      #expect(outcome.code == 65 && outcome.err.contains("i.yaml:8:"), "\(outcome.err)")
      #expect(outcome.err.contains("leave out the section sensitivity"))
    }
  }

  private static let posts = """
    nodes:
      - { name: top }
      - { name: a, parent: top, low: 0, high: 1 }
      - { name: b, parent: top, low: 0, high: 1 }

    """

  @Test func `a column worth the same everywhere, and units by the thousand, cost only their own table`()
    async throws
  {
    // Goalposts clip every a to the same end.
    let csv = "unit,a,b\n" + (1...1001).map { "u\($0),2,0.\($0 % 9 + 1)\n" }.joined()
    try await Self.score(Self.posts, csv, ["--tables", "all", "--output", ".", "--quiet"]) {
      outcome, folder in
      #expect(outcome.code == 0, "\(outcome.err)")
      for name in ["screened", "normalised", "weights", "levels", "ranks", "influences"] {
        let written = try String(contentsOfFile: "\(folder)/\(name).csv", encoding: .utf8)
        #expect(!ScoreTests.rows(written).isEmpty, "\(name)")
      }
      for name in ["correlations", "outranking", "sensitivity", "runs"] {
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/\(name).csv"), "\(name)")
      }
    }
    for (name, words) in [
      ("correlations", "correlates with nothing"), ("outranking", "1001 of them"),
      ("sensitivity", "add a section sensitivity"),
    ] {
      try await Self.score(Self.posts, csv, ["--tables", name, "--output", "."]) { outcome, _ in
        #expect(outcome.code == 64 && outcome.err.contains(words), "\(outcome.err)")
      }
      try await Self.score(Self.posts, csv, ["--tables", "all", "--output", "."]) { outcome, _ in
        #expect(outcome.err.contains("\(name).csv is not written") && outcome.err.contains(words))
      }
    }
  }

  @Test func `combinations that give no score are counted apart`() async throws {
    let yaml = """
      minimum_data: 0.6
      nodes:
        - { name: top }
        - { name: a, parent: top, low: 0, high: 1, weight: 3 }
        - { name: b, parent: top, low: 0, high: 1 }
        - { name: c, parent: top, low: 0, high: 1 }
      sensitivity: { weights: [equal], leave_one_out: true }

      """
    // u knows a and b: with its own weights 4/5, without a 1/2, without b 3/4, without c 1; with equal weights 2/3, 1/2,
    // 1/2 and 1. v knows c alone: 1/5, without a or b 1/4 or 1/2, …
    let csv = "unit,a,b,c\nu,1,0,\nv,,,1\n"
    try await Self.score(yaml, csv) { outcome, _ in
      #expect(outcome.code == 0, "\(outcome.err)")
      let scores = ScoreTests.rows(outcome.out)
      #expect(scores.map { $0["runs"] } == ["8", "8"])
      #expect(scores.map { $0["runs_scored"] } == ["5", "0"])
      #expect(scores.map { $0["coverage"] } == ["0.8", "0.2"])
    }
    try await Self.score(yaml, csv, ["--json"]) { outcome, _ in
      let answer = try #require(try outcome.json() as? [String: Any])
      let scores = try #require(answer["scores"] as? [[String: Any]])
      #expect(scores[0]["absence"] == nil && scores[1]["absence"] as? String == "not-enough-data")
      #expect(scores.map { $0["scoredRuns"] as? Int } == [5, 0])
    }
  }

  @Test func `a half-known branch does not pass for a known one`() async throws {
    let yaml = """
      minimum_data: 0.6
      nodes:
        - { name: top }
        - { name: p, parent: top, weight: 1 }
        - { name: q, parent: top, weight: 1 }
        - { name: a, parent: p, low: 0, high: 1, weight: 3 }
        - { name: b, parent: p, low: 0, high: 1, weight: 2 }
        - { name: c, parent: q, low: 0, high: 1 }

      """
    try await Self.score(
      yaml, "unit,a,b,c\nu,1,,1\nv,1,,\nw,,1,1\n", ["--tables", "levels,screened", "--output", "."]
    ) { outcome, folder in
      let scores = ScoreTests.rows(outcome.out)
      #expect(scores.map { $0["coverage"] } == ["0.8", "0.3", "0.5"], "\(outcome.err)")
      #expect(scores.map { $0["score"] } == ["100.0", "", ""])
      let levels = ScoreTests.rows(try String(contentsOfFile: folder + "/levels.csv", encoding: .utf8))
      #expect(levels.map { $0["p_coverage"] } == ["0.6", "0.6", "0.4"])
      let screened = ScoreTests.rows(try String(contentsOfFile: folder + "/screened.csv", encoding: .utf8))
      #expect(screened.map { $0["kept"] } == ["yes", "no", "no"])
    }
  }

  @Test func `changes follow the order of time`() async throws {
    let csv =
      "unit,year,a,b\nu,Q1 2026,0.3,0\nu,Q1 2025,0.1,0\nu,Q2 2025,0.2,0\nv,Q1 2025,0,0\nv,Q1 2026,1,1\n"
    try await Self.score("period: year\n" + Self.posts, csv, ["--tables", "changes", "--output", "."]) {
      outcome, folder in
      #expect(outcome.code == 0, "\(outcome.err)")
      let changes = ScoreTests.rows(try String(contentsOfFile: folder + "/changes.csv", encoding: .utf8))
      #expect(
        changes.filter { $0["node"] == "a" }.map {
          "\($0["unit"] ?? "") \($0["from"] ?? "") \($0["to"] ?? "")"
        }
          == ["u Q1 2025 Q2 2025", "u Q2 2025 Q1 2026"], "v has no second quarter")
    }
  }

  @Test(arguments: [
    ("normalisation: { ratio-to: u }", "i.yaml:3:", "lacks a value of the unit"),
    ("normalisation: ratio-to-mean", "i.yaml:3:", "the reference of \"a\" is -2.0"),
    ("normalisation: distance-to-target", "i.yaml:3:", "no better than the worst value"),
    ("aggregation: mazziotta-pareto\nnormalisation: none", "t.csv:3:", "mean of 0 or less for \"v\""),
    (
      "normalisation: none\nsensitivity: { aggregations: [geometric] }", "t.csv:3:",
      "\"a\" is not above 0 for \"v\", and a geometric mean"
    ),
    ("minimum_count: 5", "i.yaml:5:", "minimum_count does nothing here"),
    ("sensitivity: { weights: [equal], draws: 10 }", "i.yaml:5:", "draws does nothing here"),
    ("sensitivity: { weights: [equal], seed: 1 }", "i.yaml:5:", "seed does nothing here"),
    (
      "weight_sets: [{ name: w, weights: { a: 0, b: 0 } }]", "i.yaml:5:",
      "in the weight set \"w\", the weights below \"top\" add up to 0"
    ),
    (
      "weight_sets: [{ name: w, compare: [a, a], matrix: [[1, 1], [1, 1]] }]", "i.yaml:5:",
      "\"a\" is compared twice"
    ),
    (
      "weight_sets: [{ name: w, points: { a: [3] } }]", "i.yaml:5:",
      "\"b\" is left out"
    ),
  ])
  func `what would count the wrong way, or not at all, is a sentence with its place`(
    _ more: String, _ place: String, _ words: String
  ) async throws {
    let yaml = """
      nodes:
        - { name: top }
        - { name: a, parent: top, low: 0, high: 1, target: -9 }
        - { name: b, parent: top, low: 0, high: 1, target: 9 }
      \(more)

      """
    try await Self.score(yaml, "unit,a,b\nu,,1\nv,-2,2\nw,-2,2\n") { outcome, _ in
      #expect(outcome.code == 65, "\(outcome.err)")
      #expect(outcome.err.contains(place) && outcome.err.contains(words), "\(outcome.err)")
    }
  }

  @Test func `a weight set that is refused is not also said not to exist`() async throws {
    let yaml =
      Self.posts + """
        weight_sets: [{ name: experts, points: { a: [1], b: [1, 2] } }]
        weights: experts
        sensitivity: { weights: [experts] }

        """
    try await Self.score(yaml, "unit,a,b\nu,1,1\n") { outcome, _ in
      #expect(outcome.code == 65 && outcome.err.contains("points of the same experts"), "\(outcome.err)")
      #expect(!outcome.err.contains("there is no weight set"), "\(outcome.err)")
    }
  }

  @Test func `the house's scorecard says which of its keys a table cannot use`() async throws {
    let scorecard = Tool.root + "/Indicators/scorecard.yaml"
    let csv = "cooperation,dynamic-exit-rate-rolling-year,etp-realisation-rate\n"
    try await ScoreTests.with(["t.csv": csv]) { folder in
      let outcome = try await Tool.jvs(["score", folder + "/t.csv", "--scorecard", scorecard])
      #expect(outcome.code == 65, "the table lacks columns")
    }
    let house = try String(contentsOfFile: scorecard, encoding: .utf8)
    let names = house.matches(of: /indicator: ([a-z0-9-]+)/).map { String($0.1) }
    let full =
      "cooperation,\(names.joined(separator: ","))\nc\(names.map { _ in ",0.5" }.joined())\n"
    try await ScoreTests.with(["t.csv": full]) { folder in
      let outcome = try await Tool.jvs(["score", folder + "/t.csv", "--scorecard", scorecard])
      #expect(outcome.code == 0 && outcome.err.contains("minimum_count, draws, seed"), "\(outcome.err)")
    }
  }
}
