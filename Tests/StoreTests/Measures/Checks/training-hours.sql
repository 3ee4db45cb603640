SELECT q.cooperation_id, q.quarter, coalesce(sum(x.hours), 0) AS value
FROM quarters q
LEFT JOIN trained x ON x.cooperation_id = q.cooperation_id AND x.started_on BETWEEN q.first_day AND q.last_day
GROUP BY 1, 2
