extension Score {
  /// The scores of a cooperation over its quarters: for each quarter one a dimension of the scorecard, then the
  /// overall one, with what moved it and how sure it is.
  ///
  /// Each value is set between its goalposts and clipped, `100 × (x − low) / (high − low)`; a dimension is
  /// the weighted arithmetic mean of what is known of it, the overall score the weighted geometric mean of
  /// the dimensions, each counted from 1 so that one zero does not erase the rest. A value that is absent, or
  /// a rate on fewer than the scorecard's least denominator, leaves with its weight; below the least known
  /// weight, counted down to the indicators, the score is "not enough data". (OECD/JRC handbook 2008, steps 5 to
  /// 8.)
  ///
  /// Nothing depends on another cooperation.
  ///
  /// - Parameters:
  ///   - scorecard: goalposts, weights, least data and the other choices tried.
  ///   - cooperation: the cooperation's name in data.
  ///   - quarters: the quarters, in order.
  ///   - since: the first of them scored, `nil` for all; changes are told from those before too.
  ///   - figure: the figure of an indicator for that cooperation and a quarter.
  /// - Returns: by quarter, the dimensions' scores in the order of the scorecard, then the overall score.
  /// - Throws: ``ScoreError`` when the scorecard allows no score.
  public static func history(
    _ scorecard: Scorecard, cooperation: String, quarters: [Quarter], since: Quarter? = nil,
    figure: (String, Quarter) -> Figure?
  ) throws(ScoreError) -> [Score] {
    guard !quarters.isEmpty, !scorecard.parts.isEmpty else { return [] }
    var scores: [Score] = []
    let sheet = try ScoreSheet(scorecard, cooperation: cooperation, quarters: quarters, figure: figure)
    for (period, quarter) in quarters.enumerated() where since.map({ $0 <= quarter }) ?? true {
      scores += try sheet.scores(period)
    }
    return scores
  }

  /// A value between its goalposts, 0–100, clipped.
  static func normalised(_ value: Double, between goalposts: Scorecard.Goalposts) -> Double {
    min(100, max(0, 100 * (value - goalposts.low) / (goalposts.high - goalposts.low)))
  }
}

/// One cooperation's table of quarters × indicators with all that is computed from it.
private struct ScoreSheet {
  let scorecard: Scorecard
  let cooperation: String
  let quarters: [Quarter]
  let study: Study
  let whole: SensitivityStudy
  let parts: [SensitivityStudy]
  let uncertainty: Uncertainty
  /// The value used, quarter by quarter, in the order of the indicators.
  var values: [[Double?]] = []
  /// The value with its interval, where it has one.
  var estimates: [[Uncertainty.Estimate?]] = []

  init(
    _ scorecard: Scorecard, cooperation: String, quarters: [Quarter], figure: (String, Quarter) -> Figure?
  ) throws(ScoreError) {
    self.scorecard = scorecard
    self.cooperation = cooperation
    self.quarters = quarters
    let composite = try scorecard.composite()
    let components = scorecard.parts.flatMap(\.components)
    var table = Panel(
      units: [cooperation], periods: quarters.map(\.description), indicators: components.map(\.indicator))
    for (period, quarter) in quarters.enumerated() {
      var row: [Double?] = []
      var uncertain: [Uncertainty.Estimate?] = []
      for (index, component) in components.enumerated() {
        let found = figure(component.indicator, quarter)
        var value = found?.value
        // A count of few events is known as well as one of many; a rate on few people is not.
        if let known = value, known.isUncertainRate, (known.count ?? 0) < scorecard.minimumCount {
          value = nil
        }
        row.append(value?.number)
        uncertain.append(value.flatMap(Uncertainty.Estimate.init(of:)))
        // What makes no sense for this cooperation is not missing: it does not count against coverage.
        table[period, 0, index] =
          value.map { .value($0.number) } ?? (found?.absence == .notApplicable ? .notApplicable : .missing)
      }
      values.append(row)
      estimates.append(uncertain)
    }
    study = try Study(composite, table)
    whole = try SensitivityStudy(study, try scorecard.sensitivity.plan(for: composite))
    var parts: [SensitivityStudy] = []
    for part in scorecard.parts {
      let own = try scorecard.composite(of: part)
      parts.append(
        try SensitivityStudy(try Study(own, table), try scorecard.sensitivity.plan(for: own)))
    }
    self.parts = parts
    uncertainty = Uncertainty(
      indicators: components.count, draws: scorecard.sensitivity.draws, seed: scorecard.sensitivity.seed)
  }

