-- What every check reads: the facts that stand, each under its own name, the quarters reported, and a few readings of
-- the facts written apart from the schema `measure`. The class of an exit, the thresholds, the hours of a full-time
-- post are written out here as numbers, not read from the reference tables the views read.

CREATE TEMP VIEW quarters AS
SELECT c.cooperation_id, to_char(s.day, 'YYYY"T"Q') AS quarter, s.day::date AS first_day,
  (s.day + interval '3 months' - interval '1 day')::date AS last_day, date_trunc('year', s.day)::date AS year_day,
  (s.day - interval '9 months')::date AS rolling_day, p.cut
FROM cooperation c CROSS JOIN perspective p
LEFT JOIN (SELECT cooperation_id, min(month) AS month FROM monthly_activity GROUP BY 1) a USING (cooperation_id)
CROSS JOIN LATERAL generate_series(date_trunc('quarter', coalesce(a.month, c.started_on)::timestamp), p.last_day::timestamp, interval '3 months') AS s(day)
WHERE s.day <= coalesce(c.ended_on, p.last_day);

-- Where no sum over a year may be shown: some month of the year, `months_ago` earlier, lies before the first quarter sent.
-- A calendar year is short only for a cooperation that is older than it.
CREATE TEMP VIEW short_years AS
SELECT q.cooperation_id, q.quarter, a.months_ago, r.sent > r.rolling AS rolling_year,
  CASE WHEN c.started_on < r.rolling THEN 'not-collected' ELSE 'not-yet-due' END AS reason,
  r.sent > r.year AND c.started_on < r.year AS year_to_date
FROM quarters q JOIN cooperation c USING (cooperation_id)
CROSS JOIN (VALUES (0), (3), (6), (12), (18)) a(months_ago)
CROSS JOIN LATERAL (
  SELECT q.first_day - make_interval(months => 9 + a.months_ago) AS rolling,
    date_trunc('year', q.first_day - make_interval(months => a.months_ago)) AS year,
    (SELECT date_trunc('quarter', min(m.month)) FROM monthly_activity m WHERE m.cooperation_id = q.cooperation_id) AS sent) r;

CREATE TEMP VIEW quarter_ends AS SELECT DISTINCT last_day FROM quarters;

-- Hours with who worked them.
CREATE TEMP VIEW worked AS
SELECT a.cooperation_id, a.month, a.hours_worked, a.hours_absent, p.participant, p.employer, p.kind, p.started_on, m.sex, m.birth_year,
  m.rsa, m.ass, m.aah, m.rqth, m.qpv, m.zrr, m.registration, m.schooling,
  CASE p.kind WHEN 'ETTI' THEN 1600 WHEN 'AI' THEN 1607 WHEN 'ACI' THEN 1820 WHEN 'EI' THEN 1505 WHEN 'EITI' THEN 1505 END AS base
FROM monthly_activity a
JOIN pathway p ON p.cooperation_id = a.cooperation_id AND p.pathway = a.pathway
JOIN participant m ON m.cooperation_id = p.cooperation_id AND m.participant = p.participant;

-- How many are so; nobody knows as soon as nobody knows of one.
CREATE FUNCTION pg_temp.one_more(so_far int, is_so boolean) RETURNS int LANGUAGE sql IMMUTABLE
  RETURN CASE WHEN is_so IS NULL THEN NULL ELSE so_far + is_so::int END;
CREATE AGGREGATE pg_temp.counted (boolean) (SFUNC = pg_temp.one_more, STYPE = int, INITCOND = '0');

-- Exits with what makes them count. Somebody without a row did no hour in the months of the year of the exit if others'
-- hours of each of them came; if those of one did not, nobody knows.
CREATE TEMP VIEW ended AS
SELECT e.cooperation_id, e.pathway, e.exited_on, e.motif, e.next_employer, p.participant, p.kind,
  e.exited_on - p.started_on AS days,
  CASE p.kind WHEN 'EI' THEN e.exited_on - p.started_on >= 81 AND h.hours >= 1
    WHEN 'ACI' THEN e.exited_on - p.started_on >= 81 AND h.hours >= 1
    WHEN 'AI' THEN h.hours >= 150 WHEN 'ETTI' THEN h.hours >= 150 WHEN 'EITI' THEN h.hours >= 1 ELSE false END AS long_enough
