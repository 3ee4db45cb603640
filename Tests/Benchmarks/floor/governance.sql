-- Meetings.

INSERT INTO floor_result
WITH wide AS (
  SELECT g.*,
    o.value AS meetings, o.n AS n_meetings
  FROM grid g
  LEFT JOIN (SELECT * FROM seen WHERE name = 'steering_meetings') o USING (cooperation_id, q)
)
SELECT cooperation_id, i.indicator, quarter, '', '',
  CASE WHEN i.denominator IS NULL THEN i.numerator ELSE i.numerator::float8 / i.denominator::float8 END,
  CASE WHEN i.denominator IS NOT NULL THEN i.numerator END, i.denominator, i.n
FROM wide w CROSS JOIN LATERAL (VALUES
  ('steering-meetings', meetings, NULL::numeric, n_meetings, meetings IS NOT NULL)
) AS i(indicator, numerator, denominator, n, told) WHERE i.told;
