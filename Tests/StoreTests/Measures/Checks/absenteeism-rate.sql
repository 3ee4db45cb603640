SELECT q.cooperation_id, q.quarter, sum(x.hours_absent) AS numerator,
  sum(x.hours_worked + x.hours_absent) AS denominator
FROM quarters q
LEFT JOIN worked x ON x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.first_day AND q.last_day
GROUP BY 1, 2
