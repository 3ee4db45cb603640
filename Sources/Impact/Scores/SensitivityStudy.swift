/// A study with every combination of a plan's choices made ready.
public struct SensitivityStudy: Sendable {
  /// The study whose choices are varied.
  public let study: Study
  /// The choices.
  public let plan: SensitivityPlan
  private let levels: [Int]
  private let runs: Int
  private let fits: [(pools: [Int], fits: [Int: [FittedNormalisation]])]
  /// By weights, then aggregation.
  private let evaluators: [Evaluator]

  /// A study with its choices.
  ///
  /// - Throws: ``ScoreError`` when the table or the composite does not allow one of the normalisations.
  public init(_ study: Study, _ plan: SensitivityPlan) throws(ScoreError) {
    self.study = study
    self.plan = plan
    levels = plan.levels(indicators: study.columns.count)
    runs = plan.runs(indicators: study.columns.count)
    var fits: [(pools: [Int], fits: [Int: [FittedNormalisation]])] = []
    for choice in plan.normalisations {
      fits.append(try Study.fitted(choice.value, study.composite, study.panel, study.columns))
    }
    self.fits = fits
    evaluators = plan.weights.flatMap { weights in
      plan.aggregations.map {
        Evaluator(study.composite, weights: weights.value, aggregations: $0.value)
      }
    }
  }

  /// Every combination for the units of a period: bands, ranks and what each choice explains.
  ///
  /// The units, and then the combinations, are shared out over two tasks; the result does not depend on it.
  ///
  /// - Parameters:
  ///   - period: the period.
  ///   - tasks: how many tasks share the work.
  /// - Returns: what came of every combination.
  /// - Throws: ``ScoreError`` when a value is outside the domain of one of the means.
  public func solidity(_ period: Int, tasks: Int = 2) async throws -> Solidity {
    let units = study.panel.units.count
    let parts = min(max(1, tasks), max(1, units))
    let cuts = (0...parts).map { $0 * units / parts }
    let scored = try await SensitivityStudy.each(parts) { part in
      try self.scores(period, cuts[part]..<cuts[part + 1])
    }
    var result = Solidity(
      runs: runs, unitCount: units, scored: scored.flatMap(\.counts), scores: scored.flatMap(\.bands),
      shares: scored.flatMap(\.shares), ranks: [], shifts: [], shiftShares: nil)
    let own = scored.flatMap { part in
      stride(from: 0, to: part.runs.count, by: self.runs).map { part.runs[$0] }
    }
    let reference = Ranking.places(own)
    // Groups of eight combinations: what lies together in memory is read together.
    let groups = (runs + 7) / 8
    let shares = (0...parts).map { $0 * groups / parts * 8 }
    let ranked = try await SensitivityStudy.each(parts) { part in
      self.ranks(
        scored.map(\.runs), min(shares[part], self.runs)..<min(shares[part + 1], self.runs), reference)
    }
    result.shifts = ranked.flatMap(\.shifts)
    var variance = VarianceShares(levels: levels)
    var (first, total) = ([Double](repeating: 0, count: 4), [Double](repeating: 0, count: 4))
    if variance.shares(result.shifts, first: &first, total: &total) {
      result.shiftShares = zip(first, total).map { Solidity.Share(first: $0.0, total: $0.1) }
    }
    let bands = try await SensitivityStudy.each(parts) { part in
      self.rankBands(ranked.map(\.places), cuts[part]..<cuts[part + 1], units)
    }
    result.ranks = bands.flatMap { $0 }
    return result
  }

  /// Every combination for one unit of a period, without its rank.
  ///
  /// - Throws: ``ScoreError`` when a value is outside the domain of one of the means.
  public func solidity(ofUnit unit: Int, in period: Int) throws(ScoreError) -> Solidity {
    let scored = try scores(period, unit..<unit + 1)
    return Solidity(
      runs: runs, unitCount: 1, scored: scored.counts, scores: scored.bands, shares: scored.shares,
      ranks: [.nan, .nan, .nan], shifts: [], shiftShares: nil)
  }

