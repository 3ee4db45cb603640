SELECT q.cooperation_id, q.quarter,
  (SELECT CASE WHEN count(*) FILTER (WHERE x.kind = 'entrusted_turnover') = 0 THEN 0 ELSE sum(x.value_eur) FILTER (WHERE x.kind = 'entrusted_turnover') END
   FROM contribution x WHERE x.cooperation_id = q.cooperation_id AND x.delivered_on BETWEEN q.rolling_day AND q.last_day) AS numerator,
  (SELECT sum(x.amount_eur) FILTER (WHERE x.category = 'turnover')
   FROM finance_line x WHERE x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.rolling_day AND q.last_day) AS denominator
FROM quarters q
