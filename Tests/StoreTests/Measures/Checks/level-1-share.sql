SELECT q.cooperation_id, q.quarter, count(x.cooperation_id) FILTER (WHERE x.criteria && '{RSA,ASS,AAH,DETLD}') AS numerator,
  count(x.cooperation_id) AS denominator
FROM quarters q
LEFT JOIN diagnosis x ON x.cooperation_id = q.cooperation_id AND x.assessed_on BETWEEN q.rolling_day AND q.last_day
GROUP BY 1, 2
