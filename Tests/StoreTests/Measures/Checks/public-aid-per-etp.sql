SELECT q.cooperation_id, q.quarter,
  (SELECT sum(x.amount_eur) FILTER (WHERE x.category IN ('aide_au_poste', 'subsidy'))
   FROM finance_line x WHERE x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.rolling_day AND q.last_day) AS numerator,
  (SELECT sum(x.hours_worked / x.base) FILTER (WHERE x.kind IN ('EI', 'ACI', 'ETTI', 'AI', 'EITI'))
   FROM worked x WHERE x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.rolling_day AND q.last_day) AS denominator
FROM quarters q
