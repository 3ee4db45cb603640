-- Working figures have a table of their own, into which they are copied as they are made: PostgreSQL takes no COPY where
-- rows are protected, and writing each of millions of rows twice, once to be looked at, cost a quarter of computing.
--
-- It is a part of figure.figure, through which alone it is read and deleted from, under that table's policies. What
-- protects its rows from being written is its CHECK, which says what the policy said: who computes may add any working
-- figure, and nothing else.
CREATE TABLE figure.working_figure (
  CONSTRAINT only_working CHECK (release_id = 'working'),
  PRIMARY KEY (cooperation_id, indicator, quarter, part_field, part_value)
) INHERITS (figure.figure);

ALTER TABLE figure.figure NO FORCE ROW LEVEL SECURITY;
WITH working AS (DELETE FROM ONLY figure.figure WHERE release_id = 'working' RETURNING *)
INSERT INTO figure.working_figure SELECT * FROM working;
-- (protect_all, below, has it forced again)

-- So that a release is looked for where releases are.
ALTER TABLE figure.figure ADD CONSTRAINT only_released CHECK (release_id <> 'working') NO INHERIT;

CREATE OR REPLACE PROCEDURE access.protect(table_schema text, table_name text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF (table_schema, table_name) = ('figure', 'working_figure') THEN
    ALTER TABLE figure.working_figure OWNER TO jvs_migrator;
    -- its owner too: a view or function that runs with its owner's rights by mistake shows nothing
    REVOKE ALL ON figure.working_figure FROM PUBLIC, jvs_migrator, jvs_capture, jvs_compute, jvs_director, jvs_funder,
      jvs_auditor, jvs_identity, jvs_sealer;
    GRANT INSERT ON figure.working_figure TO jvs_compute;
    RETURN;
  END IF;
  CALL access.protect_by_schema(table_schema, table_name);
  IF (table_schema, table_name) = ('audit', 'sealed_text') THEN
    -- an erasure takes the salt away; its trigger lets nothing else be done
    CALL access.allow('audit.sealed_text', 'jvs_sealer', 'UPDATE', '(salt)', 'true', 'true');
  ELSIF (table_schema, table_name) = ('figure', 'release') THEN
    CALL access.allow('figure.release', 'jvs_identity', 'SELECT', '(release_id, batch)', NULL, NULL);
  END IF;
END $$;
CALL access.protect_all();
