-- Exits, follow-ups, entries, presence, contracts, PASS IAE, and the time to a durable job.
CREATE TEMP TABLE left_path AS
SELECT *, siae AND reached AND documented AND class NOT IN ('withdrawal', 'outside') AS ex FROM (
SELECT p.cooperation_id, p.pathway, p.participant, p.employer, p.left_at AS q, p.exited_on, p.motif, p.motif IS NOT NULL AS documented,
  CASE WHEN p.motif IS NULL THEN 'undocumented' ELSE m.class END AS class, p.exited_on - p.started_on AS length_days,
  p.next_employer IS NOT NULL AS bridge, coalesce(o.kind, 'unknown') AS next_kind,
  measure.is_siae(p.kind) AS siae,
  measure.reached_threshold(p.kind, p.exited_on - p.started_on, coalesce(h.worked, 0)) AS reached,
  coalesce(p.sex, 'unknown') AS sex, coalesce(measure.age_group(p.birth_year, p.exited_on), 'unknown') AS age_group,
  coalesce(p.rsa::text, 'unknown') AS rsa, coalesce(p.rqth::text, 'unknown') AS rqth,
  coalesce(p.registration, 'unknown') AS registration, coalesce(measure.territory(p.qpv, p.zrr), 'unknown') AS territory
FROM path p
LEFT JOIN reference.exit_motif m ON m.code = p.motif AND m.batch_to = :never
LEFT JOIN fact.organisation o ON o.cooperation_id = p.cooperation_id AND o.organisation = p.next_employer AND o.batch_to = :never
LEFT JOIN (SELECT cooperation_id, pathway, q / 4 AS year, sum(worked) AS worked FROM pathway_quarter GROUP BY 1, 2, 3) h
  ON h.cooperation_id = p.cooperation_id AND h.pathway = p.pathway AND h.year = p.left_at / 4
WHERE p.exited_on IS NOT NULL) e;

CREATE TEMP TABLE exits AS
SELECT cooperation_id, q, (count(*))::int AS n, (count(*) FILTER (WHERE siae))::int AS siae, (count(*) FILTER (WHERE siae AND NOT reached))::int AS short,
  (count(*) FILTER (WHERE siae AND reached))::int AS reached_siae, (count(*) FILTER (WHERE siae AND reached AND documented))::int AS documented,
  (count(*) FILTER (WHERE siae AND reached AND class = 'withdrawal'))::int AS withdrawn,
  (count(*) FILTER (WHERE reached))::int AS reached, (sum(length_days) FILTER (WHERE reached))::int AS days,
  (count(*) FILTER (WHERE ex))::int AS examined, (count(*) FILTER (WHERE ex AND class IN ('durable', 'transition', 'positive')))::int AS dynamic,
  (count(*) FILTER (WHERE ex AND class = 'durable'))::int AS durable, (count(*) FILTER (WHERE ex AND class = 'transition'))::int AS transition,
  (count(*) FILTER (WHERE ex AND class = 'positive'))::int AS positive, (count(*) FILTER (WHERE ex AND class = 'other'))::int AS other,
  (count(*) FILTER (WHERE ex_b))::int AS examined_b,
  (count(*) FILTER (WHERE ex_b AND class IN ('durable', 'transition', 'positive')))::int AS dynamic_b,
  (count(*) FILTER (WHERE ex_b AND class = 'durable'))::int AS durable_b,
  (count(*) FILTER (WHERE class IN ('durable', 'transition')))::int AS in_job,
  (count(*) FILTER (WHERE bridge AND class IN ('durable', 'transition', 'positive')))::int AS bridges,
  (count(*) FILTER (WHERE bridge AND next_kind IN ('EA', 'ESAT')))::int AS adapted,
  (count(*) FILTER (WHERE motif IN (1, 3, 13)))::int AS permanent, (count(*) FILTER (WHERE motif = 9))::int AS long_term,
  (count(*) FILTER (WHERE motif IN (4, 11)))::int AS business, (count(*) FILTER (WHERE motif IN (10, 14)))::int AS short_term,
  (count(*) FILTER (WHERE motif = 5))::int AS training, (count(*) FILTER (WHERE motif IN (2, 96)))::int AS other_siae,
  (count(*) FILTER (WHERE motif IN (7, 8)))::int AS unemployed, (count(*) FILTER (WHERE motif IS NULL))::int AS untold,
  (count(*) FILTER (WHERE motif IN (6, 12, 15, 16, 17, 18, 19, 20, 21, 22)))::int AS other_reasons
