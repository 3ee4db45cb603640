-- Free text can be erased for good. Until now its digest stayed in the leaf of its row, so that whoever guessed a
-- text could see that it had stood there. From here on leaves leave free text out; each text is sealed by a digest
-- of its own under a random salt, and erasing the text destroys the salt: what is left of it says nothing.
--
-- The digest of a release covers facts, and no text: the same files still give the same digest anywhere.
-- Batches sealed before this migration keep the leaves they were sealed with.

-- The fields anything may be written in, by table. A later migration that adds one replaces this function; a test
-- compares it with Indicators/schemas.
CREATE FUNCTION audit.free_text() RETURNS TABLE (table_name text, field name) LANGUAGE sql IMMUTABLE AS $$
  VALUES ('fact.commentary', 'text'::name), ('fact.commentary', 'author'), ('fact.decision', 'text'),
    ('fact.decision', 'owner'), ('fact.decision', 'signed_by'), ('fact.target', 'decision'),
    ('fact.target', 'decided_by'), ('fact.contribution', 'evidence')
$$;

-- One text of one row, sealed with the row's batch. Without its salt, which erasing takes away, the digest cannot
-- be compared with any guess.
CREATE TABLE audit.sealed_text (
  batch       bigint NOT NULL,
  table_name  text NOT NULL,
  import_id   bigint NOT NULL,
  source_line integer NOT NULL,
  field       name NOT NULL,
  salt        uuid,
  digest      bytea NOT NULL CHECK (length(digest) = 32),
  PRIMARY KEY (batch, table_name, import_id, source_line, field)
);
ALTER TABLE audit.sealed_text ALTER COLUMN salt SET STATISTICS 0, ALTER COLUMN digest SET STATISTICS 0;

CREATE FUNCTION audit.text_digest(salt uuid, place text, content text) RETURNS bytea
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN sha256(uuid_send(salt) || convert_to(place || ' ' || content, 'UTF8'));

-- The one change: under a noted erasure, a salt goes.
CREATE FUNCTION audit.only_erase() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 AND NEW.salt IS NULL
     AND to_jsonb(NEW) - 'salt' = to_jsonb(OLD) - 'salt' THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'the audit log is append-only: % on audit.% refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER only_erase BEFORE UPDATE OR DELETE ON audit.sealed_text
  FOR EACH ROW EXECUTE FUNCTION audit.only_erase();
CREATE TRIGGER never_truncate BEFORE TRUNCATE ON audit.sealed_text
  FOR EACH STATEMENT EXECUTE FUNCTION audit.never_change();

-- Leaves without free text, but for batches sealed while it was in them.
CREATE OR REPLACE FUNCTION audit.leaf_expression(source regclass) RETURNS text LANGUAGE sql STABLE AS $$
  WITH named AS (
    SELECT n.nspname || '.' || c.relname AS table_name, a.attname, a.attnum,
      EXISTS (SELECT FROM audit.free_text() f
              WHERE f.table_name = n.nspname || '.' || c.relname AND f.field = a.attname) AS is_text
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.oid = source AND a.attnum > 0 AND NOT a.attisdropped AND a.attname NOT IN ('batch_to', 'segment')
  ), leaf AS (
    SELECT format('sha256(convert_to(%L || rtrim(ROW(%s)::text, '',)''), ''UTF8''))', table_name,
        string_agg(format('t.%I', attname), ', ' ORDER BY attnum)) AS whole,
      format('sha256(convert_to(%L || rtrim(ROW(%s)::text, '',)''), ''UTF8''))', table_name,
        string_agg(format('t.%I', attname), ', ' ORDER BY attnum) FILTER (WHERE NOT is_text)) AS without_text,
      bool_or(is_text) AS has_text
    FROM named GROUP BY table_name
  )
  SELECT CASE WHEN NOT has_text THEN whole ELSE (
    SELECT CASE WHEN count(*) = 0 THEN without_text
      ELSE format('CASE WHEN t.batch_from <= %s THEN %s ELSE %s END', max(e.subject::bigint), whole, without_text) END
    FROM audit.entry e WHERE e.kind = 'seal' AND NOT e.details ? 'texts' AND e.subject ~ '^[0-9]{1,18}$') END
  FROM leaf
$$;

