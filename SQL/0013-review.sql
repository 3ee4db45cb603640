-- Review: the quarter of a cooperation is provisional until its author submits it and somebody else validates
-- it; then it may be closed. Every step is an event, and an entry of the audit chain; states are derived.

CREATE SCHEMA review;

CREATE TABLE review.event (
  entry          bigint PRIMARY KEY,         -- its number in the audit chain: events come in commit order
  cooperation_id text NOT NULL,
  quarter        text NOT NULL CHECK (quarter ~ '^[0-9]{4}T[1-4]$'),
  act            text NOT NULL CHECK (act IN ('submitted', 'validated', 'closed', 'reopened')),
  by_name        text NOT NULL CHECK (by_name ~ '\S'),
  reason         text CHECK (reason ~ '\S'),
  batch          bigint NOT NULL,            -- the last batch known to whoever acted
  at             timestamptz NOT NULL
);
CREATE INDEX event_by_quarter ON review.event (cooperation_id, quarter, entry);

-- Two signatures are one person's when they differ in case, spaces or the way accents are typed only.
CREATE FUNCTION review.same_person(one text, other text) RETURNS boolean
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN lower(regexp_replace(normalize(one, NFKC), '\s+', '', 'g') COLLATE "und-x-icu")
       = lower(regexp_replace(normalize(other, NFKC), '\s+', '', 'g') COLLATE "und-x-icu");

-- The states as of an entry of the audit chain. As of a batch: the last entry of review.event whose batch is
-- not later. As of an instant: the last entry of audit.entry that is not later.
CREATE FUNCTION review.periods(upto bigint)
RETURNS TABLE (cooperation_id text, quarter text, state text, submitted_by text, submitted_at timestamptz,
  validated_by text, validated_at timestamptz, locked_batch bigint, closed_by text, closed_at timestamptz)
LANGUAGE sql STABLE AS $$
  SELECT e.cooperation_id, e.quarter, CASE e.act WHEN 'reopened' THEN 'provisional' ELSE e.act END,
    s.by_name, s.at, v.by_name, v.at, v.batch, c.by_name, c.at
  FROM (SELECT DISTINCT ON (x.cooperation_id, x.quarter) x.* FROM review.event x WHERE x.entry <= upto
        ORDER BY x.cooperation_id, x.quarter, x.entry DESC) e
  -- Acts follow one another in one order, so the last of each kind belongs to the present state.
  LEFT JOIN LATERAL (SELECT x.* FROM review.event x
    WHERE (x.cooperation_id, x.quarter, x.act) = (e.cooperation_id, e.quarter, 'submitted') AND x.entry <= upto
    ORDER BY x.entry DESC LIMIT 1) s ON e.act <> 'reopened'
  LEFT JOIN LATERAL (SELECT x.* FROM review.event x
    WHERE (x.cooperation_id, x.quarter, x.act) = (e.cooperation_id, e.quarter, 'validated') AND x.entry <= upto
    ORDER BY x.entry DESC LIMIT 1) v ON e.act IN ('validated', 'closed')
  LEFT JOIN LATERAL (SELECT e.by_name, e.at) c ON e.act = 'closed'
$$;

CREATE VIEW review.period AS SELECT * FROM review.periods(9223372036854775807);

-- Quarters that no longer change without a word: what arrives for one of their days is late.
CREATE VIEW review.locked AS
SELECT cooperation_id, quarter, ops.quarter_start(quarter) AS starts,
  (ops.quarter_start(quarter) + interval '3 months' - interval '1 day')::date AS ends, state, locked_batch
FROM review.period WHERE state IN ('validated', 'closed');

CREATE FUNCTION review.is_closed(cooperation text, day date) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM review.locked l WHERE l.cooperation_id = cooperation AND day BETWEEN l.starts AND l.ends)
$$;

-- Gives an event its place in the chain, and refuses what the order of acts or the two signatures do not allow.
CREATE FUNCTION review.judge() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  known record;
  now_state text;