  /// The dimensions' scores of a quarter, then the overall one.
  func scores(_ period: Int) throws(ScoreError) -> [Score] {
    let tree = study.composite.hierarchy
    let levels = try study.levels(period)
    let possible = try study.possible(0, in: period)
    let isUncertain = scorecard.sensitivity.draws > 0 && estimates[period].contains { $0 != nil }
    let sampling =
      isUncertain
      ? try uncertainty.intervals(study, unit: 0, period: period, estimates: estimates[period]) : []
    let influences = try study.influences(of: 0, in: period)
    let placed = study.normalised(period)[0]
    var scores: [Score] = []
    var index = 0
    for (place, part) in scorecard.parts.enumerated() {
      let node = tree.nodes.firstIndex { $0.name == part.dimension } ?? tree.top
      let range = index..<index + part.components.count
      let known = range.reduce(0) { placed[$1] == nil ? $0 : $0 + part.components[$1 - index].weight }
      let contributions = range.map { indicator in
        let weight = part.components[indicator - index].weight
        return Score.Contribution(
          indicator: part.components[indicator - index].indicator, value: values[period][indicator],
          normalised: placed[indicator], weight: placed[indicator] == nil ? 0 : weight / known,
          leftOut: influences.isEmpty ? nil : influences[indicator].leftOut,
          atBest: influences.isEmpty ? nil : influences[indicator].atBest)
      }
      scores.append(
        score(
          part.dimension, node, period, levels, contributions,
          try certainty(
            parts[place], period, possible[node],
            isUncertain && range.contains { estimates[period][$0] != nil } ? sampling[node] : nil)))
      index = range.upperBound
    }
    var overall = score(
      nil, tree.top, period, levels, [],
      try certainty(whole, period, possible[tree.top], isUncertain ? sampling[tree.top] : nil))
    for span in Score.Span.allCases {
      guard let before = quarters.firstIndex(of: span.start(from: quarters[period])) else { continue }
      overall.changes[span] = try study.change(of: 0, from: before, to: period)
    }
    return scores + [overall]
  }

  private func score(
    _ dimension: String?, _ node: Int, _ period: Int, _ levels: Study.Levels,
    _ contributions: [Score.Contribution],
    _ certainty: Score.Certainty
  ) -> Score {
    // A mean of values within 0–100 may leave it by its last bit.
    let value = levels.value(0, node).map { min(100, max(0, $0)) }
    var certainty = certainty
    certainty.methods = certainty.methods.map(ScoreSheet.clipped)
    certainty.sampling = certainty.sampling.map(ScoreSheet.clipped)
    certainty.possible = certainty.possible.map(ScoreSheet.clipped)
    let absence: Score.Absence = levels.isApplicable(0, node) ? .notEnoughData : .notApplicable
    if value == nil { (certainty.methods, certainty.sampling, certainty.shares) = (nil, nil, []) }
    return Score(
      cooperation: cooperation, quarter: quarters[period], dimension: dimension, value: value,
      absence: value == nil ? absence : nil, coverage: levels.coverage(0, node),
      contributions: contributions, methodology: scorecard.version, certainty: certainty)
  }

  private static func clipped(_ interval: Interval) -> Interval {
    Interval(low: min(100, max(0, interval.low)), high: min(100, max(0, interval.high)))
  }

  private func certainty(
    _ trial: SensitivityStudy, _ period: Int, _ possible: Interval?, _ sampling: Interval?
  ) throws(ScoreError) -> Score.Certainty {
    guard !scorecard.sensitivity.isEmpty else {
      return Score.Certainty(sampling: sampling, possible: possible)
    }
    let solidity = try trial.solidity(ofUnit: 0, in: period)
    return Score.Certainty(
      methods: solidity.band(0).map { Interval(low: $0.low, high: $0.high) }, runs: solidity.runs,
      scoredRuns: solidity.scoredRuns(0), sampling: sampling, possible: possible,
      shares: solidity.shares(0) ?? [])
  }
}

extension Figure.Value {
  /// Whether it is a rate among people or events, known within an interval.
  fileprivate var isUncertainRate: Bool { interval != nil && numerator != nil && denominator != nil }
}

extension Uncertainty.Estimate {
  /// A figure's value with its interval, never beyond what such a value can be; `nil` for one without an interval.
  init?(of value: Figure.Value) {
    guard let interval = value.interval else { return nil }
    let highest = value.isUncertainRate ? 1 : Double.infinity
    self.init(
      value.number, interval, limits: interval.low >= 0 ? Interval(low: 0, high: highest) : nil)
  }
}
