SELECT q.cooperation_id, q.quarter, sum(x.value) FILTER (WHERE x.name = 'esat_workshop_hours') AS value
FROM quarters q
LEFT JOIN observation x ON x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.first_day AND q.last_day
GROUP BY 1, 2
