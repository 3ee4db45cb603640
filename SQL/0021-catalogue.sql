-- Catalogue: what the whole list of indicators reads and the views lacked. The factors of avoided
-- emissions, the day a file was received, and the entities of Indicators/facts.yaml that follow.

CREATE TABLE reference.co2_factor (
  LIKE ops.recorded INCLUDING ALL,
  material text NOT NULL,
  valid_from date NOT NULL,
  tco2e_per_tonne numeric NOT NULL,
  reference_year integer NOT NULL,
  source text NOT NULL,
  sureness text NOT NULL
);
ALTER TABLE reference.co2_factor DROP COLUMN cooperation_id;
CALL ops.keep_history('reference', 'co2_factor', '{material,valid_from}', NULL);

-- The business day an import was made on: said by who imports, so that a replay gives the same figures.
ALTER TABLE ops.import ADD COLUMN received_on date;

-- The day of reception is under the chain like the rest of an import; one recorded before it was kept says what it said.
CREATE OR REPLACE FUNCTION audit.import_details(number bigint) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('cooperation', i.cooperation_id, 'entity', i.entity, 'file', i.file,
    'sha256', i.sha256, 'imported_at', audit.instant(i.imported_at), 'read', i.read, 'recorded', i.recorded,
    'revised', i.revised, 'late', i.late, 'unchanged', i.unchanged, 'rejected', i.rejected,
    'closed', i.closed, 'complete', i.complete, 'batch', i.batch, 'batches', coalesce(
      (SELECT jsonb_agg(jsonb_build_array(b.batch, audit.instant(b.recorded_at)) ORDER BY b.batch)
       FROM ops.batch b WHERE b.import_id = i.import_id), '[]'))
    || CASE WHEN i.received_on IS NULL THEN '{}'
         ELSE jsonb_build_object('received_on', to_char(i.received_on, 'YYYY-MM-DD')) END
  FROM ops.import i WHERE i.import_id = number
$$;

-- Age groups of ESF+, by difference of years: the birth year is all that is known.
CREATE FUNCTION measure.age_group_fse(birth_year int, day date) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE
    WHEN birth_year IS NULL THEN NULL
    WHEN extract(year FROM day)::int - birth_year < 18 THEN 'under_18'
    WHEN extract(year FROM day)::int - birth_year < 30 THEN '18_29'
    WHEN extract(year FROM day)::int - birth_year < 55 THEN '30_54'
    ELSE '55_plus' END;

-- Territory of a person's address: a priority neighbourhood, a rural revitalisation zone, or neither. Unknown
-- unless one is known to hold or both are known not to.
CREATE FUNCTION measure.territory(qpv boolean, zrr boolean) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN qpv THEN 'qpv' WHEN zrr THEN 'zrr' WHEN NOT qpv AND NOT zrr THEN 'elsewhere' END;

-- The official flag of consumption: both sides cut to two decimals.
CREATE FUNCTION measure.consumption(realised numeric, agreed numeric) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN CASE
    WHEN trunc(realised, 2) < trunc(agreed, 2) THEN 'under'
    WHEN trunc(realised, 2) > trunc(agreed, 2) THEN 'over'
    ELSE 'conform' END;

DROP VIEW measure.follow_ups, measure.exits, measure.pathways, measure.activity, measure.trainings, measure.contracts,
  measure.supports, measure.barrier_assessments, measure.barrier_changes, measure.immersions, measure.diagnoses,
  measure.materials, measure.convention_months;

-- Ten answers are asked of every person who enters; the birth year and the level of education are two of them.
CREATE VIEW measure.pathways WITH (security_invoker = true) AS
SELECT p.cooperation_id, p.import_id, p.source_line, p.pathway, p.participant, p.employer, p.kind,
  p.started_on, e.exited_on AS ended_on, m.sex, m.rsa, m.ass, m.aah, m.rqth, m.qpv, m.zrr,
  m.registration, m.schooling, measure.age_group(m.birth_year, p.started_on) AS age_group,
  measure.age_group_fse(m.birth_year, p.started_on) AS age_group_fse, measure.territory(m.qpv, m.zrr) AS territory,
  p.prescriber, measure.is_siae(p.kind) AS siae, 10 AS answers_asked,
  num_nulls(m.sex, m.birth_year, m.rsa, m.ass, m.aah, m.rqth, m.qpv, m.zrr, m.registration, m.schooling) AS answers_unknown