FROM exit e
JOIN pathway p ON p.cooperation_id = e.cooperation_id AND p.pathway = e.pathway
CROSS JOIN LATERAL (
  SELECT CASE WHEN count(*) > 0 THEN sum(a.hours_worked) WHEN NOT EXISTS (
      SELECT FROM generate_series(1, 12) AS number
      CROSS JOIN LATERAL make_date(date_part('year', e.exited_on)::int, number, 1) AS month
      WHERE month <= e.exited_on AND month + interval '1 month' > p.started_on
        AND month NOT IN (SELECT o.month FROM monthly_activity o WHERE o.cooperation_id = e.cooperation_id)) THEN 0 END AS hours
  FROM monthly_activity a
  WHERE a.cooperation_id = e.cooperation_id AND a.pathway = e.pathway
    AND a.month BETWEEN date_trunc('year', e.exited_on) AND e.exited_on + 366
    AND date_part('year', a.month) = date_part('year', e.exited_on)) h;

-- The latest exit of a person that is examined, or may be, but those to another SIAE (2) and to a CDI Inclusion (96).
CREATE TEMP VIEW last_ended AS
SELECT e.* FROM ended e
WHERE e.long_enough IS NOT FALSE AND e.motif IN (1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) AND NOT EXISTS (
  SELECT FROM ended l
  WHERE l.cooperation_id = e.cooperation_id AND l.participant = e.participant AND l.long_enough IS NOT FALSE
    AND l.motif IN (1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    AND (l.exited_on, e.pathway) > (e.exited_on, l.pathway));

-- Last day of a PASS IAE: 730 days, what suspended or prolonged it, and never before a prolongation's last day.
CREATE TEMP VIEW pass_end AS
SELECT p.cooperation_id, p.participant, p.started_on, greatest(p.started_on + 729 + coalesce((
    SELECT sum(s.ended_on - s.started_on)::int FROM pass_iae_suspension s
    WHERE s.cooperation_id = p.cooperation_id AND s.participant = p.participant AND s.pass_started_on = p.started_on), 0)
  + coalesce((SELECT sum(l.ended_on - l.started_on)::int FROM pass_iae_prolongation l
    WHERE l.cooperation_id = p.cooperation_id AND l.participant = p.participant AND l.pass_started_on = p.started_on), 0),
  (SELECT max(l.ended_on) FROM pass_iae_prolongation l
    WHERE l.cooperation_id = p.cooperation_id AND l.participant = p.participant AND l.pass_started_on = p.started_on)) AS last_day
FROM pass_iae p;

-- Posts agreed and filled, by employer, kind and month with hours; the volume is that of the calendar year.
CREATE TEMP VIEW posts_filled AS
SELECT w.cooperation_id, w.employer, w.kind, w.month, w.etp_annual, w.etp, w.hours, w.base, a.posts, v.posts / 12 AS volume,
  v.posts AS months_agreed
FROM (
  SELECT cooperation_id, employer, kind, month, sum(hours_worked) / base AS etp_annual, sum(hours_worked) * 12 / base AS etp,
    sum(hours_worked) AS hours, base
  FROM worked GROUP BY 1, 2, 3, 4, base) w
CROSS JOIN LATERAL (
  SELECT sum(c.etp_posts) AS posts FROM convention c
  WHERE c.cooperation_id = w.cooperation_id AND c.organisation = w.employer AND c.kind = w.kind
    AND w.month BETWEEN date_trunc('month', c.started_on) AND c.ended_on) a
CROSS JOIN LATERAL (
  SELECT sum(c.etp_posts) AS posts FROM convention c, generate_series(1, 12) AS number
  WHERE c.cooperation_id = w.cooperation_id AND c.organisation = w.employer AND c.kind = w.kind
    AND make_date(date_part('year', w.month)::int, number, 1) BETWEEN date_trunc('month', c.started_on) AND c.ended_on) v
WHERE a.posts IS NOT NULL;

-- One diagnosis a pathway: its criteria, and how many of level 2 its kind of structure needs.
CREATE TEMP VIEW diagnosis AS
SELECT e.cooperation_id, e.pathway, min(e.assessed_on) AS assessed_on, array_agg(e.criterion) AS criteria,
  CASE WHEN min(p.kind) IN ('AI', 'ETTI') THEN 2 ELSE 3 END AS need
FROM eligibility e JOIN pathway p ON p.cooperation_id = e.cooperation_id AND p.pathway = e.pathway
GROUP BY 1, 2;

CREATE TEMP VIEW trained AS
SELECT t.*, p.participant FROM training t JOIN pathway p ON p.cooperation_id = t.cooperation_id AND p.pathway = t.pathway;
CREATE TEMP VIEW supported AS
SELECT s.*, p.participant FROM support s JOIN pathway p ON p.cooperation_id = s.cooperation_id AND p.pathway = s.pathway;
CREATE TEMP VIEW immersed AS
SELECT i.*, p.participant FROM immersion i JOIN pathway p ON p.cooperation_id = i.cooperation_id AND p.pathway = i.pathway;
CREATE TEMP VIEW assessed AS
SELECT b.*, p.participant FROM barrier_assessment b
JOIN pathway p ON p.cooperation_id = b.cooperation_id AND p.pathway = b.pathway;

-- The first level at entry beside the last at exit, of those who left.
CREATE TEMP VIEW compared AS
SELECT e.cooperation_id, e.exited_on, b.pathway, b.barrier,
  (SELECT f.level FROM barrier_assessment f WHERE f.cooperation_id = b.cooperation_id AND f.pathway = b.pathway
     AND f.barrier = b.barrier AND f.moment = 'entry' ORDER BY f.assessed_on LIMIT 1) AS at_entry,
  (SELECT l.level FROM barrier_assessment l WHERE l.cooperation_id = b.cooperation_id AND l.pathway = b.pathway
     AND l.barrier = b.barrier AND l.moment = 'exit' ORDER BY l.assessed_on DESC LIMIT 1) AS at_exit
FROM (SELECT DISTINCT cooperation_id, pathway, barrier FROM barrier_assessment) b
JOIN exit e ON e.cooperation_id = b.cooperation_id AND e.pathway = b.pathway;

CREATE TEMP VIEW counted AS SELECT b.*, to_date(left(quarter, 4) || (right(quarter, 1)::int * 3 - 2), 'YYYYMM') AS first_day FROM barrier_count b;
CREATE TEMP VIEW promised AS SELECT c.*, to_date(left(quarter, 4) || (right(quarter, 1)::int * 3 - 2), 'YYYYMM') AS first_day FROM commitment c;

-- Clause hours of a market, the same every month from its first to its last.
CREATE TEMP VIEW committed AS
SELECT k.cooperation_id, k.market, s.month::date AS month, k.clause_hours_committed / (
    (date_part('year', k.ended_on) - date_part('year', k.started_on)) * 12
    + date_part('month', k.ended_on) - date_part('month', k.started_on) + 1)::int AS hours
FROM market k
CROSS JOIN LATERAL generate_series(date_trunc('month', k.started_on::timestamp), k.ended_on::timestamp, interval '1 month') AS s(month)
WHERE k.clause_hours_committed IS NOT NULL;

-- Files of facts that recorded something.
CREATE TEMP VIEW received AS
SELECT i.* FROM ops.import i
WHERE i.cooperation_id IS NOT NULL AND i.batch IS NOT NULL AND i.entity NOT IN ('target', 'commentary', 'decision');

-- Everyone who entered an SIAE, with the days until the exit, or until the cut for those still there.
CREATE TEMP VIEW followed AS
SELECT p.cooperation_id, p.started_on, coalesce(x.exited_on, c.cut) - p.started_on AS day,
  CASE WHEN x.motif IN (1, 3, 4, 9, 11, 13) THEN 'durable' WHEN x.exited_on IS NOT NULL THEN 'elsewhere' END AS left_for,
  c.cut - p.started_on AS could_be
FROM pathway p CROSS JOIN perspective c
LEFT JOIN exit x ON x.cooperation_id = p.cooperation_id AND x.pathway = p.pathway AND x.exited_on <= c.cut
WHERE p.started_on <= c.cut AND p.kind IN ('EI', 'ETTI', 'ACI', 'AI', 'EITI');

CREATE AGGREGATE pg_temp.product (float8) (SFUNC = float8mul, STYPE = float8, INITCOND = '1');
