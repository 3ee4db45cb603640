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
    var catalogue = try Fixture.catalogue()
    var earlier = catalogue.scorecard
    earlier.version = catalogue.scorecard.version
    catalogue.scorecard.version += 1
    for part in earlier.parts.indices { earlier.parts[part].weight = 1 }
    catalogue.earlierScorecards = [earlier]
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
    // The digest of a row without the new columns is that of the row before they were added.
    let same: Bool = try archive.connection.execute(
      """
      SELECT bool_and(rtrim(ROW(t.cooperation_id, t.release_id, t.quarter, t.dimension, t.value, t.absence,
          t.coverage)::text, ',)') = rtrim(ROW(t.*)::text, ',)'))
      FROM (SELECT cooperation_id, release_id, quarter, dimension, value, absence, coverage,
              NULL::integer, NULL::integer, NULL::float8, NULL::float8, NULL::float8, NULL::float8, NULL::float8,
              NULL::float8
            FROM figure.score WHERE release_id = \(release.id)) t
      """)[0].decode()
    #expect(same)
  }
}
