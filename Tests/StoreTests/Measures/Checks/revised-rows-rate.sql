SELECT q.cooperation_id, q.quarter, sum(x.revised) AS numerator,
  sum(x.recorded) AS denominator
FROM quarters q
LEFT JOIN received x ON x.cooperation_id = q.cooperation_id AND x.received_on BETWEEN q.first_day AND q.last_day
GROUP BY 1, 2
