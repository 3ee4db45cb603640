-- Exits, follow-ups, entries and presence.
CREATE TEMP TABLE left_path AS
SELECT p.cooperation_id, p.pathway, p.participant, p.left_at AS q, p.exited_on, p.motif, p.motif IS NOT NULL AS documented,
  CASE WHEN p.motif IS NULL THEN 'undocumented' ELSE m.class END AS class, p.exited_on - p.started_on AS length_days,
  measure.is_siae(p.kind) AS siae,
  measure.reached_threshold(p.kind, p.exited_on - p.started_on, coalesce(h.worked, 0)) AS reached
FROM path p
LEFT JOIN reference.exit_motif m ON m.code = p.motif AND m.batch_to = :never
LEFT JOIN (SELECT cooperation_id, pathway, q / 4 AS year, sum(worked) AS worked FROM pathway_quarter GROUP BY 1, 2, 3) h
  ON h.cooperation_id = p.cooperation_id AND h.pathway = p.pathway AND h.year = p.left_at / 4
WHERE p.exited_on IS NOT NULL;
CREATE TEMP TABLE exits AS
SELECT cooperation_id, q, count(*) AS n, count(*) FILTER (WHERE siae AND reached) AS reached_siae,
  count(*) FILTER (WHERE siae AND reached AND documented) AS documented,
  count(*) FILTER (WHERE reached) AS reached, sum(length_days) FILTER (WHERE reached) AS days,
  count(*) FILTER (WHERE ex) AS examined, count(*) FILTER (WHERE ex AND class IN ('durable', 'transition', 'positive')) AS dynamic,
  count(*) FILTER (WHERE ex AND class = 'durable') AS durable, count(*) FILTER (WHERE ex AND class = 'transition') AS transition,
  count(*) FILTER (WHERE ex AND class = 'positive') AS positive, count(*) FILTER (WHERE ex_b) AS examined_b,
  count(*) FILTER (WHERE ex_b AND class IN ('durable', 'transition', 'positive')) AS dynamic_b
FROM (SELECT *, siae AND reached AND documented AND class NOT IN ('withdrawal', 'outside') AS ex,
        siae AND reached AND class NOT IN ('withdrawal', 'outside') AS ex_b FROM left_path) e
GROUP BY 1, 2;
CREATE TEMP TABLE followed AS
SELECT l.cooperation_id, l.q, h.horizon, (l.exited_on + make_interval(months => h.horizon))::date <= :'cut' AS due,
  (l.exited_on + make_interval(months => h.horizon))::date <= :'cut' AND coalesce(f.situation IN ('in_job', 'not_in_job'), false) AS known,
  coalesce(f.situation, 'unknown') AS situation
FROM (SELECT DISTINCT ON (cooperation_id, participant) * FROM left_path
      WHERE siae AND reached AND documented AND class NOT IN ('withdrawal', 'outside') AND motif NOT IN (2, 96)
      ORDER BY cooperation_id, participant, exited_on DESC, pathway) l
CROSS JOIN (VALUES (3), (6), (12)) AS h(horizon)
LEFT JOIN fact.follow_up f ON f.cooperation_id = l.cooperation_id AND f.pathway = l.pathway AND f.horizon = h.horizon
  AND f.batch_to = :never;
CREATE TEMP TABLE moves AS
SELECT cooperation_id, q, sum(entries) AS entries, sum(change) AS change FROM (
  SELECT cooperation_id, entered AS q, count(*) AS entries, count(*) FILTER (WHERE left_at IS NULL OR left_at > entered) AS change
  FROM path GROUP BY 1, 2
  UNION ALL SELECT cooperation_id, left_at, 0, -count(*) FROM path WHERE left_at > entered GROUP BY 1, 2) m GROUP BY 1, 2;
ANALYZE left_path, exits, followed, moves;

