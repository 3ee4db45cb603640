public import Postgres

/// Who may do what in a database (*habilitations*): logins, their groups, their cooperations and audiences.
///
/// A login and its groups belong to the whole server; its cooperations and audiences to this database.
public struct Access {
  /// A connection of somebody who may create roles, for what changes rights.
  public let connection: Connection

  /// The rights in the database behind a connection.
  public init(_ connection: Connection) { self.connection = connection }

  /// The cooperation that stands for every cooperation.
  public static let everyCooperation = "*"

  /// Why a right cannot be given or taken.
  public enum Refusal: Error, Equatable, CustomStringConvertible {
    /// The name is that of a group, or PostgreSQL keeps it for itself.
    case reserved(String)
    /// The login has every right by itself.
    case unlimited(String)
    /// There is no such login.
    case unknown(String)
    /// A group that acts for cooperations was given none.
    case noCooperation(Group)
    /// A group that reads for audiences was given none.
    case noAudience(Group)

    /// What is wrong and what to do.
    public var description: String {
      switch self {
      case .reserved(let name):
        "“\(name)” is the name of a group of rights; choose another name for the login"
      case .unlimited(let name):
        "“\(name)” is a superuser or bypasses row-level security, so no right can limit it; choose another login"
      case .unknown(let name): "there is no login “\(name)”; jvs doctor lists them"
      case .noCooperation(let group):
        "the role \(group.rawValue) acts for cooperations; name them with --cooperation, or all with '*'"
      case .noAudience(let group):
        "the role \(group.rawValue) reads what an audience was given; name it with --audience"
      }
    }
  }

  /// Gives a login groups, cooperations and audiences, and makes it when there is none of that name.
  ///
  /// A new login has no password: it cannot connect by one before somebody sets it. What it has stays.
  ///
  /// - Parameters:
  ///   - login: the name of the role.
  ///   - groups: the groups it becomes a member of.
  ///   - cooperations: the cooperations it acts for, by their names in data; `*` is every one.
  ///   - audiences: the audiences whose published figures it reads.
  /// - Returns: whether the login was made.
  /// - Throws: a `Refusal`, or the database's error; then nothing is given.
  @discardableResult
  public func grant(
    _ login: String, groups: [Group], cooperations: [String] = [], audiences: [String] = []
  ) throws -> Bool {
    if !groups.isEmpty, cooperations.isEmpty, let group = groups.first(where: \.isByCooperation) {
      throw Refusal.noCooperation(group)
    }
    if !groups.isEmpty, audiences.isEmpty, let group = groups.first(where: \.isByAudience) {
      throw Refusal.noAudience(group)
    }
    guard !login.isEmpty, !login.hasPrefix("pg_"), !Group.allCases.contains(where: { $0.role == login })
    else {
      throw Refusal.reserved(login)
    }
    return try connection.transaction {
      let isNew = try !exists(login)
      if isNew {
        try meetingOthers { try connection.execute("CREATE ROLE \(identifier: login) LOGIN") }
      } else if try isUnlimited(login) {
        throw Refusal.unlimited(login)
      }
      for group in groups where try !isMember(login, of: group) {
        try meetingOthers {
          try connection.execute("GRANT \(identifier: group.role) TO \(identifier: login)")
        }
      }
      for cooperation in cooperations {
        try connection.execute(
          "INSERT INTO access.membership VALUES (\(login), \(cooperation)) ON CONFLICT DO NOTHING")
      }
      for audience in audiences {
        try connection.execute(
          "INSERT INTO access.audience VALUES (\(login), \(audience)) ON CONFLICT DO NOTHING")
      }
      return isNew
    }
  }

  /// Takes groups, cooperations and audiences from a login; the login itself stays.
  ///
  /// - Parameters:
  ///   - login: the name of the role.
  ///   - groups: the groups it leaves.
  ///   - cooperations: the cooperations it no longer acts for.
  ///   - audiences: the audiences it no longer reads for.
  /// - Throws: a `Refusal`, or the database's error; then nothing is taken.
  public func revoke(
    _ login: String, groups: [Group], cooperations: [String], audiences: [String]
  ) throws {
    try connection.transaction {
      guard try exists(login) else { throw Refusal.unknown(login) }
      for group in groups where try isMember(login, of: group) {
        try connection.execute("REVOKE \(identifier: group.role) FROM \(identifier: login)")
      }
      try connection.execute(
        "DELETE FROM access.membership WHERE role_name = \(login) AND cooperation_id = ANY (\(cooperations))")
      try connection.execute(
        "DELETE FROM access.audience WHERE role_name = \(login) AND audience = ANY (\(audiences))")
    }
  }

  /// Takes from a login everything it was given here.
  public func revokeEverything(_ login: String) throws {
    guard let known = try logins().first(where: { $0.name == login }) else { throw Refusal.unknown(login) }
    try revoke(login, groups: known.groups, cooperations: known.cooperations, audiences: known.audiences)
  }

  /// Makes the logins `jvs` itself uses in its private database, each with its groups and every cooperation.
  public func grantOperators() throws {
    for one in Operator.allCases where !one.groups.isEmpty {
      try grant(
        one.login, groups: one.groups,
        cooperations: one.groups.contains(where: \.isByCooperation) ? [Access.everyCooperation] : [])
    }
  }

  private func exists(_ login: String) throws -> Bool {
    try !connection.execute("SELECT FROM pg_roles WHERE rolname = \(login)").isEmpty
  }

  private func isUnlimited(_ login: String) throws -> Bool {
    try !connection.execute(
      "SELECT FROM pg_roles WHERE rolname = \(login) AND (rolsuper OR rolbypassrls)"
    ).isEmpty
  }

  private func isMember(_ login: String, of group: Group) throws -> Bool {
    try !connection.execute(
      """
      SELECT FROM pg_auth_members WHERE roleid = \(group.role)::regrole AND member = to_regrole(quote_ident(\(login)))
      """
    ).isEmpty
  }

  /// Roles belong to the whole server: somebody may make the same one, from another database, just now.
  private func meetingOthers(_ work: () throws -> Void) throws {
    do {
      try connection.transaction(work)
    } catch SQLState.duplicateObject {
    } catch SQLState.uniqueViolation {
    }
  }
}
