-- Entities: the rest of what cooperations capture, and the reference tables their rules read.
-- Health and justice are never kept by person: a barrier of these kinds is counted in barrier_count, and release
-- from prison is no criterion of a person here.

CREATE TABLE fact.organisation_name (
  LIKE ops.recorded INCLUDING ALL,
  organisation text NOT NULL,
  name text NOT NULL,
  started_on date NOT NULL,
  ended_on date
);
CALL ops.keep_history('fact', 'organisation_name', '{cooperation_id,organisation,started_on}', 'daterange(started_on, ended_on, ''[]'')');

CREATE TABLE fact.contract (
  LIKE ops.recorded INCLUDING ALL,
  contract text NOT NULL,
  pathway text NOT NULL,
  kind text NOT NULL,
  started_on date NOT NULL,
  ended_on date,
  weekly_hours numeric,
  renewal boolean
);
CALL ops.keep_history('fact', 'contract', '{cooperation_id,contract}', 'daterange(started_on, ended_on, ''[]'')');

CREATE TABLE fact.support (
  LIKE ops.recorded INCLUDING ALL,
  support text NOT NULL,
  pathway text NOT NULL,
  held_on date NOT NULL,
  hours numeric NOT NULL,
  topic text NOT NULL,
  by text NOT NULL
);
CALL ops.keep_history('fact', 'support', '{cooperation_id,support}', 'daterange(held_on, held_on, ''[]'')');

CREATE TABLE fact.barrier_assessment (
  LIKE ops.recorded INCLUDING ALL,
  pathway text NOT NULL,
  barrier text NOT NULL,
  assessed_on date NOT NULL,
  moment text NOT NULL,
  level integer NOT NULL,
  accompanied text
);
CALL ops.keep_history('fact', 'barrier_assessment', '{cooperation_id,pathway,barrier,assessed_on}', 'daterange(assessed_on, assessed_on, ''[]'')');

CREATE TABLE fact.barrier_count (
  LIKE ops.recorded INCLUDING ALL,
  barrier text NOT NULL,
  quarter text NOT NULL,
  concerned integer NOT NULL,
  internal integer,
  external integer,
  "both" integer
);
CALL ops.keep_history('fact', 'barrier_count', '{cooperation_id,barrier,quarter}', 'daterange(ops.quarter_start(quarter), (ops.quarter_start(quarter) + interval ''3 months'')::date)');

CREATE TABLE fact.immersion (
  LIKE ops.recorded INCLUDING ALL,
  immersion text NOT NULL,
  pathway text NOT NULL,
  host text NOT NULL,
  object text NOT NULL,
  started_on date NOT NULL,
  ended_on date NOT NULL,
  hours numeric
);
CALL ops.keep_history('fact', 'immersion', '{cooperation_id,immersion}', 'daterange(started_on, ended_on, ''[]'')');

CREATE TABLE fact.eligibility (
  LIKE ops.recorded INCLUDING ALL,
  pathway text NOT NULL,
  criterion text NOT NULL,
  assessed_on date NOT NULL,
  by text NOT NULL
);
CALL ops.keep_history('fact', 'eligibility', '{cooperation_id,pathway,criterion}', 'daterange(assessed_on, assessed_on, ''[]'')');

CREATE TABLE fact.pass_iae (
  LIKE ops.recorded INCLUDING ALL,
  participant text NOT NULL,
  started_on date NOT NULL
);
CALL ops.keep_history('fact', 'pass_iae', '{cooperation_id,participant,started_on}', 'daterange(started_on, started_on + 730)');

CREATE TABLE fact.pass_iae_suspension (
  LIKE ops.recorded INCLUDING ALL,
  participant text NOT NULL,
  pass_started_on date NOT NULL,
  started_on date NOT NULL,
  ended_on date NOT NULL,
  reason text NOT NULL,
  declared_on date
);
CALL ops.keep_history('fact', 'pass_iae_suspension', '{cooperation_id,participant,started_on}', 'daterange(started_on, ended_on, ''[]'')');

