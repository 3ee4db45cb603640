import Foundation
import Impact
import Postgres
import TestSupport
import Testing

@testable import Store

/// A private server with the sample cooperations and logins on both sides of every line.
///
/// The logins connect for themselves, so that nothing lends them the superuser's session to fall back to.
struct GuardedStore: Sendable {
  /// Who tries; `_a` acts for lemon-aide, `_b` for recygo.
  static let logins: [(name: String, groups: [Group], cooperations: [String], audiences: [String])] = [
    ("director_a", [.director], ["lemon-aide"], []), ("director_b", [.director], ["recygo"], []),
    ("director_all", [.director], ["*"], []),
    ("capture_a", [.capture], ["lemon-aide"], []), ("capture_b", [.capture], ["recygo"], []),
    ("identity_a", [.identity], ["lemon-aide"], []), ("identity_b", [.identity], ["recygo"], []),
    ("funder_1", [.funder], [], ["funder"]), ("funder_2", [.funder], [], ["region"]),
    ("auditor_1", [.auditor], [], []), ("compute_1", [.compute], [], []), ("migrator_1", [.migrator], [], []),
  ]

  /// A login without any right.
  static let stranger = "stranger"
  /// A login that may become either director, as a pool of connections may.
  static let pool = "pool_1"

  /// Where the server is.
  let parameters: Connection.Parameters
  /// Databases made from one another: attacked; weakened; weakened, with triggers and column rights off.
  static let (attacked, weakened, unbelted) = ("jvs", "weakened", "unbelted")

  /// The store of the running suite.
  @TaskLocal static var current: GuardedStore?

  static func required() throws -> GuardedStore { try #require(current, "the suite lacks .guarded") }

  /// A connection of a login of its own.
  func connect(as login: String, to database: String = attacked) throws -> Connection {
    var parameters = parameters
    parameters["user"] = login
    parameters["dbname"] = database
    return try Connection(parameters, deadline: .seconds(60))
  }

  /// A connection of the server's owner.
  func owner(of database: String = attacked) throws -> Connection {
    try connect(as: PrivateCluster.role, to: database)
  }

  /// Fills the store, as the commands would, with what every line can be tried on.
  fileprivate func prepare() throws {
    let connection = try owner()
    try Migrator(folder: Fixture.root + "/SQL").migrate(connection)
    let access = Access(connection)
    try access.grantOperators()
    for login in Self.logins {
      try access.grant(
        login.name, groups: login.groups, cooperations: login.cooperations, audiences: login.audiences)
    }
    try connection.run(
      script: "CREATE ROLE \(Self.stranger) LOGIN; CREATE ROLE \(Self.pool) LOGIN; "
        + "GRANT director_a, director_b TO \(Self.pool)")
    try recordFacts()
    try fill(connection)
    try examples(connection)
    connection.close()
    try copies()
  }

  /// Facts by the importing login, figures by the computing one: with the rights of the commands.
  private func recordFacts() throws {
    let facts = Archive(try connect(as: Operator.capture.login))
    let figures = Archive(try connect(as: Operator.compute.login))
    defer {
      facts.connection.close()
      figures.connection.close()
    }
    try Fixture.recordReference(figures)
    let catalogue = try Fixture.catalogueWithEarlierScorecard()
    for (delivery, quarter) in [("2026T2", Quarter(2026, 2)), ("2026T3", Quarter(2026, 3))] {
      try facts.recordSamples(delivery)
      let outcome = try figures.release(
        try #require(quarter), catalogue: catalogue,
        definitions: [Archive.DefinitionFile(path: "a.yaml", content: [1])], software: "test")
      guard case .made(let release) = outcome else { continue }
      for (name, threshold) in [("funder", 5), ("region", 11)] {
        let audience = Edition.Audience(id: name, label: Localized(fr: name, en: name), threshold: threshold)
        try #require(
          try figures.keepPublished(figures.edition(release, catalogue: catalogue, audience: audience)))
      }
    }
    let run = try figures.beginRun("nightly", on: Fixture.day, host: "host", process: 1)
    try figures.begin("import", of: run)
    try figures.end(run)
  }

