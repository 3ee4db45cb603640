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

  /// A target for a machine.
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
    var indicator: String
    var quarter: String
    var original: Double?
    var current: Double?
    var revisions: [Revision]
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
        let targets = try session.archive.targets(
          of: cooperation, in: [quarter], decidedBy: day, asOf: session.archive.lastBatch())
        try voice.console.answer(targets.map(answer))
        if targets.isEmpty { try voice.console.say("\(cooperation) has no target set for \(quarter).") }
        for target in targets { try voice.console.say(text(target)) }
      }
    }
  }

  private func text(_ target: Target) -> String {
    func words(_ revision: Target.Revision?) -> String {
      revision.map { "\($0.value) (\($0.kind.rawValue))" } ?? "none"
    }
    var lines = [
      "\(target.indicator), \(target.quarter): first \(words(target.original)), current \(words(target.current))"
    ]
    for revision in target.revisions {
      lines.append(
        "  \(revision.decidedOn)  \(words(revision))"
          + (revision.baseline.map { ", from \($0)" } ?? "")
          + (revision.decidedBy.map { ", by \($0)" } ?? "") + ", \(revision.reason): \(revision.decision)")
    }
    return lines.joined(separator: "\n")
  }

  private func answer(_ target: Target) -> Answer {
    Answer(
      indicator: target.indicator, quarter: target.quarter.description, original: target.original?.value,
      current: target.current?.value,
      revisions: target.revisions.map {
        Answer.Revision(
          value: $0.value, kind: $0.kind.rawValue, baseline: $0.baseline,
          decidedOn: $0.decidedOn.description, decidedBy: $0.decidedBy, reason: $0.reason,
          decision: $0.decision)
      })
  }
}
