SELECT q.cooperation_id, q.quarter,
  count(*) FILTER (WHERE (m.cooperation_id, m.month) IN (SELECT w.cooperation_id, w.month FROM worked w)
    AND (m.cooperation_id, m.month) IN (SELECT f.cooperation_id, f.month FROM finance_line f)) AS numerator, count(m.month) AS denominator
FROM quarters q
LEFT JOIN (
  SELECT c.cooperation_id, s.month::date AS month
  FROM cooperation c
  JOIN (SELECT cooperation_id, min(month) AS first_month FROM worked GROUP BY 1) f USING (cooperation_id)
  CROSS JOIN LATERAL generate_series(f.first_month::timestamp, timestamp '2100-01-01', interval '1 month') AS s(month)
  WHERE s.month <= coalesce(c.ended_on, '2100-01-01')) m
  ON m.cooperation_id = q.cooperation_id AND m.month BETWEEN q.rolling_day AND q.last_day
GROUP BY 1, 2
