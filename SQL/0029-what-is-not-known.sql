-- What is not known is not zero, what has an age has it on a day that is said, and a comparison is of numbers divided once.

-- Which rows of a table can move which quarters: a session counts where its quarter has an hour of work (below).
CREATE OR REPLACE VIEW measure.reach (entity, source_table, back_to) AS VALUES
  ('activity', 'monthly_activity', 'month'),
  ('convention_months', 'monthly_activity', 'month'),
  -- the hours of the year of exit decide whether an exit is examined
  ('exits', 'monthly_activity', 'year'),
  -- those of the quarter, whether who is trained, helped or hosted is served
  ('trainings', 'monthly_activity', 'month'),
  ('supports', 'monthly_activity', 'month'),
  ('immersions', 'monthly_activity', 'month'),
  ('finance', 'finance_line', 'month'),
  ('materials', 'material_flow', 'month'),
  ('clause_hours', 'clause_hours', 'month'),
  ('observations', 'observation', 'month'),
  -- not monthly_activity: a month without hours is there until the next one that has some, or the end
  ('months', 'finance_line', 'month'),
  ('months', 'observation', 'month'),
  ('months', 'import', 'nothing'),
  ('deliveries', 'import', 'reception');

-- activity: the age of the ESF+ is that of the entry, as its regulation has it, no longer that of the month; who turns 30
-- while at work is not in two groups. (The age of the public profile stays that of the year worked: the official rule.)
CREATE OR REPLACE VIEW measure.activity WITH (security_invoker = true) AS
SELECT v.*, coalesce(l.person::text, v.cooperation_id || '/' || v.participant) AS person
FROM (
  SELECT a.cooperation_id, a.import_id, a.source_line, a.pathway, a.month, p.participant, p.employer, p.kind,
    a.hours_worked, a.hours_absent, a.hours_worked + a.hours_absent AS hours_theoretical,
    a.hours_worked / b.hours AS etp_annual, a.hours_worked / b.hours * 12 AS etp_monthly,
    m.sex, m.rsa, m.ass, m.aah, m.rqth, m.qpv, m.zrr, m.registration, m.schooling,
    measure.age_group(m.birth_year, a.month) AS age_group, measure.age_group_fse(m.birth_year, p.started_on) AS age_group_fse,
    measure.territory(m.qpv, m.zrr) AS territory, measure.is_siae(p.kind) AS siae
  FROM as_of.monthly_activity a
  JOIN as_of.pathway p USING (cooperation_id, pathway)
  LEFT JOIN as_of.participant m ON m.cooperation_id = p.cooperation_id AND m.participant = p.participant
  LEFT JOIN measure.etp_bases b ON b.kind = p.kind AND a.month >= b.valid_from AND a.month < b.valid_until
) v
LEFT JOIN (SELECT DISTINCT ON (cooperation_id, participant) cooperation_id, participant, person
           FROM as_of.person_link ORDER BY cooperation_id, participant) l
  ON l.cooperation_id = v.cooperation_id AND l.participant = v.participant;

DROP VIEW measure.follow_ups, measure.exits, measure.trainings, measure.supports, measure.immersions, measure.convention_months;

-- Whether somebody sent hours for every month from one day to another.
CREATE FUNCTION measure.sent_hours(cooperation text, first_day date, last_day date) RETURNS boolean
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (
    SELECT count(DISTINCT a.month) FROM as_of.monthly_activity a
    WHERE a.cooperation_id = cooperation
      AND a.month BETWEEN date_trunc('month', first_day::timestamp)::date AND last_day)
    = (date_part('year', last_day) - date_part('year', first_day)) * 12
      + date_part('month', last_day) - date_part('month', first_day) + 1;

