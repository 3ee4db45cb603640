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
FROM cooperation, unnest('{cooperation,organisation,partnership,participant,pathway,follow_up,training,contract,support,
  convention,commitment,material_flow,market,clause_hours,observation,pass_iae,pass_iae_suspension,pass_iae_prolongation,
  eligibility,barrier_assessment,barrier_count,immersion}'::text[]) AS entity;
-- What comes with every quarter, some days after its end.
CREATE TEMP TABLE delivery ON COMMIT DROP AS
SELECT c, cooperation_id, q, e.entity, e.place, least('2026-01-15', (date '2016-01-01' + make_interval(months => q * 3 + 3))::date
    + 4 + floor(pg_temp.chance(c * 1000 + q * 8 + e.place, 8) * 26)::int) AS received_on,
  nextval(pg_get_serial_sequence('ops.import', 'import_id')) AS import_id
FROM cooperation CROSS JOIN generate_series(0, 39) AS q
CROSS JOIN unnest('{monthly_activity,exit,contribution,finance_line}'::text[]) WITH ORDINALITY AS e(entity, place);
ANALYZE delivery;
-- The quarter of a day, counted from 2016T1.
CREATE FUNCTION pg_temp.q(day date) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (date_part('year', day)::int - 2016) * 4 + date_part('quarter', day)::int - 1;

INSERT INTO fact.cooperation (cooperation_id, batch_from, import_id, source_line, cooperation, name, form, kind,
  activity_fr, activity_en, mission_fr, mission_en, started_on, data)
SELECT cooperation_id, :batch, import_id, 2, cooperation_id, cooperation_id, 'jvs', kind, 'a', 'a', 'm', 'm',
  '2016-01-01', 'sample'
FROM cooperation JOIN import i USING (cooperation_id) WHERE i.entity = 'cooperation';

INSERT INTO fact.organisation (cooperation_id, batch_from, import_id, source_line, organisation, name, kind)
SELECT cooperation_id, :batch, import_id, 2 + o, CASE o WHEN 0 THEN 'employeur' ELSE 'partenaire-' || o END,
  'Organisation ' || o, (ARRAY[c.kind, 'company', 'foundation', 'ESAT', 'association'])[o + 1]
FROM cooperation c CROSS JOIN generate_series(0, 4) AS o JOIN import i USING (cooperation_id)
WHERE i.entity = 'organisation';

-- Two founders; two members of whom the first leaves, and comes back in one cooperation of two.
INSERT INTO fact.partnership (cooperation_id, batch_from, import_id, source_line, organisation, role, votes, started_on, ended_on)
SELECT cooperation_id, :batch, import_id, 2 + n, organisation, role, votes, started_on, ended_on
FROM cooperation CROSS JOIN LATERAL (VALUES
  (0, 'employeur', 'founder', 3, date '2016-01-01', NULL::date),
  (1, 'partenaire-1', 'founder', 2, '2016-01-01', NULL),
  (2, 'partenaire-1', 'client', NULL, '2017-03-01' , '2021-02-28'),
  (3, 'partenaire-2', 'funder', NULL, '2016-01-01', date '2018-06-30' + floor(pg_temp.chance(c, 6) * 1000)::int),
  (4, 'partenaire-3', 'member', 1, date '2016-04-01' + floor(pg_temp.chance(c, 7) * 400)::int, '2020-11-15'),
  (5, 'partenaire-3', 'member', 1, '2022-02-01', NULL),
  (6, 'partenaire-4', 'member', 1, date '2017-01-01' + floor(pg_temp.chance(c, 9) * 2000)::int, NULL)
) AS p(n, organisation, role, votes, started_on, ended_on) JOIN import i USING (cooperation_id)
WHERE i.entity = 'partnership' AND (n <> 5 OR c % 2 = 0);

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
FROM path CROSS JOIN LATERAL generate_series(0, months - 1) AS m
JOIN delivery d USING (cooperation_id)
WHERE d.entity = 'monthly_activity' AND d.q = pg_temp.q((first_month + make_interval(months => m))::date)
ORDER BY cooperation_id, pathway, m;

