import Impact
import Postgres
import Store
import TestSupport
import Testing

/// What all the people of a portfolio give together, counted by the database.
@Suite(.archive) struct `Portfolio on facts` {
  private static let incidences = [
    ("durable-job-within-12-months", 365, 6), ("durable-job-within-24-months", 730, 18),
  ]

  private static func edition(
    _ archive: Archive, _ quarter: Quarter, threshold: Int = 1
  ) throws -> Edition {
    let catalogue = try Fixture.catalogue()
    let outcome = try archive.release(
      quarter, catalogue: catalogue,
      definitions: [Archive.DefinitionFile(path: "a.yaml", content: [1])], software: "test")
    guard case .made(let release) = outcome else { throw Unmade() }
    return try archive.edition(
      release, catalogue: catalogue,
      audience: Edition.Audience(id: "a", label: Localized(fr: "a", en: "a"), threshold: threshold))
  }

  private static func portfolio(_ edition: Edition) -> [String: PortfolioFigure] {
    let figures = edition.figures.all.filter {
      $0.key.part == nil && $0.key.quarter == edition.release.quarter
    }
    let all = edition.catalogue.portfolio(
      of: Dictionary(grouping: figures, by: \.key.indicator), people: edition.people, pools: edition.pools)
    return Dictionary(all.map { ($0.indicator, $0) }) { first, _ in first }
  }

  /// The share, the events and the people of everybody of some cooperations at once, by plain SQL.
  private static func incidence(
    _ archive: Archive, _ horizon: Int, _ months: Int, of cooperations: [String], in quarter: Quarter
  ) throws -> (share: Double, events: Int, people: Int) {
    try archive.connection.execute(
      """
      SELECT least(sum(d.left_before * d.durable / d.followed ORDER BY d.day) FILTER (WHERE d.day <= \(horizon)), 1)::float8,
        (sum(d.durable) FILTER (WHERE d.day <= \(horizon)))::int8, sum(d.people)::int8
      FROM (
        SELECT e.*, coalesce(lag(e.left_after) OVER (ORDER BY e.day), 1) AS left_before
        FROM (
          SELECT n.*, pg_temp.product(1 - n.gone::float8 / n.followed) OVER (ORDER BY n.day) AS left_after
          FROM (
            SELECT f.day, count(*) AS people, count(*) FILTER (WHERE f.left_for = 'durable') AS durable,
              count(f.left_for) AS gone, sum(count(*)) OVER (ORDER BY f.day DESC)::float8 AS followed
            FROM followed f, perspective p
            WHERE f.cooperation_id = ANY (\(cooperations)::text[])
              AND f.started_on >= \(quarter.advanced(by: -3).start.description)::date - make_interval(months => \(months))
              AND f.started_on < p.last_day + 1 - make_interval(months => \(months))
            GROUP BY f.day) n) e) d
      """)[0].decode((Double, Int, Int).self)
  }

  @Test(arguments: [UInt64(1), 7])
  func `a portfolio's incidence and median are those of everybody's rows at once, by plain SQL`(seed: UInt64)
    throws
  {
    let archive = try Fixture.archive()
    var facts = GeneratedFacts(seed: seed)
    try facts.record(in: archive)
    var (several, unlikeParts) = (0, 0)
    for back in (0...5).reversed() {
      let quarter = Fixture.quarter.advanced(by: -back)
      let edition = try Self.edition(archive, quarter)
      let portfolio = Self.portfolio(edition)
      // Views of the facts that stand, in a session of their own.
      let plain = try Fixture.archive()
      _ = try Checks(
        plain,
        seen: Archive.Perspective(quarter: quarter, cut: edition.release.cut, batch: edition.release.batch))
      for (name, horizon, months) in Self.incidences {
        guard let figure = portfolio[name], let value = figure.value, figure.parts.count > 1 else { continue }
        let names = figure.parts.map(\.cooperation)
        let expected = try Self.incidence(plain, horizon, months, of: names, in: quarter)
        #expect(value.number == expected.share, "seed \(seed), \(quarter) \(name)")
        #expect(value.numerator == Double(expected.events) && value.denominator == Double(expected.people))
        several += 1
        let mean = figure.parts.reduce(0) { $0 + $1.value.number } / Double(figure.parts.count)
        if abs(mean - value.number) > 1e-9 { unlikeParts += 1 }
      }
      if let figure = portfolio["durable-pathway-length"], let value = figure.value {
        let (median, rows): (Double?, Int) = try plain.connection.execute(
          """
          SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x.days), count(*) FROM ended x, perspective p
          WHERE x.cooperation_id = ANY (\(figure.parts.map(\.cooperation))::text[])
            AND x.kind IN ('EI', 'ETTI', 'ACI', 'AI', 'EITI') AND x.motif IN (1, 3, 4, 9, 11, 13)
            AND x.exited_on BETWEEN \(quarter.advanced(by: -3).start.description)::date AND p.last_day
          """)[0].decode((Double?, Int).self)
        #expect(value.number == median && value.count == rows, "seed \(seed), \(quarter)")
        if figure.parts.count > 1 { several += 1 }
      }
    }
    #expect(several > 6 && unlikeParts > 2)
  }

  @Test
  func `everybody together is told small audiences of three shown cooperations or more, and no masked one`()
    throws
  {
    let archive = try Fixture.archive()
    var facts = GeneratedFacts(seed: 1)
    try facts.record(in: archive)
    var told: Set<Bool> = []
    // Three cooperations, then two: one has ended.
    for back in [3, 0] {
      let edition = try Self.edition(archive, Fixture.quarter.advanced(by: -back), threshold: 2)
      let portfolio = Self.portfolio(edition)
      for indicator in edition.catalogue.indicators where indicator.portfolioMethod.isOfRows {
        guard let figure = portfolio[indicator.id] else { continue }
        for part in figure.parts {
          let shown = edition.figures.figure(indicator.id, part.cooperation, edition.release.quarter)
          #expect(shown?.value == part.value)
        }
        if let pool = edition.pools[indicator.id] {
          #expect(pool.cooperations == figure.parts.map(\.cooperation))
          #expect(pool.cooperations.count >= PortfolioFigure.Pool.leastCooperations)
        }
        switch figure.parts.count {
        case 0: #expect(figure.value == nil)
        case 1: #expect(figure.value == figure.parts[0].value)
        case 2: #expect(figure.absence == .tooFew)
        default: #expect(figure.value != nil)
        }
        if figure.parts.count > 1 { told.insert(figure.value != nil) }
      }
    }
    #expect(told == [true, false])
  }

  private struct Unmade: Error {}
}
