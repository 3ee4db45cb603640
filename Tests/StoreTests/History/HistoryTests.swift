import Capture
import Impact
import Postgres
import Store
import TestSupport
import Testing

@Suite(.archive) struct `The history of a fact` {
  private func schema(_ name: String) throws -> FactSchema {
    try #require(try Fixture.schemas().schema(named: name))
  }

  private func changes(_ revision: FactHistory.Revision) -> [String] {
    revision.changes.map { "\($0.field) \($0.old ?? "nil") \($0.new ?? "nil")" }
  }

  @Test func `revisions come oldest first, with their files, what they changed and how they ended`() throws {
    let archive = try Fixture.archive()
    try archive.recordCooperation()
    try archive.recordPathway(
      "P1", started: try #require(Day(2025, 1, 6)), exited: Day(2025, 1, 31))
    try archive.record(
      "exit", [["pathway": "P1", "exited_on": "2025-02-03", "motif": "7"]], file: "b.csv")
    try archive.record(
      "exit", [["pathway": "P1", "exited_on": "2025-02-03", "motif": "8"]], file: "c.csv")
    let history = try archive.history(of: try schema("exit"), key: ["P1"], cooperation: "test")
    #expect(history.revisions.map(\.origin.file) == ["exit-P1.csv", "b.csv", "c.csv"])
    #expect(history.revisions.map(\.origin.line) == [2, 2, 2])
    #expect(
      history.revisions.map(changes) == [
        [],
        [
          "exited_on 2025-01-31 2025-02-03",
          "motif nil 7",
        ],
        ["motif 7 8"],
      ])
    #expect(history.revisions.map(\.validFrom) == [Day(2025, 1, 31), Day(2025, 2, 3), Day(2025, 2, 3)])
    #expect(history.revisions.map(\.validFrom) == history.revisions.map(\.validTo))
    guard case .superseded(let next)? = history.revisions[0].ending else {
      Issue.record("the first revision is superseded: \(history.revisions[0])")
      return
    }
    #expect(next == history.revisions[1].origin && history.revisions[2].ending == nil)
    #expect(next.recordedAt.hasSuffix("Z"))
  }

  @Test func `a row that a whole file no longer has is closed by that file, and may come back`() throws {
    let archive = try Fixture.archive()
    let rows = [["kind": "EI", "valid_from": "2014-01-01", "hours": "1505", "nature": "n", "source": "s"]]
    let other = [["kind": "ACI", "valid_from": "2014-01-01", "hours": "1505", "nature": "n", "source": "s"]]
    try archive.record("etp_base", rows, of: nil, file: "a.csv", complete: true)
    try archive.record("etp_base", other, of: nil, file: "b.csv", complete: true)
    try archive.record("etp_base", rows, of: nil, file: "c.csv", complete: true)
    let history = try archive.history(
      of: try schema("etp_base"), key: ["EI", "2014-01-01"], cooperation: nil)
    let last = try #require(history.revisions.last)
    #expect(last.origin.file == "c.csv" && last.ending == nil && last.changes == [])
    guard case .closed(let origin)? = history.revisions.dropLast().last?.ending else {
      Issue.record("closed by b.csv: \(history.revisions)")
      return
    }
    #expect(origin.file == "b.csv" && origin.line == nil)
  }

  /// One mechanism: the shape says the table, the key and the fields.
  @Test func `every entity of the samples has a history, whatever its key`() throws {
    let archive = try Fixture.archive()
    try archive.recordSamples("2026T2")
    try archive.recordSamples("2026T3")
    for schema in try Fixture.schemas().schemas where schema.scope != .identity {
      let key = schema.key.map { "\(identifier: $0)::text" as SQL }.joined(separator: ", ")
      let scope: SQL = schema.scope == .cooperation ? "fact" : "reference"
      let cooperation: SQL = schema.scope == .cooperation ? "cooperation_id" : "NULL::text"
      let row = try archive.connection.execute(
        """
        SELECT \(fragment: cooperation), \(fragment: key), batch_to < 9223372036854775807
        FROM \(fragment: scope).\(identifier: schema.name) ORDER BY batch_to, 1, 2 LIMIT 1
        """)
      guard let texts = row.first?.texts else { continue }
      let history = try archive.history(
        of: schema, key: texts[1...schema.key.count].map { $0 ?? "" }, cooperation: texts[0])
      #expect(texts.last != "t" || history.revisions[0].ending != nil, "\(schema.name)")
      #expect(history.revisions.last?.values.count == schema.fields.count)
    }
  }

  @Test func `an unknown key comes back with those that look like it, and a short one with its fields`()
    throws
  {
    let archive = try Fixture.archive()
    try archive.recordCooperation()
    try archive.recordPathway("P1-001", started: try #require(Day(2025, 1, 6)))
    #expect(
      throws: Archive.NoHistory.unknownKey(entity: "pathway", key: ["P1-01"], known: [["P1-001"]])
    ) { try archive.history(of: try schema("pathway"), key: ["P1-01"], cooperation: "test") }
    #expect(
      throws: Archive.NoHistory.incompleteKey(entity: "monthly_activity", fields: ["pathway", "month"])
    ) { try archive.history(of: try schema("monthly_activity"), key: ["P1-001"], cooperation: "test") }
    #expect(throws: Archive.NoHistory.self) {
      try archive.history(
        of: try schema("monthly_activity"), key: ["P1-001", "soon"], cooperation: "test")
    }
    #expect(
      try archive.history(
        of: try schema("monthly_activity"), key: ["P1-001", "2025-02"], cooperation: "test"
      ).revisions.count == 1)
  }

  @Test func `an import says what it added, revised, closed and refused`() throws {
    let archive = try Fixture.archive()
    let schemas = try Fixture.schemas().schemas
    try archive.recordCooperation()
    try archive.recordPathway("P1", started: try #require(Day(2025, 7, 6)))
    let receipt = try archive.record(
      "monthly_activity",
      [
        ["pathway": "P1", "month": "2025-08-01", "hours_worked": "1"],
        ["pathway": "P1", "month": "2025-07-01", "hours_worked": "100", "hours_absent": "5"],
        ["pathway": "P1", "month": "2025-10-01", "hours_worked": "2"],
        ["pathway": "P9", "month": "2025-10-01", "hours_worked": "2"],
      ], file: "in/second.csv")
    let account = try #require(
      try archive.importAccounts(of: "second.csv", schemas: schemas, limit: 10).first)
    #expect(
      account.rows.map { "\($0.deed) \($0.line) \($0.key.joined(separator: " "))" } == [
        "revised 2 P1 2025-08",
        "added 4 P1 2025-10",
      ])
    #expect(account.batch == receipt.batch && account.receipt.unchanged == 1)
    #expect(account.rejects.map(\.line) == [5] && account.rejects.map(\.code) == ["reference"])
    #expect(
      try archive.importAccounts(of: String(account.importID), schemas: schemas, limit: 1).first?.rows.count
        == 1)
    #expect(throws: Archive.NoHistory.self) {
      try archive.importAccounts(of: "sekond.csv", schemas: schemas, limit: 1)
    }
    try archive.record(
      "etp_base",
      [
        ["kind": "EI", "valid_from": "2014-01-01", "hours": "1505", "nature": "n", "source": "s"]
      ], of: nil, file: "whole.csv", complete: true)
    let whole = try #require(
      try archive.importAccounts(of: "whole.csv", schemas: schemas, limit: 100).first)
    #expect(
      whole.rows.filter { $0.deed == .closed }.count == whole.receipt.closed && whole.receipt.closed > 0)
  }
}
