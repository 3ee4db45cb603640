import ArgumentParser
import Capture
import Impact
import Store

/// `jvs sroi`: the impact map of a cooperation's year, as a release keeps it.
struct SROICommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sroi",
    abstract: "Print the social return of a cooperation's year: what was put in, what changed, the ratio.",
    discussion: """
      Values and deductions are those of Indicators/sroi.yaml as the release was made with; what has no number
      has a reason. Returns of several cooperations are never added up.

      Examples:
        jvs sroi --cooperation lemon-aide
        jvs sroi --cooperation lemon-aide --year 2024 --release 2026T2-r1
      """)

  @Option(name: .long, help: "The cooperation.")
  var cooperation: String

  @Option(name: .long, help: "The calendar year. Default: the last whole one.")
  var year: Int?

  @Option(name: .long, help: "The release, as 2026T3-r1. Default: the last one.")
  var release: String?

  @OptionGroup var places: Places
  @OptionGroup var voice: Voice

  func run() async throws {
    try reportingFailure {
      try Session.open(places, as: .audit, console: voice.console) { session in
        let known = try session.archive.cooperationNames()
        guard known.contains(cooperation) else {
          throw Failure(
            .dataRefused,
            "the cooperation “\(cooperation)” is unknown\(NearestName.hint(for: cooperation, among: known))")
        }
        let release = try Chain(session: session, console: voice.console).release(named: self.release)
        guard let model = try session.catalogue(of: release).socialReturn else {
          throw Failure(
            .dataRefused,
            "\(release.id) was made without Indicators/sroi.yaml, so it has no social return; make a new release"
          )
        }
        let returns = try session.archive.yearReturns(in: release.id).filter { $0.cooperation == cooperation }
        let wanted = returns.last { one in
          year.map { one.year == $0 } ?? one.isWhole
        }
        guard let shown = wanted ?? (year == nil ? returns.last : nil) else {
          throw Failure(
            .dataRefused,
            "\(release.id) has no year \(year.map(String.init) ?? "") of \(cooperation); it has "
              + returns.map { "\($0.year)" }.joined(separator: ", "))
        }
        let text = SocialReturnText(shown: shown, model: model, release: release.id)
        try voice.console.answer(text.answer)
        for line in text.lines { try voice.console.say(line) }
      }
    }
  }
}
