import Capture
import Foundation
import Impact
import Postgres
import Store
import TestSupport
import Testing

extension Archive {
  /// Records one delivery of every sample cooperation, as the command would.
  func recordSamples(_ delivery: String) throws {
    let schemas = try Fixture.schemas()
    let root = Fixture.root + "/Deploy/samples"
    let cooperations = try FileManager.default.contentsOfDirectory(atPath: root).sorted()
      .filter { FileManager.default.fileExists(atPath: "\(root)/\($0)/\(delivery)") }
    for cooperation in cooperations {
      let found = ImportFile.discover(in: ["\(root)/\(cooperation)/\(delivery)"], schemas: schemas)
      for file in found.files {
        let schema = try #require(schemas.schema(named: file.entity))
        let source = Source(
          cooperation: cooperation, schema: schema, file: file.path,
          sha256: try Fingerprint(ofFileAt: file.path).hex,
          today: Fixture.today)
        _ = try record(source) { sink in
          let report = try FactFile(path: file.path, schema: schema).read { try sink.put($0.line, $0.values) }
          return Reading(read: report.read, refused: report.rejected, diagnostics: report.diagnostics)
        }
      }
    }
  }
}

/// The figures of the sample cooperations against plain statements written apart from the definitions.
@Suite(.archive) struct `Figures of the samples` {
  static let quarter = Quarter(2026, 3) ?? Quarter(index: 0)

  static func perspective(_ archive: Archive) throws -> Archive.Perspective {
    Archive.Perspective(
      quarter: quarter, cut: ReleaseCalendar.cut(of: quarter), batch: try archive.lastBatch())
  }

  /// Independent statements: numerator and denominator by cooperation and quarter, from the current facts.
  static let checks: [(indicator: String, statement: String)] = [
    (
      "dynamic-exit-rate",
      """
      SELECT e.cooperation_id, to_char(e.exited_on, 'YYYY"T"Q'),
        sum(CASE WHEN m.class IN ('durable', 'transition', 'positive') THEN 1 ELSE 0 END)::float8, count(*)::float8
      FROM fact.exit e
      JOIN fact.pathway p ON p.cooperation_id = e.cooperation_id AND p.pathway = e.pathway AND p.batch_to > 9e15
      JOIN reference.exit_motif m ON m.code = e.motif AND m.batch_to > 9e15
      WHERE e.batch_to > 9e15 AND p.kind = 'EI' AND m.class NOT IN ('withdrawal', 'outside')
        AND e.exited_on - p.started_on >= 81
        AND (SELECT sum(a.hours_worked) FROM fact.monthly_activity a
             WHERE a.cooperation_id = e.cooperation_id AND a.pathway = e.pathway AND a.batch_to > 9e15
               AND date_part('year', a.month) = date_part('year', e.exited_on)) >= 1
      GROUP BY 1, 2
      """
    ),
    (
      "etp-realisation-rate",
      """
      SELECT h.cooperation_id, h.quarter, h.etp, c.posts FROM (
        SELECT a.cooperation_id, to_char(a.month, 'YYYY"T"Q') AS quarter,
          (sum(a.hours_worked) * 12 / 1505)::float8 AS etp
        FROM fact.monthly_activity a
        JOIN fact.pathway p ON p.cooperation_id = a.cooperation_id AND p.pathway = a.pathway AND p.batch_to > 9e15
        WHERE a.batch_to > 9e15 AND p.kind = 'EI' GROUP BY 1, 2) h
      JOIN (
        SELECT cooperation_id, to_char(month, 'YYYY"T"Q') AS quarter, sum(etp_posts)::float8 AS posts FROM (
          SELECT DISTINCT c.cooperation_id, c.convention, a.month, c.etp_posts
          FROM fact.convention c
          JOIN fact.pathway p ON p.cooperation_id = c.cooperation_id AND p.employer = c.organisation
            AND p.kind = c.kind AND p.batch_to > 9e15
          JOIN fact.monthly_activity a ON a.cooperation_id = p.cooperation_id AND a.pathway = p.pathway
            AND a.batch_to > 9e15
          WHERE c.batch_to > 9e15 AND a.month BETWEEN c.started_on AND c.ended_on) m
        GROUP BY 1, 2) c USING (cooperation_id, quarter)
      """
    ),
    (
      "absenteeism-rate",
      """
      SELECT cooperation_id, to_char(month, 'YYYY"T"Q'), sum(hours_absent)::float8,
        sum(hours_worked + hours_absent)::float8
      FROM fact.monthly_activity WHERE batch_to > 9e15 AND hours_absent IS NOT NULL GROUP BY 1, 2
      """
    ),
    (
      "women-share",
      """
      SELECT cooperation_id, quarter, count(*) FILTER (WHERE sex = 'F')::float8, count(*)::float8 FROM (
        SELECT DISTINCT a.cooperation_id, to_char(t.first_day, 'YYYY"T"Q') AS quarter, p.participant, q.sex
        FROM generate_series(timestamp '2016-01-01', timestamp '2026-07-01', interval '3 months') AS t(first_day)
        JOIN fact.monthly_activity a
          ON a.month >= t.first_day - interval '9 months' AND a.month < t.first_day + interval '3 months'
        JOIN fact.pathway p ON p.cooperation_id = a.cooperation_id AND p.pathway = a.pathway AND p.batch_to > 9e15
        JOIN fact.participant q ON q.cooperation_id = p.cooperation_id AND q.participant = p.participant
          AND q.batch_to > 9e15
        WHERE a.batch_to > 9e15 AND a.hours_worked >= 1 AND q.sex IS NOT NULL) d
      GROUP BY 1, 2
      """
    ),
  ]

