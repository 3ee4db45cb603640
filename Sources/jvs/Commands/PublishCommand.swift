import ArgumentParser
import Impact
import Publication
import Store

/// `jvs publish`: a release into pages and files.
struct Publish: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the pages and files of a release.",
    discussion: """
      Writes an immutable folder under SITE/releases and points SITE/index.html to it, at once: readers see
      the old site or the new one. The same release again writes nothing.

      The audience “internal” sees everything; others see what their threshold leaves.

      Examples:
        jvs publish --site site
        jvs publish --site site --release 2026T2-r1
        jvs publish --site funders --audience funder
      """)

  @Option(name: .long, help: "The folder of the site.")
  var site: String

  @Option(name: .long, help: "The release, as 2026T3-r1. Default: the last one.")
  var release: String?

  @Option(name: .long, help: "Who reads the site, from Indicators/audiences.yaml.")
  var audience = "internal"

  @Flag(name: .long, help: "Also print the headline figures of each cooperation.")
  var summary = false

  @OptionGroup var places: Places
  @OptionGroup var voice: Voice

  func run() async throws {
    try reportingFailure {
      try Session.open(places, as: .compute, console: voice.console) { session in
        let chain = Chain(session: session, console: voice.console)
        let outcome = try chain.publish(chain.release(named: release), to: site, audience: audience) { true }
        try voice.console.answer(outcome)
        if summary { try printHeadlines(chain) }
        try voice.console.say(
          outcome.isNew
            ? "\(outcome.release) published, \(outcome.files) files; open \(outcome.index)."
            : "\(outcome.release) is already published; open \(outcome.index).")
      }
    }
  }

  private func printHeadlines(_ chain: Chain) throws {
    let edition = try chain.edition(chain.release(named: release), audience: audience)
    if edition.isSample { try voice.console.say("Données d’exemple / sample data") }
    for entry in Headlines(edition, in: .french).entries {
      try voice.console.say("\n\(entry.title)")
      for line in entry.lines { try voice.console.say("  \(line)") }
    }
    try voice.console.say("")
  }
}
