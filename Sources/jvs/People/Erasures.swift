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
    let pages =
      report.texts.isEmpty
      ? []
      : [
        "pages published before still hold these texts: publish the last release again, then delete the older folders "
          + "of the site"
      ]
    let remarks = elsewhere + pages + scrub.remarks + [backups]
    try console.answer(
      PersonForget.Answer(
        isDryRun: false, identities: report.identities, redacted: report.redactedRows,
        keptFacts: report.keptRows, texts: report.texts.map(\.name), textsToRead: report.toRead.map(\.name),
        isTableRewritten: scrub.isTableRewritten,
        isLogDiscarded: scrub.isLogDiscarded, remarks: remarks))
    try console.say(
      "Erased: \(report.identities) identity record(s) and \(report.redactedRows) free text(s). "
        + "The facts stay under their codes, and no figure changes.")
    for line in Erasures.texts(report, isDone: true) { try console.say(line) }
    for remark in remarks { try console.say("Note: \(remark).") }
  }

  /// The texts that speak of the person, and those somebody has to read; where, never what.
  static func texts(_ report: Archive.ErasureReport, isDone: Bool) -> [String] {
    func list(_ texts: [Archive.SpokenText]) -> String {
      texts.map(\.name).joined(separator: ", ")
    }
    var lines: [String] = []
    if !report.texts.isEmpty {
      lines.append("\(isDone ? "Erased" : "To be erased") with it: \(list(report.texts)).")
    }
    if !report.toRead.isEmpty {
      lines.append(
        "May name the person, and stay: \(list(report.toRead)). Read each with jvs history, as jvs history commentary "
          + "C-12; erase those that do with --text PLACE\(isDone ? " and the same command" : "").")
    }
    return lines
  }
}

extension Archive.SpokenText {
  /// Place and field: `commentary/C-12 (text)`.
  var name: String { "\(place) (\(field))" }
}
