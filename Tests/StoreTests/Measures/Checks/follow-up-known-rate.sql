SELECT q.cooperation_id, q.quarter, count(*) FILTER (WHERE x.exited_on + interval '6 months' <= q.cut AND f.situation IN ('in_job', 'not_in_job')) AS numerator,
  count(*) FILTER (WHERE x.exited_on + interval '6 months' <= q.cut) AS denominator
FROM quarters q
LEFT JOIN last_ended x ON x.cooperation_id = q.cooperation_id AND x.exited_on BETWEEN q.rolling_day AND q.last_day
LEFT JOIN follow_up f ON f.cooperation_id = x.cooperation_id AND f.pathway = x.pathway AND f.horizon = 6
GROUP BY 1, 2
