-- Support, immersions and barriers.
-- Of a quarter and a part: hours and cases of support and of immersions, the barriers of who entered and of who left.
CREATE TEMP TABLE helped AS
SELECT s.cooperation_id, pg_temp.q(s.held_on) AS q, s.hours, s.topic, s.by, p.participant, coalesce(p.sex, 'unknown') AS sex,
  coalesce(measure.age_group(p.birth_year, s.held_on), 'unknown') AS age_group, coalesce(a.present > 0, false) AS at_work
FROM fact.support s JOIN path p USING (cooperation_id, pathway)
LEFT JOIN pathway_quarter a ON a.cooperation_id = s.cooperation_id AND a.pathway = s.pathway AND a.q = pg_temp.q(s.held_on)
WHERE s.batch_to = :never;
CREATE TEMP TABLE helped_part AS
SELECT cooperation_id, q, CASE WHEN topic IS NOT NULL THEN 'topic' WHEN h.by IS NOT NULL THEN 'by' WHEN sex IS NOT NULL THEN 'sex'
    WHEN age_group IS NOT NULL THEN 'age_group' ELSE '' END AS field, coalesce(topic, h.by, sex, age_group, '') AS part,
  sum(hours) AS hours, count(*)::int AS n
FROM helped h WHERE q <= 39 GROUP BY cooperation_id, q, GROUPING SETS ((), topic, h.by, sex, age_group);
CREATE TEMP TABLE immersed AS
SELECT i.cooperation_id, pg_temp.q(i.started_on) AS q, i.object, i.ended_on - i.started_on + 1 AS days, p.participant, coalesce(p.sex, 'unknown') AS sex,
  coalesce(measure.age_group(p.birth_year, i.started_on), 'unknown') AS age_group, coalesce(p.rsa::text, 'unknown') AS rsa,
  coalesce(p.rqth::text, 'unknown') AS rqth, coalesce(a.present > 0, false) AS at_work
FROM fact.immersion i JOIN path p USING (cooperation_id, pathway)
LEFT JOIN pathway_quarter a ON a.cooperation_id = i.cooperation_id AND a.pathway = i.pathway AND a.q = pg_temp.q(i.started_on)
WHERE i.batch_to = :never;
CREATE TEMP TABLE immersed_part AS
SELECT cooperation_id, q, CASE WHEN object IS NOT NULL THEN 'object' WHEN sex IS NOT NULL THEN 'sex' WHEN age_group IS NOT NULL THEN 'age_group'
    WHEN rsa IS NOT NULL THEN 'rsa' WHEN rqth IS NOT NULL THEN 'rqth' ELSE '' END AS field, coalesce(object, sex, age_group, rsa, rqth, '') AS part,
  sum(days)::int AS days, count(*)::int AS n
FROM immersed WHERE q <= 39 GROUP BY cooperation_id, q, GROUPING SETS ((), object, sex, age_group, rsa, rqth);

CREATE TEMP TABLE assessed AS
SELECT b.cooperation_id, b.pathway, p.participant, b.barrier, b.moment, b.level, b.accompanied, b.assessed_on, coalesce(p.sex, 'unknown') AS sex,
  p.birth_year, p.left_at
FROM fact.barrier_assessment b JOIN path p USING (cooperation_id, pathway) WHERE b.batch_to = :never;
CREATE TEMP TABLE barred_part AS
SELECT cooperation_id, q, CASE WHEN barrier IS NOT NULL THEN 'barrier' WHEN sex IS NOT NULL THEN 'sex' WHEN age_group IS NOT NULL THEN 'age_group' ELSE '' END AS field,
  coalesce(barrier, sex, age_group, '') AS part, sum(n)::int AS n, sum(told)::int AS told, sum(accompanied)::int AS accompanied
FROM (
  SELECT cooperation_id, pg_temp.q(assessed_on) AS q, barrier, sex, coalesce(measure.age_group(birth_year, assessed_on), 'unknown') AS age_group,
    count(*) AS n, count(accompanied) AS told, count(*) FILTER (WHERE accompanied <> 'none') AS accompanied
  FROM assessed WHERE moment = 'entry' AND level >= 2 GROUP BY 1, 2, 3, 4, 5) b
GROUP BY cooperation_id, q, GROUPING SETS ((), barrier, sex, age_group);
-- The first level at entry, the last at exit, of who has left.
CREATE TEMP TABLE changed_part AS
SELECT cooperation_id, q, CASE WHEN barrier IS NOT NULL THEN 'barrier' WHEN sex IS NOT NULL THEN 'sex' ELSE '' END AS field,
  coalesce(barrier, sex, '') AS part, (count(*) FILTER (WHERE known))::int AS known, (count(*) FILTER (WHERE worse))::int AS worse,
  (count(*) FILTER (WHERE barred))::int AS barred, (count(*) FILTER (WHERE barred AND known))::int AS barred_known,
  (count(*) FILTER (WHERE barred AND last_level < first_level))::int AS lifted, (count(*) FILTER (WHERE barred AND NOT known))::int AS untold
