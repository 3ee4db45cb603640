-- Recording a million rows: the rule that facts are only ever added costs a comparison a row instead of a
-- call, and when a fact was true is said by its as-of view instead of being stored with each row.

-- The import says which batch it has taken; until it writes the batch's row into ops.batch, the batch is open.
CREATE FUNCTION ops.taken_batch() RETURNS bigint
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('jvs.batch', true), '')::bigint;

-- Once a statement: facts are added and closed under the batch that was taken last, and only while it is open.
CREATE FUNCTION ops.require_open_batch() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF ops.taken_batch() IS DISTINCT FROM (SELECT number FROM ops.batch_counter)
     OR EXISTS (SELECT FROM ops.batch WHERE batch = ops.taken_batch()) THEN
    RAISE EXCEPTION 'facts are recorded in an open batch only: % on %.% refused; take a new batch first',
      TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

-- Called for what is never allowed; the triggers' conditions say when.
CREATE FUNCTION ops.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'facts are append-only: % on %.% refused; record a correction instead',
    TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- The rule as triggers. PostgreSQL judges a WHEN itself: a row that keeps the rule calls nothing.
CREATE PROCEDURE ops.guard(table_schema text, table_name text) LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  target text := format('%I.%I', table_schema, table_name);
  kept text := (SELECT string_agg(format('OLD.%1$I IS DISTINCT FROM NEW.%1$I', attname), ' OR ' ORDER BY attnum)
                FROM pg_attribute
                WHERE attrelid = target::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'batch_to');
  trigger_name text;
