SELECT q.cooperation_id, q.quarter, count(x.cooperation_id) FILTER (WHERE x.certified) AS numerator,
  count(x.cooperation_id) FILTER (WHERE x.certified IS NOT NULL) AS denominator
FROM quarters q
LEFT JOIN trained x ON x.cooperation_id = q.cooperation_id AND x.started_on BETWEEN q.rolling_day AND q.last_day
GROUP BY 1, 2
