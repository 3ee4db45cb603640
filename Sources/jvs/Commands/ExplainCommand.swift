import ArgumentParser
import Capture
import Impact
import Store

/// `jvs explain`: how a figure came about.
struct Explain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say how a figure came about: definition, statements, rows used and left out.",
    discussion: """
      FIGURE is RELEASE/COOPERATION/INDICATOR/QUARTER, or without the release
      for the last computation; a part of a breakdown is named after it, as
      class=durable. The cooperation portfolio stands for all of them together.

      With --json each term lists all the rows it used: import, file and line,
      the day each counts at, its share of the total. sha256 is that of these
      rows, one a line as importNumber/line/day/share (without a share, nor its
      slash, where there is none), sorted as bytes, each ended by a line feed:

        jvs explain lemon-aide/exits/2026T3 --json >figure
        jq -r '.accounts[0].used[] | [.importNumber, .line, .day, .share]
          | map(values) | join("/")' figure | LC_ALL=C sort | sha256sum

      Examples:
        jvs explain 2026T3-r1/lemon-aide/dynamic-exit-rate/2026T3
        jvs explain lemon-aide/exits/2026T3/class=durable
        jvs explain 2026T3-r1/portfolio/dynamic-exit-rate/2026T3
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
        let cooperations = try session.archive.cooperationNames()
        if key.cooperation == "portfolio", !cooperations.contains(key.cooperation) {
          let account = try account(key, catalogue, session.archive, perspective, of: cooperations)
          try voice.console.answer(account)
          try voice.console.say(account.text(release.map { $0.id + "/" } ?? ""))
          return
        }
        try check(key, catalogue, among: cooperations)
        let explanation = try session.archive.explanation(of: key, catalogue: catalogue, seen: perspective)
        try voice.console.answer(ExplanationAnswer(explanation, catalogue: catalogue))
        try voice.console.say(ExplanationText(explanation, catalogue: catalogue, release: release).text)
      }
    }
  }

  /// What a figure of the portfolio is made from.
  private func account(
    _ key: Figure.Key, _ catalogue: Catalogue, _ archive: Archive, _ perspective: Archive.Perspective,
    of cooperations: [String]
  ) throws -> PortfolioAccount {
    let definition = try self.definition(of: key, catalogue)
    if let part = key.part {
      throw Failure(
        .dataRefused,
        "the portfolio has no parts by “\(part.field)”; leave \(part.field)=\(part.value) out, or explain a cooperation’s"
      )
    }
    let explanations = try cooperations.compactMap { cooperation -> Explanation? in
      let own = Figure.Key(indicator: key.indicator, cooperation: cooperation, quarter: key.quarter)
      do { return try archive.explanation(of: own, catalogue: catalogue, seen: perspective) } catch Archive
        .Unexplained.noFigure
      { return nil }
    }
    return PortfolioAccount(definition, key.quarter, explanations)
  }

  private func definition(of key: Figure.Key, _ catalogue: Catalogue) throws -> Indicator {
    guard let indicator = catalogue.definition(of: key) else {
      throw Failure(
        .dataRefused,
        "there is no indicator “\(key.indicator)”\(NearestName.hint(for: key.indicator, among: catalogue.indicators.map(\.id))); jvs indicators list names them"
      )
    }
    return indicator
  }

  /// Whether the names of a figure are known, before it is looked for.
  private func check(_ key: Figure.Key, _ catalogue: Catalogue, among cooperations: [String]) throws {
    guard cooperations.contains(key.cooperation) else {
      throw Failure(
        .dataRefused,
        "the cooperation “\(key.cooperation)” is unknown\(NearestName.hint(for: key.cooperation, among: cooperations))"
      )
    }
    let indicator = try definition(of: key, catalogue)
    guard let part = key.part else { return }
    guard indicator.breakdowns.contains(part.field) else {
      let known = indicator.breakdowns.joined(separator: ", ")
      throw Failure(
        .dataRefused,
        "“\(indicator.name)” is not broken down by “\(part.field)”\(NearestName.hint(for: part.field, among: indicator.breakdowns)); "
          + (known.isEmpty ? "it has no parts" : "it is by \(known)"))
    }
    let codes = indicator.measure.terms.lazy.compactMap {
      catalogue.vocabulary.entity($0.entity)?.field(part.field)
    }.first.map { $0.kind == .category ? $0.values.map(\.code) : [] }
    if let codes, !codes.isEmpty, part.value != "unknown", !codes.contains(part.value) {
      throw Failure(
        .dataRefused,
        "“\(part.field)” cannot be “\(part.value)”\(NearestName.hint(for: part.value, among: codes)); use \((codes + ["unknown"]).joined(separator: ", "))"
      )
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
