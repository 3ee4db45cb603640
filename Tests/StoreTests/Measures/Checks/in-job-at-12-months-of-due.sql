SELECT q.cooperation_id, q.quarter, count(*) FILTER (WHERE x.exited_on + interval '12 months' <= q.cut AND f.situation = 'in_job') + 0 * pg_temp.counted(x.cooperation_id IS NOT NULL AND x.long_enough) AS numerator,
  count(*) FILTER (WHERE x.exited_on + interval '12 months' <= q.cut) + 0 * pg_temp.counted(x.cooperation_id IS NOT NULL AND x.long_enough) AS denominator
FROM quarters q
LEFT JOIN last_ended x ON x.cooperation_id = q.cooperation_id AND x.exited_on >= q.rolling_day - interval '12 months'
  AND x.exited_on < q.last_day + 1 - interval '12 months'
LEFT JOIN follow_up f ON f.cooperation_id = x.cooperation_id AND f.pathway = x.pathway AND f.horizon = 12
GROUP BY 1, 2
