SELECT q.cooperation_id, q.quarter, count(DISTINCT x.participant) FILTER (WHERE x.moment = 'entry' AND x.level > 1) AS numerator,
  count(DISTINCT x.participant) FILTER (WHERE x.moment = 'entry') AS denominator
FROM quarters q
LEFT JOIN assessed x ON x.cooperation_id = q.cooperation_id AND x.assessed_on BETWEEN q.rolling_day AND q.last_day
GROUP BY 1, 2
