-- Money, tonnes and social clauses.
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
ANALYZE money, tonnes, clauses;

INSERT INTO floor_result
WITH wide AS (
  SELECT g.*,
    mo.turnover, mo.n_turnover, mo.aid, mo.n_aid, sum(mo.turnover) OVER year AS turnover_y, sum(mo.income) OVER year AS income_y,
    sum(mo.n_income) OVER year AS n_income_y,
    sum(c.hours) OVER since AS clause_hours, sum(c.committed) OVER since AS committed, sum(c.m) OVER since AS n_committed,
    o.value AS workshop, o.n AS n_workshop, tn.tonnes, tn.n AS n_tonnes,
    sum(tn.tonnes) OVER since AS tonnes_since, sum(tn.n) OVER since AS n_tonnes_since
  FROM grid g
  LEFT JOIN money mo USING (cooperation_id, q) LEFT JOIN clauses c USING (cooperation_id, q)
  LEFT JOIN (SELECT * FROM seen WHERE name = 'esat_workshop_hours') o USING (cooperation_id, q)
  LEFT JOIN (SELECT * FROM tonnes WHERE whole = 1) tn USING (cooperation_id, q)
  WINDOW year AS (PARTITION BY g.cooperation_id ORDER BY g.q ROWS 3 PRECEDING),
    since AS (PARTITION BY g.cooperation_id ORDER BY g.q)
)
SELECT cooperation_id, i.indicator, quarter, '', '',
  CASE WHEN i.denominator IS NULL THEN i.numerator ELSE i.numerator::float8 / i.denominator::float8 END,
  CASE WHEN i.denominator IS NOT NULL THEN i.numerator END, i.denominator, i.n
FROM wide w CROSS JOIN LATERAL (VALUES
  ('turnover', turnover, NULL, n_turnover, true),
  ('self-financing-rate', turnover_y, income_y, n_income_y, income_y > 0),
  ('public-aid', aid, NULL, n_aid, true),
  ('clause-hours-realisation-rate', clause_hours, committed, n_committed, committed > 0),
  ('tonnes-sorted', tonnes, NULL, n_tonnes, tonnes IS NOT NULL),
  ('tonnes-since-start', tonnes_since, NULL, n_tonnes_since, tonnes_since IS NOT NULL),
  ('esat-workshop-hours', workshop, NULL, n_workshop, workshop IS NOT NULL)
) AS i(indicator, numerator, denominator, n, told) WHERE i.told;

INSERT INTO floor_result
SELECT g.cooperation_id, 'tonnes-sorted', g.quarter, 'material', t.material, t.tonnes, NULL, NULL, t.n
FROM tonnes t JOIN grid g USING (cooperation_id, q) WHERE t.whole = 0;
