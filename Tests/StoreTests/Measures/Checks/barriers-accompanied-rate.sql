SELECT q.cooperation_id, q.quarter, count(x.cooperation_id) FILTER (WHERE x.moment = 'entry' AND x.level > 1 AND x.accompanied <> 'none') AS numerator,
  count(x.cooperation_id) FILTER (WHERE x.moment = 'entry' AND x.level > 1 AND x.accompanied IS NOT NULL) AS denominator
FROM quarters q
LEFT JOIN assessed x ON x.cooperation_id = q.cooperation_id AND x.assessed_on BETWEEN q.rolling_day AND q.last_day
GROUP BY 1, 2
