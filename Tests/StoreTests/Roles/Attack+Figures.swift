import Postgres

/// What is tried on figures, operations, identities, reviews and on the list of who may do what.
extension Attack {
  static let figureTables = [
    "figure", "score", "score_component", "score_share", "score_change", "earlier_score", "health",
    "computed", "social_return", "social_return_input", "social_return_outcome",
  ]

  static func onFigures(_ name: String) -> [Attack] {
    let table = "figure." + name
    let who = "string_agg(DISTINCT cooperation_id, ',')"
    let many = "SELECT count(DISTINCT cooperation_id) > 2 FROM \(table)"
    func copying(into target: String) -> String {
      "INSERT INTO \(target) SELECT (jsonb_populate_record(t, '{\"cooperation_id\": \"new\"}')).* FROM \(table) t"
    }
    let copied = copying(into: table)
    // Working figures are written where they may be copied to, and read and taken away where they are protected.
    let working = name == "figure" ? copying(into: "figure.working_figure") : copied
    return [
      Attack("director_a", "reads \(table)", "SELECT \(who) FROM \(table)", .sees("lemon-aide")),
      Attack("director_all", "reads \(table)", many, .sees("t")),
      Attack("director_a", "adds to \(table)", copied + " LIMIT 1", .refused(.insufficientPrivilege)),
      Attack("director_a", "takes from \(table)", "DELETE FROM \(table)", .refused(.insufficientPrivilege)),
      Attack("auditor_1", "reads all of \(table)", many, .sees("t")),
      Attack("jvs_sealer", "reads all of \(table)", many, .sees("t")),
      Attack(
        "auditor_1", "changes \(table)", "UPDATE \(table) SET quarter = ''",
        .refused(.insufficientPrivilege, or: .undefinedColumn)),
      Attack("compute_1", "reads all of \(table)", many, .sees("t")),
      Attack(
        "compute_1", "takes from releases in \(table)", "DELETE FROM \(table) WHERE release_id <> 'working'",
        name == "health" ? .refused(.insufficientPrivilege) : .touches(0)),
      Attack(
        "compute_1", "empties \(table)", "TRUNCATE \(table)", .refused(.insufficientPrivilege)),
      Attack(
        "compute_1", "changes \(table)", "UPDATE \(table) SET cooperation_id = 'new'",
        .refused(.insufficientPrivilege)),
      Attack("capture_a", "reads \(table)", "SELECT FROM \(table)", .refused(.insufficientPrivilege)),
      Attack("funder_1", "reads \(table)", "SELECT FROM \(table)", .refused(.insufficientPrivilege)),
      Attack("identity_a", "reads \(table)", "SELECT FROM \(table)", .refused(.insufficientPrivilege)),
      Attack("migrator_1", "reads \(table)", "SELECT count(*) FROM \(table)", .sees("0")),
    ]
      + (name == "computed"
        ? [
          Attack(
            "compute_1", "adds what is not working to \(table)",
            copied + " WHERE release_id = 'kept' LIMIT 1",
            .refused(.insufficientPrivilege))
        ]
        : [
          Attack(
            "compute_1", "adds to a release in \(table)", copied + " WHERE release_id = '2026T2-r1' LIMIT 1",
            .refused(.insufficientPrivilege, or: "23000"))
        ])
      + (name == "health"
        ? []
        : [
          Attack(
            "compute_1", "adds to the working \(name)s", working + " WHERE release_id = 'working' LIMIT 1",
            .touches(1)),
          Attack(
            "compute_1", "clears the working \(name)s",
            "SELECT count(*) > 0 FROM \(table) WHERE release_id = 'working'", .sees("t")),
          Attack(
            "compute_1", "takes a working \(name)",
            """
            DELETE FROM \(table) WHERE ctid = (SELECT ctid FROM \(table) WHERE release_id = 'working' LIMIT 1)
            """, .touches(1)),
        ])
  }

