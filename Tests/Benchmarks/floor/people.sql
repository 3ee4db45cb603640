-- People served and their training.
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
ANALYZE trained;

INSERT INTO floor_result
WITH wide AS (
  SELECT g.*,
    -- distinct people: changes added up
    sum(p.served) OVER since AS served, sum(p.women) OVER since AS women, sum(p.sex) OVER since AS sex,
    sum(p.on_rsa) OVER since AS on_rsa, sum(p.rsa) OVER since AS rsa, sum(p.with_rqth) OVER since AS with_rqth,
    sum(p.rqth) OVER since AS rqth, sum(p.in_qpv) OVER since AS in_qpv, sum(p.qpv) OVER since AS qpv,
    sum(p.detld) OVER since AS detld, sum(p.registration) OVER since AS registration, sum(p.age) OVER since AS age,
    sum(p.young) OVER since AS young, sum(p.senior) OVER since AS senior,
    sum(a.present) OVER year AS n_present, sum(a.n_sex) OVER year AS n_sex, sum(a.n_rsa) OVER year AS n_rsa,
    sum(a.n_rqth) OVER year AS n_rqth, sum(a.n_qpv) OVER year AS n_qpv, sum(a.n_registration) OVER year AS n_registration,
    sum(a.n_age) OVER year AS n_age,
    sum(t.hours) OVER year AS training_hours, sum(t.people) OVER since AS trained
  FROM grid g
  LEFT JOIN activity a USING (cooperation_id, q) LEFT JOIN people p USING (cooperation_id, q) LEFT JOIN trained t USING (cooperation_id, q)
  WINDOW year AS (PARTITION BY g.cooperation_id ORDER BY g.q ROWS 3 PRECEDING),
    since AS (PARTITION BY g.cooperation_id ORDER BY g.q)
)
SELECT cooperation_id, i.indicator, quarter, '', '',
  CASE WHEN i.denominator IS NULL THEN i.numerator ELSE i.numerator::float8 / i.denominator::float8 END,
  CASE WHEN i.denominator IS NOT NULL THEN i.numerator END, i.denominator, i.n
FROM wide w CROSS JOIN LATERAL (VALUES
  ('women-share', coalesce(women, 0), sex, sex, sex > 0),
  ('rsa-share', coalesce(on_rsa, 0), rsa, rsa, rsa > 0),
  ('rqth-share', coalesce(with_rqth, 0), rqth, rqth, rqth > 0),
  ('detld-share', coalesce(detld, 0), registration, registration, registration > 0),
  ('qpv-share', coalesce(in_qpv, 0), qpv, qpv, qpv > 0),
  ('senior-share', coalesce(senior, 0), age, age, age > 0),
  ('youth-share', coalesce(young, 0), age, age, age > 0),
  ('training-hours-per-person', coalesce(training_hours, 0), served, n_present, served > 0),
  ('training-access-rate', coalesce(trained, 0), served, n_present, served > 0)
) AS i(indicator, numerator, denominator, n, told) WHERE i.told;
