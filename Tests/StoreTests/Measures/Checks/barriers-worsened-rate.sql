SELECT q.cooperation_id, q.quarter, count(x.cooperation_id) FILTER (WHERE x.at_exit > x.at_entry) AS numerator,
  count(x.cooperation_id) FILTER (WHERE x.at_entry IS NOT NULL AND x.at_exit IS NOT NULL) AS denominator
FROM quarters q
LEFT JOIN compared x ON x.cooperation_id = q.cooperation_id AND x.exited_on BETWEEN q.rolling_day AND q.last_day
GROUP BY 1, 2
