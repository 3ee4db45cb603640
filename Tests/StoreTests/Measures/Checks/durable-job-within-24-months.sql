SELECT q.cooperation_id, q.quarter, i.value, coalesce(i.numerator, 0) AS numerator, coalesce(i.denominator, 0) AS denominator
FROM quarters q
CROSS JOIN LATERAL (
  -- One day after another: those still followed, those who leave for a durable job, those who leave at all. The share
  -- still waiting is the running product of what each day leaves.
  SELECT CASE WHEN bool_or(d.is_due) AND (max(d.day) >= 730 OR min(d.left_after) = 0)
      THEN least(sum(d.left_before * d.durable / d.followed ORDER BY d.day) FILTER (WHERE d.day <= 730), 1) END AS value,
    sum(d.durable) FILTER (WHERE d.day <= 730) AS numerator, sum(d.people) AS denominator
  FROM (
    SELECT e.*, coalesce(lag(e.left_after) OVER (ORDER BY e.day), 1) AS left_before
    FROM (
      SELECT n.*, pg_temp.product(1 - n.gone::float8 / n.followed) OVER (ORDER BY n.day) AS left_after
      FROM (
        SELECT f.day, count(*) AS people, bool_or(f.could_be >= 730) AS is_due, count(*) FILTER (WHERE f.left_for = 'durable') AS durable,
          count(f.left_for) AS gone, sum(count(*)) OVER (ORDER BY f.day DESC)::float8 AS followed
        FROM followed f
        WHERE f.cooperation_id = q.cooperation_id AND f.started_on >= q.rolling_day - interval '18 months'
          AND f.started_on < q.last_day + 1 - interval '18 months'
        GROUP BY f.day) n) e) d) i
