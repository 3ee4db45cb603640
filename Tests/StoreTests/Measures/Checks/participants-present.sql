SELECT q.cooperation_id, q.quarter, count(p.pathway) AS value
FROM quarters q
LEFT JOIN pathway p ON p.cooperation_id = q.cooperation_id AND p.started_on <= q.last_day AND NOT EXISTS (
  SELECT FROM exit e WHERE e.cooperation_id = p.cooperation_id AND e.pathway = p.pathway AND e.exited_on <= q.last_day)
GROUP BY 1, 2
