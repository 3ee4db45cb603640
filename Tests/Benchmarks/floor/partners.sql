-- What partners promise and deliver.
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
ANALYZE given, promised;

INSERT INTO floor_result
WITH wide AS (
  SELECT g.*,
    gv.value AS delivered, gv.n AS n_delivered, gv.hours AS sponsored, gv.n_hours, gv.turnover AS entrusted,
    gv.n_turnover AS n_entrusted, gv.jobs, gv.n_jobs, sum(gv.value) OVER year AS delivered_y, sum(gv.n) OVER year AS n_delivered_y,
    pr.value AS promised, pr.n AS n_promised, sum(pr.value) OVER year AS promised_y, sum(pr.n) OVER year AS n_promised_y
  FROM grid g
  LEFT JOIN (SELECT * FROM given WHERE k = 1 AND o = 1) gv USING (cooperation_id, q)
  LEFT JOIN (SELECT * FROM promised WHERE k = 1 AND o = 1) pr USING (cooperation_id, q)
  WINDOW year AS (PARTITION BY g.cooperation_id ORDER BY g.q ROWS 3 PRECEDING)
)
SELECT cooperation_id, i.indicator, quarter, '', '',
  CASE WHEN i.denominator IS NULL THEN i.numerator ELSE i.numerator::float8 / i.denominator::float8 END,
  CASE WHEN i.denominator IS NOT NULL THEN i.numerator END, i.denominator, i.n
FROM wide w CROSS JOIN LATERAL (VALUES
  ('contributions-promised', coalesce(promised, 0), NULL, coalesce(n_promised, 0), promised IS NOT NULL OR coalesce(n_promised, 0) = 0),
  ('contributions-delivered', coalesce(delivered, 0), NULL, coalesce(n_delivered, 0), delivered IS NOT NULL OR coalesce(n_delivered, 0) = 0),
  ('contributions-delivery-rate', coalesce(delivered_y, 0), promised_y, n_promised_y, promised_y > 0 AND (delivered_y IS NOT NULL OR coalesce(n_delivered_y, 0) = 0)),
  ('sponsored-hours', coalesce(sponsored, 0), NULL, coalesce(n_hours, 0), true),
  ('entrusted-turnover', coalesce(entrusted, 0), NULL, coalesce(n_entrusted, 0), true),
  ('jobs-offered', coalesce(jobs, 0), NULL, coalesce(n_jobs, 0), true)
) AS i(indicator, numerator, denominator, n, told) WHERE i.told;

INSERT INTO floor_result
SELECT g.cooperation_id, 'contributions-delivered', g.quarter, CASE k WHEN 0 THEN 'kind' ELSE 'organisation' END,
  coalesce(t.kind, organisation), value, NULL, NULL, n FROM given t JOIN grid g USING (cooperation_id, q) WHERE k + o = 1 AND value IS NOT NULL;

INSERT INTO floor_result
SELECT g.cooperation_id, 'contributions-promised', g.quarter, CASE k WHEN 0 THEN 'kind' ELSE 'organisation' END,
  coalesce(t.kind, organisation), value, NULL, NULL, n FROM promised t JOIN grid g USING (cooperation_id, q) WHERE k + o = 1 AND value IS NOT NULL;
