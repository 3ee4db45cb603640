SELECT q.cooperation_id, q.quarter, sum(x.amount_eur) FILTER (WHERE x.category = 'aide_au_poste') AS value
FROM quarters q
LEFT JOIN finance_line x ON x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.first_day AND q.last_day
GROUP BY 1, 2
