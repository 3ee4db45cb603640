import Postgres
import Testing

/// An attempt to read or write across a line, and what must come of it.
struct Attack: Sendable, CustomTestStringConvertible {
  /// What must come of it.
  enum Outcome: Sendable, Hashable {
    /// The server refuses, with one of these codes.
    case refused(SQLState, or: SQLState? = nil)
    /// Nothing but this is seen: columns apart by `|`, rows by `;`.
    case sees(String)
    /// So many rows are touched.
    case touches(Int)
    /// It is allowed.
    case passes
  }

  var who: String
  var what: String
  /// Statements before it, of the same login; their refusal is the outcome too.
  var prelude: String
  var statement: String
  var outcome: Outcome
  /// Whether it only means something on a connection of the login's own.
  var isDirect: Bool

  init(
    _ who: String, _ what: String, after prelude: String = "", _ statement: String, _ outcome: Outcome,
    isDirect: Bool = false
  ) {
    self.who = who
    self.what = what
    self.prelude = prelude
    self.statement = statement
    self.outcome = outcome
    self.isDirect = isDirect
  }

  /// Whether it is a trigger that must refuse it.
  var needsTriggers: Bool {
    if case .refused(let state, nil) = outcome { state == "23000" } else { false }
  }

  var testDescription: String { "\(who) \(what)" }

  /// Tries it in the transaction of a connection, of which nothing stays; says what went otherwise.
  ///
  /// `lent` says that the connection is the superuser's, who lends the login the session.
  func failure(on connection: Connection, lent: Bool) throws -> String? {
    try connection.run(script: "SAVEPOINT attack")
    defer { try? connection.run(script: "ROLLBACK TO SAVEPOINT attack; RELEASE SAVEPOINT attack") }
    do {
      if lent { try connection.run(script: "SET LOCAL SESSION AUTHORIZATION \(who)") }
      if !prelude.isEmpty { try connection.run(script: prelude) }
      let (found, touched) = try run(on: connection)
      switch outcome {
      case .sees(let expected): return found == expected ? nil : "saw “\(found)” instead of “\(expected)”"
      case .touches(let count): return touched == count ? nil : "touched \(touched) rows instead of \(count)"
      case .passes: return nil
      case .refused: return "was not refused: saw “\(found.prefix(200))”, touched \(touched)"
      }
    } catch let error as PostgresError where error.origin == .server || error.origin == .usage {
      if case .refused(let state, let other) = outcome, error.state == state || error.state == other {
        // The sentence of a refusal must not tell what it refuses to show.
        let said = "\(error.message) \(error.detail ?? "") \(error.hint ?? "")"
        return Attack.secrets.contains(where: said.contains) ? "the refusal says “\(said)”" : nil
      }
      return "was refused otherwise: \(error)"
    }
  }

  /// What only the other side knows.
  static let secrets = ["Nom B", "mot B", "Recygo", "said of recygo"]

  private func run(on connection: Connection) throws -> (String, Int) {
    if statement.hasPrefix("COPY"), statement.contains("TO STDOUT") {
      var lines: Set<String> = []
      let count = try connection.copyOut(statement) { lines.insert(String(decoding: $0, as: UTF8.self)) }
      return (lines.sorted().joined(separator: ";").replacing("\n", with: ""), count)
    }
    if statement.hasPrefix("COPY"), statement.contains("FROM STDIN") {
      return ("", try connection.copyIn(statement) { try $0.row("lemon-aide") })
    }
    let rows = try connection.execute(SQL(trusted: statement))
    return (
      rows.map { $0.texts.map { $0 ?? "" }.joined(separator: "|") }.joined(separator: ";"), rows.affected
    )
  }
}