INSERT INTO floor_result
WITH wide AS (
  SELECT g.*,
    coalesce(e.n, 0) AS exits, coalesce(e.examined, 0) AS examined, coalesce(e.dynamic, 0) AS dynamic,
    coalesce(e.durable, 0) AS durable, coalesce(e.transition, 0) AS transition, coalesce(e.positive, 0) AS positive,
    coalesce(e.examined_b, 0) AS examined_b, coalesce(e.dynamic_b, 0) AS dynamic_b,
    sum(e.n) OVER year AS exits_y, sum(e.examined) OVER year AS examined_y, sum(e.dynamic) OVER year AS dynamic_y,
    sum(e.durable) OVER year AS durable_y, sum(e.reached_siae) OVER year AS reached_siae_y,
    sum(e.documented) OVER year AS documented_y, sum(e.reached) OVER year AS reached_y, sum(e.days) OVER year AS days_y,
    -- of a year of exits that ended six months earlier
    sum(f.n) OVER six_months AS followed, sum(f.due) OVER six_months AS due, sum(f.known) OVER six_months AS known,
    sum(f.in_job) OVER six_months AS in_job,
    coalesce(m.entries, 0) AS entries, sum(m.change) OVER since AS present,
    sum(p.served) OVER since AS served
  FROM grid g
  LEFT JOIN exits e USING (cooperation_id, q) LEFT JOIN moves m USING (cooperation_id, q) LEFT JOIN people p USING (cooperation_id, q)
  LEFT JOIN (SELECT cooperation_id, q, count(*) AS n, count(*) FILTER (WHERE due) AS due, count(*) FILTER (WHERE known) AS known,
               count(*) FILTER (WHERE due AND situation = 'in_job') AS in_job FROM followed WHERE horizon = 6 GROUP BY 1, 2) f USING (cooperation_id, q)
  WINDOW year AS (PARTITION BY g.cooperation_id ORDER BY g.q ROWS 3 PRECEDING),
    six_months AS (PARTITION BY g.cooperation_id ORDER BY g.q ROWS BETWEEN 5 PRECEDING AND 2 PRECEDING),
    since AS (PARTITION BY g.cooperation_id ORDER BY g.q)
)
SELECT cooperation_id, i.indicator, quarter, '', '',
  CASE WHEN i.denominator IS NULL THEN i.numerator ELSE i.numerator::float8 / i.denominator::float8 END,
  CASE WHEN i.denominator IS NOT NULL THEN i.numerator END, i.denominator, i.n
FROM wide w CROSS JOIN LATERAL (VALUES
  ('dynamic-exit-rate-rolling-year', coalesce(dynamic_y, 0), coalesce(examined_y, 0), coalesce(examined_y, 0), siae AND examined_y > 0),
  ('durable-exit-rate-rolling-year', coalesce(durable_y, 0), coalesce(examined_y, 0), coalesce(examined_y, 0), siae AND examined_y > 0),
  ('in-job-at-6-months', in_job, known, known, siae AND due > 0 AND known > 0),
  ('entries', entries, NULL, entries, true),
  ('participants-served', served, NULL, served, true),
  ('participants-present', present, NULL, present, true),
  ('exits', coalesce(exits_y, 0), NULL, coalesce(exits_y, 0), true),
  ('exits-examined', examined, NULL, examined, siae),
  ('dynamic-exit-rate', dynamic, examined, examined, siae AND examined > 0),
  ('durable-exit-rate', durable, examined, examined, siae AND examined > 0),
  ('transition-exit-rate', transition, examined, examined, siae AND examined > 0),
  ('positive-exit-rate', positive, examined, examined, siae AND examined > 0),
  ('dynamic-exit-rate-b', dynamic_b, examined_b, examined_b, siae AND examined_b > 0),
  ('exit-documentation-rate', documented_y, reached_siae_y, reached_siae_y, siae AND reached_siae_y > 0),
  ('follow-ups-at-6-months', coalesce(followed, 0), NULL, coalesce(followed, 0), siae),
  ('pathway-length', days_y / nullif(reached_y, 0), NULL, reached_y, reached_y > 0)
) AS i(indicator, numerator, denominator, n, told) WHERE i.told;

INSERT INTO floor_result
SELECT g.cooperation_id, 'exits', g.quarter, 'class', e.class, sum(e.n), NULL, NULL, sum(e.n)
FROM (SELECT cooperation_id, q, class, count(*) AS n FROM left_path GROUP BY 1, 2, 3) e
JOIN grid g ON g.cooperation_id = e.cooperation_id AND g.q BETWEEN e.q AND e.q + 3 GROUP BY 1, 3, 5;

INSERT INTO floor_result
SELECT g.cooperation_id, 'follow-ups-at-6-months', g.quarter, 'situation', f.situation, sum(f.n), NULL, NULL, sum(f.n)
FROM (SELECT cooperation_id, q, situation, count(*) FILTER (WHERE horizon = 6) AS n FROM followed GROUP BY 1, 2, 3) f
JOIN grid g ON g.cooperation_id = f.cooperation_id AND g.q BETWEEN f.q + 2 AND f.q + 5 AND g.siae GROUP BY 1, 3, 5;