FROM (
  SELECT *, first_level >= 2 AS barred, first_level IS NOT NULL AND last_level IS NOT NULL AS known, last_level > first_level AS worse
  FROM (SELECT cooperation_id, left_at AS q, pathway, barrier, sex, (min(ARRAY[assessed_on - date '1990-01-01', level]) FILTER (WHERE moment = 'entry'))[2] AS first_level,
          (max(ARRAY[assessed_on - date '1990-01-01', level]) FILTER (WHERE moment = 'exit'))[2] AS last_level
        FROM assessed WHERE left_at <= 39 GROUP BY 1, 2, 3, 4, 5) l) c
GROUP BY cooperation_id, q, GROUPING SETS ((), barrier, sex);
-- Distinct people of a rolling year, from the windows each is seen in, everyone and by sex.
CREATE TEMP TABLE reached AS
SELECT cooperation_id, q, coalesce(sex, '') AS part, (sum(sign) FILTER (WHERE what = 'helped'))::int AS helped,
  (sum(sign) FILTER (WHERE what = 'helped at work'))::int AS helped_at_work, (sum(sign) FILTER (WHERE what = 'immersed at work'))::int AS immersed,
  (sum(sign) FILTER (WHERE what = 'asked'))::int AS asked, (sum(sign) FILTER (WHERE what = 'barred'))::int AS barred
