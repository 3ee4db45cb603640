SELECT q.cooperation_id, q.quarter,
  coalesce(sum((m.sex IS NULL)::int + (m.birth_year IS NULL)::int + (m.rsa IS NULL)::int + (m.ass IS NULL)::int
    + (m.aah IS NULL)::int + (m.rqth IS NULL)::int + (m.qpv IS NULL)::int + (m.zrr IS NULL)::int
    + (m.registration IS NULL)::int + (m.schooling IS NULL)::int), 0) AS numerator, 10 * count(p.pathway) AS denominator
FROM quarters q
LEFT JOIN pathway p ON p.cooperation_id = q.cooperation_id AND p.started_on BETWEEN q.rolling_day AND q.last_day
LEFT JOIN participant m ON m.cooperation_id = p.cooperation_id AND m.participant = p.participant
GROUP BY 1, 2