FROM (SELECT *, siae AND reached AND class NOT IN ('withdrawal', 'outside') AS ex_b FROM left_path) e
GROUP BY 1, 2;

-- Parts of a year of exits: each cell counts in four windows.
CREATE TEMP TABLE exits_in_part AS
SELECT cooperation_id, q + later AS q, field, part, sum(n)::int AS n, sum(siae)::int AS siae, sum(short)::int AS short, sum(reached)::int AS reached,
  sum(days)::bigint AS days, sum(examined)::int AS examined, sum(dynamic)::int AS dynamic, sum(durable)::int AS durable, sum(job)::int AS job,
  sum(in_job)::int AS in_job, sum(training)::int AS training, sum(bridges)::int AS bridges, sum(adapted)::int AS adapted
FROM (
  SELECT cooperation_id, q,
    CASE WHEN class IS NOT NULL THEN 'class' WHEN next_kind IS NOT NULL THEN 'next_kind' WHEN sex IS NOT NULL THEN 'sex'
      WHEN age_group IS NOT NULL THEN 'age_group' WHEN rsa IS NOT NULL THEN 'rsa' WHEN rqth IS NOT NULL THEN 'rqth'
      WHEN registration IS NOT NULL THEN 'registration' WHEN territory IS NOT NULL THEN 'territory' ELSE 'employer' END AS field,
    coalesce(class, next_kind, sex, age_group, rsa, rqth, registration, territory, employer) AS part,
    count(*)::int AS n, (count(*) FILTER (WHERE e.siae))::int AS siae, (count(*) FILTER (WHERE e.siae AND NOT e.reached))::int AS short,
    (count(*) FILTER (WHERE e.reached))::int AS reached, (sum(length_days) FILTER (WHERE e.reached))::int AS days,
    (count(*) FILTER (WHERE ex))::int AS examined, (count(*) FILTER (WHERE ex AND class_of IN ('durable', 'transition', 'positive')))::int AS dynamic,
    (count(*) FILTER (WHERE ex AND class_of = 'durable'))::int AS durable, (count(*) FILTER (WHERE ex AND class_of IN ('durable', 'transition')))::int AS job,
    (count(*) FILTER (WHERE class_of IN ('durable', 'transition')))::int AS in_job, (count(*) FILTER (WHERE motif = 5))::int AS training,
    (count(*) FILTER (WHERE bridge AND class_of IN ('durable', 'transition', 'positive')))::int AS bridges,
    (count(*) FILTER (WHERE bridge AND next_kind_of IN ('EA', 'ESAT')))::int AS adapted
  FROM (SELECT *, class AS class_of, next_kind AS next_kind_of FROM left_path) e
  GROUP BY cooperation_id, q, GROUPING SETS (class, next_kind, sex, age_group, rsa, rqth, registration, territory, employer)
) cell CROSS JOIN generate_series(0, 3) AS later
WHERE q + later BETWEEN 3 AND 39 GROUP BY 1, 2, 3, 4;

-- Examined exits followed at 3, 6 and 12 months, the latest of each person, and parts of a year of them that ended as long before.
CREATE TEMP TABLE followed AS
SELECT l.cooperation_id, l.q, l.class, l.sex, l.age_group, h.horizon, due.yes AS due,
  due.yes AND coalesce(f.situation IN ('in_job', 'not_in_job'), false) AS known, coalesce(f.situation, 'unknown') AS situation
FROM (SELECT DISTINCT ON (cooperation_id, participant) * FROM left_path WHERE ex AND motif NOT IN (2, 96)
      ORDER BY cooperation_id, participant, exited_on DESC, pathway) l
CROSS JOIN (VALUES (3), (6), (12)) AS h(horizon)
CROSS JOIN LATERAL (SELECT (l.exited_on + make_interval(months => h.horizon))::date <= :'cut' AS yes) due
LEFT JOIN fact.follow_up f ON f.cooperation_id = l.cooperation_id AND f.pathway = l.pathway AND f.horizon = h.horizon
  AND f.batch_to = :never;
CREATE TEMP TABLE followed_year AS
SELECT cooperation_id, q + later AS q, field, part, sum(n3)::int AS n3, sum(n6)::int AS n6, sum(n12)::int AS n12, sum(due3)::int AS due3,
  sum(due6)::int AS due6, sum(due12)::int AS due12, sum(known3)::int AS known3, sum(known6)::int AS known6, sum(known12)::int AS known12,
  sum(in_job3)::int AS in_job3, sum(in_job6)::int AS in_job6, sum(in_job12)::int AS in_job12