FROM as_of.pathway p
LEFT JOIN as_of.participant m USING (cooperation_id, participant)
LEFT JOIN as_of.exit e USING (cooperation_id, pathway);

CREATE VIEW measure.activity WITH (security_invoker = true) AS
SELECT a.cooperation_id, a.import_id, a.source_line, a.pathway, a.month, p.participant, p.employer, p.kind,
  a.hours_worked, a.hours_absent, a.hours_worked + a.hours_absent AS hours_theoretical,
  a.hours_worked / b.hours AS etp_annual, a.hours_worked / b.hours * 12 AS etp_monthly,
  m.sex, m.rsa, m.ass, m.aah, m.rqth, m.qpv, m.zrr, m.registration, m.schooling,
  measure.age_group(m.birth_year, a.month) AS age_group, measure.age_group_fse(m.birth_year, a.month) AS age_group_fse,
  measure.territory(m.qpv, m.zrr) AS territory, measure.is_siae(p.kind) AS siae
FROM as_of.monthly_activity a
JOIN as_of.pathway p USING (cooperation_id, pathway)
LEFT JOIN as_of.participant m ON m.cooperation_id = p.cooperation_id AND m.participant = p.participant
LEFT JOIN measure.etp_bases b ON b.kind = p.kind AND a.month >= b.valid_from AND a.month < b.valid_until;

CREATE VIEW measure.exits WITH (security_invoker = true) AS
SELECT c.*,
  c.siae AND c.reached_threshold AND c.documented AND c.class NOT IN ('withdrawal', 'outside') AS examined,
  c.siae AND c.reached_threshold AND c.class NOT IN ('withdrawal', 'outside') AS examined_b,
  c.class IN ('durable', 'transition', 'positive') AS dynamic
FROM (
  SELECT e.cooperation_id, e.import_id, e.source_line, e.pathway, p.participant, p.employer, p.kind,
    e.exited_on, e.motif, measure.is_siae(p.kind) AS siae, e.motif IS NOT NULL AS documented,
    CASE WHEN e.motif IS NULL THEN 'undocumented' ELSE m.class END AS class,
    e.next_employer IS NOT NULL AS bridge, e.next_employer, o.kind AS next_kind,
    e.exited_on - p.started_on AS length_days,
    measure.reached_threshold(p.kind, e.exited_on - p.started_on, coalesce(h.hours, 0)) AS reached_threshold,
    q.sex, q.rsa, q.ass, q.aah, q.rqth, q.qpv, q.zrr, q.registration,
    measure.age_group(q.birth_year, e.exited_on) AS age_group, measure.territory(q.qpv, q.zrr) AS territory
  FROM as_of.exit e
  JOIN as_of.pathway p USING (cooperation_id, pathway)
  LEFT JOIN as_of.participant q ON q.cooperation_id = p.cooperation_id AND q.participant = p.participant
  LEFT JOIN as_of.organisation o ON o.cooperation_id = e.cooperation_id AND o.organisation = e.next_employer
  LEFT JOIN LATERAL (
    SELECT m.class FROM as_of.exit_motif m
    WHERE m.code = e.motif AND m.valid_from <= e.exited_on ORDER BY m.valid_from DESC LIMIT 1) m ON true
  -- No row of hours in the year of exit is no hour worked that year: the threshold is about hours entered.
  LEFT JOIN LATERAL (
    SELECT sum(a.hours_worked) AS hours FROM as_of.monthly_activity a
    WHERE a.cooperation_id = e.cooperation_id AND a.pathway = e.pathway
      AND extract(year FROM a.month) = extract(year FROM e.exited_on)) h ON true
) c;

-- Population of the official follow-up: examined exits outside motifs 2 and 96, the latest of each person.
CREATE VIEW measure.follow_ups WITH (security_invoker = true) AS
SELECT l.cooperation_id, l.import_id, l.source_line, l.pathway, l.participant, l.employer, l.class, l.exited_on,
  z.horizon, d.due, d.due AND coalesce(f.situation IN ('in_job', 'not_in_job'), false) AS known,
  coalesce(f.situation, 'unknown') AS situation, l.sex, l.rsa, l.rqth, l.registration, l.age_group, l.territory
