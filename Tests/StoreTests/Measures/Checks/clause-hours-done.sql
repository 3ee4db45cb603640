SELECT q.cooperation_id, q.quarter, sum(x.hours) AS value
FROM quarters q
LEFT JOIN clause_hours x ON x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.first_day AND q.last_day
GROUP BY 1, 2
