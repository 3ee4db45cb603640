-- A change after the first computation, recorded as an import records it: the hours of some months, corrected.
--   psql -v every=100 -v since=2025-01-01 -f change.sql
-- every cooperation out of `every` has the rows of its months from `since` on corrected.
BEGIN;
UPDATE ops.batch_counter SET number = number + 1 RETURNING number AS batch \gset
SELECT set_config('jvs.batch', :'batch', true) \gset
CREATE TEMP TABLE import ON COMMIT DROP AS
SELECT cooperation_id, nextval(pg_get_serial_sequence('ops.import', 'import_id')) AS import_id
FROM fact.cooperation WHERE batch_to = 9223372036854775807 AND right(cooperation_id, 4)::int % :every = 0;
CREATE TEMP TABLE corrected ON COMMIT DROP AS
SELECT a.*, i.import_id AS new_import FROM fact.monthly_activity a JOIN import i USING (cooperation_id)
WHERE a.batch_to = 9223372036854775807 AND a.month >= :'since';
UPDATE fact.monthly_activity t SET batch_to = :batch FROM corrected c
WHERE t.cooperation_id = c.cooperation_id AND t.pathway = c.pathway AND t.month = c.month
  AND t.batch_to = 9223372036854775807;
INSERT INTO fact.monthly_activity (cooperation_id, batch_from, import_id, source_line, pathway, month, hours_worked,
  hours_absent)
SELECT cooperation_id, :batch, new_import, 1 + row_number() OVER (PARTITION BY cooperation_id ORDER BY pathway, month),
  pathway, month, hours_worked + 0.25, hours_absent
FROM corrected;
INSERT INTO ops.import (import_id, cooperation_id, entity, file, sha256, read, recorded, revised, late, unchanged, rejected,
  closed, batch)
OVERRIDING SYSTEM VALUE
SELECT i.import_id, i.cooperation_id, 'monthly_activity', 'corrected.csv',
  encode(sha256((i.cooperation_id || :'batch')::bytea), 'hex'), n, n, n, 0, 0, 0, 0, :batch
FROM import i JOIN (SELECT cooperation_id, count(*)::int AS n FROM corrected GROUP BY 1) c USING (cooperation_id);
INSERT INTO ops.batch (batch, import_id) SELECT :batch, min(import_id) FROM import;
SELECT count(*) FROM corrected;
COMMIT;
