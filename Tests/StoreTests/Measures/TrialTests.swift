import Capture
import Impact
import Store
import TestSupport
import Testing

/// Reference tables tried before they are recorded.
@Suite(.archive) struct `A reference table tried` {
  private static func tables() throws -> [ReferenceTable] {
    try ReferenceTable.all(readingFrom: Fixture.root + "/Indicators", schemas: try Fixture.schemas())
  }

  /// The tables with one cell changed, a row taken out and a row added in each that figures read.
  private static func changed() throws -> [ReferenceTable] {
    try tables().map { table in
      var table = table
      func set(_ column: String, _ value: String, where key: String, is subject: String) throws {
        let place = try #require(table.columns.firstIndex { $0.name == column })
        let row = try #require(table.rows.firstIndex { table.cell(key, of: $0) == subject })
        table.rows[row].cells[place] = value
      }
      switch table.name {
      case "exit_motif": try set("class", "positive", where: "code", is: "3")
      case "etp_base": try set("hours", "1600", where: "kind", is: "EI")
      case "aide_au_poste": try set("amount_eur", "9000.5", where: "kind", is: "EI")
      case "co2_factor": table.rows.removeFirst()
      case "criterion": try set("level", "2", where: "code", is: "RSA")
      case "criterion_need":
        var row = table.rows[0]
        row.validFrom = try #require(Day("2024-01-01"))
        row.cells[try #require(table.columns.firstIndex { $0.name == "level_2" })] = "1"
        table.rows.append(row)
      case "pass_iae_rule": try set("value", "365", where: "name", is: "duration_days")
      default: break
      }
      return table
    }
  }

  @Test func `gives the figures that recording it gives, and nothing of it is kept`() throws {
    let archive = try Fixture.archive()
    var facts = GeneratedFacts(seed: 11)
    try facts.record(in: archive)
    let catalogue = try Fixture.catalogue()
    func seen() throws -> Archive.Perspective {
      Archive.Perspective(
        quarter: Fixture.quarter, cut: ReleaseCalendar.cut(of: Fixture.quarter),
        batch: try archive.lastBatch())
    }
    let perspective = try seen()
    let before = try archive.figures(of: catalogue, seen: perspective)
    let (rows, entities) = try archive.changes(of: Self.changed(), since: perspective.batch)
    let touched = Set(rows.map(\.table))
    #expect(
      touched == [
        "exit_motif", "etp_base", "aide_au_poste", "co2_factor", "criterion", "criterion_need",
        "pass_iae_rule",
      ])
    let tried = try archive.figures(
      of: catalogue, seen: perspective, with: Self.changed().filter { touched.contains($0.name) })
    // Whatever moves reads a table that does.
    let moved = Set(FigureChange.all(from: before, to: tried).map { Indicator.name(of: $0.key.indicator) })
    #expect(moved.count > 20 && moved.isSubset(of: catalogue.names(reading: entities)), "\(moved)")
    #expect(try archive.figures(of: catalogue, seen: perspective) == before)
    #expect(try archive.lastBatch() == perspective.batch)
    // Facts that came later do not count, as they do not in the release compared with.
    try archive.recordCooperation()
    #expect(try archive.lastBatch() > perspective.batch)
    #expect(
      try archive.figures(
        of: catalogue, seen: perspective, with: Self.changed().filter { touched.contains($0.name) }) == tried)

    let recorded = try archive.changes(of: Self.tables(), since: archive.lastBatch())
    #expect(recorded.rows.isEmpty && recorded.entities.isEmpty)
    for table in try Self.changed() {
      let cells = table.rows.map { row in
        Dictionary(uniqueKeysWithValues: zip(table.columns.map(\.name), row.cells))
          .filter { !$0.value.isEmpty }.merging(["valid_from": row.validFrom.description]) { $1 }
      }
      try archive.record(table.name, cells, of: nil, file: table.name + ".csv", complete: true)
    }
    let accepted = try archive.figures(of: catalogue, seen: seen())
    #expect(accepted.filter { $0.key.cooperation != "test" } == tried)
  }
}
