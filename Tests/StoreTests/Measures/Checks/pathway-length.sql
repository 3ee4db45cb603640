SELECT q.cooperation_id, q.quarter, CASE WHEN pg_temp.counted(x.cooperation_id IS NOT NULL AND x.long_enough) >= 0 THEN avg(x.days) FILTER (WHERE x.long_enough) END AS value
FROM quarters q
LEFT JOIN ended x ON x.cooperation_id = q.cooperation_id AND x.exited_on BETWEEN q.rolling_day AND q.last_day
GROUP BY 1, 2
