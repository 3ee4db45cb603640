-- Month after month, what is left of the year's volume is what can still be earned: whether any is left is asked in hours,
-- twelve times over, where nothing is divided.
WITH RECURSIVE steps AS (
  SELECT f.*, row_number() OVER (PARTITION BY cooperation_id, employer, kind, date_part('year', month) ORDER BY month) AS n
  FROM posts_filled f
), spent AS (
  SELECT s.*, CASE WHEN s.hours * 12 <= s.months_agreed * s.base THEN s.etp_annual ELSE s.volume END AS earned,
    s.months_agreed * s.base - s.hours * 12 AS left_over, s.volume - s.etp_annual AS remains FROM steps s WHERE n = 1
  UNION ALL
  SELECT s.*, CASE WHEN p.left_over <= 0 THEN 0 WHEN s.hours * 12 <= p.left_over THEN s.etp_annual ELSE p.remains END,
    p.left_over - s.hours * 12, p.remains - s.etp_annual
  FROM spent p JOIN steps s ON s.cooperation_id = p.cooperation_id AND s.employer = p.employer AND s.kind = p.kind
    AND date_part('year', s.month) = date_part('year', p.month) AND s.n = p.n + 1
)
SELECT q.cooperation_id, q.quarter, sum(x.earned * (
  SELECT a.amount_eur FROM aide_au_poste a WHERE a.zone = 'FR' AND a.kind = x.kind AND a.valid_from <= x.month
  ORDER BY a.valid_from DESC LIMIT 1)) AS value
FROM quarters q
LEFT JOIN spent x ON x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.first_day AND q.last_day
GROUP BY 1, 2
