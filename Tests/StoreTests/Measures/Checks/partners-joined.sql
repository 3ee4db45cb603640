SELECT q.cooperation_id, q.quarter, count(p.organisation) AS value
FROM quarters q
LEFT JOIN (SELECT cooperation_id, organisation, min(started_on) AS first_day FROM partnership GROUP BY 1, 2) p
  ON p.cooperation_id = q.cooperation_id AND p.first_day BETWEEN q.rolling_day AND q.last_day
GROUP BY 1, 2
