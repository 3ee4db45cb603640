SELECT q.cooperation_id, q.quarter, pg_temp.counted(x.cooperation_id IS NOT NULL AND x.kind IN ('EI', 'ACI', 'ETTI', 'AI', 'EITI') AND NOT x.long_enough) AS numerator,
  count(x.cooperation_id) FILTER (WHERE x.kind IN ('EI', 'ACI', 'ETTI', 'AI', 'EITI')) AS denominator
FROM quarters q
LEFT JOIN ended x ON x.cooperation_id = q.cooperation_id AND x.exited_on BETWEEN q.rolling_day AND q.last_day
GROUP BY 1, 2
