import ArgumentParser
import Capture
import Foundation
import Impact
import Postgres
import Store

/// `jvs person import`: who some participants are.
struct PersonImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Record who the participants of a cooperation are.",
    discussion: """
      A CSV file shaped by Indicators/schemas/identity.json: participant, last_name, first_names, birth_date, and
      contact and pass_iae_number if known. Their codes must be known from participant.csv. The same identity in two
      cooperations of one domain is one person.

      Rows of people who were forgotten are refused and counted, never named; with --returning, because they came
      back themselves, they are recorded again. Nothing is copied from the file but its good rows; delete it
      afterwards.

      Examples:
        jvs person import identity.csv --cooperation lemon-aide
        jvs person import identity-returning.csv --cooperation lemon-aide --returning
        jvs person import identity.csv --cooperation lemon-aide --json
      """)

  @Argument(help: "The file.")
  var file: String

  @Option(name: .long, help: "The cooperation, by its name in data.")
  var cooperation: String

  @Flag(name: .long, help: "People of the file who were forgotten have come back themselves.")
  var returning = false

  @Option(name: .long, help: "The business day, as 2026-10-16. Default: today in Paris.")
  var today: Day?

  @OptionGroup var places: Places
  @OptionGroup var voice: Voice

  /// The answer for a machine.
  struct Answer: Encodable {
    var cooperation: String
    var read: Int
    var registered: Int
    var rectified: Int
    var unchanged: Int
    var suppressed: Int
    var refused: Int
    var recognised: Int
    var batch: Int?
  }

  func run() async throws {
    let isRefusedInPart = try reportingFailure {
      try Session.open(places, as: .identity, console: voice.console) { session in try record(Desk(session)) }
    }
    if isRefusedInPart { throw ExitCode(Failure.Code.dataRefused.rawValue) }
  }

  private func record(_ desk: Desk) throws -> Bool {
    try desk.requireKnown(cooperation)
    guard let schema = try desk.session.schemas().schema(named: "identity") else {
      throw Failure(.usage, "Indicators/schemas/identity.json is missing; restore it")
    }
    let key = try desk.key(.pseudonym, for: cooperation)
    let suppressionKeys = try desk.archive.suppressionKeys(of: cooperation).map(desk.key)
    var rows: [Archive.IdentityRow] = []
    var diagnostics: [Diagnostic] = []
    let report = try FactFile(path: file, schema: schema).read { row in
      guard let identity = PersonIdentity(row, of: schema), identity.isTelling else {
        diagnostics.append(
          Diagnostic(
            file: file, line: row.line, code: "identity",
            message: "the names of this row have no letter; write them as on the identity document"))
        return
      }
      rows.append(
        Archive.IdentityRow(
          line: row.line, identity: identity, hmac: key.pseudonym(of: identity),
          suppressions: Dictionary(
            uniqueKeysWithValues: suppressionKeys.map { ($0.id, $0.pseudonym(of: identity)) })))
    }
    let registration = try desk.archive.connection.transaction {
      let registration = try desk.archive.register(
        rows, of: cooperation, key: key.id, file: file, on: today ?? .todayInParis(), areReturning: returning)
      try desk.log(.import, .followUp, cooperation: cooperation, persons: report.read)
      return registration
    }
    diagnostics = (report.diagnostics + diagnostics + registration.diagnostics).sorted {
      ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0)
    }
    for diagnostic in diagnostics {
      if diagnostic.severity == .warning {
        voice.console.remark("remark: \(diagnostic)")
      } else {
        voice.console.refusal("refused: \(diagnostic)")
      }
    }
    if registration.suppressed > 0 {
      voice.console.refusal(
        "refused: \(registration.suppressed) row(s) of people who were forgotten; take them out of the file")
    }
    let accepted = registration.registered + registration.rectified + registration.unchanged
    try voice.console.answer(
      Answer(
        cooperation: cooperation, read: report.read, registered: registration.registered,
        rectified: registration.rectified, unchanged: registration.unchanged,
        suppressed: registration.suppressed, refused: report.read - accepted - registration.suppressed,
        recognised: registration.recognised, batch: registration.batch))
    try voice.console.say(
      "\(report.read) row(s) read: \(registration.registered) identities recorded, \(registration.rectified) "
        + "corrected, \(registration.unchanged) unchanged, \(report.read - accepted) refused "
        + "(\(registration.suppressed) of forgotten people); \(registration.recognised) person(s) already known "
        + "from another code.")
    return accepted < report.read
  }
}
