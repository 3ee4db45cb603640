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

  private static func notes(_ kind: String) -> String { forges(kind) + " RETURNING kind" }

  // Asking for nothing back, so that no policy of reading helps to refuse it.
  private static func forges(_ kind: String) -> String {
    "INSERT INTO audit.entry (kind, subject, details) VALUES ('\(kind)', '1', '{}')"
  }

  static let onAudit: [Attack] =
    // What the database notes by itself, nobody else may write: a forged seal would stop the sealing.
    ["capture_a", "compute_1", "director_a", "identity_a", "auditor_1", "funder_1", "migrator_1"].flatMap {
      who in
      ["seal", "import", "release", "migration", "erasure", "period"].map {
        Attack(who, "forges an entry \($0)", forges($0), .refused(.insufficientPrivilege))
      }
    } + [
      Attack("compute_1", "notes a publication", notes("publication"), .sees("publication")),
      Attack("compute_1", "notes a right", forges("role"), .refused(.insufficientPrivilege)),
      Attack("director_a", "notes a target", notes("target"), .sees("target")),
      Attack("director_a", "notes a person", forges("person"), .refused(.insufficientPrivilege)),
      Attack("identity_a", "notes a person", notes("person"), .sees("person")),
      Attack("identity_a", "notes a publication", forges("publication"), .refused(.insufficientPrivilege)),
      Attack("migrator_1", "notes a right", notes("role"), .sees("role")),
      Attack("migrator_1", "notes a review", forges("period"), .refused(.insufficientPrivilege)),
      Attack(
        "compute_1", "reads the chain", after: notes("publication"),
        "SELECT string_agg(DISTINCT kind, ',' ORDER BY kind) FROM audit.entry", .sees("publication,release")),
      Attack(
        "director_a", "reads others' entries", after: notes("target"),
        "SELECT string_agg(DISTINCT actor || ' ' || kind, ',') FROM audit.entry", .sees("director_a target")),
      Attack(
        "identity_a", "reads others' entries", after: notes("person"),
        "SELECT string_agg(DISTINCT actor || ' ' || kind, ',') FROM audit.entry", .sees("identity_a person")),
      Attack(
        "migrator_1", "reads others' entries", after: notes("role"),
        "SELECT string_agg(DISTINCT actor || ' ' || kind, ',') FROM audit.entry", .sees("migrator_1 role")),
      Attack(
        "auditor_1", "reads the chain",
        "SELECT count(DISTINCT kind) >= 4 AND (SELECT count(*) > 0 FROM audit.block) FROM audit.entry, audit.head",
        .sees("t")),
      Attack("auditor_1", "verifies the chain", "SELECT count(*) FROM audit.chain_problems()", .sees("0")),
      Attack("auditor_1", "verifies the imports", "SELECT count(*) FROM audit.import_problems()", .sees("0")),
      Attack("auditor_1", "verifies the facts", "SELECT count(*) FROM audit.fact_problems()", .sees("0")),
      Attack(
        "auditor_1", "verifies the releases", "SELECT count(*) FROM audit.release_problems()", .sees("0")),
      Attack("compute_1", "seals", "SELECT audit.seal_batches() >= 0", .sees("t")),
      Attack("capture_a", "seals", "SELECT audit.seal_batches()", .refused(.insufficientPrivilege)),
      Attack("capture_a", "reads the chain", "SELECT FROM audit.entry", .refused(.insufficientPrivilege)),
      Attack(
        "compute_1", "moves the end of the chain", "UPDATE audit.head SET ordinal = 0",
        .refused(.insufficientPrivilege)),
      Attack(
        "auditor_1", "moves the end of the chain", "UPDATE audit.head SET ordinal = 0",
        .refused(.insufficientPrivilege)),
      Attack("auditor_1", "removes an entry", "DELETE FROM audit.entry", .refused(.insufficientPrivilege)),
      Attack(
        "auditor_1", "changes an entry", "UPDATE audit.entry SET actor = 'x'",
        .refused(.insufficientPrivilege)),
      Attack(
        "compute_1", "says who acted and when",
        "INSERT INTO audit.entry (ordinal, at, actor, kind, subject, details, digest) VALUES (1, now(), 'x', 'publication', '1', '{}', '')",
        .refused(.insufficientPrivilege)),
      Attack(
        "migrator_1", "forges a seal",
        "INSERT INTO audit.block VALUES (1, 'fact.exit', 'recorded', 1, 1, 1, '\\x00', '\\x00')",
        .refused(.insufficientPrivilege)),
      Attack("migrator_1", "moves the end of the chain", "UPDATE audit.head SET ordinal = 0", .touches(0)),
      Attack(
        "jvs_sealer", "reads the chain",
        "SELECT count(DISTINCT kind) >= 4 AND (SELECT count(*) > 0 FROM audit.block) FROM audit.entry, audit.head",
        .sees("t")),
      Attack("jvs_sealer", "adds to the chain", notes("seal"), .sees("seal")),
      Attack(
        "jvs_sealer", "keeps a block",
        "INSERT INTO audit.block VALUES (1, 'fact.exit', 'recorded', 1, 1, 1, '\\x00', '\\x00')", .touches(1)),
      Attack("jvs_sealer", "writes facts", "DELETE FROM fact.exit", .refused(.insufficientPrivilege)),
      Attack("compute_1", "becomes what seals", "SET ROLE jvs_sealer", .refused(.insufficientPrivilege)),
      Attack("migrator_1", "becomes what seals", "SET ROLE jvs_sealer", .refused(.insufficientPrivilege)),
      // Texts are sealed under salts; an erasure takes the salt away, and nothing else ever changes one.
      Attack(
        "auditor_1", "verifies the texts",
        "SELECT count(*), (SELECT count(*) > 0 FROM audit.sealed_text) FROM audit.text_problems()",
        .sees("0|t")),
      Attack(
        "jvs_sealer", "reads the salts", "SELECT count(*) > 0 FROM audit.sealed_text WHERE salt IS NOT NULL",
        .sees("t")),
      Attack(
        "jvs_sealer", "seals a text",
        "INSERT INTO audit.sealed_text VALUES (1, 'fact.commentary', 1, 9000, 'text', NULL, sha256('x'))",
        .touches(1)),
      Attack(
        "jvs_sealer", "takes a salt away with no erasure",
        "UPDATE audit.sealed_text SET salt = NULL WHERE salt IS NOT NULL AND batch = -1", .touches(0)),
      Attack(
        "jvs_sealer", "puts another salt in its place",
        "UPDATE audit.sealed_text SET salt = gen_random_uuid()",
        .refused("23000")),
      Attack(
        "jvs_sealer", "changes a sealed text", "UPDATE audit.sealed_text SET digest = sha256('x')",
        .refused(.insufficientPrivilege)),
    ]
    + ["director_a", "capture_a", "compute_1", "identity_a", "funder_1"].map {
      Attack($0, "reads the salts", "SELECT FROM audit.sealed_text", .refused(.insufficientPrivilege))
    }
    + ["auditor_1", "identity_a", "capture_a"].map {
      Attack(
        $0, "takes a salt away", "UPDATE audit.sealed_text SET salt = NULL", .refused(.insufficientPrivilege))
    } + [
      Attack(
        "migrator_1", "takes a salt away", "UPDATE audit.sealed_text SET salt = NULL", .touches(0)),
      Attack(
        "migrator_1", "seals a text",
        "INSERT INTO audit.sealed_text VALUES (1, 'fact.commentary', 1, 9000, 'text', NULL, sha256('x'))",
        .refused(.insufficientPrivilege)),
    ]
}
