import Capture
import Impact
import Postgres

/// What is tried on every table of facts, and on the tables that go with them.
extension Attack {
  /// The tables of facts, by their files' shapes.
  static let facts =
    ((try? Fixture.schemas().schemas) ?? []).filter { $0.scope == .cooperation }.map(\.name)
    + ["person_link"]
  /// The parameter tables.
  static let references = ((try? Fixture.schemas().schemas) ?? []).filter { $0.scope == .reference }.map(
    \.name)

  /// Takes the next batch, as an import does.
  static let takes = """
    UPDATE ops.batch_counter SET number = number + 1;
    SELECT set_config('jvs.batch', (SELECT number::text FROM ops.batch_counter), true);
    """
  /// Claims the last batch, which is closed.
  static let claims = "SELECT set_config('jvs.batch', (SELECT number::text FROM ops.batch_counter), true);"
  static let counter = "(SELECT number FROM ops.batch_counter)"
  static let never = "9223372036854775807"

  /// Adds a copy of a row of one's own, changed.
  static func adds(_ table: String, _ changes: String) -> String {
    """
    INSERT INTO \(table) SELECT (jsonb_populate_record(t, jsonb_build_object(
      'batch_from', \(counter), 'batch_to', \(never)) || jsonb_build_object(\(changes)))).* FROM \(table) t
    ORDER BY t.batch_from DESC LIMIT 1
    """
  }

  /// A row of another key, so that only its protection can refuse it.
  static func newKey(_ name: String) -> String {
    switch name {
    case "cooperation": "'cooperation', 'lemon-aide', 'batch_to', \(counter) + 1000"
    default: ""
    }
  }

  static func onFacts(_ name: String) -> [Attack] {
    let table = "fact." + name
    let who = "string_agg(DISTINCT cooperation_id, ',' ORDER BY cooperation_id)"
    let many = "SELECT count(DISTINCT cooperation_id) > 2 FROM \(table)"
    return [
      Attack("director_a", "reads \(table)", "SELECT \(who) FROM \(table)", .sees("lemon-aide")),
      Attack("director_b", "reads \(table)", "SELECT \(who) FROM \(table)", .sees("recygo")),
      Attack("director_all", "reads \(table)", many, .sees("t")),
      Attack(
        "director_a", "asks \(table) for the other side",
        "SELECT count(*) FROM \(table) WHERE cooperation_id = 'recygo'", .sees("0")),
      Attack(
        "director_a", "reads as_of.\(name)", after: "SET LOCAL jvs.as_of = '9223372036854775806'",
        "SELECT \(who) FROM as_of.\(name)", .sees("lemon-aide")),
      Attack(
        "director_a", "copies \(table) out", "COPY (SELECT DISTINCT cooperation_id FROM \(table)) TO STDOUT",
        .sees("lemon-aide")),
      Attack(
        "director_a", "writes \(table)", adds(table, "'source_line', 1"), .refused(.insufficientPrivilege)),
      Attack("capture_a", "reads \(table)", "SELECT \(who) FROM \(table)", .sees("lemon-aide")),
      Attack(
        "capture_a", "adds to \(table) for the other side", after: takes,
        adds(table, "'cooperation_id', 'recygo', 'cooperation', 'recygo'"), .refused(.insufficientPrivilege)),
      Attack(
        "capture_a", "adds to \(table) in a closed batch", after: claims, adds(table, "'source_line', 1"),
        .refused(.insufficientPrivilege, or: "23000")),
      Attack(
        "capture_a", "adds to \(table) in a batch to come", after: takes,
        adds(table, "'batch_from', \(counter) + 7"), .refused(.insufficientPrivilege, or: "23000")),
      Attack(
        "capture_a", "adds to \(table) what is over already", after: takes,
        adds(table, "'batch_to', \(counter) + 7"), .refused(.insufficientPrivilege, or: "23000")),
      Attack(
        "capture_a", "closes rows of the other side in \(table)", after: takes,
        "UPDATE \(table) SET batch_to = \(counter) WHERE cooperation_id = 'recygo'", .touches(0)),
      Attack(
        "capture_a", "closes a row of \(table) twice",
        after: takes + "UPDATE \(table) SET batch_to = \(counter) WHERE batch_to = \(never);" + takes,
        "UPDATE \(table) SET batch_to = \(counter) WHERE batch_to = \(counter) - 1", .touches(0)),
      Attack(
        "capture_a", "closes \(table) in a closed batch", after: claims,
        "UPDATE \(table) SET batch_to = \(counter) WHERE batch_to = \(never) AND batch_from < \(counter)",
        .refused(.insufficientPrivilege, or: "23000")),
      Attack(
        "capture_a", "closes \(table) in a batch to come", after: takes,
        "UPDATE \(table) SET batch_to = \(counter) + 7 WHERE batch_to = \(never)",
        .refused(.insufficientPrivilege, or: "23000")),
      // Without a condition, nothing is read first that another policy would leave out.
      Attack(
        "capture_a", "closes all it may in \(table)", after: takes,
        "UPDATE \(table) SET batch_to = \(counter)",
        .passes),
      Attack(
        "capture_a", "closes all of \(table) and gives it away", after: takes,
        "UPDATE \(table) SET cooperation_id = 'recygo', batch_to = \(counter)",
        .refused(.insufficientPrivilege)),
      Attack(
        "capture_a", "moves rows of \(table) to the other side", after: takes,
        "UPDATE \(table) SET cooperation_id = 'recygo'", .refused(.insufficientPrivilege)),
      Attack(
        "capture_a", "rewrites \(table)", after: takes, "UPDATE \(table) SET source_line = 1",
        .refused(.insufficientPrivilege)),
      Attack("capture_a", "deletes from \(table)", "DELETE FROM \(table)", .refused(.insufficientPrivilege)),
      Attack("capture_a", "empties \(table)", "TRUNCATE \(table)", .refused(.insufficientPrivilege)),
      Attack(
        "capture_a", "copies into \(table)", "COPY \(table) (cooperation_id) FROM STDIN",
        .refused(.featureNotSupported)),
      Attack(
        "compute_1", "adds to \(table)", after: takes, adds(table, "'source_line', 1"),
        .refused(.insufficientPrivilege)),
      Attack("compute_1", "reads all of \(table)", many, .sees("t")),
      Attack("auditor_1", "reads all of \(table)", many, .sees("t")),
      Attack("jvs_sealer", "reads all of \(table)", many, .sees("t")),
      Attack(
        "auditor_1", "closes rows of \(table)", "UPDATE \(table) SET batch_to = 1",
        .refused(.insufficientPrivilege)),
      Attack("funder_1", "reads \(table)", "SELECT FROM \(table)", .refused(.insufficientPrivilege)),
      Attack("identity_a", "reads \(table)", "SELECT FROM \(table)", .refused(.insufficientPrivilege)),
      // It owns the table, and row-level security holds for it all the same.
      Attack("migrator_1", "reads \(table)", "SELECT count(*) FROM \(table)", .sees("0")),
    ]
  }

