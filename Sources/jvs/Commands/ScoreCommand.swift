import ArgumentParser
import Capture
import Foundation
import Impact

/// `jvs score`: a composite indicator of any table.
struct ScoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Compute a composite indicator of any table of units, with every step and how solid it is.",
    discussion: """
      FILE is a CSV table with a row a unit (and period) and a column an indicator; --scorecard says how they
      become a score. Scores are written as CSV on standard output; --tables writes the steps, each to a file of
      its name in the folder of --output: screened, normalised, weights, levels, ranks, sensitivity, runs, changes,
      influences, correlations, outranking, or all. It is the engine of the house's scores, and needs no database.
      Indicators/README.md says how a scorecard is written.

      Examples:
        jvs score countries.csv --scorecard index.yaml
        jvs score countries.csv --scorecard index.yaml --tables levels,sensitivity,ranks --output steps
      """)

  @Argument(help: "The table.")
  var table: String

  @Option(name: .long, help: "How the score is made, a YAML file.")
  var scorecard: String

  @Option(name: .long, help: "The steps to write, separated by commas, or all.")
  var tables: String?

  @Option(name: .long, help: "The folder the steps are written to; made when it does not exist.")
  var output: String?

  @OptionGroup var voice: Voice

  /// The scores for a machine.
  struct Answer: Encodable {
    struct Score: Encodable {
      var unit: String
      var period: String?
      var score: Double?
      var absence: String?
      var coverage: Double
      var scoredRuns: Int?
      var low: Double?
      var high: Double?
      var rankLow: Double?
      var rankHigh: Double?
    }
    var scores: [Score]
    var runs: Int?
    var tables: [String]
    var ignoredColumns: [String]
  }

  func validate() throws {
    if (tables == nil) != (output == nil) {
      throw ValidationError("--tables says which steps are written and --output where; give both or neither.")
    }
    _ = try wanted()
  }

  private func wanted() throws -> [ScoreReport.Table] {
    guard let tables else { return [] }
    if tables == "all" { return ScoreReport.Table.allCases }
    return try tables.split(separator: ",").map { name in
      guard let found = ScoreReport.Table(rawValue: String(name)) else {
        let known = ScoreReport.Table.allCases.map(\.rawValue)
        throw ValidationError(
          "there is no table “\(name)”\(NearestName.hint(for: String(name), among: known)); use \(known.joined(separator: ", ")) or all."
        )
      }
      return found
    }
  }

  func run() async throws {
    do { try await work() } catch let error as ExitCode { throw error } catch {
      let failure = Failure(error)
      Console.sayError(failure.description)
      throw ExitCode(failure.code.rawValue)
    }
  }

  private func work() async throws {
    let definition = try IndexDefinition(readingFrom: scorecard)
    let table = try IndexTable(path: table, definition: definition)
    if !table.ignored.isEmpty {
      voice.console.remark(
        "columns that are no indicator of the scorecard: \(table.ignored.joined(separator: ", "))")
    }
    if !definition.unused.isEmpty {
      voice.console.remark(
        "\(definition.unused.joined(separator: ", ")) of \(definition.file) are not used here: a table of values has "
          + "neither counts of people nor intervals")
    }
    for set in definition.weightSets {
      guard let ratio = set.comparisons?.consistencyRatio, ratio >= 0.1 else { continue }
      let shown = (ratio * 100).rounded() / 100
      voice.console.remark(
        "the comparisons of \"\(set.name)\" contradict each other: their consistency ratio is \(shown), and only "
          + "below 0.1 do they hold together (Saaty 1980); ask for them again before using these weights")
    }
    do {
      let study = try Study(definition.composite, table.panel)
      var trial: SensitivityStudy?
      if !definition.choices.isEmpty {
        trial = try SensitivityStudy(study, try definition.choices.plan(for: definition.composite))
      }
      let report = ScoreReport(definition: definition, table: table, study: study, trial: trial)
      let files = try open(try possible(try wanted(), report), report)
      if voice.json {
        try await answer(report, table, files)
      } else {
        let out = try voice.quiet ? nil : ScoreTable(standardOutputWith: report.header)
        try await report.write(files) { row in try out?.add(report.cells(row)) }
        try out?.finish()
      }
      for file in files.values { try file.finish() }
    } catch let error as ScoreError {
      throw definition.placed(error, in: table)
    }
  }

  /// Those of the tables that can be written: of all, what cannot is told and left out; one asked for by name must be.
  private func possible(_ names: [ScoreReport.Table], _ report: ScoreReport) throws -> [ScoreReport.Table] {
    try names.filter { name in
      guard let obstacle = report.obstacle(name) else { return true }
      guard tables == "all" else { throw Failure(.usage, obstacle) }
      voice.console.remark("\(name.rawValue).csv is not written: \(obstacle)")
      return false
    }
  }

  private func open(_ names: [ScoreReport.Table], _ report: ScoreReport) throws -> [ScoreReport.Table:
    ScoreTable]
  {
    guard let output else { return [:] }
    do { try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true) } catch {
      throw Failure(.cannotWrite, "\(output) cannot be made: \(error.localizedDescription)")
    }
    var files: [ScoreReport.Table: ScoreTable] = [:]
    for name in names {
      files[name] = try ScoreTable(path: "\(output)/\(name.rawValue).csv", header: report.header(name))
    }
    return files
  }

  private func answer(
    _ report: ScoreReport, _ table: IndexTable, _ files: [ScoreReport.Table: ScoreTable]
  ) async throws {
    let panel = report.study.panel
    var scores: [Answer.Score] = []
    try await report.write(files) { row in
      scores.append(
        Answer.Score(
          unit: panel.units[row.unit],
          period: report.definition.periodColumn == nil ? nil : panel.periods[row.period], score: row.score,
          absence: row.absence.isEmpty ? nil : row.absence, coverage: row.coverage,
          scoredRuns: row.scoredRuns, low: row.band?.low, high: row.band?.high, rankLow: row.rankBand?.low,
          rankHigh: row.rankBand?.high))
    }
    try voice.console.answer(
      Answer(
        scores: scores,
        runs: report.trial.map { $0.plan.runs(indicators: report.study.composite.indicators.count) },
        tables: files.keys.map(\.rawValue).sorted(), ignoredColumns: table.ignored))
  }
}
