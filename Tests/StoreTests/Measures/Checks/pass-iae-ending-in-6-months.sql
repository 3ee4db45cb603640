SELECT q.cooperation_id, q.quarter,
  count(*) FILTER (WHERE s.last_day <= (q.last_day + interval '6 months')::date) AS numerator, count(s.participant) AS denominator
FROM quarters q
LEFT JOIN pass_end s ON s.cooperation_id = q.cooperation_id AND q.last_day >= s.started_on AND q.last_day < s.last_day
  AND s.participant IN (
    SELECT p.participant FROM pathway p WHERE p.cooperation_id = q.cooperation_id AND p.started_on <= q.last_day
      AND p.pathway NOT IN (
        SELECT e.pathway FROM exit e WHERE e.cooperation_id = q.cooperation_id AND e.exited_on <= q.last_day))
GROUP BY 1, 2
