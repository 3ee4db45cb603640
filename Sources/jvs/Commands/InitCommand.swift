import ArgumentParser
import Store

/// `jvs init`: a database ready to receive files.
struct Init: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prepare the data folder and the database.",
    discussion: """
      Makes the private database when none is configured, applies every migration, and records the parameter
      tables of Indicators/reference. Safe to run again: what is there stays.

      Examples:
        jvs init
        jvs init --data /var/lib/jvs --home /usr/share/jvs
        jvs init --database postgresql://jvs@db.example/jvs
      """)

  @OptionGroup var places: Places
  @OptionGroup var voice: Voice

  /// The answer for a machine.
  struct Answer: Encodable {
    var data: String
  }

  func run() async throws {
    try reportingFailure {
      try Inbox(places.dataFolder).prepare()
      try Session.open(places, as: .migrate, console: voice.console) { session in
        try recordReference(session)
        try voice.console.answer(Answer(data: places.dataFolder))
        try voice.console.say("The store is ready; its data folder is \(places.dataFolder).")
      }
    }
  }
  private func recordReference(_ session: Session) throws {
    guard places.namesDatabase else {
      return try Session.open(places, as: .compute, console: voice.console) {
        _ = try $0.recordReference(console: voice.console)
      }
    }
    // Who applies migrations owns the tables, and need not be one of those who may write into them.
    guard try session.mayWriteReference() else {
      return voice.console.detail("parameters: recorded by the first jvs compute")
    }
    try session.recordReference(console: voice.console)
  }
}
