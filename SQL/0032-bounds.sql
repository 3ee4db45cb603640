-- What is asked of the last quarters costs what they cost, however long a cooperation has been there.

-- An entity whose rows rest on those before (running sums, the next month) keeps a bound on its date from the tables it reads.
-- It is then made by a function of that bound, which is taken into the statement: `<entity>_since(day)` gives every row dated
-- that day or later as the entity has it. Rows dated before may be there, and are not to be used.

-- Posts agreed and delivered, as in 0029: the running sums of a month begin with its year.
CREATE FUNCTION measure.convention_months_since(since date) RETURNS TABLE (
    cooperation_id text, import_id bigint, source_line integer, organisation text, kind text, month date, etp_posts numeric,
    etp_monthly numeric, consumption text, consumption_to_date text, etp_earned numeric, aid_eur numeric)
  LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
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
          FROM as_of.monthly_activity a JOIN as_of.pathway p USING (cooperation_id, pathway)
          WHERE a.month >= date_trunc('year', since::timestamp)::date
          GROUP BY 1, 2, 3, 4) w
        LEFT JOIN measure.etp_bases b ON b.kind = w.kind AND w.month >= b.valid_from AND w.month < b.valid_until) e
        ON e.cooperation_id = c.cooperation_id AND e.employer = c.organisation AND e.kind = c.kind AND e.month = c.month
      LEFT JOIN LATERAL (
        SELECT u.amount_eur FROM as_of.aide_au_poste u
        WHERE u.kind = c.kind AND u.zone = 'FR' AND u.valid_from <= c.month ORDER BY u.valid_from DESC LIMIT 1) u ON true
      WINDOW year AS (
        PARTITION BY c.cooperation_id, c.organisation, c.kind, extract(year FROM c.month) ORDER BY c.month)
    ) w
  ) t;
END;

CREATE OR REPLACE VIEW measure.convention_months WITH (security_invoker = true) AS
SELECT * FROM measure.convention_months_since('-infinity'::date);

-- Every month of a cooperation, as in 0027: those without hours are told from the last month before that has some. They end
-- with the cooperation or at the cut also where hours are dated after that: hours of a month move none of the months before it.
-- The files a month came with are looked up once a month, not once a row.
CREATE FUNCTION measure.months_since(since date) RETURNS TABLE (
    cooperation_id text, import_id bigint, source_line integer, month date, has_hours boolean, has_accounts boolean,
    complete boolean, delay_days integer, etp_monthly numeric, people bigint, supervisor_etp numeric, counsellor_etp numeric)
  LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT g.cooperation_id, g.import_id, g.source_line, s.month::date AS month, d.has_hours,
    f.month IS NOT NULL AS has_accounts, d.has_hours AND f.month IS NOT NULL AS complete,
    CASE WHEN d.has_hours THEN r.received_on - (g.month + interval '1 month' - interval '1 day')::date END AS delay_days,
    CASE WHEN d.has_hours THEN g.etp_monthly END AS etp_monthly, CASE WHEN d.has_hours THEN g.people END AS people,
    v.value AS supervisor_etp, k.value AS counsellor_etp
  FROM (
    SELECT a.*, lead(a.month) OVER (PARTITION BY a.cooperation_id ORDER BY a.month) AS next_month
    FROM (
      SELECT a.cooperation_id, a.month, c.ended_on, sum(a.etp_monthly) AS etp_monthly, array_agg(DISTINCT a.import_id) AS imports,
        count(DISTINCT a.participant) FILTER (WHERE a.hours_worked >= 1) AS people,
        min(a.import_id) AS import_id, min(a.source_line) AS source_line
      FROM as_of.cooperation c
      CROSS JOIN LATERAL (
        SELECT coalesce(max(m.month), since) AS month FROM as_of.monthly_activity m
        WHERE m.cooperation_id = c.cooperation_id AND m.month < since AND since > '-infinity'::date) b
      JOIN measure.activity a ON a.cooperation_id = c.cooperation_id AND a.month >= b.month
      GROUP BY 1, 2, 3) a
  ) g
  CROSS JOIN LATERAL (
    SELECT min(n.received_on) AS received_on FROM ops.import n WHERE n.import_id = ANY (g.imports)) r
  CROSS JOIN LATERAL generate_series(g.month::timestamp, greatest(g.month, least(
    g.next_month - 1, g.ended_on, current_setting('jvs.cut')::date))::timestamp, interval '1 month') AS s(month)
  CROSS JOIN LATERAL (SELECT s.month = g.month AS has_hours) d
  LEFT JOIN (SELECT DISTINCT cooperation_id, month FROM as_of.finance_line) f
    ON f.cooperation_id = g.cooperation_id AND f.month = s.month
  LEFT JOIN as_of.observation v ON v.cooperation_id = g.cooperation_id AND v.month = s.month AND v.name = 'supervisor_etp'
  LEFT JOIN as_of.observation k ON k.cooperation_id = g.cooperation_id AND k.month = s.month AND k.name = 'counsellor_etp';
