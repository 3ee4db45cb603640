import Capture
import Foundation
import Impact
import Postgres
import TestSupport
import Testing

@testable import Store

/// Every definition of the project, on its own worked example.
@Suite(.archive) struct `Worked examples` {
  static let indicators: [Indicator] = (try? Fixture.catalogue().indicators) ?? []

  @Test func `the catalogue holds at least seventy indicators over the seven subjects`() throws {
    let catalogue = try Fixture.catalogue()
    #expect(catalogue.indicators.count >= 70)
    #expect(Set(catalogue.indicators.map(\.dimension)).count == 7)
    #expect(catalogue.indicators.allSatisfy { $0.example != nil })
  }

  @Test(arguments: indicators)
  func `each indicator gives its worked example's figure`(indicator: Indicator) throws {
    let example = try #require(indicator.example)
    let archive = try Fixture.archive()
    let vocabulary = try Fixture.catalogue().vocabulary
    let content = try archive.connection.transaction {
      try archive.stand(in: vocabulary, rows: example.rows)
      let totals = try indicator.measure.terms.map { term -> TermTotal in
        let scan = Scan(term, in: indicator.reportingWindow)
        let rows = try archive.connection.execute(scan.statement([term], vocabulary: vocabulary))
        let row = try #require(rows.first)
        return TermTotal(
          total: try row.decode(at: 4), rows: try row.decode(at: 3), matching: try row.decode(at: 5))
      }
      return Figure.assembled(indicator, totals: totals, isDelivered: true, appliesHere: true).content
    }
    guard let expected = example.value else {
      if case .value(let value) = content { Issue.record("expected no value, got \(value.number)") }
      return
    }
    guard case .value(let value) = content else {
      Issue.record("expected \(expected), got \(content)")
      return
    }
    // Examples are written with the digits a person would write.
    #expect(abs(value.number - expected) <= 5e-4 * max(1, abs(expected)), "\(value.number) for \(expected)")
    if let numerator = example.numerator {
      #expect(abs(try #require(value.numerator) - numerator) <= 5e-4 * max(1, abs(numerator)))
    }
    if let denominator = example.denominator {
      #expect(abs(try #require(value.denominator) - denominator) <= 5e-4 * max(1, abs(denominator)))
    }
  }
}

extension Archive {
  /// Puts tables with an example's rows in the place of the `measure` views, and one period beside them.
  fileprivate func stand(in vocabulary: Vocabulary, rows: [String: [[String: String]]]) throws {
    let quarter = Fixture.quarter
    try connection.execute(
      """
      CREATE TEMP TABLE period ON COMMIT DROP AS
      SELECT 'test' AS cooperation_id, 'EI' AS kind, \(quarter.description)::text AS quarter,
        \(quarter.start.description)::date AS starts, \(quarter.end.description)::date AS ends,
        \("\(quarter.year)-01-01")::date AS year_starts,
        \(quarter.advanced(by: -3).start.description)::date AS rolling_starts
      """)
    try connection.run(script: "DROP SCHEMA measure CASCADE; CREATE SCHEMA measure;")
    for entity in vocabulary.entities {
      let columns = entity.fields.map { field -> SQL in
        let type: SQL =
          switch field.kind {
          case .boolean: "boolean"
          case .number: "numeric"
          case .date: "date"
          case .category, .code: "text"
          }
        return "\(identifier: field.name) \(fragment: type)"
      }
      try connection.execute(
        """
        CREATE TABLE measure.\(identifier: entity.name)
          (cooperation_id text NOT NULL DEFAULT 'test', \(fragment: columns.joined(separator: ", ")))
        """)
      for row in rows[entity.name] ?? [] {
        var cells = row
        // An example that says nothing of dates happens in the quarter.
        if cells[entity.date] == nil { cells[entity.date] = quarter.start.adding(days: 40).description }
        let names = cells.keys.sorted()
        let values = names.map { "\(cells[$0])" as SQL }
        try connection.execute(
          """
          INSERT INTO measure.\(identifier: entity.name)
            (\(fragment: names.map { "\(identifier: $0)" as SQL }.joined(separator: ", ")))
          VALUES (\(fragment: values.joined(separator: ", ")))
          """)
      }
    }
  }
}
