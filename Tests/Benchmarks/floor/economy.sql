-- Money, tonnes and social clauses.
CREATE TEMP TABLE money AS
SELECT cooperation_id, pg_temp.q(month) AS q, bit_or(1 << (date_part('month', month)::int - 1) % 3) AS months,
  sum(amount_eur) FILTER (WHERE category = 'turnover') AS turnover,
  count(*) FILTER (WHERE category = 'turnover')::int AS n_turnover,
  sum(amount_eur) FILTER (WHERE category = 'aide_au_poste') AS aid_per_post,
  count(*) FILTER (WHERE category = 'aide_au_poste')::int AS n_aid_per_post,
  sum(amount_eur) FILTER (WHERE category = 'subsidy') AS subsidies,
  count(*) FILTER (WHERE category = 'subsidy')::int AS n_subsidies,
  sum(amount_eur) FILTER (WHERE category IN ('aide_au_poste', 'subsidy')) AS aid,
  count(*) FILTER (WHERE category IN ('aide_au_poste', 'subsidy'))::int AS n_aid,
  sum(amount_eur) FILTER (WHERE category IN ('turnover', 'aide_au_poste', 'subsidy', 'other_income')) AS income,
  count(*) FILTER (WHERE category IN ('turnover', 'aide_au_poste', 'subsidy', 'other_income'))::int AS n_income,
  sum(amount_eur) FILTER (WHERE category = 'wages') AS wages, count(*) FILTER (WHERE category = 'wages')::int AS n_wages,
  sum(amount_eur) FILTER (WHERE category IN ('wages', 'other_costs')) AS costs,
  count(*) FILTER (WHERE category IN ('wages', 'other_costs'))::int AS n_costs,
  sum(amount_eur) FILTER (WHERE category = 'social_contributions') AS contributions,
  count(*) FILTER (WHERE category = 'social_contributions')::int AS n_contributions,
  sum(amount_eur) FILTER (WHERE category = 'taxes') AS taxes, count(*) FILTER (WHERE category = 'taxes')::int AS n_taxes
FROM fact.finance_line WHERE batch_to = :never GROUP BY 1, 2;

-- Factors of avoided emissions have one version, older than the facts.
CREATE TEMP TABLE tonnes AS
SELECT cooperation_id, q, coalesce(material, '') AS material, sum(tonnes) AS tonnes, sum(n)::int AS n,
  sum(tonnes * f.tco2e_per_tonne) AS avoided, sum(tonnes) FILTER (WHERE f.tco2e_per_tonne IS NOT NULL) AS covered
FROM (SELECT cooperation_id, pg_temp.q(month) AS q, material, sum(tonnes) AS tonnes, count(*) AS n
      FROM fact.material_flow WHERE batch_to = :never GROUP BY 1, 2, 3) m
LEFT JOIN reference.co2_factor f USING (material)
WHERE coalesce(f.batch_to, :never) = :never GROUP BY GROUPING SETS ((1, 2), (1, 2, m.material));

-- Hours delivered, and those committed, spread evenly over the months of a market.
CREATE TEMP TABLE clauses AS
SELECT cooperation_id, q, sum(hours) AS hours, sum(n)::int AS n, sum(committed) AS committed, sum(m)::int AS m FROM (
  SELECT cooperation_id, pg_temp.q(month) AS q, sum(hours) AS hours, count(*) AS n, NULL::numeric AS committed, 0 AS m
  FROM fact.clause_hours WHERE batch_to = :never GROUP BY 1, 2
  UNION ALL
  SELECT cooperation_id, pg_temp.q(month::date), NULL, 0, sum(clause_hours_committed / months), count(*)
  FROM (SELECT *, (date_part('year', ended_on) - date_part('year', started_on)) * 12 + date_part('month', ended_on)
               - date_part('month', started_on) + 1 AS months_f
        FROM fact.market WHERE batch_to = :never AND clause_hours_committed IS NOT NULL AND ended_on IS NOT NULL) k
  CROSS JOIN LATERAL (SELECT months_f::numeric AS months) n
  CROSS JOIN LATERAL generate_series(date_trunc('month', started_on::timestamp), ended_on::timestamp, interval '1 month') AS month
  GROUP BY 1, 2) c GROUP BY 1, 2;

CREATE TEMP TABLE on_rsa AS
SELECT cooperation_id, q, sum(present)::int AS months FROM person_quarter WHERE rsa GROUP BY 1, 2;
ANALYZE money (cooperation_id, q), tonnes (cooperation_id, q, material), clauses (cooperation_id, q), on_rsa (cooperation_id, q);

