SELECT q.cooperation_id, q.quarter, count(x.cooperation_id) FILTER (WHERE floor(x.etp * 100) > floor(x.posts * 100)) AS numerator,
  count(x.cooperation_id) AS denominator
FROM quarters q
LEFT JOIN posts_filled x ON x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.year_day AND q.last_day
GROUP BY 1, 2
