import ArgumentParser
import Capture
import Impact
import Postgres
import Store

/// `jvs person domain`: whose cooperations recognise the same person.
struct PersonDomain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "domain",
    abstract: "Declare that cooperations of one controller share a pseudonymisation domain.",
    discussion: """
      By default each cooperation is a domain of its own, with keys of its own, so that nobody can link people across
      cooperations. A controller of several may declare one domain for them; people known in both are then one
      person, from now on: past releases stay as they are.

      Examples:
        jvs person domain --cooperation lemon-aide --name ares
        jvs person domain --cooperation recygo --name ares
      """)

  @Option(name: .long, help: "The cooperation, by its name in data.")
  var cooperation: String

  @Option(name: .long, help: "The domain: lower-case letters, digits and hyphens.")
  var name: String

  @Option(name: .long, help: "The business day, as 2026-10-16. Default: today in Paris.")
  var today: Day?

  @OptionGroup var places: Places
  @OptionGroup var voice: Voice

  /// The answer for a machine.
  struct Answer: Encodable {
    var domain: String
    var identities: Int
    var recognised: Int
  }

  func validate() throws {
    guard name.wholeMatch(of: #/[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?/#) != nil else {
      throw ValidationError("A domain is written in lower-case letters, digits and inner hyphens.")
    }
  }

  func run() async throws {
    try reportingFailure {
      try Session.open(places, as: .identity, console: voice.console) { session in
        let desk = Desk(session)
        try desk.requireKnown(cooperation)
        if try desk.archive.key(.pseudonym, of: name) == nil {
          _ = try KeyMaker(desk).make(Archive.KeyRecord.Purpose.allCases, for: name) { _, record in
            try desk.archive.record(record)
          }
        }
        guard let record = try desk.archive.key(.pseudonym, of: name) else {
          throw Failure(.defect, "the key just made is not there")
        }
        let key = try desk.key(record.id)
        let moved = try desk.archive.connection.transaction {
          let moved = try desk.archive.move(cooperation, to: name, key: key.id, on: today ?? .todayInParis())
          {
            key.pseudonym(of: $0)
          }
          try desk.log(
            .domain, .security, cooperation: cooperation, persons: moved.rectified + moved.unchanged)
          return moved
        }
        try voice.console.answer(
          Answer(domain: name, identities: moved.rectified + moved.unchanged, recognised: moved.recognised))
        try voice.console.say(
          "“\(cooperation)” is of the domain “\(name)”: \(moved.rectified + moved.unchanged) identities digested "
            + "anew, \(moved.recognised) of them known from another cooperation.")
      }
    }
  }
}
