SELECT q.cooperation_id, q.quarter, avg(w.received_on - (w.month + interval '1 month' - interval '1 day')::date) AS value
FROM quarters q
LEFT JOIN (
  SELECT a.cooperation_id, a.month, min(i.received_on) AS received_on
  FROM monthly_activity a JOIN ops.import i USING (import_id) GROUP BY 1, 2) w
  ON w.cooperation_id = q.cooperation_id AND w.month BETWEEN q.first_day AND q.last_day
GROUP BY 1, 2
