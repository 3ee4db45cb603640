SELECT q.cooperation_id, q.quarter, count(x.cooperation_id) FILTER (WHERE x.motif IN (6, 12, 15, 16, 17, 18, 19, 20, 21, 22)) AS value
FROM quarters q
LEFT JOIN ended x ON x.cooperation_id = q.cooperation_id AND x.exited_on BETWEEN q.rolling_day AND q.last_day
GROUP BY 1, 2
