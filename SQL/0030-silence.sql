-- A file that was never sent is no statement that nothing happened.

-- An empty file says that there is nothing to say. The first of its table is taken into a batch, so that reading as of a
-- batch knows it: from then on no row of the table means none.
ALTER TABLE ops.import
  DROP CONSTRAINT batch_iff_changed,
  ADD CONSTRAINT batch_iff_said CHECK (CASE WHEN recorded + closed > 0 THEN batch IS NOT NULL ELSE batch IS NULL OR read = 0 END);

-- Of each cooperation, what its figures rest on beside its facts: also the tables it has sent, each with the quarter from
-- which no row of it means none: 'exit 2026T1'.
ALTER TABLE figure.computed ADD COLUMN sent text[] NOT NULL DEFAULT '{}';
DELETE FROM figure.computation;

-- Of a release, the tables nothing new came of for its quarter though something came for each of the two before; empty
-- when there are none, as in all older releases, which keep their digests.
ALTER TABLE figure.health ADD COLUMN awaited text[] CHECK (cardinality(awaited) > 0);
