SELECT q.cooperation_id, q.quarter, coalesce(sum(x.quantity) FILTER (WHERE x.kind = 'job_offer' AND x.unit = 'people'), 0) AS value
FROM quarters q
LEFT JOIN contribution x ON x.cooperation_id = q.cooperation_id AND x.delivered_on BETWEEN q.first_day AND q.last_day
GROUP BY 1, 2