FROM (
  SELECT DISTINCT ON (cooperation_id, participant) *
  FROM measure.exits WHERE examined AND motif NOT IN (2, 96)
  ORDER BY cooperation_id, participant, exited_on DESC, pathway
) l
CROSS JOIN (VALUES (3), (6), (12)) AS z(horizon)
CROSS JOIN LATERAL (
  SELECT (l.exited_on + make_interval(months => z.horizon))::date <= current_setting('jvs.cut')::date AS due) d
LEFT JOIN as_of.follow_up f
  ON f.cooperation_id = l.cooperation_id AND f.pathway = l.pathway AND f.horizon = z.horizon;

-- A pathway as the analysis of durations sees it: days from entry to the exit, or to the cut when it still runs;
-- the cause is the class of the exit, and is empty for a pathway that still runs. Counted on the day of entry.
CREATE VIEW measure.journeys WITH (security_invoker = true) AS
SELECT p.cooperation_id, p.import_id, p.source_line, p.pathway, p.participant, p.employer, p.kind, p.siae,
  p.started_on, u.until_on, u.until_on - p.started_on AS days, c.class AS cause,
  p.sex, p.rsa, p.rqth, p.registration, p.age_group, p.territory
FROM (
  SELECT p.cooperation_id, p.import_id, p.source_line, p.pathway, p.participant, p.employer, p.kind,
    measure.is_siae(p.kind) AS siae, p.started_on, e.exited_on, e.motif, m.sex, m.rsa, m.rqth, m.registration,
    measure.age_group(m.birth_year, p.started_on) AS age_group, measure.territory(m.qpv, m.zrr) AS territory
  FROM as_of.pathway p
  LEFT JOIN as_of.participant m USING (cooperation_id, participant)
  LEFT JOIN as_of.exit e ON e.cooperation_id = p.cooperation_id AND e.pathway = p.pathway
    AND e.exited_on <= current_setting('jvs.cut')::date
  WHERE p.started_on <= current_setting('jvs.cut')::date
) p
CROSS JOIN LATERAL (SELECT coalesce(p.exited_on, current_setting('jvs.cut')::date) AS until_on) u
LEFT JOIN LATERAL (
  SELECT CASE WHEN p.motif IS NULL THEN 'undocumented' ELSE (
    SELECT m.class FROM as_of.exit_motif m
    WHERE m.code = p.motif AND m.valid_from <= p.exited_on ORDER BY m.valid_from DESC LIMIT 1) END AS class
  WHERE p.exited_on IS NOT NULL) c ON true;

CREATE VIEW measure.trainings WITH (security_invoker = true) AS
SELECT t.cooperation_id, t.import_id, t.source_line, t.training, t.pathway, p.participant, p.employer, p.kind,
  t.started_on, t.hours, t.topic, t.provider, t.certified, m.sex, m.rsa, m.rqth,
  measure.age_group(m.birth_year, t.started_on) AS age_group, measure.territory(m.qpv, m.zrr) AS territory
FROM as_of.training t JOIN as_of.pathway p USING (cooperation_id, pathway)
LEFT JOIN as_of.participant m ON m.cooperation_id = p.cooperation_id AND m.participant = p.participant;

CREATE VIEW measure.contracts WITH (security_invoker = true) AS
SELECT c.cooperation_id, c.import_id, c.source_line, c.contract, c.pathway, p.participant, p.employer, p.kind,
  c.kind AS contract_kind, c.weekly_hours, c.renewal, c.ended_on - c.started_on + 1 AS length_days,
  c.started_on, c.ended_on, m.sex, m.rsa, m.rqth, measure.age_group(m.birth_year, c.started_on) AS age_group
FROM as_of.contract c JOIN as_of.pathway p USING (cooperation_id, pathway)
LEFT JOIN as_of.participant m ON m.cooperation_id = p.cooperation_id AND m.participant = p.participant;

CREATE VIEW measure.supports WITH (security_invoker = true) AS
SELECT s.cooperation_id, s.import_id, s.source_line, s.support, s.pathway, p.participant, p.employer, p.kind, s.hours,
  s.topic, s.by, s.held_on, m.sex, m.rsa, m.rqth, measure.age_group(m.birth_year, s.held_on) AS age_group
