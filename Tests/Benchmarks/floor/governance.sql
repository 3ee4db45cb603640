-- Partners, votes, and what the data received are worth.
-- A partner in each quarter of which it was one for a day or more; it is one still when no role of it ended within.
CREATE TEMP TABLE partner_quarter AS
SELECT p.*, o.kind, o.kind NOT IN ('company', 'public') AS social,
  NOT present AND lead(q) OVER one IS DISTINCT FROM q + 1 AS departed, row_number() OVER one = 1 AS joined
FROM (
  SELECT cooperation_id, organisation, s.q, bool_or(ended_on IS NULL OR pg_temp.q(ended_on) > s.q) AS present,
    sum(votes) FILTER (WHERE ended_on IS NULL OR pg_temp.q(ended_on) > s.q)::int AS votes
  FROM fact.partnership
  CROSS JOIN LATERAL generate_series(pg_temp.q(started_on), pg_temp.q(least(ended_on, :'cut'))) AS s(q)
  WHERE batch_to = :never GROUP BY 1, 2, 3
) p
JOIN fact.organisation o USING (cooperation_id, organisation) WHERE o.batch_to = :never
WINDOW one AS (PARTITION BY p.cooperation_id, p.organisation ORDER BY p.q);

-- In a year: how many were partners, came and left.
CREATE TEMP TABLE partners_of_year AS
SELECT cooperation_id, g.q, count(*)::int AS n, count(*) FILTER (WHERE (joined >> g.q) & 1 = 1)::int AS joined,
  count(*) FILTER (WHERE (departed >> g.q) & 1 = 1)::int AS departed
FROM (SELECT cooperation_id, organisation, bit_or(15::bigint << q) AS seen, bit_or(15::bigint << q) FILTER (WHERE joined) AS joined,
        bit_or(15::bigint << q) FILTER (WHERE departed) AS departed FROM partner_quarter GROUP BY 1, 2) p
JOIN generate_series(3, 39) AS g(q) ON (seen >> g.q) & 1 = 1 GROUP BY 1, 2;

-- Months that have hours, the day their first file came, and whether accounts came too.
CREATE TEMP TABLE month_received AS
SELECT m.cooperation_id, pg_temp.q(m.month) AS q, m.month, min(i.received_on) - (m.month + interval '1 month - 1 day')::date AS delay,
  (a.months >> (date_part('month', m.month)::int - 1) % 3) & 1 = 1 AS complete
FROM (SELECT DISTINCT cooperation_id, month, import_id FROM month_worked) m
JOIN ops.import i USING (import_id)
LEFT JOIN money a ON a.cooperation_id = m.cooperation_id AND a.q = pg_temp.q(m.month) GROUP BY 1, 2, 3, 5;
CREATE TEMP TABLE month_quarter AS
SELECT cooperation_id, q, count(*)::int AS n, count(*) FILTER (WHERE complete)::int AS complete, sum(delay)::int AS delay,
  count(delay)::int AS told
FROM month_received GROUP BY 1, 2;

-- Files that recorded something, by the day they came.
CREATE TEMP TABLE delivery AS
SELECT cooperation_id, pg_temp.q(received_on) AS q, coalesce(entity, '') AS part, count(*)::int AS n, sum(read)::int AS read,
  sum(recorded)::int AS recorded, sum(revised)::int AS revised, sum(late)::int AS late, sum(rejected)::int AS rejected
FROM ops.import
WHERE cooperation_id IS NOT NULL AND batch IS NOT NULL AND received_on IS NOT NULL
  AND entity NOT IN ('target', 'commentary', 'decision', 'identity')
GROUP BY GROUPING SETS ((1, 2), (1, 2, entity));
ANALYZE partner_quarter (cooperation_id, q, kind), partners_of_year (cooperation_id, q), month_quarter (cooperation_id, q),
  delivery (cooperation_id, q, part);

INSERT INTO floor_result
SELECT g.cooperation_id, i.indicator, g.quarter, '', '', coalesce(i.value, i.numerator / i.denominator), i.numerator, i.denominator, i.n
FROM (
  SELECT g.*, coalesce(p.present, 0) AS present, CASE WHEN p.n_social > 0 THEN p.social ELSE 0 END AS social, p.votes, p.n AS n_votes,
    y.n AS partners, y.joined, y.departed, o.value AS meetings, o.n AS n_meetings, m.delay, m.told,
    sum(m.complete) OVER year AS complete, sum(m.n) OVER year AS months
  FROM grid g
  LEFT JOIN (SELECT cooperation_id, q, count(*) AS n, count(*) FILTER (WHERE present) AS present, sum(votes) AS votes,
               sum(votes) FILTER (WHERE social) AS social, count(*) FILTER (WHERE social) AS n_social
             FROM partner_quarter GROUP BY 1, 2) p USING (cooperation_id, q)
  LEFT JOIN partners_of_year y USING (cooperation_id, q) LEFT JOIN month_quarter m USING (cooperation_id, q)
  LEFT JOIN (SELECT * FROM seen WHERE name = 'steering_meetings') o USING (cooperation_id, q)
  WINDOW year AS (PARTITION BY g.cooperation_id ORDER BY g.q ROWS 3 PRECEDING)
) g CROSS JOIN LATERAL (VALUES
  ('steering-meetings', meetings::float8, NULL::float8, NULL::float8, n_meetings), ('partners-in-place', present, NULL, NULL, present),
  ('partners-joined', CASE WHEN q >= 3 THEN coalesce(joined, 0) END, NULL, NULL, coalesce(joined, 0)),
  ('partner-turnover-rate', NULL, departed, partners, partners), ('social-economy-votes', NULL, social, votes, n_votes),
  ('reception-delay', delay::float8 / told, NULL, NULL, told),
  ('delivery-completeness', NULL, CASE WHEN q >= 3 THEN complete END, months, months)
) AS i(indicator, value, numerator, denominator, n) WHERE i.value IS NOT NULL OR i.numerator IS NOT NULL AND i.denominator > 0;

INSERT INTO floor_result
SELECT p.cooperation_id, 'partners-in-place', g.quarter, 'kind', p.kind, count(*) FILTER (WHERE present), NULL, NULL,
  count(*) FILTER (WHERE present)
FROM partner_quarter p JOIN grid g USING (cooperation_id, q) GROUP BY 1, 3, 5;

INSERT INTO floor_result
SELECT d.cooperation_id, i.indicator, g.quarter, CASE part WHEN '' THEN '' ELSE 'entity' END, part,
  i.numerator::float8 / i.denominator, i.numerator, i.denominator, d.n
FROM delivery d JOIN grid g USING (cooperation_id, q) CROSS JOIN LATERAL (VALUES ('late-rows-rate', late, recorded),
  ('revised-rows-rate', revised, recorded), ('rejected-rows-rate', rejected, read)) AS i(indicator, numerator, denominator)
WHERE i.denominator > 0;
