import Store

/// The end of an erasure: what the server's files still hold is taken out, and what is out of reach is said.
struct Erasures {
  let desk: Desk
  let console: Console

  /// Scrubs the server's files and says what was done.
  func finish(_ report: Archive.ErasureReport, _ facts: PersonalFacts, backupDays: Int?) throws {
    let scrub =
      report.identities + report.redactedRows > 0
      ? try desk.scrub(facts, redacted: report.redactedRows > 0) : Archive.Scrub()
    let backups =
      backupDays.map {
        "backups made before now hold what was erased for \($0) day(s) more; after restoring one, run jvs person "
          + "forget --replay --confirm"
      }
      ?? "backups made before now hold what was erased until they expire (say for how long with --backup-days); "
      + "after restoring one, run jvs person forget --replay --confirm"
    let elsewhere =
      report.elsewhere.isEmpty
      ? []
      : [
        "the same person is still named under \(report.elsewhere.joined(separator: ", ")); forget that too if the "
          + "request covers it"
      ]
    let remarks = elsewhere + scrub.remarks + [backups]
    try console.answer(
      PersonForget.Answer(
        isDryRun: false, identities: report.identities, redacted: report.redactedRows,
        keptFacts: report.keptRows, isTableRewritten: scrub.isTableRewritten,
        isLogDiscarded: scrub.isLogDiscarded, remarks: remarks))
    try console.say(
      "Erased: \(report.identities) identity record(s), the free text of \(report.redactedRows) fact(s). "
        + "The facts stay under their codes, and no figure changes.")
    for remark in remarks { try console.say("Note: \(remark).") }
  }
}