  static let onWorkingFigures: [Attack] =
    [
      Attack(
        "compute_1", "adds a released figure to the working ones",
        """
        INSERT INTO figure.working_figure (cooperation_id, release_id, indicator, indicator_version, quarter, value, status)
        VALUES ('new', '2026T2-r1', 'i', 1, '2026T2', 1, 'final')
        """, .refused("23514")),
      Attack(
        "compute_1", "adds a working figure to the released ones",
        """
        INSERT INTO figure.figure (cooperation_id, release_id, indicator, indicator_version, quarter, value, status)
        VALUES ('new', 'working', 'i', 1, '2026T2', 1, 'final')
        """, .refused("23514")),
      Attack(
        "compute_1", "changes a working figure", "UPDATE figure.working_figure SET value = 1",
        .refused(.insufficientPrivilege)),
      Attack(
        "compute_1", "takes away working figures beside the policies", "DELETE FROM figure.working_figure",
        .refused(.insufficientPrivilege)),
    ]
    + [
      "compute_1", "director_a", "director_all", "auditor_1", "capture_a", "funder_1", "identity_a",
      "migrator_1", "jvs_sealer",
    ].map {
      Attack(
        $0, "reads working figures beside the policies", "SELECT FROM figure.working_figure",
        .refused(.insufficientPrivilege))
    }

  static let onPublished: [Attack] = [
    Attack(
      "funder_1", "reads what was published", "SELECT DISTINCT audience FROM figure.published",
      .sees("funder")),
    Attack(
      "funder_2", "reads what was published", "SELECT DISTINCT audience FROM figure.published",
      .sees("region")),
    Attack(
      "funder_1", "looks for small numbers",
      """
      SELECT count(*) FROM figure.published WHERE absence = 'too-few'
        AND num_nonnulls(value, numerator, denominator, n, low, high, followed, due, observed) > 0
      """, .sees("0")),
    Attack(
      "funder_1", "adds to what was published", "INSERT INTO figure.published SELECT * FROM figure.published",
      .refused(.insufficientPrivilege)),
    Attack("funder_1", "reads releases", "SELECT FROM figure.release", .refused(.insufficientPrivilege)),
    Attack(
      "funder_1", "reads definitions", "SELECT FROM figure.definition", .refused(.insufficientPrivilege)),
    Attack("funder_1", "reads views", "SELECT FROM measure.exits", .refused(.insufficientPrivilege)),
    Attack("funder_1", "reads as of", "SELECT FROM as_of.exit", .refused(.insufficientPrivilege)),
    Attack("funder_1", "reads runs", "SELECT FROM ops.run", .refused(.insufficientPrivilege)),
    Attack("funder_1", "reads imports", "SELECT FROM ops.import", .refused(.insufficientPrivilege)),
    Attack("funder_1", "reads reviews", "SELECT FROM review.example", .refused(.insufficientPrivilege)),
    Attack(
      "funder_1", "reads memberships", "SELECT FROM access.membership", .refused(.insufficientPrivilege)),
    Attack(
      "funder_1", "reads audiences", "SELECT role_name, audience FROM access.audience",
      .sees("funder_1|funder")),
    Attack(
      "funder_1", "takes another audience", "INSERT INTO access.audience VALUES ('funder_1', 'region')",
      .refused(.insufficientPrivilege)),
    Attack("funder_1", "stages a table", "CREATE TEMP TABLE t (a int)", .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "reads what was published", "SELECT FROM figure.published",
      .refused(.insufficientPrivilege)),
    Attack(
      "compute_1", "changes what was published", "UPDATE figure.published SET value = 1",
      .refused(.insufficientPrivilege)),
    Attack(
      "compute_1", "takes back what was published", "DELETE FROM figure.published",
      .refused(.insufficientPrivilege)),
    Attack(
      "compute_1", "publishes a number beside a mask",
      """
      INSERT INTO figure.published (cooperation_id, release_id, audience, indicator, indicator_version, quarter,
        n, absence, status) VALUES ('lemon-aide', '2026T3-r1', 'funder', 'i', 1, '2026T3', 3, 'too-few', 'final')
      """, .refused(.checkViolation)),
    Attack(
      "compute_1", "publishes to all what is internal",
      """
      INSERT INTO figure.published (cooperation_id, release_id, audience, indicator, indicator_version, quarter,
        value, status) VALUES ('lemon-aide', '2026T3-r1', 'internal', 'i', 1, '2026T3', 3, 'final')
      """, .refused(.checkViolation)),
    Attack(
      "compute_1", "publishes a figure",
      """
      INSERT INTO figure.published (cooperation_id, release_id, audience, indicator, indicator_version, quarter,
        value, status) VALUES ('lemon-aide', '2026T3-r1', 'funder', 'i', 1, '2026T3', 30, 'final')
      """, .touches(1)),
    Attack(
      "compute_1", "reads what was published", "SELECT count(DISTINCT audience) FROM figure.published",
      .sees("2")),
    Attack(
      "auditor_1", "reads what was published", "SELECT count(DISTINCT audience) FROM figure.published",
      .sees("2")),
    Attack(
      "capture_a", "reads when releases were made", "SELECT released_at FROM figure.release",
      .refused(.insufficientPrivilege)),
    Attack(
      "compute_1", "changes a release", "UPDATE figure.release SET batch = 1",
      .refused(.insufficientPrivilege)),
    Attack("compute_1", "removes a release", "DELETE FROM figure.release", .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "makes a release", "INSERT INTO figure.release SELECT * FROM figure.release",
      .refused(.insufficientPrivilege)),
  ]

