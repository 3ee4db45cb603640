SELECT q.cooperation_id, q.quarter, count(DISTINCT x.participant) AS value
FROM quarters q
LEFT JOIN trained x ON x.cooperation_id = q.cooperation_id AND x.started_on BETWEEN q.rolling_day AND q.last_day
GROUP BY 1, 2
