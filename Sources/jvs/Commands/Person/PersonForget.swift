import ArgumentParser
import Capture
import Impact
import Postgres
import Store

/// `jvs person forget`: erases who a person is.
struct PersonForget: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget", abstract: "Erase who a person is (right to erasure), or say what would be erased.",
    discussion: """
      Without --confirm nothing is changed. With it, in one transaction: the identity is deleted, free text in the
      person's facts is replaced by “[effacé]”, so is every commentary, decision, target or reason of a review that
      names the person beyond doubt, and a digest is kept that refuses the person if a file brings them back. Texts
      that only may name the person are listed: read them with jvs history, and name those to erase with --text. The facts stay, under a code nobody here can name any more: figures and releases do not change.
      The table is then written anew and the database's log given up, so that no file of the server keeps the name.

      After a backup is restored, --replay does every erasure again, from the journal kept beside the keys.

      Examples:
        jvs person forget --cooperation lemon-aide --participant LA-001
        jvs person forget --cooperation lemon-aide --participant LA-001 --confirm
        jvs person forget --cooperation lemon-aide --participant LA-001 --text commentary/C-12 --confirm
        jvs person forget --replay --confirm
      """)

  @Option(name: .long, help: "The cooperation, by its name in data.")
  var cooperation: String?

  @Option(name: .long, help: "The code of the person there.")
  var participant: String?

  @Option(
    name: .long, help: "The place of a text that also speaks of the person, as commentary/C-12; give several."
  )
  var text: [String] = []

  @Flag(name: .long, help: "Do again every erasure that a restored backup undid.")
  var replay = false

  @Flag(name: .long, help: "Erase; without it, only say what would be erased.")
  var confirm = false

  @Option(name: .long, help: "Days for which backups are kept. Default: JVS_BACKUP_DAYS, else not known.")
  var backupDays: Int?

  @Option(name: .long, help: "The business day, as 2026-10-16. Default: today in Paris.")
  var today: Day?

  @OptionGroup var places: Places
  @OptionGroup var voice: Voice

  /// The answer for a machine.
  struct Answer: Encodable {
    var isDryRun: Bool
    var identities: Int
    var redacted: Int
    var keptFacts: Int
    /// Texts that spoke of the person, by place and field.
    var texts: [String]
    /// Texts that may speak of the person and stay.
    var textsToRead: [String]
    var isTableRewritten: Bool
    var isLogDiscarded: Bool
    var remarks: [String]
  }

  func validate() throws {
    if replay, !text.isEmpty {
      throw ValidationError("--text goes with --participant; a replay knows the texts from the journal.")
    }
    if replay == (cooperation != nil || participant != nil) {
      throw ValidationError("Give either --cooperation and --participant, or --replay.")
    }
    if !replay, cooperation == nil || participant == nil {
      throw ValidationError("Give both --cooperation and --participant.")
    }
  }

  func run() async throws {
    try reportingFailure {
      try Session.open(places, as: .identity, console: voice.console) { session in
        let desk = Desk(session)
        let facts = try desk.facts()
        let report = try replay ? again(desk, facts) : forget(desk, facts)
        guard confirm else {
          try voice.console.answer(
            Answer(
              isDryRun: true, identities: report.identities, redacted: report.redactedRows,
              keptFacts: report.keptRows, texts: report.texts.map(\.name),
              textsToRead: report.toRead.map(\.name), isTableRewritten: false, isLogDiscarded: false,
              remarks: report.elsewhere.map { "still named under \($0)" }))
          try voice.console.say(
            "Would be erased: \(report.identities) identity record(s) and \(report.redactedRows) free text(s). "
              + "\(report.keptRows) fact(s) would stay under the code. Nothing was changed; add --confirm.")
          for line in Erasures.texts(report, isDone: false) { try voice.console.say(line) }
          return
        }
        try Erasures(desk: desk, console: voice.console)
          .finish(report, facts, backupDays: backupDays ?? environment("JVS_BACKUP_DAYS").flatMap { Int($0) })
      }
    }
  }

  private func forget(_ desk: Desk, _ facts: PersonalFacts) throws -> Archive.ErasureReport {
    let cooperation = cooperation ?? ""
    let day = today ?? .todayInParis()
    try desk.requireKnown(cooperation)
    return try desk.archive.connection.transaction {
      let until = day.adding(months: try desk.archive.retentionRule(on: day).suppressedMonths)
      let report = try desk.archive.forget(
        [participant ?? ""], of: cooperation, facts: facts, reason: .request, until: until, on: day,
        texts: Set(text), isDry: !confirm, by: desk.forgetter(for: cooperation))
      guard report.identities + report.keptRows > 0 else {
        throw Failure(.dataRefused, "nothing is kept under this code in “\(cooperation)”; check the code")
      }
      try desk.log(.forget, .erasureRight, cooperation: cooperation, persons: 1, isDryRun: !confirm)
      return report
    }
  }

  private func again(_ desk: Desk, _ facts: PersonalFacts) throws -> Archive.ErasureReport {
    let (erasures, damaged) = try desk.journal()
    guard !erasures.isEmpty else {
      throw Failure(
        .dataRefused, "the journal \(KeyFolder.journalName) is empty or missing; restore it beside the keys")
    }
    if damaged > 0 {
      voice.console.refusal(
        "\(damaged) line(s) of the journal \(KeyFolder.journalName) cannot be read and are passed over; compare it with "
          + "its backup")
    }
    var found: [String: PseudonymKey] = [:]
    func key(_ id: String) throws -> PseudonymKey {
      if let key = found[id] { return key }
      let key = try desk.key(id)
      found[id] = key
      return key
    }
    return try desk.archive.connection.transaction {
      let report = try desk.archive.replay(
        erasures, facts: facts, on: today ?? .todayInParis(), isDry: !confirm,
        check: { try key($0).checkValue }, digest: { try key($0).pseudonym(of: $1) })
      try desk.log(.replay, .restore, persons: report.identities, isDryRun: !confirm)
      return report
    }
  }
}
