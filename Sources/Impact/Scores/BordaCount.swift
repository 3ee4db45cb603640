/// Borda's rule: points by place (handbook page 106).
public enum BordaCount {
  /// Ballots that rank all candidates alike.
  public struct Ballots: Hashable, Sendable {
    /// How many voters, or how much weight.
    public var count: Double
    /// The candidates, best first.
    public var ranking: [Int]

    /// Some ballots.
    public init(_ count: Double, _ ranking: [Int]) {
      self.count = count
      self.ranking = ranking
    }
  }

  /// Points of each candidate: the last place gives 0, each place above one more, times the ballots.
  public static func points(_ ballots: [Ballots], candidates: Int) -> [Double] {
    var points = [Double](repeating: 0, count: candidates)
    for ballot in ballots {
      for (place, candidate) in ballot.ranking.enumerated() {
        points[candidate] += ballot.count * Double(ballot.ranking.count - 1 - place)
      }
    }
    return points
  }

  /// How much of the ballots puts each candidate before each other, as an outranking by counts.
  public static func majorities(_ ballots: [Ballots], candidates: Int) -> [[Double]] {
    var counts = [[Double]](repeating: [Double](repeating: 0, count: candidates), count: candidates)
    for ballot in ballots {
      for (place, one) in ballot.ranking.enumerated() {
        for other in ballot.ranking[(place + 1)...] { counts[one][other] += ballot.count }
      }
    }
    return counts
  }
}
