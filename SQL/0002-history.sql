-- History: the columns every fact carries, the rule that facts are only ever added, and as-of reading.

CREATE SCHEMA fact;
CREATE SCHEMA reference;
CREATE SCHEMA as_of;

-- A row is current from batch_from until the batch that supersedes it, which is "never" while it stands.
CREATE TABLE ops.recorded (
  cooperation_id text NOT NULL,
  batch_from     bigint NOT NULL CHECK (batch_from > 0),
  batch_to       bigint NOT NULL DEFAULT 9223372036854775807 CHECK (batch_to > batch_from),
  import_id      bigint NOT NULL,
  source_line    integer NOT NULL CHECK (source_line > 0)
);

-- Facts are append-only: the one change allowed is to close a row that still stands, once.
CREATE FUNCTION ops.only_close() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE'
     AND OLD.batch_to = 9223372036854775807
     AND NEW.batch_to = (SELECT number FROM ops.batch_counter)
     AND NOT EXISTS (SELECT 1 FROM ops.batch WHERE batch = NEW.batch_to)
     -- a generated column is not yet computed in NEW, and cannot be written anyway
     AND (to_jsonb(NEW) - '{batch_to,valid}'::text[]) = (to_jsonb(OLD) - '{batch_to,valid}'::text[]) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'facts are append-only: % on %.% refused; record a correction instead',
    TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- A batch is open until its row in ops.batch is written, at the end of the import that took its number.
-- Nothing is ever added to a closed batch: what was true as of it stays what it was.
CREATE FUNCTION ops.only_open_batch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM added
             WHERE batch_from <> (SELECT number FROM ops.batch_counter) OR batch_to <> 9223372036854775807)
     OR EXISTS (SELECT 1 FROM ops.batch WHERE batch = (SELECT number FROM ops.batch_counter)) THEN
    RAISE EXCEPTION 'rows are added to an open batch only: INSERT on %.% refused; take a new batch first',
      TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

-- Gives a table its key, its rule and its as-of view. The view reads the batch from the setting
-- jvs.as_of and fails when nobody said which: there is no reading without an "as of".
CREATE PROCEDURE ops.keep_history(table_schema text, table_name text, key_fields text[])
LANGUAGE plpgsql AS $$
DECLARE
  target text := format('%I.%I', table_schema, table_name);
  columns text := (SELECT string_agg(quote_ident(f), ', ' ORDER BY n)
                   FROM unnest(key_fields) WITH ORDINALITY AS k(f, n));
BEGIN
  EXECUTE format('ALTER TABLE %s ADD PRIMARY KEY (%s, batch_to)', target, columns);
  EXECUTE format('CREATE TRIGGER only_close BEFORE UPDATE OR DELETE ON %s
                  FOR EACH ROW EXECUTE FUNCTION ops.only_close()', target);
  EXECUTE format('CREATE TRIGGER only_open_batch AFTER INSERT ON %s REFERENCING NEW TABLE AS added
                  FOR EACH STATEMENT EXECUTE FUNCTION ops.only_open_batch()', target);
  EXECUTE format('CREATE TRIGGER never_truncate BEFORE TRUNCATE ON %s
                  FOR EACH STATEMENT EXECUTE FUNCTION ops.only_close()', target);
  EXECUTE format('CREATE VIEW as_of.%I WITH (security_invoker = true) AS SELECT * FROM %s
                  WHERE batch_from <= current_setting(''jvs.as_of'')::bigint
                    AND batch_to > current_setting(''jvs.as_of'')::bigint', table_name, target);
END $$;