-- Entries that say where a text was erased hold no digest, and are no tombstones of rows.
CREATE OR REPLACE VIEW audit.tombstone AS
SELECT subject AS table_name, (details->>'import_id')::bigint AS import_id,
  (details->>'source_line')::integer AS source_line, min((details->>'batch_from')::bigint) AS batch_from,
  max((details->>'batch_to')::bigint) AS batch_to,
  decode((array_agg(details->>'before' ORDER BY ordinal))[1], 'hex') AS original,
  -- NULL when the row is gone
  decode((array_agg(details->>'after' ORDER BY ordinal DESC))[1], 'hex') AS present,
  min(at) AS at, (array_agg(details->>'reason' ORDER BY ordinal))[1] AS reason
FROM audit.entry WHERE kind = 'erasure' AND details ? 'before'
GROUP BY 1, 2, 3;

CREATE VIEW audit.erased_text AS
SELECT e.subject AS table_name, (e.details->>'import_id')::bigint AS import_id,
  (e.details->>'source_line')::integer AS source_line, f.field::name AS field, min(e.at) AS at
FROM audit.entry e CROSS JOIN LATERAL jsonb_array_elements_text(e.details->'fields') AS f(field)
WHERE e.kind = 'erasure' AND jsonb_typeof(e.details->'fields') = 'array'
GROUP BY 1, 2, 3, 4;

CREATE OR REPLACE FUNCTION audit.bury() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD' SET extra_float_digits = 1 SET timezone = 'UTC' AS $$
DECLARE
  -- the fact, where this is one of its segments
  root regclass := coalesce(pg_partition_root(TG_RELID), TG_RELID);
  place text := (SELECT h.table_name FROM audit.history_table h WHERE h.source = root);
  statement text := format('SELECT encode(%s, ''hex'') FROM (SELECT ($1).*) t', audit.leaf_expression(root));
  before_it text;
  after_it text;
  gone text[];
BEGIN
  EXECUTE statement INTO before_it USING OLD;
  IF TG_OP = 'UPDATE' THEN EXECUTE statement INTO after_it USING NEW; END IF;
  SELECT array_agg(f.field ORDER BY f.field) INTO gone FROM audit.free_text() f
  WHERE f.table_name = place AND to_jsonb(OLD)->>f.field IS NOT NULL
    AND (TG_OP = 'DELETE' OR to_jsonb(OLD)->>f.field IS DISTINCT FROM to_jsonb(NEW)->>f.field);
  IF before_it IS DISTINCT FROM after_it OR gone IS NOT NULL THEN
    UPDATE audit.sealed_text s SET salt = NULL
    WHERE s.batch = OLD.batch_from AND s.table_name = place AND s.import_id = OLD.import_id
      AND s.source_line = OLD.source_line AND s.field = ANY (gone) AND s.salt IS NOT NULL;
    INSERT INTO audit.entry (kind, subject, details)
    VALUES ('erasure', place, jsonb_build_object(
      'import_id', OLD.import_id, 'source_line', OLD.source_line, 'batch_from', OLD.batch_from,
      'batch_to', OLD.batch_to, 'reason', nullif(current_setting('jvs.reason', true), ''))
      || CASE WHEN before_it IS DISTINCT FROM after_it
           THEN jsonb_build_object('before', before_it, 'after', after_it) ELSE '{}' END
      || CASE WHEN gone IS NOT NULL THEN jsonb_build_object('fields', to_jsonb(gone)) ELSE '{}' END);
  END IF;
  RETURN NULL;
END $$;

-- What a batch's seal says of the texts of each table.
CREATE FUNCTION audit.sealed_texts(sealed bigint) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_object_agg(s.table_name, jsonb_build_object('texts', s.texts, 'digest', s.digest)), '{}')
  FROM (
    SELECT t.table_name, count(*) AS texts, encode(sha256(string_agg(
        convert_to(format('%s %s %s ', t.import_id, t.source_line, t.field), 'UTF8') || t.digest, ''::bytea
        ORDER BY t.import_id, t.source_line, t.field)), 'hex') AS digest
    FROM audit.sealed_text t WHERE t.batch = sealed GROUP BY t.table_name
  ) s
$$;

