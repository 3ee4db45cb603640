-- Social return and shares: the rule by which partners share results, the coalition table they signed, and what a
-- release keeps of the return of each year. Neither file is a fact of a quarter's figures, so neither is ever late.

CREATE TABLE fact.sharing_rule (
  LIKE ops.recorded INCLUDING ALL,
  started_on date NOT NULL, rule text NOT NULL, decided_on date NOT NULL, document text
);
CALL ops.keep_history('fact', 'sharing_rule', '{cooperation_id,started_on}', 'daterange(NULL, NULL)');

CREATE TABLE fact.coalition_value (
  LIKE ops.recorded INCLUDING ALL,
  signed_on date NOT NULL, members text NOT NULL, value numeric NOT NULL, document text
);
CALL ops.keep_history('fact', 'coalition_value', '{cooperation_id,signed_on,members}', 'daterange(NULL, NULL)');

-- A ratio or a reason, never both, never neither; ratios of several cooperations are never added.
CREATE TABLE figure.social_return (
  cooperation_id  text NOT NULL,
  release_id      text NOT NULL,
  year            integer NOT NULL,
  ratio           double precision,
  corner_low      double precision,
  corner_high     double precision,
  low             double precision,   -- 95 % of the drawn ratios: the last whole year only
  high            double precision,
  median          double precision,
  share_above_one double precision CHECK (share_above_one BETWEEN 0 AND 1),
  draws           integer,
  seed            bigint,
  absence         text CHECK (absence IN ('not-over', 'ended', 'no-investment', 'unknown-investment',
    'unknown-quantity', 'no-proxy', 'no-outcome')),
  PRIMARY KEY (cooperation_id, release_id, year),
  CONSTRAINT ratio_or_reason CHECK ((ratio IS NULL) = (absence IS NOT NULL)),
  CONSTRAINT ratio_in_its_corners CHECK (num_nulls(ratio, corner_low, corner_high) IN (0, 3)),
  CONSTRAINT whole_interval CHECK (num_nulls(low, high, median, share_above_one, draws, seed) IN (0, 6)),
  CONSTRAINT no_interval_without_ratio CHECK (ratio IS NOT NULL OR low IS NULL),
  CONSTRAINT finite CHECK (ratio NOT IN ('NaN', 'Infinity', '-Infinity'))
);

-- What was put in: contributions by partner and kind, then figures of indicators ('' as organisation).
CREATE TABLE figure.social_return_input (
  cooperation_id text NOT NULL,
  release_id     text NOT NULL,
  year           integer NOT NULL,
  name           text NOT NULL,
  organisation   text NOT NULL DEFAULT '',
  ordinal        integer NOT NULL,
  value          double precision,
  absence        text,
  unvalued       integer NOT NULL,
  PRIMARY KEY (cooperation_id, release_id, year, name, organisation),
  CONSTRAINT value_or_reason CHECK ((value IS NULL) = (absence IS NOT NULL))
);

-- How often each outcome happened, and what it comes to where that can be said.
CREATE TABLE figure.social_return_outcome (
  cooperation_id text NOT NULL,
  release_id     text NOT NULL,
  year           integer NOT NULL,
  outcome        text NOT NULL,
  ordinal        integer NOT NULL,
  quantity       double precision,
  absence        text,
  impact         double precision,
  present_value  double precision,
  PRIMARY KEY (cooperation_id, release_id, year, outcome),
  CONSTRAINT quantity_or_reason CHECK ((quantity IS NULL) = (absence IS NOT NULL)),
  CONSTRAINT whole_value CHECK ((impact IS NULL) = (present_value IS NULL))
);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY '{social_return,social_return_input,social_return_outcome}'::text[] LOOP
    EXECUTE format('CREATE TRIGGER never_change BEFORE UPDATE ON figure.%I
      FOR EACH ROW EXECUTE FUNCTION figure.never_change()', name);
    EXECUTE format('CREATE TRIGGER never_delete BEFORE DELETE ON figure.%I
      FOR EACH ROW WHEN (OLD.release_id <> ''working'') EXECUTE FUNCTION figure.never_change()', name);
    EXECUTE format('CREATE TRIGGER only_while_made AFTER INSERT ON figure.%I REFERENCING NEW TABLE AS added
      FOR EACH STATEMENT EXECUTE FUNCTION figure.only_while_made()', name);
  END LOOP;
END $$;

-- The digest of a release covers its returns; one that was made before there were any says what it said.
CREATE OR REPLACE FUNCTION audit.release_additions(release text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_object_agg(t.key, t.rows) FILTER (WHERE t.rows <> '{}'), '{}')
  FROM (SELECT s.key, audit.release_table(s.source, release) AS rows
        FROM (VALUES ('score_shares', 'figure.score_share'::regclass),
                     ('score_changes', 'figure.score_change'::regclass),
                     ('earlier_scores', 'figure.earlier_score'::regclass),
                     ('social_returns', 'figure.social_return'::regclass),
                     ('social_return_inputs', 'figure.social_return_input'::regclass),
                     ('social_return_outcomes', 'figure.social_return_outcome'::regclass)) s(key, source)) t
$$;

CREATE OR REPLACE FUNCTION audit.release_problems() RETURNS TABLE (place text, problem text) LANGUAGE sql STABLE AS $$
  SELECT format('release %s', coalesce(e.subject, r.release_id)), CASE
    WHEN r.release_id IS NULL THEN 'the chain has it, figure.release does not'
    WHEN e.subject IS NULL THEN 'figure.release has it, the chain does not'
    ELSE 'it is not what was released: ' || coalesce((
      SELECT string_agg(CASE WHEN jsonb_typeof(e.content->k) = 'object' AND jsonb_typeof(n.content->k) = 'object'
        THEN k || ' of ' || (
          SELECT string_agg(c, ', ' ORDER BY c) FROM jsonb_object_keys((e.content->k) || (n.content->k)) c
          WHERE e.content->k->c IS DISTINCT FROM n.content->k->c)
        ELSE k END, '; ' ORDER BY k)
      FROM jsonb_object_keys(e.content || n.content) k
      WHERE e.content->k IS DISTINCT FROM n.content->k), 'its instant or its digest') END
  FROM (SELECT DISTINCT ON (subject) subject, details, details->'content' AS content FROM audit.entry
        WHERE kind = 'release' ORDER BY subject, ordinal) e
  FULL JOIN figure.release r ON r.release_id = e.subject
  LEFT JOIN LATERAL (SELECT d AS details, d->'content' AS content
                     FROM audit.release_details(r.release_id) d) n ON true
  WHERE r.release_id IS NULL OR e.subject IS NULL OR e.details <> n.details
  UNION ALL
  SELECT format('release %s', f.release_id), 'there are figures of a release that does not exist'
  FROM (SELECT release_id FROM figure.figure UNION SELECT release_id FROM figure.score
        UNION SELECT release_id FROM figure.score_component UNION SELECT release_id FROM figure.score_share
        UNION SELECT release_id FROM figure.score_change UNION SELECT release_id FROM figure.earlier_score
        UNION SELECT release_id FROM figure.social_return
        UNION SELECT release_id FROM figure.social_return_input
        UNION SELECT release_id FROM figure.social_return_outcome) f
  WHERE f.release_id <> 'working' AND NOT EXISTS (SELECT 1 FROM figure.release r WHERE r.release_id = f.release_id)
  ORDER BY 1
$$;

-- What was computed before knows no returns: it is computed again.
DELETE FROM figure.computation;

CALL access.protect_all();
