-- Audit: an append-only chain of what was done, and seals over the facts it was done to.
--
-- Whoever owns the server can switch every trigger off. What they cannot do is change a byte without the
-- digests saying so: each entry's digest covers the one before it, each seal covers the rows of a batch, and
-- each release's digest, printed in what is published, covers its figures and every fact up to its batch.

CREATE SCHEMA audit;

-- The end of the chain. Appending locks this row until the commit: ordinals have no gap and follow commits.
CREATE TABLE audit.head (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  ordinal  bigint NOT NULL CHECK (ordinal >= 0),
  digest   text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$')
);

-- What every chain begins with.
CREATE FUNCTION audit.genesis() RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN encode(sha256('jvs audit'), 'hex');

INSERT INTO audit.head (ordinal, digest) VALUES (0, audit.genesis());

CREATE TABLE audit.entry (
  ordinal bigint PRIMARY KEY,
  at      timestamptz NOT NULL,
  actor   text NOT NULL,                     -- the login of the session
  kind    text NOT NULL CHECK (kind ~ '^[a-z-]+$'),
  subject text NOT NULL,
  details jsonb NOT NULL,
  digest  text NOT NULL                      -- sha256(previous digest || canonical text of the row)
);
CREATE INDEX entry_by_subject ON audit.entry (kind, subject);

-- An instant as text, the same in every time zone.
CREATE FUNCTION audit.instant(at timestamptz) RETURNS text
  LANGUAGE sql STABLE STRICT PARALLEL SAFE
  RETURN to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

CREATE FUNCTION audit.digest(previous text, entry audit.entry) RETURNS text
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN encode(sha256(convert_to(previous || jsonb_build_array((entry).ordinal, audit.instant((entry).at),
    (entry).actor, (entry).kind, (entry).subject, (entry).details)::text, 'UTF8')), 'hex');

-- Whoever inserts says kind, subject and details; ordinal, instant, actor and digest are the chain's.
CREATE FUNCTION audit.append() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE last audit.head;
BEGIN
  UPDATE audit.head SET ordinal = ordinal + 1 RETURNING * INTO STRICT last;
  NEW.ordinal := last.ordinal;
  NEW.at := clock_timestamp();
  NEW.actor := session_user;
  NEW.digest := audit.digest(last.digest, NEW);
  UPDATE audit.head SET digest = NEW.digest;
  RETURN NEW;
END $$;
CREATE TRIGGER append BEFORE INSERT ON audit.entry FOR EACH ROW EXECUTE FUNCTION audit.append();

CREATE FUNCTION audit.never_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The head moves only under an append.
  IF TG_TABLE_NAME = 'head' AND TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'the audit log is append-only: % on audit.% refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- Seals, in blocks of 4096 lines of a file. A block's digest is over the leaves of its rows in order of line;
-- its marks (offset and first two bytes of each leaf, four bytes a row) tell which row a broken block broke at.
CREATE TABLE audit.block (
  batch      bigint NOT NULL,
  table_name text NOT NULL,
  act        text NOT NULL CHECK (act IN ('recorded', 'closed')),
  import_id  bigint NOT NULL,
  block      integer NOT NULL,
  rows       integer NOT NULL CHECK (rows > 0),
  digest     bytea NOT NULL,
  marks      bytea NOT NULL,
  PRIMARY KEY (batch, table_name, act, import_id, block)
);

CREATE TRIGGER never_change BEFORE UPDATE OR DELETE ON audit.head
  FOR EACH ROW EXECUTE FUNCTION audit.never_change();
CREATE TRIGGER never_change BEFORE UPDATE OR DELETE ON audit.entry
  FOR EACH ROW EXECUTE FUNCTION audit.never_change();
CREATE TRIGGER never_change BEFORE UPDATE OR DELETE ON audit.block
  FOR EACH ROW EXECUTE FUNCTION audit.never_change();
CREATE TRIGGER never_truncate BEFORE TRUNCATE ON audit.head
  FOR EACH STATEMENT EXECUTE FUNCTION audit.never_change();
CREATE TRIGGER never_truncate BEFORE TRUNCATE ON audit.entry
  FOR EACH STATEMENT EXECUTE FUNCTION audit.never_change();
CREATE TRIGGER never_truncate BEFORE TRUNCATE ON audit.block
  FOR EACH STATEMENT EXECUTE FUNCTION audit.never_change();

