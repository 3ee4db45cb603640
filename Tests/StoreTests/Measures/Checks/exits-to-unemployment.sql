SELECT q.cooperation_id, q.quarter, count(x.cooperation_id) FILTER (WHERE x.motif IN (7, 8)) AS value
FROM quarters q
LEFT JOIN ended x ON x.cooperation_id = q.cooperation_id AND x.exited_on BETWEEN q.rolling_day AND q.last_day
GROUP BY 1, 2
