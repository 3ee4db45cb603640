SELECT q.cooperation_id, q.quarter, sum(greatest(x.concerned, x.internal + x.external + x.both)) AS value
FROM quarters q
LEFT JOIN counted x ON x.cooperation_id = q.cooperation_id AND x.first_day BETWEEN q.first_day AND q.last_day
GROUP BY 1, 2
