SELECT q.cooperation_id, q.quarter, CASE WHEN count(x.cooperation_id) FILTER (WHERE x.kind = 'entrusted_turnover') = 0 THEN 0 ELSE sum(x.value_eur) FILTER (WHERE x.kind = 'entrusted_turnover') END AS value
FROM quarters q
LEFT JOIN contribution x ON x.cooperation_id = q.cooperation_id AND x.delivered_on BETWEEN q.first_day AND q.last_day
GROUP BY 1, 2
