import Postgres

/// The protection with one thing weakened, as a mistake in a later migration might weaken it.
struct Mutant: Sendable {
  var name: String
  /// What weakens it.
  var script: String
  /// The table it is about, whose attacks are tried first.
  var table: String
  /// The group a policy is for, as `capture`.
  var group: String?

  /// Every policy of the database, weakened in each of its ways.
  ///
  /// A policy that leaves something out is opened wholly, then by each condition it joins with AND; one that
  /// leaves nothing out is dropped, so that somebody must miss it.
  static func ofPolicies(in connection: Connection) throws -> [Mutant] {
    try connection.execute(
      """
      SELECT p.polrelid::regclass::text, quote_ident(p.polname), pg_get_expr(p.polqual, p.polrelid),
        pg_get_expr(p.polwithcheck, p.polrelid)
      FROM pg_policy p ORDER BY 1, 2
      """
    ).flatMap { row -> [Mutant] in
      let (table, policy, seen, written) = try row.decode((String, String, String?, String?).self)
      let group = policy.split(separator: "_").first.map(String.init)
      var mutants: [Mutant] = []
      for (clause, expression) in [("USING", seen), ("WITH CHECK", written)] {
        guard let expression, expression != "true" else { continue }
        let parts = conjuncts(expression)
        let weaker =
          ["true"]
          + (parts.count > 1
            ? parts.indices.map { left in
              parts.indices.filter { $0 != left }.map { parts[$0] }.joined(separator: " AND ")
            } : [])
        for one in weaker {
          mutants.append(
            Mutant(
              name: "\(table) \(policy) \(clause): \(one.prefix(160))",
              script: "ALTER POLICY \(policy) ON \(table) \(clause) (\(one))", table: table, group: group))
        }
      }
      if mutants.isEmpty {
        mutants.append(
          Mutant(
            name: "\(table) \(policy) dropped", script: "DROP POLICY \(policy) ON \(table)", table: table,
            group: group))
      }
      return mutants
    }
  }

  /// The parts of an expression joined with AND at its top, as PostgreSQL prints it: each in parentheses.
  static func conjuncts(_ expression: String) -> [String] {
    var inner = Substring(expression)
    guard inner.first == "(", inner.last == ")" else { return [expression] }
    inner = inner.dropFirst().dropLast()
    var parts: [String] = []
    var depth = 0
    var part = ""
    var rest = inner
    while let character = rest.first {
      if depth == 0, rest.hasPrefix(" AND ") {
        parts.append(part)
        part = ""
        rest = rest.dropFirst(5)
        continue
      }
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      guard depth >= 0 else { return [expression] }  // the outer parentheses were not one pair
      part.append(character)
      rest = rest.dropFirst()
    }
    return parts.isEmpty ? [expression] : parts + [part]
  }

  private init(name: String, script: String, table: String, group: String? = nil) {
    self.name = name
    self.script = script
    self.table = table
    self.group = group
  }

  private init(_ name: String, _ table: String, _ script: String) {
    self.init(name: name, script: script, table: table)
  }

