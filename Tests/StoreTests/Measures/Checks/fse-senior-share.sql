SELECT q.cooperation_id, q.quarter, count(DISTINCT x.participant) FILTER (WHERE x.hours_worked >= 1 AND date_part('year', x.started_on) - x.birth_year >= 55) AS numerator,
  count(DISTINCT x.participant) FILTER (WHERE x.hours_worked >= 1 AND x.birth_year IS NOT NULL) AS denominator
FROM quarters q
LEFT JOIN worked x ON x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.rolling_day AND q.last_day
GROUP BY 1, 2
