import Postgres

/// What is tried on the tables that know who people are, and on what is said of them elsewhere.
extension Attack {
  static let identityTables = [
    "domain", "person", "suppression", "forgotten", "erasure", "access_log", "retention_notice",
  ]

  static func onIdentities(_ name: String) -> [Attack] {
    let table = "identity." + name
    let who = "SELECT string_agg(DISTINCT cooperation_id, ',') FROM \(table)"
    let given =
      """
      INSERT INTO \(table) OVERRIDING SYSTEM VALUE
      SELECT (jsonb_populate_record(t, '{"cooperation_id": "recygo"}')).* FROM \(table) t LIMIT 1
      """
    let isOnlyAddedTo = ["erasure", "access_log"].contains(name)
    let outsiders = ["director_a", "compute_1", "funder_1"] + (name == "forgotten" ? [] : ["capture_a"])
    return outsiders.map {
      Attack($0, "reads \(table)", "SELECT FROM \(table)", .refused(.insufficientPrivilege))
    } + [
      Attack("identity_a", "reads \(table)", who, .sees("lemon-aide")),
      Attack("identity_a", "gives \(table) to the other side", given, .refused(.insufficientPrivilege)),
      Attack("identity_b", "reads \(table)", who, .sees("recygo")),
      Attack("migrator_1", "reads \(table)", who, .sees("")),
      Attack("jvs_sealer", "reads \(table)", "SELECT FROM \(table)", .refused(.insufficientPrivilege)),
      isOnlyAddedTo
        ? Attack(
          "auditor_1", "reads \(table)", "SELECT count(DISTINCT cooperation_id) FROM \(table)", .sees("2"))
        : Attack("auditor_1", "reads \(table)", "SELECT FROM \(table)", .refused(.insufficientPrivilege)),
    ]
      + (isOnlyAddedTo
        ? [
          Attack(
            "identity_a", "takes from \(table)", "DELETE FROM \(table)", .refused(.insufficientPrivilege)),
          Attack(
            "identity_a", "changes \(table)", "UPDATE \(table) SET cooperation_id = 'lemon-aide'",
            .refused(.insufficientPrivilege)),
          Attack(
            "identity_a", "adds to \(table)",
            given.replacing("recygo", with: "lemon-aide")
              .replacing("\"}'", with: "\", \"entry\": 9000, \"erasure_id\": 9000}'"), .touches(1)),
        ]
        : [
          Attack(
            "identity_a", "changes all of \(table)", "UPDATE \(table) SET cooperation_id = 'lemon-aide'",
            .touches(1)),
          Attack(
            "identity_a", "moves \(table) to the other side", "UPDATE \(table) SET cooperation_id = 'recygo'",
            .refused(.insufficientPrivilege)),
          Attack("identity_a", "takes all of \(table)", "DELETE FROM \(table)", .touches(1)),
        ])
  }

