import Impact
import Postgres
import Store
import TestSupport
import Testing

/// Social returns through the whole store: contributions and figures in, a release out.
@Suite(.archive) struct `Social returns of releases` {
  static let quarter = Quarter(2026, 3) ?? Quarter(index: 0)
  static let everyone = Edition.Audience(id: "internal", label: Localized(fr: "i", en: "i"), threshold: 1)
  static let funder = Edition.Audience(id: "funder", label: Localized(fr: "f", en: "f"), threshold: 5)

  private func made(_ archive: Archive, _ catalogue: Catalogue) throws -> Release? {
    let outcome = try archive.release(
      Self.quarter, catalogue: catalogue,
      definitions: [Archive.DefinitionFile(path: "sroi.yaml", content: [1])], software: "test")
    if case .made(let release) = outcome { return release }
    return nil
  }

  private func samples() throws -> (Archive, Catalogue, Release) {
    let archive = try Fixture.archive()
    try archive.recordSamples("2026T2")
    try archive.recordSamples("2026T3")
    let catalogue = try Fixture.catalogue()
    return (archive, catalogue, try #require(try made(archive, catalogue)))
  }

  /// The sum of a field of the raw facts of Lemon Aide in 2025, without any definition.
  private func sum(_ archive: Archive, _ statement: SQL) throws -> Double {
    try archive.connection.execute(statement)[0].decode(Double.self)
  }

  /// Every number comes from raw rows and from the constants of the definitions' sources, typed here again.
  @Test func `a sample cooperation’s year is what a hand computes from its rows`() throws {
    let (archive, _, release) = try samples()
    let found = try archive.yearReturns(in: release.id)
    let year = try #require(found.first { $0.cooperation == "lemon-aide" && $0.year == 2025 })
    let facts: SQL = "cooperation_id = 'lemon-aide' AND batch_to = 9223372036854775807"
    let gifts = try sum(
      archive,
      """
      SELECT sum(value_eur)::float8 FROM fact.contribution
      WHERE \(fragment: facts) AND delivered_on BETWEEN '2025-01-01' AND '2025-12-31'
        AND kind NOT IN ('entrusted_turnover', 'job_offer')
      """)
    func money(_ categories: SQL) throws -> Double {
      try sum(
        archive,
        """
        SELECT sum(amount_eur)::float8 FROM fact.finance_line
        WHERE \(fragment: facts) AND month BETWEEN '2025-01-01' AND '2025-12-31'
          AND category IN (\(fragment: categories))
        """)
    }
    let aid = try money("'aide_au_poste', 'subsidy'")
    let months = try sum(
      archive,
      """
      SELECT count(*)::float8 FROM fact.monthly_activity a
      JOIN fact.pathway p USING (cooperation_id, pathway) JOIN fact.participant q USING (cooperation_id, participant)
      WHERE a.cooperation_id = 'lemon-aide' AND a.batch_to = 9223372036854775807
        AND p.batch_to = a.batch_to AND q.batch_to = a.batch_to
        AND a.month BETWEEN '2025-01-01' AND '2025-12-31' AND a.hours_worked >= 1 AND q.rsa
      """)
    let placed = try #require(year.outcomes.first { $0.id == "rsa-after-exit" }?.quantity)
    let (contributions, taxes) = (try money("'social_contributions'"), try money("'taxes'"))
    #expect(
      year.outcomes.map(\.id) == ["rsa-while-working", "rsa-after-exit", "social-contributions", "taxes"])
    #expect(year.outcomes.compactMap(\.quantity) == [months, placed, contributions, taxes])
    #expect(abs((year.investment ?? 0) - gifts - aid) < 1e-6)

    // 646.52 € from 1 April 2025; 3.5 % a year, year 1 discounted too.
    let whole = 0.75 * 0.9 * 0.9
    let working = months * 646.52 * whole / 1.035
    let after = placed * 12 * 646.52 * 0.47 * 0.9 * 0.75
    let later =
      after / (1.035 * 1.035) + after * 0.7 / (1.035 * 1.035 * 1.035)
      + after * 0.49 / (1.035 * 1.035 * 1.035 * 1.035)
    let value = working + later + (contributions + taxes) * whole / 1.035
    let result = try #require(year.result)
    #expect(abs((year.presentValue ?? 0) - value) < 1e-6 * value)
    #expect(abs(result.ratio - value / (gifts + aid)) < 1e-9)
    // Seeded: the same release gives the same interval, inside the corners.
    let drawn = try #require(result.uncertainty)
    #expect(drawn.draws == 10_000 && drawn.interval.low > result.corners.low)
    #expect(drawn.interval.low < result.ratio && result.ratio < drawn.interval.high)
    #expect(drawn.interval.high < result.corners.high)
  }

