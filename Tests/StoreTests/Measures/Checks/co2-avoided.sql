SELECT q.cooperation_id, q.quarter, sum(x.tonnes * CASE x.material WHEN 'paper' THEN 0.4 WHEN 'cardboard' THEN 0.4 WHEN 'plastic' THEN 1.1
  WHEN 'glass' THEN 0.287 WHEN 'aluminium' THEN 8.8 WHEN 'steel' THEN 1.5 END) AS value
FROM quarters q
LEFT JOIN material_flow x ON x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.first_day AND q.last_day
GROUP BY 1, 2
