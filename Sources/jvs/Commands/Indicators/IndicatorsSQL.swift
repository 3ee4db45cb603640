import ArgumentParser
import Capture
import Impact
import Store

extension IndicatorsCommand {
  /// `jvs indicators sql`.
  struct SQLText: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "sql", abstract: "Print the statements that count an indicator, with their constants.",
      discussion: """
        For every cooperation and quarter of the table “period”, from the views of the schema “measure”. Where
        indicators share an entity and a window, one pass counts them all. A derived indicator is shown through
        those it names.

        Example:
          jvs indicators sql dynamic-exit-rate
        """)

    @Argument(help: "The indicator.")
    var id: String

    @OptionGroup var places: Places
    @OptionGroup var voice: Voice

    /// A statement for a machine.
    struct Answer: Encodable {
      var indicator: String
      var entity: String?
      var breakdown: String?
      var expression: String?
      var statement: String?
      var parameters: [String]
    }

    func run() async throws {
      try reportingFailure {
        let catalogue = try Catalogue(readingFrom: places.homeFolder() + "/Indicators")
        let answers = try answers(catalogue.definition(named: id), catalogue)
        try voice.console.answer(answers)
        try voice.console.say(answers.map(SQLText.text).joined(separator: "\n\n"))
      }
    }

    /// The definition's own statements, after those of what it is derived from, each once.
    private func answers(_ definition: Indicator, _ catalogue: Catalogue) throws -> [Answer] {
      let needed = catalogue.limited(to: [definition.name])
      let counted = needed.indicators.filter { $0.measure.expression == nil && $0.name != definition.name }
      let derived = needed.derivationOrder().order.filter {
        $0.name != definition.name && !$0.id.contains("@")
      }
      return try (counted + derived + [definition]).flatMap { definition -> [Answer] in
        if let expression = definition.measure.expression {
          return [
            Answer(indicator: definition.id, expression: expression.description, parameters: [])
          ]
        }
        return try Archive.statements(of: definition, vocabulary: catalogue.vocabulary).map {
          Answer(
            indicator: definition.id, entity: $0.entity, breakdown: $0.field, statement: $0.text,
            parameters: $0.parameters)
        }
      }
    }

    private static func text(_ answer: Answer) -> String {
      if let expression = answer.expression { return "-- \(answer.indicator) = \(expression)" }
      let heading =
        "-- \(answer.indicator), from \(answer.entity ?? "")" + (answer.breakdown.map { ", by \($0)" } ?? "")
      let constants = answer.parameters.enumerated().map { "-- $\($0.offset + 1) = \($0.element)" }
      return ([heading, (answer.statement ?? "") + ";"] + constants).joined(separator: "\n")
    }
  }
}
