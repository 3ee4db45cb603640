SELECT q.cooperation_id, q.quarter, sum(x.hours) AS value
FROM quarters q
LEFT JOIN supported x ON x.cooperation_id = q.cooperation_id AND x.held_on BETWEEN q.first_day AND q.last_day
GROUP BY 1, 2
