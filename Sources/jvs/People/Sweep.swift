import Foundation
import Impact
import Postgres
import Store

/// One retention sweep: what is to be erased, and the erasing of exactly that.
struct Sweep {
  let desk: Desk
  let day: Day
  /// Most persons erased by one run.
  var limit = 200

  /// What a sweep finds.
  struct Plan {
    var rule: Archive.RetentionRule
    var isSuspended: Bool
    var retained: [Archive.Retained]
    var limit: Int

    func at(_ stage: Archive.Retained.Stage) -> [Archive.Retained] { retained.filter { $0.stage == stage } }

    /// What one run erases: the oldest contacts first, at most the limit; nobody while sweeps are stopped.
    var due: [Archive.Retained] { isSuspended ? [] : Array(at(.due).prefix(limit)) }

    /// The plan for a reader: codes, never names.
    func text(isDryRun: Bool) -> String {
      var lines = [
        "Identities are kept \(rule.months) months after the last contact (\(rule.source)).",
        "\(isDryRun ? "Due" : "Erased now"): \(due.count) of \(at(.due).count) due; notice to give: "
          + "\(at(.toNotify).count); notice running: \(at(.notified).count); kept by a legal hold: \(at(.held).count).",
      ]
      if isSuspended { lines.append("Sweeps are stopped; nothing is erased.") }
      for person in retained {
        lines.append(
          "  \(person.cooperation) \(person.participant): last contact \(person.lastContact), to be erased from "
            + "\(person.expiresOn), \(person.stage.rawValue)")
      }
      return lines.joined(separator: "\n")
    }
  }

  /// The plan for a machine.
  struct Answer: Encodable {
    struct Person: Encodable {
      var cooperation: String
      var participant: String
      var lastContact: String
      var expiresOn: String
      var stage: String
    }

    var day: String
    var isDryRun: Bool
    var isSuspended: Bool
    var months: Int
    var erased: Int
    var persons: [Person]

    init(_ plan: Plan, isDryRun: Bool, day: Day) {
      self.day = day.description
      self.isDryRun = isDryRun
      isSuspended = plan.isSuspended
      months = plan.rule.months
      erased = isDryRun ? 0 : plan.due.count
      persons = plan.retained.map {
        Person(
          cooperation: $0.cooperation, participant: $0.participant, lastContact: $0.lastContact.description,
          expiresOn: $0.expiresOn.description, stage: $0.stage.rawValue)
      }
    }
  }

  /// What a run would do today.
  func plan() throws -> Plan {
    Plan(
      rule: try desk.archive.retentionRule(on: day), isSuspended: try desk.archive.isRetentionSuspended(),
      retained: try desk.archive.retained(desk.facts(), on: day), limit: limit)
  }

  /// Writes down that notice is given today.
  func notify(_ plan: Plan) throws { try desk.archive.notice(plan.at(.toNotify), on: day) }

  /// Erases what the plan says is due: one transaction a cooperation.
  func erase(_ plan: Plan) throws -> (Archive.ErasureReport, PersonalFacts) {
    let facts = try desk.facts()
    var total = Archive.ErasureReport()
    let until = day.adding(months: plan.rule.suppressedMonths)
    for (cooperation, persons) in Dictionary(grouping: plan.due, by: \.cooperation).sorted(by: {
      $0.key < $1.key
    }) {
      try Interruption.check()
      let report = try desk.archive.connection.transaction {
        let report = try desk.archive.forget(
          persons.map(\.participant), of: cooperation, facts: facts, reason: .retention, until: until,
          on: day,
          isDry: false, by: desk.forgetter(for: cooperation))
        try desk.log(.retention, .retention, cooperation: cooperation, persons: report.identities)
        return report
      }
      total.identities += report.identities
      total.redactedRows += report.redactedRows
      total.keptRows += report.keptRows
      total.texts += report.texts
      total.toRead += report.toRead
    }
    if !plan.isSuspended { try desk.archive.dropExpiredSuppressions(on: day) }
    return (total, facts)
  }

  /// The sweep of a night: gives notice and leaves the list to the director; erases only where that is asked for.
  ///
  /// - Parameter isErasing: whether what is due is erased.
  /// - Returns: how the step ended and what it did, in numbers.
  /// - Throws: the database's error, or that of the report; then nobody is erased.
  func nightly(isErasing: Bool) throws -> (Archive.Outcome, String) {
    let plan = try plan()
    let (toNotify, due) = (plan.at(.toNotify).count, plan.due.count)
    guard toNotify + due > 0 else { return (.nothingNew, "no identity is due") }
    let folder = desk.session.places.dataFolder + "/retention"
    let report = "\(folder)/\(day).report.txt"
    if !FileManager.default.fileExists(atPath: report) {
      try PrivateFile.makeFolder(folder)
      try PrivateFile.write(Array((plan.text(isDryRun: !isErasing) + "\n").utf8), to: report)
    }
    try notify(plan)
    guard isErasing, due > 0 else {
      try desk.log(.retention, .retention, persons: toNotify, isDryRun: true)
      return (
        toNotify > 0 ? .done : .nothingNew,
        "notice given for \(toNotify), \(due) due; the list is in \(report)"
      )
    }
    let (erased, facts) = try erase(plan)
    let scrub = try desk.scrub(facts, redacted: erased.redactedRows > 0)
    let texts = Erasures.texts(erased, isDone: true)
    if !texts.isEmpty { try append(texts, to: report) }
    return (
      .done,
      (["notice given for \(toNotify), \(erased.identities) identities erased"] + scrub.remarks
        + (texts.isEmpty ? [] : ["texts that name them, or may, are listed in \(report)"])).joined(
          separator: "; ")
    )
  }

  private func append(_ lines: [String], to report: String) throws {
    let before = try? Data(contentsOf: URL(fileURLWithPath: report))
    try WholeFile.write(to: report) { put in
      try put(Array(before ?? Data()))
      try put(Array((lines.joined(separator: "\n") + "\n").utf8))
    }
  }
}
