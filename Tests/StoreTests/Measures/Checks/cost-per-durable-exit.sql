SELECT q.cooperation_id, q.quarter,
  (SELECT sum(x.amount_eur) FILTER (WHERE x.category IN ('aide_au_poste', 'subsidy'))
   FROM finance_line x WHERE x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.rolling_day AND q.last_day) AS numerator,
  (SELECT pg_temp.counted(x.long_enough AND coalesce(x.motif IN (1, 3, 4, 9, 11, 13), false))
   FROM ended x WHERE x.cooperation_id = q.cooperation_id AND x.exited_on BETWEEN q.rolling_day AND q.last_day) AS denominator
FROM quarters q
