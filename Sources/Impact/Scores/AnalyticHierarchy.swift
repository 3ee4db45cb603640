/// Weights from comparisons in pairs: the analytic hierarchy process (Saaty 1980; handbook page 96).
public struct AnalyticHierarchy: Hashable, Sendable {
  /// Weights in the order of the matrix, adding up to 1: its principal eigenvector.
  public let weights: [Double]
  /// The principal eigenvalue, at least the number of things compared.
  public let eigenvalue: Double
  /// `(λ − n) / (n − 1)`; 0 for comparisons that agree with each other.
  public let consistencyIndex: Double
  /// The index over that of random comparisons; below 0.1 the comparisons hold together.
  ///
  /// `nil` below three
  /// things, which cannot disagree, and above fifteen, for which there is no published random index.
  public let consistencyRatio: Double?

  /// Mean consistency index of random matrices of 1 to 15 things (Saaty 1980).
  public static let randomIndices = [
    0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59,
  ]

  /// Weights from a matrix of comparisons.
  ///
  /// - Parameter matrix: row by row, how many times the row counts more than the column; 1 on the diagonal, and
  ///   each value the inverse of the one across it.
  /// - Throws: ``ScoreError`` when the matrix is not such a one.
  public init(_ matrix: [[Double]]) throws(ScoreError) {
    let count = matrix.count
    guard count > 0, matrix.allSatisfy({ $0.count == count }) else {
      throw .comparisons("a matrix of comparisons has as many columns as rows; complete it")
    }
    for row in 0..<count {
      for column in 0..<count {
        guard matrix[row][column] > 0, matrix[row][column].isFinite else {
          throw .comparisons(
            "row \(row + 1), column \(column + 1) of the comparisons is not above 0; correct it")
        }
        guard abs(matrix[row][column] * matrix[column][row] - 1) < 0.02 else {
          throw .comparisons(
            "row \(row + 1), column \(column + 1) of the comparisons is not the inverse of row \(column + 1), "
              + "column \(row + 1); correct one of them")
        }
      }
    }
    var vector = [Double](repeating: 1 / Double(count), count: count)
    var eigenvalue = Double(count)
    for _ in 0..<10_000 {
      var next = matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
      let sum = next.reduce(0, +)
      for index in next.indices { next[index] /= sum }
      let moved = zip(next, vector).reduce(0) { max($0, abs($1.0 - $1.1)) }
      vector = next
      eigenvalue = sum
      if moved < 1e-16 { break }
    }
    weights = vector
    self.eigenvalue = eigenvalue
    consistencyIndex = count > 1 ? max(0, (eigenvalue - Double(count)) / Double(count - 1)) : 0
    consistencyRatio =
      count >= 3 && count <= AnalyticHierarchy.randomIndices.count
      ? consistencyIndex / AnalyticHierarchy.randomIndices[count - 1] : nil
  }
}
