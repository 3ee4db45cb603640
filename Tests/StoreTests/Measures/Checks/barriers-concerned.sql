SELECT q.cooperation_id, q.quarter, nullif(count(x.cooperation_id) FILTER (WHERE x.moment = 'entry' AND x.level > 1), 0) AS value
FROM quarters q
LEFT JOIN assessed x ON x.cooperation_id = q.cooperation_id AND x.assessed_on BETWEEN q.rolling_day AND q.last_day
GROUP BY 1, 2
