public import Impact
internal import Postgres

extension Archive {
  /// One walk of the nightly chain, as the ledger knows it.
  public struct Run: Hashable, Sendable {
    /// Its number in the ledger.
    public let id: Int
  }

  /// Somebody else holds the lock.
  public struct Busy: Error, CustomStringConvertible {
    /// Who holds it, since when, in a sentence.
    public let description: String
  }

  /// How a step ended.
  public enum Outcome: String, Sendable {
    /// It did something.
    case done
    /// There was nothing new to do.
    case nothingNew = "nothing-new"
    /// It failed.
    case failed
  }

  // "jvs" and a digit, so that other users of advisory locks in the same database are unlikely to meet it.
  private static let lockKey = 0x6A_7673_0001

  /// Takes the lock for the whole session and opens a run in the ledger.
  ///
  /// A run that a crash left open is marked abandoned: the lock is free, so nobody is walking it.
  ///
  /// - Parameters:
  ///   - command: what is run.
  ///   - day: the business day.
  ///   - host: the name of the machine.
  ///   - process: the process's number there.
  /// - Returns: the run, to be ended by `end`.
  /// - Throws: `Busy` when another run holds the lock.
  public func beginRun(_ command: String, on day: Day, host: String, process: Int) throws -> Run {
    let isOurs: Bool = try connection.execute("SELECT pg_try_advisory_lock(\(Archive.lockKey))")[0].decode()
    guard isOurs else { throw try busy() }
    try connection.execute(
      """
      UPDATE ops.run SET state = 'abandoned', ended_at = clock_timestamp(),
        message = 'the process ended without a word' WHERE state = 'running'
      """)
    let id: Int = try connection.execute(
      """
      INSERT INTO ops.run (command, business_day, host, process_id)
      VALUES (\(command), \("\(day)")::date, \(host), \(process)) RETURNING run_id
      """)[0].decode()
    return Run(id: id)
  }

  private func busy() throws -> Busy {
    let holder = try connection.execute(
      """
      SELECT r.command, r.host, r.process_id, to_char(r.started_at AT TIME ZONE 'Europe/Paris', 'HH24:MI:SS'),
        r.run_id
      FROM ops.run r JOIN pg_locks l ON l.locktype = 'advisory' AND l.granted AND l.pid = r.backend_pid
        AND (l.classid::bigint << 32 | l.objid::bigint) = \(Archive.lockKey)
      WHERE r.state = 'running' ORDER BY r.run_id DESC LIMIT 1
      """)
    guard let row = holder.first else {
      return Busy(
        description: "another jvs holds the lock and has not said its name yet; try again in a minute")
    }
    let (command, host, process, since, id) = try row.decode((String, String, Int, String, Int).self)
    return Busy(
      description: "the lock is held by “jvs \(command)”, run \(id), process \(process) on \(host), "
        + "since \(since) (Paris); wait for it to end, then try again")
  }

  /// Whether this session still holds the lock: asked right before anything is made public.
  public func holdsLock() throws -> Bool {
    try connection.execute(
      """
      SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()
        AND (classid::bigint << 32 | objid::bigint) = \(Archive.lockKey))
      """)[0].decode()
  }

  /// Opens a step of a run.
  public func begin(_ step: String, of run: Run) throws {
    try connection.execute("INSERT INTO ops.run_step (run_id, step) VALUES (\(run.id), \(step))")
  }

  /// Closes a step of a run.
  public func end(_ step: String, of run: Run, _ outcome: Outcome, detail: String) throws {
    try connection.execute(
      """
      UPDATE ops.run_step SET ended_at = clock_timestamp(), outcome = \(outcome.rawValue), detail = \(detail)
      WHERE run_id = \(run.id) AND step = \(step)
      """)
  }

  /// Closes a run and gives the lock back.
  public func end(_ run: Run, failed message: String? = nil) throws {
    try connection.execute(
      """
      UPDATE ops.run SET ended_at = clock_timestamp(), state = \(message == nil ? "done" : "failed"),
        message = \(message) WHERE run_id = \(run.id)
      """)
    try connection.execute("SELECT pg_advisory_unlock(\(Archive.lockKey))")
  }
}

extension Archive {
  /// Hours since a command last ended well; `nil` when it never has.
  public func hoursSinceLastSuccess(_ command: String) throws -> Double? {
    try connection.execute(
      """
      SELECT (extract(epoch FROM clock_timestamp() - max(ended_at)) / 3600)::float8
      FROM ops.run WHERE command = \(command) AND state = 'done'
      """)[0].decode()
  }
}
