-- Whom the cooperation serves, and what it teaches them.
-- Bits: quarters 0 to 39. A person seen in a quarter is seen in the four rolling years it belongs to.
CREATE FUNCTION pg_temp.years(seen bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN seen | (seen << 1) | (seen << 2) | (seen << 3);
-- The quarters before a year.
CREATE FUNCTION pg_temp.before(year int) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (1::bigint << CASE WHEN year <= 2016 THEN 0 WHEN year >= 2026 THEN 40 ELSE 4 * (year - 2016) END) - 1;
-- 1 where a run of bits begins, -1 just after its end.
CREATE FUNCTION pg_temp.change(years bigint, q int) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN ((years >> q) & 1)::int - (((years << 1) >> q) & 1)::int;

-- Who begins or ceases to be served in the year that ends with a quarter, and in which group of age.
CREATE TEMP TABLE profile_change AS
SELECT p.*, g.q, pg_temp.change(served, g.q) AS n, pg_temp.change(young, g.q) AS n_young, pg_temp.change(senior, g.q) AS n_senior,
  pg_temp.change(fse_young, g.q) AS n_fse_young, pg_temp.change(fse_senior, g.q) AS n_fse_senior
FROM (
  SELECT m.cooperation_id, coalesce(m.sex, 'unknown') AS sex, coalesce(m.rsa::text, 'unknown') AS rsa, m.ass, m.aah,
    coalesce(m.rqth::text, 'unknown') AS rqth, m.qpv, m.zrr, m.registration, m.schooling, m.birth_year, s.first, s.last,
    pg_temp.years(s.seen) AS served, pg_temp.years(s.seen & pg_temp.before(m.birth_year + 26)) AS young,
    pg_temp.years(s.seen & ~pg_temp.before(m.birth_year + 50)) AS senior,
    pg_temp.years(CASE WHEN m.birth_year IS NOT NULL THEN coalesce(s.fse_young, 0) END) AS fse_young,
    pg_temp.years(CASE WHEN m.birth_year IS NOT NULL THEN coalesce(s.fse_senior, 0) END) AS fse_senior
  FROM (SELECT cooperation_id, participant, bit_or(1::bigint << q) AS seen, min(q) AS first, max(q) AS last,
          bit_or(1::bigint << q) FILTER (WHERE fse_age BETWEEN 18 AND 29) AS fse_young,
          bit_or(1::bigint << q) FILTER (WHERE fse_age >= 55) AS fse_senior
        FROM person_quarter WHERE present > 0 GROUP BY 1, 2) s
  JOIN fact.participant m ON m.cooperation_id = s.cooperation_id AND m.participant = s.participant AND m.batch_to = :never
  OFFSET 0 -- so that bits are set once a person, not once a quarter
) p
CROSS JOIN LATERAL generate_series(first, least(last + 4, 39)) AS g(q)
WHERE (((served # (served << 1)) | coalesce((young # (young << 1)) | (senior # (senior << 1)) | (fse_young # (fse_young << 1))
  | (fse_senior # (fse_senior << 1)), 0)) >> g.q) & 1 = 1;

-- Changes of a quarter: of everyone (whole = 1) and by sex.
CREATE TEMP TABLE profile AS
SELECT cooperation_id, q, CASE WHEN grouping(sex) = 1 THEN '' ELSE sex END AS part, sum(n)::int AS n,
  sum(n) FILTER (WHERE sex = 'F')::int AS women, sum(n) FILTER (WHERE sex <> 'unknown')::int AS sex,
  sum(on_rsa)::int AS on_rsa, sum(rsa)::int AS rsa, sum(on_ass)::int AS on_ass, sum(ass)::int AS ass, sum(on_aah)::int AS on_aah,
  sum(aah)::int AS aah, sum(with_rqth)::int AS with_rqth, sum(rqth)::int AS rqth, sum(in_qpv)::int AS in_qpv, sum(qpv)::int AS qpv,
  sum(in_zrr)::int AS in_zrr, sum(zrr)::int AS zrr, sum(deld)::int AS deld, sum(detld)::int AS detld,
  sum(registration)::int AS registration, sum(low)::int AS low, sum(no_diploma)::int AS no_diploma,
  sum(schooling)::int AS schooling, sum(young)::int AS young, sum(senior)::int AS senior, sum(fse_young)::int AS fse_young,
  sum(fse_senior)::int AS fse_senior, sum(age)::int AS age
FROM (
  SELECT cooperation_id, q, sex, sum(n) AS n,
    sum(n) FILTER (WHERE rsa = 'true') AS on_rsa, sum(n) FILTER (WHERE rsa <> 'unknown') AS rsa,
    sum(n) FILTER (WHERE ass) AS on_ass, sum(n) FILTER (WHERE ass IS NOT NULL) AS ass,
    sum(n) FILTER (WHERE aah) AS on_aah, sum(n) FILTER (WHERE aah IS NOT NULL) AS aah,
    sum(n) FILTER (WHERE rqth = 'true') AS with_rqth, sum(n) FILTER (WHERE rqth <> 'unknown') AS rqth,
    sum(n) FILTER (WHERE qpv) AS in_qpv, sum(n) FILTER (WHERE qpv IS NOT NULL) AS qpv,
    sum(n) FILTER (WHERE zrr) AS in_zrr, sum(n) FILTER (WHERE zrr IS NOT NULL) AS zrr,
    sum(n) FILTER (WHERE registration = '12_23') AS deld, sum(n) FILTER (WHERE registration = '24_plus') AS detld,
    sum(n) FILTER (WHERE registration IS NOT NULL) AS registration,
    sum(n) FILTER (WHERE schooling IN (0, 1, 50, 51, 60, 70)) AS low,
    sum(n) FILTER (WHERE schooling IN (0, 1, 50, 60, 70)) AS no_diploma, sum(n) FILTER (WHERE schooling IS NOT NULL) AS schooling,
    sum(n_young) AS young, sum(n_senior) AS senior, sum(n_fse_young) AS fse_young, sum(n_fse_senior) AS fse_senior,
    sum(n) FILTER (WHERE birth_year IS NOT NULL) AS age
  FROM profile_change GROUP BY 1, 2, 3) s
GROUP BY GROUPING SETS ((1, 2), (1, 2, s.sex));

-- Trainings of a quarter: all of them, and by one field after another.
CREATE TEMP TABLE training AS
SELECT t.cooperation_id, pg_temp.q(t.started_on) AS q, p.participant, t.topic, coalesce(p.sex, 'unknown') AS sex,
  coalesce(p.rsa::text, 'unknown') AS rsa, coalesce(p.rqth::text, 'unknown') AS rqth,
  coalesce(measure.age_group(p.birth_year, t.started_on), 'unknown') AS age_group, t.hours, t.certified,
  coalesce(a.present > 0, false) AS at_work
FROM fact.training t JOIN path p USING (cooperation_id, pathway)
LEFT JOIN pathway_quarter a ON a.cooperation_id = t.cooperation_id AND a.pathway = t.pathway AND a.q = pg_temp.q(t.started_on)
WHERE t.batch_to = :never;
CREATE TEMP TABLE trained AS
SELECT cooperation_id, q, CASE grouping(topic, sex, age_group) WHEN 7 THEN '' WHEN 3 THEN 'topic' WHEN 5 THEN 'sex' ELSE 'age_group' END
    AS field,
  coalesce(topic, sex, age_group, '') AS part, sum(hours) AS hours, count(*)::int AS n,
  count(*) FILTER (WHERE certified)::int AS certified, count(certified)::int AS told
FROM training GROUP BY GROUPING SETS ((1, 2), (1, 2, topic), (1, 2, sex), (1, 2, age_group));
-- Who begins or ceases to be trained in the year that ends with a quarter, at all and in a quarter worked.
CREATE TEMP TABLE people_trained AS
SELECT cooperation_id, q, CASE grouping(sex, rsa, rqth) WHEN 7 THEN '' WHEN 3 THEN 'sex' WHEN 5 THEN 'rsa' ELSE 'rqth' END AS field,
  coalesce(sex, rsa, rqth, '') AS part, sum(pg_temp.change(years, q))::int AS n, sum(pg_temp.change(at_work, q))::int AS n_at_work
FROM (SELECT cooperation_id, participant, sex, rsa, rqth, pg_temp.years(bit_or(1::bigint << q)) AS years, min(q) AS first, max(q) AS last,
        pg_temp.years(coalesce(bit_or(1::bigint << q) FILTER (WHERE at_work), 0)) AS at_work
      FROM training GROUP BY 1, 2, 3, 4, 5 OFFSET 0) p
CROSS JOIN LATERAL generate_series(first, least(last + 4, 39)) AS g(q)
WHERE (((years # (years << 1)) | (at_work # (at_work << 1))) >> q) & 1 = 1
GROUP BY GROUPING SETS ((1, 2), (1, 2, sex), (1, 2, rsa), (1, 2, rqth));

-- Diagnoses of eligibility, each on its first day; criteria and needs have one version, unknown before it.
CREATE TEMP TABLE diagnosed AS
SELECT cooperation_id, q, CASE WHEN grouping(sex) = 1 THEN '' ELSE sex END AS part, count(*)::int AS n,
  count(*) FILTER (WHERE level_1 > 0)::int AS level_1, count(*) FILTER (WHERE young)::int AS young,
  count(*) FILTER (WHERE senior)::int AS senior, count(*) FILTER (WHERE eligible)::int AS eligible, count(eligible)::int AS judged
FROM (
  SELECT d.cooperation_id, pg_temp.q(d.assessed_on) AS q, coalesce(p.sex, 'unknown') AS sex, d.level_1, d.young, d.senior,
    measure.is_eligible(d.level_1, d.level_2, n.level_2) AS eligible
  FROM (SELECT e.cooperation_id, e.pathway, min(e.assessed_on) AS assessed_on, count(*) FILTER (WHERE c.level = 1) AS level_1,
          count(*) FILTER (WHERE c.level = 2) AS level_2, bool_or(e.criterion = 'JEUNE') AS young,
          bool_or(e.criterion = 'SENIOR') AS senior
        FROM fact.eligibility e
        LEFT JOIN reference.criterion c ON c.code = e.criterion AND c.batch_to = :never AND c.valid_from <= e.assessed_on
        WHERE e.batch_to = :never GROUP BY 1, 2) d
  JOIN path p USING (cooperation_id, pathway)
  LEFT JOIN reference.criterion_need n ON n.kind = p.kind AND n.batch_to = :never AND n.valid_from <= d.assessed_on
) d GROUP BY GROUPING SETS ((1, 2), (1, 2, sex));

CREATE TEMP TABLE entered AS
SELECT cooperation_id, entered AS q, count(*)::int AS n,
  sum(num_nulls(sex, birth_year, rsa, ass, aah, rqth, qpv, zrr, registration, schooling))::int AS unknown
FROM path GROUP BY 1, 2;
-- Rows of an hour or more, by sex.
CREATE TEMP TABLE present_by_sex AS
SELECT cooperation_id, q, CASE WHEN grouping(sex) = 1 THEN '' ELSE coalesce(sex, 'unknown') END AS part, sum(present)::int AS n
FROM person_quarter GROUP BY GROUPING SETS ((1, 2), (1, 2, sex));
ANALYZE profile (cooperation_id, q, part), trained (cooperation_id, q, field, part), people_trained (cooperation_id, q, field, part),
  diagnosed (cooperation_id, q, part), entered (cooperation_id, q), present_by_sex (cooperation_id, q, part);

-- Grids of parts are joined by all of their key at once: the planner would merge on some of it, many to many.
SET enable_mergejoin = off;
-- Everyone and by sex: sums of four quarters, and changes added up.
INSERT INTO floor_result
WITH part AS (SELECT DISTINCT cooperation_id, part FROM profile UNION SELECT DISTINCT cooperation_id, part FROM diagnosed),
wide AS (
  SELECT g.cooperation_id, g.q, g.quarter, g.siae, k.part,
    sum(s.n) OVER since AS served, sum(s.women) OVER since AS women, sum(s.sex) OVER since AS sex,
    sum(s.on_rsa) OVER since AS on_rsa, sum(s.rsa) OVER since AS rsa, sum(s.on_ass) OVER since AS on_ass,
    sum(s.ass) OVER since AS ass, sum(s.on_aah) OVER since AS on_aah, sum(s.aah) OVER since AS aah,
    sum(s.with_rqth) OVER since AS with_rqth, sum(s.rqth) OVER since AS rqth, sum(s.in_qpv) OVER since AS in_qpv,
    sum(s.qpv) OVER since AS qpv, sum(s.in_zrr) OVER since AS in_zrr, sum(s.zrr) OVER since AS zrr,
    sum(s.deld) OVER since AS deld, sum(s.detld) OVER since AS detld, sum(s.registration) OVER since AS registration,
    sum(s.low) OVER since AS low, sum(s.no_diploma) OVER since AS no_diploma, sum(s.schooling) OVER since AS schooling,
    sum(s.young) OVER since AS young, sum(s.senior) OVER since AS senior, sum(s.fse_young) OVER since AS fse_young,
    sum(s.fse_senior) OVER since AS fse_senior, sum(s.age) OVER since AS age,
    sum(a.n) OVER year AS rows, sum(t.hours) OVER year AS hours, sum(t.certified) OVER year AS certified,
    sum(t.told) OVER year AS told, sum(pt.n_at_work) OVER since AS trained,
    sum(d.n) OVER year AS diagnoses, sum(d.level_1) OVER year AS level_1, sum(d.young) OVER year AS young_criterion,
    sum(d.senior) OVER year AS senior_criterion, sum(d.eligible) OVER year AS eligible, sum(d.judged) OVER year AS judged
  FROM grid g JOIN part k USING (cooperation_id)
  LEFT JOIN profile s USING (cooperation_id, q, part) LEFT JOIN present_by_sex a USING (cooperation_id, q, part)
  LEFT JOIN (SELECT * FROM trained WHERE field IN ('', 'sex')) t USING (cooperation_id, q, part)
  LEFT JOIN (SELECT * FROM people_trained WHERE field IN ('', 'sex')) pt USING (cooperation_id, q, part)
  LEFT JOIN diagnosed d USING (cooperation_id, q, part)
  WINDOW year AS (PARTITION BY g.cooperation_id, k.part ORDER BY g.q ROWS 3 PRECEDING),
    since AS (PARTITION BY g.cooperation_id, k.part ORDER BY g.q)
)
SELECT cooperation_id, i.indicator, quarter, CASE part WHEN '' THEN '' ELSE 'sex' END, part,
  i.numerator / i.denominator, i.numerator, i.denominator, i.n
FROM wide w CROSS JOIN LATERAL (VALUES
  ('women-share', CASE part WHEN '' THEN coalesce(women, 0) END, sex::float8, sex), ('rsa-share', coalesce(on_rsa, 0), rsa, rsa),
  ('ass-share', coalesce(on_ass, 0), ass, ass), ('aah-share', coalesce(on_aah, 0), aah, aah),
  ('rqth-share', coalesce(with_rqth, 0), rqth, rqth), ('qpv-share', coalesce(in_qpv, 0), qpv, qpv),
  ('zrr-share', coalesce(in_zrr, 0), zrr, zrr), ('deld-share', coalesce(deld, 0), registration, registration),
  ('detld-share', coalesce(detld, 0), registration, registration),
  ('long-term-unemployed-share', coalesce(deld, 0) + coalesce(detld, 0), registration, registration),
  ('low-schooling-share', coalesce(low, 0), schooling, schooling), ('no-diploma-share', coalesce(no_diploma, 0), schooling, schooling),
  ('youth-share', coalesce(young, 0), age, age), ('senior-share', coalesce(senior, 0), age, age),
  ('fse-youth-share', coalesce(fse_young, 0), age, age), ('fse-senior-share', coalesce(fse_senior, 0), age, age),
  ('training-hours-per-person', coalesce(hours, 0)::float8, served, rows), ('training-access-rate', coalesce(trained, 0), served, served),
  ('certified-training-share', coalesce(certified, 0), told, told),
  ('level-1-share', CASE WHEN siae THEN level_1 END, diagnoses, diagnoses),
  ('young-criterion-share', CASE WHEN siae THEN young_criterion END, diagnoses, diagnoses),
  ('senior-criterion-share', CASE WHEN siae THEN senior_criterion END, diagnoses, diagnoses),
  ('eligibility-share', CASE WHEN siae AND part = '' THEN eligible END, judged, judged)
) AS i(indicator, numerator, denominator, n) WHERE q >= 3 AND i.denominator > 0 AND i.numerator IS NOT NULL;

-- Women by answer.
INSERT INTO floor_result
WITH women AS (
  SELECT cooperation_id, q, CASE grouping(rsa, rqth) WHEN 1 THEN 'rsa' ELSE 'rqth' END AS field, coalesce(rsa, rqth) AS part,
    sum(n) FILTER (WHERE sex = 'F')::int AS women, sum(n)::int AS known
  FROM profile_change WHERE sex <> 'unknown' GROUP BY GROUPING SETS ((1, 2, rsa), (1, 2, rqth))
),
wide AS (
  SELECT g.cooperation_id, g.q, g.quarter, k.field, k.part, sum(women) OVER since AS women, sum(known) OVER since AS known
  FROM grid g JOIN (SELECT DISTINCT cooperation_id, field, part FROM women) k USING (cooperation_id)
  LEFT JOIN women w USING (cooperation_id, q, field, part)
  WINDOW since AS (PARTITION BY g.cooperation_id, k.field, k.part ORDER BY g.q)
)
SELECT cooperation_id, 'women-share', quarter, field, part, coalesce(women, 0)::float8 / known, coalesce(women, 0), known, known
FROM wide WHERE q >= 3 AND known > 0;

-- People trained, in all and by answer.
INSERT INTO floor_result
SELECT cooperation_id, 'people-trained', quarter, field, part, n, NULL, NULL, n FROM (
  SELECT g.cooperation_id, g.q, g.quarter, k.field, k.part, coalesce(sum(t.n) OVER since, 0) AS n
  FROM grid g JOIN (SELECT DISTINCT cooperation_id, field, part FROM people_trained) k USING (cooperation_id)
  LEFT JOIN people_trained t USING (cooperation_id, q, field, part)
  WINDOW since AS (PARTITION BY g.cooperation_id, k.field, k.part ORDER BY g.q)) t
WHERE q >= 3 AND (n > 0 OR field = '');

-- Trainings by topic, of which certified.
INSERT INTO floor_result
SELECT cooperation_id, 'certified-training-share', quarter, 'topic', part, certified::float8 / told, certified, told, told FROM (
  SELECT g.cooperation_id, g.q, g.quarter, k.part, sum(t.certified) OVER year AS certified, sum(t.told) OVER year AS told
  FROM grid g JOIN (SELECT DISTINCT cooperation_id, part FROM trained WHERE field = 'topic') k USING (cooperation_id)
  LEFT JOIN (SELECT * FROM trained WHERE field = 'topic') t USING (cooperation_id, q, part)
  WINDOW year AS (PARTITION BY g.cooperation_id, k.part ORDER BY g.q ROWS 3 PRECEDING)) t
WHERE q >= 3 AND told > 0;

-- Hours of training of the quarter.
INSERT INTO floor_result
SELECT g.cooperation_id, 'training-hours', g.quarter, coalesce(t.field, ''), coalesce(t.part, ''), coalesce(t.hours, 0), NULL, NULL,
  coalesce(t.n, 0)
FROM grid g LEFT JOIN trained t USING (cooperation_id, q);

INSERT INTO floor_result
SELECT cooperation_id, 'unknown-answers-share', quarter, '', '', unknown::float8 / (10 * n), unknown, 10 * n, n FROM (
  SELECT g.cooperation_id, g.q, g.quarter, sum(e.n) OVER year AS n, sum(e.unknown) OVER year AS unknown
  FROM grid g LEFT JOIN entered e USING (cooperation_id, q)
  WINDOW year AS (PARTITION BY g.cooperation_id ORDER BY g.q ROWS 3 PRECEDING)) e
WHERE q >= 3 AND n > 0;
