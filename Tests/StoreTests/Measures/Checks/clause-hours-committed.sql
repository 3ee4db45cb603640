SELECT q.cooperation_id, q.quarter, sum(k.hours) AS value
FROM quarters q
LEFT JOIN committed k ON k.cooperation_id = q.cooperation_id AND k.month BETWEEN q.first_day AND q.last_day
GROUP BY 1, 2
