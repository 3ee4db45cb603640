-- Figures that jvs computed and that `other` (a table of the same shape) has otherwise: none is the answer.
-- Sums of quotients meet in another order there, which may show in the last digits.
WITH compared AS (
SELECT indicator, part_field, cooperation_id, quarter, part_value, f.value, r.value AS other,
  coalesce(abs(f.value - r.value) <= 1e-12 * abs(r.value), f.value IS NULL AND r.value IS NULL)
  AND coalesce(abs(f.numerator - r.numerator) <= 1e-12 * abs(r.numerator), f.numerator IS NULL AND r.numerator IS NULL)
  AND coalesce(abs(f.denominator - r.denominator) <= 1e-12 * abs(r.denominator), f.denominator IS NULL AND r.denominator IS NULL)
  AND f.n IS NOT DISTINCT FROM r.n AS same
FROM (SELECT * FROM figure.figure WHERE release_id = 'working' AND value IS NOT NULL) f
FULL JOIN :other r USING (cooperation_id, indicator, quarter, part_field, part_value)
)
SELECT indicator || ' ' || part_field || ': ' || count(*) || ' differ, as ' || min(concat_ws(' ', cooperation_id, quarter, part_value, value, '|', other))
FROM compared WHERE NOT same GROUP BY indicator, part_field ORDER BY 1;
