import ArgumentParser
import Impact
import Postgres
import Store

/// `jvs person hold`: keeps an identity from erasure for a legal reason.
struct PersonHold: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold", abstract: "Keep an identity from erasure until a day, for a legal reason.",
    discussion: """
      For example an operation of the ESF, whose evidence is owed for years after the last payment. The reason names
      the duty, never the person.

      Examples:
        jvs person hold --cooperation lemon-aide --participant LA-001 --until 2031-12-31 --reason "FSE+, art. 82"
        jvs person hold --cooperation lemon-aide --participant LA-001 --lift
      """)

  @Option(name: .long, help: "The cooperation, by its name in data.")
  var cooperation: String

  @Option(name: .long, help: "The code of the person there.")
  var participant: String

  @Option(name: .long, help: "The last day of the hold, as 2031-12-31.")
  var until: Day?

  @Option(name: .long, help: "The duty to keep.")
  var reason: String?

  @Flag(name: .long, help: "Lift the hold.")
  var lift = false

  @OptionGroup var places: Places
  @OptionGroup var voice: Voice

  func validate() throws {
    if lift == (until != nil || reason != nil) {
      throw ValidationError("Give --until and --reason, or --lift.")
    }
    if !lift, until == nil || (reason ?? "").isEmpty {
      throw ValidationError("Give both --until and --reason.")
    }
  }

  func run() async throws {
    try reportingFailure {
      try Session.open(places, as: .identity, console: voice.console) { session in
        let desk = Desk(session)
        try desk.requireKnown(cooperation)
        let isKnown = try desk.archive.connection.transaction {
          let isKnown = try desk.archive.hold(participant, of: cooperation, until: until, reason: reason)
          try desk.log(.hold, .restrictionRight, cooperation: cooperation, persons: isKnown ? 1 : 0)
          return isKnown
        }
        guard isKnown else {
          throw Failure(
            .dataRefused, "no identity is kept under this code in “\(cooperation)”; check the code")
        }
        try voice.console.answer(["hold": until?.description ?? "lifted"])
        try voice.console.say(until.map { "Kept until \($0)." } ?? "The hold is lifted.")
      }
    }
  }
}
