/// How far the scores and ranks of a period depend on the choices made: every combination computed, none drawn.
public struct Solidity: Sendable {
  /// Where nine tenths of the combinations put something, and their middle.
  public struct Band: Hashable, Sendable {
    /// One combination in twenty gives less.
    public var low: Double
    /// One in twenty gives more.
    public var high: Double
    /// Half give less.
    public var median: Double
  }

  /// Shares of variance of one factor, 0–1.
  public struct Share: Hashable, Sendable {
    /// What it explains by itself.
    public var first: Double
    /// What it explains with all that depends on it.
    public var total: Double

    /// Shares of variance.
    public init(first: Double, total: Double) {
      self.first = first
      self.total = total
    }
  }

  /// Number of combinations.
  public let runs: Int
  let unitCount: Int
  /// Number of combinations that give each unit a score.
  var scored: [Int]
  /// low, high, median, lowest and highest of each unit's score; `NaN` for none.
  var scores: [Double]
  /// first and total of each factor, of each unit.
  var shares: [Double]
  /// low, high and median of each unit's rank.
  var ranks: [Double]
  /// Mean shift of ranks of each combination against the first.
  public internal(set) var shifts: [Double]
  /// Shares of the variance of that shift; `nil` when no rank moves.
  public internal(set) var shiftShares: [Share]?

  /// Number of combinations that give a unit a score.
  ///
  /// The others, an indicator left out most often, leave too little
  /// known. Its band and extremes are those of these combinations.
  public func scoredRuns(_ unit: Int) -> Int { scored[unit] }

  /// Where most of the combinations that give a unit a score put it; `nil` when none gives one.
  public func band(_ unit: Int) -> Band? {
    let place = unit * 5
    return scores[place].isNaN
      ? nil : Band(low: scores[place], high: scores[place + 1], median: scores[place + 2])
  }

  /// The lowest and the highest score any combination gives a unit.
  public func extremes(_ unit: Int) -> Interval? {
    scores[unit * 5].isNaN ? nil : Interval(low: scores[unit * 5 + 3], high: scores[unit * 5 + 4])
  }

  /// What each factor explains of the variance of a unit's score; `nil` when nothing varies or a combination
  /// gives no score.
  public func shares(_ unit: Int) -> [Share]? {
    let start = unit * 8
    guard !shares[start].isNaN else { return nil }
    return (0..<4).map { Share(first: shares[start + $0 * 2], total: shares[start + $0 * 2 + 1]) }
  }

  /// Where most combinations rank a unit; `nil` when none does.
  public func rankBand(_ unit: Int) -> Band? {
    let place = unit * 3
    return ranks[place].isNaN
      ? nil : Band(low: ranks[place], high: ranks[place + 1], median: ranks[place + 2])
  }

  /// The rank of each unit whose band meets no other's; `nil` for all others: they cannot be told apart.
  public var separateRanks: [Int?] {
    let known = (0..<unitCount).compactMap { unit in rankBand(unit).map { (unit, $0) } }
      .sorted { ($0.1.low, $0.1.high, $0.0) < ($1.1.low, $1.1.high, $1.0) }
    var found = [Int?](repeating: nil, count: unitCount)
    var reach = -Double.infinity
    for (place, entry) in known.enumerated() {
      let next = place + 1 < known.count ? known[place + 1].1.low : .infinity
      if entry.1.low > reach, entry.1.high < next { found[entry.0] = place + 1 }
      reach = max(reach, entry.1.high)
    }
    return found
  }
}