INSERT INTO fact.exit (cooperation_id, batch_from, import_id, source_line, pathway, exited_on, motif, next_employer)
SELECT cooperation_id, :batch, import_id, 1 + row_number() OVER (PARTITION BY cooperation_id ORDER BY pathway), pathway,
  exited_on, CASE WHEN pg_temp.chance(key, 40) < 0.9
    THEN (pg_temp.pick(key, 41, '{1,2,3,3,4,5,6,7,7,7,8,9,9,10,10,11,12,13,14,15,16,17,18,19,21,22,96}'))::int END,
  CASE WHEN pg_temp.chance(key, 42) < 0.1 THEN pg_temp.pick(key, 43, '{partenaire-1,partenaire-1,partenaire-3}') END
FROM path JOIN delivery d USING (cooperation_id) WHERE d.entity = 'exit' AND d.q = pg_temp.q(exited_on);

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

-- Contracts of eight months follow each other; who leaves earlier leaves before the term.
INSERT INTO fact.contract (cooperation_id, batch_from, import_id, source_line, contract, pathway, kind, started_on, ended_on,
  weekly_hours, renewal)
SELECT cooperation_id, :batch, import_id, 1 + row_number() OVER (PARTITION BY cooperation_id ORDER BY pathway, t),
  format('%s-C%s', pathway, t), pathway,
  CASE WHEN kind IN ('ETTI', 'AI') THEN 'mission' WHEN t = 2 THEN 'CDI_inclusion' ELSE 'CDDI' END,
  CASE t WHEN 0 THEN started_on ELSE (first_month + make_interval(months => 8 * t))::date END,
  CASE WHEN t < 2 THEN (first_month + make_interval(months => 8 * t + 8))::date - 1 END, 26, t > 0
FROM path CROSS JOIN LATERAL generate_series(0, (months - 1) / 8) AS t JOIN import i USING (cooperation_id)
WHERE i.entity = 'contract';

INSERT INTO fact.support (cooperation_id, batch_from, import_id, source_line, support, pathway, held_on, hours, topic, by)
SELECT cooperation_id, :batch, import_id, 1 + row_number() OVER (PARTITION BY cooperation_id ORDER BY pathway, t),
  format('S%s-%s', pathway, t), pathway, started_on + 45 * t, 1 + floor(pg_temp.chance(key * 4 + t, 70) * 6) / 4,
  pg_temp.pick(key * 4 + t, 71, '{project,job_search,rights,housing,mobility}'),
  pg_temp.pick(key * 4 + t, 72, '{internal,internal,internal,internal,external}')
FROM path CROSS JOIN generate_series(1, 3) AS t JOIN import i USING (cooperation_id) WHERE i.entity = 'support';

INSERT INTO fact.immersion (cooperation_id, batch_from, import_id, source_line, immersion, pathway, host, object, started_on,
  ended_on, hours)
SELECT cooperation_id, :batch, import_id, 1 + row_number() OVER (PARTITION BY cooperation_id ORDER BY pathway), pathway || '-I',
  pathway, 'Entreprise ' || days, object, begins, begins + days - 1, CASE WHEN pg_temp.chance(key, 73) < 0.9 THEN 5 * days END
FROM path CROSS JOIN LATERAL (SELECT pg_temp.pick(key, 74, '{5,5,10,10,12}')::int AS days,
  pg_temp.pick(key, 75, '{discover,discover,confirm,confirm,recruit}') AS object,
  started_on + 45 + floor(pg_temp.chance(key, 76) * 76)::int AS begins) s JOIN import i USING (cooperation_id)
WHERE i.entity = 'immersion' AND pg_temp.chance(key, 77) < 0.3 AND begins + days - 1 < coalesce(exited_on, '2026-01-01');

-- Barriers, criteria and PASS IAE are told from the day their reference tables begin.
-- A barrier is assessed two weeks after the entry, and three days before the exit where there was one.
INSERT INTO fact.barrier_assessment (cooperation_id, batch_from, import_id, source_line, pathway, barrier, assessed_on, moment,
  level, accompanied)
