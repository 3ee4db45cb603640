-- Computation: what the working figures were computed from, so that only what was touched since is computed
-- again.

-- Of each cooperation, what its figures rest on beside its facts: its kind and form, its own end, the quarters somebody
-- sent activity for, and the last quarter it is reported for.
CREATE TABLE figure.computed (
  cooperation_id text NOT NULL,
  release_id     text NOT NULL, -- 'working', as of figures: so the same policies hold
  kind           text NOT NULL,
  form           text NOT NULL,
  ended_on       date,
  delivered      text[] NOT NULL,
  last_quarter   text NOT NULL,
  figures        integer NOT NULL,
  PRIMARY KEY (cooperation_id, release_id)
);

-- Of all of them together: the digest of each indicator's definition, of the scorecard, and the number of
-- migrations, since a view that changed may count otherwise.
DELETE FROM figure.computation;
ALTER TABLE figure.computation
  ADD COLUMN indicators jsonb NOT NULL,
  ADD COLUMN scorecard_digest text NOT NULL,
  ADD COLUMN migrations integer NOT NULL;

-- Which tables each entity of the vocabulary reads, and whether it asks for the cut: followed through views and
-- the functions they call. A function whose body is text hides what it reads, so functions of measures are
-- written with RETURN.
CREATE VIEW measure.source AS
WITH RECURSIVE reading (entity, class, object) AS (
  SELECT c.relname, 'pg_class'::regclass::oid, c.oid
  FROM pg_class c WHERE c.relnamespace = 'measure'::regnamespace AND c.relkind = 'v'
  UNION
  SELECT r.entity, d.refclassid, d.refobjid
  FROM reading r
  LEFT JOIN pg_rewrite w ON r.class = 'pg_class'::regclass AND w.ev_class = r.object
  JOIN pg_depend d ON d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass)
   AND (d.classid, d.objid) IN (('pg_rewrite'::regclass, w.oid), ('pg_proc'::regclass, r.object))
   AND (d.classid = 'pg_rewrite'::regclass OR r.class = 'pg_proc'::regclass)
)
SELECT r.entity::text AS entity, n.nspname::text AS source_schema, c.relname::text AS source_table,
  bool_or(c.relkind = 'v' AND pg_get_viewdef(c.oid) LIKE '%jvs.cut%') AS asks_cut
FROM reading r JOIN pg_class c ON r.class = 'pg_class'::regclass AND c.oid = r.object
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE r.entity NOT IN ('source', 'reach')
  AND (c.oid <> to_regclass(format('measure.%I', r.entity)) OR pg_get_viewdef(c.oid) LIKE '%jvs.cut%')
GROUP BY 1, 2, 3;

-- How far back a changed row of a table can move an entity, where that is known: to its own month, or to the
-- beginning of its year. What is not named here can move any quarter. Of the files themselves (`ops.import`), which
-- never change once recorded: to the day of reception, or to nothing, where an entity reads only the file its own row
-- came with.
CREATE VIEW measure.reach (entity, source_table, back_to) AS VALUES
  ('activity', 'monthly_activity', 'month'),
  ('convention_months', 'monthly_activity', 'month'),
  -- the hours of the year of exit decide whether an exit is examined
  ('exits', 'monthly_activity', 'year'),
  ('finance', 'finance_line', 'month'),
  ('materials', 'material_flow', 'month'),
  ('clause_hours', 'clause_hours', 'month'),
  ('observations', 'observation', 'month'),
  -- not monthly_activity: a month without hours is there until the next one that has some, or the end
  ('months', 'finance_line', 'month'),
  ('months', 'observation', 'month'),
  ('months', 'import', 'nothing'),
  ('deliveries', 'import', 'reception');

-- Rows of a release are judged one by one, so that the millions of working rows pay a comparison each.
DROP TRIGGER never_change ON figure.figure;
DROP TRIGGER never_change ON figure.score;
DROP TRIGGER never_change ON figure.score_component;
CREATE TRIGGER never_change BEFORE UPDATE ON figure.figure FOR EACH ROW EXECUTE FUNCTION figure.never_change();
CREATE TRIGGER never_change BEFORE UPDATE ON figure.score FOR EACH ROW EXECUTE FUNCTION figure.never_change();
CREATE TRIGGER never_change BEFORE UPDATE ON figure.score_component
  FOR EACH ROW EXECUTE FUNCTION figure.never_change();
CREATE TRIGGER never_delete BEFORE DELETE ON figure.figure FOR EACH ROW
  WHEN (OLD.release_id <> 'working') EXECUTE FUNCTION figure.never_change();
CREATE TRIGGER never_delete BEFORE DELETE ON figure.score FOR EACH ROW
  WHEN (OLD.release_id <> 'working') EXECUTE FUNCTION figure.never_change();
CREATE TRIGGER never_delete BEFORE DELETE ON figure.score_component FOR EACH ROW
  WHEN (OLD.release_id <> 'working') EXECUTE FUNCTION figure.never_change();

CALL access.protect_all();