FROM (
  SELECT what, cooperation_id, sex, g.q, (((mask >> g.q) & 1) - ((mask << 1 >> g.q) & 1))::int AS sign
  FROM (
    SELECT 'helped' AS what, cooperation_id, participant, sex, bit_or(15::bigint << q) AS mask FROM helped WHERE q <= 39 GROUP BY 2, 3, 4
    UNION ALL SELECT 'helped at work', cooperation_id, participant, sex, bit_or(15::bigint << q) FROM helped WHERE q <= 39 AND at_work GROUP BY 2, 3, 4
    UNION ALL SELECT 'immersed at work', cooperation_id, participant, sex, bit_or(15::bigint << q) FROM immersed WHERE q <= 39 AND at_work GROUP BY 2, 3, 4
    UNION ALL SELECT what, cooperation_id, participant, sex, mask
    FROM (SELECT cooperation_id, participant, sex, bit_or(15::bigint << pg_temp.q(assessed_on)) AS asked,
            bit_or(15::bigint << pg_temp.q(assessed_on)) FILTER (WHERE level >= 2) AS barred
          FROM assessed WHERE moment = 'entry' GROUP BY 1, 2, 3) a
    CROSS JOIN LATERAL (VALUES ('asked', asked), ('barred', barred)) AS w(what, mask)) m
  JOIN generate_series(0, 39) AS g(q) ON ((mask # (mask << 1)) >> g.q) & 1 = 1
) s GROUP BY GROUPING SETS ((1, 2), (1, 2, sex));
ANALYZE helped_part (cooperation_id, q, field), immersed_part (cooperation_id, q, field), barred_part (cooperation_id, q, field),
  changed_part (cooperation_id, q, field), reached (cooperation_id, q);

-- Shares of people and hours a person, everyone and by sex.
INSERT INTO floor_result
SELECT cooperation_id, i.indicator, quarter, CASE part WHEN '' THEN '' ELSE 'sex' END, part, i.numerator::float8 / i.denominator::float8,
  i.numerator, i.denominator, i.n
FROM (
  SELECT g.*, k.part, sum(s.change) OVER since AS served, sum(a.present) OVER year AS n_present, sum(r.helped) OVER since AS helped,
    sum(r.helped_at_work) OVER since AS helped_at_work,
    sum(r.immersed) OVER since AS immersed, sum(r.asked) OVER since AS asked, sum(r.barred) OVER since AS barred,
    sum(h.hours) OVER year AS hours, sum(h.n) OVER year AS n_hours
  FROM grid g CROSS JOIN (VALUES (''), ('F'), ('M'), ('unknown')) AS k(part)
  LEFT JOIN (SELECT * FROM served WHERE field IN ('', 'sex')) s USING (cooperation_id, q, part)
  LEFT JOIN (SELECT cooperation_id, q, part, present FROM activity_in_part WHERE field = 'sex'
             UNION ALL SELECT cooperation_id, q, '', present FROM activity) a USING (cooperation_id, q, part)
  LEFT JOIN reached r USING (cooperation_id, q, part)
  LEFT JOIN (SELECT * FROM helped_part WHERE field IN ('', 'sex')) h USING (cooperation_id, q, part)
  WINDOW year AS (PARTITION BY g.cooperation_id, k.part ORDER BY g.q ROWS 3 PRECEDING),
    since AS (PARTITION BY g.cooperation_id, k.part ORDER BY g.q)
) w CROSS JOIN LATERAL (VALUES
  ('support-access-rate', helped_at_work, served, served, helped_at_work > 0 AND served > 0),
  ('support-hours-per-person', hours, helped, n_hours, helped > 0),
  ('immersion-access-rate', immersed, served, served, immersed > 0 AND served > 0),
  ('people-with-barriers-share', coalesce(barred, 0), asked, asked, asked > 0)
) AS i(indicator, numerator, denominator, n, told) WHERE i.told AND q >= 3;

-- Sums of the quarter, and of a year: each cell counts in four windows.
INSERT INTO floor_result
SELECT h.cooperation_id, 'support-hours', g.quarter, h.field, h.part, h.hours, NULL::float8, NULL::float8, h.n
FROM helped_part h JOIN grid g USING (cooperation_id, q)
UNION ALL
SELECT cooperation_id, i.indicator, quarter, field, part, i.value, NULL, NULL, n
FROM (SELECT g.cooperation_id, g.quarter, i.field, i.part, sum(i.days) AS days, sum(i.n) AS n
      FROM immersed_part i CROSS JOIN generate_series(0, 3) AS l(later)
      JOIN grid g ON g.cooperation_id = i.cooperation_id AND g.q = i.q + l.later AND g.q >= 3 GROUP BY 1, 2, 3, 4) s
CROSS JOIN LATERAL (VALUES ('immersions', n, true), ('immersion-days', days, field IN ('', 'object'))) AS i(indicator, value, told) WHERE i.told;

INSERT INTO floor_result
SELECT cooperation_id, i.indicator, quarter, field, part, CASE WHEN i.denominator IS NULL THEN i.numerator ELSE i.numerator::float8 / i.denominator END,
  CASE WHEN i.denominator IS NOT NULL THEN i.numerator END, i.denominator, coalesce(i.denominator, i.numerator)
FROM (
  SELECT g.cooperation_id, g.quarter, b.field, b.part, sum(n) AS n, sum(told) AS told, sum(accompanied) AS accompanied
  FROM barred_part b CROSS JOIN generate_series(0, 3) AS l(later)
  JOIN grid g ON g.cooperation_id = b.cooperation_id AND g.q = b.q + l.later AND g.q >= 3 GROUP BY 1, 2, 3, 4
) b CROSS JOIN LATERAL (VALUES ('barriers-concerned', n, NULL, n > 0),
  ('barriers-accompanied-rate', accompanied, told, told > 0 AND field <> 'age_group')) AS i(indicator, numerator, denominator, told)
WHERE i.told
UNION ALL
SELECT cooperation_id, i.indicator, quarter, field, part, i.numerator::float8 / i.denominator, i.numerator, i.denominator, i.denominator
FROM (
  SELECT g.cooperation_id, g.quarter, c.field, c.part, sum(known) AS known, sum(worse) AS worse, sum(barred) AS barred,
    sum(barred_known) AS barred_known, sum(lifted) AS lifted, sum(untold) AS untold
  FROM changed_part c CROSS JOIN generate_series(0, 3) AS l(later)
  JOIN grid g ON g.cooperation_id = c.cooperation_id AND g.q = c.q + l.later AND g.q >= 3 GROUP BY 1, 2, 3, 4
) c CROSS JOIN LATERAL (VALUES ('barriers-lifted-rate', lifted, barred_known, barred_known > 0), ('barriers-worsened-rate', worse, known, known > 0),
  ('barriers-not-assessed-rate', untold, barred, barred > 0 AND field <> 'sex')) AS i(indicator, numerator, denominator, told)
WHERE i.told;

-- Barriers that only come as counts.
INSERT INTO floor_result
SELECT cooperation_id, i.indicator, quarter, '', '', i.value, i.numerator, i.denominator, i.n
FROM (
  SELECT g.*, b.concerned, b.n, sum(b.accompanied) OVER year AS accompanied, sum(b.told) OVER year AS told, sum(b.n_told) OVER year AS n_told
  FROM grid g LEFT JOIN (
    SELECT cooperation_id, pg_temp.q(ops.quarter_start(quarter)) AS q, sum(greatest(concerned, helped)) AS concerned, count(*) AS n, sum(helped) AS accompanied,
      sum(greatest(concerned, helped)) FILTER (WHERE helped IS NOT NULL) AS told, count(helped) AS n_told
    FROM (SELECT *, internal + "external" + "both" AS helped FROM fact.barrier_count WHERE batch_to = :never) b GROUP BY 1, 2) b USING (cooperation_id, q)
  WINDOW year AS (PARTITION BY g.cooperation_id, g.q / 4 ORDER BY g.q)
) b CROSS JOIN LATERAL (VALUES ('counted-barriers', concerned::float8, NULL::float8, NULL::float8, n),
  ('counted-barriers-accompaniment-rate', accompanied::float8 / nullif(told, 0), accompanied, told, n_told)) AS i(indicator, value, numerator, denominator, n)
WHERE i.value IS NOT NULL;