  /// What comes of each part, in their order.
  private static func each<Value: Sendable>(
    _ parts: Int, _ work: @escaping @Sendable (Int) throws -> Value
  ) async throws -> [Value] {
    if parts == 1 { return [try work(0)] }
    return try await withThrowingTaskGroup(of: (Int, Value).self) { group in
      for part in 0..<parts { group.addTask { (part, try work(part)) } }
      var found: [(Int, Value)] = []
      for try await result in group { found.append(result) }
      return found.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  // MARK: Scores

  private struct Scored: Sendable {
    /// Unit by unit, every combination.
    var runs: [Double]
    /// How many of them give a score.
    var counts: [Int]
    var bands: [Double]
    var shares: [Double]
  }

  /// One unit's score in every combination, in the order of the plan, the last factor fastest.
  func combinations(
    _ period: Int, _ unit: Int, _ work: inout Evaluator.Workspace, into out: inout [Double], at start: Int
  )
    throws(ScoreError)
  {
    let columns = study.columns
    var row = [Double](repeating: .nan, count: columns.count)
    let drops = levels[3]
    var place = start
    for fit in fits {
      Study.place(fit.fits[fit.pools[period]] ?? [], study.panel, columns, period, unit, into: &row)
      for evaluator in evaluators {
        out[place] = evaluator.evaluate(row, &work)
        if drops > 1 {
          for indicator in 0..<columns.count {
            out[place + 1 + indicator] = evaluator.top(without: indicator, &work)
          }
        }
        if work.refused >= 0 { throw study.refusal(work, evaluator, unit, period) }
        place += drops
      }
    }
  }

  private func scores(_ period: Int, _ units: Range<Int>) throws(ScoreError) -> Scored {
    var scored = Scored(
      runs: [Double](repeating: .nan, count: units.count * runs), counts: [], bands: [], shares: [])
    scored.counts.reserveCapacity(units.count)
    scored.bands.reserveCapacity(units.count * 5)
    scored.shares.reserveCapacity(units.count * 8)
    var work = Evaluator.Workspace(study.composite.hierarchy.nodes.count)
    var variance = VarianceShares(levels: levels)
    let selector = Selector()
    var own = [Double](repeating: 0, count: runs)
    var (first, total) = ([Double](repeating: 0, count: 4), [Double](repeating: 0, count: 4))
    for (index, unit) in units.enumerated() {
      try combinations(period, unit, &work, into: &scored.runs, at: index * runs)
      var known = 0
      for run in 0..<runs {
        let score = scored.runs[index * runs + run]
        if score.isFinite {
          own[known] = score
          known += 1
        }
      }
      if known == runs, variance.shares(own, first: &first, total: &total) {
        for factor in 0..<4 { scored.shares += [first[factor], total[factor]] }
      } else {
        scored.shares += [Double](repeating: .nan, count: 8)
      }
      scored.counts.append(known)
      scored.bands += selector.band(&own, known)
    }
    return scored
  }

  // MARK: Ranks

  private struct Ranked: Sendable {
    /// Combination by combination, every unit's place.
    var places: [UInt32]
    var shifts: [Double]
  }

  private func ranks(_ scored: [[Double]], _ range: Range<Int>, _ reference: [UInt32]) -> Ranked {
    let units = reference.count
    var ranked = Ranked(places: [UInt32](repeating: 0, count: range.count * units), shifts: [])
    var sorter = RadixSorter()
    var places = [UInt32](repeating: 0, count: units)
    var columns = [[Double]](repeating: [Double](repeating: 0, count: units), count: 8)
    var start = range.lowerBound
    while start < range.upperBound {
      let width = min(8, range.upperBound - start)
      var unit = 0
      for part in scored {
        var place = start
        for _ in 0..<part.count / runs {
          for column in 0..<width { columns[column][unit] = part[place + column] }
          place += runs
          unit += 1
        }
      }
      for column in 0..<width {
        sorter.rank(columns[column], into: &places)
        let base = (start - range.lowerBound + column) * units
        var (shift, counted) = (0, 0)
        for unit in 0..<units {
          ranked.places[base + unit] = places[unit]
          guard places[unit] > 0, reference[unit] > 0 else { continue }
          shift += abs(Int(places[unit]) - Int(reference[unit]))
          counted += 1
        }
        ranked.shifts.append(counted > 0 ? Double(shift) / Double(counted) : 0)
      }
      start += width
    }
    return ranked
  }

  private func rankBands(_ places: [[UInt32]], _ range: Range<Int>, _ units: Int) -> [Double] {
    var bands: [Double] = []
    bands.reserveCapacity(range.count * 3)
    let selector = Selector()
    var own = [Double](repeating: 0, count: runs)
    // A few units at a time: their places stand side by side in each combination.
    let width = 16
    var block = [UInt32](repeating: 0, count: width * runs)
    var start = range.lowerBound
    while start < range.upperBound {
      let count = min(width, range.upperBound - start)
      var run = 0
      for part in places {
        var base = start
        while base < part.count {
          for unit in 0..<count { block[unit * runs + run] = part[base + unit] }
          run += 1
          base += units
        }
      }
      for unit in 0..<count {
        var known = 0
        for run in 0..<runs where block[unit * runs + run] > 0 {
          own[known] = Double(block[unit * runs + run])
          known += 1
        }
        bands += selector.band(&own, known).prefix(3)
      }
      start += count
    }
    return bands
  }
}
