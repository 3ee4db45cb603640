SELECT q.cooperation_id, q.quarter, pg_temp.counted(x.cooperation_id IS NOT NULL AND x.long_enough AND coalesce(x.motif BETWEEN 16 AND 22, false)) AS numerator,
  pg_temp.counted(x.cooperation_id IS NOT NULL AND x.long_enough AND x.motif IS NOT NULL) AS denominator
FROM quarters q
LEFT JOIN ended x ON x.cooperation_id = q.cooperation_id AND x.exited_on BETWEEN q.rolling_day AND q.last_day
GROUP BY 1, 2
