-- What is asked of the imports of one cooperation must not cost more with every import of every other one, night after night.

CREATE INDEX import_by_cooperation ON ops.import (cooperation_id);

-- As in 0021, but each import is looked up by its key: joined, all imports there are were read for each cooperation.
CREATE OR REPLACE VIEW measure.months WITH (security_invoker = true) AS
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
    FROM measure.activity a
    LEFT JOIN LATERAL (SELECT n.received_on FROM ops.import n WHERE n.import_id = a.import_id LIMIT 1) i ON true
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
CALL access.protect_all();
