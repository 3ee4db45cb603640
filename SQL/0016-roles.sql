-- Roles: who may read and write what, and of which cooperation. The database refuses by itself, whatever
-- program asks. Rights are given to groups; a login is a member of groups, and of cooperations.
--
-- jvs_sealer is nobody's: the functions that write the audit chain run as it. It reads every row, so that no seal
-- leaves any out, and writes nothing but the chain.
--
-- Whoever applies this needs CREATEROLE, or a database where the groups exist already.

CREATE SCHEMA access;
CREATE SCHEMA IF NOT EXISTS review;
CREATE SCHEMA IF NOT EXISTS identity;
CREATE SCHEMA IF NOT EXISTS audit;

-- Roles belong to the whole server, where other databases may be making the same ones at this moment.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY '{jvs_migrator,jvs_capture,jvs_compute,jvs_director,jvs_funder,jvs_auditor,jvs_identity,jvs_sealer}'::text[] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', name);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL; -- somebody else made it meanwhile
      END;
    END IF;
  END LOOP;
  -- Who applies migrations must be able to hand over what they make.
  FOREACH name IN ARRAY '{jvs_migrator,jvs_sealer}'::text[] LOOP
    IF NOT pg_has_role(name, 'MEMBER') THEN
      BEGIN
        EXECUTE format('GRANT %I TO %I', name, current_user);
      EXCEPTION WHEN unique_violation THEN
        NULL;
      END;
    END IF;
  END LOOP;
END $$;

-- Keyed by the role that runs the statement, never by a setting: any session may change a setting.
CREATE TABLE access.membership (
  role_name      name NOT NULL,
  cooperation_id text NOT NULL CHECK (cooperation_id = '*' OR cooperation_id ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  PRIMARY KEY (role_name, cooperation_id)
);

-- Which published figures a funder's login reads: those of an audience of Indicators/audiences.yaml.
CREATE TABLE access.audience (
  role_name name NOT NULL,
  audience  text NOT NULL CHECK (audience <> 'internal'),
  PRIMARY KEY (role_name, audience)
);

-- The cooperations of the role that asks, one a row, so that a policy over it can use an index.
CREATE VIEW access.own WITH (security_invoker = true, security_barrier = true) AS
  SELECT m.cooperation_id FROM access.membership m WHERE m.role_name = current_user AND m.cooperation_id <> '*'
  UNION ALL
  SELECT c.cooperation_id FROM fact.cooperation c
  WHERE c.batch_to = 9223372036854775807
    AND EXISTS (SELECT FROM access.membership m WHERE m.role_name = current_user AND m.cooperation_id = '*');

-- The figures of an edition as they were published to an audience, after masking: all a funder can read.
CREATE TABLE figure.published (
  cooperation_id    text NOT NULL,
  release_id        text NOT NULL REFERENCES figure.release,
  audience          text NOT NULL CHECK (audience <> 'internal'),
  indicator         text NOT NULL,
  indicator_version integer NOT NULL,
  quarter           text NOT NULL,
  part_field        text NOT NULL DEFAULT '',
  part_value        text NOT NULL DEFAULT '',
  value             double precision,
  numerator         double precision,
  denominator       double precision,
  n                 integer,
  low               double precision,
  high              double precision,
  absence           text CHECK (absence IN
    ('not-collected', 'not-applicable', 'no-denominator', 'not-yet-due', 'too-few')),
  status            text NOT NULL CHECK (status IN ('provisional', 'final', 'revised')),
  followed          integer,
  due               integer,
  observed          integer,
  PRIMARY KEY (cooperation_id, release_id, audience, indicator, quarter, part_field, part_value),
  CONSTRAINT value_or_reason CHECK ((value IS NULL) = (absence IS NOT NULL)),
  CONSTRAINT no_number_beside_a_reason CHECK
    (absence IS NULL OR num_nonnulls(numerator, denominator, n, low, high) = 0),
  CONSTRAINT masked_whole CHECK (absence IS DISTINCT FROM 'too-few' OR num_nonnulls(followed, due, observed) = 0),
  CONSTRAINT whole_interval CHECK ((low IS NULL) = (high IS NULL)),
  CONSTRAINT whole_maturity CHECK ((followed IS NULL) = (due IS NULL) AND (due IS NULL) = (observed IS NULL)),
  CONSTRAINT finite CHECK (value NOT IN ('NaN', 'Infinity', '-Infinity'))
);
CREATE TRIGGER never_change BEFORE UPDATE OR DELETE ON figure.published
  FOR EACH ROW EXECUTE FUNCTION figure.never_change();

-- A batch number is only ever taken in turn: a number set back or far ahead would stop every import.
CREATE FUNCTION ops.refuse_counter() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'batch numbers are taken one by one: % on ops.batch_counter refused', TG_OP
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER one_by_one BEFORE UPDATE ON ops.batch_counter FOR EACH ROW
  WHEN (NEW.number <> OLD.number + 1 OR NEW.only_row <> OLD.only_row) EXECUTE FUNCTION ops.refuse_counter();
CREATE TRIGGER one_row BEFORE INSERT OR DELETE OR TRUNCATE ON ops.batch_counter
  FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_counter();

-- For whom a function that runs with its owner's rights works: `current_user` is the owner there.
CREATE FUNCTION access.caller() RETURNS name
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(nullif(current_setting('role'), 'none'), session_user)::name;

-- Whether the caller acts for a cooperation: asked by functions that run with their owner's rights.
CREATE FUNCTION access.require(cooperation text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM access.membership m
                 WHERE m.role_name = access.caller() AND m.cooperation_id IN ('*', cooperation))
     AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = access.caller()) THEN
    RAISE EXCEPTION 'facts of another cooperation are not changed by this login'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;

