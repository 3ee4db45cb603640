import Impact
import Postgres
import Store
import TestSupport
import Testing

@Suite(.archive) struct `Scores of a release` {
  @Test func `scores are frozen with band, parts of change and choices, and read back as they were computed`()
    throws
  {
    let archive = try Fixture.archive()
    try archive.recordSamples("2026T2")
    let catalogue = try Fixture.catalogueWithEarlierScorecard()
    let earlier = try #require(catalogue.earlierScorecards.first)
    let outcome = try archive.release(
      Releases.second, catalogue: catalogue, definitions: [], software: "test")
    guard case .made(let release) = outcome else {
      Issue.record("no release was made")
      return
    }
    let dimensions = catalogue.scorecard.parts.map(\.dimension)
    let scores = try archive.scores(in: release.id, dimensions: dimensions)
    let table = FigureTable(try archive.figures(in: release.id))
    for cooperation in Set(scores.map(\.cooperation)).sorted() {
      let quarters = Set(scores.filter { $0.cooperation == cooperation }.map(\.quarter)).sorted()
      let expected = try Score.history(catalogue.scorecard, cooperation: cooperation, quarters: quarters) {
        table.figure($0, cooperation, $1)
      }
      #expect(scores.filter { $0.cooperation == cooperation } == expected)
    }
    let changes = scores.flatMap(\.changes.values)
    #expect(!changes.isEmpty)
    for change in changes {
      #expect(abs(change.parts.reduce(0) { $0 + $1.amount } - change.amount) < 1e-9)
    }
    #expect(scores.contains { $0.certainty?.methods != nil && $0.certainty?.sampling != nil })

    let before = try archive.earlierScores(in: release.id, dimensions: dimensions)
    #expect(before.count == scores.count && before.allSatisfy { $0.methodology == earlier.version })
    let edition = try archive.edition(release, catalogue: catalogue, audience: Releases.everyone)
    #expect(edition.scores == scores && edition.earlierScores == before)
    #expect(try archive.auditProblems().isEmpty)
  }

  @Test func `a release made before scores kept their band still says what it said`() throws {
    let archive = try Fixture.archive()
    try archive.recordSamples("2026T2")
    let outcome = try archive.release(
      Releases.second, catalogue: try Fixture.catalogue(), definitions: [], software: "test")
    guard case .made(let release) = outcome else {
      Issue.record("no release was made")
      return
    }
    // As its rows were before the columns were added, and then without them.
    let digest: SQL = "SELECT audit.release_table('figure.score', \(release.id))::text"
    try archive.connection.run(script: "BEGIN; SET LOCAL session_replication_role = replica")
    defer { try? archive.connection.run(script: "ROLLBACK") }
    let now: String = try archive.connection.execute(digest)[0].decode()
    let added = [
      "methodology", "runs", "methods_low", "methods_high", "sampling_low", "sampling_high", "possible_low",
      "possible_high", "runs_scored",
    ]
    let emptied = added.map { "\($0) = NULL" }.joined(separator: ", ")
    try archive.connection.run(script: "UPDATE figure.score SET \(emptied)")
    let with: String = try archive.connection.execute(digest)[0].decode()
    let dropped = added.map { "DROP COLUMN \($0)" }.joined(separator: ", ")
    try archive.connection.run(script: "ALTER TABLE figure.score \(dropped)")
    let without: String = try archive.connection.execute(digest)[0].decode()
    #expect(with == without && with != now)
  }
}