FROM as_of.support s JOIN as_of.pathway p USING (cooperation_id, pathway)
LEFT JOIN as_of.participant m ON m.cooperation_id = p.cooperation_id AND m.participant = p.participant;

CREATE VIEW measure.barrier_assessments WITH (security_invoker = true) AS
SELECT b.cooperation_id, b.import_id, b.source_line, b.pathway, p.participant, p.kind, b.barrier, b.moment, b.level,
  b.accompanied, b.assessed_on, m.sex, measure.age_group(m.birth_year, b.assessed_on) AS age_group
FROM as_of.barrier_assessment b JOIN as_of.pathway p USING (cooperation_id, pathway)
LEFT JOIN as_of.participant m ON m.cooperation_id = p.cooperation_id AND m.participant = p.participant;

CREATE VIEW measure.barrier_changes WITH (security_invoker = true) AS
SELECT b.cooperation_id, b.import_id, b.source_line, b.pathway, p.participant, p.kind, b.barrier,
  b.entry_level, b.exit_level, measure.barrier_change(b.entry_level, b.exit_level) AS change, x.exited_on,
  m.sex, measure.age_group(m.birth_year, x.exited_on) AS age_group
FROM (
  SELECT cooperation_id, pathway, barrier,
    (array_agg(level ORDER BY assessed_on) FILTER (WHERE moment = 'entry'))[1] AS entry_level,
    (array_agg(level ORDER BY assessed_on DESC) FILTER (WHERE moment = 'exit'))[1] AS exit_level,
    -- the assessment the change is told from: the last one
    (array_agg(import_id ORDER BY assessed_on DESC))[1] AS import_id,
    (array_agg(source_line ORDER BY assessed_on DESC))[1] AS source_line
  FROM as_of.barrier_assessment GROUP BY cooperation_id, pathway, barrier
) b
JOIN as_of.exit x USING (cooperation_id, pathway)
JOIN as_of.pathway p USING (cooperation_id, pathway)
LEFT JOIN as_of.participant m ON m.cooperation_id = p.cooperation_id AND m.participant = p.participant;

CREATE VIEW measure.immersions WITH (security_invoker = true) AS
SELECT i.cooperation_id, i.import_id, i.source_line, i.immersion, i.pathway, p.participant, p.employer, p.kind, i.object,
  i.ended_on - i.started_on + 1 AS days, i.hours, i.started_on, i.ended_on, m.sex, m.rsa, m.rqth,
  measure.age_group(m.birth_year, i.started_on) AS age_group
FROM as_of.immersion i JOIN as_of.pathway p USING (cooperation_id, pathway)
LEFT JOIN as_of.participant m ON m.cooperation_id = p.cooperation_id AND m.participant = p.participant;

-- `young` and `senior` are the criteria of eligibility, judged by true age at hiring; the public profile counts by
-- difference of years, so that the two need not agree for people whose birthday falls late in the year.
CREATE VIEW measure.diagnoses WITH (security_invoker = true) AS
SELECT d.cooperation_id, d.import_id, d.source_line, d.pathway, p.participant, p.employer, p.kind, d.by, d.level_1,
  d.level_2, measure.is_eligible(d.level_1, d.level_2, n.level_2) AS eligible, d.young, d.senior,
  p.started_on - d.assessed_on AS days_before, d.assessed_on, m.sex
FROM (
  SELECT e.cooperation_id, e.pathway, min(e.by) AS by, min(e.assessed_on) AS assessed_on,
    count(*) FILTER (WHERE c.level = 1) AS level_1, count(*) FILTER (WHERE c.level = 2) AS level_2,
    bool_or(e.criterion = 'JEUNE') AS young, bool_or(e.criterion = 'SENIOR') AS senior,
    (array_agg(e.import_id ORDER BY e.criterion))[1] AS import_id,
    (array_agg(e.source_line ORDER BY e.criterion))[1] AS source_line
  FROM as_of.eligibility e
  LEFT JOIN LATERAL (
    SELECT c.level FROM as_of.criterion c
    WHERE c.code = e.criterion AND c.valid_from <= e.assessed_on ORDER BY c.valid_from DESC LIMIT 1) c ON true
  GROUP BY e.cooperation_id, e.pathway
) d
JOIN as_of.pathway p USING (cooperation_id, pathway)
LEFT JOIN as_of.participant m ON m.cooperation_id = p.cooperation_id AND m.participant = p.participant
LEFT JOIN LATERAL (
  SELECT n.level_2 FROM as_of.criterion_need n
  WHERE n.kind = p.kind AND n.valid_from <= d.assessed_on ORDER BY n.valid_from DESC LIMIT 1) n ON true;

