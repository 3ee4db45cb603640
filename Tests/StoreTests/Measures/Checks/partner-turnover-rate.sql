-- Someone who was a partner for a day in a quarter of the year, and is none on the last day of a quarter nor after it.
SELECT q.cooperation_id, q.quarter, count(DISTINCT p.organisation) FILTER (WHERE EXISTS (
    SELECT FROM quarter_ends t
    WHERE t.last_day BETWEEN q.rolling_day AND q.last_day AND t.last_day >= p.started_on AND p.ended_on > t.last_day - interval '3 months'
      AND p.ended_on <= t.last_day AND NOT EXISTS (
        SELECT FROM partnership o WHERE o.cooperation_id = p.cooperation_id AND o.organisation = p.organisation
          AND o.started_on <= (t.last_day + interval '3 months')::date AND (o.ended_on IS NULL OR o.ended_on > t.last_day)
          AND o.started_on <= q.cut)
  )) AS numerator, count(DISTINCT p.organisation) AS denominator
FROM quarters q
LEFT JOIN partnership p ON p.cooperation_id = q.cooperation_id AND p.started_on <= q.last_day
  AND (p.ended_on IS NULL OR p.ended_on >= q.rolling_day)
GROUP BY 1, 2
