import ArgumentParser
import Foundation
import Impact
import Store

/// `jvs nightly`: the whole chain, unattended.
struct Nightly: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Import the inbox, compute, release what is due, publish, and leave.",
    discussion: """
      Takes a lock for the whole run; a second run at the same time says who holds it and ends with 75.
      Files of DATA/inbox/<cooperation>/ go to DATA/done/<day>/ or DATA/refused/<day>/, each with its report.
      A quarter is released once, the day after its cut (15 days after its end). A run with nothing new
      writes nothing.

      Examples:
        jvs nightly --site /srv/jvs-site
        jvs nightly --site site --today 2026-10-16
      """)

  @Option(name: .long, help: "The folder of the site.")
  var site: String

  @Option(name: .long, help: "Who reads the site, from Indicators/audiences.yaml.")
  var audience = "internal"

  @Option(
    name: .long,
    help: "What is done with identities that are no longer to be kept: notice, or erase after the notice.")
  var retention = Retention.notice

  /// What the night does with identities that are no longer to be kept.
  enum Retention: String, ExpressibleByArgument, CaseIterable {
    case notice, erase
  }

  @Option(name: .long, help: "The business day, as 2026-10-16. Default: today in Paris.")
  var today: Day?

  @OptionGroup var places: Places
  @OptionGroup var voice: Voice

  /// The answer for a machine.
  struct Answer: Encodable {
    var run: Int
    var day: String
    var steps: [String: String]
  }

  func run() async throws {
    try reportingFailure(isRetried: true) {
      let day = today ?? .todayInParis()
      try Inbox(places.dataFolder).prepare()
      try Session.open(places, as: .nightly, console: voice.console) { session in
        let archive = session.archive
        let run = try archive.beginRun(
          "nightly", on: day, host: ProcessInfo.processInfo.hostName, process: Int(getpid()))
        do {
          let steps = try walk(session, run: run, day: day)
          try archive.end(run)
          try voice.console.answer(Answer(run: run.id, day: day.description, steps: steps))
        } catch {
          // The first error is the one to report; the ledger may be out of reach for the same reason.
          let failure = Interruption.failure(behind: error, isRetried: true) ?? Failure(error)
          try? archive.end(run, failed: failure.description)
          throw error
        }
      }
    }
  }

  private func walk(_ session: Session, run: Archive.Run, day: Day) throws -> [String: String] {
    let archive = session.archive
    let console = voice.console
    let chain = Chain(session: session, console: console)
    var told: [String: String] = [:]
    func step(_ name: String, _ work: () throws -> (Archive.Outcome, String)) throws {
      try Interruption.check()
      try archive.begin(name, of: run)
      do {
        let (outcome, detail) = try work()
        try archive.end(name, of: run, outcome, detail: detail)
        told[name] = detail
        try console.say("\(name): \(detail)")
      } catch {
        let failure = Interruption.failure(behind: error, isRetried: true) ?? Failure(error)
        try? archive.end(name, of: run, .failed, detail: failure.description)
        throw error
      }
    }
    try step("import") {
      let inbox = Inbox(session.places.dataFolder)
      let waiting = inbox.waiting()
      guard !waiting.isEmpty else { return (.nothingNew, "the inbox is empty") }
      let results = try Reception(
        session: session, console: console, today: day, root: inbox.path, rejects: nil
      )
      .receive(waiting.map { inbox.path + "/" + $0 }, cooperation: nil)
      for result in results { try inbox.settle(result, on: day) }
      let recorded = results.compactMap(\.receipt).map(\.recorded).reduce(0, +)
      let rejected = results.compactMap(\.receipt).map(\.rejected).reduce(0, +)
      let refused = results.filter { $0.receipt == nil }.count
      return (
        recorded > 0 ? .done : .nothingNew,
        "\(results.count) file(s), \(recorded) rows recorded, \(rejected) rows and \(refused) whole file(s) refused"
      )
    }
    try step("seal") {
      let sealed = try archive.seal()
      return (sealed > 0 ? .done : .nothingNew, "\(sealed) batch(es) sealed")
    }
    let quarter = ReleaseCalendar.lastDue(on: day)
    try step("compute") {
      let computed = try chain.compute(quarter)
      return (
        computed.isNew ? .done : .nothingNew,
        computed.isNew
          ? "\(computed.computed) of \(computed.figures) figures up to \(quarter)"
          : "nothing new up to \(quarter)"
      )
    }
    try step("release") {
      // A quarter already released is not released again by itself: what changed since is restated by the
      // next one, or by a release somebody asks for.
      if let last = try archive.releases().last(where: { $0.quarter == quarter }) {
        return (.nothingNew, "\(quarter) is released as \(last.id)")
      }
      switch try chain.release(quarter) {
      case .made(let release):
        let awaited = try chain.awaited(release)
        return (
          .done,
          awaited.isEmpty
            ? "\(release.id)" : "\(release.id), \(awaited.values.map(\.count).reduce(0, +)) file(s) awaited"
        )
      case .unchanged(let release): return (.nothingNew, "\(release.id) already says this")
      }
    }
    try step("publish") {
      let published = try chain.publish(chain.release(named: nil), to: site, audience: audience) {
        try Interruption.check()
        return try archive.holdsLock()
      }
      return (
        published.isNew ? .done : .nothingNew,
        published.isNew
          ? "\(published.release), \(published.files) files" : "\(published.release) is already public"
      )
    }
    try step("retention") {
      // Names are not for whoever computes.
      try Session.open(places, as: .identity, console: console) {
        try Sweep(desk: Desk($0), day: day).nightly(isErasing: retention == .erase)
      }
    }
    return told
  }
}
