SELECT q.cooperation_id, q.quarter, count(x.cooperation_id) AS value
FROM quarters q
LEFT JOIN last_ended x ON x.cooperation_id = q.cooperation_id AND x.exited_on >= q.rolling_day - interval '3 months'
  AND x.exited_on < q.last_day + 1 - interval '3 months'
GROUP BY 1, 2