  /// Rows of three cooperations in every table of facts that the samples leave empty.
  private func fill(_ connection: Connection) throws {
    try connection.run(
      script: """
        DO $$
        DECLARE
          found record;
          owner text;
          has_some boolean;
        BEGIN
          UPDATE ops.batch_counter SET number = number + 1;
          PERFORM set_config('jvs.batch', (SELECT number::text FROM ops.batch_counter), true);
          FOR found IN
            SELECT c.oid::regclass AS target, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns,
              string_agg(CASE
                WHEN a.attname = 'batch_from' THEN current_setting('jvs.batch')
                WHEN a.attname = 'batch_to' THEN '9223372036854775807'
                WHEN a.attname = 'segment' THEN '0'
                WHEN a.attname LIKE '%quarter' THEN quote_literal('2026T1')
                WHEN a.atttypid = 'text'::regtype THEN quote_literal('x')
                WHEN a.atttypid = 'date'::regtype THEN quote_literal('2026-01-01')
                WHEN a.atttypid = 'boolean'::regtype THEN 'true'
                WHEN a.atttypid = 'uuid'::regtype THEN quote_literal('00000000-0000-4000-8000-000000000001')
                ELSE '1' END, ', ' ORDER BY a.attnum) AS cells
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relnamespace = 'fact'::regnamespace AND c.relkind IN ('r', 'p') AND a.attname <> 'cooperation_id'
            GROUP BY c.oid
          LOOP
            FOREACH owner IN ARRAY '{lemon-aide,recygo,gme-plaine-commune}'::text[] LOOP
              EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE cooperation_id = %L)', found.target, owner) INTO has_some;
              IF NOT has_some THEN
                EXECUTE format('INSERT INTO %s (cooperation_id, %s) VALUES (%L, %s)', found.target, found.columns,
                  owner, found.cells);
              END IF;
            END LOOP;
          END LOOP;
          -- the batch is closed, and another after it, so that every row is of an earlier one than the last
          FOR round IN 1..2 LOOP
            INSERT INTO ops.import (cooperation_id, entity, file, sha256, read, recorded, revised, late, unchanged,
              rejected, closed, batch) SELECT 'lemon-aide', 'all', 'f', repeat('0', 64), 1, 1, 0, 0, 0, 0, 0, number
              FROM ops.batch_counter;
            INSERT INTO ops.batch (batch, import_id) SELECT batch, max(import_id) FROM ops.import
              JOIN ops.batch_counter ON batch = number GROUP BY batch;
            IF round = 1 THEN UPDATE ops.batch_counter SET number = number + 1; END IF;
          END LOOP;
        END $$;
        """)
  }

