internal import Postgres

extension Access {
  /// A login with what it was given.
  public struct Login: Hashable, Sendable {
    /// The name of the role.
    public var name: String
    /// The groups it is a member of, directly.
    public var groups: [Group]
    /// The cooperations it acts for in this database.
    public var cooperations: [String]
    /// The audiences it reads for in this database.
    public var audiences: [String]
    /// Whether it is a superuser or bypasses row-level security: then no right limits it.
    public var isUnlimited: Bool
  }

  /// Every login that has a right here, and every one that needs none, in order of name.
  public func logins() throws -> [Login] {
    let rows = try connection.execute(
      """
      SELECT r.rolname,
        ARRAY(SELECT substr(g.rolname, 5) FROM pg_auth_members a JOIN pg_roles g ON g.oid = a.roleid
              WHERE a.member = r.oid AND g.rolname = ANY (\(Group.allCases.map(\.role))) ORDER BY 1),
        ARRAY(SELECT m.cooperation_id FROM access.membership m WHERE m.role_name = r.rolname ORDER BY 1),
        ARRAY(SELECT u.audience FROM access.audience u WHERE u.role_name = r.rolname ORDER BY 1),
        r.rolsuper OR r.rolbypassrls
      FROM pg_roles r WHERE r.rolcanlogin ORDER BY r.rolname
      """)
    return try rows.map { row in
      let groups: [String] = try row.decode(at: 1)
      return Login(
        name: try row.decode(at: 0), groups: groups.compactMap(Group.init(rawValue:)),
        cooperations: try row.decode(at: 2), audiences: try row.decode(at: 3),
        isUnlimited: try row.decode(at: 4))
    }.filter { !$0.groups.isEmpty || !$0.cooperations.isEmpty || !$0.audiences.isEmpty || $0.isUnlimited }
  }

  /// Whether the login of this connection is a superuser or bypasses row-level security.
  public func isUnlimited() throws -> Bool {
    try connection.execute(
      "SELECT bool_or(rolsuper OR rolbypassrls) FROM pg_roles WHERE rolname IN (current_user, session_user)"
    )[0].decode()
  }

  /// Whether the login of this connection has the rights of a group.
  public func mayDo(_ group: Group) throws -> Bool {
    try connection.execute("SELECT pg_has_role(\(group.role), 'USAGE')")[0].decode()
  }

  /// The name of the login of this connection.
  public func currentLogin() throws -> String {
    try connection.execute("SELECT current_user::text")[0].decode()
  }

  /// Tables under row-level security, of all tables.
  public func coverage() throws -> (protected: Int, all: Int) {
    try connection.execute(
      """
      SELECT count(*) FILTER (WHERE c.relrowsecurity AND c.relforcerowsecurity), count(*)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND n.nspname = ANY (\(Access.schemas))
      """)[0].decode((Int, Int).self)
  }

  /// What is not protected as `SQL/` protects it, a sentence each: nothing in an untouched database.
  public func gaps() throws -> [String] {
    try Access.checks.flatMap { check in
      try connection.execute(SQL(trusted: check.statement)).map {
        "\(check.says): \(try $0.decode(String.self))"
      }
    }
  }

  /// The schemas of the store.
  public static let schemas = [
    "access", "as_of", "audit", "fact", "figure", "identity", "measure", "ops", "reference", "review",
    "segment",
  ]

  private static let ours = schemas.map { "'\($0)'" }.joined(separator: ", ")