  static func onReference(_ name: String) -> [Attack] {
    let table = "reference." + name
    let readers = ["capture_a", "compute_1", "director_a", "auditor_1", "jvs_sealer"].map {
      Attack($0, "reads \(table)", "SELECT count(*) > 0 FROM \(table)", .sees("t"))
    }
    return readers + [
      Attack(
        "compute_1", "adds to \(table) in a closed batch", after: claims, adds(table, "'source_line', 1"),
        .refused(.insufficientPrivilege, or: "23000")),
      Attack(
        "compute_1", "adds to \(table) in a batch to come", after: takes,
        adds(table, "'batch_from', \(counter) + 7"), .refused(.insufficientPrivilege, or: "23000")),
      Attack(
        "compute_1", "adds to \(table) what is over already", after: takes,
        adds(table, "'batch_to', \(counter) + 7"), .refused(.insufficientPrivilege, or: "23000")),
      Attack(
        "compute_1", "closes a row of \(table) twice",
        after: takes + "UPDATE \(table) SET batch_to = \(counter) WHERE batch_to = \(never);" + takes,
        "UPDATE \(table) SET batch_to = \(counter) WHERE batch_to = \(counter) - 1", .touches(0)),
      Attack(
        "compute_1", "closes \(table) in a closed batch", after: claims,
        "UPDATE \(table) SET batch_to = \(counter) WHERE batch_to = \(never) AND batch_from < \(counter)",
        .refused(.insufficientPrivilege, or: "23000")),
      Attack(
        "compute_1", "closes \(table) in a batch to come", after: takes,
        "UPDATE \(table) SET batch_to = \(counter) + 7 WHERE batch_to = \(never)",
        .refused(.insufficientPrivilege, or: "23000")),
      Attack(
        "capture_a", "changes the rules of all in \(table)", after: takes,
        "UPDATE \(table) SET batch_to = \(counter)", .refused(.insufficientPrivilege)),
      Attack("funder_1", "reads \(table)", "SELECT FROM \(table)", .refused(.insufficientPrivilege)),
    ]
  }
}
