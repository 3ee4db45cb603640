-- The monthly RSA is that of the quarter's last day. Doubles added in the order of the formula.
SELECT q.cooperation_id, q.quarter, a.contributions::float8 + a.taxes::float8 + w.months::float8 * (
    CASE WHEN q.last_day >= '2025-04-01' THEN 646.52 WHEN q.last_day >= '2024-04-01' THEN 635.71
      WHEN q.last_day >= '2023-04-01' THEN 607.75 WHEN q.last_day >= '2022-07-01' THEN 598.54 END)::float8 AS numerator,
  a.aid AS denominator
FROM quarters q
CROSS JOIN LATERAL (
  SELECT sum(x.amount_eur) FILTER (WHERE x.category = 'social_contributions') AS contributions,
    sum(x.amount_eur) FILTER (WHERE x.category = 'taxes') AS taxes,
    sum(x.amount_eur) FILTER (WHERE x.category IN ('aide_au_poste', 'subsidy')) AS aid
  FROM finance_line x WHERE x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.rolling_day AND q.last_day) a
CROSS JOIN LATERAL (
  SELECT count(*) AS months FROM worked x
  WHERE x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.rolling_day AND q.last_day AND x.rsa
    AND x.hours_worked >= 1) w
