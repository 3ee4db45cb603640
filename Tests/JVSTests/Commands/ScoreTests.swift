import Foundation
import Testing

/// `jvs score` as a researcher meets it: a published index comes out, and mistakes have their place.
@Suite(.serialized) struct ScoreTests {
  static let index = Tool.root + "/Tests/JVSTests/Index/technology-achievement"

  /// The rows of a CSV text without quotes in it, by column.
  static func rows(_ text: String) -> [[String: String]] {
    let lines = text.split(whereSeparator: \.isNewline).map { line in
      line.replacing("\"Korea, Rep. of\"", with: "Korea").split(
        separator: ",", omittingEmptySubsequences: false
      )
      .map(String.init)
    }
    return lines.dropFirst().map { Dictionary(zip(lines[0], $0)) { first, _ in first } }
  }

  static func with(_ files: [String: String], _ work: (String) async throws -> Void) async throws {
    let folder = NSTemporaryDirectory() + "jvs-score-\(UInt64.random(in: .min ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (name, text) in files {
      try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
    }
    try await work(folder)
  }

  @Test func `the Technology Achievement Index comes out with every step`() async throws {
    try await Self.with([:]) { folder in
      let outcome = try await Tool.jvs([
        "score", Self.index + ".csv", "--scorecard", Self.index + ".yaml", "--tables", "all", "--output",
        folder + "/steps",
      ])
      #expect(outcome.code == 0, "\(outcome.err)")
      let scores = Self.rows(outcome.out)
      #expect(scores.count == 23)
      #expect(scores[0]["country"] == "Finland" && scores[0]["score"]?.hasPrefix("0.74490334") == true)
      #expect(scores[0]["runs"] == "144")
      func table(_ name: String) throws -> [[String: String]] {
        Self.rows(try String(contentsOfFile: "\(folder)/steps/\(name).csv", encoding: .utf8))
      }
      let ranks = try table("ranks")
      #expect(ranks[3]["rank_low"] == "2.0" && ranks[3]["rank_high"] == "10.0")
      #expect(ranks.allSatisfy { $0["rank"] == "" }, "no band stands apart")
      let sensitivity = try table("sensitivity").filter { $0["of"] == "mean rank shift" }
      #expect(sensitivity.map { $0["factor"] } == ["normalisation", "weights", "aggregation", "left-out"])
      let shares = sensitivity.map { Double($0["total"] ?? "") ?? -1 }
      for (one, other) in zip(
        shares, [0.13206525271344702, 0.14879005177755153, 0.7884052947420873, 0.30801745656920165])
      {
        #expect(abs(one - other) < 1e-12)
      }
      #expect(try table("runs").count == 144)
      let weights = try table("weights").first { $0["weights"] == "comparisons" && $0["node"] == "patents" }
      #expect(abs((Double(weights?["effective"] ?? "") ?? 0) - 0.22906330769259273) < 1e-9)
      #expect(weights?["consistency_ratio"]?.hasPrefix("0.0213859") == true)
      #expect(try table("correlations").filter { $0["statistic"] == "eigenvalue" }.count == 8)
      #expect(try table("outranking").count == 23 * 22)
      #expect(try table("levels").count == 23)
      #expect(try table("changes").isEmpty)
    }
  }

  /// Table 23 of the OECD/JRC handbook, equal weights, in the order of the file.
  static let published = [
    1, 2, 3, 4, 5, 6, 7, 9, 10, 8, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,
  ]

  @Test func `tried against nothing, its published ranks come out, 23 of 23`() async throws {
    let yaml = try String(contentsOfFile: Self.index + ".yaml", encoding: .utf8)
    let start = try #require(yaml.range(of: "sensitivity:"))
    try await Self.with(["alone.yaml": String(yaml[..<start.lowerBound])]) { folder in
      let outcome = try await Tool.jvs([
        "score", Self.index + ".csv", "--scorecard", folder + "/alone.yaml", "--tables", "ranks", "--output",
        folder, "--quiet",
      ])
      #expect(outcome.code == 0 && outcome.out.isEmpty, "\(outcome.err)")
      let ranks = Self.rows(try String(contentsOfFile: folder + "/ranks.csv", encoding: .utf8))
      #expect(ranks.map { Int($0["rank"] ?? "") } == Self.published)
    }
  }

  @Test func `a mistake found late leaves the tables of before as they were, and no draft`() async throws {
    let yaml = """
      aggregation: geometric
      period: year
      scale: { low: 1, high: 100 }
      normalisation: none
      nodes:
        - { name: top }
        - { name: a, parent: top }

      """
    let csv = "unit,year,a\nu,2025,1\nu,2026,0\n"
    try await Self.with(["i.yaml": yaml, "t.csv": csv, "levels.csv": "before"]) { folder in
      let outcome = try await Tool.jvs(
        ["score", "t.csv", "--scorecard", "i.yaml", "--tables", "levels", "--output", "."], folder: folder)
      #expect(outcome.code == 65 && outcome.err.contains("t.csv:3:"), "\(outcome.err)")
      #expect(try String(contentsOfFile: folder + "/levels.csv", encoding: .utf8) == "before")
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == [
          "i.yaml", "levels.csv", "t.csv",
        ])
    }
  }

  @Test func `periods, holes, less is better and three levels are read, and parts of changes sum`()
    async throws
  {
    let yaml = """
      unit: place
      period: year
      minimum_data: 0.5
      nodes:
        - { name: top, aggregation: geometric-from-one }
        - { name: work, parent: top, weight: 2 }
        - { name: quality, parent: work, weight: 1 }
        - { name: jobs, parent: work, low: 0, high: 10 }
        - { name: wage, parent: quality, low: 0, high: 100 }
        - { name: accidents, parent: quality, low: 8, high: 0 }
        - { name: air, parent: top, low: 50, high: 10 }
      sensitivity: { normalisations: [{ goalposts: 1.2 }], weights: [equal, doubled], leave_one_out: true }

      """
    let csv = """
      year;place;jobs;wage;accidents;air;remark
      2025;nord;4;50;2;30;x
      2024;nord;3,5;;3;30;
      2024;sud;;;;;
      2025;sud;10;100;0;10;

      """
    try await Self.with(["i.yaml": yaml, "t.csv": csv]) { folder in
      let outcome = try await Tool.jvs([
        "score", folder + "/t.csv", "--scorecard", folder + "/i.yaml", "--tables", "changes,screened,levels",
        "--output", folder,
      ])
      #expect(outcome.code == 0, "\(outcome.err)")
      let scores = Self.rows(outcome.out)
      #expect(
        scores.map { "\($0["place"] ?? "") \($0["year"] ?? "")" } == [
          "nord 2024", "sud 2024", "nord 2025", "sud 2025",
        ])
      #expect(scores[1]["score"] == "" && scores[1]["absence"] == "not-enough-data")
      #expect(abs((Double(scores[3]["score"] ?? "") ?? 0) - 100) < 1e-9)
      let changes = Self.rows(try String(contentsOfFile: folder + "/changes.csv", encoding: .utf8))
      let sum = changes.reduce(0) { $0 + (Double($1["amount"] ?? "") ?? .nan) }
      let (before, after) = (Double(changes[0]["before"] ?? "") ?? 0, Double(changes[0]["after"] ?? "") ?? 0)
      #expect(abs(sum - (after - before)) < 1e-9)
      #expect(changes.first { $0["node"] == "wage" }?["kind"] == "appeared")
    }
  }

  @Test(arguments: [
    ("- { name: a, parent: top, low: 3, high: 3 }", "a", "1", "i.yaml:3:", "equal"),
    ("- { name: a, parent: b }\n  - { name: b, parent: a }", "a", "1", "i.yaml:3:", "a → b → a"),
    ("- { name: a, parent: top, weight: 0, low: 0, high: 1 }", "a", "1", "i.yaml:2:", "add up to 0"),
    ("- { name: a, parent: tip, low: 0, high: 1 }", "a", "1", "i.yaml:3:", "no node \"tip\""),
    ("- { name: a, parent: top, low: 0, high: 1 }", "a", "x", "t.csv:2:2:", "no number"),
    ("- { name: a, parent: top, low: 0, high: 1 }", "b", "1", "t.csv:1:", "no column \"a\""),
    ("- { name: a, parent: top, low: 0, high: 1 }\naggregation: geometric", "a", "0", "t.csv:2:", "above 0"),
    (
      "- { name: a, parent: top, low: 0, high: 1 }\nnormalisation: { ratio-to: z }", "a", "1", "i.yaml:4:",
      "no unit \"z\""
    ),
    ("- { name: a, parent: top }", "a", "1", "i.yaml:3:", "lacks goalposts"),
    (
      """
      - { name: a, parent: top, low: 0, high: 1 }
      sensitivity:
        normalisations: [{ ratio-to: z }]
      """, "a", "1", "i.yaml:5:", "no unit \"z\""
    ),
    (
      "- { name: a, parent: top, low: 0, high: 1 }\nnormalisation: min-max\npool: { base: \"1999\" }", "a",
      "1", "i.yaml:5:", "no period"
    ),
    (
      "- { name: a, parent: top, low: 0, high: 1 }\naggregation: medain", "a", "1", "i.yaml:4:",
      "no aggregation"
    ),
  ])
  func `a mistake is a sentence with its place`(
    _ node: String, _ column: String, _ cell: String, _ place: String, _ words: String
  ) async throws {
    let yaml = "nodes:\n  - { name: top }\n  \(node)\n"
    try await Self.with(["i.yaml": yaml, "t.csv": "unit,\(column)\nu,\(cell)\n"]) { folder in
      let outcome = try await Tool.jvs(["score", "t.csv", "--scorecard", "i.yaml"], folder: folder)
      #expect(outcome.code == 65, "\(outcome.err)")
      #expect(outcome.err.contains(place) && outcome.err.contains(words), "\(outcome.err)")
    }
  }

  @Test func `comparisons that contradict each other are used, and told`() async throws {
    let yaml = """
      nodes:
        - { name: top }
        - { name: a, parent: top, low: 0, high: 1 }
        - { name: b, parent: top, low: 0, high: 1 }
        - { name: c, parent: top, low: 0, high: 1 }
      weight_sets:
        - { name: circle, compare: [a, b, c], matrix: [[1, 9, 1/9], [1/9, 1, 9], [9, 1/9, 1]] }
      weights: circle

      """
    try await Self.with(["i.yaml": yaml, "t.csv": "unit,a,b,c\nu,1,0.5,0\n"]) { folder in
      let outcome = try await Tool.jvs(["score", "t.csv", "--scorecard", "i.yaml"], folder: folder)
      #expect(outcome.code == 0)
      #expect(outcome.err.contains("\"circle\" contradict each other"), "\(outcome.err)")
      // A circle weighs all the same.
      #expect(abs((Double(Self.rows(outcome.out)[0]["score"] ?? "") ?? 0) - 50) < 1e-9)
    }
  }

  @Test func `the house's own scorecard scores a table of figures`() async throws {
    let names = [
      "dynamic-exit-rate-rolling-year", "durable-exit-rate-rolling-year", "in-job-at-6-months",
      "exit-documentation-rate", "etp-realisation-rate", "absenteeism-rate", "training-access-rate",
      "training-hours-per-person", "rsa-share", "detld-share", "self-financing-rate",
      "clause-hours-realisation-rate",
    ]
    let csv =
      "cooperation,\(names.joined(separator: ","))\nc,0.55,0.25,0.5,0.85,0.85,0.09,0.5,25,0.35,0.275,0.65,0.8\n"
    try await Self.with(["t.csv": csv]) { folder in
      let outcome = try await Tool.jvs([
        "score", folder + "/t.csv", "--scorecard", Tool.root + "/Indicators/scorecard.yaml", "--json",
      ])
      #expect(outcome.code == 0, "\(outcome.err)")
      let answer = try #require(try outcome.json() as? [String: Any])
      let scores = try #require(answer["scores"] as? [[String: Any]])
      #expect(abs((scores[0]["score"] as? Double ?? 0) - 50) < 1e-9, "every value lies half-way")
      #expect(answer["runs"] as? Int == 3 * 6 * 3 * 13)
    }
  }
}
