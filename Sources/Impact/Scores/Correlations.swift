/// How indicators go together over the units: a check of a framework, never a source of weights for few units.
///
/// With a handful of units against many indicators none of this means anything (handbook page 26).
public struct Correlations: Hashable, Sendable {
  /// Pearson's correlations, a row an indicator.
  public let matrix: [[Double]]

  /// The correlations of the columns of a table without missing values.
  ///
  /// - Throws: ``ScoreError`` when a column does not vary.
  public init(_ rows: [[Double]], names: [String]) throws(ScoreError) {
    let count = Double(rows.count)
    let width = names.count
    // By the values themselves: a mean's rounding would leave a column that does not vary a little spread.
    for index in 0..<width {
      guard let first = rows.first?[index], rows.contains(where: { $0[index] != first }) else {
        throw .constant(indicator: names[index])
      }
    }
    var means = [Double](repeating: 0, count: width)
    for row in rows {
      for index in 0..<width { means[index] += row[index] / count }
    }
    var products = [[Double]](repeating: [Double](repeating: 0, count: width), count: width)
    for row in rows {
      let centred: [Double] = (0..<width).map { row[$0] - means[$0] }
      for one in 0..<width {
        for other in 0..<width { products[one][other] += centred[one] * centred[other] }
      }
    }
    var matrix = products
    for one in 0..<width {
      for other in 0..<width {
        let scale: Double = (products[one][one] * products[other][other]).squareRoot()
        matrix[one][other] = one == other ? 1 : products[one][other] / scale
      }
    }
    self.matrix = matrix
  }

  /// The eigenvalues of the matrix, greatest first: the variance each principal component carries (handbook page 90).
  ///
  /// By Jacobi's rotations, until nothing is left beside the diagonal.
  public var eigenvalues: [Double] {
    var a = matrix
    let count = a.count
    for _ in 0..<100 {
      var rest = 0.0
      for row in 0..<count {
        for column in 0..<count where column != row { rest += a[row][column] * a[row][column] }
      }
      if rest < 1e-28 { break }
      for p in 0..<count {
        for q in (p + 1)..<max(count, p + 1) where abs(a[p][q]) > 1e-300 {
          let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
          let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
          let c = 1 / (t * t + 1).squareRoot()
          let s = t * c
          for k in 0..<count {
            let (left, right): (Double, Double) = (a[k][p], a[k][q])
            a[k][p] = c * left - s * right
            a[k][q] = s * left + c * right
          }
          for k in 0..<count {
            let (upper, lower): (Double, Double) = (a[p][k], a[q][k])
            a[p][k] = c * upper - s * lower
            a[q][k] = s * upper + c * lower
          }
        }
      }
    }
    return (0..<count).map { a[$0][$0] }.sorted(by: >)
  }

  /// Cronbach's alpha of the standardised indicators: above 0.7 they measure one thing (handbook page 92); `nil` for one.
  public var alpha: Double? {
    let count = Double(matrix.count)
    guard count > 1 else { return nil }
    let total = matrix.reduce(0) { $0 + $1.reduce(0, +) }
    return count / (count - 1) * (1 - count / total)
  }
}
