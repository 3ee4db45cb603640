-- Measures: the entities of 0008 as indicator definitions see them, and what the parameter tables lacked.

-- How sure each parameter is, and the part of the aide au poste of an ACI that is for support.
ALTER TABLE reference.etp_base ADD COLUMN sureness text;
ALTER TABLE reference.aide_au_poste ADD COLUMN accompaniment_eur numeric, ADD COLUMN sureness text;
ALTER TABLE reference.barrier ADD COLUMN sureness text;
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY '{etp_base,aide_au_poste,barrier}'::text[] LOOP
    CALL ops.guard('reference', name);  -- the rule names every column
    CALL ops.show_as_of('reference', name, NULL);
  END LOOP;
END $$;

CREATE VIEW measure.contracts WITH (security_invoker = true) AS
SELECT c.cooperation_id, c.import_id, c.source_line, c.contract, c.pathway, p.participant, p.employer, p.kind,
  c.kind AS contract_kind, c.weekly_hours, c.renewal, c.ended_on - c.started_on + 1 AS length_days,
  c.started_on, c.ended_on
FROM as_of.contract c JOIN as_of.pathway p USING (cooperation_id, pathway);

CREATE VIEW measure.supports WITH (security_invoker = true) AS
SELECT s.cooperation_id, s.import_id, s.source_line, s.support, s.pathway, p.participant, p.kind, s.hours, s.topic,
  s.by, s.held_on
FROM as_of.support s JOIN as_of.pathway p USING (cooperation_id, pathway);

CREATE VIEW measure.barrier_assessments WITH (security_invoker = true) AS
SELECT b.cooperation_id, b.import_id, b.source_line, b.pathway, p.participant, p.kind, b.barrier, b.moment, b.level,
  b.accompanied, b.assessed_on
FROM as_of.barrier_assessment b JOIN as_of.pathway p USING (cooperation_id, pathway);