-- A PASS IAE at the end of each quarter it spans, while its holder has a pathway that runs: how long it still lasts.
CREATE VIEW measure.pass_quarters WITH (security_invoker = true) AS
SELECT v.cooperation_id, v.import_id, v.source_line, v.participant, s.quarter::date AS quarter,
  v.ended_on, v.ended_on - q.ends AS days_left,
  v.ended_on <= (q.ends + interval '3 months')::date AS ends_within_3_months,
  v.ended_on <= (q.ends + interval '6 months')::date AS ends_within_6_months
FROM measure.passes v
CROSS JOIN LATERAL generate_series(
  date_trunc('quarter', v.started_on::timestamp), least(v.ended_on, current_setting('jvs.cut')::date)::timestamp,
  interval '3 months') AS s(quarter)
CROSS JOIN LATERAL (SELECT (s.quarter + interval '3 months' - interval '1 day')::date AS ends) q
WHERE v.ended_on > q.ends AND EXISTS (
  SELECT FROM as_of.pathway p LEFT JOIN as_of.exit x USING (cooperation_id, pathway)
  WHERE p.cooperation_id = v.cooperation_id AND p.participant = v.participant AND p.started_on <= q.ends
    AND (x.exited_on IS NULL OR x.exited_on > q.ends));

-- CO2 avoided by recycling instead of producing anew, by the factor of the material that holds that month: empty
-- for a material without a factor.
CREATE VIEW measure.materials WITH (security_invoker = true) AS
SELECT f.cooperation_id, f.import_id, f.source_line, f.month, f.material, f.tonnes,
  f.tonnes * c.tco2e_per_tonne AS avoided_tco2e
FROM as_of.material_flow f
LEFT JOIN LATERAL (
  SELECT c.tco2e_per_tonne FROM as_of.co2_factor c
  WHERE c.material = f.material AND c.valid_from <= f.month ORDER BY c.valid_from DESC LIMIT 1) c ON true;

-- Posts agreed and delivered, by employer and month: the annexes in force that month, and the hours entered. Only
-- months really entered count in the official mean since the beginning of the year. What the aide au poste pays is
-- capped at the volume agreed for the year (posts * months / 12): once it is used up, hours earn nothing more.
CREATE VIEW measure.convention_months WITH (security_invoker = true) AS
SELECT t.cooperation_id, t.import_id, t.source_line, t.organisation, t.kind, t.month, t.etp_posts, t.etp_monthly,
  measure.consumption(t.etp_monthly, t.etp_posts) AS consumption,
  measure.consumption(t.mean_to_date, t.etp_posts) AS consumption_to_date,
  t.etp_earned, t.etp_earned * t.amount_eur AS aid_eur
FROM (
  SELECT w.*, w.monthly_to_date / w.months_to_date AS mean_to_date,
    CASE WHEN w.complete THEN
      least(w.annual_to_date, w.annual_agreed) - least(w.annual_to_date - w.etp_annual, w.annual_agreed) END AS etp_earned
  FROM (
    SELECT c.*, e.etp_monthly, e.etp_annual, u.amount_eur,
      sum(e.etp_monthly) OVER year AS monthly_to_date, count(*) OVER year AS months_to_date,
      sum(e.etp_annual) OVER year AS annual_to_date, bool_and(e.etp_annual IS NOT NULL) OVER year AS complete
    FROM (
      SELECT a.*, sum(a.etp_posts) OVER (
        PARTITION BY a.cooperation_id, a.organisation, a.kind, extract(year FROM a.month)) / 12 AS annual_agreed
      FROM (
        SELECT c.cooperation_id, c.organisation, c.kind, s.month::date AS month, sum(c.etp_posts) AS etp_posts,
          (array_agg(c.import_id ORDER BY c.convention))[1] AS import_id,
          (array_agg(c.source_line ORDER BY c.convention))[1] AS source_line
        FROM as_of.convention c
        CROSS JOIN LATERAL generate_series(
          date_trunc('month', c.started_on::timestamp), c.ended_on::timestamp, interval '1 month') AS s(month)
        GROUP BY 1, 2, 3, 4) a
    ) c
    JOIN (
      SELECT cooperation_id, employer, kind, month, sum(etp_monthly) AS etp_monthly, sum(etp_annual) AS etp_annual
      FROM measure.activity GROUP BY 1, 2, 3, 4) e
      ON e.cooperation_id = c.cooperation_id AND e.employer = c.organisation AND e.kind = c.kind AND e.month = c.month
    LEFT JOIN LATERAL (
      SELECT u.amount_eur FROM as_of.aide_au_poste u
      WHERE u.kind = c.kind AND u.zone = 'FR' AND u.valid_from <= c.month ORDER BY u.valid_from DESC LIMIT 1) u ON true
    WINDOW year AS (
      PARTITION BY c.cooperation_id, c.organisation, c.kind, extract(year FROM c.month) ORDER BY c.month)
  ) w
) t;