SELECT cooperation_id, :batch, import_id, 1 + row_number() OVER (PARTITION BY cooperation_id ORDER BY pathway, barrier, moment),
  pathway, barrier, CASE moment WHEN 'entry' THEN started_on + 14 ELSE exited_on - 3 END, moment,
  CASE moment WHEN 'entry' THEN level
    ELSE greatest(1, least(5, level + pg_temp.pick(key * 8 + b, 90, '{-2,-1,-1,-1,-1,0,0,0,0,1}')::int)) END,
  CASE WHEN level > 1 THEN pg_temp.pick(key * 8 + b, 91, '{internal,internal,internal,external,both,none,NULL}') END
FROM path
CROSS JOIN unnest('{illetrisme,demarch,heberg,mobilite,surendet,manque_dispo,numerique}'::text[]) WITH ORDINALITY AS k(barrier, b)
CROSS JOIN LATERAL (SELECT pg_temp.pick(key * 8 + b, 92, '{1,1,1,1,2,2,3,3,4,5}')::int AS level) l
CROSS JOIN unnest('{entry,exit}'::text[]) AS moment JOIN import i USING (cooperation_id)
WHERE i.entity = 'barrier_assessment' AND started_on >= '2021-01-01' AND pg_temp.chance(key * 8 + b, 93) < 0.85
  AND (moment = 'entry' AND started_on + 14 <= '2025-12-31'
    OR level > 1 AND exited_on - started_on > 60 AND pg_temp.chance(key * 8 + b, 94) < 0.85);

INSERT INTO fact.barrier_count (cooperation_id, batch_from, import_id, source_line, barrier, quarter, concerned, internal,
  external, "both")
SELECT cooperation_id, :batch, import_id, 2 + q * 2 + n, (ARRAY['sante', 'justice'])[n + 1],
  format('%sT%s', 2016 + q / 4, q % 4 + 1), a + b + d, a, b, CASE WHEN pg_temp.chance(c * 1000 + q * 2 + n, 95) < 0.9 THEN d END
FROM cooperation CROSS JOIN generate_series(20, 39) AS q CROSS JOIN generate_series(0, 1) AS n
CROSS JOIN LATERAL (SELECT floor(pg_temp.chance(c * 1000 + q * 2 + n, 96) * 5)::int AS a,
  floor(pg_temp.chance(c * 1000 + q * 2 + n, 97) * 5)::int AS b, floor(pg_temp.chance(c * 1000 + q * 2 + n, 98) * 3)::int AS d) s
JOIN import i USING (cooperation_id) WHERE i.entity = 'barrier_count';

INSERT INTO fact.eligibility (cooperation_id, batch_from, import_id, source_line, pathway, criterion, assessed_on, by)
SELECT cooperation_id, :batch, i.import_id, 1 + row_number() OVER (PARTITION BY cooperation_id ORDER BY p.pathway, criterion),
  p.pathway, criterion, p.started_on - 4 - floor(pg_temp.chance(key, 99) * 57)::int,
  CASE WHEN pg_temp.chance(key, 100) < 0.4 THEN 'employer' ELSE 'prescriber' END
FROM path p JOIN fact.participant m USING (cooperation_id, participant)
CROSS JOIN LATERAL (VALUES ('RSA', m.rsa), ('ASS', m.ass), ('AAH', m.aah), ('TH', m.rqth), ('QPV', m.qpv), ('ZRR', m.zrr),
  ('JEUNE', date_part('year', p.started_on) - m.birth_year < 26), ('SENIOR', date_part('year', p.started_on) - m.birth_year > 50),
  ('DETLD', m.registration = '24_plus'), ('DELD', m.registration = '12_23'), ('CAP_BEP', m.schooling IN (0, 1, 50, 51, 70)),
  ('PM', pg_temp.chance(key, 101) < 0.2), ('FLE', pg_temp.chance(key, 102) < 0.2), ('PI', pg_temp.chance(key, 103) < 0.1)
) AS k(criterion, has) JOIN import i USING (cooperation_id)
WHERE i.entity = 'eligibility' AND has AND p.started_on >= '2021-11-01';

-- The PASS IAE of who enters for the first time; the days of its suspensions are added to it, and its prolongations.
CREATE TEMP TABLE pass ON COMMIT DROP AS
SELECT * FROM (SELECT DISTINCT ON (cooperation_id, participant) cooperation_id, key, participant, started_on, exited_on
               FROM path ORDER BY cooperation_id, participant, k) first
