-- Measure: facts as indicator definitions see them (Indicators/facts.yaml), one view an entity.
-- The official rules live here, each once. Every view reads as of jvs.as_of; those that judge whether an
-- observation date has passed read the cut from jvs.cut.

CREATE SCHEMA measure;

-- The five kinds of SIAE (Code du travail L5132-4).
CREATE FUNCTION measure.is_siae(kind text) RETURNS boolean
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN kind IN ('EI', 'ETTI', 'ACI', 'AI', 'EITI');

-- Age by the official rule of the public profile: difference of years, not exact age.
CREATE FUNCTION measure.age_group(birth_year int, day date) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE
    WHEN birth_year IS NULL THEN NULL
    WHEN extract(year FROM day)::int - birth_year < 26 THEN 'under_26'
    WHEN extract(year FROM day)::int - birth_year >= 50 THEN '50_plus'
    ELSE '26_49' END;

-- Presence threshold above which an exit is examined: EI and ACI at least 1 hour in the year and more than
-- 2.65 months by the official conversion of days, AI and ETTI at least 150 hours, EITI at least 1 hour.
CREATE FUNCTION measure.reached_threshold(kind text, length_days int, hours_in_year numeric) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE
    WHEN kind IN ('EI', 'ACI') THEN hours_in_year >= 1 AND length_days * 0.0328767 > 2.65
    WHEN kind IN ('AI', 'ETTI') THEN hours_in_year >= 150
    WHEN kind = 'EITI' THEN hours_in_year >= 1
    ELSE false END;

CREATE VIEW measure.pathways WITH (security_invoker = true) AS
SELECT p.cooperation_id, p.import_id, p.source_line, p.pathway, p.participant, p.employer, p.kind,
  p.started_on, e.exited_on AS ended_on, m.sex, m.rsa, m.ass, m.aah, m.rqth, m.qpv, m.zrr,
  m.registration, m.schooling, measure.age_group(m.birth_year, p.started_on) AS age_group,
  measure.is_siae(p.kind) AS siae
FROM as_of.pathway p
LEFT JOIN as_of.participant m USING (cooperation_id, participant)
LEFT JOIN as_of.exit e USING (cooperation_id, pathway);

-- A base holds from its date until the next one of the same kind.
CREATE VIEW measure.etp_bases WITH (security_invoker = true) AS
SELECT kind, hours, valid_from,
  lead(valid_from, 1, 'infinity') OVER (PARTITION BY kind ORDER BY valid_from) AS valid_until
FROM as_of.etp_base;

CREATE VIEW measure.activity WITH (security_invoker = true) AS
SELECT a.cooperation_id, a.import_id, a.source_line, a.pathway, a.month, p.participant, p.employer, p.kind,
  a.hours_worked, a.hours_absent, a.hours_worked + a.hours_absent AS hours_theoretical,
  a.hours_worked / b.hours AS etp_annual, a.hours_worked / b.hours * 12 AS etp_monthly,
  m.sex, m.rsa, m.ass, m.aah, m.rqth, m.qpv, m.zrr, m.registration, m.schooling,
  measure.age_group(m.birth_year, a.month) AS age_group, measure.is_siae(p.kind) AS siae
FROM as_of.monthly_activity a
JOIN as_of.pathway p USING (cooperation_id, pathway)
LEFT JOIN as_of.participant m ON m.cooperation_id = p.cooperation_id AND m.participant = p.participant
LEFT JOIN measure.etp_bases b ON b.kind = p.kind AND a.month >= b.valid_from AND a.month < b.valid_until;

-- Only months really entered count in the official mean since the beginning of the year.
CREATE VIEW measure.convention_months WITH (security_invoker = true) AS
SELECT c.cooperation_id, c.import_id, c.source_line, c.convention, c.organisation, c.kind, e.month, c.etp_posts
FROM as_of.convention c
JOIN (SELECT DISTINCT a.cooperation_id, p.employer, p.kind, a.month
      FROM as_of.monthly_activity a JOIN as_of.pathway p USING (cooperation_id, pathway)) e
  ON e.cooperation_id = c.cooperation_id AND e.employer = c.organisation AND e.kind = c.kind
 AND e.month >= date_trunc('month', c.started_on)::date AND e.month <= c.ended_on;

