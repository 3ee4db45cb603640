import ArgumentParser
import Capture
import Foundation
import Impact
import Postgres
import Store

/// `jvs doctor`: what this machine lacks, and how to get it.
struct Doctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what is missing on this machine and how to get it.",
    discussion: """
      Ends with 0 when everything needed is there, 69 otherwise. With --max-age, a last successful night
      that is too old counts as missing: run it from a monitor, outside the batch.

      Examples:
        jvs doctor
        jvs doctor --max-age 26
      """)

  @Option(name: .long, help: "Most hours since the last successful nightly run.")
  var maxAge: Int?

  @OptionGroup var places: Places
  @OptionGroup var voice: Voice

  /// One thing looked at.
  struct Finding: Encodable {
    var subject: String
    var state: String
    var detail: String
  }

  func run() async throws {
    var places = self.places
    places.knowsUnlimited = true  // it says so itself
    var findings: [Finding] = []
    func look(_ subject: String, _ work: () throws -> String) {
      do {
        let detail = try work()
        findings.append(Finding(subject: subject, state: "ok", detail: detail))
      } catch let remark as Remark {
        findings.append(Finding(subject: subject, state: "warning", detail: remark.text))
      } catch {
        findings.append(Finding(subject: subject, state: "missing", detail: Failure(error).description))
      }
    }
    look("definitions") {
      let folder = try places.homeFolder() + "/Indicators"
      return "\(try Catalogue(readingFrom: folder).indicators.count) indicators in \(folder)"
    }
    if !places.namesDatabase {
      look("private database") {
        let status = try PrivateCluster(data: places.dataFolder).status()
        guard status.freeBytes > 1 << 30 else {
          throw Remark(
            "\(status.freeBytes >> 20) MiB free in \(places.dataFolder); give it 1024 MiB at least")
        }
        return "\(status.state.rawValue) in \(places.dataFolder), \(status.freeBytes >> 20) MiB free"
      }
    }
    look("store") {
      try Session.open(places, as: .audit, console: Console(isQuiet: true)) { session in
        let version = session.archive.connection.serverVersion
        // Row-level security is not safe before 15.20 (CVE-2026-116311 and its neighbours).
        if version / 10_000 == 15, version < 150_020 {
          throw Remark(
            "PostgreSQL 15.\(version % 10_000) is older than 15.20; apt-get install --only-upgrade postgresql-15"
          )
        }
        return "PostgreSQL \(version / 10_000).\(version % 10_000), batch \(try session.archive.lastBatch())"
      }
    }
    look("rights") {
      try Session.open(places, as: .audit, console: Console(isQuiet: true)) { session in
        let access = Access(session.archive.connection)
        let gaps = try access.gaps()
        guard gaps.isEmpty else {
          throw Failure(
            .databaseUnavailable, gaps.joined(separator: "; ") + "; run jvs db migrate, or ask who changed it"
          )
        }
        let (protected, all) = try access.coverage()
        let covered = "\(protected) of \(all) tables under row-level security"
        let isUnlimited = try access.isUnlimited()
        guard try isUnlimited || access.mayDo(.auditor) else {
          return "\(covered); who may do what is told to the role auditor"
        }
        let said = "\(covered); logins: \(try Doctor.text(access.logins()))"
        if isUnlimited {
          throw Remark(
            "\(try access.currentLogin()) is a superuser or bypasses row-level security, which protects nothing "
              + "from it: its use takes --i-know; \(said)")
        }
        return said
      }
    }
    look("last night") {
      try Session.open(places, as: .audit, console: Console(isQuiet: true)) { session in
        guard let hours = try session.archive.hoursSinceLastSuccess("nightly") else {
          guard maxAge == nil else {
            throw Failure(.databaseUnavailable, "no night has succeeded yet; run jvs nightly")
          }
          throw Remark("no night has run yet; jvs nightly does it, Deploy/ has a systemd timer")
        }
        if let maxAge, hours > Double(maxAge) {
          throw Failure(
            .databaseUnavailable,
            "the last successful night was \(Int(hours)) hours ago, more than \(maxAge); look at its report with jvs nightly"
          )
        }
        return "succeeded \(Int(hours)) hour(s) ago"
      }
    }
    let answer = findings
    try reportingFailure {
      try voice.console.answer(answer)
      for finding in answer {
        let name = finding.subject.padding(toLength: 18, withPad: " ", startingAt: 0)
        try voice.console.say(
          "\(finding.state.padding(toLength: 9, withPad: " ", startingAt: 0))\(name)\(finding.detail)")
      }
    }
    if findings.contains(where: { $0.state == "missing" }) {
      throw ExitCode(Failure.Code.databaseUnavailable.rawValue)
    }
  }

  /// Who may do what, in one line: `name (capture: lemon-aide; funder: grand-est)`.
  private static func text(_ logins: [Access.Login]) -> String {
    logins.map { login in
      let places = [login.cooperations, login.audiences].filter { !$0.isEmpty }.map {
        $0.joined(separator: ", ")
      }
      let groups = login.isUnlimited ? ["superuser"] : login.groups.map(\.rawValue)
      return "\(login.name) (\(([groups.joined(separator: ", ")] + places).joined(separator: ": ")))"
    }.joined(separator: ", ")
  }

  /// Something worth saying that stops nothing.
  private struct Remark: Error {
    var text: String
    init(_ text: String) { self.text = text }
  }
}
