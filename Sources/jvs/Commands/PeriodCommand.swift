import ArgumentParser
import Foundation
import Impact
import Store

/// `jvs period`: the review of a quarter, step by step.
struct PeriodCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "period", abstract: "Submit, validate, close or reopen a quarter of a cooperation.",
    discussion: """
      A quarter is provisional until its author submits it and somebody else validates it; then it may be
      closed. Rows that arrive later are recorded, listed by “late”, and restated by the next release.

      Examples:
        jvs period submit --cooperation lemon-aide --quarter 2026T2 --by "Awa Diallo"
        jvs period status
      """,
    subcommands: [Submit.self, Validate.self, Close.self, Reopen.self, Status.self, Late.self])

  /// Which quarter, and who signs.
  struct Signing: ParsableArguments {
    @Option(name: .long, help: "The cooperation.")
    var cooperation: String

    @Option(name: .long, help: "The quarter, as 2026T2.")
    var quarter: Quarter

    @Option(name: .long, help: "Who signs. Default: the login of this machine.")
    var by: String?

    @Option(name: .long, help: "Why; kept for good, so name nobody in it.")
    var reason: String?

    /// Takes the step and says so.
    func sign(_ act: Archive.ReviewAct, _ places: Places, _ voice: Voice) throws {
      try reportingFailure {
        try Session.open(places, as: .review, console: voice.console) { session in
          let name = by ?? NSUserName()
          try session.archive.review(act, cooperation, quarter, by: name, reason: reason)
          try voice.console.answer([
            "cooperation": cooperation, "quarter": quarter.description, "act": act.rawValue, "by": name,
          ])
          try voice.console.say("\(quarter) of \(cooperation) is \(act.rawValue) by \(name).")
        }
      }
    }
  }

  /// `jvs period submit`.
  struct Submit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Hold a quarter for complete.",
      discussion: """
        Example:
          jvs period submit --cooperation lemon-aide --quarter 2026T2 --by "Awa Diallo"
        """)

    @OptionGroup var signing: Signing
    @OptionGroup var places: Places
    @OptionGroup var voice: Voice

    func run() async throws { try signing.sign(.submitted, places, voice) }
  }

  /// `jvs period validate`.
  struct Validate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Agree with a submitted quarter, as somebody else than its author.",
      discussion: """
        Example:
          jvs period validate --cooperation lemon-aide --quarter 2026T2 --by "Jean Martin"
        """)

    @OptionGroup var signing: Signing
    @OptionGroup var places: Places
    @OptionGroup var voice: Voice

    func run() async throws { try signing.sign(.validated, places, voice) }
  }

  /// `jvs period close`.
  struct Close: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Close a validated quarter: nothing more is expected.",
      discussion: """
        Example:
          jvs period close --cooperation lemon-aide --quarter 2026T2 --by "Jean Martin"
        """)

    @OptionGroup var signing: Signing
    @OptionGroup var places: Places
    @OptionGroup var voice: Voice

    func run() async throws { try signing.sign(.closed, places, voice) }
  }

  /// `jvs period reopen`.
  struct Reopen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a quarter provisional again, as somebody else than who validated it.",
      discussion: """
        Example:
          jvs period reopen --cooperation lemon-aide --quarter 2026T2 --by "Awa Diallo" --reason "hours of June"
        """)

    @OptionGroup var signing: Signing
    @OptionGroup var places: Places
    @OptionGroup var voice: Voice

    func run() async throws { try signing.sign(.reopened, places, voice) }
  }

  /// `jvs period status`.
  struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say which quarters are submitted, validated or closed, and by whom.",
      discussion: """
        A quarter that is not listed is provisional.

        Example:
          jvs period status --cooperation lemon-aide
        """)

    @Option(name: .long, help: "Only this cooperation.")
    var cooperation: String?

    @Option(name: .long, help: "Only this quarter, as 2026T2.")
    var quarter: Quarter?

    @OptionGroup var places: Places
    @OptionGroup var voice: Voice

    /// A state for a machine.
    struct Answer: Encodable {
      struct Signature: Encodable {
        var name: String
        var day: String
      }
      var cooperation: String
      var quarter: String
      var state: String
      var submitted: Signature?
      var validated: Signature?
      var closed: Signature?
    }

    func run() async throws {
      try reportingFailure {
        try Session.open(places, as: .audit, console: voice.console) { session in
          let periods = try session.archive.periods().filter { period in
            period.cooperation == cooperation ?? period.cooperation
              && period.quarter == quarter ?? period.quarter
          }
          try voice.console.answer(periods.map(answer))
          if periods.isEmpty { try voice.console.say("Every quarter is provisional.") }
          for period in periods {
            let signatures = [
              ("submitted", period.submitted), ("validated", period.validated), ("closed", period.closed),
            ].compactMap { act, signature in signature.map { "\(act) on \($0.day) by \($0.name)" } }
            try voice.console.say(
              (["\(period.cooperation) \(period.quarter)  \(period.state.rawValue)"] + signatures).joined(
                separator: ", "))
          }
        }
      }
    }

    private func answer(_ period: PeriodStatus) -> Answer {
      func signature(_ signed: PeriodStatus.Signature?) -> Answer.Signature? {
        signed.map { Answer.Signature(name: $0.name, day: $0.day.description) }
      }
      return Answer(
        cooperation: period.cooperation, quarter: period.quarter.description, state: period.state.rawValue,
        submitted: signature(period.submitted), validated: signature(period.validated),
        closed: signature(period.closed))
    }
  }

  /// `jvs period late`.
  struct Late: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the rows that arrived after their quarter was validated.",
      discussion: """
        They are recorded, and the next release restates what they change.

        Example:
          jvs period late --cooperation lemon-aide
        """)

    @Option(name: .long, help: "Only this cooperation.")
    var cooperation: String?

    @OptionGroup var places: Places
    @OptionGroup var voice: Voice

    /// Late rows of one file, for a machine.
    struct Answer: Encodable {
      var cooperation: String
      var quarter: String
      var entity: String
      var batch: Int
      var file: String
      var recordedAt: String
      var recorded: Int
      var ended: Int
    }

    func run() async throws {
      try reportingFailure {
        try Session.open(places, as: .audit, console: voice.console) { session in
          let late = try session.archive.lateRows().filter { $0.cooperation == cooperation ?? $0.cooperation }
          try voice.console.answer(
            late.map {
              Answer(
                cooperation: $0.cooperation, quarter: $0.quarter.description, entity: $0.entity,
                batch: $0.batch, file: $0.file, recordedAt: $0.recordedAt, recorded: $0.recorded,
                ended: $0.ended)
            })
          if late.isEmpty { try voice.console.say("Nothing arrived after its quarter was validated.") }
          for rows in late {
            try voice.console.say(
              "\(rows.cooperation) \(rows.quarter)  \(rows.entity): \(rows.recorded) row(s) recorded, "
                + "\(rows.ended) ended by \(rows.file), batch \(rows.batch), \(rows.recordedAt.prefix(19))Z")
          }
        }
      }
    }
  }
}