CREATE VIEW measure.exits WITH (security_invoker = true) AS
SELECT c.*,
  c.siae AND c.reached_threshold AND c.documented AND c.class NOT IN ('withdrawal', 'outside') AS examined,
  c.siae AND c.reached_threshold AND c.class NOT IN ('withdrawal', 'outside') AS examined_b,
  c.class IN ('durable', 'transition', 'positive') AS dynamic
FROM (
  SELECT e.cooperation_id, e.import_id, e.source_line, e.pathway, p.participant, p.employer, p.kind,
    e.exited_on, e.motif, measure.is_siae(p.kind) AS siae, e.motif IS NOT NULL AS documented,
    CASE WHEN e.motif IS NULL THEN 'undocumented' ELSE m.class END AS class,
    e.next_employer IS NOT NULL AS bridge, e.exited_on - p.started_on AS length_days,
    measure.reached_threshold(p.kind, e.exited_on - p.started_on, coalesce(h.hours, 0)) AS reached_threshold,
    q.sex, measure.age_group(q.birth_year, e.exited_on) AS age_group
  FROM as_of.exit e
  JOIN as_of.pathway p USING (cooperation_id, pathway)
  LEFT JOIN as_of.participant q ON q.cooperation_id = p.cooperation_id AND q.participant = p.participant
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
SELECT l.cooperation_id, l.import_id, l.source_line, l.pathway, l.participant, l.class, l.exited_on, z.horizon,
  d.due, d.due AND coalesce(f.situation IN ('in_job', 'not_in_job'), false) AS known,
  coalesce(f.situation, 'unknown') AS situation
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

CREATE VIEW measure.trainings WITH (security_invoker = true) AS
SELECT t.cooperation_id, t.import_id, t.source_line, t.training, t.pathway, p.participant, p.kind,
  t.started_on, t.hours, t.topic, t.provider, t.certified
FROM as_of.training t JOIN as_of.pathway p USING (cooperation_id, pathway);

CREATE VIEW measure.commitments WITH (security_invoker = true) AS
SELECT cooperation_id, import_id, source_line, ops.quarter_start(quarter) AS quarter, organisation, kind,
  quantity, unit, value_eur, method
FROM as_of.commitment;

CREATE VIEW measure.contributions WITH (security_invoker = true) AS
SELECT cooperation_id, import_id, source_line, delivered_on, organisation, kind, quantity, unit, value_eur, method
FROM as_of.contribution;

CREATE VIEW measure.finance WITH (security_invoker = true) AS
SELECT cooperation_id, import_id, source_line, month, category, amount_eur FROM as_of.finance_line;

CREATE VIEW measure.materials WITH (security_invoker = true) AS
SELECT cooperation_id, import_id, source_line, month, material, tonnes FROM as_of.material_flow;

CREATE VIEW measure.clause_hours WITH (security_invoker = true) AS
SELECT cooperation_id, import_id, source_line, month, market, hours FROM as_of.clause_hours;

-- Hours committed for a whole market, spread evenly over the months of its duration.
CREATE VIEW measure.clause_commitments WITH (security_invoker = true) AS
SELECT k.cooperation_id, k.import_id, k.source_line, k.market, s.month::date AS month,
  k.clause_hours_committed / count(*) OVER (PARTITION BY k.cooperation_id, k.market) AS hours
FROM as_of.market k
CROSS JOIN LATERAL generate_series(
  date_trunc('month', k.started_on::timestamp), k.ended_on::timestamp, interval '1 month') AS s(month)
WHERE k.clause_hours_committed IS NOT NULL AND k.ended_on IS NOT NULL;

CREATE VIEW measure.observations WITH (security_invoker = true) AS
SELECT cooperation_id, import_id, source_line, month, name, value FROM as_of.observation;