BEGIN
  FOREACH trigger_name IN ARRAY '{only_close,only_open_batch,never_truncate,never_delete,only_add,open_batch}'::text[] LOOP
    EXECUTE format('DROP TRIGGER IF EXISTS %I ON %s', trigger_name, target);
  END LOOP;
  EXECUTE format('CREATE TRIGGER open_batch BEFORE INSERT OR UPDATE ON %s
                  FOR EACH STATEMENT EXECUTE FUNCTION ops.require_open_batch()', target);
  EXECUTE format('CREATE TRIGGER only_add BEFORE INSERT ON %s FOR EACH ROW
                  WHEN (NEW.batch_from IS DISTINCT FROM ops.taken_batch() OR NEW.batch_to <> 9223372036854775807)
                  EXECUTE FUNCTION ops.refuse_change()', target);
  -- The one change allowed is to close a row that still stands, once, under the batch that was taken.
  EXECUTE format('CREATE TRIGGER only_close BEFORE UPDATE ON %s FOR EACH ROW
                  WHEN (OLD.batch_to <> 9223372036854775807 OR NEW.batch_to IS DISTINCT FROM ops.taken_batch()
                        OR %s) EXECUTE FUNCTION ops.refuse_change()', target, kept);
  EXECUTE format('CREATE TRIGGER never_delete BEFORE DELETE OR TRUNCATE ON %s
                  FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change()', target);
END $$;

-- The as-of view of a table: its columns, and `valid`, the days on which the row was true (NULL: none).
-- Columns a table has gained since the view was made come after those it had.
CREATE PROCEDURE ops.show_as_of(table_schema text, table_name text, valid text) LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  target text := format('%I.%I', table_schema, table_name);
  columns text := (
    SELECT string_agg(CASE WHEN name = 'valid' THEN format('(%s) AS valid', valid) ELSE quote_ident(name) END, ', '
                      ORDER BY place)
    FROM (
      SELECT name, min(place) AS place FROM (
        SELECT attname AS name, attnum::int AS place FROM pg_attribute
        WHERE attrelid = to_regclass(format('as_of.%I', table_name)) AND attnum > 0 AND NOT attisdropped
        UNION ALL
        SELECT attname, attnum + 10000 FROM pg_attribute
        WHERE attrelid = target::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'valid'
        UNION ALL
        SELECT 'valid', 20000 WHERE valid IS NOT NULL) AS every
      GROUP BY name) AS column_names);
BEGIN
  EXECUTE format('CREATE OR REPLACE VIEW as_of.%I WITH (security_invoker = true) AS SELECT %s FROM %s
                  WHERE batch_from <= current_setting(''jvs.as_of'')::bigint
                    AND batch_to > current_setting(''jvs.as_of'')::bigint', table_name, columns, target);
END $$;

-- What a table that keeps its history needs: its key, its rule and its as-of view.
CREATE PROCEDURE ops.keep_history(table_schema text, table_name text, key_fields text[], valid text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  columns text := (SELECT string_agg(quote_ident(f), ', ' ORDER BY n)
                   FROM unnest(key_fields) WITH ORDINALITY AS k(f, n));
BEGIN
  EXECUTE format('ALTER TABLE %I.%I ADD PRIMARY KEY (%s, batch_to)', table_schema, table_name, columns);
  CALL ops.guard(table_schema, table_name);
  CALL ops.show_as_of(table_schema, table_name, valid);
END $$;

DO $$
DECLARE
  kept record;
BEGIN
  FOR kept IN
    SELECT n.nspname AS table_schema, c.relname AS table_name,
      -- what the stored column was generated from
      (SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d JOIN pg_attribute a
         ON a.attrelid = d.adrelid AND a.attnum = d.adnum
       WHERE d.adrelid = c.oid AND a.attname = 'valid' AND a.attgenerated = 's') AS valid
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('fact', 'reference') AND c.relkind = 'r'
    ORDER BY 1, 2
  LOOP
    CALL ops.show_as_of(kept.table_schema, kept.table_name, kept.valid);
    IF kept.valid IS NOT NULL THEN
      EXECUTE format('ALTER TABLE %I.%I DROP COLUMN valid', kept.table_schema, kept.table_name);
    END IF;
    CALL ops.guard(kept.table_schema, kept.table_name);
  END LOOP;
END $$;

DROP PROCEDURE ops.keep_history(text, text, text[]);
DROP FUNCTION ops.only_close();
DROP FUNCTION ops.only_open_batch();

-- Whether the file was the whole truth of its scope.
ALTER TABLE ops.import ADD COLUMN complete boolean NOT NULL DEFAULT false;

-- Segments. Keeping an index up to date row by row costs several times the rows themselves. So a large import
-- stays where it landed: a table of its own, indexed at once, attached to the fact's table as one of its
-- partitions. What is the same for all of its rows (cooperation, batch, import) is a default of that table and
-- stored nowhere else. Segment 0 takes all other rows.
--
-- Within a segment a key is unique by index. That no key stands twice over several segments is the recorder's
-- to see to: it works alone on a cooperation, under a lock, and compares with what stands before it adds.
CREATE SCHEMA segment;
REVOKE ALL ON SCHEMA segment FROM PUBLIC;

CREATE PROCEDURE ops.keep_segments(table_name text, valid text) LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  target text := format('fact.%I', table_name);
  rest text := format('segment.%I', table_name || '_0');
  check_name text;
BEGIN
  EXECUTE format('ALTER TABLE %s SET SCHEMA segment', target);
  EXECUTE format('ALTER TABLE segment.%I RENAME TO %I', table_name, table_name || '_0');
  -- The triggers say all of this already; as constraints a segment would be read once more to check them.
  FOR check_name IN SELECT conname FROM pg_constraint
                    WHERE conrelid = rest::regclass AND contype = 'c' AND conname LIKE 'recorded%' LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', rest, check_name);
  END LOOP;
  FOR check_name IN SELECT tgname FROM pg_trigger WHERE tgrelid = rest::regclass AND NOT tgisinternal LOOP
    EXECUTE format('DROP TRIGGER %I ON %s', check_name, rest);
  END LOOP;
  EXECUTE format('ALTER TABLE %s ADD COLUMN segment bigint NOT NULL DEFAULT 0', rest);
  EXECUTE format('CREATE TABLE %s (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY LIST (segment)',
                 target, rest);
  EXECUTE format('ALTER TABLE %s ATTACH PARTITION %s FOR VALUES IN (0)', target, rest);
  CALL ops.guard('fact', table_name);
  CALL ops.show_as_of('fact', table_name, valid);
END $$;

-- A table for the rows of a large file: its line and the fields of the fact. It becomes a segment by
-- ops.attach_segment, or is dropped by the recorder when little of it is new.
CREATE FUNCTION ops.open_landing(table_name text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
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
  EXECUTE format('GRANT SELECT, INSERT, DELETE ON %s TO %I', landing, session_user);
  EXECUTE format('GRANT USAGE ON SCHEMA segment TO %I', session_user);
  RETURN landing;
END $$;

-- The unique index of a landing; fails with unique_violation when a key stands twice.
CREATE FUNCTION ops.index_landing(table_name text, key_fields text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET maintenance_work_mem = '256MB' AS $$
BEGIN
  EXECUTE format('CREATE UNIQUE INDEX %I ON segment.%I (%s)', format('%s_landing_%s_key', table_name, pg_backend_pid()),
    format('%s_landing_%s', table_name, pg_backend_pid()),
    (SELECT string_agg(quote_ident(f), ', ' ORDER BY n) FROM unnest(key_fields) WITH ORDINALITY AS k(f, n)));
END $$;

CREATE FUNCTION ops.drop_landing(table_name text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format('DROP TABLE segment.%I', format('%s_landing_%s', table_name, pg_backend_pid()));
END $$;

-- Makes the landing a segment of its fact, in the open batch.
CREATE FUNCTION ops.attach_segment(table_name text, cooperation text, import bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  landing text := format('%s_landing_%s', table_name, pg_backend_pid());
  batch bigint := ops.taken_batch();
BEGIN
  IF batch IS DISTINCT FROM (SELECT number FROM ops.batch_counter)
     OR EXISTS (SELECT FROM ops.batch b WHERE b.batch = ops.taken_batch()) THEN
    RAISE EXCEPTION 'facts are recorded in an open batch only; take a new batch first'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  EXECUTE format('REVOKE ALL ON segment.%I FROM %I', landing, session_user);
  -- Constant defaults of new columns are kept in the catalogue: no row is written again.
  EXECUTE format(
    'ALTER TABLE segment.%I
       ADD COLUMN cooperation_id text NOT NULL DEFAULT %L, ADD COLUMN batch_from bigint NOT NULL DEFAULT %s,
       ADD COLUMN batch_to bigint NOT NULL DEFAULT 9223372036854775807,
       ADD COLUMN import_id bigint NOT NULL DEFAULT %s, ADD COLUMN segment bigint NOT NULL DEFAULT %s,
       ADD CONSTRAINT one_import CHECK (cooperation_id = %L AND segment = %s)',
    landing, cooperation, batch, import, batch, cooperation, batch);
  EXECUTE format('ALTER TABLE segment.%I RENAME TO %I', landing, format('%s_%s', table_name, batch));
  EXECUTE format('ALTER INDEX segment.%I RENAME TO %I', landing || '_key', format('%s_%s_key', table_name, batch));
  EXECUTE format('ALTER TABLE fact.%I ATTACH PARTITION segment.%I FOR VALUES IN (%s)', table_name,
    format('%s_%s', table_name, batch), batch);
END $$;

ALTER TABLE fact.monthly_activity
  DROP CONSTRAINT monthly_activity_month_check,
  ADD CONSTRAINT monthly_activity_month_check CHECK (date_part('day', month) = 1);  -- three times as fast
CALL ops.keep_segments('monthly_activity', 'daterange(month, (month + interval ''1 month'')::date)');
