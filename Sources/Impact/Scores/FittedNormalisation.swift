/// A normalisation with what it needs from the pool already taken: ready for value after value.
enum FittedNormalisation: Sendable {
  /// `clip(slope × x + shift, low, high)`
  case line(slope: Double, shift: Double, low: Double, high: Double)
  /// Above or below a band.
  case band(low: Double, high: Double, sign: Double)
  /// Counted among sorted values, ascending towards better: `(number below + add) × factor + shift`.
  case place(sorted: [Double], sign: Double, add: Double, factor: Double, shift: Double)

  /// Takes what a normalisation needs from the pool.
  ///
  /// - Throws: ``ScoreError`` when pool or indicator do not allow it.
  init(
    _ normalisation: Normalisation, _ indicator: Composite.Indicator, scale: Scale, pool: [Double],
    unitReference: Double? = nil
  ) throws(ScoreError) {
    let name = indicator.name
    let sign: Double = indicator.isReversed ? -1 : 1
    let span = scale.high - scale.low
    /// From `zero` to `one` along the scale.
    func between(_ zero: Double, _ one: Double, clipped low: Bool, _ high: Bool) throws(ScoreError)
      -> FittedNormalisation
    {
      guard one != zero, (one - zero).isFinite else { throw .noSpread(indicator: name) }
      let slope = span / (one - zero)
      return .line(
        slope: slope, shift: scale.low - slope * zero, low: low ? scale.low : -.infinity,
        high: high ? scale.high : .infinity)
    }
    func free(_ slope: Double, _ shift: Double) -> FittedNormalisation {
      .line(slope: slope, shift: shift, low: -.infinity, high: .infinity)
    }
    let known = PoolSummary(pool)
    switch normalisation {
    case .none: self = free(sign, 0)
    case .goalposts(let stretch):
      guard let posts = indicator.goalposts else {
        throw .lacks(indicator: name, what: "goalposts (low and high)")
      }
      guard posts.low != posts.high else { throw .equalGoalposts(indicator: name) }
      guard stretch > 0 else {
        throw .inconsistent("goalposts are stretched by a number above 0; correct it")
      }
      let middle = (posts.low + posts.high) / 2
      let (low, high) =
        stretch == 1
        ? (posts.low, posts.high)
        : (middle + stretch * (posts.low - middle), middle + stretch * (posts.high - middle))
      self = try between(low, high, clipped: true, true)
    case .minMax:
      self =
        try indicator.isReversed
        ? between(known.high, known.low, clipped: false, false)
        : between(known.low, known.high, clipped: false, false)
    case .zScore(let mean, let deviation, let isPopulation):
      let spread = isPopulation ? known.populationDeviation : known.deviation
      guard spread > 0 else { throw .noSpread(indicator: name) }
      guard deviation > 0 else { throw .inconsistent("the deviation of a z-score is above 0; correct it") }
      let slope = sign * deviation / spread
      self = free(slope, mean - slope * known.mean)
    case .distanceToTarget:
      guard let target = indicator.target else { throw .lacks(indicator: name, what: "a target") }
      let worst = indicator.isReversed ? known.high : known.low
      // From a target that is worse, every value would count the wrong way round.
      guard target != worst, indicator.isReversed == (target < worst) else {
        throw .targetNotBetter(indicator: name, target: target, worst: worst)
      }
      self = try between(worst, target, clipped: false, true)
    case .distanceToReference(let reference, let form):
      let from: Double =
        switch reference {
        case .mean: known.mean
        case .best: indicator.isReversed ? known.low : known.high
        case .worst: indicator.isReversed ? known.high : known.low
        case .unit: unitReference ?? .nan
        }
      guard !from.isNaN else { throw .lacks(indicator: name, what: "a value of the unit compared with") }
      // Over a reference below 0 a greater value gives a smaller share.
      guard from > 0, from.isFinite else { throw .referenceNotPositive(indicator: name, reference: from) }
      self = free(sign / from, form == .ratio ? 0 : -sign)
    case .aboveBelowMean(let share):
      guard known.mean.isFinite else { throw .noSpread(indicator: name) }
      let ends = [known.mean * (1 - share), known.mean * (1 + share)]
      self = .band(low: min(ends[0], ends[1]), high: max(ends[0], ends[1]), sign: sign)
    case .percentileRank:
      self = .place(
        sorted: pool.map { $0 * sign }.sorted(), sign: sign, add: 1,
        factor: span / Double(max(1, pool.count)),
        shift: scale.low)
    case .rank:
      self = .place(sorted: pool.map { $0 * sign }.sorted(), sign: sign, add: 1, factor: 1, shift: 0)
    case .borda:
      self = .place(sorted: pool.map { $0 * sign }.sorted(), sign: sign, add: 0, factor: 1, shift: 0)
    }
  }

  /// A value, normalised.
  @inline(__always)
  func placed(_ x: Double) -> Double {
    switch self {
    case .line(let slope, let shift, let low, let high): min(high, max(low, slope * x + shift))
    case .band(let low, let high, let sign): x > high ? sign : x < low ? -sign : 0
    case .place(let sorted, let sign, let add, let factor, let shift):
      (Double(FittedNormalisation.below(x * sign, in: sorted)) + add) * factor + shift
    }
  }

  /// Number of sorted values that are less.
  private static func below(_ x: Double, in sorted: [Double]) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < x { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Least, greatest, mean and spread of a pool.
private struct PoolSummary {
  var low = Double.infinity
  var high = -Double.infinity
  var mean = Double.nan
  var deviation = 0.0
  var populationDeviation = 0.0

  init(_ pool: [Double]) {
    guard !pool.isEmpty else { return }
    var sum = 0.0
    for x in pool {
      low = min(low, x)
      high = max(high, x)
      sum += x
    }
    mean = sum / Double(pool.count)
    var squares = 0.0
    for x in pool { squares += (x - mean) * (x - mean) }
    if pool.count > 1 { deviation = (squares / Double(pool.count - 1)).squareRoot() }
    populationDeviation = (squares / Double(pool.count)).squareRoot()
  }
}
