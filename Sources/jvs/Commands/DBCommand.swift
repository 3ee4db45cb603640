import ArgumentParser
import Store

/// `jvs db`: the life of the database.
struct DB: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "db", abstract: "Start, stop, inspect or migrate the database; say who may use it.",
    discussion: """
      Examples:
        jvs db status
        jvs db migrate
        jvs db grant dominique --role director --cooperation lemon-aide
      """,
    subcommands: [
      Start.self, Stop.self, Status.self, Migrate.self, Diagram.self, Grant.self, Revoke.self,
    ])

  /// `jvs db start`.
  struct Start: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Start the private database and leave it running.",
      discussion: """
        Commands start it by themselves; starting it once spares a series of them the wait.

        Example:
          jvs db start
        """)

    @OptionGroup var places: Places
    @OptionGroup var voice: Voice

    func run() async throws {
      try reportingFailure {
        let data = try places.privateData()
        _ = try PrivateCluster(data: data).start()
        try ClusterUse.keepRunning(true, in: data)
        try voice.console.answer(["state": "running"])
        try voice.console.say("The private database runs; stop it with jvs db stop.")
      }
    }
  }

  /// `jvs db stop`.
  struct Stop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Stop the private database.",
      discussion: """
        Sessions of other commands end; what they had not committed is undone.

        Example:
          jvs db stop
        """)

    @OptionGroup var places: Places
    @OptionGroup var voice: Voice

    func run() async throws {
      try reportingFailure {
        let data = try places.privateData()
        try ClusterUse.keepRunning(false, in: data)
        try PrivateCluster(data: data).stop()
        try voice.console.answer(["state": "stopped"])
        try voice.console.say("The private database is stopped.")
      }
    }
  }

  /// `jvs db status`.
  struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say whether the private database runs, and how large it is.",
      discussion: """
        States: absent, stopped, starting, running, damaged.

        Example:
          jvs db status --json
        """)

    @OptionGroup var places: Places
    @OptionGroup var voice: Voice

    /// The answer for a machine.
    struct Answer: Encodable {
      var state: String
      var pid: Int?
      var socket: String?
      var version: String?
      var sizeBytes: Int
      var freeBytes: Int
    }

    func run() async throws {
      try reportingFailure {
        let status = try PrivateCluster(data: places.privateData()).status()
        try voice.console.answer(
          Answer(
            state: status.state.rawValue, pid: status.pid, socket: status.socket, version: status.version,
            sizeBytes: status.sizeBytes,
            freeBytes: status.freeBytes))
        var line = "\(status.state.rawValue)"
        if let pid = status.pid { line += ", process \(pid)" }
        if let version = status.version { line += ", PostgreSQL \(version)" }
        line += ", \(status.sizeBytes >> 20) MiB used, \(status.freeBytes >> 20) MiB free"
        try voice.console.say(line)
      }
    }
  }

  /// `jvs db migrate`.
  struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Bring the database to the shape of SQL/.",
      discussion: """
        Forward only, each file once, in one transaction with the row that records it.

        Example:
          jvs db migrate --database postgresql://jvs@db.example/jvs
        """)

    @OptionGroup var places: Places
    @OptionGroup var voice: Voice

    func run() async throws {
      try reportingFailure {
        let migrator = try Migrator(folder: places.homeFolder() + "/SQL")
        try Session.withConnection(places, as: .migrate, console: voice.console) { connection in
          let applied = try migrator.migrate(connection)
          if !places.namesDatabase { try Access(connection).grantOperators() }
          try voice.console.answer(applied)
          try voice.console.say(
            applied.isEmpty ? "Nothing to migrate." : applied.map { "applied \($0)" }.joined(separator: "\n"))
        }
      }
    }
  }
}