-- Leaves ---------------------------------------------------------------------------------------------------

-- The leaf of a row of a table as an SQL expression over the alias t: sha256 of the table's name and the row's
-- text without batch_to, which is another batch's doing, and segment, which is where it is stored. Trailing nulls are cut, so that a column added later
-- changes no old leaf; record output quotes commas and parentheses, so nothing else is ever cut.
CREATE FUNCTION audit.leaf_expression(source regclass) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT format('sha256(convert_to(%L || rtrim(ROW(%s)::text, '',)''), ''UTF8''))',
    n.nspname || '.' || c.relname, string_agg(format('t.%I', a.attname), ', ' ORDER BY a.attnum))
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE c.oid = source AND a.attnum > 0 AND NOT a.attisdropped AND a.attname NOT IN ('batch_to', 'segment')
  GROUP BY n.nspname, c.relname
$$;

-- The tables whose rows have a history.
CREATE VIEW audit.history_table AS
SELECT c.oid::regclass AS source, n.nspname || '.' || c.relname AS table_name
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname IN ('fact', 'reference') AND c.relkind IN ('r', 'p')
  AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'batch_to'
              AND NOT a.attisdropped);

-- An erasure keeps the leaf of what is no longer there, so that the seal still closes. It holds no text; the
-- leaf of a row with little in it could be guessed by trying, so it is kept only as long as the chain must be.
CREATE VIEW audit.tombstone AS
SELECT subject AS table_name, (details->>'import_id')::bigint AS import_id,
  (details->>'source_line')::integer AS source_line, min((details->>'batch_from')::bigint) AS batch_from,
  max((details->>'batch_to')::bigint) AS batch_to,
  decode((array_agg(details->>'before' ORDER BY ordinal))[1], 'hex') AS original,
  -- NULL when the row is gone
  decode((array_agg(details->>'after' ORDER BY ordinal DESC))[1], 'hex') AS present,
  min(at) AS at, (array_agg(details->>'reason' ORDER BY ordinal))[1] AS reason
FROM audit.entry WHERE kind = 'erasure'
GROUP BY 1, 2, 3;

-- Whatever lets a row be redacted or removed, this notes it in the chain. Closing a row is no erasure.
CREATE FUNCTION audit.bury() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD' SET extra_float_digits = 1 SET timezone = 'UTC' AS $$
DECLARE
  -- the fact, where this is one of its segments
  root regclass := coalesce(pg_partition_root(TG_RELID), TG_RELID);
  statement text := format('SELECT encode(%s, ''hex'') FROM (SELECT ($1).*) t', audit.leaf_expression(root));
  before_it text;
  after_it text;
BEGIN
  EXECUTE statement INTO before_it USING OLD;
  IF TG_OP = 'UPDATE' THEN EXECUTE statement INTO after_it USING NEW; END IF;
  IF before_it IS DISTINCT FROM after_it THEN
    INSERT INTO audit.entry (kind, subject, details)
    VALUES ('erasure', (SELECT h.table_name FROM audit.history_table h WHERE h.source = root), jsonb_build_object(
      'import_id', OLD.import_id, 'source_line', OLD.source_line, 'batch_from', OLD.batch_from,
      'batch_to', OLD.batch_to, 'before', before_it, 'after', after_it,
      'reason', nullif(current_setting('jvs.reason', true), '')));
  END IF;
  RETURN NULL;
END $$;

