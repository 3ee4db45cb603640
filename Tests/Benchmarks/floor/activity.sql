-- Hours, posts and supervision.
-- Hours by month and employer: what conventions and staff are compared with.
CREATE TEMP TABLE month_worked AS
SELECT a.cooperation_id, p.employer, p.kind, a.month, a.import_id, sum(a.hours_worked) AS worked
FROM fact.monthly_activity a JOIN path p USING (cooperation_id, pathway) WHERE a.batch_to = :never GROUP BY 1, 2, 3, 4, 5;
CREATE TEMP TABLE convention_month AS
SELECT cooperation_id, organisation, kind, m::date AS month, sum(etp_posts) AS etp_posts
FROM fact.convention CROSS JOIN LATERAL generate_series(date_trunc('month', started_on::timestamp), ended_on::timestamp, interval '1 month') AS m
WHERE batch_to = :never GROUP BY 1, 2, 3, 4;
CREATE TEMP TABLE month_etp AS
SELECT m.cooperation_id, m.employer, m.kind, m.month, sum(m.worked) / b.hours * 12 AS etp
FROM month_worked m LEFT JOIN reference.etp_base b ON b.kind = m.kind AND b.batch_to = :never AND b.valid_from <= m.month
GROUP BY 1, 2, 3, 4, b.hours;

-- Months agreed and worked: whether more or fewer posts than agreed were held, to the hundredth, and sums of the quarter.
CREATE TEMP TABLE posts AS
SELECT cooperation_id, pg_temp.q(month) AS q, coalesce(organisation, '') AS part, sum(etp_posts) AS posts, sum(etp) AS etp, count(*)::int AS n,
  count(etp)::int AS judged, (count(*) FILTER (WHERE trunc(etp, 2) < trunc(etp_posts, 2)))::int AS under,
  (count(*) FILTER (WHERE trunc(etp, 2) > trunc(etp_posts, 2)))::int AS over
FROM (SELECT c.*, e.etp FROM convention_month c
      JOIN month_etp e ON e.cooperation_id = c.cooperation_id AND e.employer = c.organisation AND e.kind = c.kind AND e.month = c.month) c
GROUP BY GROUPING SETS ((1, 2), (1, 2, organisation));

-- The people of a month, who may have several pathways in it if they come back.
CREATE TEMP TABLE month_people AS
SELECT cooperation_id, q, m, people[m + 1] AS people FROM (
  SELECT cooperation_id, q, ARRAY[sum(months & 1), sum(months >> 1 & 1), sum(months >> 2 & 1)] AS people FROM (
    SELECT cooperation_id, q, present_months AS months FROM person_quarter WHERE NOT returns
    UNION ALL
    SELECT cooperation_id, q, bit_or(present_months) FROM person_quarter WHERE returns GROUP BY cooperation_id, q, participant) p
  GROUP BY 1, 2) p CROSS JOIN generate_series(0, 2) AS m;
CREATE TEMP TABLE staff AS
SELECT cooperation_id, m.q, count(*)::int AS months, sum(m.etp) AS etp, sum(v.value) AS supervisors, count(v.value)::int AS n_supervisors,
  sum(m.etp) FILTER (WHERE v.value IS NOT NULL) AS supervised, sum(k.value) AS counsellors, count(k.value)::int AS n_counsellors,
  sum(coalesce(p.people, 0)) FILTER (WHERE k.value IS NOT NULL) AS counselled
FROM (SELECT cooperation_id, month, pg_temp.q(month) AS q, sum(etp) AS etp FROM month_etp GROUP BY 1, 2) m
LEFT JOIN (SELECT cooperation_id, month, value FROM fact.observation WHERE name = 'supervisor_etp' AND batch_to = :never) v USING (cooperation_id, month)
LEFT JOIN (SELECT cooperation_id, month, value FROM fact.observation WHERE name = 'counsellor_etp' AND batch_to = :never) k USING (cooperation_id, month)
LEFT JOIN month_people p USING (cooperation_id, q) WHERE p.m IS NULL OR p.m = (date_part('month', m.month)::int - 1) % 3 GROUP BY 1, 2;

CREATE TEMP TABLE activity_in_part AS
SELECT cooperation_id, q, CASE WHEN sex IS NOT NULL THEN 'sex' WHEN age_group IS NOT NULL THEN 'age_group' ELSE 'employer' END AS field,
  coalesce(sex, age_group, employer) AS part, sum(worked) AS worked, sum(absent) AS absent, sum(theoretical) AS theoretical, sum(n)::int AS n,
  sum(present)::int AS present, sum(etp) AS etp, (sum(n) FILTER (WHERE siae))::int AS n_siae
