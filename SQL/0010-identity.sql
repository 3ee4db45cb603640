-- Identity: who people are, apart from everything else. Facts know a person by a random surrogate at most;
-- the keyed digest (HMAC) of an identity stands here and nowhere else.

CREATE SCHEMA identity;

-- A pseudonymisation domain has keys of its own, so that nobody can link people across domains. A cooperation
-- is its own domain unless one controller (responsable de traitement) of several declares a common one.
CREATE TABLE identity.domain (
  cooperation_id text PRIMARY KEY,
  domain         text NOT NULL CHECK (domain ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$' AND domain !~ '\n'),
  declared_at    timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION identity.domain_of(cooperation text) RETURNS text
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce((SELECT d.domain FROM identity.domain d WHERE d.cooperation_id = cooperation), cooperation);

-- Which keys there are, never a key: those are files outside the database. The check value is the digest of
-- a constant, so that a wrong file under the right name is noticed.
CREATE TABLE identity.key (
  key_id      text PRIMARY KEY CHECK (key_id ~ '^[a-z0-9-]{1,80}$' AND key_id !~ '\n'),
  domain      text NOT NULL,
  purpose     text NOT NULL CHECK (purpose IN ('pseudonym', 'suppression')),
  check_value bytea NOT NULL CHECK (length(check_value) = 32),
  created_at  timestamptz NOT NULL DEFAULT now(),
  retired_at  timestamptz
);
CREATE UNIQUE INDEX one_key_in_use ON identity.key (domain, purpose) WHERE retired_at IS NULL;

CREATE TABLE identity.person (
  cooperation_id    text NOT NULL,
  participant       text NOT NULL,
  person            uuid NOT NULL,          -- random: says nothing of who it is
  last_name         text NOT NULL,
  first_names       text NOT NULL,
  birth_date        date NOT NULL,
  contact           text,
  pass_iae_number   text,
  hmac              bytea NOT NULL CHECK (length(hmac) = 32),
  key_id            text NOT NULL REFERENCES identity.key,
  registered_on     date NOT NULL,
  legal_hold        boolean NOT NULL DEFAULT false,
  legal_hold_until  date,
  legal_hold_reason text,
  PRIMARY KEY (cooperation_id, participant),
  CONSTRAINT hold_has_end_and_reason CHECK
    (NOT legal_hold OR (legal_hold_until IS NOT NULL AND legal_hold_reason IS NOT NULL)),
  CONSTRAINT no_rest_of_a_hold CHECK
    (legal_hold OR (legal_hold_until IS NULL AND legal_hold_reason IS NULL))
);
CREATE INDEX person_by_identity ON identity.person (key_id, hmac);
CREATE INDEX person_by_surrogate ON identity.person (person);

-- The planner's statistics would keep copies of names in pg_statistic, where no erasure reaches them.
ALTER TABLE identity.person
  ALTER COLUMN last_name SET STATISTICS 0, ALTER COLUMN first_names SET STATISTICS 0,
  ALTER COLUMN birth_date SET STATISTICS 0, ALTER COLUMN contact SET STATISTICS 0,
  ALTER COLUMN pass_iae_number SET STATISTICS 0, ALTER COLUMN hmac SET STATISTICS 0,
  ALTER COLUMN legal_hold_reason SET STATISTICS 0;

-- Who asked to be forgotten, as a digest under a second key: it recognises a row that would bring them back.
CREATE TABLE identity.suppression (
  cooperation_id text NOT NULL,
  hmac           bytea NOT NULL CHECK (length(hmac) = 32),
  key_id         text NOT NULL REFERENCES identity.key,
  until          date NOT NULL,
  PRIMARY KEY (cooperation_id, key_id, hmac)
);
ALTER TABLE identity.suppression ALTER COLUMN hmac SET STATISTICS 0;

-- Codes whose free text is not to come back with a later delivery.
CREATE TABLE identity.forgotten (
  cooperation_id text NOT NULL,
  participant    text NOT NULL,
  until          date NOT NULL,
  PRIMARY KEY (cooperation_id, participant)
);

-- What was erased, when and why; never whom.
CREATE TABLE identity.erasure (
  erasure_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  erased_at      timestamptz NOT NULL DEFAULT now(),
  cooperation_id text NOT NULL,
  reason         text NOT NULL CHECK (reason IN ('request', 'retention', 'replay')),
  identities     integer NOT NULL CHECK (identities >= 0),
  redacted_rows  integer NOT NULL CHECK (redacted_rows >= 0)
);

-- Who looked, when and why; never at whom.
CREATE TABLE identity.access_log (
  entry          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at             timestamptz NOT NULL DEFAULT clock_timestamp(),
  role_name      name NOT NULL DEFAULT current_user,
  system_user_name text NOT NULL,
  action         text NOT NULL CHECK (action IN
    ('import', 'export', 'forget', 'replay', 'retention', 'hold', 'key', 'rotation', 'domain', 'log')),
  purpose        text NOT NULL CHECK (purpose IN
    ('follow-up', 'access-right', 'erasure-right', 'restriction-right', 'retention', 'restore', 'security', 'control')),
  cooperation_id text,
  persons        integer NOT NULL CHECK (persons >= 0),
  is_dry_run     boolean NOT NULL
);

CREATE FUNCTION identity.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'identity.% is append-only: % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON identity.access_log
  FOR EACH STATEMENT EXECUTE FUNCTION identity.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON identity.erasure
  FOR EACH STATEMENT EXECUTE FUNCTION identity.refuse_change();

-- How long identities are kept: the rule of a day is the last one valid from it or before.
CREATE TABLE identity.retention_rule (
  valid_from date PRIMARY KEY,
  basis      text NOT NULL CHECK (basis IN ('last-contact')),
  months     integer NOT NULL CHECK (months > 0),
  grace_days integer NOT NULL CHECK (grace_days >= 0),
  suppressed_months integer NOT NULL CHECK (suppressed_months > 0),
  source     text NOT NULL
);
INSERT INTO identity.retention_rule VALUES ('2021-03-11', 'last-contact', 24, 30, 36,
  'CNIL, délibération n° 2021-028 du 11 mars 2021 (référentiel accompagnement social) : deux ans après le dernier contact');

-- The notice given before a sweep erases: void once the last contact has moved.
CREATE TABLE identity.retention_notice (
  cooperation_id text NOT NULL,
  participant    text NOT NULL,
  noticed_on     date NOT NULL,
  last_contact   date NOT NULL,
  PRIMARY KEY (cooperation_id, participant)
);

-- The switch that stops every sweep.
CREATE TABLE identity.retention_switch (
  only_row     boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  is_suspended boolean NOT NULL
);
INSERT INTO identity.retention_switch (is_suspended) VALUES (false);

-- The fact side: which surrogate a cooperation's code is, with its history like any fact. Written when an
-- identity is recorded; it outlives the identity, so that figures of past releases can be computed again.
CREATE TABLE fact.person_link (
  LIKE ops.recorded INCLUDING ALL,
  participant text NOT NULL, person uuid NOT NULL
);
CALL ops.keep_history('fact', 'person_link', '{cooperation_id,participant}', NULL);

-- Which facts had their free text taken out: where, never what. The one change to a recorded fact besides
-- closing it, and the only way to it is ops.redact.
CREATE TABLE ops.redaction (
  redaction_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  redacted_at    timestamptz NOT NULL DEFAULT now(),
  table_name     text NOT NULL,
  field          text NOT NULL,
  cooperation_id text NOT NULL,
  import_id      bigint NOT NULL,
  source_line    integer NOT NULL,
  batch_from     bigint NOT NULL
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ops.redaction
  FOR EACH STATEMENT EXECUTE FUNCTION identity.refuse_change();

-- Replaces one field of free text of some rows by '[effacé]'; says how many rows changed.
-- Runs as the owner of the tables, who alone may set the append-only trigger aside, inside this transaction.
CREATE FUNCTION ops.redact(fact_table text, fact_field text, cooperation text, key_field text, keys text[])
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  target regclass := format('fact.%I', fact_table)::regclass;
  rule name;
  changed integer;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = target AND attname = fact_field
                 AND atttypid = 'text'::regtype AND attnum > 0)
     OR fact_field IN ('cooperation_id', key_field)
     OR EXISTS (SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
                WHERE i.indrelid = target AND a.attname = fact_field) THEN
    RAISE EXCEPTION 'fact.%.% is no free text', fact_table, fact_field USING ERRCODE = 'invalid_parameter_value';
  END IF;
  FOR rule IN SELECT tgname FROM pg_trigger WHERE tgrelid = target AND tgname IN ('only_close', 'open_batch') LOOP
    EXECUTE format('ALTER TABLE %s DISABLE TRIGGER %I', target, rule);
  END LOOP;
  EXECUTE format(
    'WITH gone AS (
       UPDATE %1$s SET %2$I = ''[effacé]''
       WHERE cooperation_id = $1 AND %3$I = ANY ($2) AND %2$I <> ''[effacé]''
       RETURNING cooperation_id, import_id, source_line, batch_from)
     INSERT INTO ops.redaction (table_name, field, cooperation_id, import_id, source_line, batch_from)
     SELECT %4$L, %2$L, cooperation_id, import_id, source_line, batch_from FROM gone',
    target, fact_field, key_field, fact_table) USING cooperation, keys;
  GET DIAGNOSTICS changed = ROW_COUNT;
  FOR rule IN SELECT tgname FROM pg_trigger WHERE tgrelid = target AND tgname IN ('only_close', 'open_batch') LOOP
    EXECUTE format('ALTER TABLE %s ENABLE TRIGGER %I', target, rule);
  END LOOP;
  RETURN changed;
END $$;
REVOKE EXECUTE ON FUNCTION ops.redact(text, text, text, text, text[]) FROM PUBLIC;