BEGIN
  SELECT number INTO NEW.batch FROM ops.batch_counter;
  -- From here on the chain is ours until the commit: nobody else can act on the same state.
  INSERT INTO audit.entry (kind, subject, details)
  VALUES ('period', NEW.cooperation_id || '/' || NEW.quarter, jsonb_build_object(
    'act', NEW.act, 'by', NEW.by_name, 'reason', NEW.reason, 'batch', NEW.batch))
  RETURNING ordinal, at INTO NEW.entry, NEW.at;
  SELECT * INTO known FROM review.period p
  WHERE p.cooperation_id = NEW.cooperation_id AND p.quarter = NEW.quarter;
  now_state := coalesce(known.state, 'provisional');
  IF NOT (NEW.act, now_state) IN (('submitted', 'provisional'), ('validated', 'submitted'),
      ('closed', 'validated'), ('reopened', 'submitted'), ('reopened', 'validated'), ('reopened', 'closed')) THEN
    RAISE EXCEPTION '% of % is %: it cannot be %; %', NEW.quarter, NEW.cooperation_id, now_state, NEW.act,
      CASE now_state WHEN 'provisional' THEN 'submit it first' WHEN 'submitted' THEN 'somebody else validates it next'
        WHEN 'validated' THEN 'close it, or reopen it with a reason' ELSE 'reopen it with a reason' END
      USING ERRCODE = 'JV001';
  END IF;
  IF NEW.act = 'validated' AND review.same_person(NEW.by_name, known.submitted_by) THEN
    RAISE EXCEPTION 'whoever submitted % of % cannot validate it; ask somebody else', NEW.quarter, NEW.cooperation_id
      USING ERRCODE = 'JV001';
  END IF;
  IF NEW.act = 'reopened' AND NEW.reason IS NULL THEN
    RAISE EXCEPTION 'reopening % of % needs a reason; give it with --reason', NEW.quarter, NEW.cooperation_id
      USING ERRCODE = 'JV001';
  END IF;
  IF NEW.act = 'reopened' AND review.same_person(NEW.by_name, known.validated_by) THEN
    RAISE EXCEPTION 'whoever validated % of % cannot reopen it; ask somebody else', NEW.quarter, NEW.cooperation_id
      USING ERRCODE = 'JV001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER judge BEFORE INSERT ON review.event FOR EACH ROW EXECUTE FUNCTION review.judge();
CREATE TRIGGER never_change BEFORE UPDATE OR DELETE ON review.event
  FOR EACH ROW EXECUTE FUNCTION audit.never_change();
CREATE TRIGGER never_truncate BEFORE TRUNCATE ON review.event
  FOR EACH STATEMENT EXECUTE FUNCTION audit.never_change();

CREATE FUNCTION review.problems() RETURNS TABLE (place text, problem text) LANGUAGE sql STABLE AS $$
  SELECT format('review of %s, entry %s', coalesce(e.subject, v.cooperation_id || '/' || v.quarter),
      coalesce(e.ordinal, v.entry)), CASE
    WHEN v.entry IS NULL THEN 'the chain has it, review.event does not'
    WHEN e.ordinal IS NULL THEN 'review.event has it, the chain does not'
    ELSE 'review.event does not say what the chain says of it' END
  FROM (SELECT * FROM audit.entry WHERE kind = 'period') e FULL JOIN review.event v ON v.entry = e.ordinal
  WHERE e.ordinal IS NULL OR v.entry IS NULL OR v.at <> e.at
    OR e.subject <> v.cooperation_id || '/' || v.quarter
    OR e.details <> jsonb_build_object('act', v.act, 'by', v.by_name, 'reason', v.reason, 'batch', v.batch)
  ORDER BY coalesce(e.ordinal, v.entry)
$$;

-- Rows recorded or ended about a locked quarter, after it was locked: the batches after low, up to high, and the
-- locks as of an entry of the chain. A row is about the quarter of the first day it is true.
-- Reads as of several batches and leaves jvs.as_of as it found it.
CREATE FUNCTION review.late_rows(upto bigint, low bigint, high bigint)
RETURNS TABLE (cooperation_id text, quarter text, entity text, batch bigint, recorded integer, ended integer)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  before_it text := coalesce(current_setting('jvs.as_of', true), '');
  kept name;
  lock_batch bigint;
BEGIN
  FOR kept IN
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    -- Targets and what reviews say move no figure.
    WHERE n.nspname = 'as_of' AND c.relkind = 'v' AND c.relname <> ALL ('{target,commentary,decision}') AND 2 = (
      SELECT count(*) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname IN ('cooperation_id', 'valid'))
    ORDER BY c.relname
  LOOP
    PERFORM set_config('jvs.as_of', high::text, true);
    RETURN QUERY EXECUTE format($query$
      SELECT l.cooperation_id, l.quarter, %1$L::text, t.batch_from, count(*)::integer, 0
      FROM review.periods($1) l
      JOIN as_of.%1$I t ON t.cooperation_id = l.cooperation_id AND t.batch_from > greatest(l.locked_batch, $2)
        AND ops.quarter_of(lower(t.valid)) = l.quarter
      WHERE l.state IN ('validated', 'closed') GROUP BY 1, 2, 4
    $query$, kept) USING upto, low;
    FOR lock_batch IN SELECT DISTINCT greatest(p.locked_batch, low) FROM review.periods(upto) p
                      WHERE p.state IN ('validated', 'closed') ORDER BY 1 LOOP
      PERFORM set_config('jvs.as_of', lock_batch::text, true);
      RETURN QUERY EXECUTE format($query$
        SELECT l.cooperation_id, l.quarter, %1$L::text, t.batch_to, 0, count(*)::integer
        FROM review.periods($1) l
        JOIN as_of.%1$I t ON t.cooperation_id = l.cooperation_id AND t.batch_to <= $3
          AND ops.quarter_of(lower(t.valid)) = l.quarter
        WHERE l.state IN ('validated', 'closed') AND greatest(l.locked_batch, $2) = $4 GROUP BY 1, 2, 4
      $query$, kept) USING upto, low, high, lock_batch;
    END LOOP;
  END LOOP;
  PERFORM set_config('jvs.as_of', before_it, true);
END $$;
