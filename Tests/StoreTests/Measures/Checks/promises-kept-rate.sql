SELECT q.cooperation_id, q.quarter, count(*) FILTER (WHERE d.quantity >= p.quantity) AS numerator,
  count(p.organisation) AS denominator
FROM quarters q
LEFT JOIN promised p ON p.cooperation_id = q.cooperation_id AND p.first_day BETWEEN q.rolling_day AND q.last_day
LEFT JOIN LATERAL (
  SELECT coalesce(sum(c.quantity), 0) AS quantity FROM contribution c
  WHERE c.cooperation_id = p.cooperation_id AND c.organisation = p.organisation AND c.kind = p.kind AND c.unit = p.unit
    AND c.delivered_on >= p.first_day AND c.delivered_on < p.first_day + interval '3 months') d ON true
GROUP BY 1, 2