-- Every month of a cooperation from its first hours to its end or the cut, delivered or not: what was sent for it,
-- how long after its end, and who supervised. A month without hours is told from the last month that has some.
CREATE VIEW measure.months WITH (security_invoker = true) AS
SELECT g.cooperation_id, g.import_id, g.source_line, s.month::date AS month, d.has_hours,
  f.month IS NOT NULL AS has_accounts, d.has_hours AND f.month IS NOT NULL AS complete,
  CASE WHEN d.has_hours THEN g.received_on - (g.month + interval '1 month' - interval '1 day')::date END AS delay_days,
  CASE WHEN d.has_hours THEN g.etp_monthly END AS etp_monthly, CASE WHEN d.has_hours THEN g.people END AS people,
  v.value AS supervisor_etp, k.value AS counsellor_etp
FROM (
  SELECT a.*, lead(a.month) OVER (PARTITION BY a.cooperation_id ORDER BY a.month) AS next_month
  FROM (
    SELECT a.cooperation_id, a.month, sum(a.etp_monthly) AS etp_monthly, min(i.received_on) AS received_on,
      count(DISTINCT a.participant) FILTER (WHERE a.hours_worked >= 1) AS people,
      min(a.import_id) AS import_id, min(a.source_line) AS source_line
    FROM measure.activity a LEFT JOIN ops.import i ON i.import_id = a.import_id
    GROUP BY 1, 2) a
) g
JOIN as_of.cooperation c USING (cooperation_id)
CROSS JOIN LATERAL generate_series(g.month::timestamp, greatest(g.month, coalesce(
  g.next_month - 1, least(c.ended_on, current_setting('jvs.cut')::date)))::timestamp, interval '1 month') AS s(month)
CROSS JOIN LATERAL (SELECT s.month = g.month AS has_hours) d
LEFT JOIN (SELECT DISTINCT cooperation_id, month FROM as_of.finance_line) f
  ON f.cooperation_id = g.cooperation_id AND f.month = s.month
LEFT JOIN as_of.observation v ON v.cooperation_id = g.cooperation_id AND v.month = s.month AND v.name = 'supervisor_etp'
LEFT JOIN as_of.observation k ON k.cooperation_id = g.cooperation_id AND k.month = s.month AND k.name = 'counsellor_etp';

-- Pledges as in 0019, and whether the quantity promised was delivered within the quarter: unknown without a promise.
CREATE OR REPLACE VIEW measure.pledges WITH (security_invoker = true) AS
SELECT cooperation_id, coalesce(c.import_id, d.import_id) AS import_id,
  coalesce(c.source_line, d.source_line) AS source_line, organisation, kind, unit, quarter, c.promised, c.promised_eur,
  d.delivered, d.delivered_eur, d.deliveries, c.promised_people, c.promised_methods, d.delivered_people,
  d.delivered_capped_eur, d.delivered_market_eur, d.delivered_methods,
  coalesce(d.delivered, 0) >= c.promised AS kept
