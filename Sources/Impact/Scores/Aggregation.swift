/// How the values below a node of a scorecard become the node's own.
public enum Aggregation: Hashable, Sendable {
  /// Which way unevenness moves a Mazziotta–Pareto index.
  public enum Penalty: Hashable, Sendable {
    /// Unevenness lowers the index: for scores where more is better.
    case downward
    /// Unevenness raises the index: for scores where more is worse.
    case upward
  }

  /// `Σ w x`: a low value is made up for entirely by a high one (handbook page 103).
  case arithmetic
  /// `Π x^w`: made up for only in part; needs values above 0 (handbook page 103).
  case geometric
  /// The geometric mean of the values counted from 1 to 100 along the scale, read back on the scale: a 0 weighs
  /// heavily but does not erase the rest.
  case geometricFromOne
  /// `1 / Σ (w / x)`; needs values above 0.
  case harmonic
  /// `(Σ w x^p)^(1/p)`, p ≠ 0; needs values above 0.
  case power(Double)
  /// `M ∓ S² / M`, M the mean and S² the variance of the values with their weights (Mazziotta and Pareto 2016,
  /// *Social Indicators Research* 127); meant for values around 100; needs a mean above 0.
  case mazziottaPareto(Penalty)
  /// Number of units beaten less number of units that beat this one, by outranking (handbook page 113).
  case copeland

  /// Its name in scorecards.
  public var name: String {
    switch self {
    case .arithmetic: "arithmetic"
    case .geometric: "geometric"
    case .geometricFromOne: "geometric-from-one"
    case .harmonic: "harmonic"
    case .power(let exponent): "power \(exponent)"
    case .mazziottaPareto(.downward): "mazziotta-pareto"
    case .mazziottaPareto(.upward): "mazziotta-pareto-plus"
    case .copeland: "copeland"
    }
  }

  /// Names that stand in scorecards by themselves; `power` comes with its exponent, as `{ power: 2 }`.
  public static let named: [(name: String, aggregation: Aggregation)] = [
    .arithmetic, .geometric, .geometricFromOne, .harmonic, .mazziottaPareto(.downward),
    .mazziottaPareto(.upward), .copeland,
  ].map { ($0.name, $0) }

  /// The value of a node from the values below it.
  ///
  /// - Parameters:
  ///   - values: the values, at least one.
  ///   - weights: their weights, 0 or more, not all 0; their scale does not matter.
  ///   - scale: the scale the values are on, which only `geometricFromOne` needs.
  /// - Returns: the value.
  /// - Throws: ``ScoreError`` for weights or values outside the mean's domain.
  public func value(_ values: [Double], weights: [Double], scale: Scale = .hundred) throws(ScoreError)
    -> Double
  {
    guard values.count == weights.count, !values.isEmpty else {
      throw .inconsistent("a mean needs as many weights as values, and at least one of them")
    }
    guard self != .copeland else {
      throw .inconsistent("Copeland's rule compares units; a mean of one unit's values does not exist")
    }
    if weights.contains(where: { !($0 >= 0) }) { throw .negativeWeight(node: "mean") }
    let kernel = MeanKernel(self, scale: scale)
    var sums = MeanSums()
    for (value, weight) in zip(values, weights) {
      guard kernel.accepts(value) else {
        throw .notPositive(node: "value", mean: self, unit: nil, period: nil)
      }
      sums.add(kernel, value, weight)
    }
    guard sums.weight > 0 else { throw .weightsSumToZero(node: "mean") }
    let value = kernel.mean(sums)
    guard value.isFinite else { throw .noMean(node: "values", mean: self, unit: nil, period: nil) }
    return value
  }
}

/// The two ends of the scale normalised values are put on.
public struct Scale: Hashable, Sendable {
  /// The worst value.
  public var low: Double
  /// The best value.
  public var high: Double

  /// A scale; `low` < `high`.
  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// From 0 to 100.
  public static let hundred = Scale(low: 0, high: 100)
  /// From 0 to 1.
  public static let unit = Scale(low: 0, high: 1)
}
