import Capture
import Impact

/// The intermediate tables of an index, each on demand.
struct ScoreReport {
  /// A table that can be asked for.
  enum Table: String, CaseIterable {
    case screened, normalised, weights, levels, ranks, sensitivity, runs, changes, influences, correlations
    case outranking
  }

  let definition: IndexDefinition
  let table: IndexTable
  let study: Study
  let trial: SensitivityStudy?

  var panel: Panel { study.panel }
  var composite: Composite { study.composite }
  var tree: Hierarchy { composite.hierarchy }

  /// Names of the columns that tell a row's place: the unit, and the period where there is one.
  var placeColumns: [String] {
    [definition.unitColumn ?? "unit"] + (definition.periodColumn.map { [$0] } ?? [])
  }

  /// The cells of a row's place.
  func place(_ period: Int, _ unit: Int) -> [ScoreTable.Cell] {
    [.text(panel.units[unit])] + (definition.periodColumn == nil ? [] : [.text(panel.periods[period])])
  }

  /// The units that have a row in a period.
  func units(_ period: Int) -> [Int] { panel.units.indices.filter { panel.hasRow(period, $0) } }

  // MARK: Scores

  /// The columns of the scores.
  var header: [String] {
    placeColumns + ["score", "absence", "coverage"]
      + (trial == nil ? [] : ["low", "median", "high", "lowest", "highest", "runs", "runs_scored"])
  }

  /// One unit's score in one period.
  struct Row {
    /// Position of the period.
    var period: Int
    /// Position of the unit.
    var unit: Int
    /// The score.
    var score: Double?
    /// Why there is none; empty where there is one.
    var absence: String
    /// Share of the weight the score rests on, 0–1.
    var coverage: Double
    /// How many of the combinations tried give a score.
    var scoredRuns: Int?
    /// Where nine tenths of those put the score.
    var band: Solidity.Band?
    /// The least and the greatest score of any combination.
    var extremes: Interval?
    /// Where nine tenths of the combinations rank the unit.
    var rankBand: Solidity.Band?
  }

  /// The cells of a score, below ``header``.
  func cells(_ row: Row) -> [ScoreTable.Cell] {
    place(row.period, row.unit) + [.number(row.score), .text(row.absence), .number(row.coverage)]
      + (trial.map { trial in
        [
          .number(row.band?.low), .number(row.band?.median), .number(row.band?.high),
          .number(row.extremes?.low), .number(row.extremes?.high),
          .integer(trial.plan.runs(indicators: composite.indicators.count)), .integer(row.scoredRuns),
        ]
      } ?? [])
  }

  /// Period by period: hands over the scores, then writes whatever tables need the same work.
  func write(_ wanted: [Table: ScoreTable], scores put: (Row) throws -> Void) async throws {
    for period in panel.periods.indices {
      let levels = try study.levels(period)
      let solidity = try await trial?.solidity(period)
      for unit in units(period) {
        let value = levels.value(unit, tree.top)
        try put(
          Row(
            period: period, unit: unit, score: value,
            absence: value != nil
              ? "" : levels.isApplicable(unit, tree.top) ? "not-enough-data" : "not-applicable",
            coverage: levels.coverage(unit, tree.top), scoredRuns: solidity?.scoredRuns(unit),
            band: solidity?.band(unit), extremes: solidity?.extremes(unit), rankBand: solidity?.rankBand(unit)
          ))
      }
      for name in Table.allCases {
        guard let out = wanted[name] else { continue }
        try add(name, to: out, period, levels, solidity)
      }
    }
  }

  // MARK: What cannot be told

  /// Most units that are compared each with each.
  private static let mostCompared = 1000

  /// Why a table cannot be written for this index; `nil` when it can.
  func obstacle(_ name: Table) -> String? {
    switch name {
    case .sensitivity, .runs:
      return trial == nil
        ? "\(name.rawValue) needs choices to try; add a section sensitivity to \(definition.file)" : nil
    case .changes:
      return composite.copelandNode.map {
        ScoreError.notByUnit(node: $0, what: "what moved a score").description
      }
    case .influences:
      return composite.copelandNode.map {
        ScoreError.notByUnit(node: $0, what: "what an indicator holds of a score").description
      }
    case .correlations:
      let rows = completeRows
      guard rows.count > 1 else {
        return "correlations need two units or more that have every indicator"
          + (definition.periodColumn == nil ? "" : " in the last period")
      }
      do {
        _ = try Correlations(rows, names: composite.indicators.map(\.name))
        return nil
      } catch { return error.description }
    case .outranking:
      let most = panel.periods.indices.map { compared($0).count }.max() ?? 0
      return most > ScoreReport.mostCompared
        ? "outranking compares each unit with each: \(most) of them have every indicator, and "
          + "\(ScoreReport.mostCompared) is the most" : nil
    case .screened, .normalised, .weights, .levels, .ranks: return nil
    }
  }

  /// The normalised values of the units of the last period that have them all.
  var completeRows: [[Double]] {
    study.normalised(panel.periods.count - 1).filter { $0.allSatisfy { $0 != nil } }.map {
      $0.compactMap { $0 }
    }
  }

  /// The units of a period that have every indicator, with the values themselves, the greater the better.
  ///
  /// Order is all that counts where units are compared, so values are taken as they are: goalposts would clip it away.
  func compared(_ period: Int) -> [(unit: Int, values: [Double])] {
    let columns = composite.indicators.map { ($0, panel.indicators.firstIndex(of: $0.name) ?? 0) }
    return units(period).compactMap { unit in
      let values = columns.compactMap { indicator, column -> Double? in
        guard case .value(let value) = panel[period, unit, column] else { return nil }
        return indicator.isReversed ? -value : value
      }
      return values.count == columns.count ? (unit, values) : nil
    }
  }
}
