SELECT q.cooperation_id, q.quarter,
  (SELECT sum(x.posts)
   FROM posts_filled x WHERE x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.first_day AND q.last_day) AS numerator,
  (SELECT count(DISTINCT x.month)
   FROM worked x WHERE x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.first_day AND q.last_day) AS denominator
FROM quarters q