  /// Statements that find what should not be: one row, with a name, for each.
  static let checks: [(says: String, statement: String)] = [
    (
      "a table with rows of cooperations has no forced row-level security",
      """
      SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname IN (\(ours)) AND c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
        -- read through figure.figure alone, under its policies
        AND c.oid IS DISTINCT FROM to_regclass('figure.working_figure')
        AND (n.nspname IN ('fact', 'segment', 'reference', 'access', 'audit') OR c.oid IN (to_regclass('ops.batch'), to_regclass('ops.reject'))
          OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'cooperation_id'))
      """
    ),
    (
      "working figures can be reached beside the policies of figure.figure",
      """
      SELECT format('%s for %s', a.privilege_type, coalesce(r.rolname, 'everyone'))
      FROM pg_class c CROSS JOIN aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
      LEFT JOIN pg_roles r ON r.oid = a.grantee
      WHERE c.oid = to_regclass('figure.working_figure')
        AND (r.rolname, a.privilege_type) IS DISTINCT FROM ('jvs_compute', 'INSERT')
      """
    ),
    (
      "a view is not read with its reader's rights",
      """
      SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname IN (\(ours)) AND c.relkind = 'v'
        AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false)
      """
    ),
    (
      "a copy of rows is kept outside row-level security",
      """
      SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname IN (\(ours)) AND c.relkind IN ('m', 'f')
      """
    ),
    (
      "a policy is for everyone",
      "SELECT polrelid::regclass || ' ' || polname FROM pg_policy WHERE polroles = '{0}'"
    ),
    (
      "a policy only restricts, which older servers let roles escape",
      "SELECT polrelid::regclass || ' ' || polname FROM pg_policy WHERE NOT polpermissive"
    ),
    (
      "a policy trusts a setting, which any session may change",
      """
      SELECT polrelid::regclass || ' ' || polname FROM pg_policy
      WHERE concat(pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) ~ 'current_setting'
      """
    ),
    (
      "a group is more than a group",
      """
      SELECT rolname::text FROM pg_roles WHERE rolname ~ '^jvs_(migrator|capture|compute|director|funder|auditor|identity|sealer)$'
        AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication OR rolcanlogin)
      """
    ),
    (
      "a member of a group has rights beyond it",
      """
      SELECT DISTINCT m.rolname::text FROM pg_auth_members a JOIN pg_roles g ON g.oid = a.roleid
        JOIN pg_roles m ON m.oid = a.member
      WHERE g.rolname ~ '^jvs_(capture|compute|director|funder|auditor|identity)$' AND (m.rolsuper OR m.rolbypassrls
        OR m.rolreplication OR pg_has_role(m.oid, 'pg_read_all_data', 'MEMBER')
        OR pg_has_role(m.oid, 'pg_write_all_data', 'MEMBER') OR pg_has_role(m.oid, 'pg_read_server_files', 'MEMBER')
        OR pg_has_role(m.oid, 'pg_write_server_files', 'MEMBER')
        OR pg_has_role(m.oid, 'pg_execute_server_program', 'MEMBER'))
      """
    ),
    (
      "a function of ours can be led astray by a search path",
      """
      SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname IN (\(ours)) AND p.prosqlbody IS NULL
        AND NOT EXISTS (SELECT FROM unnest(p.proconfig) s WHERE s ~ '^search_path=pg_catalog, ("?\\w+"?, )*"?pg_temp"?$')
      """
    ),
    (
      "everyone may call a function of ours",
      """
      SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname IN (\(ours)) AND has_function_privilege('public', p.oid, 'EXECUTE')
      """
    ),
    (
      "everyone has a right on the database, which is not copied with it (jvs db migrate)",
      """
      SELECT current_database() || ' ' || p FROM unnest('{CONNECT,TEMPORARY,CREATE}'::text[]) p
      WHERE has_database_privilege('public', current_database(), p)
      """
    ),
    (
      "everyone may enter a schema",
      """
      SELECT n.nspname::text FROM pg_namespace n WHERE n.nspname IN (\(ours), 'public')
        AND (has_schema_privilege('public', n.oid, 'USAGE') OR has_schema_privilege('public', n.oid, 'CREATE'))
      """
    ),
    (
      "everyone has a right on a table",
      """
      SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname IN (\(ours)) AND c.relkind IN ('r', 'p', 'v', 'S')
        AND EXISTS (SELECT FROM aclexplode(c.relacl) g WHERE g.grantee = 0)
      """
    ),
    (
      "an object of ours belongs to somebody who may do more than own it",
      """
      SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_roles o ON o.oid = c.relowner
      WHERE n.nspname IN (\(ours)) AND c.relkind IN ('r', 'p', 'v') AND o.rolname <> 'jvs_migrator'
      """
    ),
    (
      "a function of ours runs as somebody who may do more than own it",
      """
      SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        JOIN pg_roles o ON o.oid = p.proowner
      WHERE n.nspname IN (\(ours)) AND o.rolname <> 'jvs_migrator'
        AND NOT (o.rolname = 'jvs_sealer' AND n.nspname IN ('audit', 'review') AND p.prosecdef)
      """
    ),
    (
      "somebody is a member of what seals the audit chain",
      """
      SELECT m.rolname::text FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member
      WHERE a.roleid = to_regrole('jvs_sealer') AND NOT m.rolsuper AND NOT pg_has_role(m.oid, 'jvs_migrator', 'MEMBER')
      """
    ),
    (
      "a table with a history lacks a rule that keeps it",
      """
      SELECT c.oid::regclass || ' ' || r FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      CROSS JOIN unnest('{open_batch,only_add,only_close,never_delete}'::name[]) r
      WHERE n.nspname IN ('fact', 'reference') AND c.relkind IN ('r', 'p')
        AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = r)
      """
    ),
    (
      "a table of figures lacks the rule that a release never changes",
      """
      SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'figure' AND c.relname IN ('release', 'figure', 'score', 'score_component',
        'score_share', 'score_change', 'earlier_score', 'health', 'published')
        AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'never_change')
      """
    ),
    (
      "a trigger of ours is off",
      """
      SELECT t.tgrelid::regclass || ' ' || t.tgname FROM pg_trigger t
      WHERE NOT t.tgisinternal AND t.tgenabled <> 'O'
      """
    ),
  ]
}
