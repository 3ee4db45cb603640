import ArgumentParser
import Capture
import Foundation
import Impact

extension IndicatorsCommand {
  /// `jvs indicators list`.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the indicators by dimension, in the order of the pages.",
      discussion: """
        Earlier versions that are still computed stand under their indicator.

        Examples:
          jvs indicators list
          jvs indicators list --dimension exits --lang en
        """)

    @Option(name: .long, help: "Only those of this dimension.")
    var dimension: String?

    @Option(name: .long, help: "The language of the labels: fr or en.")
    var lang: Language = .french

    @OptionGroup var places: Places
    @OptionGroup var voice: Voice

    /// A definition for a machine.
    struct Answer: Encodable {
      var id: String
      var version: Int
      var dimension: String
      var kind: String
      var unit: String
      var window: String
      var shiftMonths: Int
      var direction: String
      var isHeadline: Bool
      var validFrom: String?
      var validTo: String?
      var french: String
      var english: String
    }

    func run() async throws {
      try reportingFailure {
        let catalogue = try Catalogue(readingFrom: places.homeFolder() + "/Indicators")
        let names = catalogue.dimensions.map(\.id)
        if let dimension, !names.contains(dimension) {
          throw Failure(
            .dataRefused,
            "there is no dimension “\(dimension)”\(NearestName.hint(for: dimension, among: names)); use \(names.joined(separator: ", "))"
          )
        }
        let dimensions = catalogue.dimensions.filter { dimension == nil || $0.id == dimension }
        let listed = dimensions.map { dimension in
          (
            dimension,
            catalogue.indicators.filter { $0.dimension == dimension.id }.flatMap {
              catalogue.versions(of: $0.id)
            }
          )
        }
        try voice.console.answer(listed.flatMap(\.1).map(List.answer))
        var lines: [String] = []
        let width = listed.flatMap(\.1).map(\.id.count).max() ?? 0
        for (dimension, definitions) in listed {
          lines += lines.isEmpty ? [] : [""]
          lines.append("\(dimension.label[lang]) (\(dimension.id))")
          for definition in definitions {
            lines.append(
              "  " + definition.id.padding(toLength: width, withPad: " ", startingAt: 0) + "  "
                + "v\(definition.version)".padding(toLength: 4, withPad: " ", startingAt: 0)
                + definition.measure.kind.padding(toLength: 11, withPad: " ", startingAt: 0)
                + definition.unit.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0)
                + definition.label[lang])
          }
        }
        let count = listed.flatMap(\.1).count
        lines += ["", "\(count) definition(s), catalogue \(catalogue.version)."]
        try voice.console.say(lines.joined(separator: "\n"))
      }
    }

    private static func answer(_ definition: Indicator) -> Answer {
      Answer(
        id: definition.id, version: definition.version, dimension: definition.dimension,
        kind: definition.measure.kind, unit: definition.unit.rawValue, window: definition.window.rawValue,
        shiftMonths: definition.shift * 3, direction: definition.direction.rawValue,
        isHeadline: definition.isHeadline, validFrom: definition.validFrom?.description,
        validTo: definition.validTo?.description, french: definition.label.french,
        english: definition.label.english)
    }
  }
}
