-- Agreed shares make the whole of a result, on every day they share one, whoever records them: the imports' rules say so
-- row by row, these constraints say it of what is left standing at the end of a transaction.

-- Never more than 100 %, and 100 % while results are shared by them. An organisation with two roles has its larger share once.
-- Every change is on one of the days looked at. Once all partners have left, or the cooperation has ended, nothing is shared
-- any more. It is judged at the end of the transaction, when all partners of a new composition are there, and reads with the
-- rights of whoever writes, who sees all partners of the cooperation written to.
CREATE FUNCTION ops.require_agreed_shares() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  fault record;
BEGIN
  WITH partner AS (
    SELECT p.organisation, p.started_on, p.ended_on, p.agreed_share FROM fact.partnership p
    WHERE p.cooperation_id = NEW.cooperation_id AND p.batch_to = 9223372036854775807 AND p.agreed_share IS NOT NULL
  ), rule AS (
    SELECT r.rule, r.started_on, lead(r.started_on) OVER (ORDER BY r.started_on) AS until FROM fact.sharing_rule r
    WHERE r.cooperation_id = NEW.cooperation_id AND r.batch_to = 9223372036854775807
  ), change AS (
    SELECT p.started_on AS day FROM partner p
    UNION SELECT p.ended_on + 1 FROM partner p WHERE p.ended_on IS NOT NULL
    UNION SELECT r.started_on FROM rule r WHERE r.rule = 'agreed'
  )
  SELECT c.day, s.made INTO fault
  FROM change c
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(o.share), 0) AS made FROM (
      SELECT max(p.agreed_share) AS share FROM partner p
      WHERE p.started_on <= c.day AND (p.ended_on IS NULL OR p.ended_on >= c.day) GROUP BY p.organisation) o) s
  WHERE s.made > 100 OR s.made <> 100 AND EXISTS (
    SELECT FROM rule r
    WHERE r.rule = 'agreed' AND r.started_on <= c.day AND (r.until IS NULL OR c.day < r.until)
      AND (s.made > 0 OR c.day = r.started_on))
    AND NOT EXISTS (
      SELECT FROM fact.cooperation e
      WHERE e.cooperation_id = NEW.cooperation_id AND e.batch_to = 9223372036854775807 AND e.ended_on < c.day)
  ORDER BY c.day LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'on % the agreed shares of the partners make % %%, not 100 %%; complete agreed_share in partnership, or declare another sharing_rule first',
      to_char(fault.day, 'YYYY-MM-DD'), trim_scale(fault.made) USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER agreed_shares AFTER INSERT OR UPDATE ON fact.partnership DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.agreed_share IS NOT NULL) EXECUTE FUNCTION ops.require_agreed_shares();
-- A rule that is closed may leave an earlier one in force.
CREATE CONSTRAINT TRIGGER agreed_shares AFTER INSERT OR UPDATE ON fact.sharing_rule DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION ops.require_agreed_shares();

CALL access.protect_all();
