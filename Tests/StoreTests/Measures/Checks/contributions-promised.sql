SELECT q.cooperation_id, q.quarter, CASE WHEN count(x.cooperation_id) = 0 THEN 0 ELSE sum(x.value_eur) END AS value
FROM quarters q
LEFT JOIN promised x ON x.cooperation_id = q.cooperation_id AND x.first_day BETWEEN q.first_day AND q.last_day
GROUP BY 1, 2
