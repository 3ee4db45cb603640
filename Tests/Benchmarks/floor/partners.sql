-- What partners promise and deliver. entrusted-turnover-share stands in economy.sql, with the turnover it is a share of.
CREATE TEMP TABLE pledge AS
SELECT cooperation_id, q, organisation, kind, unit, b.quantity, b.value, b.n, b.valued, p.promised, p.promised_value, p.n_promised
FROM (SELECT cooperation_id, pg_temp.q(delivered_on) AS q, organisation, kind, unit, sum(quantity) AS quantity,
        sum(value_eur) AS value, count(*)::int AS n, count(value_eur)::int AS valued
      FROM fact.contribution WHERE batch_to = :never GROUP BY 1, 2, 3, 4, 5) b
FULL JOIN (SELECT cooperation_id, (left(quarter, 4)::int - 2016) * 4 + right(quarter, 1)::int - 1 AS q, organisation, kind, unit,
             sum(quantity) AS promised, sum(value_eur) AS promised_value, count(*)::int AS n_promised
           FROM fact.commitment WHERE batch_to = :never GROUP BY 1, 2, 3, 4, 5) p
USING (cooperation_id, q, organisation, kind, unit);

-- By quarter: all of them, by kind and by organisation. A value is unknown where rows there are have none.
CREATE TEMP TABLE partner AS
SELECT cooperation_id, q, CASE grouping(kind, organisation) WHEN 3 THEN '' WHEN 1 THEN 'kind' ELSE 'organisation' END AS field,
  coalesce(kind, organisation, '') AS part, sum(n)::int AS n, sum(valued)::int AS valued, sum(value) AS value,
  sum(n_promised)::int AS n_promised, sum(promised_value) AS promised,
  count(*) FILTER (WHERE coalesce(quantity, 0) >= promised)::int AS kept, count(promised)::int AS judged,
  sum(value) FILTER (WHERE kind = 'entrusted_turnover') AS entrusted,
  sum(n) FILTER (WHERE kind = 'entrusted_turnover')::int AS n_entrusted,
  sum(quantity) FILTER (WHERE kind = 'job_offer' AND unit = 'people') AS jobs,
  sum(n) FILTER (WHERE kind = 'job_offer' AND unit = 'people')::int AS n_jobs,
  sum(promised) FILTER (WHERE kind = 'job_offer' AND unit = 'people') AS jobs_promised,
  sum(n_promised) FILTER (WHERE kind = 'job_offer' AND unit = 'people')::int AS n_jobs_promised,
  sum(quantity) FILTER (WHERE kind = 'skills_sponsorship' AND unit = 'hours') AS sponsored,
  sum(n) FILTER (WHERE kind = 'skills_sponsorship' AND unit = 'hours')::int AS n_sponsored,
  sum(quantity) FILTER (WHERE kind = 'skills_volunteering' AND unit = 'hours') AS volunteered,
  sum(n) FILTER (WHERE kind = 'skills_volunteering' AND unit = 'hours')::int AS n_volunteered,
  sum(quantity) FILTER (WHERE kind = 'social_expertise' AND unit = 'hours') AS expertise,
  sum(n) FILTER (WHERE kind = 'social_expertise' AND unit = 'hours')::int AS n_expertise,
  sum(quantity) FILTER (WHERE kind = 'secondment' AND unit = 'etp_months') AS seconded,
  sum(n) FILTER (WHERE kind = 'secondment' AND unit = 'etp_months')::int AS n_seconded
FROM pledge GROUP BY GROUPING SETS ((1, 2), (1, 2, kind), (1, 2, organisation));
ANALYZE partner (cooperation_id, q, field, part);

-- Of the quarter: a part is told where it delivered, or promised, something.
INSERT INTO floor_result
SELECT g.cooperation_id, i.indicator, g.quarter, coalesce(field, ''), coalesce(part, ''), i.value, NULL, NULL, coalesce(i.n, 0)
FROM grid g LEFT JOIN partner p USING (cooperation_id, q) CROSS JOIN LATERAL (VALUES
  ('contributions-count', n::float8, n, true), ('contributions-delivered', value, n, true),
  ('entrusted-turnover', entrusted, n_entrusted, false), ('jobs-offered', jobs, n_jobs, false),
  ('sponsored-hours', sponsored, n_sponsored, false), ('volunteering-hours', volunteered, n_volunteered, false),
  ('social-expertise-hours', expertise, n_expertise, false), ('secondment-months', seconded, n_seconded, false)
) AS d(indicator, value, n, by_kind)
CROSS JOIN LATERAL (SELECT d.indicator, coalesce(d.value, CASE WHEN coalesce(d.n, 0) = 0 THEN 0 END) AS value, d.n) i
WHERE i.value IS NOT NULL AND (coalesce(field, '') = '' OR p.n > 0 AND (d.by_kind OR field = 'organisation'));

INSERT INTO floor_result
SELECT g.cooperation_id, 'contributions-promised', g.quarter, coalesce(field, ''), coalesce(part, ''),
  coalesce(promised, CASE WHEN coalesce(n_promised, 0) = 0 THEN 0 END), NULL, NULL, coalesce(n_promised, 0)
FROM grid g LEFT JOIN partner p USING (cooperation_id, q)
WHERE (coalesce(field, '') = '' OR n_promised > 0) AND (promised IS NOT NULL OR coalesce(n_promised, 0) = 0);

-- Of four quarters.
INSERT INTO floor_result
WITH wide AS (
  SELECT g.cooperation_id, g.q, g.quarter, k.field, k.part, sum(n) OVER year AS n, sum(valued) OVER year AS valued,
    sum(value) OVER year AS value, sum(n_promised) OVER year AS n_promised, sum(promised) OVER year AS promised,
    sum(kept) OVER year AS kept, sum(judged) OVER year AS judged, sum(jobs) OVER year AS jobs,
    sum(jobs_promised) OVER year AS jobs_promised, sum(n_jobs_promised) OVER year AS n_jobs_promised
  FROM grid g JOIN (SELECT DISTINCT cooperation_id, field, part FROM partner) k USING (cooperation_id)
  LEFT JOIN partner p USING (cooperation_id, q, field, part)
  WINDOW year AS (PARTITION BY g.cooperation_id, k.field, k.part ORDER BY g.q ROWS 3 PRECEDING)
)
SELECT cooperation_id, i.indicator, quarter, field, part, i.numerator / i.denominator, i.numerator, i.denominator, i.n
FROM wide w CROSS JOIN LATERAL (VALUES
  ('contributions-delivery-rate', coalesce(value, CASE WHEN coalesce(n, 0) = 0 THEN 0 END)::float8, promised::float8, n_promised),
  ('contributions-valued-share', valued, n, n), ('promises-kept-rate', kept, judged, judged),
  ('job-offer-delivery-rate', CASE WHEN field <> 'kind' THEN coalesce(jobs, 0) END, jobs_promised, n_jobs_promised)
) AS i(indicator, numerator, denominator, n) WHERE q >= 3 AND i.denominator > 0 AND i.numerator IS NOT NULL;
