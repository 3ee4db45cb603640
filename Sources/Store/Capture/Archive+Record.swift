internal import Impact
internal import Postgres

extension Archive {
  /// Records a file in one transaction: good rows in, bad rows out, all of it counted.
  ///
  /// A row that says what is known already changes nothing; one that says otherwise closes the known row and
  /// adds its revision. The same bytes a second time are not recorded again: only the rows refused before
  /// are judged anew, since what they lacked may have arrived meanwhile.
  ///
  /// - Parameters:
  ///   - source: the file.
  ///   - rows: reads the file and hands each good row to the sink: its line and its cells as canonical text
  ///     in the order of the schema.
  /// - Returns: what became of the rows.
  /// - Throws: a `Refusal`, whatever `rows` throws, or the database's error; then nothing is recorded.
  public func record(_ source: Source, rows: (inout RowSink) throws -> Reading) throws -> Receipt {
    // Never idle for long: the file is read inside a COPY, which the server counts as work, and between two other
    // statements a thousand remarks are sorted at most.
    try connection.transaction {
      let scope = source.cooperation ?? ""
      // One import of a cooperation at a time: the digest below and the merge are then free of races.
      try connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('jvs import ' || \(scope), 0))")
      try requireKnown(source)
      return try Recording(source, in: connection).run(rows)
    }
  }

  /// Does something and takes all of it back: what a trial finds is told, and nothing of it stays.
  ///
  /// - Parameter body: what is tried; its transactions are parts of this one.
  /// - Returns: what `body` returns.
  /// - Throws: whatever `body` throws.
  public func trial<R>(_ body: () throws -> R) throws -> R { try unless({ _ in true }, body) }

  /// Does something in one transaction, and takes all of it back when its outcome is not wanted.
  ///
  /// - Parameters:
  ///   - isUnwanted: judges what `body` returned.
  ///   - body: what is done; its transactions are parts of this one.
  /// - Returns: what `body` returns.
  /// - Throws: whatever `body` throws.
  public func unless<R>(_ isUnwanted: (R) -> Bool, _ body: () throws -> R) throws -> R {
    var outcome: R?
    do {
      return try connection.transaction {
        // Between two files nothing is asked of the server while the next one is opened, digested and its refused
        // rows are written: for the largest file on a slow disk that is longer than the minute a session may be idle.
        try connection.execute("SELECT set_config('idle_in_transaction_session_timeout', '15min', true)")
        let result = try body()
        guard !isUnwanted(result) else {
          outcome = result
          throw TakenBack()
        }
        return result
      }
    } catch is TakenBack {
      guard let outcome else { throw TakenBack() }
      return outcome
    }
  }

  private struct TakenBack: Error {}

  /// The cooperations declared so far, in order of name in data.
  public func cooperationNames() throws -> [String] {
    try connection.execute(
      "SELECT cooperation_id FROM fact.cooperation WHERE batch_to = \(Archive.never) ORDER BY 1"
    ).map { try $0.decode() }
  }

  private func requireKnown(_ source: Source) throws {
    guard let name = source.cooperation, source.schema.name != "cooperation" else { return }
    let known = try cooperationNames()
    guard known.contains(name) else { throw Refusal.unknownCooperation(name, known: known) }
  }
}
