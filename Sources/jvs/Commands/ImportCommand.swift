import ArgumentParser
import Capture
import Impact
import Store

/// `jvs import`: partners' files into recorded facts.
struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Record partners' files.",
    discussion: """
      Files are CSV, one entity a file, named after it: exit.csv, exit-corrections.csv,
      monthly_activity-2026T3.csv… A folder is read with everything in it. The cooperation is the nearest
      enclosing folder that bears its name, or --cooperation.

      Good rows are recorded and bad rows refused with their place and the way out; the command then ends
      with 65. The refused rows are written to exit.rejects.csv, to be mended there and imported by that
      name: their lines, fields and reasons stand in its last columns, which are not read.

      The same file twice records nothing new; a changed row becomes a revision. A file sent again
      after what it lacked has arrived brings in the rows refused before.

      Examples:
        jvs import Deploy/samples --rejects rejects
        jvs import --template contribution --output templates
        jvs import --cooperation lemon-aide exit-corrections.csv
        jvs import --dry-run inbox/lemon-aide
        jvs import --complete --cooperation lemon-aide partnership.csv
        jvs import inbox/lemon-aide --json
      """)

  @Argument(help: "Files, or folders of files.")
  var paths: [String] = []

  @Option(name: .long, help: "The cooperation the files are about, by its name in data.")
  var cooperation: String?

  @Flag(name: .long, help: "Tell all of what an import would do, and record nothing.")
  var dryRun = false

  @Flag(name: .long, help: "Record nothing of any file when a row of one is refused.")
  var allOrNothing = false

  @Flag(name: .long, help: "Each file is the whole of its table: known rows it lacks are closed.")
  var complete = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The folder refused rows are written to.",
      discussion: "Default: beside each file, as exit.rejects.csv of exit.csv."))
  var rejects: String?

  @OptionGroup(title: "Templates") var template: ImportTemplate
  @OptionGroup var places: Places
  @OptionGroup var voice: Voice

  func validate() throws {
    guard paths.isEmpty == (template.entity != nil) else {
      throw ValidationError("Name files or folders to import, or an entity with --template; not both.")
    }
  }

  func run() async throws {
    guard template.entity == nil else {
      return try reportingFailure { try template.write(places, voice.console) }
    }
    let refused = try reportingFailure {
      try Session.open(places, as: .capture, console: voice.console) { session in
        let terms = Reception.Terms(
          isTrial: dryRun, isAllOrNothing: allOrNothing, isComplete: complete)
        let results = try Reception(
          session: session, console: voice.console, terms: terms, rejects: Rejects(folder: rejects)
        ).receive(paths, cooperation: cooperation)
        try voice.console.answer(results.map(ReceptionAnswer.init))
        let total = results.compactMap(\.receipt).reduce(into: Archive.Receipt()) { sum, receipt in
          sum.read += receipt.read
          sum.recorded += receipt.recorded
          sum.revised += receipt.revised
          sum.late += receipt.late
          sum.unchanged += receipt.unchanged
          sum.rejected += receipt.rejected
          sum.closed += receipt.closed
        }
        let isRefused = results.contains { $0.isRefusedInPart }
        if dryRun {
          try voice.console.say("This was a trial: nothing was recorded. An import would have said:")
        } else if allOrNothing, isRefused {
          try voice.console.say(
            "Nothing was recorded, since rows are refused; mend them, or import without --all-or-nothing. "
              + "Without it:")
        }
        let known = results.filter { $0.receipt?.wasKnown ?? false }.count
        try voice.console.say(
          "\(results.count) file(s), \(known) of them already known: \(total.read) rows read, \(total.recorded) "
            + "recorded (\(total.revised) of them revisions), \(total.unchanged) unchanged, \(total.rejected) refused"
            + (total.closed > 0 ? ", \(total.closed) known rows closed." : ".")
            + (total.late > 0
              ? " \(total.late) recorded about quarters already released, validated or closed: the next release restates what they change."
              : "")
        )
        return isRefused
      }
    }
    if refused { throw ExitCode(Failure.Code.dataRefused.rawValue) }
  }
}
