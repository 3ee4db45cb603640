-- The monthly RSA is that of the quarter's last day. Doubles added in the order of the formula.
SELECT q.cooperation_id, q.quarter, a.contributions::float8 + a.taxes::float8 + w.months::float8 * (
    SELECT r.eur FROM (VALUES
      (date '2015-01-01', 513.88), (date '2015-09-01', 524.16), (date '2016-04-01', 524.68), (date '2016-09-01', 535.17),
      (date '2017-04-01', 536.78), (date '2017-09-01', 545.48), (date '2018-04-01', 550.93), (date '2019-04-01', 559.74),
      (date '2020-04-01', 564.78), (date '2021-04-01', 565.34), (date '2022-04-01', 575.52), (date '2022-07-01', 598.54),
      (date '2023-04-01', 607.75), (date '2024-04-01', 635.71), (date '2025-04-01', 646.52)
    ) AS r(day, eur) WHERE r.day <= q.last_day ORDER BY r.day DESC LIMIT 1)::float8 AS numerator,
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