  private static func imports(_ cooperation: String, batch: String = "NULL", recorded: Int = 0) -> String {
    """
    INSERT INTO ops.import (import_id, cooperation_id, entity, file, sha256, read, recorded, revised, late,
      unchanged, rejected, closed, batch) OVERRIDING SYSTEM VALUE
    VALUES (990000, \(cooperation), 'exit', 'f', repeat('a', 64), \(recorded), \(recorded), 0, 0, 0, 0, 0, \(batch))
    """
  }

  static let onOperations: [Attack] = [
    Attack(
      "capture_a", "reads imports", "SELECT DISTINCT cooperation_id FROM ops.import", .sees("lemon-aide")),
    Attack(
      "director_a", "reads imports", "SELECT DISTINCT cooperation_id FROM ops.import", .sees("lemon-aide")),
    Attack(
      "compute_1", "reads imports", "SELECT count(DISTINCT cooperation_id) > 2 FROM ops.import", .sees("t")),
    Attack(
      "auditor_1", "reads imports", "SELECT count(DISTINCT cooperation_id) > 2 FROM ops.import", .sees("t")),
    Attack(
      "jvs_sealer", "reads imports", "SELECT count(DISTINCT cooperation_id) > 2 FROM ops.import", .sees("t")),
    Attack("capture_a", "imports for the other side", imports("'recygo'"), .refused(.insufficientPrivilege)),
    Attack("capture_a", "imports its own", imports("'lemon-aide'"), .touches(1)),
    Attack("capture_a", "imports for nobody", imports("NULL"), .refused(.insufficientPrivilege)),
    Attack(
      "jvs_operator_import", "imports for nobody, though it may for all", imports("NULL"),
      .refused(.insufficientPrivilege)),
    Attack(
      "compute_1", "imports for a cooperation", imports("'lemon-aide'"), .refused(.insufficientPrivilege)),
    Attack("compute_1", "imports parameters", imports("NULL"), .touches(1)),
    Attack(
      "capture_a", "recounts imports while another is open", after: takes,
      "UPDATE ops.import SET revised = 0",
      .touches(0)),
    Attack(
      "capture_a", "gives its open import away",
      after: takes + imports("'lemon-aide'", batch: counter, recorded: 1),
      "UPDATE ops.import SET cooperation_id = 'recygo'", .refused(.insufficientPrivilege)),
    Attack("capture_a", "recounts a closed import", "UPDATE ops.import SET revised = 0", .touches(0)),
    Attack(
      "capture_a", "recounts its import, still open",
      after: takes + imports("'lemon-aide'", batch: counter, recorded: 1),
      "UPDATE ops.import SET revised = 1", .touches(1)),
    Attack(
      "capture_a", "changes a receipt", "UPDATE ops.reject SET message = ''", .refused(.insufficientPrivilege)
    ),
    Attack(
      "capture_a", "reads what was refused", "SELECT message FROM ops.reject WHERE code = 'test'",
      .sees("said of lemon-aide")),
    Attack(
      "director_a", "reads what was refused", "SELECT message FROM ops.reject WHERE code = 'test'",
      .sees("said of lemon-aide")),
    Attack(
      "auditor_1", "reads what was refused", "SELECT count(*) > 3 FROM ops.reject WHERE code = 'test'",
      .sees("t")),
    Attack(
      "compute_1", "reads what was refused", "SELECT count(*) > 3 FROM ops.reject WHERE code = 'test'",
      .sees("t")),
    Attack(
      "capture_a", "adds refusals to the other side's import",
      """
      INSERT INTO ops.reject (import_id, ordinal, code, message)
      SELECT generate_series(1, 500), 8000, 'test', 'm'
      """, .refused(.insufficientPrivilege)),
    Attack(
      "capture_a", "adds refusals to an import of parameters",
      "INSERT INTO ops.reject (import_id, ordinal, code, message) VALUES (1, 8000, 'test', 'm')",
      .refused(.insufficientPrivilege)),
    Attack(
      "capture_a", "adds refusals to its own import", after: imports("'lemon-aide'"),
      "INSERT INTO ops.reject (import_id, ordinal, code, message) VALUES (990000, 1, 'test', 'm')",
      .touches(1)),
    Attack(
      "compute_1", "adds refusals to a cooperation's import",
      """
      INSERT INTO ops.reject (import_id, ordinal, code, message)
      SELECT max(import_id), 8000, 'test', 'm' FROM ops.import WHERE cooperation_id IS NOT NULL
      """, .refused(.insufficientPrivilege)),
    Attack(
      "compute_1", "adds refusals to an import of parameters", after: imports("NULL"),
      "INSERT INTO ops.reject (import_id, ordinal, code, message) VALUES (990000, 1, 'test', 'm')",
      .touches(1)),
    Attack(
      "capture_a", "closes a batch to come",
      after: takes + imports("'lemon-aide'", batch: "\(counter) + 7", recorded: 1),
      "INSERT INTO ops.batch (batch, import_id) VALUES (\(counter) + 7, 990000)",
      .refused(.insufficientPrivilege)),
    Attack(
      "capture_a", "closes a batch with another's import", after: takes,
      "INSERT INTO ops.batch (batch, import_id) VALUES (\(counter), 1)", .refused(.insufficientPrivilege)),
    Attack(
      "capture_a", "closes its own batch",
      after: takes + imports("'lemon-aide'", batch: counter, recorded: 1),
      "INSERT INTO ops.batch (batch, import_id) VALUES (\(counter), 990000)", .touches(1)),
    Attack(
      "compute_1", "closes a batch to come",
      after: takes + imports("NULL", batch: "\(counter) + 7", recorded: 1),
      "INSERT INTO ops.batch (batch, import_id) VALUES (\(counter) + 7, 990000)",
      .refused(.insufficientPrivilege)),
    Attack(
      "compute_1", "closes a batch with a cooperation's import", after: takes,
      "INSERT INTO ops.batch (batch, import_id) SELECT \(counter), max(import_id) FROM ops.import",
      .refused(.insufficientPrivilege)),
    Attack(
      "compute_1", "closes its own batch", after: takes + imports("NULL", batch: counter, recorded: 1),
      "INSERT INTO ops.batch (batch, import_id) VALUES (\(counter), 990000)", .touches(1)),
    Attack("capture_a", "sees every batch", "SELECT count(*) = max(batch) FROM ops.batch", .sees("t")),
    Attack("compute_1", "sees every batch", "SELECT count(*) = max(batch) FROM ops.batch", .sees("t")),
    Attack("auditor_1", "sees every batch", "SELECT count(*) = max(batch) FROM ops.batch", .sees("t")),
    Attack("jvs_sealer", "sees every batch", "SELECT count(*) = max(batch) FROM ops.batch", .sees("t")),
    Attack("migrator_1", "sees every batch", "SELECT count(*) = max(batch) FROM ops.batch", .sees("t")),
    Attack("director_a", "reads batches", "SELECT FROM ops.batch", .refused(.insufficientPrivilege)),
    Attack("capture_a", "removes a batch", "DELETE FROM ops.batch", .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "takes a batch", "UPDATE ops.batch_counter SET number = number + 1",
      .refused(.insufficientPrivilege)),
    Attack("capture_a", "reads runs", "SELECT FROM ops.run", .refused(.insufficientPrivilege)),
    Attack("director_a", "reads runs", "SELECT FROM ops.run", .refused(.insufficientPrivilege)),
    Attack("auditor_1", "ends a run", "UPDATE ops.run SET state = 'done'", .refused(.insufficientPrivilege)),
    Attack("compute_1", "removes a run", "DELETE FROM ops.run", .refused(.insufficientPrivilege)),
    Attack("compute_1", "forges a migration", "DELETE FROM ops.migration", .refused(.insufficientPrivilege)),
  ]

