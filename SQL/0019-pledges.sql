-- Pledges with what they are worth: people, the value under the ceiling, the market price apart, and how they were
-- valued. A value is empty as soon as one of its rows has none.

CREATE OR REPLACE VIEW measure.pledges WITH (security_invoker = true) AS
SELECT cooperation_id, coalesce(c.import_id, d.import_id) AS import_id,
  coalesce(c.source_line, d.source_line) AS source_line, organisation, kind, unit, quarter, c.promised, c.promised_eur,
  d.delivered, d.delivered_eur, d.deliveries, c.promised_people, c.promised_methods, d.delivered_people,
  d.delivered_capped_eur, d.delivered_market_eur, d.delivered_methods
FROM (
  SELECT cooperation_id, organisation, kind, unit, quarter, min(import_id) AS import_id,
    min(source_line) AS source_line, sum(quantity) AS promised,
    CASE WHEN bool_and(value_eur IS NOT NULL) THEN sum(value_eur) END AS promised_eur,
    CASE WHEN bool_and(people IS NOT NULL) THEN sum(people) END AS promised_people,
    array_agg(DISTINCT method ORDER BY method) AS promised_methods
  FROM measure.commitments GROUP BY 1, 2, 3, 4, 5) c
FULL JOIN (
  SELECT cooperation_id, organisation, kind, unit, date_trunc('quarter', delivered_on)::date AS quarter,
    (array_agg(import_id ORDER BY delivered_on, source_line))[1] AS import_id,
    (array_agg(source_line ORDER BY delivered_on, source_line))[1] AS source_line,
    sum(quantity) AS delivered, CASE WHEN bool_and(value_eur IS NOT NULL) THEN sum(value_eur) END AS delivered_eur,
    count(*) AS deliveries,
    -- people come again from one delivery to the next: the most at a time, never their sum
    CASE WHEN bool_and(people IS NOT NULL) THEN max(people) END AS delivered_people,
    CASE WHEN bool_and(capped_value_eur IS NOT NULL) THEN sum(capped_value_eur) END AS delivered_capped_eur,
    CASE WHEN bool_and(market_value_eur IS NOT NULL) THEN sum(market_value_eur) END AS delivered_market_eur,
    array_agg(DISTINCT method ORDER BY method) AS delivered_methods
  FROM measure.contributions GROUP BY 1, 2, 3, 4, 5) d
USING (cooperation_id, organisation, kind, unit, quarter);
