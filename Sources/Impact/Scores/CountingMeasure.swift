/// The counting method of Alkire and Foster (2011): who is deprived in many things at once, and of how much.
///
/// It is the method of the global multidimensional poverty index. It answers another question than a score: not
/// how high a mean is, but how many people cumulate.
public struct CountingMeasure: Hashable, Sendable {
  /// The weighted share of deprivations of each case, 0–1.
  public let scores: [Double]
  /// Whether each case reaches the cutoff.
  public let isPoor: [Bool]
  /// The share of people in cases that reach it (*H*), 0–1.
  public let headcount: Double
  /// The mean score of those people (*A*), 0–1; `nil` when there are none.
  public let intensity: Double?
  /// `H × A` (*M0*), 0–1.
  public let adjustedHeadcount: Double

  /// Counts deprivations.
  ///
  /// - Parameters:
  ///   - deprived: a row a case, whether it is deprived of each thing.
  ///   - weights: the things' weights; their scale does not matter.
  ///   - sizes: people in each case; one each when left out.
  ///   - cutoff: least share of the weight for a case to count, above 0 and at most 1; reached within 1e-12, since
  ///     two sixths are a third.
  /// - Throws: ``ScoreError`` when rows, weights or sizes do not fit together.
  public init(_ deprived: [[Bool]], weights: [Double], sizes: [Double]? = nil, cutoff: Double)
    throws(ScoreError)
  {
    let total = weights.reduce(0, +)
    guard weights.allSatisfy({ $0 >= 0 }) else { throw .negativeWeight(node: "counting") }
    guard total > 0 else { throw .weightsSumToZero(node: "counting") }
    let sizes = sizes ?? deprived.map { _ in 1 }
    let people = sizes.reduce(0, +)
    guard deprived.allSatisfy({ $0.count == weights.count }), sizes.count == deprived.count, people > 0,
      cutoff > 0, cutoff <= 1
    else {
      throw .inconsistent("counting needs a weight for each thing, a size for each case and a cutoff in 0–1")
    }
    scores = deprived.map { row in zip(row, weights).reduce(0) { $1.0 ? $0 + $1.1 : $0 } / total }
    isPoor = scores.map { $0 >= cutoff - 1e-12 }
    var poor = 0.0
    var depth = 0.0
    for index in scores.indices where isPoor[index] {
      poor += sizes[index]
      depth += sizes[index] * scores[index]
    }
    headcount = poor / people
    intensity = poor > 0 ? depth / poor : nil
    adjustedHeadcount = depth / people
  }
}
