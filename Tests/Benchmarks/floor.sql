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
  bit_or(1 << ((date_part('month', month)::int - 1) % 3)) AS months
FROM fact.monthly_activity WHERE batch_to = :never GROUP BY 1, 2, 3;
ANALYZE pathway_quarter;

CREATE TEMP TABLE path AS
SELECT p.cooperation_id, p.pathway, p.participant, p.kind, p.employer, p.started_on, pg_temp.q(p.started_on) AS entered,
  e.exited_on, pg_temp.q(e.exited_on) AS left_at, e.motif, m.sex, m.birth_year, m.rsa, m.rqth, m.qpv, m.registration
FROM fact.pathway p
LEFT JOIN fact.participant m ON m.cooperation_id = p.cooperation_id AND m.participant = p.participant AND m.batch_to = :never
LEFT JOIN fact.exit e ON e.cooperation_id = p.cooperation_id AND e.pathway = p.pathway AND e.batch_to = :never
WHERE p.batch_to = :never;
ANALYZE path;

CREATE TEMP TABLE person_quarter AS
SELECT a.*, p.participant, p.kind, p.employer, p.sex, p.rsa, p.rqth, p.qpv, p.registration, p.birth_year,
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

CREATE TEMP TABLE posts AS
SELECT c.cooperation_id, a.q, sum(c.etp_posts) AS posts, count(*) AS n
FROM (SELECT cooperation_id, employer, kind, q, bit_or(months) AS months FROM person_quarter GROUP BY 1, 2, 3, 4) a
CROSS JOIN generate_series(0, 2) AS m
JOIN fact.convention c ON c.cooperation_id = a.cooperation_id AND c.organisation = a.employer AND c.kind = a.kind
  AND c.batch_to = :never
  AND make_date(2016 + a.q / 4, a.q % 4 * 3 + m + 1, 1) BETWEEN date_trunc('month', c.started_on) AND c.ended_on
WHERE (a.months >> m) & 1 = 1 GROUP BY 1, 2;

CREATE TEMP TABLE left_path AS
SELECT p.cooperation_id, p.pathway, p.participant, p.left_at AS q, p.exited_on, p.motif, p.motif IS NOT NULL AS documented,
  CASE WHEN p.motif IS NULL THEN 'undocumented' ELSE m.class END AS class, p.exited_on - p.started_on AS length_days,
  measure.is_siae(p.kind) AS siae,
  measure.reached_threshold(p.kind, p.exited_on - p.started_on, coalesce(h.worked, 0)) AS reached
FROM path p
LEFT JOIN reference.exit_motif m ON m.code = p.motif AND m.batch_to = :never
LEFT JOIN (SELECT cooperation_id, pathway, q / 4 AS year, sum(worked) AS worked FROM pathway_quarter GROUP BY 1, 2, 3) h
  ON h.cooperation_id = p.cooperation_id AND h.pathway = p.pathway AND h.year = p.left_at / 4
WHERE p.exited_on IS NOT NULL;
CREATE TEMP TABLE exits AS
SELECT cooperation_id, q, count(*) AS n, count(*) FILTER (WHERE siae AND reached) AS reached_siae,
  count(*) FILTER (WHERE siae AND reached AND documented) AS documented,
  count(*) FILTER (WHERE reached) AS reached, sum(length_days) FILTER (WHERE reached) AS days,
  count(*) FILTER (WHERE ex) AS examined, count(*) FILTER (WHERE ex AND class IN ('durable', 'transition', 'positive')) AS dynamic,
  count(*) FILTER (WHERE ex AND class = 'durable') AS durable, count(*) FILTER (WHERE ex AND class = 'transition') AS transition,
  count(*) FILTER (WHERE ex AND class = 'positive') AS positive, count(*) FILTER (WHERE ex_b) AS examined_b,
  count(*) FILTER (WHERE ex_b AND class IN ('durable', 'transition', 'positive')) AS dynamic_b
