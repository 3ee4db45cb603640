import Impact
import Postgres
import Store
import TestSupport
import Testing

/// Whoever owns the server switches the triggers off and changes one thing, any thing.
@Suite(.archive) struct `Changing anything by hand` {
  /// A table an intruder may choose, and which of its rows count.
  private struct Prey {
    var table: String
    var rows: String
  }

  private func prey(_ archive: Archive) throws -> [Prey] {
    let facts = try archive.connection.execute(
      "SELECT table_name FROM audit.history_table ORDER BY table_name"
    ).map { try $0.decode(String.self) }
    #expect(facts.contains("fact.exit") && facts.contains("reference.etp_base"))
    let frozen = [
      "figure.figure", "figure.score", "figure.score_component", "figure.score_share", "figure.score_change",
      "figure.health",
    ]
    let others = ["figure.release", "ops.import", "ops.batch", "audit.entry", "audit.head", "audit.block"]
    return facts.map { Prey(table: $0, rows: "true") }
      + frozen.map { Prey(table: $0, rows: "release_id <> 'working'") }
      + others.map { Prey(table: $0, rows: "true") }
  }

  /// Does `tamper` in a transaction that is undone; nil when the table's own rules refused it.
  private func problems(
    _ archive: Archive, after tamper: SQL
  ) throws -> (changed: Int, problems: [Archive.AuditReport.Problem])? {
    try archive.connection.run(script: "BEGIN; SET LOCAL session_replication_role = replica")
    defer { try? archive.connection.run(script: "ROLLBACK") }
    guard let changed = try? archive.connection.execute(tamper).affected else { return nil }
    return (changed, try archive.auditProblems())
  }

  private func columns(of table: String, _ archive: Archive) throws -> [(name: String, type: String)] {
    try archive.connection.execute(
      """
      SELECT attname::text, format_type(atttypid, NULL) FROM pg_attribute
      WHERE attrelid = \(table)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
      ORDER BY attnum
      """
    ).map { try $0.decode((String, String).self) }
  }

  /// Another value of a column, whatever it is now.
  private func other(_ name: String, _ type: String) -> SQL {
    let column: SQL = "\(identifier: name)"
    return switch type {
    case "text": "coalesce(\(fragment: column) || 'x', 'x')"
    case "integer", "bigint", "numeric", "double precision": "coalesce(\(fragment: column) + 1, 1)"
    case "boolean": "NOT coalesce(\(fragment: column), false)"
    case "date": "coalesce((\(fragment: column) + interval '1 month')::date, '2026-01-01')"
    case "timestamp with time zone": "\(fragment: column) + interval '1 microsecond'"
    case "jsonb": #"\#(fragment: column) || '{"x": 1}'"#
    case "bytea": "\(fragment: column) || '\\x00'"
    default: "'\(fragment: SQL(trusted: type)) is not known to this test'"
    }
  }

  @Test(arguments: [UInt64.random(in: .min ... .max)])
  func `one changed, removed or added row is noticed, and its place is named`(seed: UInt64) throws {
    let archive = try `The audit chain`.ready()
    let prey = try prey(archive)
    var generator = SplitMix(seed: seed)
    var done = 0
    for round in 0..<120 {
      // Every table first, then any.
      let chosen = round < prey.count ? prey[round] : prey[Int.random(in: prey.indices, using: &generator)]
      let table = SQL(trusted: chosen.table)
      let places: [String] = try archive.connection.execute(
        "SELECT ctid::text FROM \(fragment: table) WHERE \(fragment: SQL(trusted: chosen.rows)) ORDER BY ctid"
      ).map { try $0.decode() }
      guard let place = places.randomElement(using: &generator) else { continue }
      let columns = try columns(of: chosen.table, archive)
      let column = columns[Int.random(in: columns.indices, using: &generator)]
      let isFact = columns.contains { $0.name == "batch_to" }
      let line: Int? =
        try isFact
        ? archive.connection.execute("SELECT source_line FROM \(fragment: table) WHERE ctid = \(place)::tid")[
          0
        ]
        .decode() : nil
      let act = Int.random(in: 0..<4, using: &generator)
      let tamper: SQL
      switch act {
      case 0:
        tamper = "DELETE FROM \(fragment: table) WHERE ctid = \(place)::tid"
      case 1 where isFact:
        let names = columns.map { "\(identifier: $0.name)" as SQL }.joined(separator: ", ")
        let values = columns.map {
          $0.name == "batch_to" ? "batch_from + 1" : "\(identifier: $0.name)" as SQL
        }
        tamper = """
          INSERT INTO \(fragment: table) (\(fragment: names))
          SELECT \(fragment: values.joined(separator: ", ")) FROM \(fragment: table) WHERE ctid = \(place)::tid
          """
      case 2 where isFact:
        // Closed by hand, opened again, or moved to another batch.
        tamper = """
          UPDATE \(fragment: table) SET batch_to = CASE WHEN batch_to < 9223372036854775807
            THEN 9223372036854775807 ELSE (SELECT max(batch) FROM ops.batch) + \(Int.random(in: 0...1, using: &generator)) END
          WHERE ctid = \(place)::tid
          """
      default:
        tamper = """
          UPDATE \(fragment: table)
          SET \(identifier: column.name) = \(fragment: other(column.name, column.type))
          WHERE ctid = \(place)::tid
          """
      }
      guard let outcome = try problems(archive, after: tamper) else { continue }
      let what = "seed \(seed), round \(round): \(tamper.text) [\(column.name)]"
      try #require(outcome.changed == 1, "\(what)")
      #expect(!outcome.problems.isEmpty, "unnoticed: \(what)")
      done += 1
      if let line {
        #expect(
          outcome.problems.contains {
            $0.place.contains(chosen.table)
              && (column.name == "source_line" || column.name == "import_id"
                || $0.place.hasSuffix("line \(line)"))
          }, "not named, line \(line): \(what): \(outcome.problems)")
      }
    }
    #expect(done > 80)
    #expect(try archive.auditReport().problems == [], "seed \(seed)")
  }
}

/// Numbers that look random and come again from the same seed (Steele, Lea and Flood 2014).
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
