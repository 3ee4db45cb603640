-- The facts that stand, one CSV file an entity in the current folder, for figures.py: run with psql.
\set never 9223372036854775807
\pset format csv
\pset tuples_only off
\o cooperation.csv
SELECT cooperation_id, kind FROM fact.cooperation WHERE batch_to = :never;
\o participant.csv
SELECT cooperation_id, participant, sex, birth_year, rsa, rqth, qpv, registration, schooling FROM fact.participant WHERE batch_to = :never;
\o pathway.csv
SELECT cooperation_id, pathway, participant, employer, kind, started_on FROM fact.pathway WHERE batch_to = :never;
\o monthly_activity.csv
SELECT cooperation_id, pathway, month, hours_worked, hours_absent FROM fact.monthly_activity WHERE batch_to = :never;
\o exit.csv
SELECT cooperation_id, pathway, exited_on, motif FROM fact.exit WHERE batch_to = :never;
\o follow_up.csv
SELECT cooperation_id, pathway, horizon, situation FROM fact.follow_up WHERE batch_to = :never;
\o training.csv
SELECT cooperation_id, pathway, started_on, hours FROM fact.training WHERE batch_to = :never;
\o convention.csv
SELECT cooperation_id, convention, organisation, kind, started_on, ended_on, etp_posts FROM fact.convention WHERE batch_to = :never;
\o commitment.csv
SELECT cooperation_id, organisation, kind, quarter, value_eur FROM fact.commitment WHERE batch_to = :never;
\o contribution.csv
SELECT cooperation_id, organisation, kind, delivered_on, quantity, unit, value_eur FROM fact.contribution WHERE batch_to = :never;
\o finance_line.csv
SELECT cooperation_id, month, category, amount_eur FROM fact.finance_line WHERE batch_to = :never;
\o material_flow.csv
SELECT cooperation_id, month, material, tonnes FROM fact.material_flow WHERE batch_to = :never;
\o market.csv
SELECT cooperation_id, market, started_on, ended_on, clause_hours_committed FROM fact.market WHERE batch_to = :never;
\o clause_hours.csv
SELECT cooperation_id, market, month, hours FROM fact.clause_hours WHERE batch_to = :never;
\o observation.csv
SELECT cooperation_id, name, month, value FROM fact.observation WHERE batch_to = :never;
\o exit_motif.csv
SELECT code, class FROM reference.exit_motif WHERE batch_to = :never;
\o etp_base.csv
SELECT kind, hours, valid_from FROM reference.etp_base WHERE batch_to = :never;