FROM (
  SELECT cooperation_id, q, CASE WHEN situation IS NOT NULL THEN 'situation' WHEN class IS NOT NULL THEN 'class'
      WHEN sex IS NOT NULL THEN 'sex' WHEN age_group IS NOT NULL THEN 'age_group' ELSE '' END AS field,
    coalesce(situation, class, sex, age_group, '') AS part,
    count(*) FILTER (WHERE horizon = 3) AS n3, count(*) FILTER (WHERE horizon = 6) AS n6, count(*) FILTER (WHERE horizon = 12) AS n12,
    count(*) FILTER (WHERE horizon = 3 AND due) AS due3, count(*) FILTER (WHERE horizon = 6 AND due) AS due6,
    count(*) FILTER (WHERE horizon = 12 AND due) AS due12,
    count(*) FILTER (WHERE horizon = 3 AND known) AS known3, count(*) FILTER (WHERE horizon = 6 AND known) AS known6,
    count(*) FILTER (WHERE horizon = 12 AND known) AS known12,
    count(*) FILTER (WHERE horizon = 3 AND due AND job) AS in_job3, count(*) FILTER (WHERE horizon = 6 AND due AND job) AS in_job6,
    count(*) FILTER (WHERE horizon = 12 AND due AND job) AS in_job12
  FROM (SELECT *, situation = 'in_job' AS job FROM followed) f
  GROUP BY cooperation_id, q, GROUPING SETS ((), situation, class, sex, age_group)
) cell CROSS JOIN generate_series(0, 3) AS later WHERE q + later BETWEEN 3 AND 38 GROUP BY 1, 2, 3, 4;

-- Comings and goings; who leaves in the quarter of the entry was never there on its last day.
CREATE TEMP TABLE moves AS
SELECT cooperation_id, q, CASE WHEN sex IS NOT NULL THEN 'sex' WHEN age_group IS NOT NULL THEN 'age_group' WHEN rsa IS NOT NULL THEN 'rsa'
    WHEN rqth IS NOT NULL THEN 'rqth' WHEN registration IS NOT NULL THEN 'registration' WHEN territory IS NOT NULL THEN 'territory'
    WHEN employer IS NOT NULL THEN 'employer' ELSE '' END AS field,
  coalesce(sex, age_group, rsa, rqth, registration, territory, employer, '') AS part, sum(entry)::int AS entries, sum(change)::int AS change
FROM (
  SELECT p.cooperation_id, m.q, m.entry, m.change, coalesce(sex, 'unknown') AS sex,
    coalesce(measure.age_group(birth_year, started_on), 'unknown') AS age_group,
    coalesce(rsa::text, 'unknown') AS rsa, coalesce(rqth::text, 'unknown') AS rqth, coalesce(registration, 'unknown') AS registration,
    coalesce(measure.territory(qpv, zrr), 'unknown') AS territory, employer
  FROM path p CROSS JOIN LATERAL (VALUES (entered, 1, CASE WHEN left_at = entered THEN 0 ELSE 1 END), (left_at, 0, -1)) AS m(q, entry, change)
  WHERE m.entry = 1 OR left_at > entered
) m GROUP BY cooperation_id, q, GROUPING SETS ((), sex, age_group, rsa, rqth, registration, territory, employer);

-- Distinct people of a rolling year, in parts: the windows each is seen in, where that begins and where it ends.
CREATE TEMP TABLE served AS
SELECT cooperation_id, q, CASE WHEN sex IS NOT NULL THEN 'sex' WHEN rsa IS NOT NULL THEN 'rsa' WHEN rqth IS NOT NULL THEN 'rqth'
    WHEN registration IS NOT NULL THEN 'registration' WHEN territory IS NOT NULL THEN 'territory' ELSE '' END AS field,
  coalesce(sex, rsa, rqth, registration, territory, '') AS part, sum(sign)::int AS change
