/// How the values of an indicator are made comparable with those of others (handbook pages 83–88).
///
/// Goalposts place a value by itself; every other way places it among other units, so that an added unit moves
/// the rest.
public enum Normalisation: Hashable, Sendable {
  /// What a distance is measured from.
  public enum Reference: Hashable, Sendable {
    /// The mean of the units.
    case mean
    /// The best unit.
    case best
    /// The worst unit.
    case worst
    /// One unit by name.
    case unit(String)
  }

  /// How a distance is written.
  public enum Form: Hashable, Sendable {
    /// `x / reference`
    case ratio
    /// `(x − reference) / reference`
    case difference
  }

  /// The values as they are, put the other way round where less is better.
  case none
  /// `(x − low) / (high − low)`, clipped to 0–1, on the scale. `stretch` moves both posts away from their middle:
  /// 1 leaves them where they are, 1.2 sets them a fifth wider.
  case goalposts(stretch: Double)
  /// `(x − min) / (max − min)` over the pool, on the scale; beyond it outside the pool.
  case minMax
  /// `mean + deviation × (x − m) / s`, m and s over the pool; s divides by n − 1, or by n for a whole population.
  case zScore(mean: Double, deviation: Double, isPopulation: Bool)
  /// `(x − worst) / (target − worst)`, at most 1, on the scale; the worst of the pool. Needs a target that
  /// is better than the worst.
  case distanceToTarget
  /// `x / reference`, or the difference over it; needs a reference above 0.
  case distanceToReference(Reference, Form)
  /// 1 above `mean × (1 + share)`, −1 below `mean × (1 − share)`, 0 between.
  case aboveBelowMean(share: Double)
  /// Rank from the worst (ties take the lowest) over the number of values, on the scale.
  case percentileRank
  /// Rank from the worst: 1 for the worst, ties take the lowest.
  case rank
  /// Number of units that are worse.
  case borda

  /// Its name in scorecards.
  public var name: String {
    switch self {
    case .none: "none"
    case .goalposts(let stretch): stretch == 1 ? "goalposts" : "goalposts × \(stretch)"
    case .minMax: "min-max"
    case .zScore(_, _, let isPopulation): isPopulation ? "z-score-population" : "z-score"
    case .distanceToTarget: "distance-to-target"
    case .distanceToReference(let reference, let form):
      (form == .ratio ? "ratio-to-" : "difference-to-")
        + {
          switch reference {
          case .mean: "mean"
          case .best: "best"
          case .worst: "worst"
          case .unit(let name): name
          }
        }()
    case .aboveBelowMean(let share): "above-below-mean \(share)"
    case .percentileRank: "percentile-rank"
    case .rank: "rank"
    case .borda: "borda"
    }
  }

  /// Whether a value's place depends on the other units.
  public var isRelative: Bool {
    switch self {
    case .none, .goalposts: false
    default: true
    }
  }

  /// The values of an indicator, normalised; `nil` stays `nil`.
  ///
  /// - Parameters:
  ///   - values: the values of the units, which are also the pool.
  ///   - indicator: which way is better, and its goalposts or target.
  ///   - scale: the scale they are put on.
  ///   - units: the units' names, for a reference that is one of them.
  /// - Returns: normalised values in the same order.
  /// - Throws: ``ScoreError`` when the values or the indicator do not allow it.
  public func normalised(
    _ values: [Double?], as indicator: Composite.Indicator, scale: Scale = .hundred, units: [String] = []
  ) throws(ScoreError) -> [Double?] {
    var reference: Double?
    if case .distanceToReference(.unit(let name), _) = self {
      guard let position = units.firstIndex(of: name), position < values.count else {
        throw .unknownUnit(name)
      }
      reference = values[position]
    }
    let fit = try FittedNormalisation(
      self, indicator, scale: scale, pool: values.compactMap { $0 }, unitReference: reference)
    return values.map { $0.map(fit.placed) }
  }
}
