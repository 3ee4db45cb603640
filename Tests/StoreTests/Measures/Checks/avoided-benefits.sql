SELECT q.cooperation_id, q.quarter, coalesce(sum((
  SELECT b.month_eur FROM benefit b WHERE b.benefit = 'RSA' AND b.valid_from <= x.month
  ORDER BY b.valid_from DESC LIMIT 1)), 0) AS value
FROM quarters q
LEFT JOIN (SELECT DISTINCT cooperation_id, participant, month FROM worked WHERE rsa AND hours_worked >= 1) x
  ON x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.first_day AND q.last_day
GROUP BY 1, 2