FROM activity_cell GROUP BY cooperation_id, q, GROUPING SETS (sex, age_group, employer);
ANALYZE month_worked (cooperation_id, month), convention_month (cooperation_id, month), month_etp (cooperation_id, month), posts, staff,
  activity_in_part (cooperation_id, q, field);

INSERT INTO floor_result
WITH wide AS (
  SELECT g.*, a.worked, a.absent, a.theoretical, a.n AS n_activity, a.etp, a.n_siae, po.posts, po.etp AS etp_posted, po.n AS n_posts,
    sum(po.posts) OVER year AS posts_y, sum(po.etp) OVER year AS etp_posted_y, sum(po.n) OVER year AS n_posts_y,
    sum(po.judged) OVER year AS judged, sum(po.under) OVER year AS under, sum(po.over) OVER year AS over,
    s.months, sum(s.etp) OVER year AS etp_y, sum(s.months) OVER year AS months_y, s.supervisors, s.n_supervisors, s.supervised,
    s.counsellors, s.n_counsellors, s.counselled
  FROM grid g
  LEFT JOIN activity a USING (cooperation_id, q) LEFT JOIN (SELECT * FROM posts WHERE part = '') po USING (cooperation_id, q)
  LEFT JOIN staff s USING (cooperation_id, q)
  WINDOW year AS (PARTITION BY g.cooperation_id, g.q / 4 ORDER BY g.q)
)
SELECT cooperation_id, i.indicator, quarter, '', '',
  CASE WHEN i.denominator IS NULL THEN i.numerator ELSE i.numerator::float8 / i.denominator::float8 END,
  CASE WHEN i.denominator IS NOT NULL THEN i.numerator END, i.denominator, i.n
FROM wide w CROSS JOIN LATERAL (VALUES
  ('hours-worked', worked, NULL, n_activity, true), ('etp-annual', etp, NULL, n_siae, siae),
  ('absenteeism-rate', absent, theoretical, n_activity, theoretical > 0),
  ('etp-posts', posts, months, months, siae AND months > 0),
  ('etp-realisation-rate', etp_posted, posts, n_posts, siae AND posts > 0),
  ('etp-realisation-year-to-date', etp_posted_y, posts_y, n_posts_y, siae AND posts_y > 0),
  ('etp-under-consumption', under, judged, judged, siae AND judged > 0), ('etp-over-consumption', over, judged, judged, siae AND judged > 0),
  ('etp-monthly-year-to-date', etp_y, months_y, months_y, siae AND months_y > 0),
  ('supervision-rate', supervisors, supervised, n_supervisors, siae AND supervised > 0),
  ('participants-per-counsellor', counselled, counsellors, n_counsellors, counsellors > 0)
) AS i(indicator, numerator, denominator, n, told) WHERE i.told AND i.numerator IS NOT NULL;

INSERT INTO floor_result
SELECT a.cooperation_id, i.indicator, g.quarter, a.field, a.part,
  CASE WHEN i.denominator IS NULL THEN i.numerator ELSE i.numerator::float8 / i.denominator::float8 END,
  CASE WHEN i.denominator IS NOT NULL THEN i.numerator END, i.denominator, i.n
FROM activity_in_part a JOIN grid g USING (cooperation_id, q) CROSS JOIN LATERAL (VALUES
  ('hours-worked', worked, NULL, n, field <> 'age_group'), ('etp-annual', etp, NULL, n_siae, g.siae AND field <> 'age_group'),
  ('absenteeism-rate', absent, theoretical, n, theoretical > 0)
) AS i(indicator, numerator, denominator, n, told) WHERE i.told AND i.numerator IS NOT NULL
UNION ALL
SELECT cooperation_id, i.indicator, quarter, 'organisation', part, i.numerator::float8 / i.denominator::float8, i.numerator, i.denominator, i.n
FROM (
  SELECT g.*, p.part, p.posts, p.etp, p.n, sum(p.posts) OVER year AS posts_y, sum(p.etp) OVER year AS etp_y, sum(p.n) OVER year AS n_y,
    sum(p.judged) OVER year AS judged, sum(p.under) OVER year AS under, sum(p.over) OVER year AS over
  FROM grid g JOIN posts p USING (cooperation_id, q) WHERE g.siae AND p.part <> ''
  WINDOW year AS (PARTITION BY g.cooperation_id, p.part, g.q / 4 ORDER BY g.q)
) p CROSS JOIN LATERAL (VALUES
  ('etp-realisation-rate', etp, posts, n), ('etp-realisation-year-to-date', etp_y, posts_y, n_y),
  ('etp-under-consumption', under, judged, judged), ('etp-over-consumption', over, judged, judged)
) AS i(indicator, numerator, denominator, n) WHERE i.denominator > 0 AND i.numerator IS NOT NULL;
