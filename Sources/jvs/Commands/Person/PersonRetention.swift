import ArgumentParser
import Impact
import Store

/// `jvs person retention`: identities that are no longer to be kept.
struct PersonRetention: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retention", abstract: "Say which identities are no longer to be kept, and erase them.",
    discussion: """
      The rule is dated and stands in identity.retention_rule: 24 months after the last contact that facts tell of,
      erased at the earliest 30 days after a notice. A new contact voids the notice; a legal hold keeps the identity.
      Without an option nothing is changed; --notify writes down that notice is given today, as every night does;
      --confirm erases what is due.

      Examples:
        jvs person retention
        jvs person retention --notify
        jvs person retention --confirm --limit 200
        jvs person retention --suspend
      """)

  @Flag(name: .long, help: "Write down that notice is given today to those soon to be erased.")
  var notify = false

  @Flag(name: .long, help: "Erase what is due; without it, only say what would be erased.")
  var confirm = false

  @Option(name: .long, help: "Most persons erased by one run.")
  var limit = 200

  @Flag(name: .long, help: "Stop every sweep until --resume.")
  var suspend = false

  @Flag(name: .long, help: "Let sweeps go on.")
  var resume = false

  @Option(name: .long, help: "Days for which backups are kept. Default: JVS_BACKUP_DAYS, else not known.")
  var backupDays: Int?

  @Option(name: .long, help: "The business day, as 2026-10-16. Default: today in Paris.")
  var today: Day?

  @OptionGroup var places: Places
  @OptionGroup var voice: Voice

  func validate() throws {
    if [notify, confirm, suspend, resume].count(where: { $0 }) > 1 {
      throw ValidationError("Give one of --notify, --confirm, --suspend, --resume.")
    }
    if limit < 1 { throw ValidationError("--limit is at least 1.") }
  }

  func run() async throws {
    try reportingFailure {
      try Session.open(places, as: .identity, console: voice.console) { session in
        let desk = Desk(session)
        if suspend || resume {
          try desk.archive.suspendRetention(suspend)
          try desk.log(.retention, .control, persons: 0)
          return try voice.console.say(
            suspend ? "Sweeps are stopped; let them go on with --resume." : "Sweeps go on.")
        }
        let sweep = Sweep(desk: desk, day: today ?? .todayInParis(), limit: limit)
        let plan = try sweep.plan()
        try voice.console.answer(Sweep.Answer(plan, isDryRun: !confirm, day: sweep.day))
        try voice.console.say(plan.text(isDryRun: !confirm))
        if notify { try sweep.notify(plan) }
        if confirm {
          let (report, facts) = try sweep.erase(plan)
          if report.identities > 0 {
            // The answer for a machine was given: one line, one value.
            try Erasures(
              desk: desk, console: Console(isQuiet: voice.quiet || voice.json, isVerbose: voice.verbose)
            )
            .finish(
              report, facts, backupDays: backupDays ?? environment("JVS_BACKUP_DAYS").flatMap { Int($0) })
          }
        } else {
          try desk.log(.retention, .retention, persons: plan.due.count, isDryRun: !notify)
        }
      }
    }
  }
}