-- exits: whoever has no row of hours in the year of the exit was counted as having none. They are none where the
-- cooperation sent the hours of all the months in question and this pathway was not among them; where it did not, they are
-- not known, and whether the threshold was reached is not either, unless the stay was too short whatever the hours.
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
    -- Asked of the few without a row alone: it reads what the cooperation sent.
    measure.reached_threshold(p.kind, e.exited_on - p.started_on, CASE
      WHEN h.hours IS NULL AND measure.sent_hours(e.cooperation_id,
        greatest(p.started_on, date_trunc('year', e.exited_on::timestamp)::date), e.exited_on) THEN 0
      ELSE h.hours END) AS reached_threshold,
    q.sex, q.rsa, q.ass, q.aah, q.rqth, q.qpv, q.zrr, q.registration,
    measure.age_group(q.birth_year, e.exited_on) AS age_group, measure.territory(q.qpv, q.zrr) AS territory
  FROM as_of.exit e
  JOIN as_of.pathway p USING (cooperation_id, pathway)
  LEFT JOIN as_of.participant q ON q.cooperation_id = p.cooperation_id AND q.participant = p.participant
  LEFT JOIN as_of.organisation o ON o.cooperation_id = e.cooperation_id AND o.organisation = e.next_employer
  LEFT JOIN LATERAL (
    SELECT m.class FROM as_of.exit_motif m
    WHERE m.code = e.motif AND m.valid_from <= e.exited_on ORDER BY m.valid_from DESC LIMIT 1) m ON true
  LEFT JOIN LATERAL (
    SELECT sum(a.hours_worked) AS hours FROM as_of.monthly_activity a
    WHERE a.cooperation_id = e.cooperation_id AND a.pathway = e.pathway
      AND extract(year FROM a.month) = extract(year FROM e.exited_on)) h ON true
) c;

-- follow_ups: as in 0021, and also the exits of which it is not known whether they are examined: whoever asks for those
-- that are then learns that some are not known to be, instead of following fewer people.
CREATE VIEW measure.follow_ups WITH (security_invoker = true) AS
SELECT l.cooperation_id, l.import_id, l.source_line, l.pathway, l.participant, l.employer, l.class, l.exited_on, l.examined,
  z.horizon, d.due, d.due AND coalesce(f.situation IN ('in_job', 'not_in_job'), false) AS known,
  coalesce(f.situation, 'unknown') AS situation, l.sex, l.rsa, l.rqth, l.registration, l.age_group, l.territory
FROM (
  SELECT DISTINCT ON (cooperation_id, participant) *
  FROM measure.exits WHERE examined IS NOT FALSE AND motif NOT IN (2, 96)
  ORDER BY cooperation_id, participant, exited_on DESC, pathway
) l
CROSS JOIN (VALUES (3), (6), (12)) AS z(horizon)
CROSS JOIN LATERAL (
  SELECT (l.exited_on + make_interval(months => z.horizon))::date <= current_setting('jvs.cut')::date AS due) d
LEFT JOIN as_of.follow_up f
  ON f.cooperation_id = l.cooperation_id AND f.pathway = l.pathway AND f.horizon = z.horizon;

-- trainings, supports, immersions: whether who is concerned is served in the quarter. A rate of access divides by people
-- served, and counted others above: 30 of 22 was seen. Who has an hour of work in the quarter is among those served in any
-- year that holds it. One row found is enough (LIMIT), and it is looked up by key, a few microseconds a session: a function
-- would not be taken into the statement, and a join would read all hours once more.
CREATE VIEW measure.trainings WITH (security_invoker = true) AS
SELECT t.cooperation_id, t.import_id, t.source_line, t.training, t.pathway, p.participant, p.employer, p.kind,
  t.started_on, t.hours, t.topic, t.provider, t.certified, m.sex, m.rsa, m.rqth,
  measure.age_group(m.birth_year, t.started_on) AS age_group, measure.territory(m.qpv, m.zrr) AS territory,
  coalesce((
    SELECT true FROM as_of.monthly_activity a
    WHERE a.cooperation_id = t.cooperation_id AND a.pathway = t.pathway AND a.hours_worked >= 1
      AND a.month >= date_trunc('quarter', t.started_on::timestamp)::date
      AND a.month < (date_trunc('quarter', t.started_on::timestamp) + interval '3 months')::date LIMIT 1), false) AS served
FROM as_of.training t JOIN as_of.pathway p USING (cooperation_id, pathway)
LEFT JOIN as_of.participant m ON m.cooperation_id = p.cooperation_id AND m.participant = p.participant;

CREATE VIEW measure.supports WITH (security_invoker = true) AS
SELECT s.cooperation_id, s.import_id, s.source_line, s.support, s.pathway, p.participant, p.employer, p.kind, s.hours,
  s.topic, s.by, s.held_on, m.sex, m.rsa, m.rqth, measure.age_group(m.birth_year, s.held_on) AS age_group,
  coalesce((
    SELECT true FROM as_of.monthly_activity a
    WHERE a.cooperation_id = s.cooperation_id AND a.pathway = s.pathway AND a.hours_worked >= 1
      AND a.month >= date_trunc('quarter', s.held_on::timestamp)::date
      AND a.month < (date_trunc('quarter', s.held_on::timestamp) + interval '3 months')::date LIMIT 1), false) AS served
