SELECT q.cooperation_id, q.quarter, nullif(count(DISTINCT x.participant) FILTER (WHERE x.hours_worked >= 1), 0) AS value
FROM quarters q
LEFT JOIN worked x ON x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.rolling_day AND q.last_day
GROUP BY 1, 2
