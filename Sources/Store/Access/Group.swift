/// A group of rights (*rôle*): what its members may do, as `SQL/` grants it.
public enum Group: String, Hashable, Sendable, CaseIterable {
  /// Applies migrations and says who is a member of what; reads no fact and no name.
  case migrator
  /// Records facts of its cooperations.
  case capture
  /// Reads every fact, writes figures, releases and the run ledger.
  case compute
  /// Reads the facts and figures of its cooperation.
  case director
  /// Reads the masked figures published to its audience, and nothing else.
  case funder
  /// Reads facts with their history, operations and figures; writes nothing.
  case auditor
  /// Keeps the names of its cooperation; sees no fact.
  case identity

  /// The name of the role in PostgreSQL.
  public var role: String { "jvs_" + rawValue }

  /// Whether its members act for cooperations, named one by one.
  public var isByCooperation: Bool {
    switch self {
    case .capture, .director, .identity: true
    case .migrator, .compute, .funder, .auditor: false
    }
  }

  /// Whether its members read what was published to audiences, named one by one.
  public var isByAudience: Bool { self == .funder }
}
