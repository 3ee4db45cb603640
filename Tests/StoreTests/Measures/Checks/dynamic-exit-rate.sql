SELECT q.cooperation_id, q.quarter, count(x.cooperation_id) FILTER (WHERE x.long_enough AND x.motif IN (1, 3, 4, 9, 11, 13, 10, 14, 2, 5, 12)) AS numerator,
  count(x.cooperation_id) FILTER (WHERE x.long_enough AND x.motif IN (1, 3, 4, 9, 11, 13, 10, 14, 2, 5, 12, 6, 7, 8, 15)) AS denominator
FROM quarters q
LEFT JOIN ended x ON x.cooperation_id = q.cooperation_id AND x.exited_on BETWEEN q.first_day AND q.last_day
GROUP BY 1, 2