END;

CREATE OR REPLACE VIEW measure.months WITH (security_invoker = true) AS
SELECT * FROM measure.months_since('-infinity'::date);

CREATE OR REPLACE VIEW measure.reach (entity, source_table, back_to) AS VALUES
  ('activity', 'monthly_activity', 'month'),
  ('convention_months', 'monthly_activity', 'month'),
  ('months', 'monthly_activity', 'month'),
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
  ('months', 'finance_line', 'month'),
  ('months', 'observation', 'month'),
  ('months', 'import', 'nothing'),
  ('deliveries', 'import', 'reception');

-- What each view of measures reads, as source had it, followed through views and the functions they call; `is_own` where no other view of
-- measures lies between. A function whose body is text hides what it reads, so functions of measures are written with
-- RETURN or BEGIN ATOMIC.
DROP VIEW measure.source;
CREATE VIEW measure.reads AS
WITH RECURSIVE reading (view, class, object, is_own) AS (
  SELECT c.oid, 'pg_class'::regclass::oid, c.oid, true
  FROM pg_class c WHERE c.relnamespace = 'measure'::regnamespace AND c.relkind = 'v'
    AND c.relname NOT IN ('reads', 'reach', 'bounded')
  UNION
  SELECT r.view, d.refclassid, d.refobjid, r.is_own AND other.oid IS NULL
  FROM reading r
  LEFT JOIN pg_class other ON r.class = 'pg_class'::regclass AND other.oid = r.object AND other.oid <> r.view
    AND other.relkind = 'v' AND other.relnamespace = 'measure'::regnamespace
  LEFT JOIN pg_rewrite w ON r.class = 'pg_class'::regclass AND w.ev_class = r.object
  JOIN pg_depend d ON d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass)
   AND (d.classid, d.objid) IN (('pg_rewrite'::regclass, w.oid), ('pg_proc'::regclass, r.object))
   AND (d.classid = 'pg_rewrite'::regclass OR r.class = 'pg_proc'::regclass)
), found AS (
  SELECT view, class, object, bool_or(is_own) AS is_own FROM reading GROUP BY 1, 2, 3
)
SELECT e.relname::text AS entity, n.nspname::text AS source_schema, coalesce(c.relname, p.proname)::text AS source_name,
  c.relkind IN ('r', 'p') AS is_table, f.is_own,
  coalesce(CASE WHEN c.relkind = 'v' THEN pg_get_viewdef(c.oid) ELSE pg_get_function_sqlbody(p.oid) END LIKE '%jvs.cut%', false)
    AS asks_cut
FROM found f
JOIN pg_class e ON e.oid = f.view
LEFT JOIN pg_class c ON f.class = 'pg_class'::regclass AND c.oid = f.object
LEFT JOIN pg_proc p ON f.class = 'pg_proc'::regclass AND p.oid = f.object
JOIN pg_namespace n ON n.oid = coalesce(c.relnamespace, p.pronamespace);

-- The entities that are made by a function of the first day asked for.
CREATE VIEW measure.bounded AS
SELECT c.relname::text AS entity FROM pg_class c
JOIN pg_proc p ON p.pronamespace = c.relnamespace AND p.proname = c.relname || '_since'
WHERE c.relnamespace = 'measure'::regnamespace AND c.relkind = 'v';

CALL access.protect_all();
