-- Person: every measure that knows a participant says which person that is, so that a human counted in two
-- cooperations of one domain can be counted once. `person` is the surrogate when it is known, else the
-- cooperation and the participant's code.

-- DISTINCT ON tells the planner that a code has one surrogate: a measure that does not ask for `person`
-- does not pay for it.
CREATE PROCEDURE measure.show_person() LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  shown record;
BEGIN
  FOR shown IN
    SELECT c.relname AS name, rtrim(pg_get_viewdef(c.oid), ';') AS definition,
      string_agg('v.' || quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    WHERE c.relnamespace = 'measure'::regnamespace AND c.relkind = 'v'
    GROUP BY c.oid, c.relname
    HAVING bool_or(a.attname = 'cooperation_id') AND bool_or(a.attname = 'participant')
       AND NOT bool_or(a.attname = 'person')
    ORDER BY c.relname
  LOOP
    EXECUTE format(
      'CREATE OR REPLACE VIEW measure.%I WITH (security_invoker = true) AS
       SELECT %s, coalesce(l.person::text, v.cooperation_id || ''/'' || v.participant) AS person
       FROM (%s) v
       LEFT JOIN (SELECT DISTINCT ON (cooperation_id, participant) cooperation_id, participant, person
                  FROM as_of.person_link ORDER BY cooperation_id, participant) l
         ON l.cooperation_id = v.cooperation_id AND l.participant = v.participant',
      shown.name, shown.columns, shown.definition);
  END LOOP;
END $$;
CALL measure.show_person();
