import ArgumentParser
import Store

/// `jvs person log`: who used identities, when and why.
struct PersonLog: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Print the access log of identities.",
    discussion: """
      Who, when, what, why, which cooperation, how many persons; never at whom. Reading it is logged too.

      Examples:
        jvs person log
        jvs person log --last 1000 --json
      """)

  @Option(name: .long, help: "How many entries.")
  var last = 100

  @OptionGroup var places: Places
  @OptionGroup var voice: Voice

  /// One entry for a machine.
  struct Entry: Encodable {
    var at: String
    var role: String
    var user: String
    var action: String
    var purpose: String
    var cooperation: String?
    var persons: Int
    var isDryRun: Bool
  }

  func run() async throws {
    try reportingFailure {
      try Session.open(places, as: .identity, console: voice.console) { session in
        let desk = Desk(session)
        try desk.log(.log, .control, persons: 0)
        let entries = try desk.archive.accessLog(last: max(1, last)).map {
          Entry(
            at: $0.at, role: $0.role, user: $0.access.systemUser, action: $0.access.action.rawValue,
            purpose: $0.access.purpose.rawValue, cooperation: $0.access.cooperation,
            persons: $0.access.persons,
            isDryRun: $0.access.isDryRun)
        }
        try voice.console.answer(entries)
        try voice.console.say(
          entries.map {
            "\($0.at) \($0.user) (\($0.role)): \($0.action), \($0.purpose), "
              + "\($0.cooperation ?? "all cooperations"), \($0.persons) person(s)\($0.isDryRun ? ", dry run" : "")"
          }.joined(separator: "\n"))
      }
    }
  }
}
