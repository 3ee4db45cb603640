public import ArgumentParser
import Capture
public import Impact

/// `jvs indicators`: the definitions, read, explained, tried and compared.
struct IndicatorsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "indicators", abstract: "List, explain, try or compare the definitions of indicators.",
    discussion: """
      Definitions are the files of Indicators/; Indicators/README.md teaches to write one.

      Examples:
        jvs indicators list
        jvs indicators show dynamic-exit-rate --lang en
        jvs indicators diff
      """,
    subcommands: [List.self, Show.self, SQLText.self, Test.self, Diff.self])
}

extension Language: ExpressibleByArgument {}

extension Catalogue {
  /// The definitions of that name, or all of them.
  ///
  /// - Throws: a `Failure` that names the nearest one.
  func definitions(named names: [String]) throws -> [Indicator] {
    guard !names.isEmpty else { return definitions }
    return try names.map { try definition(named: $0) }
  }

  /// The definition of that name: the newest version, or an earlier one as `exits@1`.
  func definition(named name: String) throws -> Indicator {
    guard let found = definition(name) else {
      throw Failure(
        .dataRefused,
        "there is no indicator “\(name)”\(NearestName.hint(for: name, among: definitions.map(\.id))); jvs indicators list names them"
      )
    }
    return found
  }

  /// The file of a definition, inside Indicators/.
  func file(of definition: Indicator) -> String { "\(definition.dimension)/\(definition.id).yaml" }
}
