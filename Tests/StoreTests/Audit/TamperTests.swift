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
      "figure.earlier_score", "figure.health", "figure.social_return", "figure.social_return_input",
      "figure.social_return_outcome",
    ]
    let others = [
      "figure.release", "ops.import", "ops.batch", "audit.entry", "audit.head", "audit.block",
      "audit.sealed_text", "review.event",
    ]
    return facts.map { Prey(table: $0, rows: "true") }
      + frozen.map { Prey(table: $0, rows: "release_id <> 'working'") }
      + others.map { Prey(table: $0, rows: "true") }
  }

  /// Does `tamper` in a transaction that is undone; nil when the table's own rules refused it.
  private func problems(
    _ archive: Archive, of table: String, after tamper: SQL
  ) throws -> (changed: Int, places: [String])? {
    try archive.connection.run(script: "BEGIN; SET LOCAL session_replication_role = replica")
    defer { try? archive.connection.run(script: "ROLLBACK") }
    guard let changed = try? archive.connection.execute(tamper).affected else { return nil }
    return (changed, try problems(archive, of: table))
  }

  /// What verification says, beginning with the part of it that knows the table: the whole takes long, and is
  /// asked only when that part says nothing.
  private func problems(_ archive: Archive, of table: String) throws -> [String] {
    let parts: [SQL] =
      switch table.prefix(while: { $0 != "." }) {
      case "fact", "reference": ["audit.fact_problems", "audit.text_problems"]
      case "figure": ["audit.release_problems"]
      case "review": ["review.problems"]
      case "ops": ["audit.import_problems"]
      default: ["audit.chain_problems", "audit.seal_problems"]
      }
    var places: [String] = []
    for part in parts {
      // What cannot be read any more is for the whole verification to say.
      places +=
        (try? archive.connection.transaction {
          try archive.connection.execute("SELECT place FROM \(fragment: part)()").map { try $0.decode() }
        }) ?? []
    }
    return places.isEmpty ? try archive.auditProblems().map(\.place) : places
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
    case "text", "name": "coalesce(\(fragment: column) || 'x', 'x')"
    case "integer", "bigint", "numeric", "double precision": "coalesce(\(fragment: column) + 1, 1)"
    case "uuid": "gen_random_uuid()"
    case "boolean": "NOT coalesce(\(fragment: column), false)"
    case "date": "coalesce((\(fragment: column) + interval '1 month')::date, '2026-01-01')"
    case "timestamp with time zone": "\(fragment: column) + interval '1 microsecond'"
    case "jsonb": #"\#(fragment: column) || '{"x": 1}'"#
    case "bytea": "\(fragment: column) || '\\x00'"
    default: "'\(fragment: SQL(trusted: type)) is not known to this test'"
    }
  }

  /// Where rows are: a table may consist of several, each with its own row numbers.
  private static let place: SQL = "(tableoid::text || ctid::text)"

  private func places(_ archive: Archive, _ prey: Prey) throws -> [String] {
    try archive.connection.execute(
      """
      SELECT \(fragment: Self.place) FROM \(fragment: SQL(trusted: prey.table)) WHERE \(fragment: SQL(trusted: prey.rows)) ORDER BY ctid
      """
    ).map { try $0.decode() }
  }

  private func change(_ table: String, _ column: (name: String, type: String), at place: String) -> SQL {
    """
    UPDATE \(fragment: SQL(trusted: table))
    SET \(identifier: column.name) = \(fragment: other(column.name, column.type))
    WHERE \(fragment: Self.place) = \(place)
    """
  }

  @Test func `every column of every table of facts is covered`() throws {
    let archive = try `The audit chain`.ready()
    var generator = SystemRandomNumberGenerator()
    let tables = try prey(archive).filter { $0.table.hasPrefix("fact.") || $0.table.hasPrefix("reference.") }
    let fields = try tables.map { try columns(of: $0.table, archive) }
    let rows = try tables.map { try places(archive, $0) }
    var done = 0
    // One column of every table at a time: a problem names its table.
    for index in 0..<(fields.map(\.count).max() ?? 0) {
      try archive.connection.run(script: "BEGIN; SET LOCAL session_replication_role = replica")
      var changed: [(table: String, column: String)] = []
      for (number, prey) in tables.enumerated() where index < fields[number].count {
        guard let place = rows[number].randomElement(using: &generator) else { continue }
        let column = fields[number][index]
        let isChanged = try? archive.connection.transaction {
          try archive.connection.execute(change(prey.table, column, at: place)).affected == 1
        }
        if isChanged == true { changed.append((prey.table, column.name)) }
      }
      let found = try problems(archive, of: "fact.")
      try archive.connection.run(script: "ROLLBACK")
      for (table, column) in changed {
        #expect(found.contains { $0.contains(table) }, "unnoticed: \(table).\(column)")
      }
      done += changed.count
    }
    #expect(done > 200, "\(done) columns")
  }

  @Test func `every column of every other table is covered`() throws {
    let archive = try `The audit chain`.ready()
    try archive.review(.submitted, "recygo", `The audit chain`.third, by: "A")
    try archive.review(.reopened, "recygo", `The audit chain`.third, by: "B", reason: "oubli")
    var generator = SystemRandomNumberGenerator()
    var done = 0
    for prey in try prey(archive) where !prey.table.hasPrefix("fact.") && !prey.table.hasPrefix("reference.")
    {
      let rows = try places(archive, prey)
      for column in try columns(of: prey.table, archive) {
        let place = try #require(rows.randomElement(using: &generator), "\(prey.table) is empty")
        guard
          let outcome = try problems(archive, of: prey.table, after: change(prey.table, column, at: place))
        else { continue }
        #expect(outcome.changed == 1)
        #expect(!outcome.places.isEmpty, "unnoticed: \(prey.table).\(column.name) at \(place)")
        done += 1
      }
    }
    #expect(done > 70, "\(done) columns")
  }

  @Test func `two rows whose content is swapped are noticed`() throws {
    let archive = try `The audit chain`.ready()
    // Of one import, one table, one set of values: only who has which of them changes.
    let swaps: [SQL] = [
      """
      UPDATE fact.exit t SET motif = o.motif, exited_on = o.exited_on FROM fact.exit o
      WHERE (t.pathway, o.pathway) IN ((\(fragment: Self.low), \(fragment: Self.high)),
        (\(fragment: Self.high), \(fragment: Self.low)))
      """,
      """
      UPDATE audit.entry t SET subject = o.subject, details = o.details, kind = o.kind FROM audit.entry o
      WHERE (t.ordinal, o.ordinal) IN ((2, 3), (3, 2))
      """,
      """
      UPDATE audit.entry t SET (at, actor, kind, subject, details, digest)
        = (o.at, o.actor, o.kind, o.subject, o.details, o.digest) FROM audit.entry o
      WHERE (t.ordinal, o.ordinal) IN ((2, 3), (3, 2))
      """,
      """
      UPDATE audit.block t SET digest = o.digest, marks = o.marks FROM audit.block o
      WHERE t.table_name = 'fact.exit' AND o.table_name = 'fact.pathway' AND t.act = o.act
      """,
      """
      UPDATE ops.import t SET sha256 = o.sha256, file = o.file FROM ops.import o
      WHERE t.import_id = (SELECT min(import_id) FROM ops.import)
        AND o.import_id = (SELECT max(import_id) FROM ops.import)
      """,
    ]
    for swap in swaps {
      let table = swap.text.split(separator: " ")[1]
      let outcome = try problems(archive, of: String(table), after: swap)
      if let outcome {
        #expect(outcome.changed > 0, "\(swap.text)")
        #expect(!outcome.places.isEmpty, "unnoticed: \(swap.text)")
      }
    }
  }

  private static let low: SQL =
    "(SELECT min(pathway) FROM fact.exit WHERE motif = (SELECT min(motif) FROM fact.exit))"
  private static let high: SQL =
    "(SELECT min(pathway) FROM fact.exit WHERE motif = (SELECT max(motif) FROM fact.exit))"

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
      guard let place = try places(archive, chosen).randomElement(using: &generator) else { continue }
      let isThere: SQL = "\(fragment: Self.place) = \(place)"
      let columns = try columns(of: chosen.table, archive)
      let column = columns[Int.random(in: columns.indices, using: &generator)]
      let isFact = columns.contains { $0.name == "batch_to" }
      let line: Int? =
        try isFact
        ? archive.connection.execute("SELECT source_line FROM \(fragment: table) WHERE \(fragment: isThere)")
          .only().decode() : nil
      let act = Int.random(in: 0..<4, using: &generator)
      let tamper: SQL
      switch act {
      case 0:
        tamper = "DELETE FROM \(fragment: table) WHERE \(fragment: isThere)"
      case 1 where isFact:
        let names = columns.map { "\(identifier: $0.name)" as SQL }.joined(separator: ", ")
        let values = columns.map {
          $0.name == "batch_to" ? "batch_from + 1" : "\(identifier: $0.name)" as SQL
        }
        tamper = """
          INSERT INTO \(fragment: table) (\(fragment: names))
          SELECT \(fragment: values.joined(separator: ", ")) FROM \(fragment: table) WHERE \(fragment: isThere)
          """
      case 2 where isFact:
        // Closed by hand, opened again, or moved to another batch.
        tamper = """
          UPDATE \(fragment: table) SET batch_to = CASE WHEN batch_to < 9223372036854775807
            THEN 9223372036854775807 ELSE (SELECT max(batch) FROM ops.batch) + \(Int.random(in: 0...1, using: &generator)) END
          WHERE \(fragment: isThere)
          """
      default:
        tamper = """
          UPDATE \(fragment: table)
          SET \(identifier: column.name) = \(fragment: other(column.name, column.type))
          WHERE \(fragment: isThere)
          """
      }
      guard let outcome = try problems(archive, of: chosen.table, after: tamper) else { continue }
      let what = "seed \(seed), round \(round): \(tamper.text) [\(column.name)]"
      try #require(outcome.changed == 1, "\(what)")
      #expect(!outcome.places.isEmpty, "unnoticed: \(what)")
      done += 1
      if let line {
        #expect(
          outcome.places.contains {
            $0.contains(chosen.table)
              && (column.name == "source_line" || column.name == "import_id"
                || $0.hasSuffix("line \(line)"))
          }, "not named, line \(line): \(what): \(outcome.places)")
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