WHERE started_on >= '2018-01-01';
INSERT INTO fact.pass_iae (cooperation_id, batch_from, import_id, source_line, participant, started_on)
SELECT cooperation_id, :batch, import_id, 1 + row_number() OVER (PARTITION BY cooperation_id ORDER BY participant), participant,
  started_on
FROM pass JOIN import i USING (cooperation_id) WHERE i.entity = 'pass_iae';
INSERT INTO fact.pass_iae_suspension (cooperation_id, batch_from, import_id, source_line, participant, pass_started_on,
  started_on, ended_on, reason, declared_on)
SELECT cooperation_id, :batch, import_id, 1 + row_number() OVER (PARTITION BY cooperation_id ORDER BY participant), participant,
  pass.started_on, begins, begins + days, 'contract_suspended', begins + 10
FROM pass CROSS JOIN LATERAL (SELECT started_on + 40 + floor(pg_temp.chance(key, 104) * 41)::int AS begins,
  20 + floor(pg_temp.chance(key, 105) * 51)::int AS days) s JOIN import i USING (cooperation_id)
WHERE i.entity = 'pass_iae_suspension' AND pg_temp.chance(key, 106) < 0.06 AND begins + days <= coalesce(exited_on, '2025-12-31');
INSERT INTO fact.pass_iae_prolongation (cooperation_id, batch_from, import_id, source_line, participant, pass_started_on,
  started_on, ended_on, reason)
SELECT cooperation_id, :batch, import_id, 1 + row_number() OVER (PARTITION BY cooperation_id ORDER BY participant), participant,
  started_on, started_on + 729, started_on + 729 + 180, 'COMPLETE_TRAINING'
FROM pass JOIN import i USING (cooperation_id)
WHERE i.entity = 'pass_iae_prolongation' AND pg_temp.chance(key, 107) < 0.05 AND started_on + 729 < '2025-12-31';

INSERT INTO fact.convention (cooperation_id, batch_from, import_id, source_line, convention, organisation, kind, started_on,
  ended_on, etp_posts, status)
SELECT cooperation_id, :batch, import_id, year - 2014, 'AF-' || year, 'employeur', c.kind, make_date(year, 1, 1),
  make_date(year, 12, 31), 20 + floor(pg_temp.chance(c * 100 + year, 80) * 40) / 4, 'VALIDE'
FROM cooperation c CROSS JOIN generate_series(2016, 2025) AS year JOIN import i USING (cooperation_id)
WHERE i.entity = 'convention';

INSERT INTO fact.commitment (cooperation_id, batch_from, import_id, source_line, organisation, kind, quarter, quantity, unit,
  value_eur, method)
SELECT cooperation_id, :batch, import_id, 1 + row_number() OVER (PARTITION BY cooperation_id ORDER BY o, q),
  'partenaire-' || 1 + (o - 1) % 4, (ARRAY['entrusted_turnover', 'skills_sponsorship', 'job_offer', 'grant', 'secondment', 'social_expertise',
    'skills_volunteering'])[o],
  format('%sT%s', 2016 + q / 4, q % 4 + 1), 1000 * o, (ARRAY['eur', 'hours', 'people', 'eur', 'etp_months', 'hours', 'hours'])[o],
  CASE WHEN o NOT IN (3, 7) THEN 1000 + floor(pg_temp.chance(c * 1000 + q * 8 + o, 81) * 4000) END, 'invoice'
FROM cooperation c CROSS JOIN generate_series(1, 7) AS o CROSS JOIN generate_series(0, 39) AS q
JOIN import i USING (cooperation_id)
WHERE i.entity = 'commitment';

INSERT INTO fact.contribution (cooperation_id, batch_from, import_id, source_line, contribution, organisation, kind,
  delivered_on, quantity, unit, value_eur, method)
