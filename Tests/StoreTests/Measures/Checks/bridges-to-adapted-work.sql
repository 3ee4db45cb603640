SELECT q.cooperation_id, q.quarter, count(x.cooperation_id) FILTER (WHERE (SELECT o.kind FROM organisation o WHERE o.cooperation_id = x.cooperation_id AND o.organisation = x.next_employer) IN ('EA', 'ESAT')) AS value
FROM quarters q
LEFT JOIN ended x ON x.cooperation_id = q.cooperation_id AND x.exited_on BETWEEN q.rolling_day AND q.last_day
GROUP BY 1, 2