FROM (SELECT *, siae AND reached AND documented AND class NOT IN ('withdrawal', 'outside') AS ex,
        siae AND reached AND class NOT IN ('withdrawal', 'outside') AS ex_b FROM left_path) e
GROUP BY 1, 2;

CREATE TEMP TABLE followed AS
SELECT l.cooperation_id, l.q, h.horizon, (l.exited_on + make_interval(months => h.horizon))::date <= :'cut' AS due,
  (l.exited_on + make_interval(months => h.horizon))::date <= :'cut' AND coalesce(f.situation IN ('in_job', 'not_in_job'), false) AS known,
  coalesce(f.situation, 'unknown') AS situation
FROM (SELECT DISTINCT ON (cooperation_id, participant) * FROM left_path
      WHERE siae AND reached AND documented AND class NOT IN ('withdrawal', 'outside') AND motif NOT IN (2, 96)
      ORDER BY cooperation_id, participant, exited_on DESC, pathway) l
CROSS JOIN (VALUES (3), (6), (12)) AS h(horizon)
LEFT JOIN fact.follow_up f ON f.cooperation_id = l.cooperation_id AND f.pathway = l.pathway AND f.horizon = h.horizon
  AND f.batch_to = :never;

CREATE TEMP TABLE trained AS
SELECT cooperation_id, q, sum(n) AS n, sum(hours) AS hours, sum(people) AS people FROM (
  SELECT t.cooperation_id, pg_temp.q(t.started_on) AS q, count(*) AS n, sum(t.hours) AS hours, 0 AS people
  FROM fact.training t WHERE t.batch_to = :never GROUP BY 1, 2
  UNION ALL
  SELECT cooperation_id, g.q, 0, NULL, sum(((mask >> g.q) & 1) - ((mask << 1 >> g.q) & 1))
  FROM (SELECT t.cooperation_id, p.participant, bit_or(15::bigint << pg_temp.q(t.started_on)) AS mask
        FROM fact.training t JOIN path p USING (cooperation_id, pathway) WHERE t.batch_to = :never GROUP BY 1, 2) m
  JOIN generate_series(0, 39) AS g(q) ON ((mask # (mask << 1)) >> g.q) & 1 = 1 GROUP BY 1, 2) t
GROUP BY 1, 2;

CREATE TEMP TABLE moves AS
SELECT cooperation_id, q, sum(entries) AS entries, sum(change) AS change FROM (
  SELECT cooperation_id, entered AS q, count(*) AS entries, count(*) FILTER (WHERE left_at IS NULL OR left_at > entered) AS change
  FROM path GROUP BY 1, 2
  UNION ALL SELECT cooperation_id, left_at, 0, -count(*) FROM path WHERE left_at > entered GROUP BY 1, 2) m GROUP BY 1, 2;
CREATE TEMP TABLE money AS
SELECT cooperation_id, pg_temp.q(month) AS q, sum(amount_eur) FILTER (WHERE category = 'turnover') AS turnover,
  count(*) FILTER (WHERE category = 'turnover') AS n_turnover,
  sum(amount_eur) FILTER (WHERE category IN ('aide_au_poste', 'subsidy')) AS aid,
  count(*) FILTER (WHERE category IN ('aide_au_poste', 'subsidy')) AS n_aid,
  sum(amount_eur) FILTER (WHERE category IN ('turnover', 'aide_au_poste', 'subsidy', 'other_income')) AS income,
  count(*) FILTER (WHERE category IN ('turnover', 'aide_au_poste', 'subsidy', 'other_income')) AS n_income
FROM fact.finance_line WHERE batch_to = :never GROUP BY 1, 2;
CREATE TEMP TABLE tonnes AS
SELECT cooperation_id, pg_temp.q(month) AS q, material, grouping(material) AS whole, sum(tonnes) AS tonnes, count(*) AS n
FROM fact.material_flow WHERE batch_to = :never GROUP BY GROUPING SETS ((1, 2), (1, 2, material));
CREATE TEMP TABLE clauses AS
SELECT cooperation_id, q, sum(hours) AS hours, sum(n) AS n, sum(committed) AS committed, sum(m) AS m FROM (
  SELECT cooperation_id, pg_temp.q(month) AS q, sum(hours) AS hours, count(*) AS n, NULL::numeric AS committed, 0 AS m
  FROM fact.clause_hours WHERE batch_to = :never GROUP BY 1, 2
  UNION ALL
  SELECT cooperation_id, pg_temp.q(month::date), NULL, 0, sum(clause_hours_committed / months), count(*)
  FROM (SELECT *, (date_part('year', ended_on) - date_part('year', started_on)) * 12 + date_part('month', ended_on)
               - date_part('month', started_on) + 1 AS months_f FROM fact.market WHERE batch_to = :never) k
  CROSS JOIN LATERAL (SELECT months_f::numeric AS months) n
  CROSS JOIN LATERAL generate_series(date_trunc('month', started_on::timestamp), ended_on::timestamp, interval '1 month') AS month
  GROUP BY 1, 2) c GROUP BY 1, 2;
CREATE TEMP TABLE seen AS
SELECT cooperation_id, pg_temp.q(month) AS q, name, sum(value) AS value, count(*) AS n
FROM fact.observation WHERE batch_to = :never GROUP BY 1, 2, 3;
CREATE TEMP TABLE given AS
SELECT cooperation_id, pg_temp.q(delivered_on) AS q, kind, organisation, grouping(kind) AS k, grouping(organisation) AS o,
  sum(value_eur) AS value, count(*) AS n,
  sum(quantity) FILTER (WHERE kind = 'skills_sponsorship' AND unit = 'hours') AS hours,
  count(*) FILTER (WHERE kind = 'skills_sponsorship' AND unit = 'hours') AS n_hours,
  sum(value_eur) FILTER (WHERE kind = 'entrusted_turnover') AS turnover, count(*) FILTER (WHERE kind = 'entrusted_turnover') AS n_turnover,
  sum(quantity) FILTER (WHERE kind = 'job_offer' AND unit = 'people') AS jobs,
  count(*) FILTER (WHERE kind = 'job_offer' AND unit = 'people') AS n_jobs
FROM fact.contribution WHERE batch_to = :never GROUP BY GROUPING SETS ((1, 2), (1, 2, kind), (1, 2, organisation));
CREATE TEMP TABLE promised AS
SELECT cooperation_id, pg_temp.q(ops.quarter_start(quarter)) AS q, kind, organisation, grouping(kind) AS k, grouping(organisation) AS o,
  sum(value_eur) AS value, count(*) AS n
FROM fact.commitment WHERE batch_to = :never GROUP BY GROUPING SETS ((1, 2), (1, 2, kind), (1, 2, organisation));

ANALYZE grid, activity, people, posts, left_path, exits, followed, trained, moves, money, tonnes, clauses, seen, given, promised;
SET client_min_messages = warning;
DROP TABLE IF EXISTS floor_result;
CREATE UNLOGGED TABLE floor_result AS
WITH wide AS (
  SELECT g.*, a.worked, a.absent, a.theoretical, a.n AS n_activity, a.etp, a.etp_monthly, a.n_siae, po.posts, po.n AS n_posts,
    -- distinct people: changes added up
    sum(p.served) OVER since AS served, sum(p.women) OVER since AS women, sum(p.sex) OVER since AS sex,
    sum(p.on_rsa) OVER since AS on_rsa, sum(p.rsa) OVER since AS rsa, sum(p.with_rqth) OVER since AS with_rqth,
    sum(p.rqth) OVER since AS rqth, sum(p.in_qpv) OVER since AS in_qpv, sum(p.qpv) OVER since AS qpv,
    sum(p.detld) OVER since AS detld, sum(p.registration) OVER since AS registration, sum(p.age) OVER since AS age,
    sum(p.young) OVER since AS young, sum(p.senior) OVER since AS senior,
    sum(a.present) OVER year AS n_present, sum(a.n_sex) OVER year AS n_sex, sum(a.n_rsa) OVER year AS n_rsa,
    sum(a.n_rqth) OVER year AS n_rqth, sum(a.n_qpv) OVER year AS n_qpv, sum(a.n_registration) OVER year AS n_registration,
    sum(a.n_age) OVER year AS n_age,
    coalesce(e.n, 0) AS exits, coalesce(e.examined, 0) AS examined, coalesce(e.dynamic, 0) AS dynamic,
    coalesce(e.durable, 0) AS durable, coalesce(e.transition, 0) AS transition, coalesce(e.positive, 0) AS positive,
    coalesce(e.examined_b, 0) AS examined_b, coalesce(e.dynamic_b, 0) AS dynamic_b,
    sum(e.n) OVER year AS exits_y, sum(e.examined) OVER year AS examined_y, sum(e.dynamic) OVER year AS dynamic_y,
    sum(e.durable) OVER year AS durable_y, sum(e.reached_siae) OVER year AS reached_siae_y,
    sum(e.documented) OVER year AS documented_y, sum(e.reached) OVER year AS reached_y, sum(e.days) OVER year AS days_y,
    -- of a year of exits that ended six months earlier
    sum(f.n) OVER six_months AS followed, sum(f.due) OVER six_months AS due, sum(f.known) OVER six_months AS known,
    sum(f.in_job) OVER six_months AS in_job,
    coalesce(m.entries, 0) AS entries, sum(m.change) OVER since AS present,
    sum(t.hours) OVER year AS training_hours, sum(t.people) OVER since AS trained,
    mo.turnover, mo.n_turnover, mo.aid, mo.n_aid, sum(mo.turnover) OVER year AS turnover_y, sum(mo.income) OVER year AS income_y,
    sum(mo.n_income) OVER year AS n_income_y,
    sum(c.hours) OVER since AS clause_hours, sum(c.committed) OVER since AS committed, sum(c.m) OVER since AS n_committed,
    o1.value AS workshop, o1.n AS n_workshop, o2.value AS meetings, o2.n AS n_meetings, tn.tonnes, tn.n AS n_tonnes,
    sum(tn.tonnes) OVER since AS tonnes_since, sum(tn.n) OVER since AS n_tonnes_since,
    gv.value AS delivered, gv.n AS n_delivered, gv.hours AS sponsored, gv.n_hours, gv.turnover AS entrusted,
    gv.n_turnover AS n_entrusted, gv.jobs, gv.n_jobs, sum(gv.value) OVER year AS delivered_y, sum(gv.n) OVER year AS n_delivered_y,
    pr.value AS promised, pr.n AS n_promised, sum(pr.value) OVER year AS promised_y, sum(pr.n) OVER year AS n_promised_y
  FROM grid g
  LEFT JOIN activity a USING (cooperation_id, q) LEFT JOIN people p USING (cooperation_id, q)
  LEFT JOIN posts po USING (cooperation_id, q) LEFT JOIN exits e USING (cooperation_id, q)
  LEFT JOIN (SELECT cooperation_id, q, count(*) AS n, count(*) FILTER (WHERE due) AS due, count(*) FILTER (WHERE known) AS known,
               count(*) FILTER (WHERE due AND situation = 'in_job') AS in_job FROM followed WHERE horizon = 6 GROUP BY 1, 2) f USING (cooperation_id, q)
  LEFT JOIN moves m USING (cooperation_id, q) LEFT JOIN trained t USING (cooperation_id, q)
  LEFT JOIN money mo USING (cooperation_id, q) LEFT JOIN clauses c USING (cooperation_id, q)
  LEFT JOIN (SELECT * FROM seen WHERE name = 'esat_workshop_hours') o1 USING (cooperation_id, q)
  LEFT JOIN (SELECT * FROM seen WHERE name = 'steering_meetings') o2 USING (cooperation_id, q)
  LEFT JOIN (SELECT * FROM tonnes WHERE whole = 1) tn USING (cooperation_id, q)
  LEFT JOIN (SELECT * FROM given WHERE k = 1 AND o = 1) gv USING (cooperation_id, q)
  LEFT JOIN (SELECT * FROM promised WHERE k = 1 AND o = 1) pr USING (cooperation_id, q)
  WINDOW year AS (PARTITION BY g.cooperation_id ORDER BY g.q ROWS 3 PRECEDING),
    six_months AS (PARTITION BY g.cooperation_id ORDER BY g.q ROWS BETWEEN 5 PRECEDING AND 2 PRECEDING),
    since AS (PARTITION BY g.cooperation_id ORDER BY g.q)
)
SELECT cooperation_id, i.indicator, quarter, ''::text AS part_field, ''::text AS part_value,
  CASE WHEN i.denominator IS NULL THEN i.numerator ELSE i.numerator::float8 / i.denominator::float8 END::float8 AS value,
  CASE WHEN i.denominator IS NOT NULL THEN i.numerator END::float8 AS numerator, i.denominator::float8 AS denominator,
  i.n::int AS n
FROM wide w CROSS JOIN LATERAL (VALUES
  ('dynamic-exit-rate-rolling-year', coalesce(dynamic_y, 0), coalesce(examined_y, 0), coalesce(examined_y, 0), siae AND examined_y > 0),
  ('durable-exit-rate-rolling-year', coalesce(durable_y, 0), coalesce(examined_y, 0), coalesce(examined_y, 0), siae AND examined_y > 0),
  ('in-job-at-6-months', in_job, known, known, siae AND due > 0 AND known > 0),
  ('entries', entries, NULL, entries, true), ('participants-served', served, NULL, served, true),
  ('participants-present', present, NULL, present, true),
  ('exits', coalesce(exits_y, 0), NULL, coalesce(exits_y, 0), true), ('exits-examined', examined, NULL, examined, siae),
  ('dynamic-exit-rate', dynamic, examined, examined, siae AND examined > 0),
  ('durable-exit-rate', durable, examined, examined, siae AND examined > 0),
  ('transition-exit-rate', transition, examined, examined, siae AND examined > 0),
  ('positive-exit-rate', positive, examined, examined, siae AND examined > 0),
  ('dynamic-exit-rate-b', dynamic_b, examined_b, examined_b, siae AND examined_b > 0),
  ('exit-documentation-rate', documented_y, reached_siae_y, reached_siae_y, siae AND reached_siae_y > 0),
  ('follow-ups-at-6-months', coalesce(followed, 0), NULL, coalesce(followed, 0), siae),
  ('pathway-length', days_y / nullif(reached_y, 0), NULL, reached_y, reached_y > 0),
  ('hours-worked', worked, NULL, n_activity, true), ('etp-annual', etp, NULL, n_siae, siae AND etp IS NOT NULL),
  ('etp-realisation-rate', etp_monthly, posts, n_posts, siae AND posts > 0 AND etp IS NOT NULL),
  ('absenteeism-rate', absent, theoretical, n_activity, theoretical > 0),
  ('women-share', coalesce(women, 0), sex, sex, sex > 0), ('rsa-share', coalesce(on_rsa, 0), rsa, rsa, rsa > 0),
  ('rqth-share', coalesce(with_rqth, 0), rqth, rqth, rqth > 0), ('detld-share', coalesce(detld, 0), registration, registration, registration > 0),
  ('qpv-share', coalesce(in_qpv, 0), qpv, qpv, qpv > 0), ('senior-share', coalesce(senior, 0), age, age, age > 0),
  ('youth-share', coalesce(young, 0), age, age, age > 0),
  ('training-hours-per-person', coalesce(training_hours, 0), served, n_present, served > 0),
  ('training-access-rate', coalesce(trained, 0), served, n_present, served > 0),
  ('contributions-promised', coalesce(promised, 0), NULL, coalesce(n_promised, 0), promised IS NOT NULL OR coalesce(n_promised, 0) = 0),
  ('contributions-delivered', coalesce(delivered, 0), NULL, coalesce(n_delivered, 0), delivered IS NOT NULL OR coalesce(n_delivered, 0) = 0),
  ('contributions-delivery-rate', coalesce(delivered_y, 0), promised_y, n_promised_y,
    promised_y > 0 AND (delivered_y IS NOT NULL OR coalesce(n_delivered_y, 0) = 0)),
  ('sponsored-hours', coalesce(sponsored, 0), NULL, coalesce(n_hours, 0), true),
  ('entrusted-turnover', coalesce(entrusted, 0), NULL, coalesce(n_entrusted, 0), true),
  ('jobs-offered', coalesce(jobs, 0), NULL, coalesce(n_jobs, 0), true),
  ('turnover', turnover, NULL, n_turnover, true), ('self-financing-rate', turnover_y, income_y, n_income_y, income_y > 0),
  ('public-aid', aid, NULL, n_aid, true),
  ('clause-hours-realisation-rate', clause_hours, committed, n_committed, committed > 0),
  ('tonnes-sorted', tonnes, NULL, n_tonnes, tonnes IS NOT NULL), ('tonnes-since-start', tonnes_since, NULL, n_tonnes_since, tonnes_since IS NOT NULL),
  ('esat-workshop-hours', workshop, NULL, n_workshop, workshop IS NOT NULL),
  ('steering-meetings', meetings, NULL, n_meetings, meetings IS NOT NULL)
) AS i(indicator, numerator, denominator, n, told) WHERE i.told
UNION ALL
SELECT g.cooperation_id, 'exits', g.quarter, 'class', e.class, sum(e.n), NULL, NULL, sum(e.n)
FROM (SELECT cooperation_id, q, class, count(*) AS n FROM left_path GROUP BY 1, 2, 3) e
JOIN grid g ON g.cooperation_id = e.cooperation_id AND g.q BETWEEN e.q AND e.q + 3 GROUP BY 1, 3, 5
UNION ALL
SELECT g.cooperation_id, 'follow-ups-at-6-months', g.quarter, 'situation', f.situation, sum(f.n), NULL, NULL, sum(f.n)
FROM (SELECT cooperation_id, q, situation, count(*) FILTER (WHERE horizon = 6) AS n FROM followed GROUP BY 1, 2, 3) f
JOIN grid g ON g.cooperation_id = f.cooperation_id AND g.q BETWEEN f.q + 2 AND f.q + 5 AND g.siae GROUP BY 1, 3, 5
UNION ALL
SELECT g.cooperation_id, 'tonnes-sorted', g.quarter, 'material', t.material, t.tonnes, NULL, NULL, t.n
FROM tonnes t JOIN grid g USING (cooperation_id, q) WHERE t.whole = 0
UNION ALL
SELECT g.cooperation_id, 'contributions-delivered', g.quarter, CASE k WHEN 0 THEN 'kind' ELSE 'organisation' END,
  coalesce(t.kind, organisation), value, NULL, NULL, n FROM given t JOIN grid g USING (cooperation_id, q) WHERE k + o = 1 AND value IS NOT NULL
UNION ALL
SELECT g.cooperation_id, 'contributions-promised', g.quarter, CASE k WHEN 0 THEN 'kind' ELSE 'organisation' END,
  coalesce(t.kind, organisation), value, NULL, NULL, n FROM promised t JOIN grid g USING (cooperation_id, q) WHERE k + o = 1 AND value IS NOT NULL;
ALTER TABLE floor_result ADD PRIMARY KEY (cooperation_id, indicator, quarter, part_field, part_value);
