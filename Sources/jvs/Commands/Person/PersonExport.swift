import ArgumentParser
import Foundation
import Impact
import Publication
import Store

/// `jvs person export`: everything kept about one person, for that person.
struct PersonExport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write everything kept about one person (right of access).",
    discussion: """
      One JSON file for a machine and one page in French for the person: the identity, every revision of every fact,
      and which releases counted them among others. Both are readable by their owner only (0600); nothing is
      overwritten. Hand them over, then delete them.

      Example:
        jvs person export --cooperation lemon-aide --participant LA-001 --to answer
      """)

  @Option(name: .long, help: "The cooperation, by its name in data.")
  var cooperation: String

  @Option(name: .long, help: "The code of the person there.")
  var participant: String

  @Option(name: .long, help: "The folder to write to; made if needed, for its owner only.")
  var to: String

  @Option(name: .long, help: "The business day, as 2026-10-16. Default: today in Paris.")
  var today: Day?

  @OptionGroup var places: Places
  @OptionGroup var voice: Voice

  /// The answer for a machine.
  struct Answer: Encodable {
    var files: [String]
    var identities: Int
    var facts: Int
    var releases: Int
  }

  func run() async throws {
    try reportingFailure {
      try Session.open(places, as: .identity, console: voice.console) { session in
        let desk = Desk(session)
        try desk.requireKnown(cooperation)
        let file = try desk.archive.personFile(
          participant, of: cooperation, facts: desk.facts(), on: today ?? .todayInParis())
        guard !file.isEmpty else {
          throw Failure(.dataRefused, "nothing is kept under this code in “\(cooperation)”; check the code")
        }
        // Logged first: what was written down is then never unlogged.
        try desk.log(.export, .accessRight, cooperation: cooperation, persons: 1)
        let folder = absolute(to)
        let stem = "\(folder)/\(cooperation)-\(participant)"
        try PrivateFile.makeFolder(folder)
        try PrivateFile.write(PersonJSON(file).bytes, to: stem + ".json")
        try PrivateFile.write(PersonPage(file).page, to: stem + ".html")
        let facts = file.sections.reduce(0) { $0 + $1.rows.count }
        try voice.console.answer(
          Answer(
            files: [stem + ".html", stem + ".json"], identities: file.identities.count, facts: facts,
            releases: file.releases.count))
        try voice.console.say(
          "\(facts) fact(s) and \(file.identities.count) identity record(s) written to \(stem).html and .json, "
            + "readable by you only; hand them over, then delete them.")
      }
    }
  }
}
