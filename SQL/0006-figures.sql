-- Figures: what was computed, and the releases that froze it.

CREATE SCHEMA figure;

-- The definition files a release was computed with, byte for byte, so that an old release can be published
-- again after the definitions have moved on.
CREATE TABLE figure.definition (
  digest  text NOT NULL,
  path    text NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (digest, path)
);

-- What the working figures were computed from: the same inputs need no second computation.
CREATE TABLE figure.computation (
  only_row           boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  quarter            text NOT NULL,
  cut                date NOT NULL,
  batch              bigint NOT NULL,
  definitions_digest text NOT NULL,
  software_version   text NOT NULL
);

CREATE TABLE figure.release (
  release_id         text PRIMARY KEY CHECK (release_id ~ '^[0-9]{4}T[1-4]-r[1-9][0-9]*$'),
  quarter            text NOT NULL,
  revision           integer NOT NULL CHECK (revision > 0),
  cut                date NOT NULL,
  batch              bigint NOT NULL,
  catalogue_version  text NOT NULL,
  definitions_digest text NOT NULL,
  software_version   text NOT NULL,
  previous           text REFERENCES figure.release,
  next_due           date NOT NULL,
  released_at        timestamptz NOT NULL DEFAULT now(),
  UNIQUE (quarter, revision)
);

-- release_id 'working' holds the figures of the last computation. A value or a reason, never both,
-- never neither: a missing thing cannot be stored as a number.
CREATE TABLE figure.figure (
  cooperation_id    text NOT NULL,
  release_id        text NOT NULL,
  indicator         text NOT NULL,
  indicator_version integer NOT NULL,
  quarter           text NOT NULL,
  part_field        text NOT NULL DEFAULT '',
  part_value        text NOT NULL DEFAULT '',
  value             double precision,
  numerator         double precision,
  denominator       double precision,
  n                 integer,
  low               double precision,
  high              double precision,
  absence           text CHECK (absence IN
    ('not-collected', 'not-applicable', 'no-denominator', 'not-yet-due', 'too-few')),
  status            text NOT NULL CHECK (status IN ('provisional', 'final', 'revised')),
  followed          integer,
  due               integer,
  observed          integer,
  PRIMARY KEY (cooperation_id, release_id, indicator, quarter, part_field, part_value),
  CONSTRAINT value_or_reason CHECK ((value IS NULL) = (absence IS NOT NULL)),
  CONSTRAINT no_number_beside_a_reason CHECK
    (absence IS NULL OR (low IS NULL AND high IS NULL)),
  CONSTRAINT whole_interval CHECK ((low IS NULL) = (high IS NULL)),
  CONSTRAINT whole_maturity CHECK ((followed IS NULL) = (due IS NULL) AND (due IS NULL) = (observed IS NULL)),
  CONSTRAINT finite CHECK (value NOT IN ('NaN', 'Infinity', '-Infinity'))
);

CREATE TABLE figure.score (
  cooperation_id text NOT NULL,
  release_id     text NOT NULL,
  quarter        text NOT NULL,
  dimension      text NOT NULL DEFAULT '',   -- '' is the overall score
  value          double precision CHECK (value BETWEEN 0 AND 100),
  absence        text CHECK (absence IN ('not-enough-data')),
  coverage       double precision NOT NULL CHECK (coverage BETWEEN 0 AND 1),
  PRIMARY KEY (cooperation_id, release_id, quarter, dimension),
  CONSTRAINT value_or_reason CHECK ((value IS NULL) = (absence IS NOT NULL))
);

CREATE TABLE figure.score_component (
  cooperation_id text NOT NULL,
  release_id     text NOT NULL,
  quarter        text NOT NULL,
  dimension      text NOT NULL,
  indicator      text NOT NULL,
  ordinal        integer NOT NULL,
  value          double precision,
  normalised     double precision,
  weight         double precision NOT NULL,
  PRIMARY KEY (cooperation_id, release_id, quarter, dimension, indicator)
);

-- What had been received for a cooperation when the release was made.
CREATE TABLE figure.health (
  cooperation_id text NOT NULL,
  release_id     text NOT NULL REFERENCES figure.release,
  files          integer NOT NULL,
  read           integer NOT NULL,
  recorded       integer NOT NULL,
  unchanged      integer NOT NULL,
  rejected       integer NOT NULL,
  late           integer NOT NULL,
  PRIMARY KEY (cooperation_id, release_id)
);

-- A release never changes: its rows may be added while it is made, and nothing else.
CREATE FUNCTION figure.never_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'release' OR TG_TABLE_NAME = 'health' OR OLD.release_id <> 'working' THEN
    RAISE EXCEPTION 'a release never changes: % on figure.% refused; make a new release instead',
      TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER never_change BEFORE UPDATE OR DELETE ON figure.release
  FOR EACH ROW EXECUTE FUNCTION figure.never_change();
CREATE TRIGGER never_change BEFORE UPDATE OR DELETE ON figure.health
  FOR EACH ROW EXECUTE FUNCTION figure.never_change();
CREATE TRIGGER never_change BEFORE UPDATE OR DELETE ON figure.figure
  FOR EACH ROW EXECUTE FUNCTION figure.never_change();
CREATE TRIGGER never_change BEFORE UPDATE OR DELETE ON figure.score
  FOR EACH ROW EXECUTE FUNCTION figure.never_change();
CREATE TRIGGER never_change BEFORE UPDATE OR DELETE ON figure.score_component
  FOR EACH ROW EXECUTE FUNCTION figure.never_change();

-- Rows are added to a release in the transaction that makes it, and never after.
CREATE FUNCTION figure.only_while_made() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM added LEFT JOIN figure.release r USING (release_id)
             WHERE release_id <> 'working' AND r.released_at IS DISTINCT FROM transaction_timestamp()) THEN
    RAISE EXCEPTION 'a release never changes: INSERT on figure.% refused; make a new release instead',
      TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER only_while_made AFTER INSERT ON figure.figure REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION figure.only_while_made();
CREATE TRIGGER only_while_made AFTER INSERT ON figure.score REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION figure.only_while_made();
CREATE TRIGGER only_while_made AFTER INSERT ON figure.score_component REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION figure.only_while_made();
CREATE TRIGGER only_while_made AFTER INSERT ON figure.health REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION figure.only_while_made();
