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

  @Test func `the catalogue holds at least fifteen indicators over the five subjects`() throws {
    let catalogue = try Fixture.catalogue()
    #expect(catalogue.indicators.count >= 15)
    #expect(Set(catalogue.indicators.map(\.dimension)).count == 5)
    #expect(catalogue.indicators.allSatisfy { $0.example != nil })
  }

  @Test(arguments: indicators)
  func `each indicator gives its worked example's figure`(indicator: Indicator) throws {
    let example = try #require(indicator.example)
    let archive = try Fixture.archive()
    let vocabulary = try Fixture.catalogue().vocabulary
    var everywhere = indicator
    everywhere.appliesTo = []
    let content = try archive.connection.transaction {
      try archive.stand(in: vocabulary, rows: example.rows)
      let span = try #require(
        Span(
          cooperation: "test", kind: "EI", ended: nil, delivered: [Fixture.quarter], upTo: Fixture.quarter))
      var figures: [Figure] = []
      try archive.eachFigures(
        of: [everywhere], vocabulary: vocabulary, spans: [span], upTo: Fixture.quarter
      ) { _, found in figures = found }
      return try #require(figures.first { $0.key.part == nil }).content
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
  /// Puts tables with an example's rows in the place of the `measure` views.
  fileprivate func stand(in vocabulary: Vocabulary, rows: [String: [[String: String]]]) throws {
    let quarter = Fixture.quarter
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
