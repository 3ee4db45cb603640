SELECT q.cooperation_id, q.quarter,
  (SELECT coalesce(sum(x.hours), 0)
   FROM trained x WHERE x.cooperation_id = q.cooperation_id AND x.started_on BETWEEN q.rolling_day AND q.last_day) AS numerator,
  (SELECT count(DISTINCT x.participant) FILTER (WHERE x.hours_worked >= 1)
   FROM worked x WHERE x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.rolling_day AND q.last_day) AS denominator
FROM quarters q
