SELECT q.cooperation_id, q.quarter, coalesce(sum(x.tonnes) FILTER (WHERE x.material NOT IN ('crates', 'mixed')), 0) AS numerator,
  sum(x.tonnes) AS denominator
FROM quarters q
LEFT JOIN material_flow x ON x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.first_day AND q.last_day
GROUP BY 1, 2