-- What became of a barrier between entry and exit, on the scale of 1 (none) to 5 (worst): lifted when it is at
-- least one level better, worse when at least one level worse, not assessed when either side is missing
-- (a practitioners' rule: no official one exists). Counted on the day of the exit.
CREATE FUNCTION measure.barrier_change(entry_level int, exit_level int) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE
    WHEN entry_level IS NULL OR exit_level IS NULL THEN 'not_assessed'
    WHEN exit_level < entry_level THEN 'lifted'
    WHEN exit_level > entry_level THEN 'worse'
    ELSE 'stable' END;

CREATE VIEW measure.barrier_changes WITH (security_invoker = true) AS
SELECT b.cooperation_id, b.import_id, b.source_line, b.pathway, p.participant, p.kind, b.barrier,
  b.entry_level, b.exit_level, measure.barrier_change(b.entry_level, b.exit_level) AS change, x.exited_on
FROM (
  SELECT cooperation_id, pathway, barrier,
    (array_agg(level ORDER BY assessed_on) FILTER (WHERE moment = 'entry'))[1] AS entry_level,
    (array_agg(level ORDER BY assessed_on DESC) FILTER (WHERE moment = 'exit'))[1] AS exit_level,
    -- the assessment the change is told from: the last one
    (array_agg(import_id ORDER BY assessed_on DESC))[1] AS import_id,
    (array_agg(source_line ORDER BY assessed_on DESC))[1] AS source_line
  FROM as_of.barrier_assessment GROUP BY cooperation_id, pathway, barrier
) b
JOIN as_of.exit x USING (cooperation_id, pathway)
JOIN as_of.pathway p USING (cooperation_id, pathway);

-- Published "concerned" is the larger of concerned and accompanied, as the official dashboard does.
CREATE VIEW measure.barrier_counts WITH (security_invoker = true) AS
SELECT cooperation_id, import_id, source_line, barrier, greatest(concerned, accompanied) AS concerned, accompanied,
  quarter
FROM (
  SELECT cooperation_id, import_id, source_line, barrier, concerned,
    -- unknown as soon as one of its parts is
    internal + external + "both" AS accompanied, ops.quarter_start(quarter) AS quarter
  FROM as_of.barrier_count
) c;

CREATE VIEW measure.immersions WITH (security_invoker = true) AS
SELECT i.cooperation_id, i.import_id, i.source_line, i.immersion, i.pathway, p.participant, p.kind, i.object,
  i.ended_on - i.started_on + 1 AS days, i.hours, i.started_on, i.ended_on
FROM as_of.immersion i JOIN as_of.pathway p USING (cooperation_id, pathway);

-- Whether the criteria retained at entry are enough: one of level 1, or the number of level 2 its kind of
-- structure needs. Release from prison is a criterion of level 2 that is never held by person: one short of
-- enough is therefore not known, instead of no.
CREATE FUNCTION measure.is_eligible(level_1 bigint, level_2 bigint, need int) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE
    WHEN level_1 > 0 OR level_2 >= need THEN true
    WHEN level_2 < need - 1 THEN false END;

CREATE VIEW measure.diagnoses WITH (security_invoker = true) AS
SELECT d.cooperation_id, d.import_id, d.source_line, d.pathway, p.participant, p.kind, d.by, d.level_1, d.level_2,
  measure.is_eligible(d.level_1, d.level_2, n.level_2) AS eligible, p.started_on - d.assessed_on AS days_before,
  d.assessed_on
FROM (
  SELECT e.cooperation_id, e.pathway, min(e.by) AS by, min(e.assessed_on) AS assessed_on,
    count(*) FILTER (WHERE c.level = 1) AS level_1, count(*) FILTER (WHERE c.level = 2) AS level_2,
    (array_agg(e.import_id ORDER BY e.criterion))[1] AS import_id,
    (array_agg(e.source_line ORDER BY e.criterion))[1] AS source_line
  FROM as_of.eligibility e
  LEFT JOIN LATERAL (
    SELECT c.level FROM as_of.criterion c
    WHERE c.code = e.criterion AND c.valid_from <= e.assessed_on ORDER BY c.valid_from DESC LIMIT 1) c ON true
  GROUP BY e.cooperation_id, e.pathway
) d
JOIN as_of.pathway p USING (cooperation_id, pathway)
LEFT JOIN LATERAL (
  SELECT n.level_2 FROM as_of.criterion_need n
  WHERE n.kind = p.kind AND n.valid_from <= d.assessed_on ORDER BY n.valid_from DESC LIMIT 1) n ON true;

-- Last day of a PASS IAE: its length, counted from its first day, and what suspensions and prolongations add.
-- A suspension pushes the end by (its end - its start), and so does a prolongation; the end is never before
-- the last day of a prolongation that was granted.
CREATE FUNCTION measure.pass_end(
  started_on date, duration_days int, suspension_days bigint, prolongation_days bigint, prolonged_to date
) RETURNS date
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN greatest(
    started_on + duration_days - 1 + coalesce(suspension_days, 0)::int + coalesce(prolongation_days, 0)::int,
    prolonged_to);

CREATE VIEW measure.passes WITH (security_invoker = true) AS
SELECT p.cooperation_id, p.import_id, p.source_line, p.participant, s.days AS days_suspended, l.days AS days_prolonged,
  p.started_on, measure.pass_end(p.started_on, r.value, s.days, l.days, l.last_day) AS ended_on
FROM as_of.pass_iae p
LEFT JOIN LATERAL (
  SELECT r.value FROM as_of.pass_iae_rule r
  WHERE r.name = 'duration_days' AND r.valid_from <= p.started_on ORDER BY r.valid_from DESC LIMIT 1) r ON true
LEFT JOIN (
  SELECT cooperation_id, participant, pass_started_on AS started_on, sum(ended_on - started_on) AS days
  FROM as_of.pass_iae_suspension GROUP BY 1, 2, 3) s USING (cooperation_id, participant, started_on)
LEFT JOIN (
  SELECT cooperation_id, participant, pass_started_on AS started_on, sum(ended_on - started_on) AS days,
    max(ended_on) AS last_day
  FROM as_of.pass_iae_prolongation GROUP BY 1, 2, 3) l USING (cooperation_id, participant, started_on);

-- An annex with what the official formulas make of it (pilotage of the IAE). Months count both ends; the share
-- of the department is 0 when the total is, as there.
CREATE VIEW measure.conventions WITH (security_invoker = true) AS
SELECT c.*, c.etp_posts * c.months / 12 AS etp_annual, c.etp_posts * c.unit_amount_eur / 12 * c.months AS aid_eur,
  c.etp_posts * c.department_share * c.months / 12 AS department_etp,
  c.etp_posts * (1 - c.department_share) * c.months / 12 AS state_etp
FROM (
  SELECT cooperation_id, import_id, source_line, convention, organisation, kind, status, etp_posts, unit_amount_eur,
    (date_part('year', ended_on) - date_part('year', started_on))::int * 12
      + (date_part('month', ended_on) - date_part('month', started_on))::int + 1 AS months,
    CASE WHEN total_eur = 0 THEN 0 ELSE cofinanced_eur / total_eur END AS department_share, started_on, ended_on
  FROM as_of.convention
) c;

CREATE OR REPLACE VIEW measure.commitments WITH (security_invoker = true) AS
SELECT cooperation_id, import_id, source_line, ops.quarter_start(quarter) AS quarter, organisation, kind,
  quantity, unit, value_eur, method, people
FROM as_of.commitment;

CREATE OR REPLACE VIEW measure.contributions WITH (security_invoker = true) AS
SELECT cooperation_id, import_id, source_line, delivered_on, organisation, kind, quantity, unit, value_eur, method,
  people, capped_value_eur, market_value_eur
FROM as_of.contribution;

-- What partners promised for a quarter and delivered in it. A side without a row is empty: nothing was promised,
-- or nothing has been delivered; a value is empty as soon as one of its rows is not valued.
CREATE VIEW measure.pledges WITH (security_invoker = true) AS
SELECT cooperation_id, coalesce(c.import_id, d.import_id) AS import_id,
  coalesce(c.source_line, d.source_line) AS source_line, organisation, kind, unit, quarter, c.promised, c.promised_eur,
  d.delivered, d.delivered_eur, d.deliveries
FROM (
  SELECT cooperation_id, organisation, kind, unit, quarter, min(import_id) AS import_id,
    min(source_line) AS source_line, sum(quantity) AS promised,
    CASE WHEN bool_and(value_eur IS NOT NULL) THEN sum(value_eur) END AS promised_eur
  FROM measure.commitments GROUP BY 1, 2, 3, 4, 5) c
FULL JOIN (
  SELECT cooperation_id, organisation, kind, unit, date_trunc('quarter', delivered_on)::date AS quarter,
    (array_agg(import_id ORDER BY delivered_on, source_line))[1] AS import_id,
    (array_agg(source_line ORDER BY delivered_on, source_line))[1] AS source_line,
    sum(quantity) AS delivered, CASE WHEN bool_and(value_eur IS NOT NULL) THEN sum(value_eur) END AS delivered_eur,
    count(*) AS deliveries
  FROM measure.contributions GROUP BY 1, 2, 3, 4, 5) d
USING (cooperation_id, organisation, kind, unit, quarter);

-- The name an organisation bore on a day: its dated name of then, else the name it is known by.
CREATE FUNCTION measure.name_of(cooperation text, organisation text, day date) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(
  (SELECT n.name FROM as_of.organisation_name n
   WHERE n.cooperation_id = cooperation AND n.organisation = name_of.organisation AND n.valid @> day
   ORDER BY n.started_on DESC LIMIT 1),
  (SELECT o.name FROM as_of.organisation o
   WHERE o.cooperation_id = cooperation AND o.organisation = name_of.organisation));

CALL measure.show_person();