  /// Tables such as later migrations make, and some more rows of both sides.
  private func examples(_ connection: Connection) throws {
    try connection.run(
      script: """
        CREATE TABLE identity.example (cooperation_id text NOT NULL, name text NOT NULL);
        CREATE TABLE review.example (cooperation_id text NOT NULL, words text NOT NULL);
        CALL access.protect('identity', 'example');
        CALL access.protect('review', 'example');
        INSERT INTO identity.key VALUES ('k-1', 'd', 'pseudonym', sha256('k'));
        INSERT INTO identity.domain VALUES ('lemon-aide', 'd'), ('recygo', 'd');
        INSERT INTO identity.person (cooperation_id, participant, person, last_name, first_names, birth_date, hmac,
          key_id, registered_on)
          SELECT c, 'P1', gen_random_uuid(), 'Nom ' || n, 'x', '1990-01-01', sha256(n::bytea), 'k-1', '2026-01-01'
          FROM (VALUES ('lemon-aide', 'A'), ('recygo', 'B')) v (c, n);
        INSERT INTO identity.suppression SELECT c, sha256(c::bytea), 'k-1', '2030-01-01'
          FROM unnest('{lemon-aide,recygo}'::text[]) c;
        INSERT INTO identity.forgotten SELECT c, 'P9', '2030-01-01' FROM unnest('{lemon-aide,recygo}'::text[]) c;
        INSERT INTO identity.erasure (cooperation_id, reason, identities, redacted_rows)
          SELECT c, 'request', 1, 0 FROM unnest('{lemon-aide,recygo}'::text[]) c;
        INSERT INTO identity.access_log (system_user_name, action, purpose, cooperation_id, persons, is_dry_run)
          SELECT 'root', 'export', 'access-right', c, 1, false FROM unnest('{lemon-aide,recygo}'::text[]) c;
        INSERT INTO identity.retention_notice
          SELECT c, 'P1', '2026-01-01', '2025-01-01' FROM unnest('{lemon-aide,recygo}'::text[]) c;
        INSERT INTO review.event (cooperation_id, quarter, act, by_name)
          SELECT c, '2026T1', 'submitted', 'Awa' FROM unnest('{lemon-aide,recygo}'::text[]) c;
        INSERT INTO ops.redaction (table_name, field, cooperation_id, import_id, source_line, batch_from)
          SELECT 'exit', 'f', c, 1, 1, 1 FROM unnest('{lemon-aide,recygo}'::text[]) c;
        INSERT INTO identity.example VALUES ('lemon-aide', 'Nom A'), ('recygo', 'Nom B');
        INSERT INTO figure.computed
          SELECT (jsonb_populate_record(c, '{"release_id": "kept"}')).* FROM figure.computed c;
        INSERT INTO review.example VALUES ('lemon-aide', 'mot A'), ('recygo', 'mot B');
        INSERT INTO ops.reject (import_id, ordinal, code, message)
          SELECT import_id, 9000, 'test', 'said of ' || coalesce(cooperation_id, 'all') FROM (
            SELECT DISTINCT ON (cooperation_id) import_id, cooperation_id FROM ops.import ORDER BY cooperation_id, import_id) i;
        ANALYZE;
        """)
  }

  private func copies() throws {
    let server = try connect(as: PrivateCluster.role, to: "postgres")
    defer { server.close() }
    for copy in [Self.weakened, Self.unbelted] {
      try server.execute("CREATE DATABASE \(identifier: copy) TEMPLATE \(identifier: Self.attacked)")
      let connection = try owner(of: copy)
      try connection.run(script: "CALL access.protect_database()")
      if copy == Self.unbelted {
        // Nor do column rights help the policies there.
        try connection.run(
          script:
            "GRANT UPDATE ON ALL TABLES IN SCHEMA fact TO jvs_capture; GRANT UPDATE ON ops.import TO jvs_capture"
        )
        let tables = try connection.execute(
          "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgparentid = 0 "
            + "AND tgrelid NOT IN (SELECT oid FROM pg_class WHERE relnamespace IN ('audit'::regnamespace, 'review'::regnamespace))"
        )
        for table in tables {
          try connection.run(script: "ALTER TABLE \(try table.decode(String.self)) DISABLE TRIGGER USER")
        }
      }
      connection.close()
    }
  }
}

/// Runs a suite beside a guarded store of its own.
struct GuardedTrait: SuiteTrait, TestScoping {
  var isRecursive: Bool { false }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    let base = "\(ClusterFixture.fastFolder)/jvs-guarded-\(UInt32.random(in: 0 ... .max))"
    try #require(mkdir(base, 0o755) == 0 && chmod(base, 0o755) == 0)
    defer { try? FileManager.default.removeItem(atPath: base) }
    var options = PrivateCluster.Options.small
    options.roles += GuardedStore.logins.map(\.name) + [GuardedStore.stranger, GuardedStore.pool]
    let cluster = PrivateCluster(data: base + "/data", options: options)
    defer { try? cluster.stop() }
    let store = GuardedStore(parameters: try cluster.start())
    try store.prepare()
    try await GuardedStore.$current.withValue(store) { try await function() }
  }
}

extension Trait where Self == GuardedTrait {
  /// A guarded store for the whole suite.
  static var guarded: Self { Self() }
}
