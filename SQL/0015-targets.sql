-- Targets of several kinds, with who decided them; what is not said is the kind "reach".

ALTER TABLE fact.target ADD COLUMN kind text, ADD COLUMN baseline numeric, ADD COLUMN decided_by text,
  ADD COLUMN numerator numeric, ADD COLUMN denominator numeric;
CALL ops.guard('fact', 'target');
CALL ops.show_as_of('fact', 'target', 'daterange(ops.quarter_start(from_quarter),
  (ops.quarter_start(to_quarter) + interval ''3 months'')::date)');
