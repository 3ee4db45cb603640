import Foundation
import Postgres
import Store
import TestSupport
import Testing

/// A database, a data folder and a folder for files, each of one test only.
struct Workplace {
  /// What the database holds at first.
  enum Start {
    /// Nothing.
    case empty
    /// What `jvs init` makes.
    case initialised
    /// One cooperation of two people, both quarters released: 2026T2-r1 and 2026T3-r1.
    case small
    /// The sample deliveries, both quarters released: 2026T2-r1 and 2026T3-r1.
    case samples
  }

  let database: String
  let folder: String
  /// As whom commands connect; what makes or changes the database does it as the server's owner.
  var login = Operator.nightly.login

  /// The data folder.
  var data: String { folder + "/data" }
  /// The folder of the site.
  var site: String { folder + "/site" }

  /// Makes a place, works in it and takes it away.
  static func with(_ start: Start, _ work: (Workplace) async throws -> Void) async throws {
    let name = "jvs_\(UInt64.random(in: .min ... .max))"
    let folder = NSTemporaryDirectory() + name
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var place = Workplace(database: name, folder: folder)
    defer {
      try? FileManager.default.removeItem(atPath: folder)
      _ = try? TestDatabase.connect().execute("DROP DATABASE IF EXISTS \(identifier: name) WITH (FORCE)")
    }
    switch start {
    case .empty:
      try TestDatabase.connect().execute("CREATE DATABASE \(identifier: name)")
      place.login = Operator.migrate.login
    case .initialised, .small, .samples:
      let template = try await WorkplaceTemplates.shared.template(start)
      try TestDatabase.connect().execute(
        "CREATE DATABASE \(identifier: name) TEMPLATE \(identifier: template.database)")
      // Rights on the database itself do not come with a copy of it.
      try place.connection().run(script: "CALL access.protect_database()")
      try FileManager.default.copyItem(atPath: template.data, toPath: place.data)
    }
    // A test that holds a table says itself for how long, however slow the machine.
    try TestDatabase.connect().execute("ALTER DATABASE \(identifier: name) SET lock_timeout TO 0")
    try await work(place)
  }

  /// Prepares the database, and gives the commands' logins their rights in it.
  func initialise() async throws {
    try await succeed("init", "--quiet")
    let access = Access(try connection())
    try access.grantOperators()
    // One login is named for the whole night here, with the step that keeps names.
    try access.grant(Operator.nightly.login, groups: [.identity], cooperations: [Access.everyCooperation])
  }

  /// The options that lead a command here.
  func options(for arguments: [String]) throws -> [String] {
    var parameters = try TestDatabase.parameters
    parameters["dbname"] = database
    // In its private database jvs chooses the login itself; here the test plays that part.
    let isOfOwner = ["init", "db"].contains(arguments.first)
    let isReading =
      ["history", "targets", "sroi", "audit"].contains(arguments.first)
      && arguments.dropFirst().first != "seal"
    let ownLogin =
      isOfOwner
      ? Operator.migrate
      : arguments.first == "person"
        ? .identity
        : arguments.first == "period"
          ? (["status", "late"].contains(arguments.dropFirst().first) ? .audit : .review)
          : isReading ? .audit : nil
    let chosen =
      login == Operator.nightly.login ? ownLogin?.login ?? login : isOfOwner ? Operator.migrate.login : login
    parameters["user"] = chosen
    let conninfo = parameters.pairs.map { pair in
      let value = pair.value.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
      return "\(pair.keyword)='\(value)'"
    }
    return [
      "--database", conninfo.joined(separator: " "), "--data", data, "--home", Tool.root,
    ] + (chosen == Operator.migrate.login && !isOfOwner ? ["--i-know"] : [])
  }

  /// Starts the command here.
  func start(_ arguments: String...) throws -> Running {
    try Tool.start(Tool.binary(), arguments + options(for: arguments))
  }

  /// Runs the command here.
  func jvs(_ arguments: String...) async throws -> Tool.Outcome {
    try await Tool.jvs(arguments + options(for: arguments))
  }

  /// Runs the command here; it must end with 0.
  @discardableResult
  func succeed(_ arguments: String...) async throws -> Tool.Outcome {
    let outcome = try await Tool.jvs(arguments + options(for: arguments))
    try #require(outcome.code == 0, "jvs \(arguments) ended with \(outcome.code): \(outcome.err)")
    return outcome
  }

  /// A connection to the database.
  func connection() throws -> Connection { try TestDatabase.connect(database: database) }

  /// One number of the database.
  func count(_ statement: SQL) throws -> Int { try connection().execute(statement)[0].decode() }

  /// Writes a file below the folder and says where.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = URL(fileURLWithPath: folder + "/" + name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }

  /// Writes a file below the folder and says where.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

  /// Writes what a first, small, faultless delivery holds: one cooperation, one employer, one person.
  func writeDelivery(to folder: String = "files/essai") throws -> String {
    try write(
      folder + "/cooperation.csv",
      """
      cooperation,name,form,kind,activity_fr,activity_en,mission_fr,mission_en,started_on,ended_on,data
      essai,Essai,jvs,EI,Tri,Sorting,Insérer,Include,2020-01-01,,sample

      """)
    try write(folder + "/organisation.csv", "organisation,name,siret,kind\nemployeur,Employeur,,EI\n")
    try write(folder + "/participant.csv", "participant,sex\nP1,F\nP2,M\n")
    try write(
      folder + "/pathway.csv",
      "pathway,participant,employer,kind,started_on\nP1-1,P1,employeur,EI,2025-01-06\n"
        + "P2-1,P2,employeur,EI,2025-01-06\n")
    try write(
      folder + "/monthly_activity.csv",
      "pathway,month,hours_worked\nP1-1,2026-01,100\nP1-1,2026-02,100\nP2-1,2026-03,100\n")
    try write(folder + "/exit.csv", "pathway,exited_on,motif\nP1-1,2026-03-31,7\n")
    return self.folder + "/" + folder
  }

  /// Every file below a folder with its bytes' time of change, for "touches nothing".
  static func snapshot(_ folder: String) throws -> [String: Date] {
    var found: [String: Date] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) where name != ".lock" {
      let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)
      found[name] = attributes[.modificationDate] as? Date
    }
    return found
  }

  /// Waits until a statement of the command waits for a lock of ours.
  func untilBlocked() async throws {
    let admin = try TestDatabase.connect()
    for _ in 0..<6_000 {
      let waiting: Int = try admin.execute(
        """
        SELECT count(*) FROM pg_stat_activity WHERE datname = \(database) AND application_name = 'jvs'
          AND wait_event_type = 'Lock'
        """)[0].decode()
      if waiting > 0 { return }
      try await Task.sleep(for: .milliseconds(10))
    }
    Issue.record("the command never met the lock of the test")
  }

  /// The sessions of commands in the database, once those that are leaving have left.
  func sessionsLeft() async throws -> Int {
    let admin = try TestDatabase.connect()
    var left = 0
    for _ in 0..<500 {
      left = try admin.execute(
        """
        SELECT count(*) FROM pg_stat_activity WHERE datname = \(database) AND backend_type = 'client backend'
        """)[0].decode()
      if left == 0 { break }
      try await Task.sleep(for: .milliseconds(10))
    }
    return left
  }
}
