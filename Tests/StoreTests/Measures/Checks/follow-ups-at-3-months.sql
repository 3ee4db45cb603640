SELECT q.cooperation_id, q.quarter, pg_temp.counted(x.cooperation_id IS NOT NULL AND x.long_enough) AS value
FROM quarters q
LEFT JOIN last_ended x ON x.cooperation_id = q.cooperation_id AND x.exited_on >= q.rolling_day - interval '3 months'
  AND x.exited_on < q.last_day + 1 - interval '3 months'
GROUP BY 1, 2