FROM (
  SELECT cooperation_id, g.q, sex, rsa, rqth, registration, territory, (((mask >> g.q) & 1) - ((mask << 1 >> g.q) & 1))::int AS sign
  FROM (SELECT a.cooperation_id, p.participant, bit_or(15::bigint << a.q) AS mask, coalesce(min(p.sex), 'unknown') AS sex,
      coalesce(bool_or(p.rsa)::text, 'unknown') AS rsa, coalesce(bool_or(p.rqth)::text, 'unknown') AS rqth,
      coalesce(min(p.registration), 'unknown') AS registration, coalesce(measure.territory(bool_or(p.qpv), bool_or(p.zrr)), 'unknown') AS territory
    FROM pathway_quarter a JOIN path p USING (cooperation_id, pathway) WHERE a.present > 0 GROUP BY 1, 2) m
  JOIN generate_series(0, 39) AS g(q) ON ((mask # (mask << 1)) >> g.q) & 1 = 1
) s GROUP BY cooperation_id, q, GROUPING SETS ((), sex, rsa, rqth, registration, territory);

CREATE TEMP TABLE signed AS
SELECT c.cooperation_id, c.q, CASE WHEN c.kind IS NOT NULL THEN 'contract_kind' WHEN sex IS NOT NULL THEN 'sex' WHEN age_group IS NOT NULL THEN 'age_group'
    ELSE '' END AS field, coalesce(c.kind, sex, age_group, '') AS part,
  count(*)::int AS n, (count(*) FILTER (WHERE renewal))::int AS renewed, count(renewal)::int AS told
FROM (SELECT c.cooperation_id, pg_temp.q(c.started_on) AS q, c.kind, c.renewal, coalesce(p.sex, 'unknown') AS sex,
        coalesce(measure.age_group(p.birth_year, c.started_on), 'unknown') AS age_group
      FROM fact.contract c JOIN path p USING (cooperation_id, pathway) WHERE c.batch_to = :never) c
WHERE c.q < 40 GROUP BY c.cooperation_id, c.q, GROUPING SETS ((), c.kind, sex, age_group);

-- A PASS IAE counts on the last day of a quarter on which it has not ended and its holder is in a pathway.
CREATE TEMP TABLE passes AS
SELECT cooperation_id, q, count(*)::int AS n, count(*) FILTER (WHERE ended_on <= (ends + interval '3 months')::date) AS ending_3,
  count(*) FILTER (WHERE ended_on <= (ends + interval '6 months')::date) AS ending_6
FROM (
  SELECT cooperation_id, participant, started_on, g.q, ended_on, (make_date(2016 + g.q / 4, g.q % 4 * 3 + 1, 1) + interval '3 months')::date - 1 AS ends
  FROM (
    SELECT i.cooperation_id, i.participant, i.started_on, bit_or((1::bigint << least(coalesce(p.left_at, 40), 40)) - (1::bigint << p.entered)) AS present,
      measure.pass_end(i.started_on, r.value::int, s.days, l.days, l.last_day) AS ended_on
    FROM fact.pass_iae i
    JOIN path p USING (cooperation_id, participant)
    JOIN reference.pass_iae_rule r ON r.name = 'duration_days' AND r.batch_to = :never
    LEFT JOIN (SELECT cooperation_id, participant, pass_started_on, sum(ended_on - started_on) AS days
      FROM fact.pass_iae_suspension WHERE batch_to = :never GROUP BY 1, 2, 3) s
      ON s.cooperation_id = i.cooperation_id AND s.participant = i.participant AND s.pass_started_on = i.started_on
    LEFT JOIN (SELECT cooperation_id, participant, pass_started_on, sum(ended_on - started_on) AS days, max(ended_on) AS last_day
      FROM fact.pass_iae_prolongation WHERE batch_to = :never GROUP BY 1, 2, 3) l
      ON l.cooperation_id = i.cooperation_id AND l.participant = i.participant AND l.pass_started_on = i.started_on
    WHERE i.batch_to = :never GROUP BY 1, 2, 3, r.value, s.days, l.days, l.last_day
  ) i JOIN generate_series(0, 39) AS g(q) ON g.q >= pg_temp.q(i.started_on) AND (i.present >> g.q) & 1 = 1
) p WHERE ended_on > ends GROUP BY 1, 2;
ANALYZE left_path (cooperation_id, q), exits (cooperation_id, q), exits_in_part (cooperation_id, q, field), followed_year (cooperation_id, q, field),
  moves (cooperation_id, q, field), served (cooperation_id, q, field), signed (cooperation_id, q, field), passes (cooperation_id, q);

INSERT INTO floor_result
WITH wide AS (
  SELECT g.*, coalesce(e.examined, 0) AS examined, coalesce(e.dynamic, 0) AS dynamic,
    coalesce(e.durable, 0) AS durable, coalesce(e.transition, 0) AS transition, coalesce(e.positive, 0) AS positive,
    coalesce(e.other, 0) AS other, coalesce(e.examined_b, 0) AS examined_b, coalesce(e.dynamic_b, 0) AS dynamic_b,
    coalesce(e.durable_b, 0) AS durable_b,
    coalesce(sum(e.n) OVER year, 0) AS exits_y, coalesce(sum(e.siae) OVER year, 0) AS siae_y, sum(e.short) OVER year AS short_y,
    sum(e.examined) OVER year AS examined_y, sum(e.dynamic) OVER year AS dynamic_y, sum(e.durable) OVER year AS durable_y,
    sum(e.transition) OVER year AS transition_y, sum(e.reached_siae) OVER year AS reached_siae_y,
    sum(e.documented) OVER year AS documented_y, sum(e.withdrawn) OVER year AS withdrawn_y,
    sum(e.reached) OVER year AS reached_y, sum(e.days) OVER year AS days_y, sum(e.in_job) OVER year AS in_job_y,
    sum(e.bridges) OVER year AS bridges_y, sum(e.adapted) OVER year AS adapted_y, sum(e.permanent) OVER year AS permanent_y,
    sum(e.long_term) OVER year AS long_term_y, sum(e.business) OVER year AS business_y, sum(e.short_term) OVER year AS short_term_y,
    sum(e.training) OVER year AS training_y, sum(e.other_siae) OVER year AS other_siae_y, sum(e.unemployed) OVER year AS unemployed_y,
    sum(e.untold) OVER year AS untold_y, sum(e.other_reasons) OVER year AS other_reasons_y,
    s.n AS signed, sum(s.renewed) OVER year AS renewed_y, sum(s.told) OVER year AS told_y, pa.n AS passes, pa.ending_3, pa.ending_6
  FROM grid g
  LEFT JOIN exits e USING (cooperation_id, q) LEFT JOIN passes pa USING (cooperation_id, q)
  LEFT JOIN (SELECT * FROM signed WHERE field = '') s USING (cooperation_id, q)
  WINDOW year AS (PARTITION BY g.cooperation_id ORDER BY g.q ROWS 3 PRECEDING)
)
SELECT cooperation_id, i.indicator, quarter, '', '',
  CASE WHEN i.denominator IS NULL THEN i.numerator ELSE i.numerator::float8 / i.denominator::float8 END,
  CASE WHEN i.denominator IS NOT NULL THEN i.numerator END, i.denominator, i.n
FROM wide w CROSS JOIN LATERAL (VALUES
  ('dynamic-exit-rate', dynamic, examined, examined, siae AND examined > 0),
  ('durable-exit-rate', durable, examined, examined, siae AND examined > 0),
  ('transition-exit-rate', transition, examined, examined, siae AND examined > 0),
  ('positive-exit-rate', positive, examined, examined, siae AND examined > 0),
  ('other-exit-rate', other, examined, examined, siae AND examined > 0),
  ('dynamic-exit-rate-b', dynamic_b, examined_b, examined_b, siae AND examined_b > 0),
  ('durable-exit-rate-b', durable_b, examined_b, examined_b, siae AND examined_b > 0),
  ('exits-examined', examined, NULL, examined, siae),
  ('contracts-signed', signed, NULL, signed, signed IS NOT NULL),
  ('pass-iae-ending-in-3-months', ending_3, passes, passes, siae AND passes > 0),
  ('pass-iae-ending-in-6-months', ending_6, passes, passes, siae AND passes > 0)
) AS i(indicator, numerator, denominator, n, told) WHERE i.told
UNION ALL
SELECT cooperation_id, i.indicator, quarter, '', '',
  CASE WHEN i.denominator IS NULL THEN coalesce(i.numerator, 0) ELSE coalesce(i.numerator, 0)::float8 / i.denominator::float8 END,
  CASE WHEN i.denominator IS NOT NULL THEN coalesce(i.numerator, 0) END, i.denominator, coalesce(i.denominator, i.numerator, 0)
FROM wide w CROSS JOIN LATERAL (VALUES
  ('dynamic-exit-rate-rolling-year', dynamic_y, examined_y, siae AND examined_y > 0),
  ('durable-exit-rate-rolling-year', durable_y, examined_y, siae AND examined_y > 0),
  ('employment-exit-rate', durable_y + transition_y, examined_y, siae AND examined_y > 0),
  ('job-placements', durable_y + transition_y, NULL, siae),
  ('exit-documentation-rate', documented_y, reached_siae_y, siae AND reached_siae_y > 0),
  ('withdrawal-share', withdrawn_y, documented_y, siae AND documented_y > 0),
  ('short-exit-share', short_y, siae_y, siae AND siae_y > 0),
  ('exits', exits_y, NULL, true), ('exits-to-permanent-contract', permanent_y, NULL, true),
  ('exits-to-long-fixed-term', long_term_y, NULL, true), ('exits-to-business-or-public-service', business_y, NULL, true),
  ('exits-to-short-fixed-term', short_term_y, NULL, true), ('exits-to-training', training_y, NULL, true),
  ('exits-to-other-siae', other_siae_y, NULL, true), ('exits-to-unemployment', unemployed_y, NULL, true),
  ('exits-for-other-reasons', other_reasons_y, NULL, true), ('exits-without-reason', untold_y, NULL, true),
  ('partner-bridges', bridges_y, NULL, true), ('bridges-to-adapted-work', adapted_y, NULL, true),
  ('fse-in-job-on-leaving', in_job_y, exits_y, exits_y > 0), ('fse-in-training-on-leaving', training_y, exits_y, exits_y > 0),
  ('renewal-rate', renewed_y, told_y, told_y > 0)
) AS i(indicator, numerator, denominator, told) WHERE i.told AND w.q >= 3
UNION ALL
SELECT cooperation_id, 'pathway-length', quarter, '', '', days_y / reached_y::numeric, NULL, NULL, reached_y
FROM wide WHERE reached_y > 0 AND q >= 3
UNION ALL
SELECT cooperation_id, 'method-gap', quarter, '', '', dynamic::float8 / examined - dynamic_b::float8 / examined_b, NULL, NULL, NULL
FROM wide WHERE siae AND examined > 0 AND examined_b > 0;

-- In parts: which counts, by field.
INSERT INTO floor_result
SELECT e.cooperation_id, i.indicator, g.quarter, e.field, e.part,
  CASE WHEN i.denominator IS NULL THEN e.counts[i.numerator] ELSE e.counts[i.numerator]::float8 / e.counts[i.denominator] END,
  CASE WHEN i.denominator IS NOT NULL THEN e.counts[i.numerator] END, e.counts[i.denominator], e.counts[coalesce(i.denominator, i.numerator)]
FROM (SELECT cooperation_id, q, field, part, ARRAY[n, siae, short, examined, dynamic, durable, job, in_job, training, bridges, adapted] AS counts
      FROM exits_in_part) e
JOIN grid g USING (cooperation_id, q)
JOIN (SELECT indicator, unnest(fields) AS field, numerator, denominator, siae_only FROM (VALUES
  ('dynamic-exit-rate-rolling-year', '{sex,age_group,rsa,rqth,registration,territory,employer}'::text[], 5, 4, true),
  ('durable-exit-rate-rolling-year', '{sex,age_group,rsa,rqth,registration,territory,employer}', 6, 4, true),
  ('employment-exit-rate', '{sex,age_group}', 7, 4, true), ('short-exit-share', '{sex,age_group}', 3, 2, true),
  ('job-placements', '{class,sex,age_group,rsa,rqth,territory}', 7, NULL, true), ('exits', '{class,sex}', 1, NULL, false),
  ('fse-in-job-on-leaving', '{sex}', 8, 1, false), ('fse-in-training-on-leaving', '{sex}', 9, 1, false),
  ('partner-bridges', '{class}', 10, NULL, false), ('bridges-to-adapted-work', '{next_kind}', 11, NULL, false)
) AS v(indicator, fields, numerator, denominator, siae_only)) AS i ON i.field = e.field
WHERE (g.siae OR NOT i.siae_only) AND (i.denominator IS NULL OR e.counts[i.denominator] > 0)
UNION ALL
SELECT e.cooperation_id, 'pathway-length', g.quarter, 'class', e.part, days / reached::numeric, NULL, NULL, reached
FROM exits_in_part e JOIN grid g USING (cooperation_id, q) WHERE field = 'class' AND reached > 0;

INSERT INTO floor_result
SELECT g.cooperation_id, i.indicator, g.quarter, field, part, CASE WHEN i.denominator IS NULL THEN i.numerator ELSE i.numerator::float8 / i.denominator END,
  CASE WHEN i.denominator IS NOT NULL THEN i.numerator END, i.denominator, coalesce(i.denominator, i.numerator)
FROM followed_year f CROSS JOIN LATERAL (VALUES
  ('in-job-at-3-months', 1, in_job3, known3, known3 > 0 AND field <> 'situation'),
  ('in-job-at-6-months', 2, in_job6, known6, known6 > 0 AND field <> 'situation'),
  ('in-job-at-12-months', 4, in_job12, known12, known12 > 0 AND field <> 'situation'),
  ('in-job-at-3-months-of-due', 1, in_job3, due3, due3 > 0 AND field IN ('', 'sex', 'age_group')),
  ('in-job-at-6-months-of-due', 2, in_job6, due6, due6 > 0 AND field IN ('', 'sex', 'age_group')),
  ('in-job-at-12-months-of-due', 4, in_job12, due12, due12 > 0 AND field IN ('', 'sex', 'age_group')),
  ('follow-up-known-rate', 2, known6, due6, due6 > 0 AND field = ''),
  ('follow-ups-at-3-months', 1, n3, NULL, field = 'situation'), ('follow-ups-at-6-months', 2, n6, NULL, field = 'situation'),
  ('follow-ups-at-12-months', 4, n12, NULL, field = 'situation')
) AS i(indicator, later, numerator, denominator, told)
JOIN grid g ON g.cooperation_id = f.cooperation_id AND g.q = f.q + i.later WHERE i.told
UNION ALL
SELECT g.cooperation_id, format('follow-ups-at-%s-months', h.horizon), g.quarter, '', '', coalesce(n, 0), NULL, NULL, coalesce(n, 0)
FROM grid g CROSS JOIN (VALUES (3), (6), (12)) AS h(horizon)
LEFT JOIN (SELECT * FROM followed_year WHERE field = '') f ON f.cooperation_id = g.cooperation_id AND f.q = g.q - h.horizon / 3
CROSS JOIN LATERAL (SELECT CASE h.horizon WHEN 3 THEN n3 WHEN 6 THEN n6 ELSE n12 END AS n) n
WHERE g.siae AND g.q >= 3 + h.horizon / 3;

-- Stocks and distinct people: changes added up; a part is told from its first change on.
INSERT INTO floor_result
SELECT g.cooperation_id, 'entries', g.quarter, m.field, m.part, m.entries, NULL::float8, NULL::float8, m.entries
FROM moves m JOIN grid g USING (cooperation_id, q) WHERE m.entries > 0 AND m.field <> ''
UNION ALL
SELECT g.cooperation_id, 'entries', g.quarter, '', '', coalesce(m.entries, 0), NULL, NULL, coalesce(m.entries, 0)
FROM grid g LEFT JOIN (SELECT * FROM moves WHERE field = '') m USING (cooperation_id, q)
UNION ALL
SELECT g.cooperation_id, 'participants-present', g.quarter, m.field, m.part, m.total, NULL, NULL, m.total
FROM (SELECT cooperation_id, field, part, q, sum(change) OVER parts AS total, lead(q, 1, 40) OVER parts AS until FROM moves WHERE field <> 'registration'
      WINDOW parts AS (PARTITION BY cooperation_id, field, part ORDER BY q)) m
CROSS JOIN LATERAL generate_series(m.q, m.until - 1) AS t(q)
JOIN grid g ON g.cooperation_id = m.cooperation_id AND g.q = t.q WHERE m.total > 0 OR m.field = ''
UNION ALL
SELECT g.cooperation_id, 'participants-served', g.quarter, m.field, m.part, m.total, NULL, NULL, m.total
FROM (SELECT cooperation_id, field, part, q, sum(change) OVER parts AS total, lead(q, 1, 40) OVER parts AS until FROM served
      WINDOW parts AS (PARTITION BY cooperation_id, field, part ORDER BY q)) m
CROSS JOIN LATERAL generate_series(greatest(m.q, 3), m.until - 1) AS t(q)
JOIN grid g ON g.cooperation_id = m.cooperation_id AND g.q = t.q WHERE m.total > 0;

INSERT INTO floor_result
SELECT s.cooperation_id, 'contracts-signed', g.quarter, s.field, s.part, s.n, NULL::float8, NULL::float8, s.n
FROM signed s JOIN grid g USING (cooperation_id, q) WHERE s.field <> ''
UNION ALL
SELECT s.cooperation_id, 'renewal-rate', g.quarter, s.field, s.part, sum(renewed)::float8 / sum(told), sum(renewed), sum(told), sum(told)
FROM signed s CROSS JOIN generate_series(0, 3) AS later JOIN grid g ON g.cooperation_id = s.cooperation_id AND g.q = s.q + later AND g.q >= 3
WHERE s.field IN ('sex', 'age_group') GROUP BY 1, 3, 4, 5 HAVING sum(told) > 0;

-- The middle length of a year's pathways to a durable job.
INSERT INTO floor_result
SELECT l.cooperation_id, 'durable-pathway-length', g.quarter, '', '', percentile_cont(0.5) WITHIN GROUP (ORDER BY length_days), NULL, NULL, count(*)
FROM left_path l CROSS JOIN generate_series(0, 3) AS later JOIN grid g ON g.cooperation_id = l.cooperation_id AND g.q = l.q + later AND g.q >= 3
WHERE l.siae AND g.siae AND l.class = 'durable' GROUP BY 1, 3;

-- The share with a durable job within 12 and 24 months of the entry. Where all of a year's entries were followed that long, the
-- estimator of Aalen and Johansen is a plain share; only windows that end later need it: sum of S(t-) d/n over the days.
CREATE AGGREGATE pg_temp.product(float8) (SFUNC = float8mul, STYPE = float8, INITCOND = '1');
CREATE TEMP TABLE waits AS
SELECT p.cooperation_id, p.entered AS q, coalesce(p.sex, 'unknown') AS sex, coalesce(measure.age_group(p.birth_year, p.started_on), 'unknown') AS age_group,
  coalesce(p.exited_on, :'cut') - p.started_on AS days, :'cut'::date - p.started_on AS followed, p.exited_on IS NOT NULL AS ended,
  coalesce(m.class = 'durable', false) AS durable
FROM path p LEFT JOIN reference.exit_motif m ON m.code = p.motif AND m.batch_to = :never WHERE measure.is_siae(p.kind);
CREATE TEMP TABLE horizon AS
SELECT *, pg_temp.q(:'cut'::date - days) AS not_due FROM (VALUES (12, 365, 2), (24, 730, 6)) AS h(months, days, shift);
ANALYZE waits;
INSERT INTO floor_result
SELECT g.cooperation_id, format('durable-job-within-%s-months', h.months), g.quarter, w.field, w.part,
  sum(w.events[h.months / 12])::float8 / sum(w.people), sum(w.events[h.months / 12]), sum(w.people), sum(w.people)
FROM (SELECT cooperation_id, q, CASE WHEN sex IS NOT NULL THEN 'sex' WHEN age_group IS NOT NULL THEN 'age_group' ELSE '' END AS field,
        coalesce(sex, age_group, '') AS part, count(*) AS people,
        ARRAY[count(*) FILTER (WHERE durable AND days <= 365), count(*) FILTER (WHERE durable AND days <= 730)] AS events
      FROM waits GROUP BY cooperation_id, q, GROUPING SETS ((), sex, age_group)) w
CROSS JOIN generate_series(0, 3) AS l(later) CROSS JOIN horizon h
JOIN grid g ON g.cooperation_id = w.cooperation_id AND g.siae AND g.q = w.q + l.later + h.shift
WHERE w.q + l.later >= 3 AND w.q + l.later < h.not_due GROUP BY 1, 2, 3, 4, 5;
INSERT INTO floor_result
SELECT g.cooperation_id, format('durable-job-within-%s-months', t.months), g.quarter, t.field, t.part, least(1, share), events, people, people
FROM (
  SELECT cooperation_id, months, q, field, part, sum(waiting * durable / at_risk) AS share, sum(durable) AS events, max(people) AS people
  FROM (
    SELECT *, coalesce(pg_temp.product(1 - ended::float8 / at_risk) OVER (life ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 1) AS waiting,
      pg_temp.product(1 - ended::float8 / at_risk) OVER (PARTITION BY cooperation_id, months, q, field, part) AS left_waiting
    FROM (
      SELECT cooperation_id, months, limit_days, q, days, CASE WHEN sex IS NOT NULL THEN 'sex' WHEN age_group IS NOT NULL THEN 'age_group' ELSE '' END AS field,
        coalesce(sex, age_group, '') AS part, count(*) FILTER (WHERE ended AND days <= limit_days) AS ended,
        count(*) FILTER (WHERE durable AND days <= limit_days) AS durable, sum(count(*)) OVER later_on AS at_risk,
        max(days) OVER whole AS last_day, sum(count(*)) OVER whole AS people, sum(count(*) FILTER (WHERE followed >= limit_days)) OVER whole AS due
      FROM (SELECT w.cooperation_id, h.months, h.days AS limit_days, w.q + l.later + h.shift AS q, least(w.days, h.days + 1) AS days,
              w.sex, w.age_group, w.ended, w.durable, w.followed
            FROM waits w CROSS JOIN generate_series(0, 3) AS l(later) CROSS JOIN horizon h
            WHERE w.q + l.later >= h.not_due AND w.q + l.later + h.shift <= 39) w
      GROUP BY cooperation_id, months, limit_days, q, days, GROUPING SETS ((), sex, age_group)
      WINDOW whole AS (PARTITION BY cooperation_id, months, q, sex, age_group), later_on AS (whole ORDER BY days DESC)
    ) life WINDOW life AS (PARTITION BY cooperation_id, months, q, field, part ORDER BY days)
  ) t WHERE due > 0 AND (last_day >= limit_days OR left_waiting = 0) GROUP BY 1, 2, 3, 4, 5
) t JOIN grid g USING (cooperation_id, q) WHERE g.siae;
