import ArgumentParser
import Impact
import Store

/// `jvs person count`: people served by the portfolio, each once.
struct PersonCount: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "count", abstract: "Count the people a portfolio served, each once.",
    discussion: """
      People who worked at least an hour in the quarter. Somebody served by two cooperations of one domain counts
      once; the sum of the parts and the difference are said beside. Names are not needed for it.

      Examples:
        jvs person count --quarter 2026T3
        jvs person count --quarter 2026T3 --cooperation lemon-aide --cooperation recygo
      """)

  @Option(name: .long, help: "The quarter, as 2026T3.")
  var quarter: Quarter

  @Option(name: .long, help: "A cooperation of the portfolio; give several. Default: all.")
  var cooperation: [String] = []

  @OptionGroup var places: Places
  @OptionGroup var voice: Voice

  /// The answer for a machine.
  struct Answer: Encodable {
    var quarter: String
    var people: Int
    var parts: [String: Int]
    var sumOfParts: Int
    var countedTwice: Int
    var unlinked: Int
  }

  func run() async throws {
    try reportingFailure {
      try Session.open(places, as: .identity, console: voice.console) { session in
        let people = try session.archive.distinctPeople(
          across: cooperation.isEmpty ? nil : cooperation, in: quarter)
        try voice.console.answer(
          Answer(
            quarter: quarter.description, people: people.total,
            parts: Dictionary(uniqueKeysWithValues: people.parts.map { ($0.cooperation, $0.people) }),
            sumOfParts: people.sumOfParts, countedTwice: people.countedTwice, unlinked: people.unlinked))
        var lines = people.parts.map { "\($0.cooperation): \($0.people)" }
        lines.append("sum of the parts: \(people.sumOfParts)")
        lines.append("people, each once: \(people.total) (\(people.countedTwice) counted twice in the sum)")
        if people.unlinked > 0 {
          lines.append(
            "\(people.unlinked) of them are known by a code only, and might be the same person twice")
        }
        try voice.console.say(lines.joined(separator: "\n"))
      }
    }
  }
}
