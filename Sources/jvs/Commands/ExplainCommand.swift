import ArgumentParser
import Impact
import Store

/// `jvs explain`: how a figure came about.
struct Explain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say how a figure came about: definition, statements, rows used and left out.",
    discussion: """
      FIGURE is RELEASE/COOPERATION/INDICATOR/QUARTER, or without the release for the last computation; a
      part of a breakdown is named after it, as class=durable.

      With --json each term lists all the rows it used: the import, the file and line, the day each counts
      at, and its share of the total. sha256 is that of these rows written one a line as
      importNumber/line/day/share (a share there is none of is left out with its slash), sorted as bytes,
      each ended by a line feed:

        jvs explain lemon-aide/exits/2026T3 --json |
          jq -r '.accounts[0].used[] | [.importNumber, .line, .day, .share] | map(values) | join("/")' |
          LC_ALL=C sort | sha256sum

      Examples:
        jvs explain 2026T3-r1/lemon-aide/dynamic-exit-rate/2026T3
        jvs explain lemon-aide/exits/2026T3/class=durable
      """)

  @Argument(help: "The figure.")
  var figure: String

  @OptionGroup var places: Places
  @OptionGroup var voice: Voice

  func run() async throws {
    try reportingFailure {
      try Session.open(places, as: .compute, console: voice.console) { session in
        let (release, key) = try parsed(session)
        let catalogue: Catalogue
        let perspective: Archive.Perspective
        if let release {
          catalogue = try session.catalogue(of: release)
          perspective = Archive.Perspective(quarter: release.quarter, cut: release.cut, batch: release.batch)
        } else {
          catalogue = try session.catalogue()
          perspective = try Archive.Perspective(
            quarter: key.quarter, cut: ReleaseCalendar.cut(of: key.quarter),
            batch: session.archive.lastBatch())
        }
        let explanation = try session.archive.explanation(of: key, catalogue: catalogue, seen: perspective)
        try voice.console.answer(ExplanationAnswer(explanation, catalogue: catalogue))
        try voice.console.say(ExplanationText(explanation, catalogue: catalogue, release: release).text)
      }
    }
  }

  private func parsed(_ session: Session) throws -> (Release?, Figure.Key) {
    var parts = figure.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    var part: Figure.Part?
    if let last = parts.last, let equals = last.firstIndex(of: "=") {
      part = Figure.Part(field: String(last[..<equals]), value: String(last[last.index(after: equals)...]))
      parts.removeLast()
    }
    let release =
      parts.count == 4
      ? try Chain(session: session, console: voice.console).release(named: parts.removeFirst()) : nil
    guard parts.count == 3, let quarter = Quarter(parts[2]) else {
      throw Failure(
        .usage, "“\(figure)” names no figure; write COOPERATION/INDICATOR/QUARTER, as lemon-aide/exits/2026T3"
      )
    }
    return (release, Figure.Key(indicator: parts[1], cooperation: parts[0], quarter: quarter, part: part))
  }
}