FROM as_of.support s JOIN as_of.pathway p USING (cooperation_id, pathway)
LEFT JOIN as_of.participant m ON m.cooperation_id = p.cooperation_id AND m.participant = p.participant;

CREATE VIEW measure.immersions WITH (security_invoker = true) AS
SELECT i.cooperation_id, i.import_id, i.source_line, i.immersion, i.pathway, p.participant, p.employer, p.kind, i.object,
  i.ended_on - i.started_on + 1 AS days, i.hours, i.started_on, i.ended_on, m.sex, m.rsa, m.rqth,
  measure.age_group(m.birth_year, i.started_on) AS age_group,
  coalesce((
    SELECT true FROM as_of.monthly_activity a
    WHERE a.cooperation_id = i.cooperation_id AND a.pathway = i.pathway AND a.hours_worked >= 1
      AND a.month >= date_trunc('quarter', i.started_on::timestamp)::date
      AND a.month < (date_trunc('quarter', i.started_on::timestamp) + interval '3 months')::date LIMIT 1), false) AS served
FROM as_of.immersion i JOIN as_of.pathway p USING (cooperation_id, pathway)
LEFT JOIN as_of.participant m ON m.cooperation_id = p.cooperation_id AND m.participant = p.participant;

-- The official flag of consumption: both sides cut to two decimals. A mean of months is a sum of quotients, which may lie
-- by the last of its digits on the other side of a hundredth it is equal to: it is rounded to 12 decimals first.
CREATE OR REPLACE FUNCTION measure.consumption(realised numeric, agreed numeric) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN CASE
    WHEN trunc(round(realised, 12), 2) < trunc(round(agreed, 12), 2) THEN 'under'
    WHEN trunc(round(realised, 12), 2) > trunc(round(agreed, 12), 2) THEN 'over'
    ELSE 'conform' END;

-- convention_months: as in 0021, but the hours of a month are added up, then divided, once: quotients added up fell short
-- of a post fully held by their last digit, and a volume used up still earned 1e-15. The year's running total, which is a
-- sum of quotients all the same, is compared with the volume at 12 decimals.
CREATE VIEW measure.convention_months WITH (security_invoker = true) AS
SELECT t.cooperation_id, t.import_id, t.source_line, t.organisation, t.kind, t.month, t.etp_posts, t.etp_monthly,
  measure.consumption(t.etp_monthly, t.etp_posts) AS consumption,
  measure.consumption(t.mean_to_date, t.etp_posts) AS consumption_to_date,
  t.etp_earned, t.etp_earned * t.amount_eur AS aid_eur
FROM (
  SELECT w.*, w.monthly_to_date / w.months_to_date AS mean_to_date,
    CASE WHEN NOT w.complete THEN NULL
      WHEN round(w.annual_to_date, 12) <= round(w.annual_agreed, 12) THEN w.etp_annual
      WHEN round(w.annual_to_date - w.etp_annual, 12) >= round(w.annual_agreed, 12) THEN 0
      ELSE w.annual_agreed - (w.annual_to_date - w.etp_annual) END AS etp_earned
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
      SELECT w.cooperation_id, w.employer, w.kind, w.month, w.hours * 12 / b.hours AS etp_monthly,
        w.hours / b.hours AS etp_annual
      FROM (
        SELECT a.cooperation_id, p.employer, p.kind, a.month, sum(a.hours_worked) AS hours
        FROM as_of.monthly_activity a JOIN as_of.pathway p USING (cooperation_id, pathway) GROUP BY 1, 2, 3, 4) w
      LEFT JOIN measure.etp_bases b ON b.kind = w.kind AND w.month >= b.valid_from AND w.month < b.valid_until) e
      ON e.cooperation_id = c.cooperation_id AND e.employer = c.organisation AND e.kind = c.kind AND e.month = c.month
    LEFT JOIN LATERAL (
      SELECT u.amount_eur FROM as_of.aide_au_poste u
      WHERE u.kind = c.kind AND u.zone = 'FR' AND u.valid_from <= c.month ORDER BY u.valid_from DESC LIMIT 1) u ON true
    WINDOW year AS (
      PARTITION BY c.cooperation_id, c.organisation, c.kind, extract(year FROM c.month) ORDER BY c.month)
  ) w
) t;

CALL measure.show_person();
CALL access.protect_all();
