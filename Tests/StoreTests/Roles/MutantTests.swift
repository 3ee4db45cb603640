import Foundation
import Postgres
import Store
import Synchronization
import TestSupport
import Testing

/// The protection weakened, one thing at a time: somebody must notice.
@Suite(.guarded, .serialized) struct `Weakened protection` {
  private static let lent = Attack.all.filter { !$0.isDirect }

  /// What everybody may do before anything is weakened; read once, since every mutant is taken back.
  private static let rights = Rights()
  private final class Rights: Sendable {
    private let known = Mutex<String?>(nil)

    func of(_ connection: Connection) throws -> String {
      if let rights = known.withLock({ $0 }) { return rights }
      let rights = try RightsTable.markdown(of: connection)
      known.withLock { $0 = rights }
      return rights
    }
  }

  /// The first attack that comes to something else than it must.
  private func noticed(_ mutant: Mutant, on connection: Connection) throws -> Attack? {
    // Who is most likely to notice comes first: the group of the policy, at the same table.
    let ranked = Self.lent.map { attack in
      let isNear = !mutant.table.isEmpty && "\(attack.prelude) \(attack.statement)".contains(mutant.table)
      return (attack, isNear ? mutant.group.map(attack.who.contains) == true ? 0 : 1 : 2)
    }
    let order = (0...2).flatMap { rank in ranked.filter { $0.1 == rank }.map(\.0) }
    for attack in order where try attack.failure(on: connection, lent: true) != nil { return attack }
    return nil
  }

  /// Weakens, looks, takes it back.
  private func trying<R>(_ mutant: Mutant, on connection: Connection, _ look: () throws -> R?) throws -> R? {
    try connection.run(script: "BEGIN")
    defer { try? connection.run(script: "ROLLBACK") }
    try connection.run(script: mutant.script)
    return try look()
  }

  @Test func `a policy weakened in any way is noticed by an attack, without the help of triggers`() throws {
    let connection = try GuardedStore.required().owner(of: GuardedStore.unbelted)
    let mutants = try Mutant.ofPolicies(in: connection)
    #expect(mutants.count > 200)
    try connection.run(script: "BEGIN")
    for attack in Self.lent {
      if let failure = try attack.failure(on: connection, lent: true), !attack.needsTriggers {
        Issue.record("without triggers already, \(attack.testDescription): \(failure)")
      }
    }
    try connection.run(script: "ROLLBACK")
    for mutant in mutants {
      guard let witness = try trying(mutant, on: connection, { try noticed(mutant, on: connection) }) else {
        Issue.record("nobody notices \(mutant.name)")
        continue
      }
      // A witness that complains without the mutant too saw something else.
      try connection.run(script: "BEGIN")
      let complaint = try witness.failure(on: connection, lent: true)
      try connection.run(script: "ROLLBACK")
      #expect(complaint == nil, "\(witness.testDescription) noticed \(mutant.name) for another reason")
    }
  }

  @Test(arguments: Mutant.ofEverythingElse.indices)
  func `a grant, flag, function or trigger weakened is noticed by an attack or by doctor`(_ index: Int) throws
  {
    let mutant = Mutant.ofEverythingElse[index]
    let connection = try GuardedStore.required().owner(of: GuardedStore.weakened)
    defer { connection.close() }
    let rights = try Self.rights.of(connection)
    let found = try trying(mutant, on: connection) {
      if let gap = try Access(connection).gaps().first { return gap }
      if try RightsTable.markdown(of: connection) != rights { return "other rights than SQL/README.md says" }
      return try noticed(mutant, on: connection)?.testDescription
    }
    #expect(found != nil, "nobody notices \(mutant.name)")
  }

  @Test func `SQL README says who may do what`() throws {
    let said = try String(contentsOfFile: Fixture.root + "/SQL/README.md", encoding: .utf8)
    let table = try RightsTable.markdown(of: GuardedStore.required().owner())
    #expect(said.contains(table), "replace the table of SQL/README.md by:\n\(table)")
  }
}
