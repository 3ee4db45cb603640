-- Landings of large imports, as fast as they can be.
--
-- The table. A copy of the fact's table less its own columns would keep those as dropped ones, NULL in every row, and
-- every reading of a row would have to step over them. So it is made of the fields alone, those first whose
-- place in a row is always the same: it is filled and read in about half of the time.

CREATE OR REPLACE FUNCTION ops.open_landing(table_name text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  landing text := format('segment.%I', format('%s_landing_%s', table_name, pg_backend_pid()));
  fact regclass := to_regclass(format('fact.%I', table_name));
  own constant name[] := '{cooperation_id,batch_from,batch_to,import_id,segment}';
BEGIN
  IF NOT EXISTS (SELECT FROM pg_partitioned_table WHERE partrelid = fact) THEN
    RAISE EXCEPTION 'fact.% keeps no segments', table_name;
  END IF;
  EXECUTE format('CREATE TABLE %s (%s)', landing, (
    SELECT string_agg(definition, ', ' ORDER BY part, place) FROM (
      SELECT 1 AS part, (row_number() OVER (ORDER BY a.attlen < 0 OR NOT a.attnotnull, a.attnum))::int AS place,
        format('%I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
          ' COLLATE ' || nullif(a.attcollation, t.typcollation)::regcollation,
          CASE WHEN a.attnotnull THEN ' NOT NULL' END) AS definition
      FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
      WHERE a.attrelid = fact AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> ALL (own)
      UNION ALL
      SELECT 2, (row_number() OVER (ORDER BY c.conname))::int, format('CONSTRAINT %I %s', c.conname, pg_get_constraintdef(c.oid))
      FROM pg_constraint c
      WHERE c.conrelid = fact AND c.contype = 'c'
        AND NOT EXISTS (SELECT FROM pg_attribute a
                        WHERE a.attrelid = fact AND a.attnum = ANY (c.conkey) AND a.attname = ANY (own))) parts));
  EXECUTE format('GRANT SELECT, INSERT, DELETE ON %s TO %I', landing, access.caller());
  RETURN landing;
END $$;

-- The index. Sorting its rows was half of what making it cost, and most files come in the order
-- of one of the key's fields already: a statement of hours by month, an export by person. An index finds a key in
-- whatever order its columns are, so it begins with the column the rows are in the order of.

-- The fields of a key, first the one whose order a landing's rows are in. It is told from the first row of at most
-- 256 pages and decides nothing but how fast the index is made.
CREATE FUNCTION ops.landing_order(landing regclass, key_fields text[]) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  pages bigint := pg_relation_size(landing) / current_setting('block_size')::bigint;
  sample tid[] := ARRAY(SELECT DISTINCT format('(%s,1)', n * pages / 256)::tid FROM generate_series(0, 255) n
                        WHERE n * pages / 256 < pages);
  -- of each field: how often the sample goes back
  descents bigint[];
  ordered_by text;
BEGIN
  EXECUTE format('SELECT ARRAY[%s] FROM (SELECT %s FROM %s WHERE ctid = ANY ($1) WINDOW way AS (ORDER BY ctid)) s',
      (SELECT string_agg(format('count(*) FILTER (WHERE s.here_%1$s < s.before_%1$s)', n), ', ' ORDER BY n)
       FROM generate_subscripts(key_fields, 1) n),
      (SELECT string_agg(format('%1$I AS here_%2$s, lag(%1$I) OVER way AS before_%2$s', key_fields[n], n), ', ' ORDER BY n)
       FROM generate_subscripts(key_fields, 1) n), landing)
    INTO descents USING sample;
  SELECT key_fields[n] INTO ordered_by FROM generate_subscripts(key_fields, 1) n
    WHERE descents[n] * 8 <= cardinality(sample) ORDER BY descents[n], n LIMIT 1;
  RETURN CASE WHEN ordered_by IS NULL THEN key_fields ELSE ordered_by || array_remove(key_fields, ordered_by) END;
END $$;

-- The unique index of a landing; fails with unique_violation when a key stands twice.
CREATE OR REPLACE FUNCTION ops.index_landing(table_name text, key_fields text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET maintenance_work_mem = '256MB' AS $$
DECLARE
  landing regclass := format('segment.%I', format('%s_landing_%s', table_name, pg_backend_pid()))::regclass;
BEGIN
  EXECUTE format('CREATE UNIQUE INDEX %I ON %s (%s)', format('%s_landing_%s_key', table_name, pg_backend_pid()), landing,
    (SELECT string_agg(quote_ident(f), ', ' ORDER BY n)
     FROM unnest(ops.landing_order(landing, key_fields)) WITH ORDINALITY AS k(f, n)));
END $$;

CALL access.protect_all();