  static let onIdentity: [Attack] =
    ["director_a", "capture_a", "compute_1", "auditor_1", "funder_1"].map {
      Attack($0, "reads names", "SELECT FROM identity.example", .refused(.insufficientPrivilege))
    } + [
      Attack("migrator_1", "reads names", "SELECT count(*) FROM identity.example", .sees("0")),
      Attack("identity_a", "reads names", "SELECT name FROM identity.example", .sees("Nom A")),
      Attack(
        "identity_a", "writes a name of the other side",
        "INSERT INTO identity.example VALUES ('recygo', 'x')", .refused(.insufficientPrivilege)),
      Attack(
        "identity_a", "writes a name of its own", "INSERT INTO identity.example VALUES ('lemon-aide', 'x')",
        .touches(1)),
      Attack(
        "identity_a", "changes names of the other side",
        "UPDATE identity.example SET name = 'x' WHERE cooperation_id = 'recygo'", .touches(0)),
      Attack("identity_a", "changes every name", "UPDATE identity.example SET name = 'x'", .touches(1)),
      Attack(
        "identity_a", "moves a name to the other side",
        "UPDATE identity.example SET cooperation_id = 'recygo'",
        .refused(.insufficientPrivilege)),
      Attack("identity_a", "erases every name", "DELETE FROM identity.example", .touches(1)),
      Attack("identity_a", "reads imports", "SELECT FROM ops.import", .refused(.insufficientPrivilege)),
      Attack("identity_a", "reads reviews", "SELECT FROM review.example", .refused(.insufficientPrivilege)),
    ]

