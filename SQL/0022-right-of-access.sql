-- The right of access is answered under the login that keeps names: it must know in which releases a person was
-- counted, and reads two columns of them.

CREATE OR REPLACE PROCEDURE access.protect(table_schema text, table_name text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  CALL access.protect_by_schema(table_schema, table_name);
  IF (table_schema, table_name) = ('audit', 'sealed_text') THEN
    -- an erasure takes the salt away; its trigger lets nothing else be done
    CALL access.allow('audit.sealed_text', 'jvs_sealer', 'UPDATE', '(salt)', 'true', 'true');
  ELSIF (table_schema, table_name) = ('figure', 'release') THEN
    CALL access.allow('figure.release', 'jvs_identity', 'SELECT', '(release_id, batch)', NULL, NULL);
  END IF;
END $$;

GRANT USAGE ON SCHEMA figure TO jvs_identity;
CALL access.protect_all();