-- Has a table's erasures noted.
CREATE PROCEDURE audit.watch(source regclass) LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format('DROP TRIGGER IF EXISTS bury ON %1$s; DROP TRIGGER IF EXISTS bury_removed ON %1$s', source);
  EXECUTE format('CREATE TRIGGER bury AFTER UPDATE ON %s FOR EACH ROW
                  WHEN (OLD.batch_to = NEW.batch_to) EXECUTE FUNCTION audit.bury()', source);
  EXECUTE format('CREATE TRIGGER bury_removed AFTER DELETE ON %s FOR EACH ROW
                  EXECUTE FUNCTION audit.bury()', source);
END $$;

-- Every table whose facts are guarded is watched, those of later migrations too.
ALTER PROCEDURE ops.guard(text, text) RENAME TO guard_changes;
CREATE PROCEDURE ops.guard(table_schema text, table_name text) LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  CALL ops.guard_changes(table_schema, table_name);
  CALL audit.watch(format('%I.%I', table_schema, table_name)::regclass);
END $$;

DO $$
DECLARE source regclass;
BEGIN
  FOR source IN SELECT h.source FROM audit.history_table h LOOP CALL audit.watch(source); END LOOP;
END $$;

-- Seals ----------------------------------------------------------------------------------------------------

-- The blocks of a table's rows recorded, and closed, by the batches from low to high.
CREATE FUNCTION audit.blocks(source regclass, low bigint, high bigint)
RETURNS TABLE (batch bigint, act text, import_id bigint, block integer, rows integer, digest bytea, marks bytea)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET row_security = off
SET datestyle = 'ISO, YMD' SET extra_float_digits = 1 SET timezone = 'UTC' AS $$
BEGIN
  RETURN QUERY EXECUTE format($query$
    WITH erased AS MATERIALIZED (SELECT * FROM audit.tombstone WHERE table_name = %1$L)
    SELECT e.batch, e.act, e.import_id, e.source_line / 4096, count(*)::integer,
      sha256(string_agg(e.leaf, ''::bytea ORDER BY e.source_line, e.leaf)),
      string_agg(int2send((e.source_line %% 4096)::smallint) || substr(e.leaf, 1, 2), ''::bytea
        ORDER BY e.source_line, e.leaf)
    FROM (
      SELECT r.batch_from AS batch, 'recorded'::text AS act, r.import_id, r.source_line,
        coalesce(z.original, r.leaf) AS leaf
      FROM (SELECT t.batch_from, t.import_id, t.source_line, %2$s AS leaf FROM %3$s t
            WHERE t.batch_from BETWEEN $1 AND $2
            OFFSET 0) r  -- a fence: without it each leaf is computed once for every place that names it
      LEFT JOIN erased z
        ON z.import_id = r.import_id AND z.source_line = r.source_line AND z.present = r.leaf
      UNION ALL
      SELECT z.batch_from, 'recorded', z.import_id, z.source_line, z.original FROM erased z
      WHERE z.present IS NULL AND z.batch_from BETWEEN $1 AND $2
      UNION ALL
      SELECT t.batch_to, 'closed', t.import_id, t.source_line, int8send(t.batch_from) FROM %3$s t
      WHERE t.batch_to BETWEEN $1 AND $2
      UNION ALL
      SELECT z.batch_to, 'closed', z.import_id, z.source_line, int8send(z.batch_from) FROM erased z
      WHERE z.present IS NULL AND z.batch_to BETWEEN $1 AND $2
    ) e GROUP BY 1, 2, 3, 4
  $query$, (SELECT h.table_name FROM audit.history_table h WHERE h.source = blocks.source),
    audit.leaf_expression(source), source) USING low, high;
END $$;

-- What a batch's seal says of each table, from the blocks kept.
CREATE FUNCTION audit.sealed_tables(sealed bigint) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_object_agg(s.table_name, jsonb_build_object(
    'recorded', s.recorded, 'closed', s.closed, 'digest', s.digest)), '{}')
  FROM (
    SELECT b.table_name, coalesce(sum(b.rows) FILTER (WHERE b.act = 'recorded'), 0) AS recorded,
      coalesce(sum(b.rows) FILTER (WHERE b.act = 'closed'), 0) AS closed,
      encode(sha256(string_agg(convert_to(
        format('%s %s %s %s ', b.act, b.import_id, b.block, b.rows), 'UTF8') || b.digest || sha256(b.marks),
        ''::bytea ORDER BY b.act, b.import_id, b.block)), 'hex') AS digest
    FROM audit.block b WHERE b.batch = sealed GROUP BY b.table_name
  ) s
$$;

-- The digest of every fact up to a batch: of the facts before it, and of its own seal. It holds no clock and
-- no login, so the same files in the same order have the same digest on any machine.
CREATE FUNCTION audit.facts_digest(previous text, sealed bigint, tables jsonb) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN encode(sha256(convert_to(previous || sealed::text || tables::text, 'UTF8')), 'hex');

CREATE VIEW audit.seal AS
SELECT CASE WHEN subject ~ '^[0-9]{1,18}$' THEN subject::bigint END AS batch, ordinal, at,
  details->'tables' AS tables, details->>'facts' AS facts
FROM audit.entry WHERE kind = 'seal';

-- Seals every closed batch that is not sealed yet, oldest first; returns how many.
CREATE FUNCTION audit.seal_batches() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off AS $$
DECLARE
  low bigint;
  high bigint;
  facts text;
  tables jsonb;
  kept record;
BEGIN
  -- One sealing at a time. The chain itself is locked only at the end, so imports need not wait.
  PERFORM pg_advisory_xact_lock(hashtextextended('jvs audit seal', 0));
  SELECT coalesce(max(batch), 0) + 1 INTO low FROM audit.seal;
  SELECT coalesce(max(batch), 0) INTO high FROM ops.batch;
  IF high < low THEN RETURN 0; END IF;
  FOR kept IN SELECT h.source, h.table_name FROM audit.history_table h ORDER BY h.table_name LOOP
    INSERT INTO audit.block (batch, table_name, act, import_id, block, rows, digest, marks)
    SELECT b.batch, kept.table_name, b.act, b.import_id, b.block, b.rows, b.digest, b.marks
    FROM audit.blocks(kept.source, low, high) b;
  END LOOP;
  facts := coalesce((SELECT s.facts FROM audit.seal s WHERE s.batch = low - 1), audit.genesis());
  FOR number IN low..high LOOP
    tables := audit.sealed_tables(number);
    facts := audit.facts_digest(facts, number, tables);
    INSERT INTO audit.entry (kind, subject, details)
    VALUES ('seal', number::text, jsonb_build_object('tables', tables, 'facts', facts));
  END LOOP;
  RETURN high - low + 1;
END $$;

-- What imports, releases and migrations are said to be ------------------------------------------------------

CREATE FUNCTION audit.import_details(number bigint) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('cooperation', i.cooperation_id, 'entity', i.entity, 'file', i.file,
    'sha256', i.sha256, 'imported_at', audit.instant(i.imported_at), 'read', i.read, 'recorded', i.recorded,
    'revised', i.revised, 'late', i.late, 'unchanged', i.unchanged, 'rejected', i.rejected,
    'closed', i.closed, 'complete', i.complete, 'batch', i.batch, 'batches', coalesce(
      (SELECT jsonb_agg(jsonb_build_array(b.batch, audit.instant(b.recorded_at)) ORDER BY b.batch)
       FROM ops.batch b WHERE b.import_id = i.import_id), '[]'))
  FROM ops.import i WHERE i.import_id = number
$$;

-- Deferred to the commit: the counts are final then, and the chain is locked as late as can be.
CREATE FUNCTION audit.note_import() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE said jsonb := audit.import_details(NEW.import_id);
BEGIN
  IF said IS DISTINCT FROM (SELECT e.details FROM audit.entry e
      WHERE e.kind = 'import' AND e.subject = NEW.import_id::text ORDER BY e.ordinal DESC LIMIT 1) THEN
    INSERT INTO audit.entry (kind, subject, details) VALUES ('import', NEW.import_id::text, said);
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER note AFTER INSERT OR UPDATE ON ops.import DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION audit.note_import();

CREATE FUNCTION audit.note_migration() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO audit.entry (kind, subject, details)
  VALUES ('migration', NEW.name, jsonb_build_object('sha256', NEW.sha256));
  RETURN NULL;
END $$;
CREATE TRIGGER note AFTER INSERT ON ops.migration FOR EACH ROW EXECUTE FUNCTION audit.note_migration();

-- Rows and digest of a release's rows in one of its tables, by cooperation.
CREATE FUNCTION audit.release_table(source regclass, release text) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET row_security = off
SET datestyle = 'ISO, YMD' SET extra_float_digits = 1 SET timezone = 'UTC' AS $$
DECLARE found jsonb;
BEGIN
  EXECUTE format($query$
    SELECT coalesce(jsonb_object_agg(c.cooperation_id, jsonb_build_object('rows', c.rows, 'digest', c.digest)), '{}')
    FROM (SELECT l.cooperation_id, count(*) AS rows,
            encode(sha256(string_agg(l.leaf, ''::bytea ORDER BY l.leaf)), 'hex') AS digest
          FROM (SELECT t.cooperation_id, %s AS leaf FROM %s t WHERE t.release_id = $1) l
          GROUP BY l.cooperation_id) c
  $query$, audit.leaf_expression(source), source) INTO found USING release;
  RETURN found;
END $$;

-- What a release holds. Its digest has no clock in it: the same facts and definitions give the same one.
CREATE FUNCTION audit.release_details(release text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('content', c.content, 'released_at', audit.instant(c.released_at),
    'digest', encode(sha256(convert_to(c.content::text, 'UTF8')), 'hex'))
  FROM (
    SELECT r.released_at, jsonb_build_object('release', r.release_id, 'quarter', r.quarter,
      'revision', r.revision, 'cut', to_char(r.cut, 'YYYY-MM-DD'), 'batch', r.batch,
      'catalogue', r.catalogue_version, 'catalogue_digest', r.definitions_digest,
      'definitions', (SELECT encode(sha256(string_agg(sha256(convert_to(d.path, 'UTF8')) || sha256(d.content),
          ''::bytea ORDER BY d.path COLLATE "C")), 'hex')
        FROM figure.definition d WHERE d.digest = r.definitions_digest),
      'software', r.software_version, 'next_due', to_char(r.next_due, 'YYYY-MM-DD'), 'previous', r.previous,
      'previous_digest', (SELECT e.details->>'digest' FROM audit.entry e
        WHERE e.kind = 'release' AND e.subject = r.previous ORDER BY e.ordinal LIMIT 1),
      'facts', coalesce((SELECT s.facts FROM audit.seal s WHERE s.batch = r.batch), audit.genesis()),
      'figures', audit.release_table('figure.figure', r.release_id),
      'scores', audit.release_table('figure.score', r.release_id),
      'score_components', audit.release_table('figure.score_component', r.release_id),
      'health', audit.release_table('figure.health', r.release_id)) AS content
    FROM figure.release r WHERE r.release_id = release
  ) c
$$;

-- Deferred to the commit that makes the release, when all its rows are there.
CREATE FUNCTION audit.note_release() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  -- Its digest covers every fact up to its batch.
  PERFORM audit.seal_batches();
  IF NOT EXISTS (SELECT 1 FROM audit.entry e WHERE e.kind = 'release' AND e.subject = NEW.release_id) THEN
    INSERT INTO audit.entry (kind, subject, details)
    VALUES ('release', NEW.release_id, audit.release_details(NEW.release_id));
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER note AFTER INSERT ON figure.release DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION audit.note_release();

CREATE VIEW audit.release AS
SELECT subject AS release_id, ordinal, at, details->>'digest' AS digest
FROM audit.entry WHERE kind = 'release';

-- Verification: each function answers what does not hold, in order; nothing when all does -------------------

CREATE FUNCTION audit.chain_problems() RETURNS TABLE (place text, problem text) LANGUAGE sql STABLE AS $$
  WITH chained AS (
    SELECT e, e.ordinal, e.kind, e.subject, e.digest, row_number() OVER way AS expected,
      lag(e.digest, 1, audit.genesis()) OVER way AS previous
    FROM audit.entry e WINDOW way AS (ORDER BY e.ordinal)
  ), wrong AS (
    SELECT c.ordinal, c.kind, c.subject, CASE
        WHEN c.ordinal <> c.expected THEN 'the entry before it is missing, or it was added by hand'
        ELSE 'it does not have the digest its content and the entry before it give' END AS problem
    FROM chained c
    WHERE c.ordinal <> c.expected OR c.digest <> audit.digest(c.previous, c.e)
    ORDER BY c.ordinal LIMIT 1
  ), ending AS (
    SELECT h.ordinal, h.digest FROM audit.head h
    WHERE (h.ordinal <> 0 OR h.digest <> audit.genesis() OR EXISTS (SELECT 1 FROM chained))
      AND NOT EXISTS (SELECT 1 FROM chained c WHERE c.ordinal = h.ordinal AND c.digest = h.digest
                      AND c.ordinal = (SELECT max(ordinal) FROM chained))
  )
  SELECT format('entry %s (%s %s)', w.ordinal, w.kind, w.subject), w.problem FROM wrong w
  UNION ALL
  SELECT 'head', format('the chain does not end where its head says, at entry %s', g.ordinal) FROM ending g
  UNION ALL
  SELECT 'head', 'the head of the chain is missing' WHERE NOT EXISTS (SELECT 1 FROM audit.head)
$$;

CREATE FUNCTION audit.import_problems() RETURNS TABLE (place text, problem text) LANGUAGE sql STABLE AS $$
  SELECT format('import %s', coalesce(e.subject, i.import_id::text)), CASE
    WHEN i.import_id IS NULL THEN 'the chain has it, ops.import does not'
    WHEN e.subject IS NULL THEN 'ops.import has it, the chain does not'
    ELSE 'ops.import or ops.batch does not say what the chain says of it' END
  FROM (SELECT DISTINCT ON (subject) subject, details FROM audit.entry WHERE kind = 'import'
        ORDER BY subject, ordinal DESC) e
  FULL JOIN ops.import i ON i.import_id::text = e.subject
  WHERE i.import_id IS NULL OR e.subject IS NULL OR e.details <> audit.import_details(i.import_id)
  ORDER BY i.import_id, e.subject
$$;

-- The rows of a block: offset of the line, and the beginning of the leaf.
CREATE FUNCTION audit.marked(marks bytea) RETURNS TABLE (line_offset integer, mark bytea) LANGUAGE sql IMMUTABLE AS $$
  SELECT get_byte(marks, n * 4) * 256 + get_byte(marks, n * 4 + 1), substr(marks, n * 4 + 3, 2)
  FROM generate_series(0, coalesce(length(marks), 0) / 4 - 1) AS n
$$;

CREATE FUNCTION audit.seal_problems() RETURNS TABLE (place text, problem text) LANGUAGE sql STABLE AS $$
  SELECT format('seal of batch %s', s.batch), CASE
    WHEN s.batch IS NULL THEN 'the seal names no batch'
    WHEN s.expected <> s.batch THEN 'the seal of the batch before it is missing'
    WHEN s.tables <> audit.sealed_tables(s.batch) THEN 'audit.block does not hold what was sealed: '
      || coalesce((SELECT string_agg(k, ', ' ORDER BY k)
                   FROM jsonb_object_keys(s.tables || audit.sealed_tables(s.batch)) k
                   WHERE s.tables->k IS DISTINCT FROM audit.sealed_tables(s.batch)->k), '')
    ELSE 'its digest of the facts does not follow from the seal before it' END
  FROM (SELECT z.*, row_number() OVER way AS expected,
          lag(z.facts, 1, audit.genesis()) OVER way AS previous
        FROM audit.seal z WINDOW way AS (ORDER BY z.batch)) s
  WHERE s.batch IS NULL OR s.expected <> s.batch OR s.tables <> audit.sealed_tables(s.batch)
    OR s.facts <> audit.facts_digest(s.previous, s.batch, s.tables)
  UNION ALL
  SELECT format('seal of batch %s', b.batch), 'audit.block has rows of a batch that was never sealed'
  FROM audit.block b WHERE NOT EXISTS (SELECT 1 FROM audit.seal z WHERE z.batch = b.batch)
  GROUP BY b.batch
$$;

-- Facts against their seals: the batch, the table and, wherever the marks tell, the file's line.
CREATE FUNCTION audit.fact_problems() RETURNS TABLE (place text, problem text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET row_security = off AS $$
DECLARE
  last_sealed bigint := (SELECT coalesce(max(s.batch), 0) FROM audit.seal s);
  last_batch bigint := (SELECT coalesce(max(b.batch), 0) FROM ops.batch b);
  kept record;
BEGIN
  RETURN QUERY SELECT format('table %s', b.table_name), 'it is gone'::text
    FROM audit.block b WHERE NOT EXISTS (SELECT 1 FROM audit.history_table h WHERE h.table_name = b.table_name)
    GROUP BY b.table_name;
  FOR kept IN SELECT h.source, h.table_name FROM audit.history_table h ORDER BY h.table_name LOOP
    RETURN QUERY
      SELECT format('batch %s, %s, import %s, line %s', w.batch, kept.table_name, w.import_id, CASE
          WHEN w.first_line IS NULL THEN format('%s to %s', w.block * 4096, w.block * 4096 + 4095)
          ELSE w.first_line::text END),
        CASE w.act
          WHEN 'closed' THEN CASE WHEN w.now_there THEN 'the row is closed by this batch, which did not close it'
            ELSE 'the row is no longer closed by this batch' END
          ELSE CASE WHEN w.was_there AND w.now_there THEN 'the row was changed'
            WHEN w.was_there THEN 'the row was removed'
            ELSE 'the row was added by hand' END END
      FROM (
        SELECT coalesce(k.batch, n.batch) AS batch, coalesce(k.act, n.act) AS act,
          coalesce(k.import_id, n.import_id) AS import_id, coalesce(k.block, n.block) AS block,
          coalesce(k.block, n.block) * 4096 + f.line_offset AS first_line,
          coalesce(f.was_there, k.batch IS NOT NULL) AS was_there,
          coalesce(f.now_there, n.batch IS NOT NULL) AS now_there
        FROM (SELECT * FROM audit.block b WHERE b.table_name = kept.table_name) k
        FULL JOIN audit.blocks(kept.source, 1, last_sealed) n
          ON (n.batch, n.act, n.import_id, n.block) = (k.batch, k.act, k.import_id, k.block)
        LEFT JOIN LATERAL (
          SELECT coalesce(x.line_offset, y.line_offset) AS line_offset, x.mark IS NOT NULL AS was_there,
            y.mark IS NOT NULL AS now_there
          FROM audit.marked(k.marks) x FULL JOIN audit.marked(n.marks) y ON y.line_offset = x.line_offset
          WHERE x.mark IS DISTINCT FROM y.mark ORDER BY 1 LIMIT 1
        ) f ON k.digest IS DISTINCT FROM n.digest
        WHERE k.digest IS DISTINCT FROM n.digest OR k.rows IS DISTINCT FROM n.rows
      ) w ORDER BY w.batch, w.import_id, w.block, w.act DESC;
    RETURN QUERY EXECUTE format($query$
      SELECT format('%%s, import %%s, line %%s', %L, t.import_id, t.source_line),
        'the row names a batch that does not exist'::text
      FROM %s t WHERE t.batch_from > $1 OR (t.batch_to > $1 AND t.batch_to <> 9223372036854775807)
      ORDER BY t.import_id, t.source_line LIMIT 10
    $query$, kept.table_name, kept.source) USING last_batch;
  END LOOP;
END $$;

CREATE FUNCTION audit.release_problems() RETURNS TABLE (place text, problem text) LANGUAGE sql STABLE AS $$
  SELECT format('release %s', coalesce(e.subject, r.release_id)), CASE
    WHEN r.release_id IS NULL THEN 'the chain has it, figure.release does not'
    WHEN e.subject IS NULL THEN 'figure.release has it, the chain does not'
    ELSE 'it is not what was released: ' || coalesce((
      SELECT string_agg(CASE WHEN jsonb_typeof(e.content->k) = 'object' AND jsonb_typeof(n.content->k) = 'object'
        THEN k || ' of ' || (
          SELECT string_agg(c, ', ' ORDER BY c) FROM jsonb_object_keys((e.content->k) || (n.content->k)) c
          WHERE e.content->k->c IS DISTINCT FROM n.content->k->c)
        ELSE k END, '; ' ORDER BY k)
      FROM jsonb_object_keys(e.content || n.content) k
      WHERE e.content->k IS DISTINCT FROM n.content->k), 'its instant or its digest') END
  FROM (SELECT DISTINCT ON (subject) subject, details, details->'content' AS content FROM audit.entry
        WHERE kind = 'release' ORDER BY subject, ordinal) e
  FULL JOIN figure.release r ON r.release_id = e.subject
  LEFT JOIN LATERAL (SELECT d AS details, d->'content' AS content
                     FROM audit.release_details(r.release_id) d) n ON true
  WHERE r.release_id IS NULL OR e.subject IS NULL OR e.details <> n.details
  UNION ALL
  SELECT format('release %s', f.release_id), 'there are figures of a release that does not exist'
  FROM (SELECT release_id FROM figure.figure UNION SELECT release_id FROM figure.score
        UNION SELECT release_id FROM figure.score_component) f
  WHERE f.release_id <> 'working' AND NOT EXISTS (SELECT 1 FROM figure.release r WHERE r.release_id = f.release_id)
  ORDER BY 1
$$;

-- What was there before the chain enters it now ---------------------------------------------------------------

INSERT INTO audit.entry (kind, subject, details)
SELECT 'migration', name, jsonb_build_object('sha256', sha256) FROM ops.migration ORDER BY name;
INSERT INTO audit.entry (kind, subject, details)
SELECT 'import', import_id::text, audit.import_details(import_id) FROM ops.import ORDER BY import_id;
SELECT audit.seal_batches();
DO $$
DECLARE made record;
BEGIN
  FOR made IN SELECT release_id FROM figure.release ORDER BY released_at, release_id LOOP
    INSERT INTO audit.entry (kind, subject, details)
    VALUES ('release', made.release_id, audit.release_details(made.release_id));
  END LOOP;
END $$;