-- The texts of a table's rows recorded by the batches from low to high, as they are now.
CREATE FUNCTION audit.texts(source regclass, low bigint, high bigint)
RETURNS TABLE (batch bigint, import_id bigint, source_line integer, field name, content text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  fields text := (SELECT string_agg(format('(%L::name, t.%I)', f.field, f.field), ', ' ORDER BY f.field)
    FROM audit.free_text() f JOIN audit.history_table h ON h.table_name = f.table_name WHERE h.source = texts.source);
BEGIN
  IF fields IS NULL THEN RETURN; END IF;
  RETURN QUERY EXECUTE format('SELECT t.batch_from, t.import_id, t.source_line, f.field, f.content
    FROM %s t CROSS JOIN LATERAL (VALUES %s) AS f (field, content)
    WHERE t.batch_from BETWEEN $1 AND $2 AND f.content IS NOT NULL', source, fields) USING low, high;
END $$;

CREATE OR REPLACE FUNCTION audit.seal_batches() RETURNS integer
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
    INSERT INTO audit.sealed_text (batch, table_name, import_id, source_line, field, salt, digest)
    SELECT t.batch, kept.table_name, t.import_id, t.source_line, t.field, t.salt,
      audit.text_digest(t.salt, kept.table_name || '.' || t.field, t.content)
    FROM (SELECT x.*, gen_random_uuid() AS salt FROM audit.texts(kept.source, low, high) x
          OFFSET 0) t  -- a fence: one salt a text, wherever it is named
    ON CONFLICT DO NOTHING;
  END LOOP;
  facts := coalesce((SELECT s.facts FROM audit.seal s WHERE s.batch = low - 1), audit.genesis());
  FOR number IN low..high LOOP
    tables := audit.sealed_tables(number);
    facts := audit.facts_digest(facts, number, tables);
    INSERT INTO audit.entry (kind, subject, details) VALUES ('seal', number::text, jsonb_build_object(
      'tables', tables, 'facts', facts, 'texts', audit.sealed_texts(number)));
  END LOOP;
  RETURN high - low + 1;
END $$;

-- Texts against their seals.
CREATE FUNCTION audit.text_problems() RETURNS TABLE (place text, problem text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  -- batches whose leaves hold the text
  before_it bigint := (SELECT coalesce(max(subject::bigint), 0) FROM audit.entry
    WHERE kind = 'seal' AND NOT details ? 'texts' AND subject ~ '^[0-9]{1,18}$');
  last_sealed bigint := (SELECT coalesce(max(s.batch), 0) FROM audit.seal s);
  kept record;
BEGIN
  RETURN QUERY SELECT format('seal of batch %s', e.subject), 'audit.sealed_text does not hold what was sealed'
    FROM audit.entry e WHERE e.kind = 'seal' AND e.details ? 'texts' AND e.subject ~ '^[0-9]{1,18}$'
      AND e.details->'texts' IS DISTINCT FROM audit.sealed_texts(e.subject::bigint) ORDER BY e.ordinal;
  RETURN QUERY SELECT format('seal of batch %s', t.batch), 'audit.sealed_text has texts of a batch whose seal has none'
    FROM audit.sealed_text t WHERE NOT EXISTS (SELECT FROM audit.entry e
      WHERE e.kind = 'seal' AND e.subject = t.batch::text AND e.details->'texts' ? t.table_name)
    GROUP BY t.batch ORDER BY t.batch;
  FOR kept IN SELECT h.source, h.table_name FROM audit.history_table h
              WHERE EXISTS (SELECT FROM audit.free_text() f WHERE f.table_name = h.table_name) ORDER BY 2 LOOP
    RETURN QUERY
      SELECT format('batch %s, %s, import %s, line %s', coalesce(s.batch, n.batch), kept.table_name,
          coalesce(s.import_id, n.import_id), coalesce(s.source_line, n.source_line)),
        format('its %s %s', coalesce(s.field, n.field),
          CASE WHEN s.batch IS NULL THEN 'was added by hand' WHEN n.batch IS NULL THEN 'was removed'
            WHEN s.salt IS NULL THEN 'was erased, and something else stands in its place'
            ELSE 'was changed' END)
      FROM (SELECT * FROM audit.sealed_text t WHERE t.table_name = kept.table_name) s
      FULL JOIN audit.texts(kept.source, before_it + 1, last_sealed) n
        ON (n.batch, n.import_id, n.source_line, n.field) = (s.batch, s.import_id, s.source_line, s.field)
      WHERE CASE
        WHEN s.batch IS NULL THEN true
        -- a row that was removed knowingly has a tombstone, and its texts no salt
        WHEN n.batch IS NULL THEN NOT (s.salt IS NULL AND EXISTS (SELECT FROM audit.tombstone z
          WHERE (z.table_name, z.import_id, z.source_line) = (kept.table_name, s.import_id, s.source_line)
            AND z.present IS NULL))
        WHEN s.salt IS NULL THEN n.content <> '[effacé]' OR NOT EXISTS (SELECT FROM audit.erased_text e
          WHERE (e.table_name, e.import_id, e.source_line, e.field)
              = (kept.table_name, s.import_id, s.source_line, s.field))
        ELSE s.digest IS DISTINCT FROM audit.text_digest(s.salt, kept.table_name || '.' || s.field, n.content) END
      ORDER BY coalesce(s.batch, n.batch), coalesce(s.import_id, n.import_id), coalesce(s.source_line, n.source_line),
        coalesce(s.field, n.field);
  END LOOP;
END $$;

-- The reason of a step of the review is free text too: the chain holds its digest, under a salt kept beside it.
ALTER TABLE review.event ADD COLUMN salt uuid;

CREATE OR REPLACE FUNCTION review.judge() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  known record;
  now_state text;
BEGIN
  SELECT number INTO NEW.batch FROM ops.batch_counter;
  NEW.salt := CASE WHEN NEW.reason IS NOT NULL THEN gen_random_uuid() END;
  -- From here on the chain is ours until the commit: nobody else can act on the same state.
  INSERT INTO audit.entry (kind, subject, details)
  VALUES ('period', NEW.cooperation_id || '/' || NEW.quarter, jsonb_build_object(
    'act', NEW.act, 'by', NEW.by_name, 'batch', NEW.batch,
    'reason_digest', encode(audit.text_digest(NEW.salt, 'review.event.reason', NEW.reason), 'hex')))
  RETURNING ordinal, at INTO NEW.entry, NEW.at;
  SELECT * INTO known FROM review.period p
  WHERE p.cooperation_id = NEW.cooperation_id AND p.quarter = NEW.quarter;
  now_state := coalesce(known.state, 'provisional');
  IF NOT (NEW.act, now_state) IN (('submitted', 'provisional'), ('validated', 'submitted'),
      ('closed', 'validated'), ('reopened', 'submitted'), ('reopened', 'validated'), ('reopened', 'closed')) THEN
    RAISE EXCEPTION '% of % is %: it cannot be %; %', NEW.quarter, NEW.cooperation_id, now_state, NEW.act,
      CASE now_state WHEN 'provisional' THEN 'submit it first' WHEN 'submitted' THEN 'somebody else validates it next'
        WHEN 'validated' THEN 'close it, or reopen it with a reason' ELSE 'reopen it with a reason' END
      USING ERRCODE = 'JV001';
  END IF;
  IF NEW.act = 'validated' AND review.same_person(NEW.by_name, known.submitted_by) THEN
    RAISE EXCEPTION 'whoever submitted % of % cannot validate it; ask somebody else', NEW.quarter, NEW.cooperation_id
      USING ERRCODE = 'JV001';
  END IF;
  IF NEW.act = 'reopened' AND NEW.reason IS NULL THEN
    RAISE EXCEPTION 'reopening % of % needs a reason; give it with --reason', NEW.quarter, NEW.cooperation_id
      USING ERRCODE = 'JV001';
  END IF;
  IF NEW.act = 'reopened' AND review.same_person(NEW.by_name, known.validated_by) THEN
    RAISE EXCEPTION 'whoever validated % of % cannot reopen it; ask somebody else', NEW.quarter, NEW.cooperation_id
      USING ERRCODE = 'JV001';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION review.problems() RETURNS TABLE (place text, problem text) LANGUAGE sql STABLE AS $$
  SELECT format('review of %s, entry %s', coalesce(e.subject, v.cooperation_id || '/' || v.quarter),
      coalesce(e.ordinal, v.entry)), CASE
    WHEN v.entry IS NULL THEN 'the chain has it, review.event does not'
    WHEN e.ordinal IS NULL THEN 'review.event has it, the chain does not'
    ELSE 'review.event does not say what the chain says of it' END
  FROM (SELECT * FROM audit.entry WHERE kind = 'period') e FULL JOIN review.event v ON v.entry = e.ordinal
  WHERE e.ordinal IS NULL OR v.entry IS NULL OR v.at <> e.at
    OR e.subject <> v.cooperation_id || '/' || v.quarter
    OR e.details - '{reason,reason_digest}'::text[]
       <> jsonb_build_object('act', v.act, 'by', v.by_name, 'batch', v.batch)
    -- an entry of before this migration holds the reason itself
    OR CASE
      WHEN e.details ? 'reason' THEN e.details->>'reason' IS DISTINCT FROM v.reason OR v.salt IS NOT NULL
      WHEN v.salt IS NULL AND e.details->>'reason_digest' IS NOT NULL THEN v.reason IS DISTINCT FROM '[effacé]'
        OR NOT EXISTS (SELECT FROM audit.entry z WHERE z.kind = 'erasure' AND z.subject = 'review.event'
                       AND z.details->>'entry' = v.entry::text)
      ELSE (v.salt IS NULL) <> (v.reason IS NULL) OR e.details->>'reason_digest'
        IS DISTINCT FROM encode(audit.text_digest(v.salt, 'review.event.reason', v.reason), 'hex') END
  ORDER BY coalesce(e.ordinal, v.entry)
$$;

-- Whatever lets a reason be erased, this notes it in the chain.
CREATE FUNCTION review.bury() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO audit.entry (kind, subject, details) VALUES ('erasure', 'review.event', jsonb_build_object(
    'entry', OLD.entry, 'fields', '["reason"]'::jsonb, 'reason', nullif(current_setting('jvs.reason', true), '')));
  RETURN NULL;
END $$;
CREATE TRIGGER bury AFTER UPDATE OF reason ON review.event FOR EACH ROW EXECUTE FUNCTION review.bury();

-- Erasing single texts ------------------------------------------------------------------------------------

-- Replaces one field of free text by '[effacé]' in the rows of some imports and lines; says how many changed.
CREATE FUNCTION ops.redact_texts(fact_table text, fact_field text, cooperation text, imports bigint[], lines integer[])
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  target regclass := format('fact.%I', fact_table)::regclass;
  changed integer;
BEGIN
  PERFORM access.require(cooperation);
  IF NOT EXISTS (SELECT FROM audit.free_text() f WHERE f.table_name = 'fact.' || fact_table AND f.field = fact_field) THEN
    RAISE EXCEPTION 'fact.%.% is no free text', fact_table, fact_field USING ERRCODE = 'invalid_parameter_value';
  END IF;
  EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY, DISABLE TRIGGER only_close, DISABLE TRIGGER open_batch',
    target);
  EXECUTE format(
    'WITH gone AS (
       UPDATE %1$s t SET %2$I = ''[effacé]'' FROM unnest($2, $3) AS c (import_id, source_line)
       WHERE t.cooperation_id = $1 AND t.import_id = c.import_id AND t.source_line = c.source_line
         AND t.%2$I <> ''[effacé]''
       RETURNING t.cooperation_id, t.import_id, t.source_line, t.batch_from)
     INSERT INTO ops.redaction (table_name, field, cooperation_id, import_id, source_line, batch_from)
     SELECT %3$L, %2$L, cooperation_id, import_id, source_line, batch_from FROM gone',
    target, fact_field, fact_table) USING cooperation, imports, lines;
  GET DIAGNOSTICS changed = ROW_COUNT;
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY, ENABLE TRIGGER only_close, ENABLE TRIGGER open_batch',
    target);
  RETURN changed;
