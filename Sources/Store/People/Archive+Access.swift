internal import Postgres

extension Archive {
  /// One use of identities, as the access log keeps it: who, when, what and why, never at whom.
  public struct Access: Hashable, Sendable {
    /// What was done.
    public enum Action: String, Hashable, Sendable {
      case `import`, export, forget, replay, retention, hold, key, rotation, domain, log
    }

    /// Why.
    public enum Purpose: String, Hashable, Sendable {
      /// Social follow-up: identities are recorded.
      case followUp = "follow-up"
      /// Article 15 GDPR.
      case accessRight = "access-right"
      /// Article 17 GDPR.
      case erasureRight = "erasure-right"
      /// Article 18 GDPR, or a legal duty to keep.
      case restrictionRight = "restriction-right"
      /// The time to keep is over.
      case retention
      /// After a backup was restored.
      case restore
      /// Keys and domains.
      case security
      /// Reading the log itself.
      case control
    }

    /// What was done.
    public var action: Action
    /// Why.
    public var purpose: Purpose
    /// The user of the operating system.
    public var systemUser: String
    /// The cooperation, when one only.
    public var cooperation: String?
    /// How many persons.
    public var persons: Int
    /// Whether nothing was changed.
    public var isDryRun: Bool

    /// A use of identities.
    public init(
      _ action: Action, _ purpose: Purpose, by systemUser: String, cooperation: String? = nil, persons: Int,
      isDryRun: Bool = false
    ) {
      self.action = action
      self.purpose = purpose
      self.systemUser = systemUser
      self.cooperation = cooperation
      self.persons = persons
      self.isDryRun = isDryRun
    }
  }

  /// Writes a use of identities into the access log.
  public func log(_ access: Access) throws {
    try connection.execute(
      """
      INSERT INTO identity.access_log (system_user_name, action, purpose, cooperation_id, persons, is_dry_run)
      VALUES (\(access.systemUser), \(access.action.rawValue), \(access.purpose.rawValue), \(access.cooperation),
        \(access.persons), \(access.isDryRun))
      """)
  }

  /// One entry of the access log.
  public struct LoggedAccess: Hashable, Sendable {
    /// When, in Paris: `2026-10-16 03:30:00`.
    public var at: String
    /// The role of the database.
    public var role: String
    /// The use.
    public var access: Access
  }

  /// The last entries of the access log, oldest first.
  public func accessLog(last count: Int) throws -> [LoggedAccess] {
    try connection.execute(
      """
      SELECT to_char(at AT TIME ZONE 'Europe/Paris', 'YYYY-MM-DD HH24:MI:SS'), role_name::text, system_user_name,
        action, purpose, cooperation_id, persons, is_dry_run
      FROM (SELECT * FROM identity.access_log ORDER BY entry DESC LIMIT \(count)) l ORDER BY entry
      """
    ).map { row in
      let (at, role, user, action, purpose, cooperation, persons, isDry) = try row.decode(
        (String, String, String, String, String, String?, Int, Bool).self)
      guard let action = Access.Action(rawValue: action), let purpose = Access.Purpose(rawValue: purpose)
      else {
        throw Corrupt(what: "an entry of the access log")
      }
      return LoggedAccess(
        at: at, role: role,
        access: Access(
          action, purpose, by: user, cooperation: cooperation, persons: persons, isDryRun: isDry))
    }
  }
}
