import ArgumentParser
import Impact
import Store

/// `jvs compute`: facts into figures and scores.
struct Compute: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compute figures and scores from the recorded facts.",
    discussion: """
      Computes every indicator for every cooperation and quarter up to the one named, as the next release
      would say it. After the first time, only what was touched since is computed again: new or corrected
      facts, changed definitions or parameters, follow-ups that fell due. The result is the same.

      Examples:
        jvs compute --quarter 2026T3
        jvs compute
      """)

  @Option(
    name: .long, help: "The last quarter reported, as 2026T3. Default: the last one whose cut has passed.")
  var quarter: Quarter?

  @Option(name: .long, help: "The business day, as 2026-10-16. Default: today in Paris.")
  var today: Day?

  @OptionGroup var places: Places
  @OptionGroup var voice: Voice

  func run() async throws {
    try reportingFailure {
      try Session.open(places, as: .compute, console: voice.console) { session in
        let quarter = self.quarter ?? ReleaseCalendar.lastDue(on: today ?? .todayInParis())
        let outcome = try Chain(session: session, console: voice.console).compute(quarter)
        try voice.console.answer(outcome)
        try voice.console.say(outcome.words)
      }
    }
  }
}
