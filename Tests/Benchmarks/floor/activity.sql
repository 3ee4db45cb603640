-- Hours and posts.
CREATE TEMP TABLE posts AS
SELECT c.cooperation_id, a.q, sum(c.etp_posts) AS posts, count(*) AS n
FROM (SELECT cooperation_id, employer, kind, q, bit_or(months) AS months FROM person_quarter GROUP BY 1, 2, 3, 4) a
CROSS JOIN generate_series(0, 2) AS m
JOIN fact.convention c ON c.cooperation_id = a.cooperation_id AND c.organisation = a.employer AND c.kind = a.kind
  AND c.batch_to = :never
  AND make_date(2016 + a.q / 4, a.q % 4 * 3 + m + 1, 1) BETWEEN date_trunc('month', c.started_on) AND c.ended_on
WHERE (a.months >> m) & 1 = 1 GROUP BY 1, 2;
ANALYZE posts;

INSERT INTO floor_result
WITH wide AS (
  SELECT g.*,
    a.worked, a.absent, a.theoretical, a.n AS n_activity, a.etp, a.etp_monthly, a.n_siae, po.posts, po.n AS n_posts
  FROM grid g
  LEFT JOIN activity a USING (cooperation_id, q) LEFT JOIN posts po USING (cooperation_id, q)
)
SELECT cooperation_id, i.indicator, quarter, '', '',
  CASE WHEN i.denominator IS NULL THEN i.numerator ELSE i.numerator::float8 / i.denominator::float8 END,
  CASE WHEN i.denominator IS NOT NULL THEN i.numerator END, i.denominator, i.n
FROM wide w CROSS JOIN LATERAL (VALUES
  ('hours-worked', worked, NULL, n_activity, true),
  ('etp-annual', etp, NULL, n_siae, siae AND etp IS NOT NULL),
  ('etp-realisation-rate', etp_monthly, posts, n_posts, siae AND posts > 0 AND etp IS NOT NULL),
  ('absenteeism-rate', absent, theoretical, n_activity, theoretical > 0)
) AS i(indicator, numerator, denominator, n, told) WHERE i.told;
