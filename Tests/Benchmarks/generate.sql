-- A portfolio that never was: cooperations of 35 posts over 40 quarters (2016T1 to 2025T4), the same at every run.
--   psql -v cooperations=250 -f generate.sql
-- 4 000 cooperations have about 17 million monthly rows. Rows are added as one import adds them: in a batch that
-- was taken, each with its import and its line, under the triggers that keep history.

\set posts 35
BEGIN;
SET LOCAL client_min_messages = warning;
SET LOCAL work_mem = '256MB';

-- A number from 0 to 1 that depends on a key and on what it is for.
CREATE FUNCTION pg_temp.chance(key bigint, purpose bigint) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (hashint8extended(key, purpose) & 9007199254740991)::float8 / 9007199254740992;
-- One of a list.
CREATE FUNCTION pg_temp.pick(key bigint, purpose bigint, list text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN list[1 + floor(pg_temp.chance(key, purpose) * array_length(list, 1))::int];

CREATE TEMP TABLE cooperation ON COMMIT DROP AS
SELECT c, 'coop-' || lpad(c::text, 4, '0') AS cooperation_id,
  pg_temp.pick(c, 1, '{EI,EI,EI,ACI,ACI,ETTI,AI,EITI,EA,ESAT}') AS kind
FROM generate_series(1, :cooperations) AS c;

-- Each post is held by one person after another, from 8 to 24 months each.
CREATE TEMP TABLE path ON COMMIT DROP AS
SELECT c, s, k, key, cooperation_id, kind, format('P%s-%s', s, k) AS pathway,
  -- one in ten comes back
  CASE WHEN k > 1 AND pg_temp.chance(key, 2) < 0.1 THEN format('H%s-%s', s, k - 2) ELSE format('H%s-%s', s, k) END
    AS participant,
  (date '2016-01-01' + make_interval(months => begins))::date AS first_month,
  (date '2016-01-01' + make_interval(months => begins))::date + floor(pg_temp.chance(key, 3) * 20)::int AS started_on,
  least(begins + length, 120) - begins AS months,
  CASE WHEN begins + length < 120
    THEN (date '2016-01-01' + make_interval(months => begins + length - 1))::date
      + 20 + floor(pg_temp.chance(key, 4) * 8)::int END AS exited_on
FROM (
  SELECT c, s, k, key, cooperation_id, kind, length,
    (sum(length) OVER (PARTITION BY c, s ORDER BY k))::int - length AS begins
  FROM (
    SELECT c, s, k, c::bigint * 1000000 + s * 1000 + k AS key, cooperation_id, kind,
      8 + floor(pg_temp.chance(c::bigint * 1000000 + s * 1000 + k, 5) * 17)::int AS length
    FROM cooperation, generate_series(1, :posts) AS s, generate_series(0, 15) AS k) lengths
) places
WHERE begins < 120;
ANALYZE path;

UPDATE ops.batch_counter SET number = number + 1 RETURNING number AS batch \gset
SELECT set_config('jvs.batch', :'batch', true) \gset
CREATE TEMP TABLE import ON COMMIT DROP AS
SELECT cooperation_id, entity, nextval(pg_get_serial_sequence('ops.import', 'import_id')) AS import_id
FROM cooperation, unnest('{cooperation,organisation,participant,pathway,monthly_activity,exit,follow_up,training,
  contract,support,convention,commitment,contribution,finance_line,material_flow,market,clause_hours,
  observation}'::text[]) AS entity;

INSERT INTO fact.cooperation (cooperation_id, batch_from, import_id, source_line, cooperation, name, form, kind,
  activity_fr, activity_en, mission_fr, mission_en, started_on, data)
SELECT cooperation_id, :batch, import_id, 2, cooperation_id, cooperation_id, 'jvs', kind, 'a', 'a', 'm', 'm',
  '2016-01-01', 'sample'
FROM cooperation JOIN import i USING (cooperation_id) WHERE i.entity = 'cooperation';

INSERT INTO fact.organisation (cooperation_id, batch_from, import_id, source_line, organisation, name, kind)
SELECT cooperation_id, :batch, import_id, 2 + o, CASE o WHEN 0 THEN 'employeur' ELSE 'partenaire-' || o END,
  'Organisation ' || o, CASE o WHEN 0 THEN c.kind ELSE 'company' END
FROM cooperation c CROSS JOIN generate_series(0, 4) AS o JOIN import i USING (cooperation_id)
WHERE i.entity = 'organisation';

INSERT INTO fact.participant (cooperation_id, batch_from, import_id, source_line, participant, sex, birth_year, rsa,
  ass, aah, rqth, qpv, zrr, registration, schooling)
SELECT cooperation_id, :batch, import_id, 1 + row_number() OVER (PARTITION BY cooperation_id ORDER BY p.participant),
  p.participant, CASE WHEN pg_temp.chance(key, 10) < 0.97 THEN pg_temp.pick(key, 11, '{F,F,M,M,M}') END,
  CASE WHEN pg_temp.chance(key, 12) < 0.98 THEN 1955 + floor(pg_temp.chance(key, 13) * 44)::int END,
  CASE WHEN pg_temp.chance(key, 14) < 0.95 THEN pg_temp.chance(key, 15) < 0.45 END, pg_temp.chance(key, 16) < 0.06,
  pg_temp.chance(key, 17) < 0.05, CASE WHEN pg_temp.chance(key, 18) < 0.93 THEN pg_temp.chance(key, 19) < 0.2 END,
  CASE WHEN pg_temp.chance(key, 20) < 0.85 THEN pg_temp.chance(key, 21) < 0.3 END, pg_temp.chance(key, 22) < 0.1,
  CASE WHEN pg_temp.chance(key, 23) < 0.92 THEN pg_temp.pick(key, 24, '{none,under_6,6_11,12_23,24_plus,24_plus}') END,
  (pg_temp.pick(key, 25, '{10,20,30,40,41,50,51,60,70}'))::int
FROM (SELECT DISTINCT ON (cooperation_id, participant) * FROM path ORDER BY cooperation_id, participant, k) p
JOIN import i USING (cooperation_id) WHERE i.entity = 'participant';

INSERT INTO fact.pathway (cooperation_id, batch_from, import_id, source_line, pathway, participant, employer, kind,
  started_on, prescriber)
SELECT cooperation_id, :batch, import_id, 1 + row_number() OVER (PARTITION BY cooperation_id ORDER BY pathway), pathway,
  participant, 'employeur', p.kind, started_on, 3
FROM path p JOIN import i USING (cooperation_id) WHERE i.entity = 'pathway';

INSERT INTO fact.monthly_activity (cooperation_id, batch_from, import_id, source_line, pathway, month, hours_worked,
  hours_absent)
SELECT cooperation_id, :batch, import_id, 1 + row_number() OVER (PARTITION BY cooperation_id ORDER BY pathway, m),
  pathway, (first_month + make_interval(months => m))::date,
  CASE WHEN pg_temp.chance(key * 128 + m, 30) < 0.02 THEN 0 ELSE 60 + floor(pg_temp.chance(key * 128 + m, 31) * 360) / 4 END,
  CASE WHEN pg_temp.chance(key * 128 + m, 32) < 0.9 THEN floor(pg_temp.chance(key * 128 + m, 33) * 60) / 4 END
FROM path CROSS JOIN LATERAL generate_series(0, months - 1) AS m JOIN import i USING (cooperation_id)
WHERE i.entity = 'monthly_activity'
ORDER BY cooperation_id, pathway, m;

INSERT INTO fact.exit (cooperation_id, batch_from, import_id, source_line, pathway, exited_on, motif, next_employer)
SELECT cooperation_id, :batch, import_id, 1 + row_number() OVER (PARTITION BY cooperation_id ORDER BY pathway), pathway,
  exited_on, CASE WHEN pg_temp.chance(key, 40) < 0.9
    THEN (pg_temp.pick(key, 41, '{1,2,3,3,4,5,6,7,7,7,8,9,9,10,10,11,12,13,14,15,16,17,18,19,21,22,96}'))::int END,
  CASE WHEN pg_temp.chance(key, 42) < 0.1 THEN 'partenaire-1' END
FROM path JOIN import i USING (cooperation_id) WHERE i.entity = 'exit' AND exited_on IS NOT NULL;

INSERT INTO fact.follow_up (cooperation_id, batch_from, import_id, source_line, pathway, horizon, observed_on, situation)
SELECT cooperation_id, :batch, import_id, 1 + row_number() OVER (PARTITION BY cooperation_id ORDER BY pathway, horizon),
  pathway, horizon, (exited_on + make_interval(months => horizon))::date,
  pg_temp.pick(key * 16 + horizon, 50, '{in_job,in_job,in_job,not_in_job,not_in_job,lost}')
FROM path CROSS JOIN unnest('{3,6,12}'::int[]) AS horizon JOIN import i USING (cooperation_id)
WHERE i.entity = 'follow_up' AND exited_on + make_interval(months => horizon) <= '2026-01-15'
  AND pg_temp.chance(key * 16 + horizon, 51) < 0.7;

INSERT INTO fact.training (cooperation_id, batch_from, import_id, source_line, training, pathway, started_on, hours, topic,
  certified)
SELECT cooperation_id, :batch, import_id, 1 + row_number() OVER (PARTITION BY cooperation_id ORDER BY pathway, t),
  format('F%s-%s', pathway, t), pathway, started_on + 60 * t, 7 * (1 + floor(pg_temp.chance(key * 4 + t, 60) * 9)),
  pg_temp.pick(key * 4 + t, 61, '{qualifying,trade,french,digital,safety}'), pg_temp.chance(key * 4 + t, 62) < 0.3
FROM path CROSS JOIN generate_series(1, 2) AS t JOIN import i USING (cooperation_id)
WHERE i.entity = 'training' AND pg_temp.chance(key * 4 + t, 63) < 0.4;

INSERT INTO fact.contract (cooperation_id, batch_from, import_id, source_line, contract, pathway, kind, started_on, ended_on,
  weekly_hours, renewal)
SELECT cooperation_id, :batch, import_id, 1 + row_number() OVER (PARTITION BY cooperation_id ORDER BY pathway), pathway || '-C',
  pathway, 'CDDI', started_on, exited_on, 26, false
FROM path JOIN import i USING (cooperation_id) WHERE i.entity = 'contract';

INSERT INTO fact.support (cooperation_id, batch_from, import_id, source_line, support, pathway, held_on, hours, topic, by)
SELECT cooperation_id, :batch, import_id, 1 + row_number() OVER (PARTITION BY cooperation_id ORDER BY pathway, t),
  format('S%s-%s', pathway, t), pathway, started_on + 45 * t, 1 + floor(pg_temp.chance(key * 4 + t, 70) * 6) / 4,
  pg_temp.pick(key * 4 + t, 71, '{project,job_search,rights,housing,mobility}'), 'internal'
FROM path CROSS JOIN generate_series(1, 3) AS t JOIN import i USING (cooperation_id) WHERE i.entity = 'support';

INSERT INTO fact.convention (cooperation_id, batch_from, import_id, source_line, convention, organisation, kind, started_on,
  ended_on, etp_posts, status)
SELECT cooperation_id, :batch, import_id, year - 2014, 'AF-' || year, 'employeur', c.kind, make_date(year, 1, 1),
  make_date(year, 12, 31), 20 + floor(pg_temp.chance(c * 100 + year, 80) * 40) / 4, 'VALIDE'
FROM cooperation c CROSS JOIN generate_series(2016, 2025) AS year JOIN import i USING (cooperation_id)
WHERE i.entity = 'convention';

INSERT INTO fact.commitment (cooperation_id, batch_from, import_id, source_line, organisation, kind, quarter, quantity, unit,
  value_eur, method)
SELECT cooperation_id, :batch, import_id, 1 + row_number() OVER (PARTITION BY cooperation_id ORDER BY o, q),
  'partenaire-' || o, (ARRAY['entrusted_turnover', 'skills_sponsorship', 'job_offer', 'grant'])[o],
  format('%sT%s', 2016 + q / 4, q % 4 + 1), 1000 * o, (ARRAY['eur', 'hours', 'people', 'eur'])[o],
  CASE WHEN o <> 3 THEN 1000 + floor(pg_temp.chance(c * 1000 + q * 8 + o, 81) * 4000) END, 'invoice'
FROM cooperation c CROSS JOIN generate_series(1, 4) AS o CROSS JOIN generate_series(0, 39) AS q
JOIN import i USING (cooperation_id)
WHERE i.entity = 'commitment';

INSERT INTO fact.contribution (cooperation_id, batch_from, import_id, source_line, contribution, organisation, kind,
  delivered_on, quantity, unit, value_eur, method)
SELECT cooperation_id, :batch, import_id, 1 + row_number() OVER (PARTITION BY cooperation_id ORDER BY o, q),
  format('A%s-%s', o, q), 'partenaire-' || o, (ARRAY['entrusted_turnover', 'skills_sponsorship', 'job_offer', 'grant'])[o],
  (date '2016-01-01' + make_interval(months => q * 3))::date + floor(pg_temp.chance(c * 1000 + q * 8 + o, 82) * 80)::int,
  1 + floor(pg_temp.chance(c * 1000 + q * 8 + o, 83) * 40) / 2, (ARRAY['eur', 'hours', 'people', 'eur'])[o],
  CASE WHEN o <> 3 THEN 500 + floor(pg_temp.chance(c * 1000 + q * 8 + o, 84) * 500000) / 100 END, 'invoice'
FROM cooperation c CROSS JOIN generate_series(1, 4) AS o CROSS JOIN generate_series(0, 39) AS q
JOIN import i USING (cooperation_id)
WHERE i.entity = 'contribution' AND pg_temp.chance(c * 1000 + q * 8 + o, 85) < 0.85;

INSERT INTO fact.finance_line (cooperation_id, batch_from, import_id, source_line, month, category, amount_eur)
SELECT cooperation_id, :batch, import_id, 1 + row_number() OVER (PARTITION BY cooperation_id ORDER BY m, n),
  (date '2016-01-01' + make_interval(months => m))::date,
  (ARRAY['turnover', 'aide_au_poste', 'subsidy', 'other_income', 'wages'])[n],
  floor(pg_temp.chance(c * 1000 + m * 8 + n, 86) * 6000000) / 100
FROM cooperation c CROSS JOIN generate_series(0, 119) AS m CROSS JOIN generate_series(1, 5) AS n
JOIN import i USING (cooperation_id)
WHERE i.entity = 'finance_line';

INSERT INTO fact.material_flow (cooperation_id, batch_from, import_id, source_line, month, material, tonnes)
SELECT cooperation_id, :batch, import_id, 1 + row_number() OVER (PARTITION BY cooperation_id ORDER BY m, n),
  (date '2016-01-01' + make_interval(months => m))::date, (ARRAY['plastic', 'aluminium', 'cardboard'])[n],
  floor(pg_temp.chance(c * 1000 + m * 8 + n, 87) * 3000) / 100
FROM cooperation c CROSS JOIN generate_series(0, 119) AS m CROSS JOIN generate_series(1, 3) AS n
JOIN import i USING (cooperation_id)
WHERE i.entity = 'material_flow' AND c % 2 = 0;

INSERT INTO fact.market (cooperation_id, batch_from, import_id, source_line, market, client, started_on, ended_on,
  clause_hours_committed)
SELECT cooperation_id, :batch, import_id, 2 + n, 'M-' || n, 'Ville', make_date(2016 + 3 * n, 1, 1),
  make_date(2018 + 3 * n, 12, 31), 3600 + 120 * n
FROM cooperation CROSS JOIN generate_series(0, 2) AS n JOIN import i USING (cooperation_id) WHERE i.entity = 'market';

INSERT INTO fact.clause_hours (cooperation_id, batch_from, import_id, source_line, market, month, hours)
SELECT cooperation_id, :batch, import_id, 2 + m, 'M-' || m / 36, (date '2016-01-01' + make_interval(months => m))::date,
  floor(pg_temp.chance(c * 1000 + m, 88) * 800) / 4
FROM cooperation c CROSS JOIN generate_series(0, 107) AS m JOIN import i USING (cooperation_id)
WHERE i.entity = 'clause_hours';

INSERT INTO fact.observation (cooperation_id, batch_from, import_id, source_line, name, month, value)
SELECT cooperation_id, :batch, import_id, 2 + q * 2 + n, (ARRAY['steering_meetings', 'esat_workshop_hours'])[n + 1],
  (date '2016-01-01' + make_interval(months => q * 3 + 2))::date, 1 + n * floor(pg_temp.chance(c * 1000 + q, 89) * 900)
FROM cooperation c CROSS JOIN generate_series(0, 39) AS q CROSS JOIN generate_series(0, 1) AS n
JOIN import i USING (cooperation_id)
WHERE i.entity = 'observation';

INSERT INTO ops.import (import_id, cooperation_id, entity, file, sha256, read, recorded, revised, late, unchanged, rejected,
  closed, batch)
OVERRIDING SYSTEM VALUE
SELECT import_id, cooperation_id, entity, entity || '.csv', encode(sha256((cooperation_id || entity)::bytea), 'hex'),
  1, 1, 0, 0, 0, 0, 0, :batch
FROM import;
INSERT INTO ops.batch (batch, import_id) SELECT :batch, min(import_id) FROM import;
COMMIT;
VACUUM ANALYZE;
