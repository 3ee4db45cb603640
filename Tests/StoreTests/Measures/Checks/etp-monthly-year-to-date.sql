SELECT q.cooperation_id, q.quarter,
  (SELECT sum(x.hours_worked / x.base * 12)
   FROM worked x WHERE x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.year_day AND q.last_day) AS numerator,
  (SELECT count(DISTINCT x.month)
   FROM worked x WHERE x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.year_day AND q.last_day) AS denominator
FROM quarters q