FROM (
  SELECT cooperation_id, organisation, kind, unit, quarter, min(import_id) AS import_id,
    min(source_line) AS source_line, sum(quantity) AS promised,
    CASE WHEN bool_and(value_eur IS NOT NULL) THEN sum(value_eur) END AS promised_eur,
    CASE WHEN bool_and(people IS NOT NULL) THEN sum(people) END AS promised_people,
    array_agg(DISTINCT method ORDER BY method) AS promised_methods
  FROM measure.commitments GROUP BY 1, 2, 3, 4, 5) c
FULL JOIN (
  SELECT cooperation_id, organisation, kind, unit, date_trunc('quarter', delivered_on)::date AS quarter,
    (array_agg(import_id ORDER BY delivered_on, source_line))[1] AS import_id,
    (array_agg(source_line ORDER BY delivered_on, source_line))[1] AS source_line,
    sum(quantity) AS delivered, CASE WHEN bool_and(value_eur IS NOT NULL) THEN sum(value_eur) END AS delivered_eur,
    count(*) AS deliveries,
    -- people come again from one delivery to the next: the most at a time, never their sum
    CASE WHEN bool_and(people IS NOT NULL) THEN max(people) END AS delivered_people,
    CASE WHEN bool_and(capped_value_eur IS NOT NULL) THEN sum(capped_value_eur) END AS delivered_capped_eur,
    CASE WHEN bool_and(market_value_eur IS NOT NULL) THEN sum(market_value_eur) END AS delivered_market_eur,
    array_agg(DISTINCT method ORDER BY method) AS delivered_methods
  FROM measure.contributions GROUP BY 1, 2, 3, 4, 5) d
USING (cooperation_id, organisation, kind, unit, quarter);

-- A partner in each quarter of which it was one for a day or more, whatever its roles: whether it still is one at the
-- end, whether it left (no role on the last day and none the quarter after), and its votes on the last day.
CREATE VIEW measure.partner_quarters WITH (security_invoker = true) AS
SELECT q.cooperation_id, q.import_id, q.source_line, q.organisation, o.kind,
  o.kind NOT IN ('company', 'public') AS social_economy, q.quarter, q.present,
  NOT q.present AND q.next_quarter IS DISTINCT FROM (q.quarter + interval '3 months')::date AS departed,
  q.first_on >= q.quarter AS joined, CASE WHEN q.present THEN q.votes END AS votes
FROM (
  SELECT r.*, lead(r.quarter) OVER (PARTITION BY r.cooperation_id, r.organisation ORDER BY r.quarter) AS next_quarter,
    min(r.started_on) OVER (PARTITION BY r.cooperation_id, r.organisation) AS first_on
  FROM (
    SELECT p.cooperation_id, p.organisation, s.quarter::date AS quarter, min(p.started_on) AS started_on,
      bool_or(p.ended_on IS NULL OR p.ended_on > e.ends) AS present,
      sum(p.votes) FILTER (WHERE p.ended_on IS NULL OR p.ended_on > e.ends) AS votes,
      (array_agg(p.import_id ORDER BY p.started_on, p.role))[1] AS import_id,
      (array_agg(p.source_line ORDER BY p.started_on, p.role))[1] AS source_line
    FROM as_of.partnership p
    CROSS JOIN LATERAL generate_series(
      date_trunc('quarter', p.started_on::timestamp),
      least(p.ended_on, current_setting('jvs.cut')::date)::timestamp, interval '3 months') AS s(quarter)
    CROSS JOIN LATERAL (SELECT (s.quarter + interval '3 months' - interval '1 day')::date AS ends) e
    GROUP BY 1, 2, 3
  ) r
) q
LEFT JOIN as_of.organisation o USING (cooperation_id, organisation);

-- A file of a cooperation that recorded at least one row, as of now: a file refused as a whole, or that said nothing
-- new, takes no batch and is not here, for figures are told as of a batch.
CREATE VIEW measure.deliveries WITH (security_invoker = true) AS
SELECT i.cooperation_id, i.import_id, 1 AS source_line, i.entity, i.received_on, i.read, i.recorded, i.revised, i.late,
  i.rejected
FROM ops.import i
WHERE i.cooperation_id IS NOT NULL AND i.batch <= current_setting('jvs.as_of')::bigint
  AND i.entity NOT IN ('target', 'commentary', 'decision', 'identity') AND i.received_on IS NOT NULL;

CALL measure.show_person();
CALL access.protect_all();
