-- The floor of `compute`: the numbers of the indicators of indicators.txt, by hand. One session; each table read once and reduced
-- before anything is joined to it; windows from sums by quarter; distinct people from sets of quarters, as bits.
-- It knows what a general program cannot: that these facts were never corrected, that quarters are 40 and begin
-- in 2016T1, that a base of hours begins with a quarter and did not change, that every month has activity.
--   psql -v cut=2026-01-15 -f floor.sql
SET work_mem = '256MB';
SET max_parallel_workers_per_gather = 2;
SET jit = off;
\set never 9223372036854775807
CREATE FUNCTION pg_temp.q(day date) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (date_part('year', day)::int - 2016) * 4 + date_part('quarter', day)::int - 1;

-- Activity by pathway and quarter, with the months in it as bits.
CREATE TEMP TABLE pathway_quarter AS
SELECT cooperation_id, pathway, pg_temp.q(month) AS q, sum(hours_worked) AS worked, sum(hours_absent) AS absent,
  sum(hours_worked + hours_absent) AS theoretical, count(*) AS n, count(*) FILTER (WHERE hours_worked >= 1) AS present,
  bit_or(1 << ((date_part('month', month)::int - 1) % 3)) FILTER (WHERE hours_worked >= 1) AS present_months
FROM fact.monthly_activity WHERE batch_to = :never GROUP BY 1, 2, 3;
ANALYZE pathway_quarter;

CREATE TEMP TABLE path AS
SELECT p.cooperation_id, p.pathway, p.participant, p.kind, p.employer, p.started_on, pg_temp.q(p.started_on) AS entered,
  e.exited_on, pg_temp.q(e.exited_on) AS left_at, e.motif, e.next_employer,
  count(*) OVER (PARTITION BY p.cooperation_id, p.participant) > 1 AS returns, m.sex, m.birth_year, m.rsa, m.ass, m.aah, m.rqth,
  m.qpv, m.zrr, m.registration, m.schooling
FROM fact.pathway p
LEFT JOIN fact.participant m ON m.cooperation_id = p.cooperation_id AND m.participant = p.participant AND m.batch_to = :never
LEFT JOIN fact.exit e ON e.cooperation_id = p.cooperation_id AND e.pathway = p.pathway AND e.batch_to = :never
WHERE p.batch_to = :never;
ANALYZE path;

CREATE TEMP TABLE person_quarter AS
SELECT a.*, p.participant, p.returns, p.kind, p.employer, p.sex, p.rsa, p.rqth, p.qpv, p.registration, p.birth_year,
  measure.age_group(p.birth_year, make_date(2016 + a.q / 4, 1, 1)) AS age_group
FROM pathway_quarter a JOIN path p USING (cooperation_id, pathway);
ANALYZE person_quarter;

CREATE TEMP TABLE grid AS
SELECT cooperation_id, kind, kind IN ('EI', 'ETTI', 'ACI', 'AI', 'EITI') AS siae, q,
  format('%sT%s', 2016 + q / 4, q % 4 + 1) AS quarter
FROM fact.cooperation, generate_series(0, 39) AS q WHERE batch_to = :never;

CREATE TEMP TABLE activity AS
SELECT cooperation_id, q, sum(worked) AS worked, sum(absent) AS absent, sum(theoretical) AS theoretical, sum(n) AS n,
  sum(present) AS present, sum(present) FILTER (WHERE sex IS NOT NULL) AS n_sex,
  sum(present) FILTER (WHERE rsa IS NOT NULL) AS n_rsa, sum(present) FILTER (WHERE rqth IS NOT NULL) AS n_rqth,
  sum(present) FILTER (WHERE qpv IS NOT NULL) AS n_qpv,
  sum(present) FILTER (WHERE registration IS NOT NULL) AS n_registration,
  sum(present) FILTER (WHERE birth_year IS NOT NULL) AS n_age,
  sum(worked / b.hours) FILTER (WHERE measure.is_siae(a.kind)) AS etp,
  sum(worked / b.hours * 12) FILTER (WHERE measure.is_siae(a.kind)) AS etp_monthly,
  sum(n) FILTER (WHERE measure.is_siae(a.kind)) AS n_siae
FROM person_quarter a LEFT JOIN reference.etp_base b ON b.kind = a.kind AND b.batch_to = :never
  AND make_date(2016 + a.q / 4, a.q % 4 * 3 + 1, 1) >= b.valid_from GROUP BY 1, 2;

-- Distinct people of a rolling year: in which windows each is seen, then where that begins and ends.
CREATE TEMP TABLE people AS
SELECT cooperation_id, q,
  sum(sign) FILTER (WHERE bit = 0) AS served, sum(sign) FILTER (WHERE bit = 0 AND sex = 'F') AS women,
  sum(sign) FILTER (WHERE bit = 0 AND sex IS NOT NULL) AS sex, sum(sign) FILTER (WHERE bit = 0 AND rsa) AS on_rsa,
  sum(sign) FILTER (WHERE bit = 0 AND rsa IS NOT NULL) AS rsa, sum(sign) FILTER (WHERE bit = 0 AND rqth) AS with_rqth,
  sum(sign) FILTER (WHERE bit = 0 AND rqth IS NOT NULL) AS rqth, sum(sign) FILTER (WHERE bit = 0 AND qpv) AS in_qpv,
  sum(sign) FILTER (WHERE bit = 0 AND qpv IS NOT NULL) AS qpv,
  sum(sign) FILTER (WHERE bit = 0 AND registration = '24_plus') AS detld,
  sum(sign) FILTER (WHERE bit = 0 AND registration IS NOT NULL) AS registration,
  sum(sign) FILTER (WHERE bit = 0 AND birth_year IS NOT NULL) AS age,
  sum(sign) FILTER (WHERE bit = 1) AS young, sum(sign) FILTER (WHERE bit = 2) AS senior
FROM (
  SELECT p.*, s.bit, g.q, ((s.mask >> g.q) & 1) - ((s.mask << 1 >> g.q) & 1) AS sign
  FROM (
    SELECT cooperation_id, participant, sex, rsa, rqth, qpv, registration, birth_year,
      bit_or(15::bigint << q) AS all_of, bit_or(15::bigint << q) FILTER (WHERE age_group = 'under_26') AS young,
      bit_or(15::bigint << q) FILTER (WHERE age_group = '50_plus') AS senior
    FROM person_quarter WHERE present > 0 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
  ) p
  CROSS JOIN LATERAL (VALUES (0, all_of), (1, young), (2, senior)) AS s(bit, mask)
  JOIN generate_series(0, 39) AS g(q) ON ((s.mask # (s.mask << 1)) >> g.q) & 1 = 1
) change GROUP BY 1, 2;

CREATE TEMP TABLE seen AS
SELECT cooperation_id, pg_temp.q(month) AS q, name, sum(value) AS value, count(*) AS n
FROM fact.observation WHERE batch_to = :never GROUP BY 1, 2, 3;
ANALYZE grid, activity, people, seen;

SET client_min_messages = warning;
DROP TABLE IF EXISTS floor_result;
CREATE UNLOGGED TABLE floor_result (cooperation_id text, indicator text, quarter text, part_field text, part_value text,
  value float8, numerator float8, denominator float8, n int);
\ir floor/exits.sql
\ir floor/activity.sql
\ir floor/support.sql
\ir floor/people.sql
\ir floor/partners.sql
\ir floor/economy.sql
\ir floor/governance.sql
ALTER TABLE floor_result ADD PRIMARY KEY (cooperation_id, indicator, quarter, part_field, part_value);
