-- A score none of whose indicators applies is not one that lacks data; and of the methods tried, how many give a score.
-- Older releases keep their words, and their digests: the column is empty in them.

ALTER TABLE figure.score
  DROP CONSTRAINT score_absence_check,
  ADD CONSTRAINT score_absence_check CHECK (absence IN ('not-enough-data', 'not-applicable')),
  ADD COLUMN runs_scored integer CHECK (runs_scored BETWEEN 0 AND runs);       -- methods tried that give a score

ALTER TABLE figure.earlier_score
  DROP CONSTRAINT earlier_score_absence_check,
  ADD CONSTRAINT earlier_score_absence_check CHECK (absence IN ('not-enough-data', 'not-applicable'));
