public import Impact
internal import Postgres

extension Archive {
  /// What reviews up to a quarter decided and had not closed by a day, oldest first: each is carried from review
  /// to review until it is closed.
  ///
  /// - Parameters:
  ///   - quarter: the review's quarter; decisions of later ones are not known to it.
  ///   - day: the day openness is judged on.
  ///   - batch: what is known.
  /// - Returns: the open decisions, by cooperation, due day and code; those without a day last.
  /// - Throws: the database's error.
  public func openDecisions(in quarter: Quarter, on day: Day, asOf batch: Int) throws -> [Decision] {
    let rows = try connection.transaction {
      try read(asOf: batch, cut: day.description)
      return try connection.execute(
        """
        SELECT decision, cooperation_id, quarter, text, owner, due_on::text, status = 'closed', closed_on::text,
          signed_by
        FROM as_of.decision WHERE quarter <= \(quarter.description)
        ORDER BY cooperation_id, due_on NULLS LAST, decision
        """)
    }
    return try rows.map { row in
      let (id, cooperation, quarterName, text, owner, due, isClosed, closed, signed) = try row.decode(
        (String, String, String, String, String, String?, Bool, String?, String).self)
      guard let quarter = Quarter(quarterName) else {
        throw Corrupt(what: "decision \(id) of \(cooperation)")
      }
      return Decision(
        id: id, cooperation: cooperation, quarter: quarter, text: text, owner: owner,
        dueOn: due.flatMap { Day($0) }, isClosed: isClosed, closedOn: closed.flatMap { Day($0) },
        signedBy: signed)
    }.filter { $0.isOpen(on: day) }
  }

  /// What a quarter's reviews say, oldest first.
  ///
  /// - Parameters:
  ///   - quarter: up to this quarter.
  ///   - batch: what is known.
  /// - Returns: the commentaries, by cooperation, quarter, day and code.
  /// - Throws: the database's error.
  public func commentaries(upTo quarter: Quarter, asOf batch: Int) throws -> [Commentary] {
    let rows = try connection.transaction {
      try connection.execute("SELECT set_config('jvs.as_of', \(String(batch)), true)")
      return try connection.execute(
        """
        SELECT commentary, cooperation_id, quarter, indicator, text, author, written_on::text
        FROM as_of.commentary WHERE quarter <= \(quarter.description)
        ORDER BY cooperation_id, quarter, written_on, commentary
        """)
    }
    return try rows.map { row in
      let (id, cooperation, quarterName, indicator, text, author, written) = try row.decode(
        (String, String, String, String?, String, String, String).self)
      guard let quarter = Quarter(quarterName), let day = Day(written) else {
        throw Corrupt(what: "commentary \(id) of \(cooperation)")
      }
      return Commentary(
        id: id, cooperation: cooperation, quarter: quarter, indicator: indicator, text: text, author: author,
        writtenOn: day)
    }
  }
}
