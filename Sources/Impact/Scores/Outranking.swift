/// Pairwise comparison of units: how much of the weight says that one is better than another (handbook pages 109–115).
public struct Outranking: Hashable, Sendable {
  /// Number of units.
  public let count: Int
  private let support: [Double]

  /// The comparison of units.
  ///
  /// - Parameters:
  ///   - values: a row a unit, a value an indicator; more is better.
  ///   - weights: the indicators' weights; their scale does not matter.
  /// - Throws: ``ScoreError`` when the weights add up to nothing or a row has another length.
  public init(_ values: [[Double]], weights: [Double]) throws(ScoreError) {
    let total = weights.reduce(0, +)
    guard weights.allSatisfy({ $0 >= 0 }) else { throw .negativeWeight(node: "outranking") }
    guard total > 0 else { throw .weightsSumToZero(node: "outranking") }
    guard values.allSatisfy({ $0.count == weights.count }) else {
      throw .inconsistent("every unit needs a value for every weight")
    }
    count = values.count
    var support = [Double](repeating: 0, count: count * count)
    for one in 0..<count {
      for other in 0..<count where other != one {
        var sum = 0.0
        for (index, weight) in weights.enumerated() {
          let (a, b) = (values[one][index], values[other][index])
          if a > b { sum += weight } else if a == b { sum += weight / 2 }
        }
        support[one * count + other] = sum / total
      }
    }
    self.support = support
  }

  /// The share of the weight that puts `one` before `other`, half of the ties included, 0–1; 0 on the diagonal.
  public subscript(one: Int, other: Int) -> Double { support[one * count + other] }

  /// Copeland's score of each unit: number of units it beats less number of units that beat it.
  ///
  /// A majority counts from `0.5 + 1e-12`, so that a tie made of thirds stays one.
  public var copeland: [Int] {
    (0..<count).map { one in
      (0..<count).reduce(0) { sum, other in
        guard other != one else { return sum }
        let lead = self[one, other] - 0.5
        return lead > 1e-12 ? sum + 1 : lead < -1e-12 ? sum - 1 : sum
      }
    }
  }

  /// What a ranking gathers in support: Σ over each unit and those ranked after it.
  public func support(of ranking: [Int]) -> Double {
    var sum = 0.0
    for (place, one) in ranking.enumerated() {
      for other in ranking[(place + 1)...] { sum += self[one, other] }
    }
    return sum
  }

  /// Most units for which every ranking can be weighed.
  public static let mostUnitsForOrder = 16

  /// The rankings that gather the most support (Condorcet–Kemeny–Young–Levenglick), exactly; more than one on a tie.
  ///
  /// - Returns: the rankings, best unit first, in lexical order of the units.
  /// - Throws: ``ScoreError`` beyond ``mostUnitsForOrder`` units: the work doubles with each.
  public func bestOrders() throws(ScoreError) -> (orders: [[Int]], support: Double) {
    guard count <= Outranking.mostUnitsForOrder else {
      throw .inconsistent(
        "the best order of more than \(Outranking.mostUnitsForOrder) units cannot be searched in full; use Copeland's rule"
      )
    }
    // best[set] = most support of an order of the units of `set`, they being ranked last among all.
    let all = 1 << count
    var best = [Double](repeating: 0, count: all)
    for set in 1..<max(all, 1) {
      var most = -Double.infinity
      for first in 0..<count where set & (1 << first) != 0 {
        most = max(most, gain(first, before: set & ~(1 << first)) + best[set & ~(1 << first)])
      }
      best[set] = most
    }
    var orders: [[Int]] = []
    func extend(_ order: [Int], _ rest: Int) {
      guard rest != 0 else { return orders.append(order) }
      for first in 0..<count where rest & (1 << first) != 0 {
        let left = rest & ~(1 << first)
        if gain(first, before: left) + best[left] >= best[rest] - 1e-12 { extend(order + [first], left) }
      }
    }
    extend([], all - 1)
    return (orders, best[all - 1])
  }

  private func gain(_ first: Int, before rest: Int) -> Double {
    (0..<count).reduce(0) { rest & (1 << $1) == 0 ? $0 : $0 + self[first, $1] }
  }
}
