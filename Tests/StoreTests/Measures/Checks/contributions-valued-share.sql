SELECT q.cooperation_id, q.quarter, count(x.value_eur) AS numerator,
  count(x.cooperation_id) AS denominator
FROM quarters q
LEFT JOIN contribution x ON x.cooperation_id = q.cooperation_id AND x.delivered_on BETWEEN q.rolling_day AND q.last_day
GROUP BY 1, 2