  @Test func `years are whole or say why not, and each release keeps its own`() throws {
    let (archive, catalogue, release) = try samples()
    let kept = try archive.yearReturns(in: release.id)
    let model = try #require(catalogue.socialReturn)
    // Draws are made with the release; all the rest is of the computation.
    let computed = try archive.yearReturns(in: Archive.working)
    #expect(computed.allSatisfy { $0.result?.uncertainty == nil })
    for (one, working) in zip(kept, computed) {
      #expect(one == working || one == working.drawn(model), "\(one.cooperation) \(one.year)")
    }
    func absence(_ cooperation: String, _ year: Int) -> YearReturn.Absence? {
      kept.first { $0.cooperation == cooperation && $0.year == year }?.absence
    }
    #expect(absence("lemon-aide", 2026) == .notOver)
    #expect(absence("gme-plaine-commune", 2022) == .ended)
    let last = kept.filter { $0.result?.uncertainty != nil }
    #expect(
      Set(last.map { "\($0.cooperation) \($0.year)" }).isSuperset(of: ["lemon-aide 2025", "recygo 2025"]))
    #expect(kept.filter { $0.cooperation == "lemon-aide" && $0.result != nil }.count >= 2)

    // A gift found later moves the next release, not this one.
    #expect(try made(archive, catalogue) == nil)
    try archive.record(
      "contribution",
      [
        [
          "contribution": "NEW-1", "organisation": "face", "kind": "grant", "delivered_on": "2024-06-30",
          "quantity": "5000", "unit": "eur", "value_eur": "5000", "method": "face_value",
        ]
      ], of: "lemon-aide")
    let next = try #require(try made(archive, catalogue))
    #expect(try archive.yearReturns(in: release.id) == kept)
    let moved = try archive.yearReturns(in: next.id).filter { !kept.contains($0) }
    #expect(moved.map(\.year) == [2024] && moved.map(\.cooperation) == ["lemon-aide"])
    #expect(try archive.auditProblems().isEmpty)
  }

  @Test func `a masked edition shows no return that rests on a masked figure`() throws {
    let (archive, catalogue, release) = try samples()
    let whole = try archive.edition(release, catalogue: catalogue, audience: Self.everyone)
    let masked = try archive.edition(release, catalogue: catalogue, audience: Self.funder)
    #expect(whole.returns == (try archive.yearReturns(in: release.id)))
    #expect(masked.returns.count == whole.returns.count)
    var hidden = 0
    for (one, full) in zip(masked.returns, whole.returns) where full.result != nil {
      let quarter = try #require(Quarter(one.year, 4))
      let placed = masked.figures.figure(
        "job-placements", one.cooperation, quarter, part: Figure.Part(field: "rsa", value: "true"))
      let months = masked.figures.figure("rsa-months-worked", one.cooperation, quarter)
      if placed?.absence == .tooFew || months?.absence == .tooFew {
        hidden += 1
        #expect(one.absence == .tooFew && one.result == nil && one.presentValue == nil)
        #expect(one.outcomes.allSatisfy { $0.quantity == nil })
      } else {
        #expect(one == full, "\(one.cooperation) \(one.year)")
      }
    }
    #expect(hidden > 0)
  }

  @Test func `shares follow the declared rule as it was known, and always make 100 per cent`() throws {
    let (archive, catalogue, release) = try samples()
    let edition = try archive.edition(release, catalogue: catalogue, audience: Self.everyone)
    var parts: [String: [String: Int]] = [:]
    for cooperation in edition.cooperations {
      let shares = try #require(edition.shares(of: cooperation), "\(cooperation.id)")
      #expect(shares.parts.reduce(0) { $0 + $1.thousandths } == 1000, "\(cooperation.id)")
      if let value = shares.value {
        #expect(abs(shares.parts.compactMap(\.value).reduce(0, +) - value) < 1e-6)
      }
      parts[cooperation.id] = Dictionary(
        uniqueKeysWithValues: shares.parts.map { ($0.partner, $0.thousandths) })
    }
    // Danone 0, FACE 2, Lemon Tri 6, D+F 3, D+L 9, F+L 13, all 16: 5/3, 14/3 and 29/3 of 16.
    #expect(parts["lemon-aide"] == ["danone-ecosystem": 104, "face": 292, "lemon-tri": 604])
    #expect(parts["recygo"] == ["la-poste": 500, "nouvelle-attitude": 500])
    #expect(parts["gme-plaine-commune"]?.values.sorted() == [200, 200, 200, 200, 200])
    #expect(edition.agreements.map(\.rule) == [.valuedContribution, .equal, .shapley, .agreed])

    // Another rule is a new release's; the old one still reads as it was known.
    try archive.record(
      "sharing_rule",
      [["started_on": "2026-01-01", "rule": "equal", "decided_on": "2026-02-01", "document": "R-2"]],
      of: "recygo")
    let next = try #require(try made(archive, catalogue))
    let again = try archive.edition(release, catalogue: catalogue, audience: Self.everyone)
    #expect(again.agreements == edition.agreements)
    let newer = try archive.edition(next, catalogue: catalogue, audience: Self.everyone)
    #expect(newer.agreements.first { $0.cooperation == "recygo" }?.rule == .equal)
  }
}
