SELECT q.cooperation_id, q.quarter,
  CASE WHEN count(*) FILTER (WHERE o.kind NOT IN ('company', 'public')) = 0 THEN 0
    ELSE sum(p.votes) FILTER (WHERE o.kind NOT IN ('company', 'public')) END AS numerator, sum(p.votes) AS denominator
FROM quarters q
LEFT JOIN partnership p ON p.cooperation_id = q.cooperation_id AND p.started_on <= q.last_day AND (p.ended_on IS NULL OR p.ended_on > q.last_day)
LEFT JOIN organisation o ON o.cooperation_id = p.cooperation_id AND o.organisation = p.organisation
GROUP BY 1, 2
