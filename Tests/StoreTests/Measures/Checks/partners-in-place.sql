SELECT q.cooperation_id, q.quarter, count(DISTINCT p.organisation) AS value
FROM quarters q
LEFT JOIN partnership p ON p.cooperation_id = q.cooperation_id AND p.started_on <= q.last_day AND (p.ended_on IS NULL OR p.ended_on > q.last_day)
GROUP BY 1, 2