CREATE TABLE fact.pass_iae_prolongation (
  LIKE ops.recorded INCLUDING ALL,
  participant text NOT NULL,
  pass_started_on date NOT NULL,
  started_on date NOT NULL,
  ended_on date NOT NULL,
  reason text NOT NULL
);
CALL ops.keep_history('fact', 'pass_iae_prolongation', '{cooperation_id,participant,started_on}', 'daterange(started_on, ended_on, ''[]'')');

-- What partnerships, commitments, contributions and conventions lacked.
ALTER TABLE fact.partnership ADD COLUMN agreed_share numeric;
ALTER TABLE fact.commitment ADD COLUMN people integer;
ALTER TABLE fact.contribution ADD COLUMN people integer, ADD COLUMN capped_value_eur numeric,
  ADD COLUMN market_value_eur numeric;
ALTER TABLE fact.convention ADD COLUMN unit_amount_eur numeric, ADD COLUMN cofinanced_eur numeric,
  ADD COLUMN total_eur numeric;
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY '{partnership,commitment,contribution,convention}'::text[] LOOP
    CALL ops.guard('fact', name);  -- the rule names every column
  END LOOP;
END $$;
CALL ops.show_as_of('fact', 'partnership', 'daterange(started_on, ended_on, ''[]'')');
CALL ops.show_as_of('fact', 'commitment',
  'daterange(ops.quarter_start(quarter), (ops.quarter_start(quarter) + interval ''3 months'')::date)');
CALL ops.show_as_of('fact', 'contribution', 'daterange(delivered_on, delivered_on, ''[]'')');
CALL ops.show_as_of('fact', 'convention', 'daterange(started_on, ended_on, ''[]'')');

CREATE TABLE reference.criterion (
  LIKE ops.recorded INCLUDING ALL,
  code text NOT NULL,
  valid_from date NOT NULL,
  level integer NOT NULL,
  label text NOT NULL,
  label_en text NOT NULL,
  sensitive boolean NOT NULL,
  source text NOT NULL,
  sureness text NOT NULL
);
ALTER TABLE reference.criterion DROP COLUMN cooperation_id;
CALL ops.keep_history('reference', 'criterion', '{code,valid_from}', NULL);

CREATE TABLE reference.criterion_need (
  LIKE ops.recorded INCLUDING ALL,
  kind text NOT NULL,
  valid_from date NOT NULL,
  level_2 integer NOT NULL,
  source text NOT NULL,
  sureness text NOT NULL
);
ALTER TABLE reference.criterion_need DROP COLUMN cooperation_id;
CALL ops.keep_history('reference', 'criterion_need', '{kind,valid_from}', NULL);

CREATE TABLE reference.barrier (
  LIKE ops.recorded INCLUDING ALL,
  code text NOT NULL,
  valid_from date NOT NULL,
  label text NOT NULL,
  label_en text NOT NULL,
  is_official boolean NOT NULL,
  sensitive boolean NOT NULL,
  source text NOT NULL
);
ALTER TABLE reference.barrier DROP COLUMN cooperation_id;
CALL ops.keep_history('reference', 'barrier', '{code,valid_from}', NULL);

CREATE TABLE reference.pass_iae_rule (
  LIKE ops.recorded INCLUDING ALL,
  name text NOT NULL,
  valid_from date NOT NULL,
  value integer NOT NULL,
  source text NOT NULL,
  sureness text NOT NULL
);
ALTER TABLE reference.pass_iae_rule DROP COLUMN cooperation_id;
CALL ops.keep_history('reference', 'pass_iae_rule', '{name,valid_from}', NULL);

CREATE TABLE reference.prolongation_rule (
  LIKE ops.recorded INCLUDING ALL,
  reason text NOT NULL,
  valid_from date NOT NULL,
  request_days integer NOT NULL,
  total_days integer,
  kinds text,
  source text NOT NULL,
  sureness text NOT NULL
);
ALTER TABLE reference.prolongation_rule DROP COLUMN cooperation_id;
CALL ops.keep_history('reference', 'prolongation_rule', '{reason,valid_from}', NULL);
