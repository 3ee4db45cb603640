SELECT q.cooperation_id, q.quarter, sum(1 + x.ended_on - x.started_on) AS value
FROM quarters q
LEFT JOIN immersed x ON x.cooperation_id = q.cooperation_id AND x.started_on BETWEEN q.rolling_day AND q.last_day
GROUP BY 1, 2
