SELECT q.cooperation_id, q.quarter,
  (SELECT sum(x.hours)
   FROM clause_hours x WHERE x.cooperation_id = q.cooperation_id AND x.month <= q.last_day) AS numerator,
  (SELECT sum(x.hours)
   FROM committed x WHERE x.cooperation_id = q.cooperation_id AND x.month <= q.last_day) AS denominator
FROM quarters q
