public import Impact
internal import Postgres

extension Archive {
  /// A step of a quarter's review.
  public enum ReviewAct: String, Hashable, Sendable, CaseIterable {
    /// The author holds the quarter for complete.
    case submitted
    /// A second person agrees.
    case validated
    /// Nothing more is expected.
    case closed
    /// The quarter is provisional again.
    case reopened
  }

  /// Why a step was not taken: the order of steps, the second person or the reason is missing.
  public struct ReviewRefusal: Error, Equatable, CustomStringConvertible {
    /// What is wrong and what to do.
    public let description: String
  }

  /// Takes a step of the review of a quarter.
  ///
  /// The database itself keeps the rules: whoever submitted does not validate, whoever validated does not
  /// reopen, and reopening has a reason. Names are compared without case and spaces.
  ///
  /// - Parameters:
  ///   - act: the step.
  ///   - cooperation: the cooperation's name in data.
  ///   - quarter: the quarter.
  ///   - name: who takes it.
  ///   - reason: why; needed to reopen.
  /// - Throws: ``ReviewRefusal``, ``Refusal/unknownCooperation(_:known:)``, or the database's error.
  public func review(
    _ act: ReviewAct, _ cooperation: String, _ quarter: Quarter, by name: String, reason: String? = nil
  ) throws {
    let known = try cooperationNames()
    guard known.contains(cooperation) else { throw Refusal.unknownCooperation(cooperation, known: known) }
    do {
      try connection.transaction {
        try connection.execute(
          """
          INSERT INTO review.event (cooperation_id, quarter, act, by_name, reason)
          VALUES (\(cooperation), \(quarter.description), \(act.rawValue), \(name), \(reason))
          """)
      }
    } catch let error as PostgresError where error.state == SQLState(rawValue: "JV001") {
      throw ReviewRefusal(description: error.message)
    } catch SQLState.checkViolation {
      throw ReviewRefusal(description: "the name or the reason is empty; give both in full")
    }
  }

  /// The states of every quarter somebody has signed; all others are provisional.
  ///
  /// - Parameter entry: as of an entry of the audit chain; `nil` means now.
  /// - Returns: the states, by cooperation and quarter.
  /// - Throws: the database's error.
  public func periods(upTo entry: Int? = nil) throws -> [PeriodStatus] {
    let rows = try connection.execute(
      """
      SELECT cooperation_id, quarter, state,
        submitted_by, (submitted_at AT TIME ZONE 'Europe/Paris')::date::text,
        validated_by, (validated_at AT TIME ZONE 'Europe/Paris')::date::text,
        closed_by, (closed_at AT TIME ZONE 'Europe/Paris')::date::text
      FROM review.periods(\(entry ?? Int.max)) ORDER BY 1, 2
      """)
    return try rows.map { row in
      let (cooperation, quarterName, stateName) = try (
        row.decode(String.self, at: 0), row.decode(String.self, at: 1), row.decode(String.self, at: 2)
      )
      guard let quarter = Quarter(quarterName), let state = PeriodStatus.State(rawValue: stateName) else {
        throw Corrupt(what: "review of \(cooperation), \(quarterName)")
      }
      func signature(at column: Int) throws -> PeriodStatus.Signature? {
        let (name, text) = try (
          row.decode(String?.self, at: column), row.decode(String?.self, at: column + 1)
        )
        return name.flatMap { name in
          text.flatMap { Day($0) }.map { PeriodStatus.Signature(name: name, day: $0) }
        }
      }
      return PeriodStatus(
        cooperation: cooperation, quarter: quarter, state: state, submitted: try signature(at: 3),
        validated: try signature(at: 5), closed: try signature(at: 7))
    }
  }

  /// Rows one batch recorded or ended about a quarter that was already validated or closed.
  public struct LateRows: Hashable, Sendable {
    /// The cooperation's name in data.
    public var cooperation: String
    /// The locked quarter.
    public var quarter: Quarter
    /// The entity.
    public var entity: String
    /// The batch.
    public var batch: Int
    /// The file that brought them.
    public var file: String
    /// When, in UTC.
    public var recordedAt: String
    /// Rows that now stand and did not.
    public var recorded: Int
    /// Rows that stood when the quarter was validated and no longer do.
    public var ended: Int
  }

  /// Every late row that arrived after a quarter was validated.
  ///
  /// - Parameters:
  ///   - entry: the locks as of an entry of the audit chain; `nil` means now.
  ///   - low: only batches after this one.
  ///   - high: up to this one; `nil` means the last.
  /// - Returns: counts, by cooperation, quarter, batch and entity.
  /// - Throws: the database's error.
  public func lateRows(upTo entry: Int? = nil, after low: Int = 0, through high: Int? = nil) throws
    -> [LateRows]
  {
    let last = try high ?? lastBatch()
    return try connection.transaction {
      try connection.execute(
        """
        SELECT r.cooperation_id, r.quarter, r.entity, r.batch, i.file, audit.instant(b.recorded_at),
          sum(r.recorded)::int, sum(r.ended)::int
        FROM review.late_rows(\(entry ?? Int.max), \(low), \(last)) r
        JOIN ops.batch b USING (batch) JOIN ops.import i USING (import_id)
        GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 4, 3
        """
      ).map { row in
        let (cooperation, quarterName, entity, batch, file, at, recorded, ended) = try row.decode(
          (String, String, String, Int, String, String, Int, Int).self)
        guard let quarter = Quarter(quarterName) else { throw Corrupt(what: "late rows of \(quarterName)") }
        return LateRows(
          cooperation: cooperation, quarter: quarter, entity: entity, batch: batch, file: file,
          recordedAt: at, recorded: recorded, ended: ended)
      }
    }
  }
}
