SELECT q.cooperation_id, q.quarter,
  (SELECT CASE WHEN count(*) = 0 THEN 0 ELSE sum(x.value_eur) END
   FROM contribution x WHERE x.cooperation_id = q.cooperation_id AND x.delivered_on BETWEEN q.rolling_day AND q.last_day) AS numerator,
  (SELECT sum(x.value_eur)
   FROM promised x WHERE x.cooperation_id = q.cooperation_id AND x.first_day BETWEEN q.rolling_day AND q.last_day) AS denominator
FROM quarters q
