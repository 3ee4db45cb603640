SELECT q.cooperation_id, q.quarter, count(DISTINCT x.participant) FILTER (WHERE x.hours_worked >= 1 AND x.schooling IN (0, 1, 50, 51, 60, 70)) AS numerator,
  count(DISTINCT x.participant) FILTER (WHERE x.hours_worked >= 1 AND x.schooling IS NOT NULL) AS denominator
FROM quarters q
LEFT JOIN worked x ON x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.rolling_day AND q.last_day
GROUP BY 1, 2
