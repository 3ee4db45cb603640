import Postgres
import Store
import Testing

/// Agreed shares make the whole of a result on every day they share one, whoever records them.
@Suite(.archive) struct `Agreed shares` {
  private func ready() throws -> Archive {
    let archive = try Fixture.archive()
    try archive.recordCooperation()
    try archive.record(
      "organisation",
      [
        ["organisation": "partner", "name": "P", "kind": "company"],
        ["organisation": "other", "name": "O", "kind": "company"],
      ], file: "others")
    return archive
  }

  private static func partner(
    _ name: String, _ share: String?, from: String, to: String? = nil, role: String = "founder"
  ) -> [String: String] {
    var row = ["organisation": name, "role": role, "started_on": from]
    (row["agreed_share"], row["ended_on"]) = (share, to)
    return row
  }

  private static let agreed = [
    ["started_on": "2024-01-01", "rule": "agreed", "decided_on": "2024-01-01"]
  ]

  private func standing(_ archive: Archive) throws -> Int {
    try archive.connection.execute(
      "SELECT count(*) FROM fact.partnership WHERE batch_to = 9223372036854775807")[0].decode()
  }

  @Test func `change by a file that has the whole new composition, and by no other`() throws {
    let archive = try ready()
    try archive.record(
      "partnership",
      [
        Self.partner("employer", "60", from: "2020-01-01"),
        Self.partner("partner", "40", from: "2020-01-01"),
      ])
    #expect(try archive.record("sharing_rule", Self.agreed).recorded == 1)
    let before = try archive.lastBatch()
    // One leaves, and nobody takes over the share.
    let leaves = [Self.partner("partner", "40", from: "2020-01-01", to: "2025-03-31")]
    let refusal = #expect(throws: Archive.Refusal.self) {
      try archive.record("partnership", leaves, file: "leaves")
    }
    #expect(
      refusal?.description
        == "with this file, on 2025-04-01 the agreed shares of the partners make 60 %, not 100 %; complete agreed_share "
        + "in partnership, or declare another sharing_rule first")
    #expect(try archive.lastBatch() == before)
    // Together with who comes, it is a composition.
    let changed = try archive.record(
      "partnership", leaves + [Self.partner("other", "40", from: "2025-04-01")], file: "changes")
    #expect(changed.recorded == 2 && changed.revised == 1)
    // Who has no share changes nothing, and a second role is no second share.
    let more = try archive.record(
      "partnership",
      [
        Self.partner("partner", nil, from: "2025-06-01", role: "client"),
        Self.partner("other", "40", from: "2025-06-01", role: "member"),
      ], file: "more")
    #expect(more.recorded == 2)
    #expect(try standing(archive) == 5)
  }

  @Test func `are not asked for where results are shared otherwise, nor after the end`() throws {
    let archive = try ready()
    try archive.record(
      "partnership",
      [
        Self.partner("employer", "60", from: "2020-01-01"),
        Self.partner("partner", "30", from: "2020-01-01"),
      ])
    // Less than the whole is refused as a way to share, and told at its line.
    let short = try archive.record("sharing_rule", Self.agreed, file: "short")
    #expect(short.recorded == 0 && short.rejected == 1)
    let equal = try archive.record(
      "sharing_rule", [["started_on": "2024-01-01", "rule": "equal", "decided_on": "2024-01-01"]],
      file: "equal")
    #expect(equal.recorded == 1)
    let other = try archive.record(
      "partnership", [Self.partner("partner", "30", from: "2020-01-01", to: "2024-12-31")],
      file: "ends")
    #expect(other.recorded == 1)
  }

  @Test func `when all partners have left are nobody's`() throws {
    let archive = try ready()
    try archive.record("partnership", [Self.partner("employer", "100", from: "2020-01-01")])
    try archive.record("sharing_rule", Self.agreed)
    let left = try archive.record(
      "partnership", [Self.partner("employer", "100", from: "2020-01-01", to: "2025-06-30")],
      file: "end")
    #expect(left.recorded == 1)
  }
}
