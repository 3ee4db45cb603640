SELECT q.cooperation_id, q.quarter,
  sum(x.amount_eur) FILTER (WHERE x.category IN ('turnover', 'aide_au_poste', 'subsidy', 'other_income'))::float8
    - sum(x.amount_eur) FILTER (WHERE x.category IN ('wages', 'other_costs'))::float8 AS numerator,
  sum(x.amount_eur) FILTER (WHERE x.category IN ('turnover', 'aide_au_poste', 'subsidy', 'other_income'))::float8 AS denominator
FROM quarters q
LEFT JOIN finance_line x ON x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.rolling_day AND q.last_day
GROUP BY 1, 2