  static let onRedaction: [Attack] =
    ["capture_a", "identity_a"].map {
      Attack($0, "reads redactions", "SELECT DISTINCT cooperation_id FROM ops.redaction", .sees("lemon-aide"))
    } + [
      Attack("auditor_1", "reads redactions", "SELECT count(*) FROM ops.redaction", .sees("2")),
      Attack("migrator_1", "reads redactions", "SELECT count(*) FROM ops.redaction", .sees("2")),
      Attack(
        "migrator_1", "adds a redaction",
        """
        INSERT INTO ops.redaction (table_name, field, cooperation_id, import_id, source_line, batch_from)
        VALUES ('exit', 'f', 'recygo', 1, 1, 1)
        """, .touches(1)),
      Attack(
        "capture_a", "adds a redaction",
        "INSERT INTO ops.redaction OVERRIDING SYSTEM VALUE SELECT * FROM ops.redaction",
        .refused(.insufficientPrivilege)),
      Attack(
        "capture_a", "reads who is forgotten", "SELECT DISTINCT cooperation_id FROM identity.forgotten",
        .sees("lemon-aide")),
      Attack(
        "capture_a", "empties texts of the other side",
        "SELECT ops.redact('commentary', 'text', 'recygo', 'commentary', '{x}')",
        .refused(.insufficientPrivilege)),
      Attack(
        "identity_a", "empties texts of the other side",
        "SELECT ops.redact('commentary', 'text', 'recygo', 'commentary', '{x}')",
        .refused(.insufficientPrivilege)),
      Attack(
        "capture_a", "empties a text of its own",
        after: "SELECT set_config('jvs.key', (SELECT min(commentary) FROM fact.commentary), true)",
        "SELECT ops.redact('commentary', 'text', 'lemon-aide', 'commentary', ARRAY[current_setting('jvs.key')]) > 0",
        .sees("t")),
      Attack(
        "director_a", "empties a text",
        "SELECT ops.redact('commentary', 'text', 'lemon-aide', 'commentary', '{x}')",
        .refused(.insufficientPrivilege)),
      Attack(
        "identity_a", "empties a text by itself",
        "SELECT ops.redact_rows('commentary', 'text', 'lemon-aide', 'commentary', '{x}')",
        .refused(.insufficientPrivilege)),
    ]
    + [
      (
        "ops.redact_texts('commentary', 'text', 'recygo', '{1}', '{2}')",
        ["capture_a", "identity_a", "director_a"]
      ),
      ("ops.redact_reasons('recygo', '{1}')", ["capture_a", "identity_a", "director_a", "compute_1"]),
      (
        "ops.redact_texts('commentary', 'text', 'lemon-aide', '{1}', '{2}')",
        ["director_a", "funder_1", "auditor_1"]
      ),
    ].flatMap { call, logins in
      logins.map { Attack($0, "erases with \(call)", "SELECT \(call)", .refused(.insufficientPrivilege)) }
    } + [
      Attack(
        "identity_a", "empties what is no free text",
        "SELECT ops.redact_texts('exit', 'pathway', 'lemon-aide', '{1}', '{2}')",
        .refused("22023")),
      Attack("identity_a", "reads the keys' names", "SELECT count(*) FROM identity.key", .sees("1")),
      Attack(
        "auditor_1", "reads the keys' names", "SELECT FROM identity.key", .refused(.insufficientPrivilege)),
    ]

  static let onEvents: [Attack] = [
    Attack(
      "director_a", "reads events", "SELECT DISTINCT cooperation_id FROM review.event", .sees("lemon-aide")),
    Attack(
      "director_a", "reads periods", "SELECT DISTINCT cooperation_id FROM review.period", .sees("lemon-aide")),
    Attack(
      "capture_a", "reads events", "SELECT DISTINCT cooperation_id FROM review.event", .sees("lemon-aide")),
    Attack("compute_1", "reads events", "SELECT count(*) FROM review.event", .sees("2")),
    Attack("auditor_1", "reads events", "SELECT count(*) FROM review.event", .sees("2")),
    Attack("jvs_sealer", "reads events", "SELECT count(*) FROM review.event", .sees("2")),
    Attack("jvs_sealer", "reads reviews", "SELECT count(*) FROM review.example", .sees("2")),
    Attack("auditor_1", "verifies the reviews", "SELECT count(*) FROM review.problems()", .sees("0")),
    Attack(
      "director_a", "validates for the other side",
      "INSERT INTO review.event (cooperation_id, quarter, act, by_name) VALUES ('recygo', '2026T1', 'validated', 'Bo')",
      .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "validates its own",
      "INSERT INTO review.event (cooperation_id, quarter, act, by_name) VALUES ('lemon-aide', '2026T1', 'validated', 'Bo')",
      .touches(1)),
    Attack(
      "director_a", "validates what the same person submitted",
      "INSERT INTO review.event (cooperation_id, quarter, act, by_name) VALUES ('lemon-aide', '2026T1', 'validated', 'AWA')",
      .refused("JV001")),
    Attack("director_a", "takes an event back", "DELETE FROM review.event", .refused(.insufficientPrivilege)),
    Attack(
      "capture_a", "validates",
      "INSERT INTO review.event (cooperation_id, quarter, act, by_name) VALUES ('lemon-aide', '2026T1', 'validated', 'Bo')",
      .refused(.insufficientPrivilege)),
  ]
}
