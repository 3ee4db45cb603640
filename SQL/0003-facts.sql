-- Facts: what cooperations and their partners send. The columns after the recorded ones are those of the
-- Table Schema of the same name, in its order; `valid` says when the fact was true.

CREATE TABLE fact.cooperation (
  LIKE ops.recorded INCLUDING ALL,
  -- a name in addresses and folders: nothing else may ever stand in it
  cooperation text NOT NULL CHECK (cooperation = cooperation_id)
    CHECK (cooperation ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$' AND cooperation !~ '\n'),
  name text NOT NULL, form text NOT NULL, kind text NOT NULL,
  activity_fr text NOT NULL, activity_en text NOT NULL, mission_fr text NOT NULL, mission_en text NOT NULL,
  started_on date NOT NULL, ended_on date, data text NOT NULL,
  valid daterange GENERATED ALWAYS AS (daterange(started_on, ended_on, '[]')) STORED
);
CALL ops.keep_history('fact', 'cooperation', '{cooperation_id,cooperation}');

CREATE TABLE fact.organisation (
  LIKE ops.recorded INCLUDING ALL,
  organisation text NOT NULL, name text NOT NULL, siret text, kind text NOT NULL,
  valid daterange GENERATED ALWAYS AS (daterange(NULL, NULL)) STORED
);
CALL ops.keep_history('fact', 'organisation', '{cooperation_id,organisation}');

CREATE TABLE fact.partnership (
  LIKE ops.recorded INCLUDING ALL,
  organisation text NOT NULL, role text NOT NULL, capital_share numeric, votes integer,
  started_on date NOT NULL, ended_on date,
  valid daterange GENERATED ALWAYS AS (daterange(started_on, ended_on, '[]')) STORED
);
CALL ops.keep_history('fact', 'partnership', '{cooperation_id,organisation,role,started_on}');

CREATE TABLE fact.convention (
  LIKE ops.recorded INCLUDING ALL,
  convention text NOT NULL, organisation text NOT NULL, kind text NOT NULL, started_on date NOT NULL,
  ended_on date NOT NULL, etp_posts numeric NOT NULL, status text NOT NULL,
  valid daterange GENERATED ALWAYS AS (daterange(started_on, ended_on, '[]')) STORED
);
CALL ops.keep_history('fact', 'convention', '{cooperation_id,convention}');

CREATE TABLE fact.market (
  LIKE ops.recorded INCLUDING ALL,
  market text NOT NULL, client text NOT NULL, started_on date NOT NULL, ended_on date,
  clause_hours_committed numeric,
  valid daterange GENERATED ALWAYS AS (daterange(started_on, ended_on, '[]')) STORED
);
CALL ops.keep_history('fact', 'market', '{cooperation_id,market}');

CREATE TABLE fact.participant (
  LIKE ops.recorded INCLUDING ALL,
  participant text NOT NULL, sex text, birth_year integer, rsa boolean, ass boolean, aah boolean,
  rqth boolean, qpv boolean, zrr boolean, registration text, schooling integer,
  valid daterange GENERATED ALWAYS AS (daterange(NULL, NULL)) STORED
);
CALL ops.keep_history('fact', 'participant', '{cooperation_id,participant}');

CREATE TABLE fact.pathway (
  LIKE ops.recorded INCLUDING ALL,
  pathway text NOT NULL, participant text NOT NULL, employer text NOT NULL, kind text NOT NULL,
  started_on date NOT NULL, prescriber integer,
  valid daterange GENERATED ALWAYS AS (daterange(started_on, NULL)) STORED
);
CALL ops.keep_history('fact', 'pathway', '{cooperation_id,pathway}');

CREATE TABLE fact.monthly_activity (
  LIKE ops.recorded INCLUDING ALL,
  pathway text NOT NULL, month date NOT NULL CHECK (extract(day FROM month) = 1),
  hours_worked numeric NOT NULL, hours_absent numeric,
  valid daterange GENERATED ALWAYS AS (daterange(month, (month + interval '1 month')::date)) STORED
);
CALL ops.keep_history('fact', 'monthly_activity', '{cooperation_id,pathway,month}');

CREATE TABLE fact.training (
  LIKE ops.recorded INCLUDING ALL,
  training text NOT NULL, pathway text NOT NULL, started_on date NOT NULL, hours numeric NOT NULL,
  topic text NOT NULL, provider text, certified boolean,
  valid daterange GENERATED ALWAYS AS (daterange(started_on, started_on, '[]')) STORED
);
CALL ops.keep_history('fact', 'training', '{cooperation_id,training}');

CREATE TABLE fact.exit (
  LIKE ops.recorded INCLUDING ALL,
  pathway text NOT NULL, exited_on date NOT NULL, motif integer, next_employer text,
  valid daterange GENERATED ALWAYS AS (daterange(exited_on, exited_on, '[]')) STORED
);
CALL ops.keep_history('fact', 'exit', '{cooperation_id,pathway}');

CREATE TABLE fact.follow_up (
  LIKE ops.recorded INCLUDING ALL,
  pathway text NOT NULL, horizon integer NOT NULL, observed_on date NOT NULL, situation text NOT NULL,
  valid daterange GENERATED ALWAYS AS (daterange(observed_on, observed_on, '[]')) STORED
);
CALL ops.keep_history('fact', 'follow_up', '{cooperation_id,pathway,horizon}');

CREATE TABLE fact.commitment (
  LIKE ops.recorded INCLUDING ALL,
  organisation text NOT NULL, kind text NOT NULL, quarter text NOT NULL, quantity numeric NOT NULL,
  unit text NOT NULL, value_eur numeric, method text NOT NULL,
  valid daterange GENERATED ALWAYS AS
    (daterange(ops.quarter_start(quarter), (ops.quarter_start(quarter) + interval '3 months')::date)) STORED
);
CALL ops.keep_history('fact', 'commitment', '{cooperation_id,organisation,kind,quarter}');

CREATE TABLE fact.contribution (
  LIKE ops.recorded INCLUDING ALL,
  contribution text NOT NULL, organisation text NOT NULL, kind text NOT NULL, delivered_on date NOT NULL,
  quantity numeric NOT NULL, unit text NOT NULL, value_eur numeric, method text NOT NULL, evidence text,
  valid daterange GENERATED ALWAYS AS (daterange(delivered_on, delivered_on, '[]')) STORED
);
CALL ops.keep_history('fact', 'contribution', '{cooperation_id,contribution}');

CREATE TABLE fact.finance_line (
  LIKE ops.recorded INCLUDING ALL,
  month date NOT NULL CHECK (extract(day FROM month) = 1), category text NOT NULL, amount_eur numeric NOT NULL,
  valid daterange GENERATED ALWAYS AS (daterange(month, (month + interval '1 month')::date)) STORED
);
CALL ops.keep_history('fact', 'finance_line', '{cooperation_id,month,category}');

CREATE TABLE fact.material_flow (
  LIKE ops.recorded INCLUDING ALL,
  month date NOT NULL CHECK (extract(day FROM month) = 1), material text NOT NULL, tonnes numeric NOT NULL,
  valid daterange GENERATED ALWAYS AS (daterange(month, (month + interval '1 month')::date)) STORED
);
CALL ops.keep_history('fact', 'material_flow', '{cooperation_id,month,material}');

CREATE TABLE fact.clause_hours (
  LIKE ops.recorded INCLUDING ALL,
  market text NOT NULL, month date NOT NULL CHECK (extract(day FROM month) = 1), hours numeric NOT NULL,
  valid daterange GENERATED ALWAYS AS (daterange(month, (month + interval '1 month')::date)) STORED
);
CALL ops.keep_history('fact', 'clause_hours', '{cooperation_id,market,month}');

CREATE TABLE fact.observation (
  LIKE ops.recorded INCLUDING ALL,
  name text NOT NULL, month date NOT NULL CHECK (extract(day FROM month) = 1), value numeric NOT NULL,
  valid daterange GENERATED ALWAYS AS (daterange(month, (month + interval '1 month')::date)) STORED
);
CALL ops.keep_history('fact', 'observation', '{cooperation_id,name,month}');

CREATE TABLE fact.target (
  LIKE ops.recorded INCLUDING ALL,
  indicator text NOT NULL, from_quarter text NOT NULL, to_quarter text, value numeric NOT NULL,
  decided_on date NOT NULL, reason text NOT NULL, decision text NOT NULL,
  valid daterange GENERATED ALWAYS AS (daterange(ops.quarter_start(from_quarter),
    (ops.quarter_start(to_quarter) + interval '3 months')::date)) STORED
);
CALL ops.keep_history('fact', 'target', '{cooperation_id,indicator,from_quarter,decided_on}');
