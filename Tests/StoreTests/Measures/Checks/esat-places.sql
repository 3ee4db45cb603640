SELECT q.cooperation_id, q.quarter, sum(x.value) FILTER (WHERE x.name = 'esat_posts') AS numerator,
  count(x.cooperation_id) FILTER (WHERE x.name = 'esat_posts') AS denominator
FROM quarters q
LEFT JOIN observation x ON x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.first_day AND q.last_day
GROUP BY 1, 2