INSERT INTO floor_result
WITH wide AS (
  SELECT g.*, mo.turnover, mo.n_turnover, mo.aid_per_post, mo.n_aid_per_post, mo.subsidies, mo.n_subsidies, mo.aid, mo.n_aid, mo.wages,
    mo.n_wages, (sum(mo.turnover) OVER year)::float8 AS turnover_y, sum(mo.n_turnover) OVER year AS n_turnover_y,
    (sum(mo.aid) OVER year)::float8 AS aid_y, sum(mo.n_aid) OVER year AS n_aid_y,
    (sum(mo.income) OVER year)::float8 AS income_y, sum(mo.n_income) OVER year AS n_income_y,
    (sum(mo.costs) OVER year)::float8 AS costs_y, sum(mo.n_costs) OVER year AS n_costs_y,
    (sum(mo.contributions) OVER year)::float8 AS contributions_y, sum(mo.n_contributions) OVER year AS n_contributions_y,
    (sum(mo.taxes) OVER year)::float8 AS taxes_y, sum(mo.n_taxes) OVER year AS n_taxes_y,
    coalesce(sum(r.months) OVER year, 0) AS on_rsa, b.amount AS rsa_month,
    sum(a.etp) OVER year AS etp, sum(a.n_siae) OVER year AS n_siae, coalesce(sum(e.durable) OVER year, 0) AS durable,
    (sum(pa.entrusted) OVER year)::float8 AS entrusted, coalesce(sum(pa.n_entrusted) OVER year, 0) AS n_entrusted,
    c.hours, c.n AS n_hours, c.committed, c.m AS n_committed, sum(c.hours) OVER since AS hours_since,
    sum(c.committed) OVER since AS committed_since, sum(c.m) OVER since AS n_committed_since,
    w.value AS workshop, w.n AS n_workshop, s.value AS places, s.n AS n_places, tn.tonnes, tn.n AS n_tonnes, tn.covered
  FROM grid g
  LEFT JOIN money mo USING (cooperation_id, q) LEFT JOIN on_rsa r USING (cooperation_id, q) LEFT JOIN clauses c USING (cooperation_id, q)
  LEFT JOIN activity a USING (cooperation_id, q) LEFT JOIN exits e USING (cooperation_id, q)
  LEFT JOIN (SELECT * FROM partner WHERE field = '') pa USING (cooperation_id, q)
  LEFT JOIN (SELECT * FROM seen WHERE name = 'esat_workshop_hours') w USING (cooperation_id, q)
  LEFT JOIN (SELECT * FROM seen WHERE name = 'esat_posts') s USING (cooperation_id, q)
  LEFT JOIN (SELECT * FROM tonnes WHERE material = '') tn USING (cooperation_id, q)
  -- the amount in force on the quarter's last day
  LEFT JOIN (SELECT DISTINCT ON (q) q, value::float8 AS amount FROM generate_series(0, 39) AS q
             JOIN reference.parameter p ON p.name = 'rsa_month_eur' AND p.batch_to = :never
               AND p.valid_from < make_date(2016 + (q + 1) / 4, (q + 1) % 4 * 3 + 1, 1)
             ORDER BY q, p.valid_from DESC) b USING (q)
  WINDOW year AS (PARTITION BY g.cooperation_id ORDER BY g.q ROWS 3 PRECEDING),
    since AS (PARTITION BY g.cooperation_id ORDER BY g.q)
)
SELECT cooperation_id, i.indicator, quarter, '', '', coalesce(i.value, i.numerator / i.denominator), i.numerator, i.denominator, i.n
FROM wide w CROSS JOIN LATERAL (VALUES
  ('turnover', turnover::float8, NULL::float8, NULL::float8, n_turnover), ('aide-au-poste-received', aid_per_post, NULL, NULL, n_aid_per_post),
  ('subsidies', subsidies, NULL, NULL, n_subsidies), ('public-aid', aid, NULL, NULL, n_aid), ('wages', wages, NULL, NULL, n_wages),
  ('clause-hours-done', hours, NULL, NULL, n_hours), ('clause-hours-committed', committed, NULL, NULL, n_committed),
  ('clause-hours-realisation-rate', NULL, hours_since, committed_since, n_committed_since),
  ('tonnes-sorted', tonnes, NULL, NULL, n_tonnes), ('co2-coverage', NULL, coalesce(covered, 0), tonnes, n_tonnes),
  ('esat-workshop-hours', workshop, NULL, NULL, n_workshop), ('esat-places', NULL, places, n_places, n_places)
) AS i(indicator, value, numerator, denominator, n)
WHERE i.value IS NOT NULL OR i.numerator IS NOT NULL AND i.denominator > 0
UNION ALL
SELECT cooperation_id, i.indicator, quarter, '', '', coalesce(i.value, i.numerator / i.denominator), i.numerator, i.denominator, i.n
FROM wide w CROSS JOIN LATERAL (VALUES
  ('public-aid-rolling-year', aid_y, NULL::float8, NULL::float8, n_aid_y), ('operating-income', income_y, NULL, NULL, n_income_y),
  ('operating-costs', costs_y, NULL, NULL, n_costs_y), ('social-contributions-paid', contributions_y, NULL, NULL, n_contributions_y),
  ('taxes-paid', taxes_y, NULL, NULL, n_taxes_y), ('rsa-months-worked', on_rsa, NULL, NULL, on_rsa),
  ('self-financing-rate', NULL, turnover_y, income_y, n_income_y), ('public-aid-share', NULL, aid_y, income_y, n_income_y),
  ('operating-margin', NULL, income_y - costs_y, income_y, n_income_y),
  ('community-return', NULL, contributions_y + taxes_y + on_rsa * rsa_month, aid_y, n_aid_y),
  ('public-aid-per-etp', NULL, CASE WHEN siae THEN aid_y END, etp, n_siae),
  ('cost-per-durable-exit', NULL, CASE WHEN siae THEN aid_y END, durable, durable),
  ('entrusted-turnover-share', NULL, CASE WHEN n_entrusted = 0 THEN 0 ELSE entrusted END, turnover_y, n_turnover_y)
) AS i(indicator, value, numerator, denominator, n)
WHERE q >= 3 AND (i.value IS NOT NULL OR i.numerator IS NOT NULL AND i.denominator > 0);

