import ArgumentParser
import Capture
import Impact
import Store

/// `jvs targets`: what was decided, and what is in force.
struct TargetsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "targets",
    abstract: "Print the targets of a cooperation: first, current, and every decision.",
    discussion: """
      An indicator that is not listed has no target set, which is not a target of 0.

      Examples:
        jvs targets --cooperation lemon-aide
        jvs targets --cooperation lemon-aide --quarter 2026T2 --today 2026-06-30
      """)

  @Option(name: .long, help: "The cooperation.")
  var cooperation: String

  @Option(name: .long, help: "The quarter, as 2026T2. Default: the last one whose cut has passed.")
  var quarter: Quarter?

  @Option(name: .long, help: "Decisions up to this day, as 2026-10-16. Default: today in Paris.")
  var today: Day?

  @OptionGroup var places: Places
  @OptionGroup var voice: Voice

  /// A target for a machine; one without revisions was never set.
  struct Answer: Encodable {
    struct Revision: Encodable {
      var value: Double
      var kind: String
      var baseline: Double?
      var decidedOn: String
      var decidedBy: String?
      var reason: String
      var decision: String
    }
    /// How far the value has come.
    struct Progress: Encodable {
      /// `covered`, `holds`, `off` or `undefined`.
      var state: String
      /// The share of the way to the target: 1 is there.
      var share: Double?
      /// How far off the value is.
      var offBy: Double?
      /// Why nothing can be told: `no-target`, `no-value`, `no-baseline`.
      var reason: String?
    }
    var indicator: String
    var quarter: String
    var original: Double?
    var current: Double?
    var revisions: [Revision]
    /// The value compared, and the release it is of; `nil` when it was only computed.
    var value: Double?
    var release: String?
    var progress: Progress
  }

  func run() async throws {
    try reportingFailure {
      try Session.open(places, as: .audit, console: voice.console) { session in
        let known = try session.archive.cooperationNames()
        guard known.contains(cooperation) else {
          throw Failure(
            .dataRefused,
            "the cooperation “\(cooperation)” is unknown\(NearestName.hint(for: cooperation, among: known))")
        }
        let day = today ?? .todayInParis()
        let quarter = self.quarter ?? ReleaseCalendar.lastDue(on: day)
        let report = TargetReport(
          targets: try session.archive.targets(
            of: cooperation, in: [quarter], decidedBy: day, asOf: session.archive.lastBatch()),
          known: try session.archive.lastFigures(of: cooperation, in: quarter),
          catalogue: try session.catalogue())
        try voice.console.answer(report.answers(quarter))
        if report.targets.isEmpty {
          try voice.console.say("\(cooperation) has no target set for \(quarter).")
        }
        for target in report.targets { try voice.console.say(report.text(target)) }
        if !report.targets.isEmpty, let unset = report.unsetText { try voice.console.say(unset) }
      }
    }
  }
}