END $$;

-- Replaces the reasons of some steps of reviews by '[effacé]'; says how many changed.
CREATE FUNCTION ops.redact_reasons(cooperation text, entries bigint[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE changed integer;
BEGIN
  PERFORM access.require(cooperation);
  ALTER TABLE review.event NO FORCE ROW LEVEL SECURITY, DISABLE TRIGGER never_change;
  UPDATE review.event v SET reason = '[effacé]', salt = NULL
  WHERE v.cooperation_id = cooperation AND v.entry = ANY (entries) AND v.reason <> '[effacé]';
  GET DIAGNOSTICS changed = ROW_COUNT;
  ALTER TABLE review.event FORCE ROW LEVEL SECURITY, ENABLE TRIGGER never_change;
  RETURN changed;
END $$;

-- Rights ---------------------------------------------------------------------------------------------------

ALTER PROCEDURE access.protect(text, text) RENAME TO protect_by_schema;
CREATE PROCEDURE access.protect(table_schema text, table_name text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  CALL access.protect_by_schema(table_schema, table_name);
  IF (table_schema, table_name) = ('audit', 'sealed_text') THEN
    -- an erasure takes the salt away; its trigger lets nothing else be done
    CALL access.allow('audit.sealed_text', 'jvs_sealer', 'UPDATE', '(salt)', 'true', 'true');
  END IF;
END $$;

CALL access.protect_all();
GRANT EXECUTE ON FUNCTION ops.redact_texts(text, text, text, bigint[], integer[]), ops.redact_reasons(text, bigint[])
  TO jvs_capture, jvs_identity;
