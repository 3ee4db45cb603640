internal import Impact

/// What reviews said and left to do, a row each; empty tables for audiences that see masked figures.
struct MinutesRows {
  /// An open decision a row.
  let decisions: CSV
  /// A commentary a row.
  let commentaries: CSV

  init(_ edition: Edition) {
    let names = Names(edition)
    let release = edition.release
    decisions = CSV(
      [
        "release", "cooperation", "cooperation_name", "decision", "quarter", "text", "owner", "due_on",
        "overdue", "signed_by", "data_nature",
      ],
      rows: edition.decisions.map { decision in
        [
          .text(release.id), .text(decision.cooperation), .text(names.cooperation(decision.cooperation)),
          .text(decision.id), .text(decision.quarter.description), .text(decision.text),
          .text(decision.owner), .text(decision.dueOn?.description),
          .text(decision.isOverdue(on: release.cut) ? "true" : "false"), .text(decision.signedBy),
          .text(names.dataNature(decision.cooperation)),
        ]
      })
    commentaries = CSV(
      [
        "release", "cooperation", "cooperation_name", "commentary", "quarter", "indicator", "text", "author",
        "written_on", "data_nature",
      ],
      rows: edition.commentaries.map { commentary in
        [
          .text(release.id), .text(commentary.cooperation),
          .text(names.cooperation(commentary.cooperation)), .text(commentary.id),
          .text(commentary.quarter.description), .text(commentary.indicator), .text(commentary.text),
          .text(commentary.author), .text(commentary.writtenOn.description),
          .text(names.dataNature(commentary.cooperation)),
        ]
      })
  }
}
