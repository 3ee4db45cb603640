import ArgumentParser
import Capture
import Impact

extension IndicatorsCommand {
  /// `jvs indicators show`.
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Print the method sheet of an indicator: what it says, how, from what, and what it does not say.",
      discussion: """
        ID is an indicator, or an earlier version of one, as exits@1. Parameters are shown with the value in
        force on the day named.

        Examples:
          jvs indicators show dynamic-exit-rate
          jvs indicators show in-job-at-6-months --lang en
        """)

    @Argument(help: "The indicator.")
    var id: String

    @Option(name: .long, help: "The language of the sheet: fr or en.")
    var lang: Language = .french

    @Option(name: .long, help: "The day parameters are read on, as 2026-10-16. Default: today in Paris.")
    var today: Day?

    @OptionGroup var places: Places
    @OptionGroup var voice: Voice

    func run() async throws {
      try reportingFailure {
        let catalogue = try Catalogue(readingFrom: places.homeFolder() + "/Indicators")
        let sheet = MethodSheet(
          try catalogue.definition(named: id), catalogue: catalogue, language: lang,
          day: today ?? .todayInParis())
        try voice.console.answer(sheet.answer)
        try voice.console.say(sheet.text)
      }
    }
  }
}
