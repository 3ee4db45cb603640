import ArgumentParser
import Impact
import Store

/// `jvs release`: figures frozen for good.
struct ReleaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release", abstract: "Freeze the figures of a quarter under a release name.",
    discussion: """
      A release never changes. When the figures differ from the last release of the quarter, a new one is
      made (2026T3-r2) that says what it restates; when they do not, nothing is done.

      Examples:
        jvs release --quarter 2026T3
        jvs release
      """)

  @Option(
    name: .long, help: "The last quarter reported, as 2026T3. Default: the last one whose cut has passed.")
  var quarter: Quarter?

  @Option(name: .long, help: "The business day, as 2026-10-16. Default: today in Paris.")
  var today: Day?

  @OptionGroup var places: Places
  @OptionGroup var voice: Voice

  /// The answer for a machine.
  struct Answer: Encodable {
    var release: String
    var isNew: Bool
    /// Tables nothing new was received of for the quarter, though it came for the two before, by cooperation.
    var awaited: [String: [String]]
  }

  func run() async throws {
    try reportingFailure {
      try Session.open(places, as: .compute, console: voice.console) { session in
        let quarter = self.quarter ?? ReleaseCalendar.lastDue(on: today ?? .todayInParis())
        let chain = Chain(session: session, console: voice.console)
        switch try chain.release(quarter) {
        case .made(let release):
          try voice.console.answer(
            Answer(release: release.id, isNew: true, awaited: chain.awaited(release)))
          try voice.console.say("\(release.id) released: data cut on \(release.cut), batch \(release.batch).")
        case .unchanged(let release):
          try voice.console.answer(
            Answer(release: release.id, isNew: false, awaited: chain.awaited(release)))
          try voice.console.say("\(release.id) already says exactly this.")
        }
      }
    }
  }
}