-- A large import lands in a table of the owner's, which only the one who asked for it may fill.
CREATE OR REPLACE FUNCTION ops.open_landing(table_name text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  landing text := format('segment.%I', format('%s_landing_%s', table_name, pg_backend_pid()));
BEGIN
  IF NOT EXISTS (SELECT FROM pg_partitioned_table WHERE partrelid = to_regclass(format('fact.%I', table_name))) THEN
    RAISE EXCEPTION 'fact.% keeps no segments', table_name;
  END IF;
  EXECUTE format('CREATE TABLE %s (LIKE fact.%I INCLUDING CONSTRAINTS)', landing, table_name);
  EXECUTE format('ALTER TABLE %s DROP COLUMN cooperation_id, DROP COLUMN batch_from, DROP COLUMN batch_to,
                  DROP COLUMN import_id, DROP COLUMN segment', landing);
  EXECUTE format('GRANT SELECT, INSERT, DELETE ON %s TO %I', landing, access.caller());
  RETURN landing;
END $$;

-- The rows of a segment pass no policy, so who makes one is asked here whose facts they may record.
ALTER FUNCTION ops.attach_segment(text, text, bigint) RENAME TO make_segment;
ALTER FUNCTION ops.make_segment(text, text, bigint) SECURITY INVOKER;
CREATE FUNCTION ops.attach_segment(table_name text, cooperation text, import bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  landing regclass := format('segment.%I', format('%s_landing_%s', table_name, pg_backend_pid()))::regclass;
BEGIN
  PERFORM access.require(cooperation);
  PERFORM ops.make_segment(table_name, cooperation, import);
  EXECUTE format('REVOKE ALL ON %s FROM %I', landing, access.caller());
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', landing);
END $$;

-- Who empties a text is asked here whose facts they may change; as the owner, the function must set aside that no
-- policy lets the owner see a row.
ALTER FUNCTION ops.redact(text, text, text, text, text[]) RENAME TO redact_rows;
ALTER FUNCTION ops.redact_rows(text, text, text, text, text[]) SECURITY INVOKER;
CREATE FUNCTION ops.redact(fact_table text, fact_field text, cooperation text, key_field text, keys text[])
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  target regclass := format('fact.%I', fact_table)::regclass;
  changed integer;
BEGIN
  PERFORM access.require(cooperation);
  EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', target);
  changed := ops.redact_rows(fact_table, fact_field, cooperation, key_field, keys);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  RETURN changed;
END $$;

-- Gives a group a right on a table and, where rows are protected, says on which rows: `seen` those it finds,
-- `written` what it may leave there.
CREATE PROCEDURE access.allow(target regclass, role_name text, command text, columns text, seen text, written text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format('GRANT %s %s ON %s TO %I', command, columns, target, role_name);
  IF (SELECT relrowsecurity FROM pg_class WHERE oid = target) THEN
    EXECUTE format('CREATE POLICY %I ON %s AS PERMISSIVE FOR %s TO %I %s %s',
      substr(role_name, 5) || '_' || lower(command), target, command, role_name,
      'USING (' || seen || ')', 'WITH CHECK (' || written || ')');
  END IF;
END $$;

-- Protects a table: its owner, its row-level security, and the rights of each group by the rule of its
-- schema. Every migration that makes a table calls it; a second call gives the same.
--
-- Policies are permissive and name their group. Their subselects do not depend on the row, so that they run
-- once a statement; `= ANY (ARRAY(…))` can be looked up in an index, where IN and functions cannot.
CREATE PROCEDURE access.protect(table_schema text, table_name text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  target regclass := format('%I.%I', table_schema, table_name)::regclass;
  place text := table_schema || '.' || table_name;
  groups constant text := 'jvs_capture, jvs_compute, jvs_director, jvs_funder, jvs_auditor, jvs_identity, jvs_sealer';
  by_cooperation boolean := EXISTS (
    SELECT FROM pg_attribute WHERE attrelid = target AND attname = 'cooperation_id' AND NOT attisdropped);
  memberships constant text :=
    'ARRAY(SELECT m.cooperation_id FROM access.membership m WHERE m.role_name = current_user)';
  -- for those who write, and who name the cooperation in their statements anyway
  member constant text := format('(''*'' = ANY (%1$s) OR cooperation_id = ANY (%1$s))', memberships);
  -- for those who read whatever is theirs
  own constant text := 'cooperation_id = ANY (ARRAY(SELECT o.cooperation_id FROM access.own o))';
  never constant text := 'batch_to = 9223372036854775807';
  counter constant text := '(SELECT number FROM ops.batch_counter)';
  open constant text := format('NOT EXISTS (SELECT FROM ops.batch WHERE batch = %s)', counter);
  added constant text := format('batch_from = %s AND %s AND %s', counter, never, open);
  closed constant text := format('batch_to = %s AND %s', counter, open);
  unfinished constant text := format('batch = %s AND %s', counter, open);
  made constant text := 'release_id = ANY (ARRAY(SELECT r.release_id FROM figure.release r WHERE r.released_at = transaction_timestamp()))';
  known_policy name;
  reader text;
  noted text[];
BEGIN
  EXECUTE format('ALTER TABLE %s OWNER TO jvs_migrator', target);
  EXECUTE format('REVOKE ALL ON %s FROM PUBLIC, %s', target, groups);
  FOR known_policy IN SELECT polname FROM pg_policy WHERE polrelid = target LOOP
    EXECUTE format('DROP POLICY %I ON %s', known_policy, target);
  END LOOP;
  IF by_cooperation OR table_schema IN ('segment', 'reference', 'access', 'audit')
     OR place IN ('ops.batch', 'ops.reject') THEN
    EXECUTE format('ALTER TABLE %1$s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', target);
  END IF;

  CASE
  WHEN table_schema = 'fact' THEN
    CALL access.allow(target, 'jvs_capture', 'SELECT', '', member, NULL);
    CALL access.allow(target, 'jvs_capture', 'INSERT', '', NULL, member || ' AND ' || added);
    CALL access.allow(target, 'jvs_capture', 'UPDATE', '(batch_to)', member || ' AND ' || never,
      member || ' AND ' || closed);
    CALL access.allow(target, 'jvs_compute', 'SELECT', '', 'true', NULL);
    CALL access.allow(target, 'jvs_auditor', 'SELECT', '', 'true', NULL);
    CALL access.allow(target, 'jvs_sealer', 'SELECT', '', 'true', NULL);
    -- access.own reads fact.cooperation, which can therefore not ask it
    CALL access.allow(target, 'jvs_director', 'SELECT', '', CASE table_name WHEN 'cooperation' THEN member ELSE own END,
      NULL);

  WHEN table_schema = 'segment' THEN
    NULL; -- a part of a fact's table: nobody names it, and through the fact's table that one's rules hold

  WHEN table_schema = 'reference' THEN
    FOREACH reader IN ARRAY '{jvs_capture,jvs_compute,jvs_director,jvs_auditor,jvs_sealer}'::text[] LOOP
      CALL access.allow(target, reader, 'SELECT', '', 'true', NULL);
    END LOOP;
    CALL access.allow(target, 'jvs_compute', 'INSERT', '', NULL, added);
    CALL access.allow(target, 'jvs_compute', 'UPDATE', '(batch_to)', never, closed);

  WHEN place = 'ops.import' THEN
    CALL access.allow(target, 'jvs_capture', 'SELECT', '', member, NULL);
    CALL access.allow(target, 'jvs_capture', 'INSERT', '', NULL, 'cooperation_id IS NOT NULL AND ' || member);
    CALL access.allow(target, 'jvs_capture', 'UPDATE', '(revised)', unfinished, member); -- its own, being made
    CALL access.allow(target, 'jvs_compute', 'SELECT', '', 'true', NULL);
    CALL access.allow(target, 'jvs_compute', 'INSERT', '', NULL, 'cooperation_id IS NULL');
    CALL access.allow(target, 'jvs_director', 'SELECT', '', own, NULL);
    CALL access.allow(target, 'jvs_auditor', 'SELECT', '', 'true', NULL);
    CALL access.allow(target, 'jvs_sealer', 'SELECT', '', 'true', NULL);

  WHEN place = 'ops.reject' THEN
    -- what is said of a file is seen by who sees the file's import, and no one else
    FOREACH reader IN ARRAY '{jvs_capture,jvs_director}'::text[] LOOP
      CALL access.allow(target, reader, 'SELECT', '',
        'EXISTS (SELECT FROM ops.import i WHERE i.import_id = reject.import_id)', NULL);
    END LOOP;
    CALL access.allow(target, 'jvs_compute', 'SELECT', '', 'true', NULL);
    CALL access.allow(target, 'jvs_auditor', 'SELECT', '', 'true', NULL);
    CALL access.allow(target, 'jvs_capture', 'INSERT', '', NULL,
      'EXISTS (SELECT FROM ops.import i WHERE i.import_id = reject.import_id AND i.cooperation_id IS NOT NULL)');
    CALL access.allow(target, 'jvs_compute', 'INSERT', '', NULL,
      'EXISTS (SELECT FROM ops.import i WHERE i.import_id = reject.import_id AND i.cooperation_id IS NULL)');

  WHEN place = 'ops.batch' THEN
    -- numbers only; whoever writes facts must see whether a batch is closed, whoever closed it
    FOREACH reader IN ARRAY '{jvs_migrator,jvs_capture,jvs_compute,jvs_auditor,jvs_sealer}'::text[] LOOP
      CALL access.allow(target, reader, 'SELECT', '', 'true', NULL);
    END LOOP;
    CALL access.allow(target, 'jvs_capture', 'INSERT', '', NULL, format('batch = %s AND EXISTS (SELECT FROM ops.import i
      WHERE i.import_id = batch.import_id AND i.batch = batch.batch AND i.cooperation_id IS NOT NULL)', counter));
    CALL access.allow(target, 'jvs_compute', 'INSERT', '', NULL, format('batch = %s AND EXISTS (SELECT FROM ops.import i
      WHERE i.import_id = batch.import_id AND i.batch = batch.batch AND i.cooperation_id IS NULL)', counter));

  WHEN place = 'ops.batch_counter' THEN
    FOREACH reader IN ARRAY '{jvs_capture,jvs_compute,jvs_director,jvs_auditor,jvs_sealer}'::text[] LOOP
      CALL access.allow(target, reader, 'SELECT', '', NULL, NULL);
    END LOOP;
    CALL access.allow(target, 'jvs_capture', 'UPDATE', '(number)', NULL, NULL);
    CALL access.allow(target, 'jvs_compute', 'UPDATE', '(number)', NULL, NULL);

  WHEN place = 'ops.migration' THEN
    FOREACH reader IN ARRAY '{jvs_capture,jvs_compute,jvs_director,jvs_auditor,jvs_identity,jvs_sealer}'::text[] LOOP
      CALL access.allow(target, reader, 'SELECT', '', NULL, NULL);
    END LOOP;

  WHEN place = 'ops.redaction' THEN
    -- where, never what; ops.redact writes it, which runs as the owner
    CALL access.allow(target, 'jvs_migrator', 'SELECT', '', 'true', NULL);
    CALL access.allow(target, 'jvs_migrator', 'INSERT', '', NULL, 'true');
    CALL access.allow(target, 'jvs_capture', 'SELECT', '', member, NULL);
    CALL access.allow(target, 'jvs_identity', 'SELECT', '', member, NULL);
    CALL access.allow(target, 'jvs_auditor', 'SELECT', '', 'true', NULL);

  WHEN place = 'ops.recorded' THEN
    NULL; -- a pattern of columns, never a place of rows

  WHEN table_schema = 'ops' AND NOT by_cooperation THEN
    CALL access.allow(target, 'jvs_compute', 'SELECT, INSERT, UPDATE', '', NULL, NULL);
    CALL access.allow(target, 'jvs_auditor', 'SELECT', '', NULL, NULL);

  WHEN place = 'figure.published' THEN
    CALL access.allow(target, 'jvs_funder', 'SELECT', '',
      'audience = ANY (ARRAY(SELECT a.audience FROM access.audience a WHERE a.role_name = current_user))', NULL);
    CALL access.allow(target, 'jvs_compute', 'SELECT', '', 'true', NULL);
    CALL access.allow(target, 'jvs_compute', 'INSERT', '', NULL, 'true');
    CALL access.allow(target, 'jvs_auditor', 'SELECT', '', 'true', NULL);

  WHEN table_schema = 'figure' AND by_cooperation THEN
    CALL access.allow(target, 'jvs_compute', 'SELECT', '', 'true', NULL);
    IF table_name = 'health' THEN -- said of a release only
      CALL access.allow(target, 'jvs_compute', 'INSERT', '', NULL, made);
    ELSE
      CALL access.allow(target, 'jvs_compute', 'INSERT', '', NULL, 'release_id = ''working'' OR ' || made);
      CALL access.allow(target, 'jvs_compute', 'DELETE', '', 'release_id = ''working''', NULL);
    END IF;
    CALL access.allow(target, 'jvs_director', 'SELECT', '', own, NULL);
    CALL access.allow(target, 'jvs_auditor', 'SELECT', '', 'true', NULL);
    CALL access.allow(target, 'jvs_sealer', 'SELECT', '', 'true', NULL);

  WHEN table_schema = 'figure' THEN
    FOREACH reader IN ARRAY '{jvs_compute,jvs_director,jvs_auditor,jvs_sealer}'::text[] LOOP
      CALL access.allow(target, reader, 'SELECT', '', NULL, NULL);
    END LOOP;
    CALL access.allow(target, 'jvs_compute', 'INSERT', '', NULL, NULL);
    IF place = 'figure.computation' THEN CALL access.allow(target, 'jvs_compute', 'DELETE', '', NULL, NULL); END IF;
    -- an import says which of its rows are about a quarter already reported
    IF place = 'figure.release' THEN CALL access.allow(target, 'jvs_capture', 'SELECT', '(quarter)', NULL, NULL); END IF;

  WHEN table_schema = 'access' THEN
    CALL access.allow(target, 'jvs_migrator', 'ALL', '', 'true', 'true');
    CALL access.allow(target, 'jvs_auditor', 'SELECT', '', 'true', NULL);
    FOREACH reader IN ARRAY CASE table_name WHEN 'membership' THEN '{jvs_capture,jvs_director,jvs_identity}'::text[]
                            ELSE '{jvs_funder}'::text[] END LOOP
      CALL access.allow(target, reader, 'SELECT', '', 'role_name = current_user', NULL);
    END LOOP;

  WHEN table_schema = 'identity' AND by_cooperation THEN
    CALL access.allow(target, 'jvs_identity', 'SELECT', '', member, NULL);
    CALL access.allow(target, 'jvs_identity', 'INSERT', '', NULL, member);
    IF table_name NOT IN ('access_log', 'erasure') THEN -- which are only added to
      CALL access.allow(target, 'jvs_identity', 'UPDATE', '', member, member);
      CALL access.allow(target, 'jvs_identity', 'DELETE', '', member, NULL);
    END IF;
    IF table_name = 'forgotten' THEN -- codes without names: a delivery must not bring back what was erased
      CALL access.allow(target, 'jvs_capture', 'SELECT', '', member, NULL);
    ELSIF table_name IN ('access_log', 'erasure') THEN -- who looked and what was erased, never at whom
      CALL access.allow(target, 'jvs_auditor', 'SELECT', '', 'true', NULL);
    END IF;

  WHEN table_schema = 'identity' THEN
    CALL access.allow(target, 'jvs_identity', 'SELECT, INSERT, UPDATE', '', NULL, NULL);

  WHEN table_schema = 'review' THEN
    FOREACH reader IN ARRAY '{jvs_compute,jvs_auditor,jvs_sealer}'::text[] LOOP
      CALL access.allow(target, reader, 'SELECT', '', 'true', NULL);
    END LOOP;
    CALL access.allow(target, 'jvs_capture', 'SELECT', '', member, NULL);
    CALL access.allow(target, 'jvs_director', 'SELECT', '', own, NULL);
    CALL access.allow(target, 'jvs_director', 'INSERT', '', NULL, own);

  WHEN place = 'audit.entry' THEN
    -- Whoever acts notes what it did, and only that: what the database notes by itself, nobody else may write.
    CALL access.allow(target, 'jvs_sealer', 'SELECT', '', 'true', NULL);
    CALL access.allow(target, 'jvs_sealer', 'INSERT', '', NULL, 'true');
    CALL access.allow(target, 'jvs_auditor', 'SELECT', '', 'true', NULL);
    CALL access.allow(target, 'jvs_compute', 'INSERT', '(kind, subject, details)', NULL, 'kind = ''publication''');
    CALL access.allow(target, 'jvs_compute', 'SELECT', '', 'kind IN (''publication'', ''release'')', NULL);
    FOREACH noted SLICE 1 IN ARRAY ARRAY[['jvs_director', '''target'''], ['jvs_identity', '''person'''],
                                         ['jvs_migrator', '''role''']] LOOP
      CALL access.allow(target, noted[1], 'INSERT', '(kind, subject, details)', NULL, format('kind IN (%s)', noted[2]));
      CALL access.allow(target, noted[1], 'SELECT', '', 'actor = session_user', NULL);
    END LOOP;

  WHEN table_schema = 'audit' THEN
    CALL access.allow(target, 'jvs_auditor', 'SELECT', '', 'true', NULL);
    CALL access.allow(target, 'jvs_sealer', 'SELECT', '', 'true', NULL);
    IF place = 'audit.head' THEN
      CALL access.allow(target, 'jvs_sealer', 'UPDATE', '', 'true', 'true');
    ELSE
      CALL access.allow(target, 'jvs_sealer', 'INSERT', '', NULL, 'true');
    END IF;

  WHEN by_cooperation THEN
    CALL access.allow(target, 'jvs_auditor', 'SELECT', '', 'true', NULL);

  ELSE
    RAISE EXCEPTION 'access.protect has no rule for schema %; add one', table_schema;
  END CASE;
END $$;

-- What belongs to the database itself and is not copied with it: run again after every migration.
CREATE PROCEDURE access.protect_database() LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  name text := current_database();
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', name);
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO jvs_migrator, jvs_capture, jvs_compute, jvs_director, jvs_funder,
    jvs_auditor, jvs_identity', name);
  EXECUTE format('GRANT CREATE ON DATABASE %I TO jvs_migrator', name);
  -- those who stage rows before they merge them
  EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO jvs_capture, jvs_compute', name);
END $$;

-- A member of a group may use DROP OWNED BY the group, which takes every right from all of its members.
CREATE FUNCTION access.keep_rights() RETURNS event_trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT pg_has_role('jvs_migrator', 'MEMBER') THEN
    RAISE EXCEPTION 'rights are given and taken with jvs db grant and jvs db revoke: % refused', tg_tag
      USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;

-- Protects everything there is: called by every migration that makes something, at its end.
CREATE PROCEDURE access.protect_all() LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  found record;
  everyone constant text := 'jvs_capture, jvs_compute, jvs_director, jvs_auditor';
BEGIN
  CALL access.protect_database();
  REVOKE ALL ON SCHEMA public FROM PUBLIC;
  EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC', current_user);
  ALTER DEFAULT PRIVILEGES FOR ROLE jvs_migrator REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

  FOR found IN SELECT oid, nspname AS name FROM pg_namespace
    WHERE nspname IN ('ops', 'fact', 'segment', 'reference', 'as_of', 'measure', 'figure', 'review', 'identity', 'audit', 'access')
  LOOP
    EXECUTE format('ALTER SCHEMA %I OWNER TO jvs_migrator', found.name);
    EXECUTE format('REVOKE ALL ON SCHEMA %I FROM PUBLIC', found.name);
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %s', found.name, CASE found.name
      WHEN 'ops' THEN everyone || ', jvs_identity, jvs_sealer'
      WHEN 'fact' THEN everyone || ', jvs_sealer'
      WHEN 'reference' THEN everyone || ', jvs_sealer'
      WHEN 'figure' THEN everyone || ', jvs_funder, jvs_sealer'
      WHEN 'access' THEN everyone || ', jvs_funder, jvs_identity'
      WHEN 'segment' THEN 'jvs_capture'
      WHEN 'identity' THEN 'jvs_identity, jvs_capture, jvs_auditor'
      WHEN 'review' THEN everyone || ', jvs_sealer'
      WHEN 'audit' THEN everyone || ', jvs_identity, jvs_sealer'
      ELSE everyone END);
  END LOOP;

  FOR found IN
    SELECT n.nspname AS schema, c.relname AS name, c.relkind AS kind, c.oid::regclass AS target
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('ops', 'fact', 'segment', 'reference', 'as_of', 'measure', 'figure', 'review', 'identity', 'audit', 'access')
      AND c.relkind IN ('r', 'p', 'v')
    ORDER BY c.relkind, n.nspname, c.relname
  LOOP
    IF found.kind IN ('r', 'p') THEN
      CALL access.protect(found.schema, found.name);
    ELSE
      -- The view's reader is checked against the tables; its owner could see nothing there either.
      EXECUTE format('ALTER VIEW %s SET (security_invoker = true)', found.target);
      EXECUTE format('ALTER VIEW %s OWNER TO jvs_migrator', found.target);
      EXECUTE format('REVOKE ALL ON %s FROM PUBLIC', found.target);
      EXECUTE format('GRANT SELECT ON %s TO %s', found.target,
        CASE WHEN found.schema = 'access' THEN 'jvs_director'
             WHEN found.target = to_regclass('audit.release') THEN 'jvs_auditor, jvs_sealer, jvs_compute'
             WHEN found.schema = 'audit' THEN 'jvs_auditor, jvs_sealer'
             WHEN found.schema = 'review' THEN everyone || ', jvs_sealer'
             ELSE everyone END);
    END IF;
  END LOOP;

  FOR found IN
    SELECT p.oid::regprocedure AS target, n.nspname AS schema,
      -- a body that is SQL, not text, was bound to its objects when it was made
      p.prosqlbody IS NOT NULL AS is_bound, p.prosecdef AS is_definer,
      p.prorettype IN ('trigger'::regtype, 'event_trigger'::regtype) AS is_trigger, p.prokind = 'p' AS is_procedure,
      NOT EXISTS (SELECT FROM unnest(p.proconfig) s WHERE s LIKE 'search\_path=%') AS is_loose
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname IN ('ops', 'fact', 'segment', 'reference', 'as_of', 'measure', 'figure', 'review', 'identity', 'audit', 'access')
    ORDER BY 1
  LOOP
    EXECUTE format('ALTER ROUTINE %s OWNER TO %I', found.target,
      CASE WHEN found.schema IN ('audit', 'review') AND found.is_definer THEN 'jvs_sealer' ELSE 'jvs_migrator' END);
    IF found.schema = 'audit' THEN
      -- For whom these are, policies leave nothing out; who is not exempt from policies may not switch them off.
      EXECUTE format('ALTER ROUTINE %s RESET row_security', found.target);
      EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO jvs_sealer, jvs_auditor', found.target);
    END IF;
    EXECUTE format('REVOKE ALL ON ROUTINE %s FROM PUBLIC', found.target);
    -- its owner, or who makes a trigger of it
    EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO jvs_migrator', found.target);
    IF found.is_loose AND NOT found.is_bound THEN
      EXECUTE format('ALTER ROUTINE %s SET search_path = pg_catalog, pg_temp', found.target);
    END IF;
    -- What views, triggers' conditions and generated columns call; who may not read the table gains nothing.
    -- What runs with its owner's rights is given one by one, below and in later migrations.
    CONTINUE WHEN found.is_definer OR found.is_trigger OR found.is_procedure;
    IF found.schema IN ('measure', 'review') OR found.schema = 'ops' AND found.is_bound
       OR found.target = to_regprocedure('audit.instant(timestamptz)') THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %s, jvs_identity, jvs_sealer', found.target, everyone);
    ELSIF found.schema = 'identity' THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO jvs_identity', found.target);
    END IF;
  END LOOP;
END $$;

-- Only a superuser may make event triggers: elsewhere a member can lock its own group out, though see no more.
DO $$
BEGIN
  IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    CREATE EVENT TRIGGER jvs_keep_rights ON ddl_command_start WHEN TAG IN ('DROP OWNED')
      EXECUTE FUNCTION access.keep_rights();
  END IF;
END $$;

-- An import takes its number before it writes its row.
GRANT USAGE ON SEQUENCE ops.import_import_id_seq TO jvs_capture, jvs_compute;

CALL access.protect_all();
GRANT EXECUTE ON FUNCTION ops.open_landing(text), ops.index_landing(text, text[]), ops.drop_landing(text),
  ops.attach_segment(text, text, bigint) TO jvs_capture;
GRANT EXECUTE ON FUNCTION audit.seal_batches() TO jvs_compute;
GRANT EXECUTE ON FUNCTION ops.redact(text, text, text, text, text[]) TO jvs_capture, jvs_identity;
