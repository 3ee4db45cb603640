import Foundation
import Postgres
import Store
import TestSupport
import Testing

/// Commands work with the rights they need, and say what to do when theirs do not suffice.
///
/// One at a time: each starts processes that fill the machine.
@Suite(.serialized) struct RightsTests {
  /// A login that nobody else uses, taken away at the end.
  private func withLogin(_ work: (String) async throws -> Void) async throws {
    let name = "login_\(UInt64.random(in: .min ... .max))"
    defer { _ = try? TestDatabase.connect().execute("DROP ROLE IF EXISTS \(identifier: name)") }
    try await work(name)
  }

  private func rights(_ login: String, in place: Workplace) throws -> Access.Login? {
    try Access(place.connection()).logins().first { $0.name == login }
  }

  @Test func `grant makes a login with what was named, and revoke takes it back`() async throws {
    try await Workplace.with(.initialised) { place in
      try await withLogin { login in
        let made = try await place.succeed(
          "db", "grant", login, "--role", "director", "--cooperation", "lemon-aide")
        #expect(made.out == "The login \(login) was made, without a password, and has these rights.\n")
        let again = try await place.succeed("db", "grant", login, "--cooperation", "recygo")
        #expect(again.out == "The login \(login) has these rights.\n")
        let given = try #require(try rights(login, in: place))
        #expect(given.groups == [.director] && given.cooperations == ["lemon-aide", "recygo"])
        #expect(!given.isUnlimited)
        let hasPassword: Bool = try place.connection().execute(
          "SELECT rolpassword IS NOT NULL FROM pg_authid WHERE rolname = \(login)")[0].decode()
        #expect(!hasPassword)
        try await place.succeed("db", "revoke", login, "--cooperation", "recygo")
        #expect(try rights(login, in: place)?.cooperations == ["lemon-aide"])
        try await place.succeed("db", "revoke", login)
        #expect(try rights(login, in: place) == nil)
      }
    }
  }

  @Test(arguments: [
    (["--role", "director"], "name them with --cooperation"),
    (["--role", "funder"], "name it with --audience"),
    ([], "nothing to give"), (["--role", "chief"], "chief"),
  ]) func `grant refuses what would give nothing, or to nobody`(_ options: [String], _ says: String)
    async throws
  {
    try await Workplace.with(.initialised) { place in
      let arguments = ["db", "grant", "somebody"] + options
      let outcome = try await Tool.jvs(arguments + place.options(for: arguments))
      #expect(outcome.code == 64 || outcome.code == 65)
      #expect(outcome.err.contains(says), "\(outcome.err)")
      #expect(try rights("somebody", in: place) == nil)
    }
  }

  @Test(arguments: ["jvs_director", "pg_monitor", "jvs_root"])
  func `grant refuses a name that is no login of its own`(_ name: String) async throws {
    try await Workplace.with(.initialised) { place in
      let outcome = try await place.jvs("db", "grant", name, "--role", "auditor")
      #expect(outcome.code == 65)
      #expect(outcome.err.contains("“\(name)”"))
    }
  }

  @Test func `revoke of a login that is not there says so`() async throws {
    try await Workplace.with(.initialised) { place in
      let outcome = try await place.jvs("db", "revoke", "nobody_at_all")
      #expect(outcome.code == 65)
      #expect(outcome.err.contains("there is no login “nobody_at_all”"))
    }
  }

  @Test func `a superuser is refused unless one knows, but for what makes and looks`() async throws {
    try await Workplace.with(.initialised) { place in
      var place = place
      place.login = Operator.migrate.login
      let options = try place.options(for: ["import"]).filter { $0 != "--i-know" }
      let files = try place.writeDelivery()
      for arguments in [
        ["import", files], ["compute"], ["release"], ["publish", "--site", place.site],
        ["explain", "essai/exits/2026T1"], ["nightly", "--site", place.site],
      ] {
        let outcome = try await Tool.jvs(arguments + options)
        #expect(outcome.code == 77, "\(arguments): \(outcome.err)")
        #expect(outcome.err.contains("is a superuser") && outcome.err.contains("--i-know"))
      }
      #expect(try place.count("SELECT count(*) FROM fact.cooperation") == 0)
      for arguments in [["init"], ["db", "migrate"], ["doctor"]] {
        #expect(try await Tool.jvs(arguments + options).code == 0, "\(arguments)")
      }
      #expect(try await Tool.jvs(["import", files, "--i-know"] + options).code == 0)
    }
  }

  @Test func `a login with other rights is told which command gives them`() async throws {
    try await Workplace.with(.initialised) { place in
      try await place.succeed("import", place.writeDelivery())
      var place = place
      for (login, arguments) in [
        (
          Operator.compute,
          ["import", try place.write("more/essai/exit.csv", "pathway,exited_on\nP2-1,2026-03-31\n")]
        ),
        (Operator.capture, ["compute", "--quarter", "2026T1"]), (.audit, ["release", "--quarter", "2026T1"]),
      ] {
        place.login = login.login
        let outcome = try await Tool.jvs(arguments + place.options(for: arguments))
        #expect(outcome.code == 77, "\(login): \(outcome.err)")
        #expect(outcome.err.contains("jvs db grant"))
      }
      #expect(try place.count("SELECT count(*) FROM fact.exit") == 1)
    }
  }

  @Test func `the private database is worked on by logins without more rights than the command needs`()
    async throws
  {
    let data = "/tmp/jvs-rights-\(UInt32.random(in: .min ... .max))"
    defer { try? FileManager.default.removeItem(atPath: data) }
    let common = ["--data", data, "--home", Tool.root]
    func run(_ arguments: String...) async throws -> Tool.Outcome { try await Tool.jvs(arguments + common) }
    try #require(try await run("init").code == 0)
    try #require(try await run("db", "start").code == 0)
    let owner = try Connection(
      [("host", data + "/socket"), ("user", PrivateCluster.role), ("dbname", PrivateCluster.database)])
    // The server writes down who comes in, and from then on with which login.
    try owner.execute("ALTER SYSTEM SET log_connections = on")
    try owner.execute("SELECT pg_reload_conf()")
    let files = Tool.root + "/Deploy/samples/lemon-aide"
    #expect(try await run("import", files).code == 0)
    #expect(try await run("release", "--quarter", "2026T3").code == 0)
    #expect(try await run("publish", "--site", data + "/site", "--audience", "funder").code == 0)
    #expect(try await run("explain", "lemon-aide/exits/2026T3").code == 0)
    #expect(try await run("nightly", "--site", data + "/site", "--today", "2026-10-16").code == 0)
    let doctor = try await run("doctor")
    #expect(doctor.code == 0 && doctor.out.contains("jvs_operator_import (capture: *)"))
    let published: Int = try owner.execute("SELECT count(*) FROM figure.published")[0].decode()
    #expect(published > 100)
    owner.close()
    #expect(try await run("db", "stop").code == 0)
    let log = try String(contentsOfFile: data + "/server.log", encoding: .utf8)
    for login in [
      "jvs_operator_import", "jvs_operator_compute", "jvs_operator_nightly", "jvs_operator_audit",
    ] {
      #expect(log.contains("connection authorized: user=\(login) database=jvs"), "\(login)")
    }
    #expect(!log.contains("connection authorized: user=jvs_root database=jvs "), "no command needs the owner")
  }
}