  /// Grants, flags, owners, functions and triggers weakened one by one.
  static let ofEverythingElse: [Mutant] = [
    Mutant(
      "a view read with its owner's rights", "as_of.exit", "ALTER VIEW as_of.exit RESET (security_invoker)"),
    Mutant("a view of the superuser's", "as_of.exit", "ALTER VIEW as_of.exit OWNER TO jvs_root"),
    Mutant("row-level security not forced", "fact.exit", "ALTER TABLE fact.exit NO FORCE ROW LEVEL SECURITY"),
    Mutant("row-level security off", "fact.exit", "ALTER TABLE fact.exit DISABLE ROW LEVEL SECURITY"),
    Mutant(
      "row-level security off for refusals", "ops.reject", "ALTER TABLE ops.reject DISABLE ROW LEVEL SECURITY"
    ),
    Mutant(
      "a segment without row-level security", "segment.monthly_activity_0",
      "ALTER TABLE segment.monthly_activity_0 DISABLE ROW LEVEL SECURITY"),
    Mutant("a table of the superuser's", "fact.exit", "ALTER TABLE fact.exit OWNER TO jvs_root"),
    Mutant(
      "one more policy", "fact.exit",
      "CREATE POLICY more ON fact.exit FOR SELECT TO jvs_director USING (motif > 0)"),
    Mutant(
      "a policy that trusts a setting", "fact.exit",
      """
      CREATE POLICY more ON fact.exit FOR SELECT TO jvs_director
        USING (cooperation_id = current_setting('jvs.cooperation', true))
      """),
    Mutant("a policy for everyone", "fact.exit", "CREATE POLICY more ON fact.exit FOR SELECT USING (false)"),
    Mutant(
      "a policy that only restricts", "fact.exit",
      "CREATE POLICY more ON fact.exit AS RESTRICTIVE FOR SELECT TO jvs_director USING (true)"),
    Mutant("a director beyond row-level security", "", "ALTER ROLE director_a BYPASSRLS"),
    Mutant("a director who reads all", "", "GRANT pg_read_all_data TO director_a"),
    Mutant("a director who computes", "", "GRANT jvs_compute TO jvs_director"),
    Mutant("a group that makes roles", "", "ALTER ROLE jvs_capture CREATEROLE"),
    Mutant(
      "memberships given by directors", "access.membership",
      """
      GRANT INSERT ON access.membership TO jvs_director;
      CREATE POLICY more ON access.membership FOR INSERT TO jvs_director WITH CHECK (true)
      """),
    Mutant("temporary tables for everyone", "", "GRANT TEMPORARY ON DATABASE weakened TO PUBLIC"),
    Mutant("temporary tables for directors", "", "GRANT TEMPORARY ON DATABASE weakened TO jvs_director"),
    Mutant("everyone comes in", "", "GRANT CONNECT ON DATABASE weakened TO PUBLIC"),
    Mutant("everyone makes things in public", "", "GRANT CREATE ON SCHEMA public TO PUBLIC"),
    Mutant("directors make things in public", "", "GRANT ALL ON SCHEMA public TO jvs_director"),
    Mutant("directors make things beside the facts", "", "GRANT CREATE ON SCHEMA fact TO jvs_director"),
    Mutant("a new table without protection", "", "CREATE TABLE fact.more (cooperation_id text)"),
    Mutant("a copy of rows", "", "CREATE MATERIALIZED VIEW fact.more AS SELECT * FROM fact.exit"),
    Mutant(
      "names for the computing role", "identity.example",
      "GRANT USAGE ON SCHEMA identity TO jvs_compute; GRANT SELECT ON identity.example TO jvs_compute"),
    Mutant(
      "facts for funders", "fact.exit",
      "GRANT USAGE ON SCHEMA fact TO jvs_funder; GRANT SELECT ON fact.exit TO jvs_funder"),
    Mutant("unmasked figures for funders", "figure.figure", "GRANT SELECT ON figure.figure TO jvs_funder"),
    Mutant(
      "working figures beside the policies", "figure.working_figure",
      "GRANT SELECT ON figure.working_figure TO jvs_director"),
    Mutant(
      "anything among the working figures", "figure.working_figure",
      "ALTER TABLE figure.working_figure DROP CONSTRAINT only_working"),
    Mutant(
      "working figures among the released ones", "figure.figure",
      "ALTER TABLE figure.figure DROP CONSTRAINT only_released"),
    Mutant("releases for funders", "figure.release", "GRANT SELECT ON figure.release TO jvs_funder"),
    Mutant("capture deletes", "fact.exit", "GRANT DELETE ON fact.exit TO jvs_capture"),
    Mutant("capture empties", "fact.exit", "GRANT TRUNCATE ON fact.exit TO jvs_capture"),
    Mutant("capture rewrites", "fact.exit", "GRANT UPDATE ON fact.exit TO jvs_capture"),
    Mutant("capture rewrites one column", "fact.exit", "GRANT UPDATE (motif) ON fact.exit TO jvs_capture"),
    Mutant("capture changes receipts", "ops.import", "GRANT UPDATE ON ops.import TO jvs_capture"),
    Mutant("capture sets sequences", "", "GRANT UPDATE ON SEQUENCE ops.import_import_id_seq TO jvs_capture"),
    Mutant("compute changes releases", "figure.release", "GRANT UPDATE ON figure.release TO jvs_compute"),
    Mutant("compute changes figures", "figure.figure", "GRANT UPDATE ON figure.figure TO jvs_compute"),
    Mutant(
      "the auditor writes", "fact.exit",
      "GRANT UPDATE ON fact.exit TO jvs_auditor; CREATE POLICY more ON fact.exit FOR UPDATE TO jvs_auditor USING (true)"
    ),
    Mutant("the auditor ends runs", "ops.run", "GRANT UPDATE ON ops.run TO jvs_auditor"),
    Mutant(
      "a mask with a number", "figure.published",
      "ALTER TABLE figure.published DROP CONSTRAINT no_number_beside_a_reason"),
    Mutant(
      "internal figures published", "figure.published",
      "ALTER TABLE figure.published DROP CONSTRAINT published_audience_check"),
    Mutant("a rule of history gone", "fact.exit", "DROP TRIGGER only_close ON fact.exit"),
    Mutant("a rule of history off", "fact.exit", "ALTER TABLE fact.exit DISABLE TRIGGER open_batch"),
    Mutant("shares beyond the whole", "fact.partnership", "DROP TRIGGER agreed_shares ON fact.partnership"),
    Mutant(
      "shares of less than the whole", "fact.sharing_rule", "DROP TRIGGER agreed_shares ON fact.sharing_rule"),
    Mutant("releases may change", "figure.figure", "DROP TRIGGER never_change ON figure.figure"),
    Mutant(
      "published figures may change", "figure.published", "DROP TRIGGER never_change ON figure.published"),
    Mutant("the counter goes back", "ops.batch_counter", "DROP TRIGGER one_by_one ON ops.batch_counter"),
    Mutant("groups drop their rights", "", "DROP EVENT TRIGGER jvs_keep_rights"),
    Mutant(
      "a function with its owner's rights and a loose path", "",
      "CREATE FUNCTION ops.more() RETURNS int LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN 1; END'"),
    Mutant("a function without its path", "", "ALTER FUNCTION ops.require_open_batch() RESET search_path"),
    Mutant("a function for everyone", "", "GRANT EXECUTE ON FUNCTION ops.open_landing(text) TO PUBLIC"),
    Mutant("landings for directors", "", "GRANT EXECUTE ON FUNCTION ops.open_landing(text) TO jvs_director"),
    Mutant(
      "segments for anybody's facts", "",
      "GRANT EXECUTE ON FUNCTION ops.make_segment(text, text, bigint) TO jvs_capture; "
        + "ALTER FUNCTION ops.make_segment(text, text, bigint) SECURITY DEFINER"),
    Mutant("segments by name", "", "GRANT SELECT ON segment.monthly_activity_0 TO jvs_capture"),
    Mutant(
      "protection for capture to call", "", "GRANT EXECUTE ON PROCEDURE access.protect_all() TO jvs_capture"),
    Mutant("everyone reads a table", "ops.run", "GRANT SELECT ON ops.run TO PUBLIC"),
  ]
}
