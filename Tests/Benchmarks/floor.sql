-- The floor of `compute`: every indicator of the project with all of its parts, by hand. One session; each table is read once (the
-- monthly activity and the participants twice) and reduced before anything is joined to it; windows from sums by quarter; distinct
-- people from sets of quarters, as bits.
-- It knows what a general program cannot: that these facts were never corrected, that quarters are 40 and begin
-- in 2016T1, that a base of hours begins with a quarter and did not change, that every month has activity.
--   psql -v cut=2026-01-15 -f floor.sql
SET work_mem = '256MB';
SET max_parallel_workers_per_gather = 2;
SET jit = off;
-- Tables are joined by two texts, of which the planner thinks each alone tells little: it would sort, or look up row by row.
SET enable_mergejoin = off;
SET enable_nestloop = off;
\set never 9223372036854775807
CREATE FUNCTION pg_temp.q(day date) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (date_part('year', day)::int - 2016) * 4 + date_part('quarter', day)::int - 1;

-- Activity by pathway and quarter, with the months in it as bits.
CREATE TEMP TABLE pathway_quarter AS
SELECT cooperation_id, pathway, pg_temp.q(month) AS q, sum(hours_worked) AS worked, sum(hours_absent) AS absent,
  sum(hours_worked + hours_absent) AS theoretical, count(*)::int AS n, (count(*) FILTER (WHERE hours_worked >= 1))::int AS present,
  bit_or(1 << ((date_part('month', month)::int - 1) % 3)) FILTER (WHERE hours_worked >= 1) AS present_months
FROM fact.monthly_activity WHERE batch_to = :never GROUP BY 1, 2, 3;
ANALYZE pathway_quarter (cooperation_id, pathway, q);

CREATE TEMP TABLE path AS
SELECT p.cooperation_id, p.pathway, p.participant, p.kind, p.employer, p.started_on, pg_temp.q(p.started_on) AS entered,
  e.exited_on, pg_temp.q(e.exited_on) AS left_at, e.motif, e.next_employer,
  count(*) OVER (PARTITION BY p.cooperation_id, p.participant) > 1 AS returns, m.sex, m.birth_year, m.rsa, m.ass, m.aah, m.rqth,
  m.qpv, m.zrr, m.registration, m.schooling
FROM fact.pathway p
LEFT JOIN fact.participant m ON m.cooperation_id = p.cooperation_id AND m.participant = p.participant AND m.batch_to = :never
LEFT JOIN fact.exit e ON e.cooperation_id = p.cooperation_id AND e.pathway = p.pathway AND e.batch_to = :never
WHERE p.batch_to = :never;
ANALYZE path (cooperation_id, pathway, participant);

CREATE TEMP TABLE person_quarter AS
SELECT a.*, p.participant, p.returns, p.kind, p.employer, p.sex, p.rsa, date_part('year', p.started_on)::int - p.birth_year AS fse_age,
  measure.age_group(p.birth_year, make_date(2016 + a.q / 4, 1, 1)) AS age_group
FROM pathway_quarter a JOIN path p USING (cooperation_id, pathway);
ANALYZE person_quarter (cooperation_id, participant, q);

CREATE TEMP TABLE grid AS
SELECT cooperation_id, kind, kind IN ('EI', 'ETTI', 'ACI', 'AI', 'EITI') AS siae, q,
  format('%sT%s', 2016 + q / 4, q % 4 + 1) AS quarter
FROM fact.cooperation, generate_series(0, 39) AS q WHERE batch_to = :never;

-- Hours by employer, sex and age; a year of work of a kind is a number of hours.
CREATE TEMP TABLE activity_cell AS
SELECT a.*, measure.is_siae(a.kind) AS siae, CASE WHEN measure.is_siae(a.kind) THEN a.worked / b.hours END AS etp
FROM (SELECT cooperation_id, q, employer, kind, coalesce(sex, 'unknown') AS sex, coalesce(age_group, 'unknown') AS age_group, sum(worked) AS worked,
        sum(absent) AS absent, sum(theoretical) AS theoretical, sum(n)::int AS n, sum(present)::int AS present
      FROM person_quarter GROUP BY 1, 2, 3, 4, 5, 6) a
LEFT JOIN reference.etp_base b ON b.kind = a.kind AND b.batch_to = :never AND make_date(2016 + a.q / 4, a.q % 4 * 3 + 1, 1) >= b.valid_from;
CREATE TEMP TABLE activity AS
SELECT cooperation_id, q, sum(worked) AS worked, sum(absent) AS absent, sum(theoretical) AS theoretical, sum(n)::int AS n,
  sum(present)::int AS present, sum(etp) AS etp, (sum(n) FILTER (WHERE siae))::int AS n_siae
FROM activity_cell GROUP BY 1, 2;

CREATE TEMP TABLE seen AS
SELECT cooperation_id, pg_temp.q(month) AS q, name, sum(value) AS value, count(*) AS n
FROM fact.observation WHERE batch_to = :never GROUP BY 1, 2, 3;
ANALYZE grid, activity_cell, activity, seen;

SET client_min_messages = warning;
DROP TABLE IF EXISTS floor_result;
CREATE TABLE floor_result (cooperation_id text, indicator text, quarter text, part_field text, part_value text,
  value float8, numerator float8, denominator float8, n int);
\ir floor/exits.sql
\ir floor/activity.sql
\ir floor/support.sql
\ir floor/people.sql
\ir floor/partners.sql
\ir floor/economy.sql
\ir floor/governance.sql
ALTER TABLE floor_result ADD PRIMARY KEY (cooperation_id, indicator, quarter, part_field, part_value);
