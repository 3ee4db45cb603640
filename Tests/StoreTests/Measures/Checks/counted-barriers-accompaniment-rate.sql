SELECT q.cooperation_id, q.quarter, sum(x.internal + x.external + x.both) AS numerator,
  sum(greatest(x.concerned, x.internal + x.external + x.both)) FILTER (WHERE x.internal + x.external + x.both IS NOT NULL) AS denominator
FROM quarters q
LEFT JOIN counted x ON x.cooperation_id = q.cooperation_id AND x.first_day BETWEEN q.year_day AND q.last_day
GROUP BY 1, 2
