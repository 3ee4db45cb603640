public import Impact
internal import Postgres

extension Archive {
  /// How long identities are kept, from a day on.
  public struct RetentionRule: Hashable, Sendable {
    /// Months after the last contact.
    public var months: Int
    /// Days between the notice and the erasure.
    public var graceDays: Int
    /// Months during which an erased person is not recorded again.
    public var suppressedMonths: Int
    /// Where the rule stands.
    public var source: String
  }

  /// The rule of a day.
  public func retentionRule(on day: Day) throws -> RetentionRule {
    let found = try connection.execute(
      """
      SELECT months, grace_days, suppressed_months, source FROM identity.retention_rule
      WHERE valid_from <= \(day.description)::date ORDER BY valid_from DESC LIMIT 1
      """)
    guard let row = found.first else { throw Corrupt(what: "identity.retention_rule") }
    let (months, grace, suppressed, source) = try row.decode((Int, Int, Int, String).self)
    return RetentionRule(months: months, graceDays: grace, suppressedMonths: suppressed, source: source)
  }

  /// Somebody whose identity is no longer to be kept, or soon not.
  public struct Retained: Hashable, Sendable {
    /// What the sweep does with them.
    public enum Stage: String, Hashable, Sendable {
      /// The time is over within the notice period, and no notice was given for this contact.
      case toNotify = "to-notify"
      /// The notice was given; the time, or the notice period, is not over.
      case notified
      /// The time and the notice period are over: erased by the next wet sweep.
      case due
      /// The time is over, and a legal hold keeps the identity.
      case held
    }

    /// Whose participant.
    public var cooperation: String
    /// The code.
    public var participant: String
    /// The last contact facts tell of, else the day the identity was recorded.
    public var lastContact: Day
    /// The first day on which the identity is no longer to be kept.
    public var expiresOn: Day
    /// What the sweep does with them.
    public var stage: Stage
  }

  /// Everybody whose identity is no longer to be kept within the notice period, oldest contact first.
  public func retained(_ facts: PersonalFacts, on day: Day) throws -> [Retained] {
    let rule = try retentionRule(on: day)
    let rows = try connection.execute(
      """
      WITH contact AS (\(fragment: facts.lastContacts(on: day))),
      person AS (
        SELECT p.cooperation_id, p.participant, coalesce(c.last_contact, p.registered_on) AS last_contact,
          p.legal_hold AND p.legal_hold_until >= \(day.description)::date AS is_held
        FROM identity.person p LEFT JOIN contact c USING (cooperation_id, participant)),
      expiry AS (
        SELECT *, (last_contact + make_interval(months => \(rule.months)::int) + interval '1 day')::date AS expires_on
        FROM person)
      SELECT e.cooperation_id, e.participant, e.last_contact::text, e.expires_on::text,
        CASE WHEN e.is_held THEN 'held'
          WHEN n.noticed_on IS NULL THEN 'to-notify'
          WHEN e.expires_on <= \(day.description)::date
            AND n.noticed_on <= \(day.description)::date - \(rule.graceDays)::int THEN 'due'
          ELSE 'notified' END
      FROM expiry e LEFT JOIN identity.retention_notice n
        ON n.cooperation_id = e.cooperation_id AND n.participant = e.participant
          AND n.last_contact = e.last_contact
      WHERE e.expires_on <= \(day.description)::date + \(rule.graceDays)::int
        AND (NOT e.is_held OR e.expires_on <= \(day.description)::date)
      ORDER BY e.expires_on, e.cooperation_id, e.participant
      """, within: .seconds(3600))
    return try rows.map { row in
      let (cooperation, participant, last, expiry, stage) = try row.decode(
        (String, String, String, String, String).self)
      guard let last = Day(last), let expiry = Day(expiry), let stage = Retained.Stage(rawValue: stage) else {
        throw Corrupt(what: "the last contact of a participant")
      }
      return Retained(
        cooperation: cooperation, participant: participant, lastContact: last, expiresOn: expiry,
        stage: stage)
    }
  }

  /// Writes down that notice was given today; a notice is void once the last contact has moved.
  public func notice(_ retained: [Retained], on day: Day) throws {
    for chunk in retained.chunks(of: 5_000) {
      try connection.execute(
        """
        INSERT INTO identity.retention_notice AS n (cooperation_id, participant, noticed_on, last_contact)
        SELECT r.cooperation_id, r.participant, \(day.description)::date, r.last_contact
        FROM unnest(\(chunk.map(\.cooperation))::text[], \(chunk.map(\.participant))::text[],
          \(chunk.map(\.lastContact.description))::date[]) AS r (cooperation_id, participant, last_contact)
        ON CONFLICT (cooperation_id, participant) DO UPDATE
        SET noticed_on = excluded.noticed_on, last_contact = excluded.last_contact
        WHERE n.last_contact <> excluded.last_contact
        """)
    }
  }

  /// Drops the suppressions whose time is over: they too are data about people.
  ///
  /// - Returns: how many digests were dropped.
  @discardableResult
  public func dropExpiredSuppressions(on day: Day) throws -> Int {
    try connection.transaction {
      try connection.execute("DELETE FROM identity.forgotten WHERE until < \(day.description)::date")
      return try connection.execute(
        "DELETE FROM identity.suppression WHERE until < \(day.description)::date"
      ).affected
    }
  }

  /// Whether every sweep is stopped.
  public func isRetentionSuspended() throws -> Bool {
    try connection.execute("SELECT is_suspended FROM identity.retention_switch")[0].decode()
  }

  /// Stops every sweep, or lets them go on.
  public func suspendRetention(_ isSuspended: Bool) throws {
    try connection.execute("UPDATE identity.retention_switch SET is_suspended = \(isSuspended)")
  }
}
