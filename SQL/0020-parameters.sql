-- Parameters: named numbers that definitions compute with, dated like every other reference.
-- Expressions read them from the definitions a release keeps; here they have their history and their seals, and
-- are at hand for the views of `measure`.

CREATE TABLE reference.parameter (
  LIKE ops.recorded INCLUDING ALL,
  name text NOT NULL,
  valid_from date NOT NULL,
  value numeric NOT NULL,
  unit text NOT NULL,
  label_fr text NOT NULL,
  label_en text NOT NULL,
  source text NOT NULL,
  sureness text NOT NULL
);
ALTER TABLE reference.parameter DROP COLUMN cooperation_id;
CALL ops.keep_history('reference', 'parameter', '{name,valid_from}', NULL);

CALL access.protect_all();
