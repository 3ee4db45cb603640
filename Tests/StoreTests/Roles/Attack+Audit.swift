import Postgres

/// What is tried on the chain of entries, and by whoever seals it.
extension Attack {
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