SELECT cooperation_id, :batch, import_id, 1 + row_number() OVER (PARTITION BY cooperation_id ORDER BY o, q),
  format('A%s-%s', o, q), 'partenaire-' || 1 + (o - 1) % 4, (ARRAY['entrusted_turnover', 'skills_sponsorship', 'job_offer', 'grant', 'secondment', 'social_expertise',
    'skills_volunteering'])[o],
  (date '2016-01-01' + make_interval(months => q * 3))::date + floor(pg_temp.chance(c.c * 1000 + q * 8 + o, 82) * 80)::int,
  1 + floor(pg_temp.chance(c.c * 1000 + q * 8 + o, 83) * 40) / 2, (ARRAY['eur', 'hours', 'people', 'eur', 'etp_months', 'hours', 'hours'])[o],
  CASE WHEN o NOT IN (3, 7) THEN 500 + floor(pg_temp.chance(c.c * 1000 + q * 8 + o, 84) * 500000) / 100 END, 'invoice'
FROM cooperation c CROSS JOIN generate_series(1, 7) AS o CROSS JOIN generate_series(0, 39) AS q
JOIN delivery d USING (cooperation_id, q)
WHERE d.entity = 'contribution' AND pg_temp.chance(c.c * 1000 + q * 8 + o, 85) < 0.85;

INSERT INTO fact.finance_line (cooperation_id, batch_from, import_id, source_line, month, category, amount_eur)
SELECT cooperation_id, :batch, import_id, 1 + row_number() OVER (PARTITION BY cooperation_id ORDER BY m, n),
  (date '2016-01-01' + make_interval(months => m))::date,
  (ARRAY['turnover', 'aide_au_poste', 'subsidy', 'other_income', 'wages', 'other_costs', 'social_contributions', 'taxes'])[n],
  floor(pg_temp.chance(c.c * 1000 + m * 8 + n, 86) * 6000000) / 100
FROM cooperation c CROSS JOIN generate_series(0, 119) AS m CROSS JOIN generate_series(1, 8) AS n
JOIN delivery d USING (cooperation_id)
WHERE d.entity = 'finance_line' AND d.q = m / 3;

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
INSERT INTO fact.observation (cooperation_id, batch_from, import_id, source_line, name, month, value)
SELECT cooperation_id, :batch, import_id, 82 + m * 3 + n, (ARRAY['supervisor_etp', 'counsellor_etp', 'esat_posts'])[n + 1],
  (date '2016-01-01' + make_interval(months => m))::date,
  (ARRAY[3, 0.5, 5])[n + 1] + floor(pg_temp.chance(c * 1000 + m * 4 + n, 108) * 20) / 20
FROM cooperation c CROSS JOIN generate_series(0, 119) AS m CROSS JOIN generate_series(0, 2) AS n
JOIN import i USING (cooperation_id)
WHERE i.entity = 'observation' AND pg_temp.chance(c * 1000 + m * 4 + n, 109) < 0.97;

-- Each import is an entry of the audit chain, which so many in one transaction would make wait for one another.
ALTER TABLE ops.import DISABLE TRIGGER note;
INSERT INTO ops.import (import_id, cooperation_id, entity, file, sha256, received_on, read, recorded, revised, late, unchanged,
  rejected, closed, batch)
OVERRIDING SYSTEM VALUE
SELECT import_id, cooperation_id, entity, entity || '.csv', encode(sha256((cooperation_id || entity)::bytea), 'hex'),
  '2016-01-15'::date, 1, 1, 0, 0, 0, 0, 0, :batch
FROM import
UNION ALL
SELECT import_id, cooperation_id, entity, entity || '.csv', encode(sha256((cooperation_id || entity || q)::bytea), 'hex'),
  received_on, recorded + rejected, recorded, revised, late, 0, rejected, 0, :batch
FROM delivery CROSS JOIN LATERAL (SELECT c * 1000 + q * 8 + place AS key) k
CROSS JOIN LATERAL (SELECT 4 + (96 + floor(pg_temp.chance(key, 110) * 20)::int) / place::int AS recorded,
  floor(pg_temp.chance(key, 111) * 4)::int AS rejected, floor(pg_temp.chance(key, 112) * 5)::int AS revised,
  floor(pg_temp.chance(key, 113) * 5)::int AS late) s;
INSERT INTO ops.batch (batch, import_id) SELECT :batch, min(import_id) FROM import;
ALTER TABLE ops.import ENABLE TRIGGER note;
COMMIT;
VACUUM ANALYZE;
