-- Scores with the method that made them, how sure they are, what moved them, and what another version would say.
-- Columns are added at the end and left empty in older releases, so that their digests stay what they were.

ALTER TABLE figure.score
  ADD COLUMN methodology   integer CHECK (methodology >= 1),
  ADD COLUMN runs          integer CHECK (runs >= 0),                       -- methods tried
  ADD COLUMN methods_low   double precision CHECK (methods_low BETWEEN 0 AND 100),   -- 5 % of them give less
  ADD COLUMN methods_high  double precision CHECK (methods_high BETWEEN 0 AND 100),
  ADD COLUMN sampling_low  double precision CHECK (sampling_low BETWEEN 0 AND 100),  -- 95 % interval of its rates
  ADD COLUMN sampling_high double precision CHECK (sampling_high BETWEEN 0 AND 100),
  ADD COLUMN possible_low  double precision CHECK (possible_low BETWEEN 0 AND 100),  -- were everything known
  ADD COLUMN possible_high double precision CHECK (possible_high BETWEEN 0 AND 100),
  ADD CONSTRAINT whole_methods CHECK ((methods_low IS NULL) = (methods_high IS NULL)),
  ADD CONSTRAINT whole_sampling CHECK ((sampling_low IS NULL) = (sampling_high IS NULL)),
  ADD CONSTRAINT whole_possible CHECK ((possible_low IS NULL) = (possible_high IS NULL)),
  ADD CONSTRAINT no_band_without_score CHECK
    (value IS NOT NULL OR (methods_low IS NULL AND sampling_low IS NULL));

ALTER TABLE figure.score_component
  ADD COLUMN left_out double precision,                                     -- points of the overall score
  ADD COLUMN at_best  double precision CHECK (at_best >= 0);

-- How much of the variance over the methods tried each choice explains.
CREATE TABLE figure.score_share (
  cooperation_id text NOT NULL,
  release_id     text NOT NULL,
  quarter        text NOT NULL,
  dimension      text NOT NULL DEFAULT '',
  factor         text NOT NULL CHECK (factor IN ('normalisation', 'weights', 'aggregation', 'left-out')),
  first_order    double precision NOT NULL CHECK (first_order >= 0),
  total          double precision NOT NULL CHECK (total >= 0),
  PRIMARY KEY (cooperation_id, release_id, quarter, dimension, factor)
);

-- What moved the overall score; the parts add up to the difference of the two scores.
CREATE TABLE figure.score_change (
  cooperation_id text NOT NULL,
  release_id     text NOT NULL,
  quarter        text NOT NULL,
  since          text NOT NULL CHECK (since IN ('quarter', 'year')),
  node           text NOT NULL,                                             -- an indicator, or a whole dimension
  ordinal        integer NOT NULL,
  kind           text NOT NULL CHECK (kind IN ('moved', 'appeared', 'disappeared', 'replaced')),
  amount         double precision NOT NULL CHECK (amount NOT IN ('NaN', 'Infinity', '-Infinity')),
  PRIMARY KEY (cooperation_id, release_id, quarter, since, node)
);

-- The same quarters by versions of the scorecard that are no longer in force.
CREATE TABLE figure.earlier_score (
  cooperation_id text NOT NULL,
  release_id     text NOT NULL,
  methodology    integer NOT NULL CHECK (methodology >= 1),
  quarter        text NOT NULL,
  dimension      text NOT NULL DEFAULT '',
  value          double precision CHECK (value BETWEEN 0 AND 100),
  absence        text CHECK (absence IN ('not-enough-data')),
  coverage       double precision NOT NULL CHECK (coverage BETWEEN 0 AND 1),
  PRIMARY KEY (cooperation_id, release_id, methodology, quarter, dimension),
  CONSTRAINT value_or_reason CHECK ((value IS NULL) = (absence IS NOT NULL))
);

DO $$
DECLARE source regclass;
BEGIN
  FOREACH source IN ARRAY '{figure.score_share,figure.score_change,figure.earlier_score}'::regclass[] LOOP
    EXECUTE format('CREATE TRIGGER never_change BEFORE UPDATE ON %s
      FOR EACH ROW EXECUTE FUNCTION figure.never_change()', source);
    EXECUTE format('CREATE TRIGGER never_delete BEFORE DELETE ON %s
      FOR EACH ROW WHEN (OLD.release_id <> ''working'') EXECUTE FUNCTION figure.never_change()', source);
    EXECUTE format('CREATE TRIGGER only_while_made AFTER INSERT ON %s REFERENCING NEW TABLE AS added
      FOR EACH STATEMENT EXECUTE FUNCTION figure.only_while_made()', source);
  END LOOP;
END $$;

-- What a release holds, the new tables among it. A release that has no row in one of them says nothing of it, so
-- that earlier releases keep their digests.
CREATE FUNCTION audit.release_additions(release text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_object_agg(t.key, t.rows) FILTER (WHERE t.rows <> '{}'), '{}')
  FROM (SELECT s.key, audit.release_table(s.source, release) AS rows
        FROM (VALUES ('score_shares', 'figure.score_share'::regclass),
                     ('score_changes', 'figure.score_change'::regclass),
                     ('earlier_scores', 'figure.earlier_score'::regclass)) s(key, source)) t
$$;

CREATE OR REPLACE FUNCTION audit.release_details(release text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('content', c.content, 'released_at', audit.instant(c.released_at),
    'digest', encode(sha256(convert_to(c.content::text, 'UTF8')), 'hex'))
  FROM (
    SELECT r.released_at, jsonb_build_object('release', r.release_id, 'quarter', r.quarter,
      'revision', r.revision, 'cut', to_char(r.cut, 'YYYY-MM-DD'), 'batch', r.batch,
      'catalogue', r.catalogue_version, 'catalogue_digest', r.definitions_digest,
      'definitions', (SELECT encode(sha256(string_agg(sha256(convert_to(d.path, 'UTF8')) || sha256(d.content),
          ''::bytea ORDER BY d.path COLLATE "C")), 'hex')
        FROM figure.definition d WHERE d.digest = r.definitions_digest),
      'software', r.software_version, 'next_due', to_char(r.next_due, 'YYYY-MM-DD'), 'previous', r.previous,
      'previous_digest', (SELECT e.details->>'digest' FROM audit.entry e
        WHERE e.kind = 'release' AND e.subject = r.previous ORDER BY e.ordinal LIMIT 1),
      'facts', coalesce((SELECT s.facts FROM audit.seal s WHERE s.batch = r.batch), audit.genesis()),
      'figures', audit.release_table('figure.figure', r.release_id),
      'scores', audit.release_table('figure.score', r.release_id),
      'score_components', audit.release_table('figure.score_component', r.release_id),
      'health', audit.release_table('figure.health', r.release_id))
      || audit.release_additions(r.release_id) AS content
    FROM figure.release r WHERE r.release_id = release
  ) c
$$;

-- Scores computed before know nothing of all this: they are computed again.
DELETE FROM figure.computation;

CALL access.protect_all();
