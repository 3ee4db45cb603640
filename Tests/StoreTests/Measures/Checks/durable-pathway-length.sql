SELECT q.cooperation_id, q.quarter, percentile_cont(0.5) WITHIN GROUP (ORDER BY x.days)
  FILTER (WHERE x.kind IN ('EI', 'ETTI', 'ACI', 'AI', 'EITI') AND x.motif IN (1, 3, 4, 9, 11, 13)) AS value
FROM quarters q
LEFT JOIN ended x ON x.cooperation_id = q.cooperation_id AND x.exited_on BETWEEN q.rolling_day AND q.last_day
GROUP BY 1, 2
