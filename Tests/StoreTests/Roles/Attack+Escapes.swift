import Postgres

/// Ways around: other roles, settings, shadows, functions, statistics, the server itself.
extension Attack {
  /// Views over several tables, each read with its reader's rights.
  static let onViews: [Attack] = [
    "pathways", "activity", "convention_months", "exits", "follow_ups", "trainings", "commitments",
    "contributions", "finance", "materials", "clause_hours", "clause_commitments", "observations",
  ].map {
    Attack(
      "director_a", "reads measure.\($0)",
      after: "SET LOCAL jvs.as_of = '9223372036854775806'; SET LOCAL jvs.cut = '2026-10-15'",
      "SELECT count(*) FROM measure.\($0) WHERE cooperation_id <> 'lemon-aide'", .sees("0"))
  }

  static let escapes: [Attack] = [
    // Other roles.
    Attack("director_a", "becomes director_b", "SET ROLE director_b", .refused(.insufficientPrivilege)),
    Attack("director_a", "becomes the owner", "SET ROLE jvs_root", .refused(.insufficientPrivilege)),
    Attack("director_a", "becomes the migrator", "SET ROLE jvs_migrator", .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "becomes the group, which is nobody's member", after: "SET LOCAL ROLE jvs_director",
      "SELECT count(*) FROM fact.exit", .sees("0")),
    Attack(
      "director_a", "takes another session", "SET SESSION AUTHORIZATION director_b",
      .refused(.insufficientPrivilege), isDirect: true),
    Attack(
      "director_a", "gives itself back", after: "RESET SESSION AUTHORIZATION; RESET ROLE",
      "SELECT string_agg(DISTINCT cooperation_id, ',') FROM fact.exit", .sees("lemon-aide"), isDirect: true),
    Attack(
      "director_a", "joins a group", "GRANT jvs_compute TO director_a", .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "joins another login", "GRANT director_b TO director_a", .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "frees itself from row-level security", "ALTER ROLE director_a BYPASSRLS",
      .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "makes itself superuser", "ALTER ROLE director_a SUPERUSER",
      .refused(.insufficientPrivilege)),
    Attack("director_a", "makes a login", "CREATE ROLE mole LOGIN", .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "passes its rights on", after: "GRANT SELECT ON fact.exit TO PUBLIC",
      "SELECT has_table_privilege('funder_1', 'fact.exit', 'SELECT')", .sees("f")),
    Attack(
      "director_a", "takes rights from others", after: "REVOKE ALL ON fact.exit FROM jvs_compute",
      "SELECT has_table_privilege('compute_1', 'fact.exit', 'SELECT')", .sees("t")),
    Attack(
      "director_a", "drops its own rights", "DROP OWNED BY director_a", .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "drops what the group owns", "DROP OWNED BY jvs_director",
      .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "takes over tables", "ALTER TABLE fact.exit OWNER TO director_a",
      .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "takes over what the migrator owns", "REASSIGN OWNED BY jvs_migrator TO director_a",
      .refused(.insufficientPrivilege)),
    Attack(
      "pool_1", "becomes one director", after: "SET LOCAL ROLE director_a",
      "SELECT string_agg(DISTINCT cooperation_id, ',') FROM fact.exit", .sees("lemon-aide")),
    Attack(
      "pool_1", "keeps a plan over a change of role",
      after: """
        DEALLOCATE ALL; SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL ROLE director_a;
        PREPARE kept AS SELECT string_agg(DISTINCT cooperation_id, ',') FROM fact.exit;
        EXECUTE kept; SET LOCAL ROLE director_b;
        """, "EXECUTE kept", .sees("recygo")),
    Attack(
      "pool_1", "keeps a cursor over a change of role",
      after: """
        SET LOCAL ROLE director_a; DECLARE kept CURSOR FOR SELECT DISTINCT cooperation_id FROM fact.exit;
        SET LOCAL ROLE director_b;
        """, "FETCH ALL FROM kept", .sees("recygo")),

    // Settings.
    Attack(
      "director_a", "switches row-level security off", after: "SET LOCAL row_security = off",
      "SELECT FROM fact.exit", .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "copies with row-level security off", after: "SET LOCAL row_security = off",
      "COPY fact.exit TO STDOUT", .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "sets every setting of ours",
      after: "SET LOCAL jvs.as_of = '1'; SET LOCAL jvs.batch = '1'; SET LOCAL jvs.cooperation = 'recygo'",
      "SELECT string_agg(DISTINCT cooperation_id, ',') FROM fact.exit", .sees("lemon-aide")),
    Attack(
      "director_a", "puts an error into the setting", after: "SET LOCAL jvs.as_of = 'x'",
      "SELECT FROM as_of.exit", .refused(.invalidTextRepresentation)),
    Attack(
      "director_a", "reads without a batch", after: "RESET jvs.as_of", "SELECT FROM as_of.exit",
      .refused(.undefinedObject, or: .invalidTextRepresentation)),
    Attack(
      "director_a", "acts as a replica, without triggers", "SET session_replication_role = replica",
      .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "has every statement logged", "SET log_statement = 'all'",
      .refused(.insufficientPrivilege)),

    Attack(
      "director_a", "changes others' settings", "ALTER ROLE director_b SET search_path = pg_temp",
      .refused(.insufficientPrivilege)),

    // Shadows and objects of its own.
    Attack(
      "director_a", "shadows with a temporary table", "CREATE TEMP TABLE membership (a int)",
      .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "makes a table in public", "CREATE TABLE public.t (a int)",
      .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "makes a table beside the facts", "CREATE TABLE fact.t (a int)",
      .refused(.insufficientPrivilege)),
    Attack("director_a", "makes a schema", "CREATE SCHEMA mine", .refused(.insufficientPrivilege)),
    Attack(
      "capture_a", "shadows the list of members",
      after: """
        CREATE TEMP TABLE membership (role_name name, cooperation_id text);
        INSERT INTO membership VALUES ('capture_a', '*');
        GRANT SELECT ON membership TO PUBLIC; SET LOCAL search_path = pg_temp, access, fact;
        """, "SELECT string_agg(DISTINCT cooperation_id, ',') FROM fact.exit", .sees("lemon-aide")),
    Attack(
      "capture_a", "shadows the batches",
      after: """
        CREATE TEMP TABLE batch (batch bigint); CREATE TEMP TABLE batch_counter (number bigint);
        INSERT INTO batch_counter SELECT number FROM ops.batch_counter;
        SET LOCAL search_path = pg_temp, ops; \(claims)
        """, adds("fact.exit", "'source_line', 1"), .refused(.insufficientPrivilege, or: "23000")),
    Attack(
      "capture_a", "listens through a leaky function",
      after: """
        CREATE FUNCTION pg_temp.leak(text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS
          $$ BEGIN IF $1 <> 'lemon-aide' THEN RAISE EXCEPTION 'leaked %', $1; END IF; RETURN true; END $$
        """, "SELECT count(*) > 0 FROM fact.exit WHERE pg_temp.leak(cooperation_id)", .sees("t")),
    Attack(
      "capture_a", "calls its function leakproof",
      "CREATE FUNCTION pg_temp.leak(text) RETURNS boolean LANGUAGE sql LEAKPROOF AS 'SELECT true'",
      .refused(.insufficientPrivilege)),
    Attack(
      "capture_a", "puts a trigger on facts",
      after: "CREATE FUNCTION pg_temp.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
      "CREATE TRIGGER mine BEFORE INSERT ON fact.exit FOR EACH ROW EXECUTE FUNCTION pg_temp.f()",
      .refused(.insufficientPrivilege)),
    Attack(
      "capture_a", "puts a rule on facts", "CREATE RULE mine AS ON INSERT TO fact.exit DO INSTEAD NOTHING",
      .refused(.insufficientPrivilege)),
    Attack(
      "capture_a", "switches triggers off", "ALTER TABLE fact.exit DISABLE TRIGGER ALL",
      .refused(.insufficientPrivilege)),
    Attack(
      "capture_a", "switches protection off", "ALTER TABLE fact.exit DISABLE ROW LEVEL SECURITY",
      .refused(.insufficientPrivilege)),
    Attack(
      "capture_a", "adds a policy", "CREATE POLICY mine ON fact.exit USING (true)",
      .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "points a foreign key at facts",
      "CREATE TABLE fact.probe (a text REFERENCES fact.exit)", .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "listens to every command",
      "CREATE EVENT TRIGGER mine ON ddl_command_start EXECUTE FUNCTION figure.never_change()",
      .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "publishes the facts elsewhere", "CREATE PUBLICATION mine FOR TABLE fact.exit",
      .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "counts together what it may not see",
      "CREATE STATISTICS fact.mine ON pathway, motif FROM fact.exit", .refused(.insufficientPrivilege)),

    // Functions of ours.
    Attack(
      "director_a", "opens a landing", "SELECT ops.open_landing('monthly_activity')",
      .refused(.insufficientPrivilege)),
    Attack(
      "capture_a", "attaches a segment of the other side",
      after: takes
        + "SELECT ops.open_landing('monthly_activity'); SELECT ops.index_landing('monthly_activity', '{pathway,month}')",
      "SELECT ops.attach_segment('monthly_activity', 'recygo', 1)", .refused(.insufficientPrivilege)),
    Attack(
      "capture_a", "attaches a segment of its own",
      after: takes
        + "SELECT ops.open_landing('monthly_activity'); SELECT ops.index_landing('monthly_activity', '{pathway,month}')",
      "SELECT ops.attach_segment('monthly_activity', 'lemon-aide', 1)", .passes),
    Attack(
      "capture_a", "attaches a segment to a closed batch",
      after: claims
        + "SELECT ops.open_landing('monthly_activity'); SELECT ops.index_landing('monthly_activity', '{pathway,month}')",
      "SELECT ops.attach_segment('monthly_activity', 'lemon-aide', 1)", .refused("23000")),
    Attack(
      "capture_a", "makes a segment by itself",
      "SELECT ops.make_segment('monthly_activity', 'lemon-aide', 1)",
      .refused(.insufficientPrivilege)),
    Attack(
      "capture_a", "reads a segment by its name", "SELECT FROM segment.monthly_activity_0",
      .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "reads a segment by its name", "SELECT FROM segment.monthly_activity_0",
      .refused(.insufficientPrivilege)),
    Attack(
      "capture_a", "unprotects by procedure", "CALL access.protect_all()", .refused(.insufficientPrivilege)),
    Attack(
      "capture_a", "gives rights by procedure",
      "CALL access.allow('fact.exit', 'jvs_capture', 'SELECT', '', 'true', NULL)",
      .refused(.insufficientPrivilege)),
    Attack(
      "capture_a", "rewrites history by procedure", "CALL ops.guard('fact', 'exit')",
      .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "replaces a function of ours",
      "CREATE OR REPLACE FUNCTION ops.quarter_of(day date) RETURNS text LANGUAGE sql AS 'SELECT NULL'",
      .refused(.insufficientPrivilege)),
    Attack(
      "capture_a", "sets the counter back", "UPDATE ops.batch_counter SET number = 1", .refused("23000")),
    Attack(
      "capture_a", "sends the counter ahead", "UPDATE ops.batch_counter SET number = number + 1000",
      .refused("23000")),

    // Existence: the refusal is the same whether the row exists or not.
    Attack(
      "capture_a", "adds a key the other side has", after: takes,
      """
      INSERT INTO fact.cooperation (cooperation_id, batch_from, import_id, source_line, cooperation, name, form, kind,
        activity_fr, activity_en, mission_fr, mission_en, started_on, data)
      VALUES ('recygo', \(counter), 1, 1, 'recygo', 'n', 'jvs', 'EI', 'a', 'a', 'm', 'm', '2020-01-01', 'sample')
      """, .refused(.insufficientPrivilege)),
    Attack(
      "capture_a", "adds a key nobody has", after: takes,
      """
      INSERT INTO fact.cooperation (cooperation_id, batch_from, import_id, source_line, cooperation, name, form, kind,
        activity_fr, activity_en, mission_fr, mission_en, started_on, data)
      VALUES ('nobody', \(counter), 1, 1, 'nobody', 'n', 'jvs', 'EI', 'a', 'a', 'm', 'm', '2020-01-01', 'sample')
      """, .refused(.insufficientPrivilege)),
    Attack(
      "capture_a", "upserts over a row of the other side", after: takes,
      """
      INSERT INTO fact.cooperation AS c (cooperation_id, batch_from, import_id, source_line, cooperation, name, form,
        kind, activity_fr, activity_en, mission_fr, mission_en, started_on, data)
      VALUES ('recygo', \(counter), 1, 1, 'recygo', 'n', 'jvs', 'EI', 'a', 'a', 'm', 'm', '2020-01-01', 'sample')
      ON CONFLICT (cooperation_id, cooperation, batch_to) DO UPDATE SET batch_to = \(counter) RETURNING c.name
      """, .refused(.insufficientPrivilege)),
    Attack(
      "capture_a", "merges over rows of the other side", after: takes,
      """
      MERGE INTO fact.cooperation c USING (VALUES ('recygo')) v(name) ON c.cooperation_id = v.name
      WHEN MATCHED THEN UPDATE SET batch_to = \(counter)
      """, .touches(0)),
    Attack(
      "director_a", "locks what it reads", "SELECT FROM fact.exit FOR UPDATE",
      .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "locks a table", "LOCK TABLE fact.exit IN ACCESS EXCLUSIVE MODE",
      .refused(.insufficientPrivilege)),
    Attack(
      "compute_1", "locks the facts", "LOCK TABLE fact.exit IN SHARE MODE", .refused(.insufficientPrivilege)),

    // Errors that would tell a value.
    Attack(
      "director_a", "divides by the other side",
      "SELECT count(*) > 0 FROM fact.exit WHERE 1 / (CASE cooperation_id WHEN 'recygo' THEN 0 ELSE 1 END) = 1",
      .sees("t")),
    Attack(
      "director_a", "casts the other side's values",
      "SELECT count(*) FROM fact.cooperation WHERE cooperation_id = 'recygo' AND name::int > 0", .sees("0")),

    // Statistics and the catalogue.
    Attack(
      "director_a", "reads statistics",
      "SELECT count(*) FROM pg_stats WHERE schemaname IN ('fact', 'identity')",
      .sees("0")),
    Attack(
      "director_a", "reads raw statistics", "SELECT FROM pg_statistic", .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "reads extended statistics", "SELECT FROM pg_statistic_ext_data",
      .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "looks at the tables of identities",
      "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'identity'", .sees("0")
    ),
    Attack(
      "funder_1", "looks at the tables it has",
      """
      SELECT string_agg(table_name, ',' ORDER BY table_name) FROM information_schema.tables
      WHERE table_schema IN ('fact', 'figure', 'ops', 'identity', 'access', 'measure', 'as_of', 'review')
      """, .sees("audience,published")),
    Attack(
      "director_a", "reads others' statements",
      "SELECT count(*) FROM pg_stat_activity WHERE usename <> current_user AND query NOT LIKE '<insufficient%' AND query <> ''",
      .sees("0")),
    Attack("director_a", "reads passwords", "SELECT FROM pg_authid", .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "reads the rules of access to the server", "SELECT FROM pg_hba_file_rules",
      .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "reads the server's settings files", "SELECT FROM pg_file_settings",
      .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "has numbers counted",
      "ANALYZE fact.exit; SELECT count(*) FROM pg_stats WHERE schemaname = 'fact'",
      .refused(.syntaxError)),

    // Words passed beside the tables.
    Attack(
      "director_a", "reads what a sum over all would tell",
      "SELECT count(*) FROM fact.exit t TABLESAMPLE SYSTEM (100) WHERE cooperation_id <> 'lemon-aide'",
      .sees("0")),
    Attack(
      "director_a", "reads rows by their place",
      "SELECT count(*) FROM fact.cooperation WHERE ctid IN ('(0,1)', '(0,2)', '(0,3)') AND cooperation_id <> 'lemon-aide'",
      .sees("0")),
    Attack(
      "director_a", "has a function of the server run a query",
      "SELECT query_to_xml('SELECT DISTINCT cooperation_id FROM fact.exit', true, false, '')::text ~ 'recygo'",
      .sees("f")),
    Attack(
      "director_a", "has a whole schema written out",
      "SELECT schema_to_xml('identity', true, false, '')::text ~ 'Nom'", .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "has a table written out by number",
      "SELECT table_to_xml('fact.cooperation'::regclass, true, false, '')::text ~ 'Recygo'", .sees("f")),
    Attack(
      "director_a", "reads a page of a table", "SELECT get_raw_page('fact.exit', 0)",
      .refused(.undefinedFunction)),
    Attack(
      "director_a", "does as it likes", "DO $$ BEGIN PERFORM FROM identity.person; END $$",
      .refused(.insufficientPrivilege)),
    Attack(
      "capture_a", "shadows a table a function of ours reads with its owner's rights",
      after: """
        CREATE TEMP TABLE membership (role_name name, cooperation_id text);
        INSERT INTO membership VALUES ('capture_a', '*');
        GRANT SELECT ON membership TO PUBLIC; SET LOCAL search_path = pg_temp, access, pg_catalog;
        """, "SELECT ops.redact_texts('commentary', 'text', 'recygo', '{1}', '{2}')",
      .refused(.insufficientPrivilege)),
    Attack(
      "capture_a", "shadows an operator a function of ours uses",
      after: """
        CREATE FUNCTION pg_temp.yes(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
        CREATE OPERATOR pg_temp.= (LEFTARG = text, RIGHTARG = text, FUNCTION = pg_temp.yes);
        SET LOCAL search_path = pg_temp, pg_catalog;
        """, "SELECT ops.redact('commentary', 'text', 'recygo', 'commentary', '{x}')",
      .refused(.insufficientPrivilege)),
    Attack(
      "identity_a", "calls itself another through the role setting", after: "SET LOCAL jvs.role = 'jvs_root'",
      "SELECT ops.redact_reasons('recygo', '{1}')", .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "reads the server's log", "SELECT pg_current_logfile()", .refused(.insufficientPrivilege)),
    Attack(
      "compute_1", "gives a label that hides a column", "COMMENT ON TABLE fact.exit IS 'x'",
      .refused(.insufficientPrivilege)),

    // Sequences.
    Attack(
      "director_a", "takes an import's number", "SELECT nextval('ops.import_import_id_seq')",
      .refused(.insufficientPrivilege)),
    Attack(
      "director_a", "reads a sequence", "SELECT last_value FROM ops.import_import_id_seq",
      .refused(.insufficientPrivilege)),
    Attack(
      "capture_a", "sets a sequence", "SELECT setval('ops.import_import_id_seq', 1)",
      .refused(.insufficientPrivilege)),
    Attack("director_a", "sees where sequences are", "SELECT max(last_value) FROM pg_sequences", .sees("")),

    // The server and its files.
    Attack(
      "compute_1", "reads a file", "SELECT pg_read_file('postgresql.conf')", .refused(.insufficientPrivilege)),
    Attack("compute_1", "lists a folder", "SELECT pg_ls_dir('.')", .refused(.insufficientPrivilege)),
    Attack(
      "compute_1", "imports a file", "SELECT lo_import('/etc/passwd')", .refused(.insufficientPrivilege)),
    Attack(
      "compute_1", "writes a file", "COPY fact.exit TO '/tmp/jvs-attack'", .refused(.insufficientPrivilege)),
    Attack(
      "compute_1", "runs a program", "COPY fact.exit TO PROGRAM 'true'", .refused(.insufficientPrivilege)),
    Attack(
      "compute_1", "reads a file into a table", "COPY fact.exit FROM '/etc/passwd'",
      .refused(.insufficientPrivilege)),
    Attack("compute_1", "loads a library", "LOAD 'auto_explain'", .refused(.insufficientPrivilege)),
    Attack(
      "compute_1", "adds an extension", "CREATE EXTENSION dblink SCHEMA figure",
      .refused(.insufficientPrivilege)),
    Attack(
      "compute_1", "adds a trusted extension", "CREATE EXTENSION pgcrypto SCHEMA figure",
      .refused(.insufficientPrivilege)),
    Attack(
      "compute_1", "calls another server", "SELECT dblink_connect('dbname=jvs')", .refused(.undefinedFunction)
    ),
    Attack(
      "compute_1", "names another server", "CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw",
      .refused(.undefinedObject, or: .insufficientPrivilege)),
    Attack(
      "compute_1", "ends others' sessions",
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'jvs_root'",
      .refused(.insufficientPrivilege)),
    Attack(
      "compute_1", "replicates", "SELECT pg_create_physical_replication_slot('mine')",
      .refused("55000", or: .insufficientPrivilege)),
    Attack(
      "compute_1", "reads others' large objects",
      "SELECT lo_get(oid) FROM pg_largeobject_metadata WHERE lomowner <> current_user::regrole", .sees("")),
    Attack(
      "compute_1", "reads large objects from below", "SELECT FROM pg_largeobject",
      .refused(.insufficientPrivilege)),
  ]

  /// What no transaction may hold.
  static let outsideTransactions = [
    ("director_a", "ALTER SYSTEM SET log_statement = 'all'"), ("compute_1", "CREATE DATABASE mine"),
    ("director_a", "DROP DATABASE weakened"), ("compute_1", "CREATE TABLESPACE mine LOCATION '/tmp'"),
    ("director_a", "ALTER DATABASE jvs SET search_path = pg_temp"),
    ("migrator_1", "ALTER DATABASE jvs SET search_path = pg_temp"),
  ]

  /// Everything there is to try.
  static let all: [Attack] =
    facts.flatMap(onFacts) + references.flatMap(onReference) + figureTables.flatMap(onFigures)
    + onWorkingFigures + onPublished
    + onOperations + onAudit + onIdentity + identityTables.flatMap(onIdentities) + onRedaction + onEvents
    + onReviews + onMemberships + onViews + onShares + escapes
}
