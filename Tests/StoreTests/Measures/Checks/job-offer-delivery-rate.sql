SELECT q.cooperation_id, q.quarter,
  (SELECT coalesce(sum(x.quantity) FILTER (WHERE x.kind = 'job_offer' AND x.unit = 'people'), 0)
   FROM contribution x WHERE x.cooperation_id = q.cooperation_id AND x.delivered_on BETWEEN q.rolling_day AND q.last_day) AS numerator,
  (SELECT sum(x.quantity) FILTER (WHERE x.kind = 'job_offer' AND x.unit = 'people')
   FROM promised x WHERE x.cooperation_id = q.cooperation_id AND x.first_day BETWEEN q.rolling_day AND q.last_day) AS denominator
FROM quarters q
