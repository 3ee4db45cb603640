SELECT q.cooperation_id, q.quarter, sum(o.value) AS numerator, sum(w.etp) FILTER (WHERE o.value IS NOT NULL) AS denominator
FROM quarters q
LEFT JOIN (
  SELECT cooperation_id, month, sum(hours_worked / base * 12) AS etp, count(DISTINCT participant) FILTER (WHERE hours_worked >= 1) AS people
  FROM worked GROUP BY 1, 2) w ON w.cooperation_id = q.cooperation_id AND w.month BETWEEN q.first_day AND q.last_day
LEFT JOIN observation o ON o.cooperation_id = w.cooperation_id AND o.month = w.month AND o.name = 'supervisor_etp'
GROUP BY 1, 2
