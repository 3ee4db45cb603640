SELECT q.cooperation_id, q.quarter, sum(x.etp) AS numerator,
  sum(x.posts) AS denominator
FROM quarters q
LEFT JOIN posts_filled x ON x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.year_day AND q.last_day
GROUP BY 1, 2
