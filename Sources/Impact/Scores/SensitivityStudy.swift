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
    let wide = SensitivityStudy.combinationsAtOnce
    let groups = (runs + wide - 1) / wide
    let shares = (0...parts).map { $0 * groups / parts * wide }
    let ranked = try await SensitivityStudy.each(parts) { part in
      self.ranks(
        scored.map(\.runs), min(shares[part], self.runs)..<min(shares[part + 1], self.runs), reference)
    }
    result.shifts = ranked.flatMap(\.shifts)
    var variance = VarianceShares(levels: levels)
    result.shiftShares = variance.shares(result.shifts)
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
    _ period: Int, _ unit: Int, _ row: inout [Double], _ work: Evaluator.Workspace,
    into out: UnsafeMutableBufferPointer<Double>
  )
    throws(ScoreError)
  {
    let drops = levels[3]
    var place = 0
    for fit in fits {
      Study.place(fit.fits[fit.pools[period]] ?? [], study.panel, study.columns, period, unit, into: &row)
      for evaluator in evaluators {
        out[place] = evaluator.evaluate(row, work)
        if drops > 1 {
          evaluator.tops(
            withoutEach: work, into: UnsafeMutableBufferPointer(rebasing: out[place + 1..<place + drops]))
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
    let work = Evaluator.Workspace(study.composite.hierarchy.nodes.count)
    var row = [Double](repeating: .nan, count: study.columns.count)
    var variance = VarianceShares(levels: levels)
    var selector = Selector()
    var known: [Double] = []
    known.reserveCapacity(runs)
    for (index, unit) in units.enumerated() {
      try scored.runs.withUnsafeMutableBufferPointer { all throws(ScoreError) in
        let own = UnsafeMutableBufferPointer(rebasing: all[index * runs..<(index + 1) * runs])
        try combinations(period, unit, &row, work, into: own)
        known.removeAll(keepingCapacity: true)
        for score in own where score.isFinite { known.append(score) }
      }
      if known.count == runs, let shares = variance.shares(known) {
        for share in shares { scored.shares += [share.first, share.total] }
      } else {
        scored.shares += [Double](repeating: .nan, count: 8)
      }
      scored.counts.append(known.count)
      selector.take(known)
      scored.bands += [
        selector.quantile(0.05), selector.quantile(0.95), selector.quantile(0.5), selector.least,
        selector.greatest,
      ]
    }
    return scored
  }

  // MARK: Ranks

  private struct Ranked: Sendable {
    /// Combination by combination, every unit's place.
    var places: [UInt32]
    var shifts: [Double]
  }

  /// How many combinations are ranked after one reading: what lies together in memory is read together.
  private static let combinationsAtOnce = 16

  private func ranks(_ scored: [[Double]], _ range: Range<Int>, _ reference: [UInt32]) -> Ranked {
    let units = reference.count
    var ranked = Ranked(places: [UInt32](repeating: 0, count: range.count * units), shifts: [])
    var sorter = RankSorter()
    var columns = [Double](repeating: 0, count: units * SensitivityStudy.combinationsAtOnce)
    var start = range.lowerBound
    while start < range.upperBound {
      let width = min(SensitivityStudy.combinationsAtOnce, range.upperBound - start)
      columns.withUnsafeMutableBufferPointer { columns in
        var unit = 0
        for part in scored {
          part.withUnsafeBufferPointer { part in
            for own in stride(from: start, to: part.count, by: runs) {
              for column in 0..<width { columns[column * units + unit] = part[own + column] }
              unit += 1
            }
          }
        }
      }
      for column in 0..<width {
        let scores = column * units..<(column + 1) * units
        let own = (start - range.lowerBound + column) * units
        ranked.places.withUnsafeMutableBufferPointer { places in
          let places = UnsafeMutableBufferPointer(rebasing: places[own..<own + units])
          columns.withUnsafeBufferPointer {
            sorter.rank(UnsafeBufferPointer(rebasing: $0[scores]), into: places)
          }
          ranked.shifts.append(SensitivityStudy.shift(places, reference))
        }
      }
      start += width
    }
    return ranked
  }

  /// The mean distance of the units' places from those of reference, over units that have both.
  private static func shift(_ places: UnsafeMutableBufferPointer<UInt32>, _ reference: [UInt32]) -> Double {
    var (shift, counted) = (0, 0)
    reference.withUnsafeBufferPointer { reference in
      for unit in reference.indices where places[unit] > 0 && reference[unit] > 0 {
        shift += abs(Int(places[unit]) - Int(reference[unit]))
        counted += 1
      }
    }
    return counted > 0 ? Double(shift) / Double(counted) : 0
  }

  private func rankBands(_ places: [[UInt32]], _ range: Range<Int>, _ units: Int) -> [Double] {
    var bands: [Double] = []
    bands.reserveCapacity(range.count * 3)
    var selector = Selector()
    // A few units at a time: their places stand side by side in each combination.
    let width = 16
    var block = [Double](repeating: 0, count: width * runs)
    var known: [Double] = []
    known.reserveCapacity(runs)
    var start = range.lowerBound
    while start < range.upperBound {
      let count = min(width, range.upperBound - start)
      block.withUnsafeMutableBufferPointer { block in
        var run = 0
        for part in places {
          part.withUnsafeBufferPointer { part in
            for base in stride(from: start, to: part.count, by: units) {
              for unit in 0..<count { block[unit * runs + run] = Double(part[base + unit]) }
              run += 1
            }
          }
        }
      }
      for unit in 0..<count {
        known.removeAll(keepingCapacity: true)
        for run in unit * runs..<(unit + 1) * runs where block[run] > 0 { known.append(block[run]) }
        selector.take(known)
        bands += [selector.quantile(0.05), selector.quantile(0.95), selector.quantile(0.5)]
      }
      start += count
    }
    return bands
  }
}
