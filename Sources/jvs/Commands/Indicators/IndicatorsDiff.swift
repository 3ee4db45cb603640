import ArgumentParser
import Capture
import Impact
import Store

extension IndicatorsCommand {
  /// `jvs indicators diff`.
  struct Diff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Say what definitions and reference tables as they are now would change in a release's figures.",
      discussion: """
        Every figure of every past quarter is computed again from the facts of the release, with the files of
        Indicators/ as they are, reference tables too; what differs can only come from them. Nothing is kept.
        Rows of reference tables that differ from those the release was computed with are listed first.

        Examples:
          jvs indicators diff
          jvs indicators diff dynamic-exit-rate --release 2026T2-r1 --limit 200
        """)

    @Argument(help: "The indicators. Default: every one whose definition changed.")
    var ids: [String] = []

    @Option(name: .long, help: "The release compared with. Default: the last one.")
    var release: String?

    @Option(name: .long, help: "How many changed figures of an indicator are listed.")
    var limit = 20

    @OptionGroup var places: Places
    @OptionGroup var voice: Voice

    func validate() throws {
      if limit < 0 { throw ValidationError("--limit counts figures; give 0 or more.") }
    }

    func run() async throws {
      try reportingFailure {
        try Session.open(places, as: .compute, console: voice.console) { session in
          let release = try Chain(session: session, console: voice.console).release(named: release)
          let (old, new) = (try session.catalogue(of: release), try session.catalogue())
          let known = Set((new.indicators + old.indicators).map(\.id))
          if let unknown = ids.first(where: { !known.contains($0) }) {
            throw Failure(
              .dataRefused,
              "neither the definitions nor \(release.id) have an indicator “\(unknown)”\(NearestName.hint(for: unknown, among: known.sorted()))"
            )
          }
          let seen = Archive.Perspective(quarter: release.quarter, cut: release.cut, batch: release.batch)
          let tables = try ReferenceTable.all(
            readingFrom: session.indicators, schemas: session.schemas())
          let references = try session.archive.changes(of: tables, since: release.batch)
          let defined = new.names(changedSince: old).filter { ids.isEmpty || ids.contains($0) }
          let moved = new.names(reading: references.entities).filter {
            !defined.contains($0) && (ids.isEmpty || ids.contains($0))
          }
          let touched = Set(references.rows.map(\.table))
          let figures = try session.archive.figures(
            of: new.limited(to: defined + moved), seen: seen,
            with: tables.filter { touched.contains($0.name) })
          let comparison = DefinitionComparison(
            defined: defined, moved: moved, references: references.rows,
            from: (old, try session.archive.figures(in: release.id)), to: (new, figures))
          try voice.console.answer(comparison.answer(release, limit: limit))
          try voice.console.say(comparison.text(release, limit: limit))
        }
      }
    }
  }
}
