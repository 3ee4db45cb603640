SELECT q.cooperation_id, q.quarter,
  (SELECT nullif(count(DISTINCT x.participant), 0)
   FROM supported x WHERE x.cooperation_id = q.cooperation_id AND x.held_on BETWEEN q.rolling_day AND q.last_day
     AND EXISTS (SELECT FROM monthly_activity a WHERE a.cooperation_id = x.cooperation_id AND a.pathway = x.pathway
       AND to_char(a.month, 'YYYYQ') = to_char(x.held_on, 'YYYYQ') AND a.hours_worked >= 1)) AS numerator,
  (SELECT count(DISTINCT x.participant) FILTER (WHERE x.hours_worked >= 1)
   FROM worked x WHERE x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.rolling_day AND q.last_day) AS denominator
FROM quarters q
