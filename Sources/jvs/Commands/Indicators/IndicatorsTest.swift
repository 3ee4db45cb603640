import ArgumentParser
import Capture
import Impact
import Store

extension IndicatorsCommand {
  /// `jvs indicators test`.
  struct Test: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Run the worked example of each definition in the database, and say which do not come out.",
      discussion: """
        The rows of an example stand in temporary tables for as long as it runs: nothing recorded is read or
        changed. Ends with 65 when an example does not give its own answer, or is missing.

        Examples:
          jvs indicators test
          jvs indicators test dynamic-exit-rate exits
        """)

    @Argument(help: "The indicators. Default: all of them, earlier versions too.")
    var ids: [String] = []

    @OptionGroup var places: Places
    @OptionGroup var voice: Voice

    /// One example for a machine.
    struct Answer: Encodable {
      var file: String
      var isPassed: Bool
      var difference: String?
    }

    func run() async throws {
      let hasFailed = try reportingFailure {
        let catalogue = try Catalogue(readingFrom: places.homeFolder() + "/Indicators")
        let definitions = try catalogue.definitions(named: ids)
        return try Session.open(places, as: .compute, console: voice.console) { session in
          let answers = try definitions.map { definition in
            let answer = try answer(definition, catalogue, session.archive)
            try voice.console.say(
              answer.isPassed ? "pass  \(answer.file)" : "FAIL  \(answer.file): \(answer.difference ?? "")")
            return answer
          }
          let failed = answers.filter { !$0.isPassed }.count
          try voice.console.answer(answers)
          try voice.console.say("\(answers.count - failed) of \(answers.count) example(s) give their answer.")
          return failed > 0
        }
      }
      if hasFailed { throw ExitCode(Failure.Code.dataRefused.rawValue) }
    }

    private func answer(_ definition: Indicator, _ catalogue: Catalogue, _ archive: Archive) throws -> Answer
    {
      let file = catalogue.file(of: definition)
      guard let example = definition.example else {
        return Answer(file: file, isPassed: false, difference: "there is no example; add one")
      }
      let content = try archive.content(of: example, for: definition, vocabulary: catalogue.vocabulary)
      let difference = example.difference(from: content)
      return Answer(file: file, isPassed: difference == nil, difference: difference?.description)
    }
  }
}