-- By material, and since the start.
INSERT INTO floor_result
SELECT cooperation_id, i.indicator, quarter, CASE material WHEN '' THEN '' ELSE 'material' END, material, i.value, NULL, NULL, i.n
FROM (
  SELECT g.cooperation_id, g.quarter, k.material, t.tonnes, t.n, t.avoided, sum(t.tonnes) OVER since AS tonnes_since,
    sum(t.n) OVER since AS n_since
  FROM grid g JOIN (SELECT DISTINCT cooperation_id, material FROM tonnes) k USING (cooperation_id)
  LEFT JOIN tonnes t USING (cooperation_id, q, material)
  WINDOW since AS (PARTITION BY g.cooperation_id, k.material ORDER BY g.q)
) t CROSS JOIN LATERAL (VALUES
  ('tonnes-sorted', CASE WHEN material <> '' THEN tonnes END, n), ('co2-avoided', avoided, n), ('tonnes-since-start', tonnes_since, n_since)
) AS i(indicator, value, n) WHERE i.value IS NOT NULL;

-- The aide au poste that hours earn, month after month of a year, up to the posts agreed for that year.
INSERT INTO floor_result
WITH amount AS (
  SELECT DISTINCT ON (kind, month) kind, m::date AS month, amount_eur
  FROM generate_series(timestamp '2016-01-01', '2025-12-01', interval '1 month') AS m
  JOIN reference.aide_au_poste a ON a.zone = 'FR' AND a.batch_to = :never AND a.valid_from <= m ORDER BY kind, month, valid_from DESC
),
agreed AS (
  SELECT c.cooperation_id, c.organisation, c.month, pg_temp.q(c.month) AS q, a.amount_eur, e.employer IS NOT NULL AS entered, e.etp / 12 AS etp,
    sum(c.etp_posts) OVER year / 12 AS agreed, sum(e.etp / 12) OVER to_date AS worked,
    bool_and(e.employer IS NULL OR e.etp IS NOT NULL) OVER to_date AS known
  FROM convention_month c
  LEFT JOIN month_etp e ON e.cooperation_id = c.cooperation_id AND e.employer = c.organisation AND e.kind = c.kind AND e.month = c.month
  LEFT JOIN amount a ON a.kind = c.kind AND a.month = c.month
  WINDOW year AS (PARTITION BY c.cooperation_id, c.organisation, c.kind, pg_temp.q(c.month) / 4),
    to_date AS (PARTITION BY c.cooperation_id, c.organisation, c.kind, pg_temp.q(c.month) / 4 ORDER BY c.month)
)
SELECT g.cooperation_id, 'aide-au-poste-earned', g.quarter, CASE WHEN organisation IS NULL THEN '' ELSE 'organisation' END,
  coalesce(organisation, ''), aid, NULL, NULL, n
FROM (
  SELECT cooperation_id, q, organisation, count(*) AS n,
    -- sums of quotients: used up, and just so, at 12 decimals
    sum(CASE WHEN round(worked, 12) <= round(agreed, 12) THEN etp WHEN round(worked - etp, 12) >= round(agreed, 12) THEN 0
      ELSE agreed - (worked - etp) END * amount_eur) FILTER (WHERE known) AS aid
  FROM agreed WHERE entered GROUP BY GROUPING SETS ((1, 2), (1, 2, organisation))) e
JOIN grid g USING (cooperation_id, q) WHERE g.siae AND aid IS NOT NULL;
