-- Operations: batches, imports and what they refused, the run ledger.

-- The schema ops itself belongs to the migrator, which keeps its record of applied files there.

-- Recorded time is a batch number, not a clock: a number taken from this one locked row is handed out in
-- commit order, so that "as of batch n" never changes once it can be read.
CREATE TABLE ops.batch_counter (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  number   bigint NOT NULL CHECK (number >= 0)
);
INSERT INTO ops.batch_counter (number) VALUES (0);

CREATE TABLE ops.import (
  import_id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  cooperation_id text,                    -- NULL for reference tables
  entity         text NOT NULL,
  file           text NOT NULL,           -- the name as given, for the reader of a report
  sha256         text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  imported_at    timestamptz NOT NULL DEFAULT now(),
  read           integer NOT NULL CHECK (read >= 0),
  recorded       integer NOT NULL CHECK (recorded >= 0),
  revised        integer NOT NULL CHECK (revised BETWEEN 0 AND recorded),
  late           integer NOT NULL CHECK (late BETWEEN 0 AND recorded),
  unchanged      integer NOT NULL CHECK (unchanged >= 0),
  rejected       integer NOT NULL CHECK (rejected >= 0),
  closed         integer NOT NULL CHECK (closed >= 0),  -- known rows that a complete file no longer has
  batch          bigint,                  -- NULL when nothing changed
  CONSTRAINT counts_reconcile CHECK (read = recorded + unchanged + rejected),
  CONSTRAINT batch_iff_changed CHECK ((recorded + closed > 0) = (batch IS NOT NULL))
);
CREATE INDEX import_by_content ON ops.import (sha256);

CREATE TABLE ops.batch (
  batch       bigint PRIMARY KEY,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  import_id   bigint NOT NULL REFERENCES ops.import
);

-- Where and why, never what: a refused cell may hold a person's data.
CREATE TABLE ops.reject (
  import_id bigint NOT NULL REFERENCES ops.import,
  ordinal   integer NOT NULL,
  line      integer,
  field     text,
  code      text NOT NULL,
  message   text NOT NULL,
  PRIMARY KEY (import_id, ordinal)
);

CREATE TABLE ops.run (
  run_id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  command      text NOT NULL,
  business_day date NOT NULL,
  started_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at     timestamptz,
  state        text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'failed', 'abandoned')),
  backend_pid  integer NOT NULL DEFAULT pg_backend_pid(),
  host         text NOT NULL,
  process_id   integer NOT NULL,
  message      text
);

CREATE TABLE ops.run_step (
  run_id     bigint NOT NULL REFERENCES ops.run,
  step       text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at   timestamptz,
  outcome    text CHECK (outcome IN ('done', 'nothing-new', 'failed')),
  detail     text,
  PRIMARY KEY (run_id, step)
);

-- First day of a quarter written 2026T3.
CREATE FUNCTION ops.quarter_start(quarter text) RETURNS date
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN make_date(left(quarter, 4)::int, (right(quarter, 1)::int - 1) * 3 + 1, 1);

-- The quarter of a day, written 2026T3.
CREATE FUNCTION ops.quarter_of(day date) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN lpad(extract(year FROM day)::int::text, 4, '0') || 'T' || extract(quarter FROM day)::int::text;
