public import Impact
internal import Postgres

extension Archive {
  /// Name under which the figures of the last computation are kept until a release freezes them.
  public static let working = "working"

  /// What a computation did.
  public struct Computation: Hashable, Sendable {
    /// Whether anything was different from the last computation.
    public var isNew = false
    /// Whether everything was computed, for lack of a computation to go by.
    public var isWhole = false
    /// Cooperations counted.
    public var cooperations = 0
    /// Figures written.
    public var figures = 0
    /// Cooperations that have figures.
    public var known = 0
    /// Figures there are.
    public var total = 0
  }

  /// Brings every figure and score to what is seen from a perspective.
  ///
  /// Only the cooperations, indicators and quarters touched since the last computation are computed again; what
  /// is kept then is what a first computation would give.
  ///
  /// - Parameters:
  ///   - catalogue: the definitions.
  ///   - perspective: what figures are seen from.
  ///   - software: version of the software; another one computes everything again.
  /// - Returns: what was computed.
  /// - Throws: the database's error; then the figures are those of before.
  @discardableResult
  public func compute(
    _ catalogue: Catalogue, seen perspective: Perspective, software: String
  ) throws -> Computation {
    let new = try Ledger(catalogue, seen: perspective, software: software, in: self)
    if let old = try Ledger(lastOf: self), old.isSame(as: new) {
      var nothing = Computation()
      (nothing.known, nothing.total) = try computed()
      return nothing
    }
    // Facts that are not committed yet are seen by this session alone.
    let isShared = !connection.isInTransaction
    return try connection.transaction {
      // Two computations at once would each write what the other one must delete.
      try connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('jvs compute', 0))")
      let old = try Ledger(lastOf: self)
      try settle(perspective)
      var done = Computation(isNew: true)
      let renewal: Renewal
      if let old, old.software == new.software, old.migrations == new.migrations,
        old.perspective.batch <= perspective.batch
      {
        renewal = try Renewal(from: old, to: new, catalogue, in: self)
      } else {
        renewal = try Renewal(wholeOf: self, upTo: perspective.quarter)
      }
      done.isWhole = renewal.isWhole
      try forget(renewal)
      let working = try WorkingFigures(catalogue, renewal, seen: perspective, in: self, isShared: isShared)
      done.figures = try working.renew()
      try renewReturns(of: renewal.spans, catalogue, upTo: perspective.quarter)
      done.cooperations = working.counted
      try keep(renewal.noted, more: renewal.noted.map { _ in 0 })
      try new.keep(in: self)
      (done.known, done.total) = try computed()
      return done
    }
  }

  /// Makes the running transaction read from a perspective, and by key, whatever the planner knows of tables just filled.
  func settle(_ perspective: Perspective) throws {
    try connection.execute("SET LOCAL enable_seqscan = off")
    try connection.execute("SET LOCAL jit = off")
    try read(asOf: perspective.batch, cut: perspective.cut.description)
  }

  /// How many cooperations have figures, and how many figures there are.
  private func computed() throws -> (cooperations: Int, figures: Int) {
    try connection.execute(
      """
      SELECT count(*), coalesce(sum(figures), 0)::bigint FROM figure.computed
      WHERE release_id = \(Archive.working)
      """)[0]
      .decode((Int, Int).self)
  }

  /// Takes out the figures of cooperations that are to have none, or all where everything is computed.
  private func forget(_ renewal: Renewal) throws {
    for table in ["figure", "computed"] + Archive.scoreTables + Archive.returnTables.map(\.name) {
      if renewal.isWhole {
        try connection.execute(
          "DELETE FROM figure.\(identifier: table) WHERE release_id = \(Archive.working)")
      } else if !renewal.gone.isEmpty {
        try connection.execute(
          """
          DELETE FROM figure.\(identifier: table)
          WHERE release_id = \(Archive.working) AND cooperation_id = ANY (\(renewal.gone)::text[])
          """)
      }
    }
  }
}
