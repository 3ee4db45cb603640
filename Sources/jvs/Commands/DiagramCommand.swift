import ArgumentParser
import Capture
import Store

extension DB {
  /// `jvs db diagram`.
  struct Diagram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the tables of the database and what points to what.",
      discussion: """
        Markdown with Mermaid diagrams: the part of SQL/README.md between its two markers, from the database
        itself and the shapes of Indicators/schemas/.

        Example:
          jvs db diagram
        """)

    @OptionGroup var places: Places
    @OptionGroup var voice: Voice

    /// The answer for a machine.
    struct Answer: Encodable {
      var page: String
    }

    func run() async throws {
      try reportingFailure {
        try Session.open(places, as: .audit, console: voice.console) { session in
          let page = try session.archive.dataModel(session.schemas().schemas).page
          try voice.console.answer(Answer(page: page))
          try voice.console.say(page)
        }
      }
    }
  }
}
