import Foundation
import Postgres
import Store
import TestSupport
import Testing

/// Attempts to read or write across the lines, each on a connection of the login's own.
@Suite(.guarded, .serialized) struct `Lines between roles` {
  // What seals the chain is no login: its rights are tried where sessions are lent, with the weakened ones.
  @Test(arguments: Set(Attack.all.map(\.who)).subtracting(["jvs_sealer"]).sorted())
  func `each attempt of a login comes to what it must`(_ login: String) throws {
    let connection = try GuardedStore.required().connect(as: login)
    defer { connection.close() }
    try connection.run(script: "BEGIN")
    for attack in Attack.all where attack.who == login {
      if let failure = try attack.failure(on: connection, lent: false) {
        Issue.record("\(login) \(attack.what): \(failure)\n\(attack.prelude)\n\(attack.statement)")
      }
    }
  }

  @Test(arguments: Attack.outsideTransactions)
  func `an attempt outside a transaction is refused`(who: String, statement: String) throws {
    let connection = try GuardedStore.required().connect(as: who)
    let error = #expect(throws: PostgresError.self) { try connection.execute(SQL(trusted: statement)) }
    #expect(error?.state == .insufficientPrivilege, "\(who): \(statement)")
  }

  @Test func `every table of facts and figures is attacked`() throws {
    let connection = try GuardedStore.required().owner()
    let tables = try connection.execute(
      """
      SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname IN ('fact', 'reference', 'figure') AND c.relkind IN ('r', 'p') AND c.relrowsecurity ORDER BY 1, 2
      """
    ).map { try $0.decode((String, String).self) }
    #expect(tables.count > 20)
    for (schema, name) in tables {
      let isAttacked = Attack.all.contains { $0.statement.contains("\(schema).\(name)") }
      #expect(isAttacked, "nobody tries \(schema).\(name)")
    }
  }

  @Test func `nothing is open that SQL does not open`() throws {
    #expect(try Access(GuardedStore.required().owner()).gaps() == [])
  }

  @Test func `a stranger does not even come in`() throws {
    let store = try GuardedStore.required()
    #expect(throws: PostgresError.self) { try store.connect(as: GuardedStore.stranger) }
    #expect(throws: PostgresError.self) { try store.connect(as: "nobody") }
  }

  @Test func `a dump by a director holds nothing of the other side`() async throws {
    let store = try GuardedStore.required()
    let dump = Process()
    let binaries = try #require(
      ["/usr/lib/postgresql/15/bin/pg_dump", "/usr/bin/pg_dump"].first {
        FileManager.default.isExecutableFile(atPath: $0)
      })
    dump.executableURL = URL(fileURLWithPath: binaries)
    dump.arguments = [
      "--host", store.parameters["host"] ?? "", "--username", "director_a", "--data-only", "--table",
      "fact.cooperation", "jvs",
    ]
    let output = Pipe()
    dump.standardOutput = output
    dump.standardError = output
    try dump.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    dump.waitUntilExit()
    #expect(dump.terminationStatus != 0, "a dump that leaves rows out must not look whole")
    #expect(said.contains("row-level security"))
    #expect(!said.contains("Recygo"))
  }

  @Test func `a membership taken away holds at once, also for a plan that is kept`() throws {
    let store = try GuardedStore.required()
    let owner = try store.owner()
    defer { try? Access(owner).revoke("director_b", groups: [], cooperations: ["lemon-aide"], audiences: []) }
    let connection = try store.connect(as: "director_b")
    try connection.run(
      script: """
        SET plan_cache_mode = force_generic_plan;
        PREPARE kept AS SELECT string_agg(DISTINCT cooperation_id, ',' ORDER BY cooperation_id) FROM fact.exit
        """)
    func seen() throws -> String? { try connection.execute("EXECUTE kept")[0].texts[0] }
    #expect(try seen() == "recygo")
    try Access(owner).grant("director_b", groups: [], cooperations: ["lemon-aide"])
    #expect(try seen() == "lemon-aide,recygo")
    try Access(owner).revoke("director_b", groups: [], cooperations: ["lemon-aide"], audiences: [])
    #expect(try seen() == "recygo")
  }

  @Test func `nothing of ours notifies, so nobody can listen`() throws {
    let found = try GuardedStore.required().owner().execute(
      """
      SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname = ANY (\(Access.schemas)) AND p.prosrc ~* 'notify'
      """
    ).map { try $0.decode(String.self) }
    #expect(found == [])
  }
}
