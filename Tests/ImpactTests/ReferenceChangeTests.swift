import Impact
import Testing

@Suite struct `Two editions of a reference table` {
  private static let text = Localized(fr: "x", en: "x")

  private static func table(_ rows: [(kind: String, from: String, hours: String, note: String)]) throws
    -> ReferenceTable
  {
    ReferenceTable(
      name: "etp_base", title: text,
      columns: ["kind", "hours", "note"].map { ReferenceTable.Column(name: $0, title: text) }, key: ["kind"],
      rows: try rows.map {
        ReferenceTable.Row(validFrom: try #require(Day($0.from)), cells: [$0.kind, $0.hours, $0.note])
      })
  }

  @Test func `differ by the rows that are new, gone or say something else, in one order`() throws {
    let old = try Self.table([
      ("EI", "2020-01-01", "1505", "a"), ("EA", "2020-01-01", "1607", ""), ("ACI", "2020-01-01", "1820", ""),
    ])
    let new = try Self.table([
      ("ACI", "2020-01-01", "1820", ""), ("EI", "2026-01-01", "1550", ""), ("EI", "2020-01-01", "1505", ""),
    ])
    let changes = new.changes(since: old)
    #expect(changes.map(\.subject) == [["EA"], ["EI"], ["EI"]])
    #expect(changes.map(\.validFrom.description) == ["2020-01-01", "2020-01-01", "2026-01-01"])
    #expect(changes.map(\.isGone) == [true, false, false] && changes.map(\.isNew) == [false, false, true])
    #expect(changes[1].cells == [ReferenceChange.Cell(column: "note", before: "a", after: "")])
    #expect(changes[2].cells == [ReferenceChange.Cell(column: "hours", before: nil, after: "1550")])
    // The order of the rows says nothing, and the other way round is the same, turned round.
    var shuffled = new
    shuffled.rows.reverse()
    #expect(shuffled.changes(since: old) == changes)
    #expect(new.changes(since: new).isEmpty)
    let back = old.changes(since: new)
    #expect(back.map(\.isNew) == changes.map(\.isGone) && back.map(\.isGone) == changes.map(\.isNew))
  }
}