  @Test func `rates equal an independent statement to the last digit, for every cooperation and quarter`()
    throws
  {
    let archive = try Fixture.archive()
    try archive.recordSamples("2026T2")
    try archive.recordSamples("2026T3")
    let table = FigureTable(
      try archive.figures(of: try Fixture.catalogue(), seen: try Self.perspective(archive)))
    for check in Self.checks {
      var compared = 0
      for row in try archive.connection.execute(SQL(trusted: check.statement)) {
        let (cooperation, name, numerator, denominator) = try row.decode(
          (String, String, Double, Double).self)
        let quarter = try #require(Quarter(name))
        guard let figure = table.figure(check.indicator, cooperation, quarter) else { continue }
        let value = try #require(figure.value, "\(check.indicator) \(cooperation) \(quarter)")
        // Sums of exact decimals that meet in another order may differ in the last bit of the division.
        #expect(
          abs((value.numerator ?? -1) - numerator) <= 1e-12 * abs(numerator),
          "\(check.indicator) \(cooperation) \(quarter)")
        #expect(value.denominator == denominator, "\(check.indicator) \(cooperation) \(quarter)")
        compared += 1
      }
      #expect(compared > 40, "\(check.indicator)")
    }
  }

  @Test func `parts of a breakdown sum to the whole, and cumulative totals never fall`() throws {
    let archive = try Fixture.archive()
    try archive.recordSamples("2026T2")
    let catalogue = try Fixture.catalogue()
    let table = FigureTable(try archive.figures(of: catalogue, seen: try Self.perspective(archive)))
    var wholes = 0
    for indicator in catalogue.indicators where !indicator.breakdowns.isEmpty {
      switch indicator.measure {
      case .count, .sum, .cumulative, .stock: break
      default: continue
      }
      for whole in table.all where whole.key.indicator == indicator.id && whole.key.part == nil {
        guard let number = whole.value?.number else { continue }
        for field in indicator.breakdowns {
          let parts = table.parts(indicator.id, whole.key.cooperation, whole.key.quarter, by: field)
          let sum = parts.compactMap { $0.value?.number }.reduce(0, +)
          #expect(abs(sum - number) < 1e-6, "\(whole.key)")
          wholes += 1
        }
      }
    }
    #expect(wholes > 100)
    for indicator in catalogue.indicators where indicator.measure.kind == "cumulative" {
      for cooperation in try archive.cooperationNames() {
        let series = table.series(indicator.id, cooperation).compactMap { $0.value?.number }
        #expect(series == series.sorted(), "\(indicator.id) \(cooperation)")
      }
    }
  }

  @Test func `the finished market has its own quarters, the others end with the release`() throws {
    let archive = try Fixture.archive()
    try archive.recordSamples("2026T2")
    try archive.recordSamples("2026T3")
    let catalogue = try Fixture.catalogue()
    guard
      case .made(let release) = try archive.release(
        Self.quarter, catalogue: catalogue, definitions: [], software: "test")
    else {
      Issue.record("the first release must be made")
      return
    }
    let audience = Edition.Audience(id: "internal", label: Localized(fr: "i", en: "i"), threshold: 1)
    let edition = try archive.edition(release, catalogue: catalogue, audience: audience)
    #expect(edition.cooperations.count == 4 && edition.isSample)
    for profile in edition.cooperations {
      let last = profile.quarters.upperBound
      if profile.id == "gme-plaine-commune" {
        #expect(profile.quarters.lowerBound == Quarter(2016, 1) && last == Quarter(2022, 1))
        #expect(edition.figures.figure("exits-examined", profile.id, last)?.status == .final)
        #expect(profile.partners.filter { $0.votes == 1 }.count == 5)
      } else {
        #expect(profile.quarters.lowerBound == Quarter(2023, 1) && last == Self.quarter)
        #expect(edition.figures.figure("exits-examined", profile.id, last)?.status == .provisional)
      }
    }
    let lemon = try #require(edition.cooperations.first { $0.id == "lemon-aide" })
    #expect(lemon.partners.contains { $0.name.contains("Lemon Tri") && $0.capitalShare == 0.6 })
    for profile in edition.cooperations {
      let agreed = profile.partners.compactMap(\.agreedShare)
      #expect(!agreed.isEmpty && abs(agreed.reduce(0, +) - 1) < 1e-9, "\(profile.id)")
    }
    let recygo = try #require(edition.cooperations.first { $0.id == "recygo" })
    #expect(
      recygo.partners.flatMap(\.formerNames).map { "\($0.name) \($0.lastDay)" } == [
        "Ateliers (exemple) du Sud 2024-06-30"
      ])
    let time = edition.pledges.filter {
      $0.cooperation == "acces-inclusive-tech" && $0.kind == "skills_sponsorship" && $0.delivered != nil
    }
    #expect(time.count == 8 && time.allSatisfy { $0.quarter <= Self.quarter })
    for pledge in time {
      let delivered = try #require(pledge.delivered)
      let (value, capped) = try (#require(delivered.valueInEuros), #require(delivered.cappedValueInEuros))
      // Since 2025 a fifth of the hours cost more than the ceiling lets them count for.
      #expect(pledge.quarter.year < 2025 ? capped == value : capped < value)
      #expect(value < delivered.marketValueInEuros ?? 0 && delivered.people ?? 0 > 0)
    }
    // What is counted in people has no mask: readers of masked figures do not get it.
    let funder = Edition.Audience(id: "funder", label: Localized(fr: "f", en: "f"), threshold: 5)
    let masked = try archive.edition(release, catalogue: catalogue, audience: funder)
    #expect(edition.pledges.contains { $0.unit == "people" } && !masked.pledges.isEmpty)
    #expect(
      masked.pledges.allSatisfy {
        $0.unit != "people" && $0.promised?.people == nil && $0.delivered?.people == nil
      })
  }
}