  static let onReviews: [Attack] = [
    Attack("director_a", "reads reviews", "SELECT words FROM review.example", .sees("mot A")),
    Attack("capture_a", "reads reviews", "SELECT words FROM review.example", .sees("mot A")),
    Attack("compute_1", "reads reviews", "SELECT count(*) FROM review.example", .sees("2")),
    Attack("auditor_1", "reads reviews", "SELECT count(*) FROM review.example", .sees("2")),
    Attack(
      "director_a", "writes a review of the other side", "INSERT INTO review.example VALUES ('recygo', 'x')",
      .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "writes a review of its own", "INSERT INTO review.example VALUES ('lemon-aide', 'x')",
      .touches(1)),
    Attack(
      "director_a", "changes a review", "UPDATE review.example SET words = 'x'",
      .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "moves a review to the other side", "UPDATE review.example SET cooperation_id = 'recygo'",
      .refused(.insufficientPrivilege)),
    Attack("director_a", "removes reviews", "DELETE FROM review.example", .refused(.insufficientPrivilege)),
    Attack(
      "capture_a", "writes a review", "UPDATE review.example SET words = 'x'",
      .refused(.insufficientPrivilege)),
  ]

  static let onMemberships: [Attack] =
    ["director_a", "capture_a", "identity_a"].map {
      Attack(
        $0, "reads memberships", "SELECT role_name, cooperation_id FROM access.membership",
        .sees("\($0)|lemon-aide"))
    } + [
      Attack(
        "auditor_1", "reads memberships", "SELECT count(DISTINCT role_name) > 5 FROM access.membership",
        .sees("t")),
      Attack("auditor_1", "reads audiences", "SELECT count(*) > 1 FROM access.audience", .sees("t")),
      Attack(
        "migrator_1", "gives a membership", "INSERT INTO access.membership VALUES ('x', 'lemon-aide')",
        .touches(1)),
      Attack(
        "migrator_1", "gives an audience", "INSERT INTO access.audience VALUES ('x', 'funder')", .touches(1)),
      Attack(
        "compute_1", "reads memberships", "SELECT FROM access.membership", .refused(.insufficientPrivilege)),
      Attack(
        "director_a", "makes itself a member",
        "INSERT INTO access.membership VALUES ('director_a', 'recygo')",
        .refused(.insufficientPrivilege)),
      Attack(
        "director_a", "makes itself a member of all", "UPDATE access.membership SET cooperation_id = '*'",
        .refused(.insufficientPrivilege)),
      Attack(
        "director_a", "reads what is its own", "SELECT cooperation_id FROM access.own", .sees("lemon-aide")),
      Attack(
        "capture_a", "makes itself a member", "INSERT INTO access.membership VALUES ('capture_a', 'recygo')",
        .refused(.insufficientPrivilege)),
    ]
}
